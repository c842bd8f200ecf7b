"""Asks questions one by one and notes each answer with the time it took; a failure is noted, not raised."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tqdm import tqdm

from eval.schema import Question
from rag import Answer, Assistant
from rag.errors import RagError

MOST_FAILURES = 5  # in a row, after which the rest would fail too


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to the assistant, and what came of it."""

    id: str
    repeat: int  # which time it was asked, from 0
    answer: Answer | None
    error: str | None = None
    seconds: float = 0.0

    @property
    def row(self) -> dict[str, Any]:
        """The line of answers.jsonl; without times, so that two equal runs are equal."""
        answer = self.answer.to_dict() if self.answer else None
        if answer:
            del answer["seconds"]
        return {"id": self.id, "repeat": self.repeat, "answer": answer, "error": self.error}

    @property
    def timing(self) -> dict[str, Any]:
        """The line of timings.jsonl."""
        stages = dict(self.answer.seconds) if self.answer else {}
        tokens = list(self.answer.tokens) if self.answer and self.answer.tokens else None
        return {"id": self.id, "repeat": self.repeat, "seconds": self.seconds, "stages": stages, "tokens": tokens}


def ask_all(
    assistant: Assistant,
    questions: Sequence[Question],
    repeat: int = 1,
    *,
    known: Collection[tuple[str, int]] = (),
    with_model: bool = False,
    progress: bool = False,
) -> Iterator[Asked]:
    """Ask every question `repeat` times, but those that are known already.

    After five failures in a row the rest is not asked.

    Args:
        known: id and repeat of what was asked before an interruption.
        with_model: a language model should write; an answer that had to do without is a failure.
    """
    every = [(question, time_) for time_ in range(repeat) for question in questions]
    due = [(question, time_) for question, time_ in every if (question.id, time_) not in known]
    failures = 0
    bar = tqdm(due, desc="asking", unit="question", disable=None if progress else True, delay=1, leave=False)
    for question, time_ in bar:
        asked = _ask(assistant, question, time_, with_model=with_model)
        failures = failures + 1 if asked.error else 0
        yield asked
        if failures == MOST_FAILURES:
            bar.close()
            return


def _ask(assistant: Assistant, question: Question, repeat: int, *, with_model: bool) -> Asked:
    started = time.perf_counter()
    try:
        answer = assistant.ask(question.question, question.history, question.as_of)
    except RagError as error:
        return Asked(question.id, repeat, None, _one_line(str(error)))
    seconds = time.perf_counter() - started
    if with_model and answer.mode == "extractive" and answer.notice:
        return Asked(question.id, repeat, None, _one_line(answer.notice), seconds)
    return Asked(question.id, repeat, answer, None, seconds)


def _one_line(text: str) -> str:
    """The text of an error, safe for a terminal: it may quote what a model or a server sent."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
