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
APART = 5.0  # percent of the width that two discs stand apart at least
BEYOND = 12.0  # the same of those without a date, which stand behind the axis
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
    last = max((point.x for point in points if point.date), default=RIGHT)
    line = {"class": "axis", "x1": f"{LEFT - 4:g}%", "x2": f"{last + 4:g}%", "y1": str(axis), "y2": str(axis)}
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
    """The claims from left to right by the first day of their dates, those without one behind the axis."""
    dates = [claim.as_of or claim.citations[0].published for claim in claims]
    days = [date.first_day.toordinal() for date in dates if date]
    undated = len(dates) - len(days)
    beyond = min(BEYOND, (RIGHT - LEFT) / len(claims))
    right = RIGHT - beyond * undated if days else RIGHT
    least, span = min(days, default=0), max(days, default=0) - min(days, default=0)
    dated = _spread([LEFT + (right - LEFT) * ((day - least) / span if span else 0.5) for day in sorted(days)], right)
    order = sorted(range(len(claims)), key=lambda place: (dates[place] is None, _day(dates[place])))
    behind = [RIGHT - beyond * (undated - 1 - place) for place in range(undated)]
    places = dict(zip(order, [*dated, *behind], strict=True))
    return _in_lanes(claims, dates, [places[place] for place in range(len(claims))])


def _day(date: PartialDate | None) -> int:
    return date.first_day.toordinal() if date else 0


def _spread(places: Sequence[float], right: float) -> list[float]:
    """Places in order, moved so far that none hides another."""
    apart = min(APART, (right - LEFT) / max(len(places) - 1, 1))
    spread: list[float] = []
    for place in places:
        spread.append(max(place, spread[-1] + apart) if spread else place)
    for number in range(len(spread) - 1, -1, -1):
        spread[number] = min(spread[number], right - apart * (len(spread) - 1 - number))
    return spread


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
