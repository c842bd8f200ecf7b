"""Remembers the words of sentences, their stems, and the vectors of words and sentences, which questions share."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from rag.index.embedding import Encoder, Vectors
from rag.language.words import spelled, stems

MOST_WORDS = 20_000  # of 512 dimensions their vectors take 40 MB
MOST_SENTENCES = 8_192  # and theirs 16 MB
MOST_TEXTS = 4_096  # whose words are remembered: 20 MB


@lru_cache(maxsize=100_000)
def stems_of(word: str, language: str) -> frozenset[str]:
    """The stems of one word of an article; none when it carries no meaning."""
    return _set_of(tuple(stems(word, language)))


@lru_cache(maxsize=100_000)
def _set_of(terms: tuple[str, ...]) -> frozenset[str]:
    """One set for all words of these stems: the fewer there are, the sooner Python's garbage collector is through."""
    return frozenset(terms)


@lru_cache(maxsize=MOST_TEXTS)
def words_of(text: str, most: int | None = None) -> tuple[str, ...]:
    """The different words among the first `most` (None: all) of a text, in lower case and in order; no lone letters."""
    return tuple(dict.fromkeys(word.lower() for word in spelled(text)[:most] if len(word) > 1))


class VectorsOf:
    """The vectors of texts by one encoder, each embedded once; threads may share it."""

    def __init__(self, encoder: Encoder, most: int) -> None:
        """Remember up to `most` texts and those of the call that goes beyond them; then begin anew."""
        self.encoder = encoder
        self._most = most
        self._filling = threading.Lock()
        self._rows: dict[str, int] = {}
        self._vectors: Vectors = np.zeros((most, encoder.dimension), dtype=np.float32)  # takes memory as it fills

    def of(self, texts: Sequence[str]) -> Vectors:
        """The vectors of some texts: (texts, dimension), rows of length 1."""
        with self._filling:
            if any(text not in self._rows for text in texts):
                self._learn(texts)
            return self._vectors.take([self._rows[text] for text in texts], axis=0)

    def _learn(self, texts: Sequence[str]) -> None:
        if len(self._rows) > self._most:
            self._rows, self._vectors = {}, self._vectors[: self._most]
        missing = [text for text in dict.fromkeys(texts) if text not in self._rows]
        first, after = len(self._rows), len(self._rows) + len(missing)
        if after > len(self._vectors):
            more = np.zeros((after - len(self._vectors), self.encoder.dimension), dtype=np.float32)
            self._vectors = np.concatenate([self._vectors, more])
        self._vectors[first:after] = self.encoder.embed_passages(missing)
        self._rows.update(zip(missing, range(first, after), strict=True))


def word_vectors(encoder: Encoder) -> VectorsOf:
    """What is remembered of the lone words of the encoder, as long as no other is used."""
    return _remembered(encoder)[0]


def sentence_vectors(encoder: Encoder) -> VectorsOf:
    """The same of its sentences and of what is compared with them."""
    return _remembered(encoder)[1]


def _remembered(encoder: Encoder) -> tuple[VectorsOf, VectorsOf]:
    last = _LAST[-1] if _LAST else None
    if last is None or last[0].encoder is not encoder:
        last = (VectorsOf(encoder, MOST_WORDS), VectorsOf(encoder, MOST_SENTENCES))
        _LAST[:] = [last]
    return last


_LAST: list[tuple[VectorsOf, VectorsOf]] = []
