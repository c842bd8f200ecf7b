"""What a question is limited to: days, outlets and a number of passages, as the reader set them, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.requests import MOST_PASSAGES
from rag.schema import Language, PartialDate, date_in_words
from ui.markup import shortened
from ui.texts import TEXTS

MOST_OUTLETS = 100
QUOTES = "quotes"  # the manner of answering without a model
_LONGEST_DATE = 40  # characters


@dataclass(frozen=True, slots=True)
class Scope:
    """The limits of a question; empty ones do not limit."""

    since: str = ""
    until: str = ""
    as_of: str = ""
    outlets: tuple[str, ...] = ()
    passages: int | None = None  # None for as many as the settings say
    quotes_only: bool = False  # leave the model out, where there is one

    @classmethod
    def of(cls, *limits: object) -> Scope:
        """The scope of what came from the page: since, until, as of, outlets, passages, manner; it may be anything."""
        since, until, as_of, outlets, passages, manner = (*limits, *(None,) * 6)[:6]
        chosen = outlets if isinstance(outlets, list) else []
        number = passages if isinstance(passages, int) and not isinstance(passages, bool) else None
        return cls(
            since=_text(since),
            until=_text(until),
            as_of=_text(as_of),
            outlets=tuple(name for name in chosen[:MOST_OUTLETS] if isinstance(name, str)),
            passages=min(max(number, 1), MOST_PASSAGES) if number is not None else None,
            quotes_only=manner == QUOTES,
        )

    def trouble(self, language: Language) -> str | None:
        """Why these limits cannot be used, or None."""
        words = TEXTS[language]
        for text in (self.since, self.until, self.as_of):
            if text and _date(text) is None:
                return words.bad_date.format(text=shortened(text, limit=_LONGEST_DATE))
        since, until = _date(self.since), _date(self.until)
        if since and until and since.first_day > until.last_day:
            return words.bad_window
        return None

    def options(self) -> dict[str, Any]:
        """The limits as `Assistant.stream` takes them, those that limit only."""
        given = {
            "since": self.since,
            "until": self.until,
            "as_of": self.as_of,
            "outlets": self.outlets,
            "passages": self.passages,
            "quotes_only": self.quotes_only,
        }
        return {name: value for name, value in given.items() if value}

    def in_words(self, language: Language) -> str:
        """The limits as a reader is told them; nothing when there are none."""
        words = TEXTS[language]
        told: list[str] = []
        for text, phrase in (
            (self.since, words.told_since),
            (self.until, words.told_until),
            (self.as_of, words.told_as_of),
        ):
            if date := _date(text):
                told.append(phrase.format(date=date_in_words(date, language)))
        if self.outlets:
            told.append(", ".join(shortened(name, limit=60) for name in self.outlets))
        return " · ".join(told)


def outlets_of(outlets: Sequence[str | None]) -> list[str]:
    """The names of outlets that can be chosen, in order."""
    return sorted({name for name in outlets if name}, key=lambda name: (name.casefold(), name))[:1_000]


def _text(value: object) -> str:
    return value.strip()[: 2 * _LONGEST_DATE] if isinstance(value, str) else ""


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None
