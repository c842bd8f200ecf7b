"""Finds what a sentence says in the place of a name or number of a claim, and whether both can be true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answering.verifying.guards import bound
from rag.answering.verifying.pairing import Pairing
from rag.answering.verifying.statements import Kind, Unit
from rag.language.dates import DateMention
from rag.language.folding import fold
from rag.language.numbers import Quantity


def in_place_of(pairing: Pairing, place: int) -> list[Unit]:
    """The units of the sentence that stand beside what a unit of the claim stands beside, and are of its kind.

    What follows tells more than what comes before, in "300 avions portugais": where the two sides disagree, it counts.
    """
    unit = pairing.said[place]
    kinds: tuple[Kind, ...] = ("name", "place") if unit.kind in ("name", "place") else (unit.kind,)
    found: dict[int, list[Unit]] = {1: [], -1: []}
    for side in (1, -1):
        for near in range(place + side, place + side * (_NEAR + 1), side):
            if not 0 <= near < len(pairing.said) or pairing.said[near].clause != unit.clause:
                break
            if pairing.said[near].kind in kinds:
                break
            found[side] += _next_to(pairing, near, -side, kinds)
    both = [other for other in found[1] if other in found[-1]]
    ends = unit.kind == "number" or unit.text[0].islower()  # an adjective belongs to what precedes it
    return list(dict.fromkeys(both or found[1] or (found[-1] if ends else [])))


def compatible(claimed: Unit, stated: Unit, pairing: Pairing) -> bool:
    """Whether both numbers can be true of one thing: "more than 300" and 310."""
    mine, theirs = claimed.value, stated.value
    if not isinstance(mine, Quantity) or not isinstance(theirs, Quantity):
        return True
    own, other = bound(claimed, pairing.claim), bound(stated, pairing.window)
    if own > 0:
        return theirs.value >= mine.value or other > 0
    if own < 0:
        return theirs.value <= mine.value or other < 0
    if other > 0:
        return theirs.value <= mine.value <= theirs.value * (1 + _SLACK)
    if other < 0:
        return theirs.value * (1 - _SLACK) <= mine.value <= theirs.value
    loose = mine.approximate or theirs.approximate
    return abs(mine.value - theirs.value) <= (0.1 * max(mine.value, theirs.value) if loose else 0)


def other_day(claimed: Unit, stated: Unit) -> bool:
    """Whether two dates, as far as both are known, are different days, months or years."""
    mine, theirs = claimed.value, stated.value
    if not isinstance(mine, DateMention) or not isinstance(theirs, DateMention):
        return False
    pairs = ((mine.year, theirs.year), (mine.month, theirs.month), (mine.day, theirs.day))
    return any(part is not None and other is not None and part != other for part, other in pairs)


def is_listed(pairing: Pairing, unit: Unit) -> bool:
    """Whether a name is one of an enumeration, so that another may do the same."""
    place = pairing.there.index(unit)
    for other in (place - 1, place + 1):
        if 0 <= other < len(pairing.there) and pairing.there[other].kind == unit.kind:
            first, second = sorted((unit, pairing.there[other]), key=lambda one: one.start)
            if _LISTING.fullmatch(fold(pairing.window[0].text[first.end : second.start][:60])):
                return True
    return False


_NEAR = 2  # units to each side of a name or number that show which place it takes
_LISTING = re.compile(r"[ ,]*(?:,| et | ou | and | or )[^,.;]{0,25}")
_SLACK = 0.25  # by how much of itself a number may exceed what "more than" stands before


def _next_to(pairing: Pairing, near: int, side: int, kinds: tuple[Kind, ...]) -> Iterator[Unit]:
    """The next unit of some kinds on one side of each place where the sentence says a neighbour."""
    for start in pairing.places[near]:
        for step in range(1, _NEAR + 1):
            beside = start + side * step
            if not 0 <= beside < len(pairing.there) or pairing.there[beside].clause != pairing.there[start].clause:
                break
            if pairing.there[beside].kind in kinds:
                yield pairing.there[beside]
                break
