"""Tests of the bare answer: one number with its own noun, a name alone, nothing doubtful."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import analyse
from rag.answering.choosing.bare import bare_answers
from rag.answering.choosing.bareness import borne_out, trimmed
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.sentences import Candidate
from rag.answering.composing.material import SURE
from rag.schema import Evidence, Passage


def sure(question: str, sentence: str) -> list[str]:
    """The bare answers of a sentence that may be shown."""
    asked = analyse(question, lambda stem: 1, 10)
    found = [trimmed(bare, asked, sentence, "fr") for bare in bare_answers(asked, sentence, "fr")]
    return [sentence[bare.start : bare.end] for bare in found if bare.fit >= SURE]


@pytest.mark.parametrize(
    ("question", "sentence", "shown"),
    [
        ("Combien de marins le port emploie-t-il ?", "Le port emploie environ 300 marins.", ["environ 300 marins"]),
        ("Combien la hausse coûte-t-elle ?", "La grue numéro 7 et la hausse pèsent sur le port.", []),
        ("Combien de gardiens veillent ?", "Le port a 58 caméras et quatre gardiens.", ["quatre gardiens"]),
        ("Combien de marins compte le port ?", "Le port compte 250 marins, et non 300 marins.", ["250 marins"]),
        (
            "Pourquoi le port ferme-t-il ?",
            "Le port ferme en raison du vent, sans fâcher le maire.",
            ["en raison du vent"],
        ),
        ("Quand le pont ouvrira-t-il ?", "Le pont ouvrira à la mi-août.", ["mi-août"]),
        ("Quand le pont a-t-il ouvert ?", "Le pont a ouvert fin juin 2021.", ["fin juin 2021"]),
        ("Qui dirige la flotte ?", "La flotte obéit au chef du Kremlin Mark Dorval.", ["Mark Dorval"]),
        ("Où sont les marins ?", "Les marins sont à quai, dit le port sur Twitter.", []),
        ("Avec quel pays le port commerce-t-il ?", "Le port commerce avec des sociétés danoises.", []),
    ],
)
def test_a_bare_answer_is_right_or_is_not_shown(question: str, sentence: str, shown: list[str]) -> None:
    assert sure(question, sentence) == shown


def test_an_agency_is_not_the_body_that_is_asked_for() -> None:
    asked = analyse("Quelle société a fermé le port ?", lambda stem: 1, 10)
    sentence = "La panne a duré, a dit le port à l'AFP."
    start = sentence.index("AFP")
    assert trimmed(Bare(start, start + 3, 0.8, "afp"), asked, sentence, "fr").fit < SURE


@pytest.mark.parametrize(
    ("question", "sentence", "read", "shown"),
    [
        ("Qui a gagné l'élection ?", "M. Dorval parle de la défaite de Paul Brenne.", "Paul Brenne", ["Paul Brenne"]),
        ("Qui a gagné l'élection ?", "M. Dorval parle de la défaite des autres.", "des autres", []),
        ("Qui est Paul Brenne ?", "La loi de Paul Brenne, soutenue par le maire, passe.", "La loi", []),
        ("Qui est Paul Brenne ?", "La loi de Paul Brenne, maire de Valmer, passe.", "maire", ["maire de Valmer"]),
    ],
)
def test_a_name_or_a_definition_beside_the_words_that_were_read_is_not_shown(
    question: str, sentence: str, read: str, shown: list[str]
) -> None:
    asked = analyse(question, lambda stem: 1, 10)
    words = sentence.index(read), sentence.index(read) + len(read)
    found = Evidence(Passage("a", "a", 0, len(sentence), sentence), 1.0, 1.0, 1.0)
    candidate = Candidate(found, 0, len(sentence), sentence, frozenset(), words, answerable=0.5)
    bares = borne_out(bare_answers(asked, sentence, "fr"), candidate, asked)
    assert [sentence[bare.start : bare.end] for bare in bares if bare.fit >= SURE] == shown
