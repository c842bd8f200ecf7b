"""A question grows into an answer at a pace that a page can follow, and whatever goes wrong becomes its answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from ui_stand_in import StandIn

from rag.errors import QuestionError
from rag.requests import LONGEST_QUESTION
from rag.schema import Answer
from ui.asking import follow
from ui.conversations import Conversation
from ui.scope import Scope
from ui.texts import FRENCH


class Fast(StandIn):
    """Sends two thousand partial answers as fast as it can."""

    def stream(self, question: str, *_arguments: object, **_limits: object) -> Iterator[Answer]:  # type: ignore[override]
        answer = Answer(question, "fr", complete=False)
        try:
            for number in range(2_000):
                yield replace(answer, short=str(number))
            yield replace(answer, short="enfin", complete=True)
        except GeneratorExit:
            self.closed.set()
            raise


class Unfinished(StandIn):
    """Ends before its answer is complete."""

    def stream(self, question: str, *_arguments: object, **_limits: object) -> Iterator[Answer]:  # type: ignore[override]
        yield Answer(question, "fr", complete=False)


class Refusing(StandIn):
    """Refuses every question."""

    def stream(self, question: str, *_arguments: object, **_limits: object) -> Iterator[Answer]:  # type: ignore[override]
        raise QuestionError(f"the question {question!r} cannot be read; write another")


def test_a_page_gets_ten_changes_a_second_at_most_and_the_last_answer_always() -> None:
    conversation, began = Conversation(), time.monotonic()
    changes = sum(1 for _ in follow(Fast(), conversation, "?", Scope(), "fr"))
    assert changes <= 3 + 10 * (time.monotonic() - began)
    (turn,) = conversation.turns
    assert turn.answer is not None
    assert (turn.answer.short, turn.answer.complete) == ("enfin", True)
    assert turn.seconds is not None


def test_a_reader_who_goes_away_ends_the_work_and_finds_the_turn_interrupted() -> None:
    assistant, conversation = Fast(), Conversation()
    for steps_taken in (1, 2):
        steps = follow(assistant, conversation, "?", Scope(), "fr")
        for _ in range(steps_taken):
            next(steps)
        steps.close()  # type: ignore[attr-defined]
        assert conversation.turns[-1].trouble == FRENCH.interrupted
    assert assistant.closed.is_set()


def test_a_turn_that_is_stopped_takes_no_further_step() -> None:
    assistant, conversation = Fast(), Conversation()
    steps = follow(assistant, conversation, "?", Scope(), "fr")
    next(steps)
    conversation.end(1, "stopped")
    assert list(steps) == []
    assert assistant.closed.is_set()
    assert conversation.turns[0].trouble == "stopped"


@pytest.mark.parametrize(
    ("assistant", "question", "scope", "told"),
    [
        (Refusing(), "?", Scope(), "cannot be read; write another"),
        (StandIn(), "panne", Scope(), FRENCH.failed),
        (Unfinished(), "?", Scope(), FRENCH.failed),
        (StandIn(), "x" * 5_000, Scope(), FRENCH.too_long.format(count=5_000, limit=LONGEST_QUESTION)),
        (StandIn(), "?", Scope(since="2021", until="2020"), FRENCH.bad_window),
    ],
    ids=["refused", "broken", "unfinished", "too long", "a window that ends before it begins"],
)
def test_what_goes_wrong_is_told_calmly(assistant: StandIn, question: str, scope: Scope, told: str) -> None:
    conversation = Conversation()
    list(follow(assistant, conversation, question, scope, "fr"))
    (turn,) = conversation.turns
    assert turn.trouble is not None
    assert told in turn.trouble
    assert "Traceback" not in turn.trouble


@pytest.mark.parametrize("question", ["", "  \n", "\u200b\u202e"], ids=repr)
def test_no_question_is_no_turn(question: str) -> None:
    conversation = Conversation()
    assert list(follow(StandIn(), conversation, question, Scope(), "fr")) == []
    assert conversation.turns == ()
