"""Tells whether the names and numbers of a claim play the parts that they play in the sentences that bear it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answering.verifying.pairing import ANCHORS, Pairing, same_unit
from rag.answering.verifying.statements import Kind, Statement, Unit
from rag.language.folding import fold
from rag.language.names import name_words


def substitution(pairing: Pairing) -> bool:
    """No name, number or date of the sentence that says the rest has made room for one from elsewhere."""
    window = _main(pairing)
    for kind in ANCHORS:
        stated = [unit for statement in window for unit in statement.units if unit.kind == kind]
        claimed = [unit for unit in pairing.said if unit.kind == kind]
        displaced = [unit for unit in stated if not any(same_unit(other, unit) for other in claimed)]
        if displaced and _unplaced(claimed, stated, window):
            return False
    return True


def roles(pairing: Pairing) -> bool:
    """Names and numbers stand beside the words that they stand beside in the window."""
    for place, unit in enumerate(pairing.said):
        if unit.kind in _ROLES:
            testimony = list(_testimony(pairing, place))
            if sum(testimony) <= 0 and min(testimony, default=0) < 0:
                return False
    return True


_ROLES: tuple[Kind, ...] = ("name", "place", "number")
_TELLING = 4  # weight of a neighbour that is itself a name, number or date
_NEAR = 2  # units to each side of a name or number that tell its role
_REACH = 3  # units from such a neighbour in which another name or number takes that role
_MAIN = 0.9  # share of the claim's words by which one sentence of two says the claim by itself

_ENUMERATION = re.compile(
    r"(?:,| ?\([^()]*\),?|(?=,? (?:et|ou|and|or) ),?) (?:(?:et|ou|and|or|l[ea]s?|l'|d[eu]s?|d'|the|a|au|en) ?){0,3}"
)
_LONGEST_GAP = 40  # characters between two names of an enumeration


def _main(pairing: Pairing) -> tuple[Statement, ...]:
    """The sentence of the window that says the claim's words by itself, or the whole window."""
    words = [unit for unit in pairing.said if unit.kind == "word"]
    shares = []
    for statement in pairing.window:
        keys = frozenset[str]().union(*(unit.keys for unit in statement.units if unit.kind == "word"))
        shares.append(sum(bool(unit.keys & keys) for unit in words))
    covered = sum(
        bool(places) for unit, places in zip(pairing.said, pairing.places, strict=True) if unit.kind == "word"
    )
    best = max(range(len(shares)), key=shares.__getitem__)
    return (pairing.window[best],) if shares[best] >= _MAIN * covered else pairing.window


def _unplaced(claimed: list[Unit], stated: list[Unit], window: tuple[Statement, ...]) -> bool:
    """Whether more is claimed than is stated, counting each once; a name may be stated without looking like one."""
    words = {token.folded for statement in window for token in statement.tokens}
    free = list(stated)
    for unit in claimed:
        match = next((place for place, other in enumerate(free) if same_unit(unit, other)), None)
        if match is not None:
            del free[match]
        elif any(same_unit(unit, other) for other in stated) or not words.issuperset(name_words(unit.text)):
            return True
    return False


def _testimony(pairing: Pairing, place: int) -> Iterator[int]:
    """For each neighbour of a unit of the claim: above 0 if they are neighbours in the window, below if not."""
    unit = pairing.said[place]
    for side in (-1, 1):
        sides = (-side,) if pairing.one_language else (-1, 1)  # an adjective may change sides in translation
        for near in _neighbours(pairing.said, place, side):
            verdicts = [_beside(pairing, found, way, unit) for found in pairing.places[near] for way in sides]
            if verdicts:
                weight = _TELLING if pairing.said[near].kind in ANCHORS else 1
                yield weight * (max(verdicts) or min(verdicts))


def _neighbours(units: tuple[Unit, ...], place: int, side: int) -> Iterator[int]:
    """The units of other kinds next to one, in its clause, up to the next one of its kind."""
    crosses = side < 0 and _belongs_to_what_precedes(units, place)
    for near in range(place + side, place + side * (_NEAR + 1), side):
        if not 0 <= near < len(units) or units[near].kind == units[place].kind:
            return
        if units[near].clause != units[place].clause and not crosses:
            return
        yield near


def _belongs_to_what_precedes(units: tuple[Unit, ...], place: int) -> bool:
    """Whether a unit is an apposition: a number that opens a clause ("Martin, 30 ans"), a name that is all of one."""
    clause = units[place].clause
    opens = place > 0 and units[place - 1].clause != clause
    closes = place + 1 == len(units) or units[place + 1].clause != clause
    return opens and (closes or units[place].kind == "number")


def _beside(pairing: Pairing, place: int, side: int, sought: Unit) -> int:
    """1 if a next unit of its kind on one side of a place is the one sought, -1 if others are, 0 if none is near."""
    units, steps, near, verdict = pairing.there, 0, place + side, 0
    while 0 <= near < len(units) and steps < _REACH:
        inside = units[near].clause == units[place].clause
        steps += inside
        follows = side > 0 and near - place <= _NEAR and _belongs_to_what_precedes(units, near)
        if units[near].kind == sought.kind and (inside or follows):
            if _is_among(sought, pairing, near, side):
                return 1
            verdict = -1
            if inside:
                return verdict
        near += side
    return verdict


def _is_among(sought: Unit, pairing: Pairing, place: int, side: int) -> bool:
    """Whether a unit is the one sought, or begins an enumeration that holds it ("le Mali, le Niger et le Tchad")."""
    units, text = pairing.there, pairing.window[0].text
    while not same_unit(sought, units[place]):
        following = place + side
        if not 0 <= following < len(units) or units[following].kind != sought.kind:
            return False
        first, second = sorted((units[place], units[following]), key=lambda unit: unit.start)
        if not _ENUMERATION.fullmatch(fold(text[first.end : second.start][:_LONGEST_GAP])):
            return False
        place = following
    return True
