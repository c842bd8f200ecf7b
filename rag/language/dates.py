"""Finds the dates that a French or English text mentions, as precise as it mentions them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rag.language.folding import fold_in_place
from rag.language.stop_words import STOP_WORDS
from rag.schema import MONTHS, PartialDate

# Rules of our own: dateparser.search takes "mai", "on" and bare numbers for dates, completes them with today's date,
# and is slow; babel knows the names of months but not where they stand in a text.


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text mentions it: what is not said is None."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 is Monday

    @property
    def date(self) -> PartialDate | None:
        """The calendar date, as precise as it is known; None without its year."""
        if self.year is None:
            return None
        return PartialDate(self.year, self.month or 0, (self.month and self.day) or 0)


def date_mentions(text: str, language: str = "fr") -> list[DateMention]:
    """The dates a text mentions, in order: from "le 7 janvier 2020" down to "2020", "novembre" or "mardi".

    Args:
        language: "en" keeps only the year of "01/07/2020", which is July in London and January in New York; any
            other language reads the first of July.
    """
    folded = fold_in_place(text)
    first = _DATED.search(folded)
    if first is None:
        return []
    finds = (_Find(match, text, folded, language) for match in _DATE.finditer(folded, first.start()))
    return [mention for find in finds for group, read in _READERS if find.match[group] for mention in read(find)]


def years_meant(date: DateMention, published: PartialDate | None) -> tuple[int, ...]:
    """The years that a date can be of, the likelier first; none where nothing tells.

    Without a year of its own it is of the year of its article, but news of January calls December what is past, and
    what news of December calls January may be over or still to come.
    """
    if date.year or published is None:
        return (date.year,) if date.year else ()
    ahead = date.month - published.month if date.month and published.month else 0
    if ahead > _HALF_A_YEAR:
        return (published.year - 1,)
    return (published.year + 1, published.year) if ahead < -_HALF_A_YEAR else (published.year,)


_HALF_A_YEAR = 6  # months


@dataclass(frozen=True, slots=True)
class _Find:
    """Something that looks like a date, with what is needed to judge it."""

    match: re.Match[str]
    text: str
    folded: str
    language: str

    def before(self) -> str:
        return self.folded[max(0, self.match.start() - _WINDOW) : self.match.start()]


def _numbered(names: str, first: int) -> dict[str, int]:
    return {name: number for number, name in enumerate(names.split(), first)}


_FULL_MONTHS = {
    language: {fold_in_place(name): number for number, name in enumerate(names, 1)}
    for language, names in MONTHS.items()
}
_MONTHS = {
    **_FULL_MONTHS["fr"],
    **_FULL_MONTHS["en"],
    **_numbered("janv fevr mar avr mai jun juil aug sept oct nov dec", 1),
    **_numbered("jan fev mar apr may jun jul aug sep", 1),
    "feb": 2,
}
_WEEKDAYS = {
    **_numbered("lundi mardi mercredi jeudi vendredi samedi dimanche", 0),
    **_numbered("monday tuesday wednesday thursday friday saturday sunday", 0),
}

_SPACE = "[ \t\u00a0\u2009\u202f]"
_ABBREVIATION = "|".join(sorted(set(_MONTHS) - set(_FULL_MONTHS["fr"]) - set(_FULL_MONTHS["en"]), reverse=True))
_MONTH = rf"(?:{'|'.join([*_FULL_MONTHS['fr'], *_FULL_MONTHS['en']])})(?!\w)|(?:{_ABBREVIATION})(?!\w)\.?"
_MONTH_ALONE = "|".join([*_FULL_MONTHS["fr"], *_FULL_MONTHS["en"]])
_ENGLISH_MONTH = rf"(?:{'|'.join(_FULL_MONTHS['en'])})(?!\w)|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?!\w)\.?"
_WEEKDAY = "|".join(_WEEKDAYS)
_YEAR = r"(?:19\d\d|20\d\d|2100)"
_OLD_YEAR = r"(?:1[5-9]\d\d|20\d\d|2100)"  # beside a month, no count can be meant
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_ORDINAL = r"(?:er|st|nd|rd|th)?"
_YEAR_ENDS = r"(?!\d|[.,]\d)"
_DATE = re.compile(
    r"(?=[\djfmasondlvtw])(?:"
    # 2020-01-07, 2020-01
    rf"(?<![\w/.,-])(?P<iso_year>{_YEAR})-(?P<iso_month>\d\d)(?:-(?P<iso_day>\d\d))?(?![\d-])"
    # 07/01/2020
    rf"|(?<![\w/.,-])(?P<first>\d\d?)(?P<mark>[/.-])(?P<second>\d\d?)(?P=mark)(?P<figures_year>{_YEAR})(?![\w/-])"
    # mardi 7 janvier 2020, les 2 et 3 décembre, 7th of January 2020
    rf"|(?<![\w.,/-])(?:(?P<weekday>{_WEEKDAY}),?{_SPACE}(?:le{_SPACE}|the{_SPACE})?)?"
    rf"(?:(?P<other_day>{_DAY}){_ORDINAL}(?:{_SPACE}?[-–]{_SPACE}?|{_SPACE}(?:et|au|ou|and|to|or){_SPACE}(?:le{_SPACE})?))?"
    rf"(?P<day>{_DAY}){_ORDINAL}{_SPACE}(?:of{_SPACE})?(?P<month>{_MONTH})(?:,?{_SPACE}(?P<year>{_OLD_YEAR}){_YEAR_ENDS})?"
    # Tuesday, January 7, 2020
    rf"|(?<!\w)(?:(?P<first_weekday>{_WEEKDAY}),?{_SPACE})?(?P<month_first>{_ENGLISH_MONTH}){_SPACE}"
    rf"(?P<day_second>{_DAY})(?:st|nd|rd|th)?(?![\w/:]|[.,]\d)(?:,?{_SPACE}(?P<year_third>{_OLD_YEAR}){_YEAR_ENDS})?"
    # January 2020
    rf"|(?<!\w)(?P<month_of_year>{_MONTH}),?{_SPACE}(?P<year_of_month>{_OLD_YEAR}){_YEAR_ENDS}"
    rf"|(?:(?<![\w-])|(?<=\bmi-)|(?<=\bmid-))(?P<month_alone>{_MONTH_ALONE})(?![\w-])"
    rf"|(?<!\w)(?<!black )(?P<weekday_alone>{_WEEKDAY})(?!\w)"
    rf"|(?<![\w.,/:$€£#°+])(?<!\d[ \u00a0\u202f])(?P<year_alone>{_YEAR})"
    r"(?![\w/:%°$€£]|[.,]\d))"
)

# A date begins with a digit or with the name of a month or of a day of the week; most sentences have none of these.
_DATED = re.compile(rf"\d|\b(?=[adefjlmnostvw])(?:{'|'.join((*_MONTHS, *_WEEKDAYS))})(?!\w)")

_OTHER_WORDS = {"janvier", "mars", "avril", "mai", "juin", "aout", "march", "april", "may", "june", "august"}
_MONTH_FOLLOWS = re.compile(
    r"\b(?:in|of|since|until|till|by|from|to|early|late|mid|last|next|this|during|before|after|through|between)[ -]$"
)
_YEAR_FOLLOWS = re.compile(r"\b(?:en|in|depuis|since|fin|debut|mi|annee|l'an|ete|automne|hiver|printemps)[ -]$")
_COUNT_FOLLOWS = re.compile(
    r"\b(?:quelques?|environ|presque|pres de|(?:plus|moins) de|au (?:moins|plus)|jusqu'a|autour de|les|ces|ses|leurs|"
    r"nos|about|around|some|nearly|almost|over|(?:more|less|fewer) than|at (?:least|most)|up to|approximately|these|"
    r"those|annees|n°|no\.|numero) ?$"
)
_UNIT_FOLLOWS = re.compile(
    rf"{_SPACE}(?:[%€$£]|(?:km|m|kg|g|ha|euros?|dollars?|pour cent|per ?cent|people|men|women|children|feet|troops)\b)"
)
_NEXT_WORD = re.compile(rf"{_SPACE}([a-z]+)(?![\w'])")
_WINDOW = 20  # characters before a number or a month that can tell what it is


def _iso(find: _Find) -> Iterator[DateMention]:
    year, month, day = (int(find.match[name] or 0) for name in ("iso_year", "iso_month", "iso_day"))
    if not day and (month > 12 or (year + 1) % 100 == month):  # "2012-17" is a span, "2011-12" a season
        yield DateMention(find.match.start(), find.match.end("iso_year"), year)
        return
    yield from _valid(find.match.span(), year, month, day or None)


def _figures(find: _Find) -> Iterator[DateMention]:
    first, second, year = (int(find.match[name]) for name in ("first", "second", "figures_year"))
    if find.language == "en" and first != second and max(first, second) <= 12:
        yield DateMention(*find.match.span(), year)
        return
    day, month = (second, first) if second > 12 else (first, second)
    yield from _valid(find.match.span(), year, month, day)


def _day_and_month(find: _Find) -> Iterator[DateMention]:
    """The one or two days of "2 et 3 décembre 2020"."""
    match = find.match
    year = int(match["year"]) if match["year"] else None
    if _is_english_verb(match["month"], year, find.text[match.start("month")]):
        return
    month, weekday = _month(match["month"]), _WEEKDAYS.get(match["weekday"] or "")
    start, end = match.span()
    if match["other_day"]:
        yield from _valid((start, match.end("other_day")), year, month, int(match["other_day"]), weekday)
        start, weekday = match.start("day"), None
    yield from _valid((start, end), year, month, int(match["day"]), weekday)


def _month_and_day(find: _Find) -> Iterator[DateMention]:
    match = find.match
    year = int(match["year_third"]) if match["year_third"] else None
    if _is_english_verb(match["month_first"], year, find.text[match.start("month_first")]):
        return
    weekday = _WEEKDAYS.get(match["first_weekday"] or "")
    yield from _valid(match.span(), year, _month(match["month_first"]), int(match["day_second"]), weekday)


def _month_of_year(find: _Find) -> Iterator[DateMention]:
    yield DateMention(*find.match.span(), int(find.match["year_of_month"]), _month(find.match["month_of_year"]))


def _month_alone(find: _Find) -> Iterator[DateMention]:
    """A month without day or year; "May", "march" and "Mars" are other words too."""
    name, capital = find.match["month_alone"], find.text[find.match.start()].isupper()
    if name in _FULL_MONTHS["fr"]:
        meant = not capital or name not in _OTHER_WORDS
    else:
        meant = capital and (name not in _OTHER_WORDS or bool(_MONTH_FOLLOWS.search(find.before())))
    if meant:
        yield DateMention(*find.match.span(), month=_MONTHS[name])


def _weekday_alone(find: _Find) -> Iterator[DateMention]:
    yield DateMention(*find.match.span(), weekday=_WEEKDAYS[find.match["weekday_alone"]])


def _year_alone(find: _Find) -> Iterator[DateMention]:
    """Four digits, unless they are a count ("2020 soldats", "quelque 2000 personnes")."""
    if _COUNT_FOLLOWS.search(find.before()) or _UNIT_FOLLOWS.match(find.folded, find.match.end()):
        return
    following = _NEXT_WORD.match(find.folded, find.match.end())
    counts = following and following[1] not in STOP_WORDS["fr"] and following[1][-1] in "sx"
    # English counts of four digits have a comma.
    if find.language == "en" or not counts or _YEAR_FOLLOWS.search(find.before()):
        yield DateMention(*find.match.span(), int(find.match["year_alone"]))


# The group of _DATE that says of which form a date is, and who reads that form.
_READERS: tuple[tuple[str, Callable[[_Find], Iterator[DateMention]]], ...] = (
    ("iso_year", _iso),
    ("figures_year", _figures),
    ("day", _day_and_month),
    ("month_first", _month_and_day),
    ("month_of_year", _month_of_year),
    ("month_alone", _month_alone),
    ("weekday_alone", _weekday_alone),
    ("year_alone", _year_alone),
)


def _month(name: str) -> int:
    return _MONTHS[name.rstrip(".")]


def _is_english_verb(month: str, year: int | None, initial: str) -> bool:
    """Whether "may" or "march" without a year is in lower case."""
    return year is None and month in {"may", "march"} and initial.islower()


def _valid(
    span: tuple[int, int], year: int | None, month: int, day: int | None, weekday: int | None = None
) -> Iterator[DateMention]:
    """The mention, if the calendar has that day (in a leap year, when the year is not said)."""
    try:
        datetime.date(year or 2000, month, day or 1)
    except ValueError:
        return
    yield DateMention(*span, year, month, day, weekday)
