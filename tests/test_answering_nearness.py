"""Tests of measuring how much of a question a text says in other words."""

from __future__ import annotations

import numpy as np
import pytest
from hashing_encoder import HashingEncoder

from rag import Settings
from rag.answering.asking.question import Asked, analyse
from rag.answering.choosing.nearness import nearness
from rag.index.embedding import Encoder, open_encoder


def asked(question: str) -> Asked:
    """The question put to a corpus of a hundred passages that contain every stem ten times."""
    return analyse(question, lambda stem: 10, 100)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder(Settings())


def test_the_same_stem_is_nearest_and_a_synonym_nearer_than_a_stranger(encoder: Encoder) -> None:
    texts = [("Les navires sont partis.", "fr"), ("Les bateaux sont partis.", "fr"), ("Les pommes sont mûres.", "fr")]
    same, synonym, stranger = nearness(asked("Quel navire ?"), texts, encoder)[0]
    assert same == 1
    assert same > synonym > stranger


def test_a_translation_counts_in_part(encoder: Encoder) -> None:
    near = nearness(asked("Which hospitals closed?"), [("Les hôpitaux ferment.", "fr"), ("Les pommes.", "fr")], encoder)
    assert near[:, 0].sum() > near[:, 1].sum()


def test_an_encoder_of_whole_sentences_gives_only_stems() -> None:
    near = nearness(asked("Quel navire ?"), [("Les navires.", "fr"), ("Les bateaux.", "fr")], HashingEncoder())
    assert near.tolist() == [[1, 0]]


@pytest.mark.parametrize("text", ["", "... !", "9" * 10_000, "de la"])
def test_texts_without_words_are_near_to_nothing(text: str, encoder: Encoder) -> None:
    near = nearness(asked("Quel navire ?"), [(text, "fr")], encoder)
    assert near.shape == (1, 1)
    assert np.isfinite(near).all()


def test_a_question_without_terms_has_no_rows(encoder: Encoder) -> None:
    assert nearness(asked("?"), [("Les navires.", "fr")], encoder).shape == (0, 1)
