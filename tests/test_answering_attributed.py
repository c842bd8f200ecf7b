"""Tests of whose word a question asks for."""

from __future__ import annotations

import pytest

from rag.answering.asking.attributed import source_asked
from rag.language.words import stems


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Combien de manifestants, selon la préfecture ?", "préfecture"),
        ("Selon les syndicats, combien ont défilé ?", "syndicats"),
        ("Combien de morts d'après le ministre de la Défense ?", "ministre Défense"),
        ("Combien de morts selon la police en 2031 ?", "police"),
        ("Combien de morts, selon les premières sources ?", ""),
        ("Combien de morts, d'après ce qu'on en disait en mars ?", ""),
        ("Combien de morts ?", ""),
        ("Combien de morts la préfecture a-t-elle recensés ?", "préfecture"),
        ("Combien de civils au moins l'ONU a-t-elle dénombrés à Valmer ?", "ONU"),
        ("Quelle participation la commission électorale annonçait-elle ?", "commission électorale"),
        ("Combien de salariés l'usine compte-t-elle ?", ""),
        ("Combien d'otages le groupe retient-il ?", ""),
        ("Combien de victimes de la guerre l'ONU a-t-elle recensées ?", "ONU"),
        ("Combien de morts selon les comptes de juin ?", ""),
    ],
)
def test_the_source_asked_for(question: str, source: str) -> None:
    assert source_asked(question, "fr") == frozenset(stems(source, "fr"))


def test_the_source_asked_for_in_english() -> None:
    assert source_asked("How many died, according to the mayor?", "en") == frozenset(stems("mayor", "en"))
