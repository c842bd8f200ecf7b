"""Says which questions the reader learns from and which are kept apart to measure it and to fit the answerer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path

import bm25s

from rag.encoder.corpora import Corpora, Row, paragraphs, place_of
from rag.encoder.written import documents_of, is_news_held_out, written_questions
from rag.language.folding import fold, fold_in_place
from rag.language.sentences import sentence_spans
from rag.language.words import stems
from rag.reader.swapping import names_by_kind

FRENCH_SETS = ("qa_fr_piaf", "qa_fr_afriqa")
ENGLISH_SETS = ("qa_en_afriqa", "qa_en_shifts")
HELD_OUT = {"fr": 0.30, "en": 0.15}  # share of the articles that questions are asked about
# The sets of questions on news that measure.
MEASURED = ("news", "disputes", "english", "courtes", "courtes-en", "examen", "examen-en")
PASSAGE = 600  # characters of a news passage that may not answer
FOUND, OTHERS = 12, 5  # texts that a search finds for a question, and those of them kept as texts that do not answer it


def questions(corpora: Corpora, name: str, *, held_out: bool) -> list[Row]:
    """Questions that have an answer, with their passage, split by the article that the passage is from.

    What the encoder holds out is held out here too: `unseen_questions` is the part that neither has seen.
    """
    rows = [row for row in corpora.rows(name) if row["answers"] and not row.get("impossible")]
    apart = {row["context"] for row in rows if is_held_out(row)} | _unseen_by_encoder(corpora, name)
    return [row for row in rows if (row["context"] in apart) == held_out]


def unseen_questions(corpora: Corpora, name: str) -> list[Row]:
    """Questions that neither the reader nor the encoder was trained on: what may be fitted on the features of both."""
    unseen = _unseen_by_encoder(corpora, name)
    return [row for row in questions(corpora, name, held_out=True) if row["context"] in unseen]


def calibration_questions(corpora: Corpora, name: str) -> list[Row]:
    """Questions held out here that the encoder was trained on: they calibrate the reader and measure nothing."""
    unseen = _unseen_by_encoder(corpora, name)
    return [row for row in questions(corpora, name, held_out=True) if row["context"] not in unseen]


def is_held_out(row: Row) -> bool:
    """Whether the article of a question falls into the share kept apart; the same for every question about it."""
    return place_of(row["title"] or row["context"]) < HELD_OUT[row["lang"]]  # as the encoder draws: its part is inside


def news_questions(corpora: Corpora, sets: Path, *, held_out: bool) -> list[Row]:
    """Our own questions on news with their article, some of which it does not answer, split by the article.

    A question to which sources give several answers is learned with each of them (`also`: where the others begin).
    """
    articles = {row["id"]: {**row, "lang": lang} for lang in ("fr", "en") for row in corpora.rows(f"news_{lang}")}
    written = written_questions(sets)
    rows: list[Row] = []
    fact: int | None = None
    for asked, document in zip(written, documents_of(written), strict=True):
        if is_news_held_out(document) != held_out:
            continue
        text = "\n".join(paragraphs(articles[document]))
        every = _spans(asked, text)
        spans = every if asked["type"] == "conflict" else every[:1]
        same = bool(rows) and rows[-1]["context"] == text
        fact = spans[0][0] if spans else fact if same else None  # most stand after the fact that they vary
        if spans or not asked["gold"]:
            likely = None if spans else likeliest(asked["question"], text, articles[document]["lang"])
            rows += [
                {
                    "id": asked["id"],
                    "lang": articles[document]["lang"],
                    "title": articles[document]["title"],
                    "question": asked["question"],
                    "context": text,
                    "answers": [text[start:end]] if end else [],
                    "answer_start": start,
                    "says": asked.get("tags", {}).get("says"),
                    "near": [place for place in (fact, likely) if place is not None and not spans],
                    "also": [place for place, _ in every if place != start],
                }
                for start, end in spans or [(0, 0)]
            ]
    return rows


def likeliest(question: str, text: str, language: str) -> int:
    """Where the sentence begins that shares the most words with a question, those that few others have before all."""
    sentences = _sentences(text, language)
    common = Counter(stem for _, own in sentences for stem in own)
    asked = frozenset(stems(question, language))
    start, _ = max(sentences, key=lambda one: sum(1 / common[stem] for stem in asked & one[1]))
    return start


@lru_cache(maxsize=64)
def _sentences(text: str, language: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """Where each sentence begins, with its stems."""
    return tuple((start, frozenset(stems(text[start:end], language))) for start, end in sentence_spans(text, language))


def news_passages(corpora: Corpora, sets: Path) -> list[Row]:
    """Passages of all news articles (`context`, `lang`) but those that a measured question is asked about."""
    measured = {gold["doc"] for name in MEASURED for row in _read(sets / f"{name}.jsonl") for gold in row["gold"]}
    return [
        {"lang": lang, "context": passage}
        for lang in ("fr", "en")
        for row in corpora.rows(f"news_{lang}")
        if row["id"] not in measured
        for passage in _passages(paragraphs(row))
    ]


def _passages(parts: Sequence[str]) -> Iterator[str]:
    """Paragraphs of an article, joined until they are long enough to be read alone."""
    held = ""
    for part in parts:
        held = f"{held}\n{part}" if held else part
        if len(held) > PASSAGE:
            yield held
            held = ""
    if held:
        yield held


def with_others(rows: Sequence[Row], among: Sequence[Row] = ()) -> list[Row]:
    """The rows, each with texts that a search by words finds and that do not hold its answer.

    And with the names in these texts, which are of the same matter. A question that its own text does not answer, or
    answers with yes or no, gets none of texts that nobody has read for it: they might answer.

    Args:
        among: where to search (default: the texts of the rows).
    """
    languages = {row["context"]: row["lang"] for row in among or rows}
    texts = list(languages)
    index = bm25s.BM25()
    index.index([stems(text, languages[text]) for text in texts], show_progress=False)
    asked = [stems(row["question"], row["lang"]) or ["?"] for row in rows]
    places, _ = index.retrieve(asked, k=min(FOUND, len(texts)), show_progress=False)
    found = [
        []
        if among and _may_be_answered(row)
        else [texts[place] for place in near if _is_other(row, texts[place])][:OTHERS]
        for row, near in zip(rows, places.tolist(), strict=True)
    ]
    return [{**row, "others": others, "names": names_by_kind(others)} for row, others in zip(rows, found, strict=True)]


def _may_be_answered(row: Row) -> bool:
    """Whether a text may answer a question that does not have the words of its answer."""
    return not row["answers"] or row.get("says") is not None


def _is_other(row: Row, text: str) -> bool:
    """Whether a text is none of the row's own and has neither its answer nor most words of it."""
    if text in row["context"]:
        return False
    folded, there = fold(text), set(stems(text, row["lang"]))
    for answer in row["answers"]:
        words = set(stems(answer, row["lang"]))
        if fold(answer) in folded or (words and 2 * len(words & there) > len(words)):
            return False
    return True


def _spans(asked: Row, text: str) -> list[tuple[int, int]]:
    """Where the text answers: at each of the quotes that it has; where sources differ, each has its own answer."""
    answers = [[one] for one in asked["answers"]] if asked["type"] == "conflict" else repeat(asked["answers"])
    found = (_span(gold["quote"], own, text) for gold, own in zip(asked["gold"], answers, strict=False))
    return [span for span in found if span]


def _span(quote: str, answers: Sequence[str], text: str) -> tuple[int, int] | None:
    """The accepted answer inside or near the quote that proves it, else the quote; None where it is not in the text."""
    place = text.find(quote)
    if place < 0:
        return None
    end = place + len(quote)
    folded = fold_in_place(text)
    for answer in answers:
        spot = folded.find(fold_in_place(answer), max(0, place - len(answer)), end + len(answer))
        if spot >= 0:
            return spot, spot + len(answer)
    return place, end


def _read(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _unseen_by_encoder(corpora: Corpora, name: str) -> set[str]:
    return {row["context"] for row in corpora.questions(name, held_out=True)}
