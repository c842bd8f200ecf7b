"""Tests of questions of spoken French, which ask at their end."""

from __future__ import annotations

import time

import pytest

from rag.answering.asking.order import in_order


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Les Danois ont envoyé leurs soldats où ?", "Où les Danois ont envoyé leurs soldats ?"),
        ("Les Danois sont partis quand ?", "Quand les Danois sont partis ?"),
        ("L'armée danoise est partie pourquoi", "Pourquoi l'armée danoise est partie ?"),
        ("Paul Dorval est mort comment ?", "Comment Paul Dorval est mort ?"),
        ("Paul Dorval a été tué par qui ?", "Par qui Paul Dorval a été tué ?"),
        ("les soldats vont aller ou", "Où les soldats vont aller ?"),
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
        "Who went there with qui ?",
        "Pourquoi partent-ils et pour où ?",
        "",
    ],
)
def test_other_questions_stay(question: str) -> None:
    assert in_order(question) == question


@pytest.mark.parametrize("noise", ["où " * 5_000, "a " * 150, "a" * 300, " " * 299 + "où", "quand ?" * 40])
def test_hostile_text_costs_little(noise: str) -> None:
    began = time.thread_time()
    in_order(noise)
    assert time.thread_time() - began < 0.5
