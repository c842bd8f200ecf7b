"""Keeps the conversations of this run in memory, each under a name that cannot be guessed; nothing is written."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import replace

from ui.turns import Turn, Turns

TURNS_KEPT = 12  # of a conversation; older ones leave the page
CONVERSATIONS_KEPT = 500  # the one that was used longest ago is forgotten first


class Conversation:
    """The turns of one reader, oldest first; it may be used from several threads."""

    def __init__(self) -> None:
        """Begin without a turn."""
        self.id = secrets.token_urlsafe(16)
        self._turns: Turns = ()
        self._changing = threading.Lock()

    @property
    def turns(self) -> Turns:
        return self._turns

    def turn(self, number: object) -> Turn | None:
        """The turn of that number, or None."""
        return next((turn for turn in self._turns if turn.number == number), None)

    def begin(self, question: str, within: str = "") -> Turn:
        """Add a turn that has no answer yet."""
        with self._changing:
            number = self._turns[-1].number + 1 if self._turns else 1
            turn = Turn(number, question, within=within)
            self._turns = (*self._turns[1 - TURNS_KEPT :], turn)
            return turn

    def put(self, turn: Turn) -> bool:
        """Bring an unfinished turn to its newer state; False if it was ended or left the page meanwhile."""
        with self._changing:
            current = self.turn(turn.number)
            if current is None or not current.unfinished:
                return False
            self._replace(turn)
            return True

    def end(self, number: int, trouble: str) -> None:
        """End a turn where it is, if it is not finished."""
        with self._changing:
            turn = self.turn(number)
            if turn is not None and turn.unfinished:
                self._replace(replace(turn, trouble=trouble))

    def judge(self, number: int, *, liked: bool, why: str) -> Turn | None:
        """Note what the reader thinks of an answer; None when there is no such answer."""
        with self._changing:
            turn = self.turn(number)
            if turn is None or turn.unfinished or turn.answer is None:
                return None
            judged = replace(turn, liked=liked, why=why)
            self._replace(judged)
            return judged

    def _replace(self, turn: Turn) -> None:
        self._turns = tuple(turn if old.number == turn.number else old for old in self._turns)


class Conversations:
    """All conversations of this run."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_id: OrderedDict[str, Conversation] = OrderedDict()
        self._changing = threading.Lock()

    def find(self, id: object) -> Conversation | None:
        """The conversation of that id, or None."""
        with self._changing:
            if not isinstance(id, str) or id not in self._by_id:
                return None
            self._by_id.move_to_end(id)
            return self._by_id[id]

    def begin(self) -> Conversation:
        """A new conversation."""
        conversation = Conversation()
        with self._changing:
            self._by_id[conversation.id] = conversation
            if len(self._by_id) > CONVERSATIONS_KEPT:
                self._by_id.popitem(last=False)
        return conversation
