"""Makes an answer of scored sentences: sources that agree share a line, those that differ stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, NAMED, wants_newest
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.sentences import Candidate, Scores
from rag.answering.composing.errata import mended
from rag.answering.composing.listing import listed
from rag.answering.composing.material import Material
from rag.answering.composing.replies import reply
from rag.answering.composing.shown import Composition, bare_of, next_number, overlaps
from rag.answering.timeline import Line, newest, timeline
from rag.language.facts import things_of
from rag.schema import Article, Differing

__all__ = ["Composition", "compose"]

SIDES = 4  # lines shown of those that differ
RIVAL = 0.8  # share of the first sentence's score from which another value of a further one puts it in doubt


def compose(
    asked: Asked,
    sentences: Sequence[Candidate],
    scores: Scores,
    articles: Mapping[str, Article],
    limit: int,
    *,
    others: Sequence[Candidate] = (),
) -> Iterator[Composition]:
    """Yield ever fuller compositions of the best sentences.

    Args:
        scores: how well each sentence answers, 0 to 1, (sentences,).
        limit: sentences shown when the sources do not differ and no list is asked for.
        others: further sentences of the evidence, which may tell another side.
    """
    material = Material.of(asked, *mended(sentences, scores, others), articles, others)
    if asked.several and (asked.wanted in NAMED or asked.wanted is None):
        yield from listed(material)
        return
    found = timeline(asked, list(material.accounts()))
    latest = newest(found) if wants_newest(asked.text) else None
    if found.differing and not latest:
        yield from _sides(material, found.lines[-SIDES:], found.differing)
    else:
        agreed = latest or (found.lines[0] if found.lines else None)
        yield from _proofs(material, agreed, limit)


def _proofs(material: Material, agreed: Line | None, limit: int) -> Iterator[Composition]:
    """The line on which the sources agree, or the best sentence, a reply to it, and up to `limit` sentences in all."""
    shown = Composition()
    if agreed:
        claim = material.claim_of(agreed, 1, marked=material.surely(agreed))
        shown = Composition((claim,), bare_of(claim, material.articles))
        yield shown
    best = material.best(limit)
    if material.asked.wanted == "yes or no":
        best = _with_reply(material, best)
    for position in best:
        if len(shown.claims) == limit:
            return
        if shown.claims and _of_others(material, position, best[0]):
            continue
        bare = material.sure(position)
        claim = material.claim(position, next_number(shown), bare)
        if not overlaps(claim, shown):
            short = shown.short if shown.claims else bare_of(claim, material.articles)
            if bare and _differs(material, bare, position, best[0]):
                short = None
            shown = replace(shown, claims=(*shown.claims, claim), short=short)
            yield shown


def _differs(material: Material, bare: Bare, position: int, first: int) -> bool:
    """Whether a further sentence tells another amount or date, nearly as surely as the first: none is bare then."""
    if material.asked.wanted not in (*AMOUNTS, "date") or material.scores[position] < RIVAL * material.scores[first]:
        return False
    leading = material.sure(first)
    return leading is not None and bare.value != leading.value and bare.fit >= leading.fit


def _of_others(material: Material, position: int, first: int) -> bool:
    """Whether a further sentence tells of another country or body than the one asked about, which the first has."""
    asked = material.asked
    here, there = (things_of(material.sentences[at].text, material.language(at)) for at in (position, first))
    return bool(here - asked.things) and asked.place_coverage(here) < asked.place_coverage(there)


def _with_reply(material: Material, best: Sequence[int]) -> list[int]:
    """The best sentences, and after the first of the leading two that is replied to, its reply."""
    for place, position in enumerate(best[:2], start=1):
        if (other := reply(material, position)) is not None:
            return list(dict.fromkeys([*best[:place], other, *best[place:]]))
    return list(best)


def _sides(material: Material, lines: Sequence[Line], differing: Differing) -> Iterator[Composition]:
    """One claim for each line; none of their values is the bare answer, since a date may be wrong."""
    shown = Composition(differing=differing)
    for line in lines:
        shown = replace(shown, claims=(*shown.claims, material.claim_of(line, next_number(shown))))
        yield shown
