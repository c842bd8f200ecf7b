"""Makes an answer of scored sentences: sources that agree share a line, those that differ stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import NAMED
from rag.answering.choosing.bare import Bare, bare_answers, enumeration
from rag.answering.choosing.sentences import Candidate, Scores
from rag.answering.composing.quoting import cited, quoted
from rag.answering.composing.speakers import speaker
from rag.answering.timeline import Account, Line, newest, timeline, wants_newest
from rag.schema import Article, Claim, Differing

SURE = 0.8  # fit of a bare answer from which it is shown
LIKELY = 0.5  # fit of a bare answer from which two accounts are compared by it
ALIKE = 0.7  # Jaccard similarity of stems from which two sentences say the same
SECOND_BEST = 0.35  # share of the best sentence's probability that a further sentence needs
COMPARED = 14  # best sentences among which agreement and disagreement are looked for
SIDES = 4  # lines shown of those that differ
SOURCES = 3  # articles cited for what they agree on
IN_LIST = 5  # sentences that a list may be gathered from
AROUND = 300  # characters before a sentence that say what it is about


@dataclass(frozen=True, slots=True)
class Composition:
    """The shown part of an answer."""

    claims: tuple[Claim, ...] = ()
    short: str | None = None
    differing: Differing | None = None


def compose(
    asked: Asked, sentences: Sequence[Candidate], scores: Scores, articles: Mapping[str, Article], limit: int
) -> Iterator[Composition]:
    """Yield ever fuller compositions of the best sentences.

    Args:
        scores: the probability of each sentence, (sentences,).
        limit: sentences shown when the sources do not differ and no list is asked for.
    """
    material = _Material(asked, tuple(sentences), scores, articles)
    if asked.several and asked.wanted in NAMED:
        yield from _list(material)
        return
    found = timeline(asked, material.accounts())
    latest = newest(found) if wants_newest(asked.text) else None
    if found.differing and not latest:
        yield from _sides(material, found.lines[-SIDES:], found.differing)
    else:
        agreed = latest or (found.lines[0] if found.lines else None)
        yield from _proofs(material, agreed, limit)


@dataclass(frozen=True)
class _Material:
    """What an answer is made of."""

    asked: Asked
    sentences: tuple[Candidate, ...]
    scores: Scores
    articles: Mapping[str, Article]
    _bares: dict[int, list[Bare]] = field(default_factory=dict)

    def best(self, limit: int) -> list[int]:
        """The places of the best sentences, best first, none saying the same as a better one."""
        chosen: list[int] = []
        for position in np.argsort(-self.scores, kind="stable").tolist():
            if len(chosen) == limit or self.scores[position] < SECOND_BEST * self.scores.max():
                break
            if not any(_alike(self.sentences[position], self.sentences[other]) for other in chosen):
                chosen.append(position)
        return chosen

    def article(self, position: int) -> Article:
        return self.articles[self.sentences[position].evidence.passage.article_id]

    def bares(self, position: int) -> list[Bare]:
        if position not in self._bares:
            sentence, language = self.sentences[position], self.article(position).language or "fr"
            self._bares[position] = bare_answers(self.asked, sentence.text, language)
        return self._bares[position]

    def sure(self, position: int) -> Bare | None:
        """The bare answer of a sentence; None when nothing there is surely of the kind that is wanted."""
        found = [bare for bare in self.bares(position) if bare.fit >= SURE]
        listed = enumeration(found, self.sentences[position].text) if self.asked.several else None
        return listed or next(iter(found), None)

    def accounts(self) -> list[Account]:
        order = np.argsort(-self.scores, kind="stable")[:COMPARED].tolist()
        return [self._account(position) for position in order if self.scores[position] > 0]

    def claim(self, position: int, number: int, bare: Bare | None) -> Claim:
        place = (bare.start, bare.end) if bare else None
        return quoted(self.sentences[position], self.article(position), number, place)

    def surely(self, line: Line) -> bool:
        """Whether the value of a line is surely of the kind that is wanted."""
        best = line.accounts[0]
        position = self.sentences.index(self._sentence(best))
        return any(
            best.value == self.sentences[position].text[b.start : b.end] for b in self.bares(position) if b.fit >= SURE
        )

    def claim_of(self, line: Line, number: int, *, marked: bool = True) -> Claim:
        """A line of a timeline as a claim, cited from several articles where they agree; its value may be marked."""
        by_article: dict[str, Account] = {}
        for account in line.accounts:
            by_article.setdefault(account.article_id, account)
        first, *others = list(by_article.values())[:SOURCES]
        claim = quoted(
            self._sentence(first), self.articles[first.article_id], number, _value_in(first) if marked else None
        )
        further = [
            cited(
                self._sentence(account),
                self.articles[account.article_id],
                number + place,
                _value_in(account) if marked else None,
            )
            for place, account in enumerate(others, start=1)
        ]
        return replace(claim, citations=(*claim.citations, *further), speaker=first.speaker)

    def _account(self, position: int) -> Account:
        sentence, article = self.sentences[position], self.article(position)
        bare = next((bare for bare in self.bares(position) if bare.fit >= LIKELY), None)
        language = article.language or "fr"
        before = article.text[max(0, sentence.start - AROUND) : sentence.start]
        return Account(
            text=sentence.text,
            article_id=article.id,
            start=sentence.start,
            end=sentence.end,
            published=article.published,
            value=sentence.text[bare.start : bare.end] if bare else None,
            score=float(self.scores[position]),
            language=language,
            context=f"{article.title}\n{article.text[:AROUND]}\n{before}",
            speaker=speaker(article.text, sentence.start, sentence.end, language),
            outlet=article.outlet,
        )

    def _sentence(self, account: Account) -> Candidate:
        return next(
            sentence
            for sentence in self.sentences
            if sentence.start == account.start and sentence.evidence.passage.article_id == account.article_id
        )


def _proofs(material: _Material, agreed: Line | None, limit: int) -> Iterator[Composition]:
    """The line on which the sources agree, or the best sentence, and up to `limit` sentences in all."""
    shown = Composition()
    if agreed:
        claim = material.claim_of(agreed, 1, marked=material.surely(agreed))
        shown = Composition((claim,), _short(claim, material.articles))
        yield shown
    for position in material.best(limit):
        if len(shown.claims) == limit:
            return
        bare = material.sure(position)
        claim = material.claim(position, _next_number(shown), bare)
        if not _overlaps(claim, shown):
            short = shown.short if shown.claims else _short(claim, material.articles)
            shown = replace(shown, claims=(*shown.claims, claim), short=short)
            yield shown


def _sides(material: _Material, lines: Sequence[Line], differing: Differing) -> Iterator[Composition]:
    """One claim for each line; none of their values is the bare answer, since a date may be wrong."""
    shown = Composition(differing=differing)
    for line in lines:
        shown = replace(shown, claims=(*shown.claims, material.claim_of(line, _next_number(shown))))
        yield shown


def _list(material: _Material) -> Iterator[Composition]:
    """Items from all the best sentences, each value once."""
    shown, told = Composition(), set[str]()
    for position in material.best(IN_LIST):
        bare = material.sure(position)
        values = {one.value for one in material.bares(position) if one.fit >= SURE}
        if shown.claims and (not bare or values <= told):
            continue
        claim = material.claim(position, _next_number(shown), bare if values - told else None)
        if not _overlaps(claim, shown):
            items = [short for short in (shown.short, _short(claim, material.articles)) if short]
            shown = Composition((*shown.claims, claim), ", ".join(items) or None)
            told |= values
            yield shown


def _short(claim: Claim, articles: Mapping[str, Article]) -> str | None:
    citation = claim.citations[0]
    return articles[citation.article_id].text[slice(*citation.bare)] if citation.bare else None


def _value_in(account: Account) -> tuple[int, int] | None:
    return (
        (account.value_at, account.value_at + len(account.value)) if account.value and account.value_at >= 0 else None
    )


def _next_number(shown: Composition) -> int:
    return 1 + sum(len(claim.citations) for claim in shown.claims)


def _alike(one: Candidate, other: Candidate) -> bool:
    union = one.stems | other.stems
    same_place = one.evidence.passage.article_id == other.evidence.passage.article_id and one.start == other.start
    return same_place or len(one.stems & other.stems) >= ALIKE * max(len(union), 1)


def _overlaps(claim: Claim, shown: Composition) -> bool:
    mine = claim.citations[0]
    return any(
        mine.article_id == theirs.article_id and mine.start < theirs.end and theirs.start < mine.end
        for other in shown.claims
        for theirs in other.citations
    )
