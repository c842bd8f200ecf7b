"""Tests of keeping a conversation on its story."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.answering.topic import kept_to, names_nobody_new
from rag.assistant import Assistant
from rag.schema import Answer, Article, Citation, Claim

STORY = Article.from_text(
    "Paul Dorval a écrit une lettre à la maire de Brenne. Il y refuse de vendre le port.",
    id="lettre",
    title="Le refus de Dorval",
    published="2021-03-02",
)
OTHERS = [
    *(
        Article.from_text(
            f"Paul Dorval refuse de vendre {thing}, a-t-il dit à Brenne.", id=thing, published="2021-04-05", title=thing
        )
        for thing in ("le phare", "la digue")
    ),
    Article.from_text(
        "Anne Berg a écrit une longue lettre à son fils. La lettre, écrite en prison, a ému le pays.",
        id="prison",
        title="La lettre de prison",
        published="2021-05-06",
    ),
    Article.from_text(
        "Le musée a rouvert mardi, dit sa directrice.", id="musee", published="2021-06-08", title="Musée"
    ),
    Article.from_text(
        "Le nom de famille de la championne est Noiret. Son nom de famille vient du nord.",
        id="championne",
        title="La championne",
        published="2021-06-07",
    ),
]


def answer(article_id: str = "", confidence: float = 0.8) -> Iterator[Answer]:
    if not article_id:
        return iter([Answer("?", "fr", abstained=True, confidence=confidence, complete=True)])
    cited = Citation(1, article_id, "", None, None, None, 0, 3, "Oui")
    return iter([Answer("?", "fr", claims=(Claim("Oui", (cited,), "quoted"),), confidence=confidence, complete=True)])


@pytest.mark.parametrize(
    ("turn", "everywhere", "within", "kept"),
    [
        ("Qui a écrit la lettre ?", ("prison", 0.9), ("lettre", 0.5), True),  # the story has each word
        ("Qui a rédigé le courrier ?", ("prison", 0.9), ("lettre", 0.5), False),
        ("Qui a rédigé le courrier ?", ("prison", 0.9), ("lettre", 0.85), True),  # nearly as sure
        ("Qui a rédigé le courrier ?", ("", 0.3), ("lettre", 0.5), True),  # the rest says nothing
        ("Qui a écrit la lettre ?", ("prison", 0.9), ("", 0.3), False),
        ("Quel est son nom de famille ?", ("championne", 0.9), ("", 0.3), True),  # points back: rather none
    ],
)
def test_a_turn_is_answered_from_the_story(
    turn: str, everywhere: tuple[str, float], within: tuple[str, float], *, kept: bool
) -> None:
    *_, chosen = kept_to([STORY], turn, answer(*everywhere), lambda: answer(*within))
    assert chosen.confidence == (within if kept else everywhere)[1]


def test_an_answer_from_the_story_is_not_asked_for_twice() -> None:
    def never() -> Iterator[Answer]:
        raise AssertionError

    assert [*kept_to([STORY], "Qui ?", answer("lettre"), never)][-1].citations[0].article_id == "lettre"


def test_a_story_has_the_names_of_a_turn() -> None:
    assert names_nobody_new("Que refuse Dorval à Brenne ?", [STORY])
    assert not names_nobody_new("Que refuse Berg ?", [STORY])


def test_a_conversation_stays_on_its_letter_and_a_new_name_leaves_it() -> None:
    history = [("Que refuse Paul Dorval ?", "« Il y refuse de vendre le port. » [1]")]
    with Assistant.from_articles([STORY, *OTHERS]) as assistant:
        assert assistant.ask("Qui a écrit la lettre ?", history).citations[0].article_id == "lettre"
        assert assistant.ask("Quel est son nom de famille ?", history).abstained
        assert not assistant.ask("Quand le musée a-t-il rouvert ?", history).abstained
        assert assistant.ask("À qui Anne Berg a-t-elle écrit ?", history).citations[0].article_id == "prison"
