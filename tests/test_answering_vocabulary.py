"""Tests of remembering words and vectors."""

from __future__ import annotations

import numpy as np
from hashing_encoder import HashingEncoder

from rag.answering.asking.vocabulary import VectorsOf, sentence_vectors, stems_of, word_vectors, words_of


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


def test_what_goes_beyond_the_most_that_is_remembered_begins_anew_and_stays_right() -> None:
    encoder = HashingEncoder()
    known = VectorsOf(encoder, most=2)
    for texts in (["a", "b", "c"], ["d", "a"], ["c", "d"]):
        assert np.array_equal(known.of(texts), encoder.embed_queries(texts))
    assert encoder.embedded == ["a", "b", "c", "d", "a", "c"]


def test_sentences_do_not_push_words_out() -> None:
    encoder = HashingEncoder()
    word_vectors(encoder).of(["port"])
    sentence_vectors(encoder).of(["Le port est fermé."])
    word_vectors(encoder).of(["port"])
    assert encoder.embedded == ["port", "Le port est fermé."]


def test_no_texts_have_no_rows() -> None:
    encoder = HashingEncoder()
    assert word_vectors(encoder).of([]).shape == (0, encoder.dimension)


def test_the_words_of_a_text_come_once_in_lower_case_and_in_order() -> None:
    assert words_of("Le Port, le port à 9 h 30 !") == ("le", "port", "30")
    assert words_of("Le port ferme", 2) == ("le", "port")
