"""Tests of follow-ups: which questions lean on the last one, and which stand by themselves."""

from __future__ import annotations

import pytest

from rag.answering.followup import standalone

LAST = "Combien de passagers la compagnie Oriane a-t-elle logés ?"


@pytest.mark.parametrize(
    "question",
    ["Et les équipages ?", "Pourquoi ?", "Qui l'a annoncé ?", "Depuis quand y sont-ils ?", "Why?", "And the crew?"],
)
def test_a_question_that_points_back_is_led_by_the_last_one(question: str) -> None:
    assert standalone(question, [("Oublié ?", "..."), (LAST, "340")]) == f"{LAST} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "Qui est le maire de Valmer ?",
        "Quand le collège ouvrira-t-il ses portes aux élèves ?",
        "La France a-t-elle signé ?",
        "Combien de ports la compagnie dessert-elle ?",
        "Who is the mayor of Valmer?",
    ],
)
def test_a_question_that_says_what_it_is_about_stands_alone(question: str) -> None:
    assert standalone(question, [(LAST, "340")]) == question


def test_without_history_nothing_is_added() -> None:
    assert standalone("Et eux ?", []) == "Et eux ?"
