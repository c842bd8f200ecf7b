"""Checks what a caller asks with: a text, days, a number of passages."""

from __future__ import annotations

import datetime

from rag.errors import QuestionError, UsageError
from rag.schema import PartialDate, as_partial_date

LONGEST_QUESTION = 2_000  # characters
MOST_PASSAGES = 50  # found for one question
Day = str | datetime.date | PartialDate | None


def refuse_unusable(question: str, as_of: Day = None, longest: int = LONGEST_QUESTION) -> None:
    """Raise what `Assistant.ask` would raise for a question or a day that cannot be used; `check` takes longer texts.

    Raises:
        QuestionError: the text is empty or too long.
        UsageError: the day cannot be read.
    """
    checked_text(question, longest)
    day(as_of)


def checked_text(text: str, longest: int = LONGEST_QUESTION) -> str:
    """The text without the spaces around it.

    Raises:
        QuestionError: it is no text, empty or too long.
    """
    if not isinstance(text, str):
        raise QuestionError(f"a question is text, not {text!r}; write one")
    asked = text.strip()
    if not asked:
        raise QuestionError(f"the question is empty ({text[:20]!r}); write one")
    if len(asked) > longest:
        raise QuestionError(f"the question has {len(asked)} characters ({asked[:20]!r}...); shorten it to {longest}")
    return asked


def checked_passages(number: int) -> int:
    """A number of passages that can be looked for.

    Raises:
        UsageError: it is none.
    """
    if not 1 <= number <= MOST_PASSAGES:
        raise UsageError(f"{number!r} passages cannot be looked for; ask for 1 to {MOST_PASSAGES}")
    return number


def day(value: Day) -> PartialDate | None:
    """A day, month or year.

    Raises:
        UsageError: it cannot be read as one.
    """
    try:
        return as_partial_date(value)
    except ValueError as error:
        raise UsageError(str(error)) from error


def earlier(one: PartialDate | None, other: PartialDate | None) -> PartialDate | None:
    """The one of two days that ends first; None when there is neither."""
    return min((end for end in (one, other) if end), key=lambda end: end.last_day, default=None)
