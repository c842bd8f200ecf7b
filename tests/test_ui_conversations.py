"""Conversations are kept apart, bounded, and told to nobody who does not hold their name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.schema import Answer
from ui.conversations import CONVERSATIONS_KEPT, TURNS_KEPT, Conversation, Conversations

ANSWER = Answer("?", "fr")


def test_a_conversation_is_found_by_its_name_only() -> None:
    held = Conversations()
    one, other = held.begin(), held.begin()
    assert held.find(one.id) is one
    assert one.id != other.id
    assert len(one.id) >= 20
    for guess in ("", "1", None, one.id[:-1], [one.id], {"id": one.id}, 7):
        assert held.find(guess) is None


def test_the_conversation_used_longest_ago_is_forgotten_first() -> None:
    held = Conversations()
    first, second = held.begin(), held.begin()
    for _ in range(CONVERSATIONS_KEPT - 2):
        held.begin()
    held.find(first.id)
    held.begin()
    assert held.find(first.id) is first
    assert held.find(second.id) is None


def test_turns_are_numbered_on_and_old_ones_leave() -> None:
    conversation = Conversation()
    for _ in range(TURNS_KEPT + 3):
        conversation.begin("?")
    assert [turn.number for turn in conversation.turns] == list(range(4, TURNS_KEPT + 4))
    assert conversation.turn(1) is None


def test_a_turn_that_was_ended_takes_no_more_answers() -> None:
    conversation = Conversation()
    turn = conversation.begin("?")
    assert conversation.put(replace(turn, answer=replace(ANSWER, complete=False)))
    conversation.end(turn.number, "stopped")
    assert not conversation.put(replace(turn, answer=ANSWER))
    assert conversation.turns[0].trouble == "stopped"
    conversation.end(turn.number, "twice")
    assert conversation.turns[0].trouble == "stopped"


def test_two_questions_at_once_keep_both_answers() -> None:
    conversation = Conversation()
    one, two = conversation.begin("one"), conversation.begin("two")
    conversation.put(replace(two, answer=ANSWER))
    conversation.put(replace(one, answer=ANSWER))
    assert [turn.answer for turn in conversation.turns] == [ANSWER, ANSWER]


@pytest.mark.parametrize("number", [0, 2, -1], ids=str)
def test_only_a_finished_answer_can_be_judged(number: int) -> None:
    conversation = Conversation()
    turn = conversation.begin("?")
    assert conversation.judge(turn.number, liked=True, why="") is None
    conversation.put(replace(turn, answer=ANSWER))
    judged = conversation.judge(turn.number, liked=True, why="clair")
    assert judged is not None
    assert (judged.liked, judged.why) == (True, "clair")
    assert conversation.judge(number, liked=True, why="") is None
