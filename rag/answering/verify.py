"""Decides whether passages bear a claim out, and with which of their sentences; when in doubt, they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.answering.verifying.guards import failed_guard
from rag.answering.verifying.pairing import Pairing, quote
from rag.answering.verifying.statements import Statement, statements
from rag.answering.verifying.windows import Similarity, Versions, names_in, paired, promising, says_enough, versions
from rag.language.detection import function_word_language
from rag.language.folding import fold


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a claim is borne out, by which verbatim words, and if not, which guard refused it."""

    verdict: Literal["supported", "unsupported"]
    score: float  # 0..1; 0.5 or more when supported, less when not
    quote: str  # the sentence or two that say it, or come nearest; "" when none comes near
    guard: str | None = None  # "evidence", or one of rag.answering.verifying.guards


def support(
    claim: str, passages: Sequence[str], language: str | None = None, *, similarity: Similarity | None = None
) -> Support:
    """Check a claim against passages.

    Some sentence, or two in a row, must say most of what the claim says, and then pass every guard of
    `rag.answering.verifying.guards`.

    Args:
        claim: one sentence.
        language: "fr" or "en", where the texts do not show it.
        similarity: the likeness of two texts in either language, which makes up for some words that differ;
            a rag.answering.verifying.likeness.Likeness finds single words alike too.
    """
    nearest = Support("unsupported", 0.0, "", "evidence")
    if len(claim) > LONGEST_CLAIM:
        return nearest
    languages = [_language(passage, language) for passage in passages]
    read = [statements(passage, spoken) for passage, spoken in zip(passages, languages, strict=True)]
    verbatim = _verbatim(claim, read)
    if verbatim:
        return Support("supported", 1.0, verbatim)
    claimed = statements(claim, _language(claim, language or next(iter(languages), None)), names_in(read))
    for pairing in _candidates(versions(claimed), read, similarity):
        guard = failed_guard(pairing)
        if guard is None:
            return Support("supported", 0.5 + pairing.coverage / 2, quote(pairing.window))
        if not nearest.quote:
            nearest = Support("unsupported", pairing.coverage * 0.49, quote(pairing.window), guard)
    return nearest


LONGEST_CLAIM = 2_000  # characters


def _language(text: str, language: str | None) -> str:
    return function_word_language(text) or (language if language in {"fr", "en"} else "fr")


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
    claimed: Versions, read: Iterable[tuple[Statement, ...]], similarity: Similarity | None
) -> list[Pairing]:
    """The windows that say enough of the claim, those that say most first, one sentence before two."""
    pairings = [paired(claimed[window[0].language], window, similarity) for window in promising(claimed, read)]
    enough = [pairing for pairing in pairings if says_enough(pairing, similarity)]
    return sorted(enough, key=lambda pairing: (-pairing.coverage, len(pairing.window)))
