"""Fits weights.json on question sets: `python -m rag.answering.choosing.fit --data FOLDER --sets FOLDER`.

Eight models: which sentence answers, whether any does, which to show beside the best one, and which words of that are
the bare answer, without the neural reader and with it. They are fitted on public questions that neither encoder nor
reader has learned from, on our own questions on news (training/*.jsonl), and on the "dev" half of the sets that we
measure with, which counts for more, as several articles tell of one story there. The third is fitted on that half and
on questions to which sources give several answers; a public paragraph has only one. The fourth is fitted on all
answers that would be shown, none counting for more.
The figures printed are those of a third of the paragraphs and of the "test" half, neither of which was fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from rag.answering.choosing.describing import FEATURES
from rag.answering.choosing.exams import Exam, Truths, is_worded, news_exams, public_exams
from rag.answering.choosing.further import FURTHER_SIGNS, further_signs
from rag.answering.choosing.judgement import READ_SIGNS, SIGNS, WEIGHTS, Logistic, read_signs, signs
from rag.answering.choosing.reading import READINGS, read, with_shared
from rag.answering.choosing.rightness import BARE_SIGNS, OTHERS, Offer, bare_signs, of_the_kind
from rag.answering.choosing.sentences import Scores
from rag.errors import UsageError
from rag.reader import Reader, open_reader
from rag.settings import Settings

SHOWN = 3  # sentences of an answer
NEWS_WEIGHT = 5.0  # a question of the sets that we measure with counts as much as so many others
MISSED_WEIGHT = 0.15  # so much counts, for whether anything answers, a question whose answer is not among those shown
MISSED_ALONE = 1.0  # the same for how sure an answer is without the reader, where it is missed more often
LOOSE, STRICT = 1.0, 0.1  # how freely weights may grow; where few questions are not answered, less so

Describe = Callable[[int, Scores], Scores]  # the signs (1, n) of an exam by its number and its sentences' scores


def main() -> None:
    """Fit all models, print how well they do on what was held out, and write weights.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public sets (*.jsonl.gz)")
    parser.add_argument("--sets", type=Path, default=Path("eval/sets"), help="folder of our question sets")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), help="the articles that seeds.jsonl asks about")
    options = parser.parse_args()
    fit([*public_exams(options.data), *news_exams(options.data, options.sets, options.seeds)])


def fit(exams: Sequence[Exam]) -> None:
    """Fit on the exams that are not held out, report on the others, write weights.json."""
    rows = [exam.described for exam in exams]
    plain = _fit_models(exams, rows, FEATURES, SIGNS, _signs_of(exams), missed=MISSED_ALONE)
    print("without the reader")
    _report(exams, plain)
    reader = open_reader(Settings())
    if reader is None:
        raise UsageError("RAG_READER='none' leaves out the reader whose models are fitted here; unset it")
    exams, readings = zip(*(_read(exam, plain, reader) for exam in tqdm(exams, desc="reading")), strict=True)
    described = _read_signs_of(exams, readings)
    told = _fit_models(exams, readings, READINGS, READ_SIGNS, described, missed=MISSED_WEIGHT)
    print("with the reader")
    _report(exams, told)
    stored = {
        "sentence": plain.ranking.sentence,
        "answer": plain.answer,
        "further": plain.further,
        "bare": plain.bare,
        "sentence, read": told.ranking.sentence,
        "answer, read": told.answer,
        "further, read": told.further,
        "bare, read": told.bare,
    }
    text = json.dumps({name: _told(model) for name, model in stored.items()}, indent=2, ensure_ascii=False)
    WEIGHTS.write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Ranking:
    """The model of which sentence answers, with what it was shown of each exam."""

    sentence: Logistic
    rows: Sequence[Scores]
    describe: Describe

    def scores(self, number: int) -> Scores:
        return self.sentence.probability(self.rows[number])

    def verdict(self, number: int, exam: Exam) -> tuple[Scores, Truths]:
        """The signs of an answer (1, n), and whether one of the sentences shown is right (1,)."""
        scores = self.scores(number)
        shown = np.argsort(-scores, kind="stable")[:SHOWN]
        return self.describe(number, scores), np.asarray([exam.answers[shown].any()])

    def others(self, number: int, exam: Exam) -> tuple[Scores, Truths]:
        """All sentences of an exam but the best, (n, FURTHER_SIGNS), and whether they answer (n,)."""
        scores = self.scores(number)
        others = np.arange(len(scores)) != np.argmax(scores)
        return further_signs(exam.asked, exam.sentences, exam.described, scores)[others], exam.answers[others]


@dataclass(frozen=True, slots=True)
class Models:
    """The four models that are fitted together."""

    ranking: Ranking
    answer: Logistic
    further: Logistic
    bare: Logistic


def _fit_models(
    exams: Sequence[Exam],
    rows: Sequence[Scores],
    names: tuple[str, ...],
    signs_named: tuple[str, ...],
    describe: Describe,
    *,
    missed: float,
) -> Models:
    learnt = [number for number, exam in enumerate(exams) if not exam.held_out and not exam.only_further]
    telling = [number for number in learnt if exams[number].answers.any()]
    sentence = _fitted(names, [(rows[number], exams[number].answers, _weight(exams[number])) for number in telling])
    ranking = Ranking(sentence, rows, describe)
    others = [(*ranking.others(number, exam), 1.0) for number, exam in enumerate(exams) if _has_sides(exam)]
    verdicts = [(exams[number], *ranking.verdict(number, exams[number])) for number in learnt]
    answer = _fitted(signs_named, [_weighed(*verdict, missed=MISSED_WEIGHT) for verdict in verdicts], freedom=STRICT)
    answer = _as_sure_as_right(answer, [_weighed(*verdict, missed=missed) for verdict in verdicts])
    bares = [(*_bares(ranking, answer, number, exam), 1.0) for number, exam in enumerate(exams) if not exam.held_out]
    return Models(ranking, answer, _fitted(FURTHER_SIGNS, others), _fitted(BARE_SIGNS, bares))


def _weighed(exam: Exam, rows: Scores, right: Truths, *, missed: float) -> tuple[Scores, Truths, float]:
    """The signs of an answer, whether it is right, and how much that counts.

    What has to be told from a right answer is above all one to what the articles do not answer. Where questions that
    they answer, though not in the sentences shown, have full weight, as many false answers come with fewer right ones.
    """
    is_missed = bool(exam.answers.any()) and not right[0]
    return rows, right, _weight(exam) * (missed if is_missed else 1.0)


def _as_sure_as_right(model: Logistic, parts: Sequence[tuple[Scores, Truths, float]]) -> Logistic:
    """The model with the bias by which it expects as many right answers as there are."""
    rows, truths, weights = _together(parts)
    raised = brentq(lambda by: weights @ (replace(model, bias=model.bias + by).probability(rows) - truths), -9.0, 9.0)
    return replace(model, bias=model.bias + float(raised))


def _weight(exam: Exam) -> float:
    return NEWS_WEIGHT if exam.news else 1.0


def _bares(ranking: Ranking, answer: Logistic, number: int, exam: Exam) -> tuple[Scores, Truths]:
    """All that may be the bare answer in the best sentence, (n, BARE_SIGNS), and whether it is right (n,).

    None where no answer would be shown, or none that has a bare one.
    """
    scores, asked = ranking.scores(number), exam.asked
    confidence = float(answer.probability(ranking.describe(number, scores))[0])
    if confidence < Settings().answer_floor or asked.wanted == "yes or no" or asked.several:
        return np.zeros((0, len(BARE_SIGNS)), dtype=np.float32), np.zeros(0, dtype=bool)
    shares = np.sqrt(scores / scores.max())
    first, *others = (
        _offer(exam, place, float(shares[place])) for place in np.argsort(-scores, kind="stable")[: OTHERS + 1].tolist()
    )
    texts = [first.sentence.text[bare.start : bare.end] for bare in first.possible]
    truths = np.asarray([is_worded(text, exam.accepted) for text in texts], dtype=bool)
    return bare_signs(first, others, confidence), truths


def _offer(exam: Exam, place: int, share: float) -> Offer:
    sentence = exam.sentences[place]
    language = exam.articles[sentence.evidence.passage.article_id].read_as
    return Offer(exam.asked, sentence, of_the_kind(exam.asked, sentence.text, language), share)


def _has_sides(exam: Exam) -> bool:
    """Whether several sentences may answer an exam that may be learned from."""
    return not exam.held_out and (exam.news or exam.only_further) and bool(exam.answers.any())


def _signs_of(exams: Sequence[Exam]) -> Describe:
    def describe(number: int, scores: Scores) -> Scores:
        exam = exams[number]
        return signs(exam.asked, exam.sentences, exam.described, scores, articles=exam.articles)

    return describe


def _read_signs_of(exams: Sequence[Exam], readings: Sequence[Scores]) -> Describe:
    def describe(number: int, scores: Scores) -> Scores:
        exam = exams[number]
        return read_signs(exam.asked, exam.sentences, exam.described, readings[number], scores, articles=exam.articles)

    return describe


def _read(exam: Exam, plain: Models, reader: Reader) -> tuple[Exam, Scores]:
    """An exam whose sentences have been read, and what the reader says of them, (sentences, READINGS)."""
    scores = plain.ranking.sentence.probability(exam.described)
    sentences, readings = read(exam.asked, exam.sentences, scores, exam.articles, reader)
    return replace(exam, sentences=sentences), with_shared(readings, exam.described)


def _fitted(
    names: tuple[str, ...], parts: Sequence[tuple[Scores, Truths, float]], *, freedom: float = LOOSE
) -> Logistic:
    """A model of the rows (n, names) of all parts, each of which counts as much as is said beside it."""
    rows, truths, weights = _together(parts)
    model = LogisticRegression(C=freedom, max_iter=5_000).fit(rows, truths, sample_weight=weights)
    return Logistic(names, model.coef_[0].astype(np.float32), float(model.intercept_[0]))


def _together(parts: Sequence[tuple[Scores, Truths, float]]) -> tuple[Scores, Truths, npt.NDArray[np.float64]]:
    rows, truths = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    return rows, truths, np.concatenate([np.full(len(part[1]), part[2]) for part in parts])


def _report(exams: Sequence[Exam], models: Models) -> None:
    for news in (False, True):
        numbers = [n for n, exam in enumerate(exams) if exam.held_out and exam.news == news]
        print("  our sets on news" if news else "  public sets on paragraphs")
        _report_part(exams, numbers, models)


def _report_part(exams: Sequence[Exam], numbers: Sequence[int], models: Models) -> None:
    telling = [number for number in numbers if exams[number].answers.any()]
    column = FEATURES.index("coverage of the sentence")
    first = np.mean([exams[n].answers[int(np.argmax(exams[n].described[:, column]))] for n in telling])
    print(f"    answer sentence first, by coverage    {first:.3f}  (n={len(telling)})")
    for depth in (1, 3):
        order = [np.argsort(-models.ranking.scores(n), kind="stable")[:depth] for n in telling]
        hit = np.mean([exams[n].answers[best].any() for n, best in zip(telling, order, strict=True)])
        print(f"    answer sentence among first {depth}, fitted {hit:.3f}")
    verdicts = [models.ranking.verdict(number, exams[number]) for number in numbers]
    sure = models.answer.probability(np.concatenate([rows for rows, _ in verdicts]))
    truths = np.concatenate([truth for _, truth in verdicts])
    print(f"    answer among those shown or not, AUROC {roc_auc_score(truths, sure):.3f}  (n={len(truths)})")
    for floor in (0.3, 0.4, 0.5, 0.6):
        shown = sure >= floor
        right, kept = truths[shown].mean(), shown[truths].mean()
        print(f"    floor {floor}: right of those shown {right:.3f}, shown of those right {kept:.3f}")


def _told(model: Logistic) -> dict[str, Any]:
    weights = {name: round(float(weight), 4) for name, weight in zip(model.names, model.weights, strict=True)}
    return {"bias": round(model.bias, 4), "weights": weights}


if __name__ == "__main__":
    main()
