"""Tests of writing out what was typed in haste."""

from __future__ import annotations

import pytest

from rag.language.haste import is_hasty, sound, written_out


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("kan es ke le pont a rouvert", "quand est-ce que le pont a rouvert"),
        ("konbien de bateaux", "combien de bateaux"),
        ("ki a gagné", "qui a gagné"),
        ("nb de bateaux au port", "nombre de bateaux au port"),
        ("l etat du pont", "l'etat du pont"),
        ("COMBIEN DE FOYERS PRIVES D EAU", "combien de foyers prives d'eau"),
        ("quand est ce que le pont ouvre", "quand est-ce que le pont ouvre"),
        ("qui es anne martin", "qui est anne martin"),
        ("wen did the bridge open", "when did the bridge open"),
    ],
)
def test_small_words_are_written_as_they_are_spelled(typed: str, written: str) -> None:
    assert written_out(typed) == written


@pytest.mark.parametrize(
    "question",
    [
        "Combien de bateaux y a-t-il au port de Brest ?",
        "Qu'est-ce que l'Otan a décidé ?",
        "Who is the mayor, and when was he elected?",
        "À qui l'île appartient-elle ?",
        "Qui es-tu ?",
        "OTAN ?",
    ],
)
def test_a_question_that_is_spelled_well_stays_as_it_is(question: str) -> None:
    assert written_out(question) == question


def test_only_a_question_without_capitals_or_of_nothing_else_was_typed_in_haste() -> None:
    assert is_hasty("combien de bateaux a brest")
    assert is_hasty("COMBIEN DE BATEAUX A BREST")
    assert not is_hasty("Combien de bateaux au port ?")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("telepherik", "telepherique"),
        ("anoncee", "annonce"),
        ("alemands", "allemands"),
        ("polution", "pollution"),
        ("arbretes", "arbrettes"),
        ("temp", "temps"),
    ],
)
def test_what_is_written_by_ear_sounds_the_same(typed: str, meant: str) -> None:
    assert sound(typed) == sound(meant)


@pytest.mark.parametrize(("one", "other"), [("pommier", "pompier"), ("arbre", "arbrettes"), ("mission", "passion")])
def test_other_words_sound_different(one: str, other: str) -> None:
    assert sound(one) != sound(other)
