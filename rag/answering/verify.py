"""Decides whether passages bear a claim out, and with which of their sentences; when in doubt, they do not."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rag.answering.guards import failed_guard
from rag.answering.pairing import Pairing, lookup_keys, quote
from rag.answering.statements import Statement, statements, translated
from rag.language.detection import function_word_language
from rag.language.folding import fold
from rag.language.names import name_words

Similarity = Callable[[str, str], float]  # of two texts, cosine, -1..1


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a claim is borne out, by which verbatim words, and if not, which guard refused it."""

    verdict: Literal["supported", "unsupported"]
    score: float  # 0..1; 0.5 or more when supported, less when not
    quote: str  # the sentence or two that say it, or come nearest; "" when none comes near
    guard: str | None = None  # "evidence", or one of rag.answering.guards


def support(
    claim: str, passages: Sequence[str], language: str | None = None, *, similarity: Similarity | None = None
) -> Support:
    """Check a claim against passages.

    Some sentence, or two in a row, must say most of what the claim says, and then pass every guard of
    `rag.answering.guards`.

    Args:
        claim: one sentence.
        language: "fr" or "en", where the texts do not show it.
        similarity: the likeness of two texts in either language, which makes up for some words that differ.
    """
    nearest = Support("unsupported", 0.0, "", "evidence")
    if len(claim) > LONGEST_CLAIM:
        return nearest
    languages = [_language(passage, language) for passage in passages]
    read = [statements(passage, spoken) for passage, spoken in zip(passages, languages, strict=True)]
    verbatim = _verbatim(claim, read)
    if verbatim:
        return Support("supported", 1.0, verbatim)
    claimed = statements(claim, _language(claim, language or next(iter(languages), None)), _names(read))
    for pairing in _candidates(claimed, read, similarity):
        guard = failed_guard(pairing)
        if guard is None:
            return Support("supported", 0.5 + pairing.coverage / 2, quote(pairing.window))
        if not nearest.quote:
            nearest = Support("unsupported", pairing.coverage * 0.49, quote(pairing.window), guard)
    return nearest


LONGEST_CLAIM = 2_000  # characters
LONGEST_WINDOW = 5_000  # characters; what is longer is no sentence of an article
MOST_WINDOWS = 8  # looked at closely


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


def _language(text: str, language: str | None) -> str:
    return function_word_language(text) or (language if language in {"fr", "en"} else "fr")


def _names(read: Iterable[tuple[Statement, ...]]) -> frozenset[str]:
    """The folded words of the names in the passages, by which a name that opens the claim is known."""
    return frozenset(
        word
        for passage in read
        for statement in passage
        for unit in statement.units
        if unit.kind == "name"
        for word in name_words(unit.text)
    )


def _verbatim(claim: str, read: Iterable[tuple[Statement, ...]]) -> str | None:
    """The sentence or two that are the claim word for word, but for case, accents and typography."""
    words = fold(claim).split()
    if not any(character.isalnum() for character in claim):
        return None
    for passage in read:
        for place in range(len(passage)):
            for window in (passage[place : place + 1], passage[place : place + 2]):
                near = window[-1].end - window[0].start <= 2 * len(claim)
                if near and fold(quote(window)).split() == words:
                    return quote(window)
    return None


def _candidates(
    claimed: tuple[Statement, ...], read: Iterable[tuple[Statement, ...]], similarity: Similarity | None
) -> list[Pairing]:
    """The windows that say enough of the claim, those that say most first, one sentence before two."""
    versions = {language: tuple(translated(statement, language) for statement in claimed) for language in ("fr", "en")}
    sought = {
        language: [lookup_keys(unit) for statement in version for unit in statement.units]
        for language, version in versions.items()
    }
    found = _windows(read, sought) if sought["fr"] else ()
    windows = heapq.nlargest(MOST_WINDOWS, found, key=lambda window: window[0])
    pairings = [Pairing(versions[window[0].language], window) for _, window in windows]
    enough = [pairing for pairing in pairings if _says_enough(pairing, similarity)]
    return sorted(enough, key=lambda pairing: (-pairing.coverage, len(pairing.window)))


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


def _says_enough(pairing: Pairing, similarity: Similarity | None) -> bool:
    floor = AT_HOME if pairing.one_language else ABROAD
    if pairing.coverage >= floor.alone:
        return True
    if similarity is None or pairing.coverage < floor.alike:
        return False
    return similarity(pairing.claim[0].text, quote(pairing.window)) >= floor.likeness
