"""Asks of a claim and the sentences that may bear it out, one guard after another, whether a fact was changed."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.answering.verifying.cohesion import coheres
from rag.answering.verifying.marks import Attribution, attributions, conditionals, hedged, negated, tells
from rag.answering.verifying.opposites import opposed
from rag.answering.verifying.pairing import Pairing, same_unit
from rag.answering.verifying.roles import roles, substitution
from rag.answering.verifying.statements import Statement, Unit
from rag.answering.verifying.twists import agent, altered, bounds, direction, extent, rank, tense, whole_and_part
from rag.language.folding import fold
from rag.language.names import is_seat

Guard = Callable[[Pairing], bool]  # whether the claim passes


def failed_guard(pairing: Pairing) -> str | None:
    """The name of the first guard that a claim does not pass, or None."""
    return next((name for name, guard in GUARDS if not guard(pairing)), None)


def failed_guards(pairing: Pairing) -> tuple[str, ...]:
    """The names of all guards that a claim does not pass."""
    return tuple(dict.fromkeys(name for name, guard in GUARDS if not guard(pairing)))


def bound(unit: Unit, statements: tuple[Statement, ...]) -> int:
    """1 for "more than" before a number, -1 for "less than", 0 for neither."""
    before = _before(unit, statements)
    return bool(_MORE.search(before)) - bool(_LESS.search(before))


def numbers(pairing: Pairing) -> bool:
    """Every number of the claim is in the window, as a value and of the same, and "more than" is no "less than"."""
    for place, unit in enumerate(pairing.said):
        if unit.kind != "number":
            continue
        if not pairing.says(place) or not _counts_the_same(place, pairing):
            return False
        claimed = bound(unit, pairing.claim)
        stated = {bound(pairing.there[there], pairing.window) for there in pairing.places[place]}
        if claimed and stated and stated <= {-claimed}:
            return False
    return True


def dates(pairing: Pairing) -> bool:
    """Every date of the claim is in the window, at least as precise."""
    return all(pairing.says(place) for place, unit in enumerate(pairing.said) if unit.kind == "date")


def names(pairing: Pairing) -> bool:
    """Every name of the claim is in the window, in some spelling; a town where something happens, by its own name."""
    for place, unit in enumerate(pairing.said):
        if unit.kind not in {"name", "place"}:
            continue
        if not pairing.says(place):
            return False
        if _is_where(unit, pairing.claim) and not any(is_seat(pairing.there[p].text) for p in pairing.places[place]):
            return False
    return True


def polarity(pairing: Pairing) -> bool:
    """What the claim negates the window negates, and what the window negates the claim does not assert."""
    claimed = [unit for statement in pairing.claim for unit in negated(statement)]
    stated = [unit for statement in pairing.window for unit in negated(statement)]
    for unit in claimed:
        if unit is None or not any(same_unit(unit, other) for other in pairing.there):
            if not stated:
                return False
        elif not any(other is not None and same_unit(unit, other) for other in stated):
            return False
    return all(_is_kept(unit, claimed, pairing) for unit in stated)


def opposites(pairing: Pairing) -> bool:
    """No word of the window has been turned into its opposite."""
    return not opposed(pairing)


def hedges(pairing: Pairing) -> bool:
    """What the window only holds possible or hears told, the claim does not state as plain fact."""
    claimed = [unit for statement in pairing.claim for unit in hedged(statement)]
    stated = [unit for statement in pairing.window for unit in hedged(statement)]
    if not all(_is_kept(unit, claimed, pairing) for unit in stated):
        return False
    if any(_IF.match(_folded(one)) and _THEN.search(_folded(one)) for one in pairing.window):
        return any(_IF.search(_folded(one)) for one in pairing.claim)
    lost = _conditionals(pairing.window) - _conditionals(pairing.claim)
    return not any(fold(pairing.there[place].text) in lost for place in pairing.matched) or not pairing.one_language


def attribution(pairing: Pairing) -> bool:
    """What a sentence of the window lets somebody say, the claim lets somebody say."""
    told = sum(len(attributions(statement)) for statement in pairing.claim)
    in_passing = any(tells(statement) for statement in pairing.claim)
    for statement in pairing.window:
        needed = [phrase for phrase in attributions(statement) if _vouches(phrase, pairing)]
        echoed = any(all(phrase.holds(pairing.there[place]) for phrase in needed) for place in pairing.matched)
        if len(needed) > told and not (echoed and in_passing):
            return False
    return True


# In this order: the first that fails gives its name to the verdict.
GUARDS: tuple[tuple[str, Guard], ...] = (
    ("numbers", numbers),
    ("dates", dates),
    ("names", names),
    ("polarity", polarity),
    ("opposites", opposites),
    ("extent", extent),
    ("rank", rank),
    ("bounds", bounds),
    ("altered", altered),
    ("direction", direction),
    ("agent", agent),
    ("tense", tense),
    ("part", whole_and_part),
    ("hedges", hedges),
    ("attribution", attribution),
    ("roles", substitution),
    ("roles", roles),
    ("evidence", coheres),
)

_IF = re.compile(r"\W*(?:si|s'ils?|if|unless|a moins qu[e'])(?:\b|(?<='))")
_THEN = re.compile(r"\b(?:alors|then|will|would|could|[a-z]{2,}r(?:a|ont|ait|aient))\b")
_MORE = re.compile(r"\b(?:plus d(?:e |')|au moins|more than|over|at least|depasse(?:nt)?) ?$")
_LESS = re.compile(r"\b(?:moins d(?:e |')|au plus|less than|fewer than|under|at most|jusqu'a|up to) ?$")
_OF = re.compile(r" ?(?:de |d'|of )?")
_WHERE = re.compile(r"\b(?:a|in|at|dans|near|pres de) $")


def _counts_the_same(place: int, pairing: Pairing) -> bool:
    """Whether the window has the word that follows a number in the claim: what is counted."""
    unit, following = pairing.said[place], pairing.said[place + 1 : place + 2]
    if not following or following[0].kind != "word" or not pairing.one_language:
        return True
    beside = fold(pairing.claim[0].text[unit.end : following[0].start])
    return pairing.says(place + 1) or not _OF.fullmatch(beside)


def _folded(statement: Statement) -> str:
    return fold(statement.text[statement.start : statement.end])


def _before(unit: Unit, statements: tuple[Statement, ...]) -> str:
    return fold(statements[0].text[max(0, unit.start - 16) : unit.start])


def _is_where(unit: Unit, statements: tuple[Statement, ...]) -> bool:
    return unit.kind == "place" and is_seat(unit.text) and bool(_WHERE.search(_before(unit, statements)))


def _is_kept(unit: Unit | None, claimed: list[Unit | None], pairing: Pairing) -> bool:
    """Whether what the window negates or hedges is so in the claim, or not spoken of there."""
    if unit is None:
        return True
    if any(same_unit(other, unit) for other in pairing.said):
        return any(other is not None and same_unit(other, unit) for other in claimed)
    # A translation that the lexicon lacks must not hide a negation: is the claim about its clause?
    return pairing.one_language or bool(claimed) or not _draws_on(unit.clause, pairing)


def _draws_on(clause: int, pairing: Pairing) -> bool:
    """Whether the claim says something that the window says in that clause only."""
    return any(places and all(pairing.there[p].clause == clause for p in places) for places in pairing.places)


def _conditionals(statements: tuple[Statement, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(conditionals(statement) for statement in statements))


def _vouches(phrase: Attribution, pairing: Pairing) -> bool:
    """Whether most of what the claim takes from the window is what an attribution vouches for."""
    stated = [[pairing.there[place] for place in places] for places in pairing.places if places]
    told = [units for units in stated if not any(phrase.holds(unit) for unit in units)]
    vouched = sum(any(phrase.governs(unit) for unit in units) for units in told)
    return vouched > len(told) / 2
