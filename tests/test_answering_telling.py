"""Tests of keeping who tells a thing apart from who did it."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import analyse
from rag.answering.choosing.rightness import Offer, of_the_kind
from rag.answering.choosing.sentences import candidates
from rag.answering.choosing.telling import asks_who_did, asks_who_tells, only_tells
from rag.schema import Article, Evidence, Passage

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
        ("Anne Lenoir, qui a fermé la vanne, a déclaré que le port est calme.", "Anne Lenoir", False),
        ("Anne Lenoir a fermé la vanne, et la police a déclaré que le port est calme.", "Anne Lenoir", False),
        ("Le maire, Paul Dorval, a déclaré que le port est calme.", "Paul Dorval", False),
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
        ("Qui accuse le maire ?", False, False),
        ("Qui dirige le port ?", False, False),
        ("Who closed the valve?", True, False),
        ("Who said that the valve was closed?", False, True),
    ],
)
def test_a_question_asks_who_did_or_who_tells(question: str, did: bool, tells: bool) -> None:
    language = "en" if question.startswith("Who") else "fr"
    assert asks_who_did(question, language) is did
    assert asks_who_tells(question, language) is tells


@pytest.mark.parametrize(
    ("question", "sentence", "bare"),
    [
        ("Qui a fermé la vanne ?", TOLD, ["Anne Lenoir"]),
        ("Qui a déclaré que la vanne avait été fermée ?", TOLD, ["Paul Dorval"]),
        ("Qui dirige le port ?", "Paul Dorval, qui dirige le port, a dit que tout va bien.", ["Paul Dorval"]),
    ],
)
def test_the_bare_answer_is_who_did_or_who_tells(question: str, sentence: str, bare: list[str]) -> None:
    asked = analyse(question, lambda stem: 10, 100)
    article = Article.from_text(sentence, id="a", title="Le port", language="fr")
    found = candidates(
        [Evidence(Passage("p", "a", 0, len(article.text), article.text), 1.0, 1.0, 1.0)], {"a": article}
    )[0]
    offer = Offer(asked, found, of_the_kind(asked, found.text, "fr"), 1.0)
    assert [
        found.text[one.start : one.end].removeprefix("Le maire ") for one in offer.possible if one.fit >= 0.5
    ] == bare
