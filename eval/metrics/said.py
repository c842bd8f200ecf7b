"""Takes an answer as its reader does: the bare answer first, then each sentence, up to so many words."""

from __future__ import annotations

from dataclasses import dataclass

from rag.schema import Answer, Claim, PartialDate

WORDS = 60  # what a reader takes in at a glance
WORDS_LONG = 120  # for lists, for sources that differ and for what takes several sentences


@dataclass(frozen=True, slots=True)
class Said:
    """A part of an answer that is within the limit: the bare answer, or what is left of one sentence."""

    text: str
    claim: Claim | None  # None for the bare answer

    @property
    def published(self) -> PartialDate | None:
        """The date against which "hier" is to be read."""
        dates = [citation.published for citation in self.claim.citations] if self.claim else []
        return next((date for date in dates if date), None)


def shown(answer: Answer) -> tuple[Claim, ...]:
    """The sentences that the reader sees: none that nothing bears out."""
    return () if answer.abstained else tuple(claim for claim in answer.claims if claim.verdict != "unsupported")


def within(answer: Answer, limit: int) -> tuple[Said, ...]:
    """What is said in the first `limit` words; outlets, dates and marks in brackets are not counted."""
    if answer.abstained:
        return ()
    said, left = [], limit
    parts = [(answer.short, None)] if answer.short else []
    for text, claim in [*parts, *((claim.text, claim) for claim in shown(answer))]:
        words = text.split()
        if left > 0 and words:
            kept = text if len(words) <= left else " ".join(words[:left])
            said.append(Said(kept, claim))
        left -= len(words)
    return tuple(said)


def joined(said: tuple[Said, ...]) -> str:
    """The parts as one text, one a line."""
    return "\n".join(part.text for part in said)
