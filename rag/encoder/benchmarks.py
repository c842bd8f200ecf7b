"""Builds the held-out sets that the encoder is measured on: questions, headlines and translations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.encoder.corpora import Corpora, Row, paragraphs
from rag.encoder.own_questions import answered_questions
from rag.schema import Language

SENTENCES = 2_000
EVERY_OWN = 4  # one in so many of our own questions is put


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Queries that are to find their passage among all passages: `passages[gold[n]]` belongs to `queries[n]`."""

    name: str
    queries: tuple[str, ...]
    passages: tuple[str, ...]
    gold: tuple[int, ...]
    asked_in: Language
    written_in: Language


def benchmarks(corpora: Corpora, sets: Path) -> Iterator[Benchmark]:
    """The held-out sets, in the order of the model card.

    Args:
        sets: folder of our own questions (training/*.jsonl).
    """
    yield _own_questions(corpora, sets)
    piaf, afriqa = "qa_fr_piaf", "qa_fr_afriqa"
    yield _questions(corpora, (piaf, afriqa), 768, "fr")
    yield _questions(corpora, (afriqa,), 152, "fr")
    yield _questions(corpora, ("qa_en_afriqa",), 1_500, "en")
    news = corpora.held_out_news
    headlines = tuple(row["title"] for row in news)
    articles = tuple("\n".join(paragraphs(row)) for row in news)
    yield Benchmark("French headline to article", headlines, articles, tuple(range(len(news))), "fr", "fr")
    aligned = _distinct(corpora.parallel_news(held_out=True))[:SENTENCES]
    french, english = tuple(row["fr"] for row in aligned), tuple(row["en"] for row in aligned)
    order = tuple(range(len(aligned)))
    yield Benchmark("French sentence to English translation", french, english, order, "fr", "en")
    yield Benchmark("English sentence to French translation", english, french, order, "en", "fr")


def _questions(corpora: Corpora, sets: tuple[str, ...], passages: int, language: Language) -> Benchmark:
    """The held-out questions of the first set; passages of the training parts join theirs up to a number."""
    rows = corpora.questions(sets[0], held_out=True)
    place: dict[str, int] = {}
    for row in rows:
        place.setdefault(row["context"], len(place))
    for name in sets:
        for row in corpora.questions(name, held_out=False):
            if len(place) < passages:
                place.setdefault(row["context"], len(place))
    gold = tuple(place[row["context"]] for row in rows)
    return Benchmark(sets[0], tuple(row["question"] for row in rows), tuple(place), gold, language, language)


def _own_questions(corpora: Corpora, sets: Path) -> Benchmark:
    """Questions in French on French news kept apart; each is to find its passage among those that answer any."""
    asked = [
        one for one in answered_questions(corpora, sets, held_out=True) if one.language == one.article.language == "fr"
    ]
    place = {passage: number for number, passage in enumerate(dict.fromkeys(one.passage for one in asked))}
    chosen = asked[::EVERY_OWN]
    gold = tuple(place[one.passage] for one in chosen)
    return Benchmark("our questions on news", tuple(one.question for one in chosen), tuple(place), gold, "fr", "fr")


def _distinct(rows: list[Row]) -> list[Row]:
    """Rows whose sentence is new on both sides."""
    seen: set[str] = set()
    kept = []
    for row in rows:
        if not {row["fr"], row["en"]} & seen:
            kept.append(row)
            seen |= {row["fr"], row["en"]}
    return kept
