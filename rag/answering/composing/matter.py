"""Measures how much of what a question says a sentence says."""

from __future__ import annotations

from functools import lru_cache

from rag.answering.asking.question import Asked
from rag.language.words import stems

ENOUGH = 0.6  # share (0..1) of the question's words that are no names which a sentence must say


def share(asked: Asked, said: frozenset[str], besides: frozenset[str] = frozenset()) -> float:
    """The share (0..1) of the question's words that are no names which `said` holds, weighed by rarity; 1 of none.

    Args:
        besides: words of the question that do not count.
    """
    names = besides.union(name.word for name in asked.names)
    terms = [term for term in asked.terms if term.word not in names and not asked.is_placed(term)]
    whole = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if term.stems & said) / whole if whole else 1.0


@lru_cache(maxsize=8_192)
def stems_of(text: str, language: str) -> frozenset[str]:
    """The stems of a text."""
    return frozenset(stems(text, language))
