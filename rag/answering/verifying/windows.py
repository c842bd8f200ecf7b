"""Finds the sentences, one or two in a row, that say most of what a claim says."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.answering.verifying.likeness import Likeness
from rag.answering.verifying.opposites import one_side
from rag.answering.verifying.pairing import Pairing, lookup_keys, quote
from rag.answering.verifying.statements import Statement, translated
from rag.language.names import name_words

Similarity = Callable[[str, str], float]  # of two texts, cosine, -1..1
Versions = Mapping[str, tuple[Statement, ...]]  # a claim as it is compared in each language

LONGEST_WINDOW = 5_000  # characters; what is longer is no sentence of an article
MOST_WINDOWS = 8  # looked at closely


def versions(claimed: tuple[Statement, ...]) -> Versions:
    """A claim as it is, and with its words translated, by the language that it is to be compared in."""
    return {language: tuple(translated(statement, language) for statement in claimed) for language in ("fr", "en")}


def promising(
    claimed: Versions, read: Iterable[tuple[Statement, ...]], most: int = MOST_WINDOWS
) -> list[tuple[Statement, ...]]:
    """The windows that share most with a claim at first sight.

    Args:
        read: passages, each as its statements.
    """
    sought = {
        language: [lookup_keys(unit) for statement in version for unit in statement.units]
        for language, version in claimed.items()
    }
    found = _windows(read, sought) if sought["fr"] else ()
    return [window for _, window in heapq.nlargest(most, found, key=lambda window: window[0])]


def paired(claim: tuple[Statement, ...], window: tuple[Statement, ...], similarity: Similarity | None) -> Pairing:
    """A claim beside a window, words of much the same meaning taken for the same."""
    pairing = Pairing(claim, window)
    if pairing.coverage == 1:
        return pairing
    pairing = Pairing(tuple(_with_kin(statement, window[0].language) for statement in claim), window)
    return similarity.widened(pairing) if isinstance(similarity, Likeness) else pairing


def says_enough(pairing: Pairing, similarity: Similarity | None) -> bool:
    """Whether a window says so much of a claim that the guards are to decide."""
    floor = AT_HOME if pairing.one_language else ABROAD
    if pairing.coverage >= floor.alone:
        return True
    if similarity is None or pairing.coverage < floor.alike:
        return False
    return similarity(pairing.claim[0].text, quote(pairing.window)) >= floor.likeness


def names_in(read: Iterable[Sequence[Statement]]) -> frozenset[str]:
    """The folded words of the names in passages, by which a name that opens the claim is known."""
    return frozenset(
        word
        for passage in read
        for statement in passage
        for unit in statement.units
        if unit.kind == "name"
        for word in name_words(unit.text)
    )


@dataclass(frozen=True, slots=True)
class Floor:
    """How much of what a claim says, 0..1, its window must say."""

    alone: float
    alike: float  # where the encoder finds claim and window alike
    likeness: float  # cosine from which they are


# Of French hypotheses that do not follow from their premise (RTE-3), 0.75 lets half as many again pass as 0.8. A
# lexicon never knows all the words of a translation: half of true ones have 0.56.
AT_HOME = Floor(alone=0.8, alike=0.6, likeness=0.7)
ABROAD = Floor(alone=0.6, alike=0.4, likeness=0.5)


def _with_kin(statement: Statement, language: str) -> Statement:
    units = tuple(
        replace(unit, keys=unit.keys | one_side(unit.keys, language)) if unit.kind == "word" else unit
        for unit in statement.units
    )
    return replace(statement, units=units)


def _windows(
    read: Iterable[tuple[Statement, ...]], sought: Mapping[str, list[frozenset[str]]]
) -> Iterator[tuple[int, tuple[Statement, ...]]]:
    """Each sentence, and each two in a row, with how much of the claim it seems to say."""
    for passage in read:
        seen = []
        for statement in passage:
            keys = frozenset[str]().union(*(lookup_keys(unit) for unit in statement.units))
            wanted = sought[statement.language]
            seen.append({place for place, unit_keys in enumerate(wanted) if unit_keys & keys})
        found = [(len(one), passage[place : place + 1]) for place, one in enumerate(seen)]
        found += [(len(one | two), passage[place : place + 2]) for place, (one, two) in enumerate(pairwise(seen))]
        yield from (window for window in found if window[1][-1].end - window[1][0].start <= LONGEST_WINDOW)
