"""Asks one question of a conversation: ever fuller turns come back, and whatever goes wrong becomes the answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace

from rag.corpus.characters import visible
from rag.errors import QuestionError
from rag.requests import LONGEST_QUESTION
from rag.schema import Answer, Language
from ui.conversations import Conversation
from ui.markup import shortened
from ui.newsroom import Assistant
from ui.scope import Scope
from ui.texts import TEXTS
from ui.turns import Turn

BETWEEN_UPDATES = 0.1  # seconds

logger = logging.getLogger(__name__)


def follow(
    assistant: Assistant, conversation: Conversation, question: str, scope: Scope, language: Language
) -> Iterator[None]:
    """Ask, and let the conversation grow; each step is a change worth showing.

    A reader who goes away (the iterator is closed) or stops the turn ends the work.
    """
    asked = visible(question).strip()
    if not asked:
        return
    words = TEXTS[language]
    turn = conversation.begin(asked[: LONGEST_QUESTION + 1], within=scope.in_words(language))
    trouble = words.too_long.format(count=len(asked), limit=LONGEST_QUESTION) if len(asked) > LONGEST_QUESTION else None
    trouble = trouble or scope.trouble(language)
    if trouble is not None:
        conversation.end(turn.number, trouble)
        yield
        return
    try:
        yield
        answers = assistant.stream(asked, history=_history(conversation, before=turn), **scope.options())
        with closing(_paced(answers)) as paced:
            for answer, seconds in paced:
                if not conversation.put(replace(turn, answer=answer, seconds=seconds if answer.complete else None)):
                    return
                yield
        conversation.end(turn.number, words.failed)  # unless its last answer was complete
    except GeneratorExit:
        conversation.end(turn.number, words.interrupted)
        raise
    except QuestionError as error:
        conversation.end(turn.number, shortened(str(error), limit=300))
        yield
    except Exception:
        # The reader gets a calm line; what happened is for the person who runs the program. The question itself is
        # never logged: it may betray a source.
        logger.exception("a question could not be answered")
        conversation.end(turn.number, words.failed)
        yield


def _paced(answers: Iterator[Answer]) -> Generator[tuple[Answer, float], None, None]:
    """The answers with the seconds spent on them so far, no more than ten a second, the last one always."""
    waiting: tuple[Answer, float] | None = None
    shown_at = float("-inf")
    spent = 0.0
    try:
        while True:
            began = time.monotonic()
            answer = next(answers, None)
            now = time.monotonic()
            spent += now - began
            if answer is None:
                break
            waiting = answer, spent
            if now - shown_at >= BETWEEN_UPDATES:
                yield waiting
                waiting, shown_at = None, time.monotonic()
        if waiting is not None:
            yield waiting
    finally:
        close = getattr(answers, "close", None)  # an iterator that is a generator is told that nobody listens
        if close is not None:
            close()


def _history(conversation: Conversation, before: Turn) -> tuple[tuple[str, str], ...]:
    return tuple(
        (turn.question, turn.answer.text)
        for turn in conversation.turns
        if turn.number < before.number and turn.answer is not None and turn.answer.complete
    )
