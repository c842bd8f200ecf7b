"""Tests of numbers and dates that a sentence takes back."""

from __future__ import annotations

import time

import pytest

from rag.answering.choosing.corrections import is_moved, is_taken_back, supersedes
from rag.language.folding import fold_in_place


@pytest.mark.parametrize(
    ("sentence", "value", "taken_back"),
    [
        ("La halle a perdu 156 étals, et non 180 comme le disait la mairie.", "180", True),
        ("La halle a perdu 156 étals, et non 180 comme le disait la mairie.", "156", False),
        ("Le nombre d'étals passe de 214 à 180.", "214", True),
        ("Le nombre d'étals passe de 214 à 180.", "180", False),
        ("La foire est repoussée du 3 mars au 5 mai.", "3 mars", True),
        ("La foire est repoussée du 3 mars au 5 mai.", "5 mai", False),
        ("Initialement prévue le 3 mars, la foire aura lieu plus tard.", "3 mars", True),
        ("La halle emploie quatre vigiles au lieu de deux.", "deux", True),
        ("The fair cost 40,000 euros instead of 25,000.", "25,000", True),
        ("Le trajet de Valmer à Dorval dure de 10 à 12 minutes.", "10", False),
    ],
)
def test_a_value_that_holds_no_more_is_told_from_one_that_does(sentence: str, value: str, taken_back: bool) -> None:
    start = sentence.index(value)
    assert is_taken_back(fold_in_place(sentence), start, start + len(value)) is taken_back


@pytest.mark.parametrize(
    ("sentence", "does"),
    [
        ("Il fallait lire 50 grammes.", True),
        ("Le bilan est ramené de 17 à 12 blessés.", True),
        ("La halle emploie douze vigiles.", False),
    ],
)
def test_a_correction_says_that_what_was_said_holds_no_more(sentence: str, does: bool) -> None:
    assert supersedes(fold_in_place(sentence)) is does


def test_a_date_put_off_is_told_from_one_that_is_set() -> None:
    assert is_moved("la foire est reportee au 5 mai")
    assert not is_moved("la foire aura lieu le 5 mai")


@pytest.mark.parametrize("noise", ["et non " * 1_500, "passe de " * 1_200, "1" * 10_000, "(" * 10_000])
def test_hostile_text_costs_no_more_than_its_length(noise: str) -> None:
    began = time.thread_time()
    is_taken_back(noise, len(noise) - 1, len(noise))
    supersedes(noise)
    assert time.thread_time() - began < 1
