"""Draws sources that differ as a dated strip: one point for each claim, what it says and who says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.schema import Claim, Differing, Language, PartialDate, quotation_marks
from ui.anchors import card_anchor
from ui.claims import bare_in_quote, when_and_who
from ui.markup import Html, element, escape, shortened
from ui.texts import TEXTS
from ui.turns import Turn

MOST_POINTS = 12
LEFT, RIGHT = 8.0, 92.0  # percent of the width between which dates lie
UNDATED = 4.0  # percent; where a claim without a date stands, before the axis
LONGEST_LABEL = 26  # characters
_LABEL = 30.0  # percent of the width that a label takes up
_ABOVE, _BELOW = 38, 18  # pixels of a lane of labels over and under the axis


def timeline(turn: Turn, claims: Sequence[Claim], differing: Differing, language: Language) -> Html:
    """The strip, with links to the proof; nothing when fewer than two claims can be told apart.

    The sentences that it stands beside tell the same facts as text.
    """
    drawn = [claim for claim in claims if claim.citations][:MOST_POINTS]
    if len(drawn) < 2:
        return Html("")
    points = _laid_out(drawn)
    lanes = 1 + max(point.lane for point in points)
    axis = 10 + lanes * _ABOVE
    caption = TEXTS[language].change if differing == "change" else TEXTS[language].contradiction
    first = LEFT if all(point.date for point in points) else _axis_start(points)
    line = {"class": "axis", "x1": f"{first - 4:g}%", "x2": f"{RIGHT + 4:g}%", "y1": str(axis), "y2": str(axis)}
    drawing = element(
        "svg",
        {"role": "group", "aria-label": caption, "width": "100%", "height": str(axis + 22 + lanes * _BELOW)},
        element("line", line),
        *(_drawn(point, turn, axis, language) for point in points),
    )
    heading = element("figcaption", {}, escape(caption))
    return element("figure", {"class": f"strip {differing}", "lang": language}, heading, drawing)


@dataclass(frozen=True, slots=True)
class _Point:
    """A claim and its place."""

    claim: Claim
    date: PartialDate | None
    x: float  # percent of the width
    lane: int  # how far its labels stand from the axis, so that none covers another


def _laid_out(claims: Sequence[Claim]) -> list[_Point]:
    dates = [claim.as_of or claim.citations[0].published for claim in claims]
    days = [(date.first_day.toordinal() + date.last_day.toordinal()) / 2 for date in dates if date]
    left = LEFT if all(dates) else UNDATED + _LABEL / 2
    least, span = min(days, default=0.0), max(days, default=0.0) - min(days, default=0.0)
    places: list[float] = []
    for date in dates:
        if date is None:
            places.append(UNDATED)
            continue
        middle = (date.first_day.toordinal() + date.last_day.toordinal()) / 2
        places.append(left + (RIGHT - left) * ((middle - least) / span if span else 0.5))
    return _in_lanes(claims, dates, places)


def _in_lanes(claims: Sequence[Claim], dates: Sequence[PartialDate | None], places: Sequence[float]) -> list[_Point]:
    """Give each point the lowest lane whose last label it does not touch."""
    points: list[_Point] = []
    ends: list[float] = []  # where the last label of each lane ends
    for claim, date, x in sorted(zip(claims, dates, places, strict=True), key=lambda one: one[2]):
        start, end = _extent(x)
        lane = next((number for number, reached in enumerate(ends) if reached <= start), len(ends))
        ends[lane : lane + 1] = [end]
        points.append(_Point(claim, date, x, lane))
    return points


def _extent(x: float) -> tuple[float, float]:
    anchor = _anchor(x)
    start = x if anchor == "start" else x - _LABEL if anchor == "end" else x - _LABEL / 2
    return start, start + _LABEL


def _anchor(x: float) -> str:
    return "start" if x < _LABEL / 2 else "end" if x > 100 - _LABEL / 2 else "middle"


def _axis_start(points: Sequence[_Point]) -> float:
    return min((point.x for point in points if point.date), default=LEFT)


def _drawn(point: _Point, turn: Turn, axis: int, language: Language) -> Html:
    citation = point.claim.citations[0]
    when, *who = when_and_who(point.claim, language)
    value = _value(point.claim)
    x, top = f"{point.x:g}%", axis - 18 - point.lane * _ABOVE
    place = {"x": x, "text-anchor": _anchor(point.x)}
    under = axis + 26 + point.lane * _BELOW
    stem = {"class": "stem", "x1": x, "x2": x, "y1": str(top + 4), "y2": str(under - 12)}
    lines = (element("line", stem) if point.lane else Html(""),)
    disc = {"cx": x, "cy": str(axis), "r": "10", "class": "dated" if point.date else "undated"}
    number = {"class": "rank", "x": x, "y": str(axis + 4), "text-anchor": "middle"}
    opening, closing = quotation_marks(value, language)
    told = ", ".join((when, *who)) + (f" : {opening}{value}{closing}" if value else "")
    link = {
        "class": "mark point",
        "href": f"#{card_anchor(turn, citation.number)}",
        "aria-label": told,
        "data-act": "read",
        "data-turn": str(turn.number),
        "data-number": str(citation.number),
    }
    return element(
        "a",
        link,
        *lines,
        element("circle", {**disc, "r": "20", "class": "reach"}),
        element("circle", disc),
        element("text", number, escape(str(citation.number))),
        element("text", {**place, "class": "value", "y": str(top - 13 if who else top)}, escape(value)),
        element("text", {**place, "class": "who", "y": str(top)}, escape(shortened(" ".join(who), LONGEST_LABEL))),
        element("text", {**place, "class": "date", "y": str(under)}, escape(when)),
    )


def _value(claim: Claim) -> str:
    """What the claim says in a few words: its bare answer, when it has one."""
    for citation in claim.citations:
        span = bare_in_quote(citation)
        if span is not None:
            return shortened(citation.quote[slice(*span)], LONGEST_LABEL)
    return ""
