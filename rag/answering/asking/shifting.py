"""Moves the date of a question: "un an plus tard", "la veille", "two years earlier"."""

from __future__ import annotations

import datetime
import re

from rag.language.dates import DateMention, date_mentions
from rag.language.folding import fold_in_place
from rag.language.numerals import number_in_words
from rag.schema import PartialDate, date_in_words


def shifted(fragment: str, whole: str, language: str) -> str | None:
    """The whole question at the time that a fragment counts from its date; None when it counts none.

    The fragment may ask the same again: "Et combien étaient-ils deux jours plus tôt ?".
    """
    match = _SHIFT.search(fold_in_place(fragment))
    dates = date_mentions(whole, language)
    if match is None or len(dates) != 1 or not _asks_the_same(fold_in_place(fragment[: match.start()]), whole):
        return None
    years, days = _years(match), _days(match)
    moved = _moved(dates[0], years, days, language) if years or days else None
    if moved is None:
        return None
    return whole[: dates[0].start] + moved + whole[dates[0].end :]


_COUNT = r"(?P<{0}>\d+|[a-z]+)"
_LATER = r"(?:plus tard|apres|later|after)"
_EARLIER = r"(?:plus tot|avant|auparavant|earlier|before)"
_SHIFT = re.compile(
    r"\b(?:"
    rf"(?P<next_year>l'an(?:nee)? (?:suivante?|d'apres)|the (?:following|next) year|the year after)"
    rf"|(?P<last_year>l'an(?:nee)? (?:precedente?|d'avant)|the previous year|the year before)"
    rf"|(?P<next_day>le lendemain|the (?:next|following) day|the day after)"
    rf"|(?P<last_day>la veille|the (?:previous day|day before))"
    rf"|{_COUNT.format('years')} (?:ans?|annees?|years?) (?:(?P<years_later>{_LATER})|{_EARLIER})"
    rf"|{_COUNT.format('days')} (?:jours?|days?) (?:(?P<days_later>{_LATER})|{_EARLIER})"
    r")$"
)
_SAME = re.compile(r"\s*(?:(?P<asking>combien|how many)\b.{0,20}?(?:-(?:t-)?(?:ils?|elles?|on)|they|there|it))?\s*")


def _asks_the_same(before: str, whole: str) -> bool:
    """Whether what stands before the time is nothing, or the question word of the whole question with a pronoun."""
    match = _SAME.fullmatch(before)
    return match is not None and (not match["asking"] or fold_in_place(whole).startswith(match["asking"]))


def _years(match: re.Match[str]) -> int:
    if match["next_year"] or match["last_year"]:
        return 1 if match["next_year"] else -1
    return _count(match["years"]) * (1 if match["years_later"] else -1)


def _days(match: re.Match[str]) -> int:
    if match["next_day"] or match["last_day"]:
        return 1 if match["next_day"] else -1
    return _count(match["days"]) * (1 if match["days_later"] else -1)


def _count(word: str | None) -> int:
    """The value of "3", "trois" or "un"; 0 for what is no number."""
    if not word:
        return 0
    if word.isdigit():
        return int(word[:4])
    return (
        1 if word in {"un", "une", "a", "one"} else number_in_words([word], "fr")[0] or number_in_words([word], "en")[0]
    )


def _moved(date: DateMention, years: int, days: int, language: str) -> str | None:
    """A date so many years or days on, in words; None where it is not known well enough."""
    if date.year is None:
        return None
    try:
        if years:
            return date_in_words(
                PartialDate(date.year + years, date.month or 0, (date.month and date.day) or 0), language
            )
        if not date.month or not date.day:
            return None
        day = datetime.date(date.year, date.month, date.day) + datetime.timedelta(days=days)
        return date_in_words(PartialDate(day.year, day.month, day.day), language)
    except (ValueError, OverflowError):  # no such day, or none that a calendar has
        return None
