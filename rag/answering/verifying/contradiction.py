"""Tells whether a sentence denies a claim: it speaks of the same matter, and of one fact it says something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rag.answering.verifying.counterparts import compatible, in_place_of, is_listed, other_day
from rag.answering.verifying.marks import hedged, is_left_open, negated
from rag.answering.verifying.opposites import opposite_units
from rag.answering.verifying.pairing import ANCHORS, Pairing, quote
from rag.answering.verifying.predicates import is_unsaid
from rag.answering.verifying.statements import Unit
from rag.language.folding import fold
from rag.language.numbers import Quantity

_UNNAMED = 3  # units said of a claim that names nobody, what differs not counted
_FEWEST = 2  # units of a claim that a sentence speaks of, what differs among them

# A claim is called false only where little else can be meant, so each difference asks that nearly all of the rest of
# the claim is said in that one sentence, with all its names. What is merely not said is no contradiction.

Difference = Callable[[Pairing, frozenset[str]], bool]


def contradiction(pairing: Pairing, setting: frozenset[str]) -> str | None:
    """The name of what a sentence says otherwise than a claim: "polarity", "numbers" ...; None when it denies nothing.

    Args:
        pairing: a claim and one sentence.
        setting: the countries and bodies that the article speaks of, which a sentence need not name again as the
            place where something happens.
    """
    if _is_open(pairing) or _is_unnamed(pairing):
        return None
    return next((name for name, differs in DIFFERENCES if differs(pairing, setting)), None)


def polarity(pairing: Pairing, setting: frozenset[str]) -> bool:
    """What one of the two negates, the other asserts; what is no longer so may have been so."""
    if _PAST.search(fold(pairing.claim[0].text)) and _NO_LONGER.search(fold(quote(pairing.window))):
        return False
    claimed = [unit for statement in pairing.claim for unit in negated(statement) if unit]
    if claimed and is_unsaid(pairing):
        return False
    stated = [unit for statement in pairing.window for unit in negated(statement) if unit]
    for place, unit in enumerate(pairing.said):
        there = [pairing.there[found] for found in pairing.places[place]]
        turned = [_is_turned(unit, other, claimed, stated) for other in there]
        if unit.kind == "word" and turned and all(turned) and _one_matter(pairing, {place}, setting, floor=0.75):
            return any(_one_event(pairing, other) for other in there)
    return False


def _is_turned(mine: Unit, theirs: Unit, claimed: Sequence[Unit], stated: Sequence[Unit]) -> bool:
    """Whether a word is negated on one side, and on the other neither it nor another of its clause: "nobody signed"."""
    if any(_is_at(unit, mine) for unit in claimed):
        return all(unit.clause != theirs.clause for unit in stated)
    return any(_is_at(unit, theirs) for unit in stated) and all(unit.clause != mine.clause for unit in claimed)


def _is_at(one: Unit, other: Unit) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def opposites(pairing: Pairing, setting: frozenset[str]) -> bool:
    """Where the claim has a word the sentence has its opposite, and neither is negated alone."""
    claimed = _spans(unit for statement in pairing.claim for unit in negated(statement))
    stated = _spans(unit for statement in pairing.window for unit in negated(statement))
    for unit, other in opposite_units(pairing):
        alike = ((unit.start, unit.end) in claimed) == ((other.start, other.end) in stated)
        places = {place for place, own in enumerate(pairing.said) if own == unit}
        if (
            alike
            and not _is_reversed(pairing, other)
            and _one_event(pairing, other)
            and _one_matter(pairing, places, setting, floor=0.75)
        ):
            return True
    return False


def _is_reversed(pairing: Pairing, stated: Unit) -> bool:
    """Whether a word stands behind one that turns it around: "refuse la fin", "lifting the ban"."""
    return bool(_REVERSES.search(fold(pairing.window[0].text[max(0, stated.start - _NEAR) : stated.start])))


def numbers(pairing: Pairing, setting: frozenset[str]) -> bool:
    """The sentence counts the same things and arrives at another number."""
    for place, unit in enumerate(pairing.said):
        if unit.kind != "number" or _is_of_whom_it_names(pairing, place):
            continue
        others = [other for other in in_place_of(pairing, place) if _is_asserted(pairing, other)]
        same_kind = [other for other in others if _unit(other) == _unit(unit) and not _is_added(pairing, other)]
        if not same_kind or any(compatible(unit, other, pairing) for other in same_kind):
            continue
        if _one_matter(pairing, {place}, setting, floor=0.75):
            return True
    return False


def _is_of_whom_it_names(pairing: Pairing, place: int) -> bool:
    """Whether the sentence has the number of the claim beside somebody whom the claim names: "120 allemands"."""
    for there in pairing.places[place]:
        for near in {there - 1, there + 1} & pairing.matched:
            beside = pairing.there[near]
            if beside.kind in ("name", "place") and beside.clause == pairing.there[there].clause:
                return True
    return False


def dates(pairing: Pairing, setting: frozenset[str]) -> bool:
    """The sentence gives the one date it has, and it is not the claim's."""
    stated = [unit for unit in pairing.there if unit.kind == "date"]
    if len(stated) != 1 or not _is_asserted(pairing, stated[0]):
        return False
    if any(pairing.places[place] for place, unit in enumerate(pairing.said) if unit.kind == "date"):
        return False
    for place, unit in enumerate(pairing.said):
        if unit.kind == "date" and not pairing.says(place) and other_day(unit, stated[0]):
            whole = _one_matter(pairing, {place}, setting, floor=1.0)
            return whole or _one_matter(pairing, {place}, setting, floor=0.8, least=3)
    return False


def names(pairing: Pairing, setting: frozenset[str]) -> bool:
    """Where the claim names somebody or a country, the sentence names another, and the rest is the same."""
    unsaid = [place for place, unit in enumerate(pairing.said) if unit.kind in ("name", "place")]
    unsaid = [place for place in unsaid if not pairing.says(place)]
    if len(unsaid) != 1 or _ONE_OF_SEVERAL.search(fold(quote(pairing.window))):
        return False
    others = [other for other in in_place_of(pairing, unsaid[0]) if not is_listed(pairing, other)]
    if not all(_is_asserted(pairing, other) for other in others):
        return False
    if not others or any(pairing.there.index(other) in pairing.matched for other in others):
        return False
    if _IS_THE.search(fold(pairing.claim[0].text)):  # an office has one holder
        return _one_matter(pairing, set(unsaid), setting, floor=1.0, least=3)
    anchors = [unit.kind for place, unit in enumerate(pairing.said) if unit.kind in ANCHORS and pairing.places[place]]
    if not {"number", "date"} & set(anchors) and not _ONLY_ONE.search(fold(pairing.claim[0].text)):
        return False  # another may have done so too
    return bool(anchors) and _one_matter(pairing, set(unsaid), setting, floor=0.9, least=4)


DIFFERENCES: tuple[tuple[str, Difference], ...] = (
    ("polarity", polarity),
    ("opposites", opposites),
    ("numbers", numbers),
    ("dates", dates),
    ("names", names),
)

_NEAR = 40  # characters before a word in which it may be turned around
_REVERSES = re.compile(
    r"\b(?:refus|rejet|reject|oppos|lev(?:e|er|ee?s?|ent) |lift|met(?:tre|tent)? fin|suspend|annul|cancel|delay|report|"
    r"retard|bloqu|block|contre|against)\w*(?: [a-z']+){0,3} (?:l[ae]s? |l'|the )?$"
)
_PAST = re.compile(r"\b(?:was|were|had|etait|etaient|avait|avaient|fut|furent)\b")
_NO_LONGER = re.compile(r"\bno longer\b|\bn(?:e |')(?:[^ ]+ ){1,3}plus\b")
_IF = re.compile(r"\W*(?:si|s'ils?|if|unless)\b")
_PRONOUN = re.compile(r"\W*(?:ils?|elles?|on|he|she|it|they|we|nous|i|je|j')\b")
_ADDED = re.compile(
    r"\b(?:supplementaires?|autres?|additionn?el(?:le)?s?|additional|more|further|other)\b(?! (?:que|than))"
)
_CLAUSE = re.compile(r"[^,;:.()]{0,40}")
_ONE_OF_SEVERAL = re.compile(r"\b(?:aussi|egalement|notamment|entre autres|autres?|also|too|other|others|among)\b")
_IS_THE = re.compile(r"\b(?:est l[ea']|etait l[ea']|is the|was the)")
_ONLY_ONE = re.compile(  # can be true of one only
    r"\b(?:elue?|reelue?|nomme(?:e|s|es)?|remport\w+|gagn\w+|vainqueur\w*|bat|battue?s?|preside\w*|dirig\w+|command\w+|"
    r"succed\w+|remplac\w+|premi(?:er|ere)|seule?|l[ea] plus|fonde(?:e|s|es)?|invent\w+|decouv\w+|tue(?:e|s|es)?|"
    r"assassin\w+|r?achet\w+|capitale|epous\w+|won|wins|elected|appointed|named|beat|defeated|leads|led|heads|headed|"
    r"succeeded|replaced|first|only|the most|the (?:big|larg|high|low|small|old|young)est|founded|invented|discovered|"
    r"killed|bought|acquired|capital|married)\b"
)
_WHERE = re.compile(r"\b(?:en|a|au|aux|dans(?: l[ea']| les)?|sur(?: l[ea'])?|in(?: the)?|at|on|within) ?$")


def _one_matter(
    pairing: Pairing, differing: set[int], setting: frozenset[str], *, floor: float, least: int = _FEWEST
) -> bool:
    """Whether the sentence says the rest of the claim: all of its names, numbers and dates, and most of its words."""
    rest = [
        (unit, pairing.says(place))
        for place, unit in enumerate(pairing.said)
        if place not in differing and (pairing.says(place) or not _is_setting(unit, pairing, setting))
    ]
    said = sum(found for _, found in rest)
    if not all(found for unit, found in rest if unit.kind in ANCHORS):
        return False
    if said < _UNNAMED and not any(unit.kind in ANCHORS for unit, _ in rest):
        return False
    counted = said if least > _FEWEST else said + len(differing)
    return counted >= least and said > 0 and said >= floor * len(rest)


def _is_setting(unit: Unit, pairing: Pairing, setting: frozenset[str]) -> bool:
    """Whether a unit is the country where something happens, which the article has named elsewhere."""
    before = fold(pairing.claim[0].text[max(0, unit.start - 10) : unit.start])
    return unit.kind == "place" and bool(unit.keys & setting) and bool(_WHERE.search(before))


def _one_event(pairing: Pairing, stated: Unit) -> bool:
    """Whether the clause of a word of the sentence is about those whom the claim names."""
    if not _is_asserted(pairing, stated):
        return False
    here = [place for place, unit in enumerate(pairing.there) if unit.clause == stated.clause]
    actors = [place for place in here if pairing.there[place].kind in ("name", "place")]
    if any(place in pairing.matched for place in actors):
        return True
    claims_actors = any(unit.kind in ("name", "place") for unit in pairing.said)
    return not actors or (not claims_actors and pairing.coverage == 1)


def _is_open(pairing: Pairing) -> bool:
    """Whether the sentence as a whole states nothing: a question, or what would be if."""
    text = quote(pairing.window)
    return text.rstrip(" »”\"')").endswith("?") or bool(_IF.match(fold(text[:20])))


def _is_unnamed(pairing: Pairing) -> bool:
    """Whether a claim is about "her" or "them" and names nobody, so that it may be about anybody."""
    names = any(unit.kind in ("name", "place") for unit in pairing.said)
    return not names and bool(_PRONOUN.match(fold(pairing.claim[0].text[:20])))


def _is_asserted(pairing: Pairing, stated: Unit) -> bool:
    """Whether the clause of a unit of the sentence is neither held possible nor left open ("on ignore si ...")."""
    for statement in pairing.window:
        if any(unit and unit.clause == stated.clause for unit in hedged(statement)):
            return False
        if is_left_open(statement, stated):
            return False
    return True


def _is_added(pairing: Pairing, stated: Unit) -> bool:
    """Whether a number is what comes on top of another: "300 avions supplémentaires"."""
    after = _CLAUSE.match(pairing.window[0].text, stated.end)
    return bool(after and _ADDED.search(fold(after.group()))) and not _ADDED.search(fold(pairing.claim[0].text))


def _unit(unit: Unit) -> str | None:
    return unit.value.unit if isinstance(unit.value, Quantity) else None


def _spans(units: Iterator[Unit | None]) -> set[tuple[int, int]]:
    return {(unit.start, unit.end) for unit in units if unit}
