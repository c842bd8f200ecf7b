"""Tests of follow-ups that put somebody, something or a time first, and of those that correct or doubt."""

from __future__ import annotations

import pytest

from rag.answering.followup import standalone

BACKS = "Qui soutient Anne Berg pour la mairie de Brenne ?"
LEAVES = "L'Allemagne quitte-t-elle l'accord ?"
PROMISED = "Combien Valmer et la famille Dorval ont-ils promis pour le musée ?"
THINKS = "Que pense Paul Dorval de l'enquête ?"
BASE = "Quelle base ont-ils rendue à la frontière ?"
MARRIED = "Who is Anne Berg's ex-husband?"

# The last question, its answer, the follow-up, and the question that is meant.
FOLLOW_UPS = [
    (BACKS, "Paul Dorval.", "Et Noiret, qui la soutient ?", "Qui soutient Noiret ?"),
    (BACKS, "Paul Dorval.", "Et en 2020, que s'est-il passé ?", "Que s'est-il passé en 2020 ?"),
    (THINKS, "Du bien.", "Et Noiret, qu'en pense-t-elle ?", "Que pense Noiret de l'enquête ?"),
    (THINKS, "Du bien.", "Et Noiret, qu'a-t-il répondu ?", f"Qu'a Noiret répondu ? ({THINKS})"),
    (THINKS, "Du bien.", "Et la ministre, elle en pense quoi ?", f"La ministre en pense quoi ? ({THINKS})"),
    (THINKS, "Du bien.", "Et les Valmériens, c'est qui ?", "Qui sont les Valmériens ?"),
    (THINKS, "Du bien.", "Et l'Oriane, c'est quoi ?", "Que signifie l'Oriane ?"),
    (
        BASE,
        "La base Arnal.",
        "Et celle de Brenne, comment elle s'appelle ?",
        f"Comment la base de Brenne s'appelle ? ({BASE})",
    ),
    (LEAVES, "Non.", "Et les Turcs, ils arrivent quand ?", f"Les Turcs arrivent quand ? ({LEAVES})"),
    (LEAVES, "Non.", "Et les Tchèques ?", "La Tchéquie quitte-t-elle l'accord ?"),
    (LEAVES, "Non.", "Et les Espagnols ?", "L'Espagne quitte-t-elle l'accord ?"),
    ("Quand l'Otan quitte-t-elle l'Irak ?", "En mai.", "Et les Mexicains ?", "Quand le Mexique quitte-t-il l'Irak ?"),
    (PROMISED, "Cent.", "Et les Noiret ?", "Combien les Noiret ont-ils promis pour le musée ?"),
    (PROMISED, "Cent.", "Non, je parle des Noiret", "Combien les Noiret ont-ils promis pour le musée ?"),
    ("What is the history of beer?", "Long.", "I meant wine, not beer", "What is the history of wine?"),
    (MARRIED, "Paul Dorval.", "How much did she give the super PAC?", "How much did Anne Berg give the super PAC?"),
    (
        "Qui est le maire ?",
        "Luc Arnal",
        "Quand a-t-il rencontré Anne Berg ?",
        "Quand Luc Arnal a-t-il rencontré Anne Berg ?",
    ),
    ("Qui a été tué ?", "Luc Arnal", "Qui était-il ?", "Qui était Luc Arnal ?"),
    ("Where were the soldiers moved to?", "Valmer.", "why?", "Why were the soldiers moved?"),
    (BACKS, "Paul Dorval.", "Tu es sûr ?", BACKS),
    ("Qui est mort ?", "Mardi", "Où est-il enterré ?", "Où est-il enterré ? (Qui est mort ?)"),
    (LEAVES, "Non.", "Et les Américains ?", f"Et les Américains ? ({LEAVES})"),
    (LEAVES, "Non.", "Et les Iraniens ?", "L'Iran quitte-t-il l'accord ?"),
    (BACKS, "Paul Dorval.", "Et Noiret, qui la loi vise ?", f"Et Noiret, qui la loi vise ? ({BACKS})"),
    (MARRIED, "Paul Dorval.", "tell me more", MARRIED),
]


@pytest.mark.parametrize(("asked", "answer", "question", "meant"), FOLLOW_UPS)
def test_follow_up_is_asked_in_full(asked: str, answer: str, question: str, meant: str) -> None:
    assert standalone(question, [(asked, answer)]) == meant


@pytest.mark.parametrize(
    "question",
    ["Quand Luc Arnal a-t-il rencontré Anne Berg ?", "Did Luc Arnal say when he meets Anne Berg?"],
)
def test_a_pronoun_after_a_name_does_not_point_back(question: str) -> None:
    assert standalone(question, [(BACKS, "Paul Dorval.")]) == question


def test_what_is_thin_is_put_beside_the_last_question_with_a_name() -> None:
    history = [("Combien de morts dans l'incendie de Valmer ?", "Deux."), ("C'était où exactement ?", "Au port.")]
    assert standalone("Et le propriétaire ?", history).endswith("(Combien de morts dans l'incendie de Valmer ?)")
    history = [("Qui a repris Oriane à Valmer ?", "Arnal."), ("Combien de salariés sont restés ?", "Dix.")]
    assert standalone("Et la région ?", history) == "Et la région ? (Combien de salariés sont restés ?)"


def test_a_doubt_does_not_become_what_is_spoken_of() -> None:
    history = [(LEAVES, "Non."), ("Vous êtes sûrs ?", "Oui.")]
    assert standalone("Et le Canada ?", history) == "Le Canada quitte-t-il l'accord ?"
