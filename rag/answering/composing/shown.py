"""Holds the part of an answer that is shown, as it grows claim by claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rag.schema import Article, Claim, Differing


@dataclass(frozen=True, slots=True)
class Composition:
    """The shown part of an answer."""

    claims: tuple[Claim, ...] = ()
    short: str | None = None
    differing: Differing | None = None

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in (self.short or "", *(claim.text for claim in self.claims)))


def bare_of(claim: Claim, articles: Mapping[str, Article]) -> str | None:
    """The bare answer that is marked in a claim's first quote, verbatim."""
    citation = claim.citations[0]
    return articles[citation.article_id].text[slice(*citation.bare)] if citation.bare else None


def next_number(shown: Composition) -> int:
    """The mark of the next citation."""
    return 1 + sum(len(claim.citations) for claim in shown.claims)


def overlaps(claim: Claim, shown: Composition) -> bool:
    """Whether a claim quotes words that are shown already, from where they stand or from where they stand once more.

    Another article may print a sentence by itself that is shown with the one after it.
    """
    mine, said = claim.citations[0], claim.text.strip(_EDGES)
    return any(said in other.text for other in shown.claims) or any(
        mine.article_id == theirs.article_id and mine.start < theirs.end and theirs.start < mine.end
        for other in shown.claims
        for theirs in other.citations
    )


_EDGES = ' .,«»“”"\u00a0\u202f'


def joined(shown: Composition, claim: Claim, articles: Mapping[str, Article]) -> Composition:
    """The composition with a claim's quote joined to the shown one that it overlaps; as it was where that is no part.

    A reply leans on what it replies to, and is quoted with it: "La mairie dit que oui. La préfète le nie."
    """
    mine = claim.citations[0]
    for place, other in enumerate(shown.claims):
        theirs = other.citations[0]
        if mine.article_id == theirs.article_id and mine.start < theirs.end < mine.end:
            start = min(mine.start, theirs.start)
            quote = articles[mine.article_id].text[start : mine.end]
            citation = replace(mine, number=theirs.number, bare=theirs.bare, start=start, quote=quote)
            told_by = other.speaker if other.speaker == claim.speaker else None
            whole = replace(claim, text=quote, citations=(citation, *other.citations[1:]), speaker=told_by)
            return replace(shown, claims=(*shown.claims[:place], whole, *shown.claims[place + 1 :]))
    return shown
