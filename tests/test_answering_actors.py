"""Tests of whose doing a question asks about, and of sentences that tell of another's."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import analyse
from rag.answering.choosing.actors import actor, tells_of_another


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Les soldats danois vont-ils quitter la Norvège ?", "danois"),
        ("Pourquoi le Danemark retire-t-il ses soldats ?", "Danemark"),
        ("Quelle base norvégienne les Danois ont-ils quittée ?", "Danois"),
        ("Combien de prisonniers suédois la Norvège a-t-elle remis ?", "Norvège"),
        ("Did Danish forces leave Norway?", "Danish"),
        ("When does Denmark withdraw?", "Denmark"),
        ("Qui a retiré ses soldats de Norvège ?", None),
        ("Au Danemark, les trains roulent-ils ?", None),
        ("What happened in Norway?", None),
        ("Le maire est-il parti ?", None),
    ],
)
def test_the_actor_is_named_before_the_verb(question: str, who: str | None) -> None:
    found = actor(analyse(question, lambda stem: 1, 10))
    assert (question[found.start : found.end] if found else None) == who


@pytest.mark.parametrize(
    ("sentence", "another"),
    [
        ("L'armée suédoise veut évacuer ses soldats de Norvège.", True),
        ("Les soldats danois quittent la Norvège.", False),
        ("La Suède accuse Copenhague d'avoir quitté la Norvège.", False),
        ("En Norvège, la Suède reste seule.", False),  # of the place that is asked about
        ("Ils ont quitté la base lundi.", False),
    ],
)
def test_a_sentence_that_begins_with_another_and_never_names_the_actor_tells_of_another(
    sentence: str, another: bool
) -> None:
    asked = analyse("Les soldats danois ont-ils quitté la Norvège ?", lambda stem: 1, 10)
    sought = actor(asked)
    assert sought is not None
    assert tells_of_another(sought, asked, sentence, "fr") is another
