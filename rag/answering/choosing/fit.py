"""Fits weights.json on question sets: `python -m rag.answering.choosing.fit --data FOLDER --sets FOLDER`.

Two sources teach which sentence answers a question, and when none does. Public question sets on encyclopaedia
paragraphs: each corpus is made of the paragraphs of one set, most of them small; a question's paragraph is in it, left
out, or hidden after the search, or the question's rarest word is changed for another question's. And our
own questions on news: those of training.jsonl, and the "dev" half of the sets that we measure with, which counts for
more, as several articles tell of one story there. The figures printed are those of a third of the paragraphs and of
the "test" half, neither of which was fitted on.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from rag.answering.asking.bridging import bridge
from rag.answering.asking.question import Asked, analyse
from rag.answering.choosing.judgement import SIGNS, WEIGHTS, Logistic, signs
from rag.answering.choosing.sentences import FEATURES, Candidate, Scores, candidates, features, shortlist
from rag.answering.followup import standalone
from rag.corpus import read_corpus
from rag.encoder.corpora import Corpora
from rag.index import Index
from rag.index.embedding import Encoder, open_encoder
from rag.retrieval import ALWAYS, Window, read_on, retrieve
from rag.schema import Article, PartialDate
from rag.settings import Settings

PUBLIC = ("qa_fr_piaf", "qa_fr_afriqa", "qa_en_afriqa", "qa_en_shifts")
MOST = 900  # questions taken of each public set
SMALL = 24  # paragraphs of a small corpus: the size of a folder somebody tries first
SHOWN = 3  # sentences of an answer
NEWS_WEIGHT = (
    20.0  # a question on news counts as much as so many on paragraphs; fewer put the right sentence first less often
)
MOVED = 8  # one in so many questions on news is also put to the two other corpora, which do not answer it
EVERY = 9  # of the news articles that no question is about, one in so many is put beside those that are

Truths = np.ndarray[Any, np.dtype[np.bool_]]
Holds = Callable[[Candidate], bool]


@dataclass(frozen=True, slots=True)
class Exam:
    """One question put to one corpus: its sentences, described, and which of them answer it."""

    held_out: bool
    news: bool  # of the sets that we measure with
    asked: Asked
    sentences: Sequence[Candidate]
    described: Scores  # (sentences, FEATURES)
    answers: Truths  # (sentences,)


def main() -> None:
    """Fit both models, print how well they do on what was held out, and write weights.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public sets (*.jsonl.gz)")
    parser.add_argument("--sets", type=Path, default=Path("eval/sets"), help="folder with seeds.jsonl and news.jsonl")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), help="the articles that seeds.jsonl asks about")
    options = parser.parse_args()
    fit([*public_exams(options.data), *news_exams(options.data, options.sets, options.seeds)])


def fit(exams: Sequence[Exam]) -> None:
    """Fit on the exams that are not held out, report on the others, write weights.json."""
    learnt = [exam for exam in exams if not exam.held_out]
    telling = [exam for exam in learnt if exam.answers.any()]
    sentence = _fitted(FEATURES, [(exam.described, exam.answers, exam.news) for exam in telling])
    answer = _fitted(SIGNS, [(*_verdict(exam, sentence), exam.news) for exam in learnt])
    for news in (False, True):
        print("our sets on news" if news else "public sets on paragraphs")
        _report([exam for exam in exams if exam.held_out and exam.news == news], sentence, answer)
    stored = {"sentence": _told(sentence), "answer": _told(answer)}
    WEIGHTS.write_text(json.dumps(stored, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def public_exams(folder: Path) -> Iterator[Exam]:
    """Questions on paragraphs that the encoder was not trained on: those that it was, it finds too easily."""
    encoder, corpora = open_encoder(Settings()), Corpora(folder)
    for name in PUBLIC:
        rows = [r for r in corpora.questions(name, held_out=True) if r["answers"] and not r.get("impossible")]
        rows = sorted(rows, key=lambda row: zlib.crc32(row["context"].encode()))[:MOST]
        articles = {
            row["context"]: Article.from_text(row["context"], title=row["title"] or None, language=row["lang"])
            for row in rows
            if len(row["context"].split()) > 20
        }
        rows = [row for row in rows if row["context"] in articles]
        every = list(articles.values())
        yield from _put(rows, articles, [article for place, article in enumerate(every) if place % 10], encoder)
        for start in range(0, len(every), SMALL):
            here = every[start : start + SMALL]
            near = [row for row in rows if articles[row["context"]] in here]
            yield from _put(near, articles, here[: SMALL * 2 // 3], encoder)


def news_exams(folder: Path, sets: Path, seeds: Path) -> Iterator[Exam]:
    """Our questions on the seeds, on the invented chronicle and on news; the "test" half is held out."""
    encoder = open_encoder(Settings())
    questions = {name: _lines(sets / f"{name}.jsonl") for name in ("seeds", "chronique", "news", "training")}
    asked_about = {gold["doc"] for name in ("news", "training") for row in questions[name] for gold in row["gold"]}
    rows = Corpora(folder).rows("news_fr")
    chosen = [row for place, row in enumerate(rows) if row["id"] in asked_about or place % EVERY == 0]
    with tempfile.TemporaryDirectory() as scratch:
        news = Path(scratch, "news.jsonl")
        news.write_text("\n".join(json.dumps(row) for row in chosen), encoding="utf-8")
        places = {"seeds": seeds, "chronique": sets.parent / "corpora" / "chronique", "news": news}
        corpora = {name: read_corpus(place).articles for name, place in places.items()}
    for name, articles in corpora.items():
        moved = [row | {"gold": []} for row in questions["training"][::MOVED]]
        asked = [*questions[name], *(questions["training"] if name == "news" else moved)]
        with Index.open(None, Settings(), encoder) as index:
            index.sync(articles)
            by_id = {article.id: article for article in articles}
            for row in asked:
                holds = _quotes([gold["quote"] for gold in row["gold"] if gold.get("rel", 2) == 2])
                question = standalone(row["question"], row.get("history", ()))
                window = Window(until=PartialDate.parse(row["as_of"])) if row.get("as_of") else ALWAYS
                exam = _exam(question, index, by_id, encoder, holds, window=window)
                yield from [Exam(row["split"] == "test", row in questions[name], *exam)] if exam else []


def _put(
    rows: Sequence[dict[str, Any]], articles: dict[str, Article], corpus: Sequence[Article], encoder: Encoder
) -> Iterator[Exam]:
    by_id = {article.id: article for article in corpus}
    with Index.open(None, Settings(), encoder) as index:
        index.sync(sorted(corpus, key=lambda article: article.id))
        for row, other in zip(rows, [*rows[7:], *rows[:7]], strict=True):
            lot = zlib.crc32(row["question"].encode()) % 4
            question = _about_another(row["question"], other["question"], index) if lot == 1 else row["question"]
            hidden = articles[row["context"]].id if lot == 0 else None
            holds = _span(row) if question == row["question"] else _quotes([])
            exam = _exam(question, index, by_id, encoder, holds, hidden=hidden)
            yield from [Exam(zlib.crc32(row["context"].encode()) % 3 == 0, False, *exam)] if exam else []


def _exam(
    question: str,
    index: Index,
    articles: dict[str, Article],
    encoder: Encoder,
    holds: Holds,
    *,
    hidden: str | None = None,
    window: Window = ALWAYS,
) -> tuple[Asked, Sequence[Candidate], Scores, Truths] | None:
    found = [found for found in retrieve(question, index, Settings(), window) if found.passage.article_id != hidden]
    evidence = read_on(found, question, index)
    asked = bridge(analyse(question, index.frequency, len(index.passages)), evidence, articles, encoder)
    sentences = candidates(evidence, articles)
    if not sentences:
        return None
    sentences = shortlist(asked, sentences, articles, encoder)
    described = features(asked, sentences, articles, encoder)
    return asked, sentences, described, np.asarray([holds(sentence) for sentence in sentences])


def _about_another(question: str, other: str, index: Index) -> str:
    """The question with its rarest word changed for that of another question: something the paragraph does not say."""
    mine, theirs = (analyse(text, index.frequency, len(index.passages)).terms for text in (question, other))
    if not mine or not theirs:
        return question
    rarest, stranger = (max(terms, key=lambda term: term.weight).word for terms in (mine, theirs))
    return question.replace(rarest, stranger)


def _span(row: dict[str, Any]) -> Holds:
    start, end = row["answer_start"], row["answer_start"] + len(row["answers"][0])

    def holds(sentence: Candidate) -> bool:
        here = bool(row["context"][sentence.start : sentence.end] == sentence.text)
        return here and sentence.start < end and start < sentence.end

    return holds


def _quotes(quotes: Sequence[str]) -> Holds:
    return lambda sentence: any(quote in sentence.text or sentence.text in quote for quote in quotes)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _verdict(exam: Exam, sentence: Logistic) -> tuple[Scores, Truths]:
    scores = sentence.probability(exam.described)
    shown = np.argsort(-scores, kind="stable")[:SHOWN]
    return signs(exam.asked, exam.sentences, exam.described, scores), np.asarray([exam.answers[shown].any()])


def _fitted(names: tuple[str, ...], parts: Sequence[tuple[Scores, Truths, bool]]) -> Logistic:
    rows, truths = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    weights = np.concatenate([np.full(len(part[1]), NEWS_WEIGHT if part[2] else 1.0) for part in parts])
    model = LogisticRegression(max_iter=5_000).fit(rows, truths, sample_weight=weights)
    return Logistic(names, model.coef_[0].astype(np.float32), float(model.intercept_[0]))


def _report(exams: Sequence[Exam], sentence: Logistic, answer: Logistic) -> None:
    telling = [exam for exam in exams if exam.answers.any()]
    for label in ("coverage of the sentence", "similarity of the sentence"):
        column = FEATURES.index(label)
        first = np.mean([exam.answers[int(np.argmax(exam.described[:, column]))] for exam in telling])
        print(f"  answer sentence first, by {label:<28} {first:.3f}")
    order = [np.argsort(-sentence.probability(exam.described), kind="stable") for exam in telling]
    for depth in (1, 3):
        hit = np.mean([exam.answers[best[:depth]].any() for exam, best in zip(telling, order, strict=True)])
        print(f"  answer sentence among first {depth}, fitted {hit:.3f}  (n={len(telling)})")
    verdicts = [_verdict(exam, sentence) for exam in exams]
    sure = answer.probability(np.concatenate([rows for rows, _ in verdicts]))
    truths = np.concatenate([truth for _, truth in verdicts])
    print(f"  answer among those shown or not, AUROC {roc_auc_score(truths, sure):.3f}  (n={len(truths)})")
    for floor in (0.3, 0.4, 0.5, 0.6):
        shown = sure >= floor
        right, kept = truths[shown].mean(), shown[truths].mean()
        print(f"  floor {floor}: right of those shown {right:.3f}, shown of those right {kept:.3f}")


def _told(model: Logistic) -> dict[str, Any]:
    weights = {name: round(float(weight), 4) for name, weight in zip(model.names, model.weights, strict=True)}
    return {"bias": round(model.bias, 4), "weights": weights}


if __name__ == "__main__":
    main()
