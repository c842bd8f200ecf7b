"""Remembers the stems and the vectors of lone words, which many sentences and questions share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from rag.index.embedding import Encoder, Vectors
from rag.language.words import stems

MOST_REMEMBERED = 20_000  # words; of 512 dimensions they take 40 MB


@lru_cache(maxsize=100_000)
def stems_of(word: str, language: str) -> frozenset[str]:
    """The stems of one word of an article; none when it carries no meaning."""
    return frozenset(stems(word, language))


class WordVectors:
    """The vectors of lone words by one encoder; threads may share it, since they fill in the same."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._known: dict[str, Vectors] = {}

    def of(self, words: Sequence[str]) -> Vectors:
        """The vectors of some words, at least one: (words, dimension), rows of length 1."""
        known = self._known if len(self._known) < MOST_REMEMBERED else {}
        missing = [word for word in dict.fromkeys(words) if word not in known]
        if missing:
            known.update(zip(missing, self.encoder.embed_passages(missing), strict=True))
        self._known = known
        return np.stack([known[word] for word in words]) if words else np.zeros((0, self.encoder.dimension), np.float32)


def word_vectors(encoder: Encoder) -> WordVectors:
    """What is remembered of the encoder, as long as no other is used."""
    last = _LAST[-1] if _LAST else None
    if last is None or last.encoder is not encoder:
        last = WordVectors(encoder)
        _LAST[:] = [last]
    return last


_LAST: list[WordVectors] = []
