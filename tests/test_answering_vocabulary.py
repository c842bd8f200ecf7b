"""Tests of remembering lone words."""

from __future__ import annotations

import numpy as np
from hashing_encoder import HashingEncoder

from rag.answering.asking.vocabulary import stems_of, word_vectors


def test_a_word_is_embedded_once_and_its_vector_is_the_encoders() -> None:
    encoder = HashingEncoder()
    known = word_vectors(encoder)
    first = known.of(["port", "navire", "port"])
    assert encoder.embedded == ["port", "navire"]
    assert np.array_equal(word_vectors(encoder).of(["navire", "port"]), first[[1, 0]])
    assert encoder.embedded == ["port", "navire"]
    assert np.array_equal(first[0], encoder.embed_queries(["port"])[0])


def test_another_encoder_has_words_of_its_own() -> None:
    one, other = HashingEncoder(), HashingEncoder("other")
    word_vectors(one).of(["port"])
    word_vectors(other).of(["port"])
    assert other.embedded == ["port"]


def test_the_stems_of_a_word_are_those_of_its_language() -> None:
    assert stems_of("navires", "fr") == {"navir"}
    assert stems_of("le", "fr") == frozenset()
