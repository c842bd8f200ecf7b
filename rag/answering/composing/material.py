"""Holds what an answer is made of: the sentences with their scores, and what each offers as an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, NAMED
from rag.answering.choosing.bareness import borne_out
from rag.answering.choosing.contrasts import reserves
from rag.answering.choosing.judgement import model
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.rightness import OTHERS, SURE, Offer, bare_signs, of_the_kind
from rag.answering.choosing.sentences import LEAD, Candidate, Scores
from rag.answering.composing.neighbours import alike, may_tell, near
from rag.answering.composing.quoting import cited, quoted
from rag.answering.composing.replacing import sets_apart
from rag.answering.composing.speakers import speaker
from rag.answering.timeline import LEAST, Account, Line
from rag.language.folding import fold
from rag.schema import Article, Claim

RIGHT = 0.62  # probability that words are right from which they are shown as the bare answer
LIKELY = 0.5  # fit of a bare answer from which two accounts are compared by it
BREVITY = 0.4  # share of what it is worth that a long sentence loses when the best ones are put in order
LONG = 60  # words of a long sentence
SECOND_BEST = 0.6  # share of the best score from which a further sentence is shown in any case
WORTH = 0.8  # that another one needs: its share of the best score, and by FURTHER_WEIGHT how likely it answers too
WORTH_OF_VALUES = 0.6  # the same, where an amount, a date or a name is wanted, which the best may lack
WORTH_BESIDE_SURE = 1.3  # the same, beside a sentence that surely has what is wanted
FURTHER_WEIGHT = 6.0  # of how likely a sentence answers too, beside its share of the best score
AS_LIKELY = 1.0  # share of the best score and likelihood to answer too, together, from which it is no aside
OTHER_SIDE = 0.3  # share of the best score that a sentence needs which tells another amount or date
COMPARED = 14  # best sentences that are compared, whatever they tell
UNRANKED = 30  # sentences that were not looked at closely, and are compared with those
FAINT = 1.1 * LEAST  # share of the best score that a sentence has at least which may tell another side
SOURCES = 3  # articles cited for what they agree on
LEADING = 3  # best sentences of which those beside them are kept: they may reply, or be replied to


@dataclass(frozen=True)
class Material:
    """The sentences of the evidence, best ones and others, with their scores.

    The others, from `ranked` on, were not weighed by the model: they are never chosen, but may tell another side.
    """

    asked: Asked
    sentences: tuple[Candidate, ...]
    scores: Scores  # (sentences,)
    articles: Mapping[str, Article]
    ranked: int
    confidence: float = 1.0  # how likely one of the best sentences answers
    _bares: dict[int, list[Bare]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        asked: Asked,
        sentences: Sequence[Candidate],
        scores: Scores,
        articles: Mapping[str, Article],
        others: Sequence[Candidate] = (),
        *,
        confidence: float = 1.0,
    ) -> Material:
        """Put sentences and scores together.

        Of `others` that are not among them, up to UNRANKED that may tell another side get the least score, those beside
        the best sentences, which may reply to them, none, and the rest are left out.
        """
        known = {sentence.spot for sentence in sentences}
        further = [other for other in others if other.spot not in known and may_tell(asked, other, articles)]
        further = sorted(further, key=lambda other: -asked.coverage(other.stems))[:UNRANKED]
        known |= {other.spot for other in further}
        leading = [sentences[place] for place in np.argsort(-scores, kind="stable")[:LEADING]]
        beside = [other for other in others if other.spot not in known and any(near(other, one) for one in leading)]
        least = np.full(len(further), faint(scores), dtype=np.float32)
        return cls(
            asked,
            (*sentences, *further, *beside),
            np.concatenate([scores, least, np.zeros(len(beside))]).astype(np.float32),
            articles,
            len(sentences),
            confidence,
        )

    def best(self, limit: int, least: float = SECOND_BEST) -> list[int]:
        """The places of the best sentences, none saying the same as a better one.

        The first is the one that answers most likely; the others follow by what they are worth beside it, and brief
        ones before long ones that are hardly better.

        Args:
            least: share of the first one's score from which a further one is taken; else it has to be worth it, or to
                tell another amount or date.
        """
        first, *rest = self._order
        enough = self._enough(first)
        worth = {place: self._shares[place] + FURTHER_WEIGHT * self.sentences[place].further for place in rest}
        chosen = [first]
        for place in sorted(rest, key=lambda place: -worth[place] * self.brevity(place)):
            if len(chosen) == limit:
                break
            if worth[place] < enough and self._shares[place] < least and not self._tells_another(place, first):
                continue
            if not any(alike(self.sentences[place], self.sentences[other]) for other in chosen):
                chosen.append(place)
        return chosen

    def is_aside(self, position: int) -> bool:
        """Whether a sentence is shown beside the first only in case that one does not answer.

        Of these one in eight has what is asked, of the other further ones one in four.
        """
        return float(self._shares[position]) + self.sentences[position].further < AS_LIKELY

    def brevity(self, position: int) -> float:
        """What a sentence is worth by its length: 1 for none, 1 - BREVITY for a long one, which costs more to try."""
        words = min(len(self.sentences[position].text.split()), LONG)
        return 1 - BREVITY * words / LONG

    def article(self, position: int) -> Article:
        return self.articles[self.sentences[position].evidence.passage.article_id]

    def language(self, position: int) -> str:
        return self.article(position).read_as

    def bares(self, position: int) -> list[Bare]:
        if position not in self._bares:
            text, language = self.sentences[position].text, self.language(position)
            self._bares[position] = of_the_kind(self.asked, text, language)
        return self._bares[position]

    def sure(self, position: int) -> Bare | None:
        """The bare answer of a sentence; None when nothing there is surely of the kind that is wanted."""
        if self.asked.wanted in AMOUNTS and self._sets_apart(position):
            return None
        found = borne_out(self.bares(position), self.sentences[position], self.asked)
        return next((bare for bare in found if bare.fit >= SURE), None)

    def bare_answer(self, position: int) -> Bare | None:
        """The words of a sentence that are shown as the bare answer; None when none is likely enough to be right."""
        if self.asked.wanted == "yes or no" or (self.asked.wanted in AMOUNTS and self._sets_apart(position)):
            return None
        first = self._offer(position)
        others = [self._offer(place) for place in self._order[: OTHERS + 1] if place != position][:OTHERS]
        if not first.possible:
            return None
        fitted = model("bare, read" if first.read else "bare")
        likely = fitted.probability(bare_signs(first, others, self.confidence))
        best = first.fullest(int(np.argmax(likely)))
        bare = replace(first.possible[best], fit=float(likely.max()))
        return first.whole(bare) if bare.fit >= RIGHT else None

    def _offer(self, position: int) -> Offer:
        return Offer(self.asked, self.sentences[position], self.bares(position), float(self._shares[position]))

    def accounts(self) -> Iterator[Account]:
        """What the best sentences tell, and of the others those that may tell another side."""
        least = faint(self.scores)
        for place, position in enumerate(self._order):
            tells = may_tell(self.asked, self.sentences[position], self.articles)
            if tells or place < COMPARED:
                score = max(least if tells else 0.0, float(self.scores[position]))
                yield replace(self.account(position), score=score)
        for position in range(self.ranked, len(self.sentences)):
            if self.scores[position] > 0:
                yield self.account(position)

    def account(self, position: int) -> Account:
        sentence, article = self.sentences[position], self.article(position)
        bare = next((bare for bare in self.bares(position) if bare.fit >= LIKELY), None)
        language = self.language(position)
        before = article.text[max(0, sentence.start - LEAD) : sentence.start]
        return Account(
            text=sentence.text,
            article_id=article.id,
            start=sentence.start,
            end=sentence.end,
            published=article.published,
            value=sentence.text[bare.start : bare.end] if bare else None,
            score=float(self.scores[position]),
            language=language,
            context=f"{article.title}\n{article.text[:LEAD]}\n{before}",
            find_speaker=lambda: speaker(article.text, sentence.start, sentence.end, language),
        )

    def claim(self, position: int, number: int, bare: Bare | None, *, reply: bool = False) -> Claim:
        """A sentence as a claim; a reply that only says that what is shown before it is not confirmed, alone."""
        place, sentence = (bare.start, bare.end) if bare else None, self.sentences[position]
        alone = (reply and reserves(fold(sentence.text))) or self._is_too_far_down(position)
        return quoted(sentence, self.article(position), number, place, alone=alone)

    def _is_too_far_down(self, position: int) -> bool:
        """Whether the sentence before would push the amount that is wanted too far down, which can do without it."""
        if self.asked.wanted not in AMOUNTS or not self.sure(position):
            return False
        return len(cited(self.sentences[position], self.article(position), 1).quote.split()) > LONG

    def place_of(self, line: Line) -> int:
        """The place of the best sentence of a line."""
        best = line.accounts[0]
        return self._places[best.article_id, best.start]

    def claim_of(self, line: Line, number: int, *, marked: bool = True, bare: Bare | None = None) -> Claim:
        """A line of a timeline as a claim, cited from several articles where they agree.

        Args:
            marked: whether the values are marked in the quotes.
            bare: the bare answer, to be marked in the first of them.
        """
        by_article: dict[str, Account] = {}
        for account in line.accounts:
            by_article.setdefault(account.article_id, account)
        first, *others = list(by_article.values())[:SOURCES]
        place = (bare.start, bare.end) if bare else value_in(first) if marked else None
        alone = self._is_too_far_down(self._places[first.article_id, first.start])
        claim = quoted(self._sentence(first), self.articles[first.article_id], number, place, alone=alone)
        further = [
            cited(
                self._sentence(account),
                self.articles[account.article_id],
                number + place,
                value_in(account) if marked else None,
            )
            for place, account in enumerate(others, start=1)
        ]
        return replace(claim, citations=(*claim.citations, *further), speaker=first.said_by)

    def _enough(self, first: int) -> float:
        """What another sentence must be worth to be shown beside the first: most where that one says it all."""
        if self.sure(first):
            return WORTH_BESIDE_SURE
        return WORTH_OF_VALUES if self.asked.wanted in (*AMOUNTS, "date", *NAMED) else WORTH

    @cached_property
    def _shares(self) -> Scores:
        """The scores as shares (0..1) of the best one, (sentences,)."""
        shares: Scores = self.scores / max(float(self.scores.max()), 1e-6)
        return shares

    def _tells_another(self, position: int, first: int) -> bool:
        """Whether a sentence, not much worse, surely tells another amount or date than the first."""
        if self.asked.wanted not in (*AMOUNTS, "date") or self._shares[position] < OTHER_SIDE:
            return False
        here, there = self.sure(position), self.sure(first)
        return here is not None and there is not None and here.value != there.value

    def _sets_apart(self, position: int) -> bool:
        return sets_apart(self.sentences[position].text, self.language(position))

    @cached_property
    def _order(self) -> list[int]:
        """The places of the sentences that the model weighed, best first."""
        order: list[int] = np.argsort(-self.scores[: self.ranked], kind="stable").tolist()
        return order

    @cached_property
    def _places(self) -> dict[tuple[str, int], int]:
        return {sentence.spot: place for place, sentence in enumerate(self.sentences)}

    def _sentence(self, account: Account) -> Candidate:
        return self.sentences[self._places[account.article_id, account.start]]


def value_in(account: Account) -> tuple[int, int] | None:
    """Where the value of an account stands in its sentence."""
    if not account.value or account.value_at < 0:
        return None
    return account.value_at, account.value_at + len(account.value)


def faint(scores: Scores) -> float:
    """The least score of a sentence that may tell another side."""
    return float(FAINT * scores.max(initial=0.0))
