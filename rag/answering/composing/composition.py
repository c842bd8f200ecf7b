"""Makes an answer of scored sentences: sources that agree share a line, those that differ stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rag.answering.asking.attributed import source_asked
from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, NAMED, wants_newest, wants_oldest
from rag.answering.choosing.contrasts import reserves
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.sentences import Candidate, Scores
from rag.answering.composing.accounts import Account
from rag.answering.composing.errata import mended
from rag.answering.composing.listing import listed
from rag.answering.composing.material import Material
from rag.answering.composing.matter import stems_of
from rag.answering.composing.replies import disputes, exchange
from rag.answering.composing.shown import Composition, bare_of, joined, next_number, overlaps
from rag.answering.composing.stance import denies
from rag.answering.composing.succession import succession
from rag.answering.timeline import Line, newest, oldest, timeline
from rag.language.facts import things_of
from rag.language.folding import fold
from rag.schema import Article, Differing

__all__ = ["Composition", "compose"]

SIDES = 4  # lines shown of those that differ
REPLIES = 2  # sentences that only replies have brought in, from which no more are looked for
SURE = 0.6  # confidence from which an answer is not all said to be less sure; below it, almost half of them are wrong
NEARLY = 0.5  # share of the best sentence's score from which a later one may stand before it
RIVAL = 0.8  # share of the first sentence's score from which another value of a further one puts it in doubt


def compose(
    asked: Asked,
    sentences: Sequence[Candidate],
    scores: Scores,
    articles: Mapping[str, Article],
    limit: int,
    *,
    others: Sequence[Candidate] = (),
    confidence: float = 1.0,
) -> Iterator[Composition]:
    """Yield ever fuller compositions of the best sentences.

    Args:
        scores: how well each sentence answers, 0 to 1, (sentences,).
        limit: sentences shown when the sources do not differ and no list is asked for, replies to them not counted.
        others: further sentences of the evidence, which may tell another side.
        confidence: how likely (0..1) one of the best sentences answers.
    """
    material = Material.of(asked, *mended(sentences, scores, others), articles, others, confidence=confidence)
    if asked.several and (asked.wanted in NAMED or asked.wanted is None):
        yield from listed(material)
        return
    accounts = _of_source(asked, list(material.accounts()))
    found = timeline(asked, accounts)
    if asked.changing and len(lines := succession(asked, accounts)) > 1:
        yield from _sides(material, lines, found.differing or "change")
        return
    only = oldest(found) if wants_oldest(asked.text) else newest(found) if wants_newest(asked.text) else None
    if len(found.lines) > 1 and not only:
        yield from _sides(material, found.lines[-SIDES:], found.differing)
    else:
        agreed = only or (found.lines[0] if found.lines else None)
        for shown in _proofs(material, agreed, limit):
            yield shown if confidence >= SURE or shown.short or shown.differing else _less_sure(shown)


def _less_sure(shown: Composition) -> Composition:
    return replace(shown, claims=tuple(replace(claim, aside=True) for claim in shown.claims))


def _of_source(asked: Asked, accounts: Sequence[Account]) -> Sequence[Account]:
    """The accounts that name the source whose word is asked for, where one is; all of them where none does."""
    source = source_asked(asked.text, asked.language)
    return [one for one in accounts if source <= stems_of(one.text, one.language)] or accounts


def _proofs(material: Material, agreed: Line | None, limit: int) -> Iterator[Composition]:
    """The line on which the sources agree, or the best sentence, then further ones, up to `limit`, each with its reply.

    A number that a reply disputes is no bare answer: the sources contradict each other.
    """
    shown = Composition()
    likeliest = material.best(limit)
    best = _in_order(material, likeliest)
    if agreed and (len(agreed.accounts) > 1 or (best == likeliest and _is_nearly_best(material, agreed))):
        bare = material.bare_answer(material.place_of(agreed))
        claim = material.claim_of(agreed, 1, marked=bare is not None, bare=bare)
        shown = Composition((claim,), bare_of(claim, material.articles))
        yield shown
    asides = [position for position in best[1:] if material.is_aside(position)]
    order, replies = _with_replies(material, [*(one for one in best if one not in asides), *asides])
    disputed = _disputed(material, best[:1])
    if disputed:
        shown = replace(shown, short=None)
    limit += len(replies - set(best))
    for position in order:
        if len(shown.claims) == limit:
            return
        if shown.claims and position not in replies and _of_others(material, position, best[0]):
            continue
        bare = material.sure(position) if shown.claims else material.bare_answer(position)
        claim, before = material.claim(position, next_number(shown), bare, reply=position in replies), shown
        if overlaps(claim, shown):
            shown = joined(shown, claim, material.articles) if position in replies else shown
        else:
            aside = bool(shown.claims) and (shown.claims[-1].aside or (position in asides and position not in replies))
            claim = replace(claim, aside=aside)
            short = shown.short if shown.claims else bare_of(claim, material.articles)
            if disputed or (shown.claims and bare and _differs(material, bare, position, best[0])):
                short = None
            shown = replace(shown, claims=(*shown.claims, claim), short=short)
        if position in disputed and shown is not before:
            shown = replace(shown, differing="contradiction")
        yield shown


def _is_nearly_best(material: Material, line: Line) -> bool:
    """Whether a line is hardly less likely than the best sentence, which may be one that no line is made of."""
    return line.accounts[0].score >= NEARLY * float(material.scores.max())


def _in_order(material: Material, best: list[int]) -> list[int]:
    """The best sentences as they are shown: of several values the latest first, if it is asked for; else brief ones."""
    if material.asked.wanted == "reason":
        return _denials_first(material, _brief_first(material, best))
    if material.asked.wanted not in (*AMOUNTS, "date"):
        return _brief_first(material, best)
    return _latest_first(material, best) if wants_newest(material.asked.text) else best


def _denials_first(material: Material, best: list[int]) -> list[int]:
    """The best sentences, first those, hardly less likely, that say that what is asked the reason of is not so."""
    least = NEARLY * material.scores[best[0]]
    denials = [
        position
        for position in best
        if material.scores[position] >= least
        and denies(material.asked, material.sentences[position].text, material.language(position))
    ]
    return [*denials, *(position for position in best if position not in denials)]


def _latest_first(material: Material, best: list[int]) -> list[int]:
    """The best sentences, of which those that tell a value begin with the latest of them."""
    least = NEARLY * material.scores[best[0]]
    dated = {
        position: published
        for position in best
        if (published := material.article(position).published)
        and material.scores[position] >= least
        and material.bares(position)
    }
    if best[0] not in dated:
        return best
    latest = sorted(dated, key=lambda position: dated[position], reverse=True)
    return [*latest, *(position for position in best if position not in dated)]


def _brief_first(material: Material, best: list[int]) -> list[int]:
    """The best sentences; a brief one goes before one that is hardly better, for it costs the reader less to try."""
    rivals = [position for position in best if material.scores[position] >= RIVAL * material.scores[best[0]]]
    others = [position for position in best if position not in rivals]
    return [*sorted(rivals, key=lambda position: -material.scores[position] * material.brevity(position)), *others]


def _differs(material: Material, bare: Bare, position: int, first: int) -> bool:
    """Whether a further sentence tells another amount or date, nearly as surely as the first: none is bare then."""
    if material.asked.wanted not in (*AMOUNTS, "date") or material.scores[position] < RIVAL * material.scores[first]:
        return False
    here, there = (material.article(at).published for at in (position, first))
    if here and there and here < there and wants_newest(material.asked.text):
        return False
    leading = material.sure(first)
    return leading is not None and bare.value != leading.value and bare.fit >= leading.fit


def _of_others(material: Material, position: int, first: int) -> bool:
    """Whether a further sentence tells of another country or body than the one asked about, which the first has."""
    asked = material.asked
    here, there = (things_of(material.sentences[at].text, material.language(at)) for at in (position, first))
    return bool(here - asked.things) and asked.place_coverage(here) < asked.place_coverage(there)


def _disputed(material: Material, best: Sequence[int]) -> frozenset[int]:
    """Those of the replies to the best sentences that dispute its number."""
    return frozenset(by for at in best for by in exchange(material, at) if disputes(material, at, by))


def _with_replies(material: Material, best: Sequence[int]) -> tuple[list[int], frozenset[int]]:
    """The best sentences, each with its exchange right after it, and which of all are part of one."""
    order: list[int] = []
    replies = frozenset[int]()
    for position in best:
        told = exchange(material, position) if len(replies - set(best)) < REPLIES else []
        order += [position, *told]
        replies |= frozenset(told)
    return list(dict.fromkeys(order)), replies


def _sides(material: Material, lines: Sequence[Line], differing: Differing | None) -> Iterator[Composition]:
    """One claim for each line, right before the replies to it; there is no bare answer, as a date may be wrong."""
    shown, told = Composition(differing=differing), {material.place_of(line) for line in lines}
    most = len(lines) + REPLIES
    for line in lines:
        shown = replace(shown, claims=(*shown.claims, material.claim_of(line, next_number(shown))))
        yield shown
        at = material.place_of(line)
        for by in exchange(material, at):
            claim = material.claim(by, next_number(shown), material.sure(by), reply=True)
            speaks = disputes(material, at, by) or reserves(fold(material.sentences[by].text))
            new = by not in told and speaks and not overlaps(claim, shown)
            if new and len(shown.claims) < most:
                shown = replace(shown, claims=(*shown.claims, claim))
                yield shown
