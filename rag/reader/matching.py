"""Marks the words of a passage that the question has too, in any form or either language, by how telling they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rag.index.lexicon import expand
from rag.language.detection import function_word_language
from rag.language.rarity import rarity
from rag.language.words import query_stems, stems, words
from rag.schema import Language

Strengths = Mapping[str, float]  # of a stem: 0..1

TELLING = 9.0  # rarity of a word seen nowhere
TRANSLATED = 0.7  # what a translation counts against the word itself
LONGEST = 2_000  # characters of a question that are looked at


@lru_cache(maxsize=1_000)
def asked_stems(question: str) -> Strengths:
    """How telling each stem of a question and each of their translations is."""
    question = question[:LONGEST]
    language: Language = "en" if function_word_language(question) == "en" else "fr"
    found = {stem: TRANSLATED * _telling(stem) for stem in expand(stems(question, language), language)}
    return {**found, **{stem: _telling(stem) for stem in query_stems(question)}}


def matches(asked: Strengths, passage: str, offsets: Sequence[tuple[int, int]]) -> list[float]:
    """For each token of a passage how telling its word is, if the question has it; else 0.

    Args:
        offsets: the tokens as (start, end) in characters, in order.
    """
    strengths = [0.0] * len(offsets)
    place = 0
    for word in words(passage):
        strength = max((asked.get(stem, 0.0) for stem in _forms(word.text)), default=0.0)
        while place < len(offsets) and offsets[place][0] < word.end:
            if strength and offsets[place][1] > word.start:
                strengths[place] = strength
            place += 1
    return strengths


@lru_cache(maxsize=50_000)
def _forms(word: str) -> tuple[str, ...]:
    return tuple({*stems(word, "fr"), *stems(word, "en")}) if len(word) <= 60 else ()


@lru_cache(maxsize=10_000)
def _telling(stem: str) -> float:
    return min(1.0, rarity(frozenset({stem}), 0, 0) / TELLING)
