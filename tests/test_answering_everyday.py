"""Tests of questions of everyday French, which ask at their end and reproach where news accuses."""

from __future__ import annotations

import time

import pytest

from rag.answering.asking.everyday import as_written, in_order, leaving


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Les Danois ont envoyé leurs soldats où ?", "Où les Danois ont-ils envoyé leurs soldats ?"),
        ("Les Danois sont partis quand ?", "Quand les Danois sont-ils partis ?"),
        ("La flotte danoise est partie pourquoi", "Pourquoi la flotte danoise est-elle partie ?"),
        ("Paul Dorval est mort comment ?", "Comment Paul Dorval est-il mort ?"),
        ("Paul Dorval a été tué par qui ?", "Par qui Paul Dorval a-t-il été tué ?"),
        ("les soldats vont aller ou", "Où les soldats vont-ils aller ?"),
    ],
)
def test_the_word_that_asks_is_put_first(spoken: str, written: str) -> None:
    assert in_order(spoken) == written


@pytest.mark.parametrize(
    "question",
    [
        "Où les Danois ont-ils envoyé leurs soldats ?",
        "Depuis quand ?",
        "Les Danois sont là depuis quand ?",
        "Le second tour, c'est quand ?",
        "Ils sont où ?",
        "Et pour qui ?",
        "Dorval ou Berg ?",
        "Tour de Bretagne, où et quand ?",
        "Cela se passe où ?",
        "Le conflit dure jusqu'à quand ?",
        "L'attaque, c'était où ?",
        "À Paris, le procès commence quand ?",
        "Who went there with qui ?",
        "Pourquoi partent-ils et pour où ?",
        "",
    ],
)
def test_other_questions_stay(question: str) -> None:
    assert in_order(question) == question


@pytest.mark.parametrize(
    ("everyday", "written"),
    [
        ("Que reproche-t-on à Paul Dorval ?", "De quoi est accusé Paul Dorval ?"),
        ("Que reproche-t-on à Lucie Berg ?", "De quoi est accusé Lucie Berg ?"),
        ("Que reprochait-on aux marins ?", "De quoi sont accusés les marins ?"),
        ("Qu'est-il reproché au maire ?", "De quoi est accusé le maire ?"),
        ("Qu'est-ce qu'on reproche à la mairie ?", "De quoi est accusé la mairie ?"),
        ("Qu’a-t-on reproché à l’élu ?", "De quoi est accusé l'élu ?"),
        ("Que reproche le maire à la préfète ?", "Que reproche le maire à la préfète ?"),
        ("Que lui reproche-t-on ?", "De quoi est-il accusé ?"),
        ("Que leur reprochait-on ?", "De quoi sont-ils accusés ?"),
        ("Les marins sont partis quand ?", "Quand les marins sont-ils partis ?"),
    ],
)
def test_an_everyday_question_is_put_as_news_would(everyday: str, written: str) -> None:
    assert as_written(everyday) == written


@pytest.mark.parametrize("noise", ["où " * 5_000, "a " * 150, "a" * 300, " " * 299 + "où", "quand ?" * 40])
def test_hostile_text_costs_little(noise: str) -> None:
    began = time.thread_time()
    as_written(noise)
    assert time.thread_time() - began < 0.5


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("La flotte s'en va-t-elle ?", "La flotte part-elle ?"),
        ("Les soldats s’en vont-ils de Valmer ?", "Les soldats partent-ils de Valmer ?"),
        ("Qui veut s'en aller ?", "Qui veut partir ?"),
        ("Comment s'en sortent-ils ?", "Comment s'en sortent-ils ?"),
    ],
)
def test_who_goes_away_leaves(question: str, written: str) -> None:
    assert leaving(question) == written
