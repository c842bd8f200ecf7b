"""Measures how much of a question a text says in other words: each term against its nearest word there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rag.answering.asking.question import Asked
from rag.answering.asking.vocabulary import stems_of, word_vectors, words_of
from rag.index.embedding import Encoder
from rag.index.vectors import products

FAR = 0.25  # cosine of two words up to which they have nothing to do with each other
LONGEST = 120  # words of a text that are looked at

Nearness = npt.NDArray[np.float32]


def nearness(asked: Asked, texts: Sequence[tuple[str, str]], encoder: Encoder) -> Nearness:
    """How near each term of a question comes to each text: 1 where a stem of it stands there, else by meaning.

    The meaning of a word is its vector in the encoder, so that synonyms and translations count in part
    (a greedy matching as in BERTScore, Zhang et al., ICLR 2020, with static vectors).

    Args:
        texts: each with its language, "fr" or "en".

    Returns:
        An array of shape (terms, texts), 0..1.
    """
    vocabulary: list[tuple[str, str]] = []
    places_in = {
        language: _Places(language, vocabulary) for language in dict.fromkeys(language for _, language in texts)
    }
    contained = [list(map(places_in[language].__getitem__, words_of(text, LONGEST))) for text, language in texts]
    result = np.zeros((len(asked.terms), len(texts)), dtype=np.float32)
    if not asked.terms or not vocabulary:
        return result
    near = _to_each_word(asked, vocabulary, encoder)
    for column, places in enumerate(contained):
        if places:
            near.take(places, axis=1).max(axis=1, out=result[:, column])
    return result


class _Places(dict[str, int]):
    """The place of each word of one language in a vocabulary, to which it is added when it is first asked for."""

    def __init__(self, language: str, vocabulary: list[tuple[str, str]]) -> None:
        super().__init__()
        self._language, self._vocabulary = language, vocabulary

    def __missing__(self, word: str) -> int:
        place = self[word] = len(self._vocabulary)
        self._vocabulary.append((word, self._language))
        return place


def _to_each_word(asked: Asked, vocabulary: Sequence[tuple[str, str]], encoder: Encoder) -> Nearness:
    """(terms, words)."""
    own = [stems_of(word, language) for word, language in vocabulary]
    near = np.zeros((len(asked.terms), len(vocabulary)), dtype=np.float32)
    telling = [place for place, found in enumerate(own) if found]
    if encoder.word_by_word and telling:  # a transformer has no meaning for a lone word, and takes seconds for hundreds
        vectors = word_vectors(encoder).of([vocabulary[place][0] for place in telling])
        cosines = products(encoder.embed_queries([term.word.lower() for term in asked.terms]), vectors)
        near[:, telling] = np.clip((cosines - FAR) / (1 - FAR), 0.0, 1.0)
    shared = [place for place in telling if not asked.said.isdisjoint(own[place])]
    for row, term in enumerate(asked.terms):
        near[row, [place for place in shared if term.stems & own[place]]] = 1.0
    return near
