"""Puts question sets to corpora, so that models can be fitted on which sentences answer and when none does.

Public question sets on encyclopaedia paragraphs: each corpus is made of the paragraphs of one set, most of them small;
a question's paragraph is in it, left out, or hidden after the search, or the question's rarest word is changed for
another question's. And our own questions on news: those that the reader has not learned from, and those that we measure
with. And those to which sources give several answers, whoever has learned from them.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rag.answering.asking.bridging import bridge
from rag.answering.asking.framing import unframed
from rag.answering.asking.question import Asked, analyse
from rag.answering.choosing.describing import features
from rag.answering.choosing.rightness import numbers_in
from rag.answering.choosing.sentences import MOST_TO_READ, Candidate, Scores, candidates, shortlist
from rag.answering.followup import standalone
from rag.corpus import read_corpus
from rag.encoder.corpora import Corpora
from rag.encoder.written import articles_of, documents_of, is_news_held_out, written_questions
from rag.index import Index
from rag.index.embedding import Encoder, open_encoder
from rag.language.folding import fold
from rag.reader.corpora import MEASURED
from rag.retrieval import ALWAYS, Window, find, read_on, widened
from rag.schema import Article, PartialDate
from rag.settings import Settings

PUBLIC = ("qa_fr_piaf", "qa_fr_afriqa", "qa_en_afriqa", "qa_en_shifts")
MOST = 150  # questions taken of each public set
SMALL = 24  # paragraphs of a small corpus: the size of a folder somebody tries first
INVENTED = ("chronique", "regions", "affaires")  # corpora that come with their questions
KEPT = 10  # one in so many of our questions on news that the reader has not learned from is enough
MOVED = 8  # one in so many questions on news is also put to the other corpora, which do not answer it
SPARE = 8  # words that a right bare answer may have more than the accepted one
MOSTLY = 0.6  # share of the words of both that a right one has in common with it, where it is not whole
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
    articles: Mapping[str, Article]
    only_further: bool = False  # put only to learn which sentences answer too, beside the best one
    accepted: Sequence[str] = ()  # the words of which any is a right bare answer


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
    """Our questions on the seeds, on the invented corpora and on news; the "test" half is held out."""
    encoder = open_encoder(Settings())
    questions = {name: _lines(sets / f"{name}.jsonl") for name in (*INVENTED, "seeds")}
    questions["news"] = [row for name in MEASURED for row in _lines(sets / f"{name}.jsonl")]
    kept_apart = _kept_apart(sets)[::KEPT]
    differing = [row for row in written_questions(sets) if row["type"] == "conflict"]
    asked_about = {gold["doc"] for row in (*questions["news"], *kept_apart, *differing) for gold in row["gold"]}
    rows = [row for name in ("news_fr", "news_en") for row in Corpora(folder).rows(name)]
    chosen = [row for place, row in enumerate(rows) if row["id"] in asked_about or place % EVERY == 0]
    places = {name: sets.parent / "corpora" / name for name in INVENTED} | {"seeds": seeds}
    corpora = {name: read_corpus(place).articles for name, place in places.items()} | {"news": articles_of(chosen)}
    for name, articles in corpora.items():
        others = [*kept_apart, *differing] if name == "news" else [row | {"gold": []} for row in kept_apart[::MOVED]]
        with Index.open(None, Settings(), encoder) as index:
            index.sync(articles)
            by_id = {article.id: article for article in articles}
            for row in (*questions[name], *others):
                holds = _quotes([gold["quote"] for gold in row["gold"] if gold.get("rel", 2) == 2])
                question = unframed(standalone(row["question"], row.get("history", ())))
                window = Window(until=PartialDate.parse(row["as_of"])) if row.get("as_of") else ALWAYS
                exam = _exam(question, index, by_id, encoder, holds, window=window)
                if exam:
                    own, only_further = row in questions[name], row in differing
                    accepted, held_out = _wordings(row["answers"]), row["split"] == "test"
                    yield Exam(held_out, own, *exam, articles=by_id, only_further=only_further, accepted=accepted)


def _kept_apart(sets: Path) -> list[dict[str, Any]]:
    """Our own questions that nothing is measured with, and that the reader has not learned from."""
    written = written_questions(sets)
    return [row for row, name in zip(written, documents_of(written), strict=True) if is_news_held_out(name)]


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
            held_out = zlib.crc32(row["context"].encode()) % 3 == 0
            if exam:
                accepted = _wordings(row["answers"]) if question == row["question"] else ()
                yield Exam(held_out, False, *exam, articles=by_id, accepted=accepted)


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
    put = looked_at(question, index, articles, encoder, hidden=hidden, window=window)
    return put and (*put, np.asarray([holds(sentence) for sentence in put[1]]))


def looked_at(
    question: str,
    index: Index,
    articles: Mapping[str, Article],
    encoder: Encoder,
    *,
    hidden: str | None = None,
    window: Window = ALWAYS,
) -> tuple[Asked, Sequence[Candidate], Scores] | None:
    """A question as the answerer takes it, and the sentences that it looks at closely, described; None without any.

    Args:
        hidden: the id of an article that is left out after the search.
    """
    found = find(question, index, widened(Settings()), window)
    passages = [one for one in found.passages if one.passage.article_id != hidden]
    evidence = read_on(passages, question, index)
    asked = analyse(question, index.frequency, len(index.passages)).with_other_forms(found.other_forms)
    asked = bridge(asked, evidence, articles, encoder)
    sentences = candidates(evidence, articles)
    if not sentences:
        return None
    sentences = shortlist(asked, sentences, articles, encoder, most=MOST_TO_READ)
    return asked, sentences, features(asked, sentences, articles, encoder)


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


def is_worded(text: str, accepted: Sequence[str]) -> bool:
    """Whether a text is one of the accepted answers: whole among a few words more, in most words, or by number."""
    words, numbers = Counter(_WORD.findall(fold(text))), numbers_in(text)
    for answer in accepted:
        sought = Counter(_WORD.findall(fold(answer)))
        common = (words & sought).total()
        if common and common == sought.total() >= words.total() - SPARE:
            return True
        if 2 * common >= MOSTLY * (words.total() + sought.total()) > 0 and numbers >= numbers_in(answer):
            return True
        if (same := numbers_in(answer)) and (numbers <= same or same <= numbers) and numbers:
            return True
    return False


def _wordings(answers: Sequence[Any]) -> tuple[str, ...]:
    """The words of the answers of a question, however they are given."""
    found: list[str] = []
    for answer in answers:
        told = answer if isinstance(answer, dict) else {"value": answer}
        items = told["value"] if isinstance(told["value"], list) else [told["value"]]
        found += [str(one) for item in items for one in (item if isinstance(item, list) else [item])]
        found += told.get("aliases", ())
    return tuple(found)


_WORD = re.compile(r"\w+")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
