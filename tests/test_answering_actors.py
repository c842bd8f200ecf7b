"""Tests of whose doing a question for yes or no asks about, and of sentences that tell of another's."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import analyse
from rag.answering.choosing.actors import actor, tells_of_another


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Les soldats danois vont-ils quitter la Norvège ?", "danois"),
        ("Did Danish forces leave Norway?", "Danish"),
        ("Is the United States leaving Norway?", "United States"),
        ("Pourquoi le Danemark retire-t-il ses soldats ?", None),  # no question for yes or no
        ("Le Danemark a-t-il été accusé ?", None),  # others do it
        ("Au Danemark, les trains roulent-ils ?", None),
        ("Selon le Danemark, le ministre a-t-il menti ?", None),
        ("Entre la Suède et la Norvège, la guerre va-t-elle finir ?", None),
        ("Le Paris Saint-Germain a-t-il gagné ?", None),
        ("Le Paris-Nice a-t-il été annulé ?", None),
        ("Did the mayor visit China?", None),
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
        ("Ils ont quitté la base lundi, a confirmé l'Otan.", False),
        ("Paul Dorval a annoncé le départ, à la colère de Stockholm.", False),
        ("Le départ a commencé en Suède.", False),
        ("Les Européens ont signé l'accord.", False),  # among them are those asked about
    ],
)
def test_a_sentence_that_begins_with_another_and_never_names_the_actor_tells_of_another(
    sentence: str, another: bool
) -> None:
    asked = analyse("Les soldats danois ont-ils quitté la Norvège ?", lambda stem: 1, 10)
    sought = actor(asked)
    assert sought is not None
    assert tells_of_another(sought, asked, sentence, "fr") is another
