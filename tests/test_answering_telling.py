"""Tests of keeping who tells a thing apart from who did it."""

from __future__ import annotations

import pytest

from rag.answering.choosing.telling import asks_who_did, asks_who_tells, only_tells

TOLD = "Le maire Paul Dorval a déclaré que la vanne avait été fermée par Anne Lenoir."


@pytest.mark.parametrize(
    ("sentence", "name", "tells"),
    [
        (TOLD, "Paul Dorval", True),
        (TOLD, "Anne Lenoir", False),
        ("Paul Dorval a déclaré qu'il avait fermé la vanne.", "Paul Dorval", False),
        ("Paul Dorval a fermé la vanne.", "Paul Dorval", False),
        ("Anne Lenoir said that the mayor had closed the valve.", "Anne Lenoir", True),
        ("Anne Lenoir said that she had closed the valve.", "Anne Lenoir", False),
    ],
)
def test_who_says_what_others_did_only_tells(sentence: str, name: str, tells: bool) -> None:
    assert only_tells(sentence, sentence.index(name) + len(name)) is tells


@pytest.mark.parametrize(
    ("question", "did", "tells"),
    [
        ("Qui a fermé la vanne ?", True, False),
        ("Qui a dit que la vanne était fermée ?", False, True),
        ("Qui est le maire de Valmer ?", False, False),
        ("Qui le maire a-t-il accusé ?", False, False),
        ("Who closed the valve?", True, False),
        ("Who said that the valve was closed?", False, True),
    ],
)
def test_a_question_asks_who_did_or_who_tells(question: str, did: bool, tells: bool) -> None:
    language = "en" if question.startswith("Who") else "fr"
    assert asks_who_did(question, language) is did
    assert asks_who_tells(question, language) is tells
