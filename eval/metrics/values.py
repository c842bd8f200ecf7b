"""Compares numbers and dates by value: "14" with "quatorze", "mardi" with the day that the article means by it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from eval.metrics.said import Said
from eval.schema import Accepted
from rag.language.dates import DateMention, date_mentions
from rag.language.folding import fold
from rag.language.numbers import Quantity, quantities
from rag.schema import PartialDate

LANGUAGES = ("fr", "en")


def states_number(accepted: Accepted, text: str) -> bool:
    """Whether a text holds a quantity of that value, in a unit that agrees, with the comparator that is asked for."""
    return any(_equals(accepted, quantity, text) for language in LANGUAGES for quantity in quantities(text, language))


def date_score(accepted: Accepted, said: tuple[Said, ...]) -> float:
    """1 where the accepted date is stated at its precision, 0.5 where a coarser one that holds it is, else 0."""
    assert accepted.date is not None
    return max((_agreement(accepted.date, date) for part in said for date in stated_dates(part)), default=0.0)


def stated_dates(part: Said) -> Iterator[PartialDate]:
    """The dates that a part states, those without a year read against the day its article was published."""
    for language in LANGUAGES:
        for mention in date_mentions(part.text, language):
            date = mention.date or _resolved(mention, part.published)
            if date:
                yield date
    if part.published and part.published.day:
        for match in _RELATIVE.finditer(fold(part.text)):
            yield _moved(part.published, _DAYS_AWAY[match[1]])


def _equals(accepted: Accepted, quantity: Quantity, text: str) -> bool:
    assert accepted.number is not None
    # Without a unit of its own, a number of things is no percentage and no sum of money.
    if quantity.unit != accepted.unit and (quantity.unit in _SIGNS or accepted.unit in _SIGNS):
        return False
    if accepted.comparator and accepted.comparator != comparator(text, quantity):
        return False
    return abs(quantity.value - abs(accepted.number)) <= accepted.tolerance + 1e-9


def comparator(text: str, quantity: Quantity) -> str | None:
    """What a text says of a quantity: that it is "more", "less" or "about" so much; None for neither."""
    before = fold(text[max(0, quantity.start - 25) : quantity.start])
    for name, sign in _COMPARING.items():
        if sign.search(before):
            return name
    return "about" if quantity.approximate else None


_SIGNS = ("%", "€", "$", "£", "¥")
_COMPARING = {
    "more": re.compile(r"\b(plus d(?:e |')|au moins|more than|at least|over|plus of)(?:les |the )?$|\bau moins $"),
    "less": re.compile(r"\b(moins d(?:e |')|au plus|jusqu'a|less than|fewer than|at most|up to|under) ?$"),
}
_DAYS_AWAY = {"avant-hier": -2, "hier": -1, "yesterday": -1, "aujourd'hui": 0, "today": 0, "demain": 1, "tomorrow": 1}
_RELATIVE = re.compile(r"(?<![\w-])(avant-hier|hier|yesterday|aujourd'hui|today|demain|tomorrow)\b")


def _agreement(wanted: PartialDate, date: PartialDate) -> float:
    if (date.year, date.month or wanted.month, date.day or wanted.day) != (wanted.year, wanted.month or date.month,
                                                                          wanted.day or date.day):  # fmt: skip
        return 0.0
    coarser = (wanted.month and not date.month) or (wanted.day and not date.day)
    return 0.5 if coarser else 1.0


def _resolved(mention: DateMention, published: PartialDate | None) -> PartialDate | None:
    """A day and month in the year nearest to the article; a weekday as the last one up to its day."""
    if published is None:
        return None
    if mention.month:
        years = (published.year - 1, published.year, published.year + 1)
        dates = [date for year in years if (date := _date(year, mention.month, mention.day or 0))]
        return min(dates, key=lambda date: abs((date.first_day - published.first_day).days), default=None)
    if mention.weekday is None or not published.day:
        return None
    return _moved(published, -((published.first_day.weekday() - mention.weekday) % 7))


def _date(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:  # the 29th of February
        return None


def _moved(date: PartialDate, days: int) -> PartialDate:
    moved = date.first_day + datetime.timedelta(days=days)
    return PartialDate(moved.year, moved.month, moved.day)
