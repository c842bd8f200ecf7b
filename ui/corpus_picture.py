"""Draws how many articles there are for each day, month or year, as bars on a line of time."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.schema import Article, Language, PartialDate, date_in_words
from ui.corpus_texts import CORPUS_TEXTS, counted
from ui.markup import Html, element, escape

MOST_BARS = 240
WIDTH, HEIGHT = 1_000, 100  # of the drawing, which is stretched to its place
WIDEST_BAR = 12

Unit = Literal["day", "month", "year"]


def picture(articles: Sequence[Article], language: Language) -> Html:
    """The corpus over time; nothing where no article has a date.

    The unit is the finest that all dates know and that leaves no more than MOST_BARS places.
    """
    dates = [article.published for article in articles if article.published]
    if not dates:
        return Html("")
    line = _line(dates)
    words = CORPUS_TEXTS[language]
    ends, told = _told(line, len(articles) - len(dates), language)
    name = element("span", {"class": "name"}, escape(words.picture))
    return element(
        "figure",
        {"class": "picture", "lang": language},
        element("figcaption", {}, name, element("span", {"class": "unseen"}, escape(f" {ends}, ")), escape(told)),
        _bars(line, language),
        _scale(line, language),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of time in equal parts, and how many articles fall into each."""

    unit: Unit
    first: int  # the number of its first part; see _number
    last: int
    counts: Counter[int]

    @property
    def parts(self) -> int:
        return self.last - self.first + 1


def _line(dates: Sequence[PartialDate]) -> _Line:
    known: tuple[Unit, ...] = ("year",)
    if all(date.month for date in dates):
        known = ("month", "year")
    if all(date.day for date in dates):
        known = ("day", "month", "year")
    for unit in known:
        counts = Counter(_number(date, unit) for date in dates)
        line = _Line(unit, min(counts), max(counts), counts)
        if line.parts <= MOST_BARS:
            break
    return line


def _number(date: PartialDate, unit: Unit) -> int:
    if unit == "day":
        return date.first_day.toordinal()
    return date.year * 12 + date.month - 1 if unit == "month" else date.year


def _date(number: int, unit: Unit) -> PartialDate:
    if unit == "day":
        day = datetime.date.fromordinal(number)
        return PartialDate(day.year, day.month, day.day)
    return PartialDate(number // 12, number % 12 + 1) if unit == "month" else PartialDate(number)


def _bars(line: _Line, language: Language) -> Html:
    place = WIDTH / line.parts
    width = min(0.8 * place, WIDEST_BAR)
    highest = max(line.counts.values())
    bars = []
    for number, count in sorted(line.counts.items()):
        height = HEIGHT * count / highest
        shape = {
            "x": f"{(number - line.first + 0.5) * place - width / 2:.1f}",
            "y": f"{HEIGHT - height:.1f}",
            "width": f"{width:.1f}",
            "height": f"{height:.1f}",
        }
        told = f"{date_in_words(_date(number, line.unit), language)} : {counted(count, language)}"
        bars.append(element("rect", shape, element("title", {}, escape(told))))
    # Told in words by the caption: a screen reader would spell out every bar.
    drawing = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "preserveAspectRatio": "none", "aria-hidden": "true"}
    return element("svg", drawing, *bars)


def _scale(line: _Line, language: Language) -> Html:
    """The dates under the line: its two ends, and between them the years that have room."""
    first, last = _date(line.first, line.unit), _date(line.last, line.unit)
    if line.unit == "year" or last.year - first.year < 2:
        ends = dict.fromkeys((first, last))
        return element(
            "p",
            {"class": "scale ends", "aria-hidden": "true"},
            *(_mark(date_in_words(date, language)) for date in ends),
        )
    step = -(-(last.year - first.year) // 6)
    years = range(-(-first.year // step) * step, last.year + 1, step)
    marks = []
    for year in years:
        number = _number(PartialDate(year, 1, 1), line.unit)
        if number >= line.first:
            left = 100 * (number - line.first) / line.parts
            marks.append(element("span", {"style": f"left:{left:.1f}%"}, escape(str(year))))
    return element("p", {"class": "scale", "aria-hidden": "true"}, *marks)


def _mark(text: str) -> Html:
    return element("span", {}, escape(text))


def _told(line: _Line, undated: int, language: Language) -> tuple[str, str]:
    """The two ends of the line, and what one of its parts is."""
    words = CORPUS_TEXTS[language]
    ends = dict.fromkeys(date_in_words(_date(number, line.unit), language) for number in (line.first, line.last))
    parts = [words.units[line.unit].format(most=max(line.counts.values()))]
    if undated:
        parts.append(words.one_undated if undated == 1 else words.many_undated.format(count=undated))
    return " → ".join(ends), " · ".join(parts)
