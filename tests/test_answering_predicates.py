"""Tests of finding what a claim says of its subject, and whether a sentence says it too."""

from __future__ import annotations

import pytest

from rag.answering.verifying.marks import negated
from rag.answering.verifying.pairing import Pairing
from rag.answering.verifying.predicates import is_unsaid
from rag.answering.verifying.statements import statements


@pytest.mark.parametrize(
    ("claim", "sentence", "language", "unsaid"),
    [
        ("Les tensions se sont apaisées.", "Les tensions se sont accrues.", "fr", True),
        ("Les tensions se sont accrues.", "Les tensions, dit-on, se sont vivement accrues.", "fr", False),
        ("Le maire n'a pas encore signé.", "Le maire hésite.", "fr", True),
        ("Le maire a vite signé.", "Le maire a signé.", "fr", True),  # "vite" is taken for what he did
        ("La digue vieille a été réparée.", "La digue a été réparée.", "fr", False),
        ("The mayor has accepted the plan.", "The mayor has dismissed the plan.", "en", True),
        ("The mayor has finally accepted the plan.", "The plan was accepted by the mayor.", "en", False),
        ("The mayor accepts the plan.", "The mayor has the plan.", "en", False),  # no auxiliary leads to it
    ],
)
def test_what_an_auxiliary_leads_to_is_said_or_not(claim: str, sentence: str, language: str, *, unsaid: bool) -> None:
    assert is_unsaid(Pairing(statements(claim, language), statements(sentence, language))) is unsaid


@pytest.mark.parametrize(
    ("sentence", "language", "denied"),
    [
        ("Le maire n'a jamais signé.", "fr", "signé"),
        ("Le maire n'a pas encore signé.", "fr", "signé"),
        ("Le groupe n'est plus actif.", "fr", "actif"),
        ("The group is no longer active.", "en", "active"),
        ("The mayor has never signed.", "en", "signed"),
        ("Two years longer is not enough.", "en", "enough"),
        ("Le maire n'a rien signé.", "fr", "signé"),
    ],
)
def test_a_negation_is_of_what_is_said_not_of_the_word_that_completes_it(
    sentence: str, language: str, denied: str
) -> None:
    (statement,) = statements(sentence, language)
    assert [unit.text for unit in negated(statement) if unit] == [denied]
