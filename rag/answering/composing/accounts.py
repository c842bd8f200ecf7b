"""Reads what one sentence of an article offers in answer to a question, so that two of them can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, NAMED
from rag.answering.choosing.corrections import is_moved, is_taken_back
from rag.answering.composing.stance import stance
from rag.language.dates import DateMention, years_meant
from rag.language.facts import dates_of, quantities_of
from rag.language.folding import fold, fold_in_place
from rag.language.names import same_name
from rag.language.numbers import Quantity
from rag.schema import PartialDate

Kind = Literal["number", "date", "name", "stance"]


@dataclass(frozen=True, slots=True)
class Account:
    """One sentence of an article, with the bare answer that it offers."""

    text: str  # the sentence: `article.text[start:end]`
    article_id: str
    start: int
    end: int
    published: PartialDate | None = None
    value: str | None = None  # the bare answer, verbatim words of `text`; None when it offers none
    score: float = 1.0  # > 0; how well it answers
    language: str = "fr"
    context: str = ""  # the title, and what stands around the sentence: names found there are known to be meant
    speaker: str | None = None
    find_speaker: Callable[[], str | None] | None = field(default=None, compare=False)  # when it is not known yet

    @property
    def when(self) -> PartialDate | None:
        """The time of which it speaks: the year told beside its value, if that is one only, or its article's day."""
        here = self.value_at
        told = [
            date
            for date in self.dates
            if date.date and here >= 0 and -_BESIDE < date.start - here < _BESIDE + len(self.value or "")
        ]
        if published := self.published:  # what is to come is told before it comes
            told = [date for date in told if date.date and date.date.first_day <= published.last_day]
        own = range(here, here + len(self.value or ""))
        told = [date for date in told if not _SINCE.search(self.folded[: date.start]) and date.start not in own]
        return told[0].date if len({date.year for date in told}) == 1 else self.published

    @property
    def said_by(self) -> str | None:
        """Who says so, looked up only when somebody asks."""
        return self.speaker if self.speaker or not self.find_speaker else self.find_speaker()

    @property
    def dates(self) -> tuple[DateMention, ...]:
        return dates_of(self.text, self.language)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return quantities_of(self.text, self.language)

    @property
    def folded(self) -> str:
        """The sentence folded, offsets kept."""
        return _folded(self.text)

    @property
    def value_at(self) -> int:
        """Where the bare answer stands in the sentence; -1 where there is none."""
        return self.text.find(self.value) if self.value else -1


@dataclass(frozen=True, slots=True)
class Value:
    """The bare answer of an account, in a form that can be compared."""

    kind: Kind
    low: float = 0.0  # of a number
    high: float = 0.0
    unit: str | None = None
    span: tuple[int, int] | None = None  # of the number in the sentence
    date: PartialDate | None = None
    name: str = ""
    says_yes: bool = False


def values_of(asked: Asked, account: Account) -> Iterator[Value]:
    """What an account offers of the kind that is wanted, its bare answer first."""
    if asked.wanted in AMOUNTS:
        here = range(account.value_at, account.value_at + len(account.value or ""))
        numbers = sorted(account.quantities, key=lambda number: number.start not in here)
        for number in numbers:
            scale = _scale(asked, account, number)
            if scale is not None and not is_taken_back(account.folded, number.start, number.end):
                yield _number(account, number, scale)
    elif asked.wanted == "date":
        yield from _date(asked, account)
    elif asked.wanted in NAMED and account.value:
        yield Value("name", name=account.value)
    elif asked.wanted == "yes or no":
        side = stance(asked, account.text, account.language)
        if side is not None:
            yield Value("stance", says_yes=side)


def counts_things(asked: Asked) -> bool:
    """Whether a question counts things ("combien de marins", not "combien mesure"): what has a unit is none of them."""
    if asked.counted is None:
        return False
    return bool(_COUNTS.search(fold_in_place(asked.text[: asked.text.find(asked.counted.word)])))


def agree(one: Value, other: Value) -> bool:
    """Whether two values of one kind can both be true: "7 300" and "environ 7 000", "mars" and "le 3 mars"."""
    if one.kind == "stance":
        return one.says_yes == other.says_yes
    if one.kind == "name":
        return same_name(one.name, other.name)
    if one.kind == "date":
        assert one.date is not None
        assert other.date is not None
        return one.date.first_day <= other.date.last_day and other.date.first_day <= one.date.last_day
    return (one.low <= other.high and other.low <= one.high) or _rounds(one, other) or _rounds(other, one)


MARGIN = 0.1  # share by which "environ 5 000" may miss
BEYOND = 1.3  # "plus de 1 000" reaches so many times as far
LARGE = 1_000  # from here on, a round number may stand for one that is not: 7 000 for 7 300
SLIGHT = 0.05  # share by which it may then miss

_COUNTS = re.compile(r"\b(?:(?:combien|nombre) d(?:e |es |')|how many |number of )[^?,]{0,20}$")
_END_ASKED = re.compile(r"\b(?:jusqu'a|fin(?:ir|it|ira)?|s'acheve\w*|termine\w*|until|end(?:s|ed)?|till)\b")
_UNTIL = re.compile(r"\b(?:jusqu'(?:au?|en)|until|till) (?:[a-z]+ )?$")
_SINCE = re.compile(r"\b(?:depuis|since|d'ici|jusqu'|avant|before|until|by|d'avant|apres|after)[^,.;]{0,12}$")
_NOT_MORE = r"(?<!pas )(?<!no )(?<!not )"
_MORE = re.compile(
    rf"\b(?:{_NOT_MORE}(?:plus d(?:e |')|more than)|pas moins d(?:e |')|n(?:o|ot) (?:less|fewer) than|"
    r"au moins|over|at least|depasse(?:nt)?)(?: ?(?:les|des|the))? ?[€$£]?$"
)
_LESS = re.compile(
    rf"\b(?:{_NOT_MORE}(?:moins d(?:e |')|less than|fewer than)|pas plus d(?:e |')|n(?:o|ot) more than|"
    r"au plus|under|at most|jusqu'a|up to) ?[€$£]?$"
)
_NEARLY = re.compile(r"\b(?:pres d(?:e |')|presque|nearly|almost) ?[€$£]?$")
_SPELL = re.compile(
    r"[ \u00a0\u202f-](minute|heure|jour|semaine|mois|annee|an(?!n|d)|hour|day|week|month|year)[a-z]{0,2}\b"
)
_DAYS = {  # by the first letters of a unit of time
    "mi": 1 / 1440,
    "he": 1 / 24,
    "ho": 1 / 24,
    "jo": 1.0,
    "da": 1.0,
    "se": 7.0,
    "we": 7.0,
    "mo": 30.4,
    "an": 365.0,
    "ye": 365.0,
}
_BESIDE = 40  # characters between a value and a year that belongs to it
_WINDOW = 24  # characters before a number


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    return fold_in_place(text)


def _scale(asked: Asked, account: Account, number: Quantity) -> float | None:
    """What a number is to be multiplied with to be comparable; None when it is not of the kind that is wanted."""
    unit = _SPELL.match(account.folded, number.end)
    if asked.wanted == "number":
        return None if unit or (number.unit and counts_things(asked)) else 1.0
    if asked.wanted in {"money", "share"}:
        return 1.0 if number.unit and (number.unit == "%") == (asked.wanted == "share") else None
    return _DAYS[unit[1][:2]] if unit else None


def _number(account: Account, number: Quantity, scale: float) -> Value:
    before = account.folded[max(0, number.start - _WINDOW) : number.start]
    low = high = scale * number.value
    if _MORE.search(before):
        high = BEYOND * low
    elif _LESS.search(before):
        low = high / BEYOND
    elif number.approximate or _NEARLY.search(before):
        low, high = (1 - MARGIN) * low, (1 + MARGIN) * high
    return Value("number", low, high, number.unit, (number.start, number.end))


def _date(asked: Asked, account: Account) -> Iterator[Value]:
    """The date at the bare answer, to the month at least; its year is the one nearest to that of its article.

    Of a span it is the end that is asked for; of a date that was moved, the one it was moved to.
    """
    if not account.value or account.value_at < 0:
        return
    start, end = account.value_at, account.value_at + len(account.value)
    found = [date for date in account.dates if date.start < end and start < date.end and (date.month or date.year)]
    kept = [date for date in found if not is_taken_back(account.folded, date.start, date.end)]
    last = is_moved(account.folded) or bool(_END_ASKED.search(fold(asked.text)))
    if not last and len(found) == 1 and _UNTIL.search(account.folded[: found[0].start]):
        return
    if found and not kept:  # "et non en juin": the one that holds stands elsewhere in the sentence
        kept = [
            date
            for date in account.dates
            if (date.month or date.year) and not is_taken_back(account.folded, date.start, date.end)
        ]
    if not kept or len(kept) > 2:
        return
    if date := _with_year(kept[-1 if last else 0], account.published):
        yield Value("date", date=date)


def _with_year(date: DateMention, published: PartialDate | None) -> PartialDate | None:
    """A date with the year that it has, or that it must have beside the day of its article."""
    if date.year or published is None:
        return date.date
    assert date.month is not None
    return PartialDate(years_meant(date, published)[0], date.month, date.day or 0)


def _rounds(one: Value, other: Value) -> bool:
    """Whether the first is the second, large, with its last figures rounded."""
    exact = one.low == one.high and other.low == other.high
    if not exact or one.low < LARGE or abs(one.low - other.low) > SLIGHT * other.low:
        return False
    digits = len(str(int(one.low)))
    return any(one.low == round(other.low, -places) for places in range(1, digits))


def same_words(one: Account, other: Account) -> bool:
    """Whether two sentences are one, printed twice."""
    return fold(one.text).split() == fold(other.text).split()
