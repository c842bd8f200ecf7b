"""What a conversation is made of: a question, what has become of it, and what its reader thought of the answer."""

from __future__ import annotations

from dataclasses import dataclass

from rag.schema import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and what has become of it so far."""

    number: int  # unique in the conversation, from 1
    question: str
    answer: Answer | None = None
    trouble: str | None = None  # what to tell the reader when there will be no answer
    liked: bool | None = None  # None until the reader has said so
    why: str = ""  # the reader's word on it
    within: str = ""  # what the search was limited to, in words
    seconds: float | None = None  # taken by the answer

    @property
    def unfinished(self) -> bool:
        return self.trouble is None and (self.answer is None or not self.answer.complete)


Turns = tuple[Turn, ...]
