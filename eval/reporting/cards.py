"""Gathers all that a report shows of one question: what was asked, wanted, answered, found and missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from eval.reporting.labels import Labels
from eval.reporting.marking import Piece, pieces
from eval.runs import Run
from eval.schema import Accepted, Question, Scored
from rag.schema import Answer, Citation, PartialDate, date_in_words, source

# Each outcome with a sign of its own, since colour alone tells nothing to some readers.
SIGNS: dict[str, tuple[str, str]] = {
    "right": ("✓", "good"),
    "rightly declined": ("⊘", "good"),
    "partial": ("◐", "half"),
    "wrong": ("✗", "bad"),
    "invented": ("‼", "bad"),
    "declined": ("○", "quiet"),
    "error": ("!", "broken"),
}
WORST = 20


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation of an answer: where it is from, and its words around the bare answer."""

    number: int
    source: str
    title: str
    before: str
    bare: str
    after: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with its proof, or with the check that it failed."""

    text: str
    verdict: str
    guard: str | None
    speaker: str | None
    quotes: tuple[Quote, ...]

    @property
    def is_quote(self) -> bool:
        """Whether the sentence is nothing but its quote, which need not be shown twice."""
        return any(quote.before + quote.bare + quote.after == self.text for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was retrieved, with what is gold and what is cited in it."""

    rank: int
    article_id: str
    score: float
    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> str:
        """What it holds: "both", "gold", "cited" or "plain"."""
        gold, cited = any(piece.gold for piece in self.pieces), any(piece.cited for piece in self.pieces)
        return "both" if gold and cited else "gold" if gold else "cited" if cited else "plain"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a right answer must say, as lines to read."""

    answers: tuple[str, ...]
    sides: tuple[tuple[str, str, str, bool], ...]  # who, what, when, whether it is an error
    facts: tuple[tuple[str, bool], ...]  # wordings, whether vital
    quotes: tuple[tuple[str, str], ...]  # article, words


@dataclass(frozen=True, slots=True)
class Card:
    """One question of a run, ready to be laid out."""

    anchor: str  # made of its place, never of its id, which is the author's
    question: Question
    score: Scored
    answer: Answer | None
    error: str | None
    wanted: Wanted
    sentences: tuple[Sentence, ...]
    found: tuple[Found, ...]
    seconds: float | None
    as_of: str

    @property
    def sign(self) -> str:
        return SIGNS.get(self.score.outcome, ("?", "broken"))[0]

    @property
    def standing(self) -> str:
        """ "good", "half", "bad", "quiet" or "broken"."""
        return SIGNS.get(self.score.outcome, ("?", "broken"))[1]

    @property
    def confidence(self) -> float | None:
        return self.score.values.get("confidence")


def cards(run: Run, seconds: Mapping[tuple[str, int], float], labels: Labels) -> tuple[Card, ...]:
    """A card for each scored answer, in the order in which the questions were asked."""
    scores: dict[str, list[Scored]] = {}
    for score in run.scores:
        scores.setdefault(score.id, []).append(score)
    pairs = ((question, score) for question in run.questions for score in scores.get(question.id, ()))
    return tuple(
        _card(f"q{place}", run, question, score, labels, seconds=seconds.get((score.id, score.repeat)))
        for place, (question, score) in enumerate(pairs, start=1)
    )


def worst(every: Iterable[Card]) -> tuple[Card, ...]:
    """The cards to look at first: wrong or invented by confidence, then partial, then wrongly declined."""
    severity = {"error": 0, "invented": 1, "wrong": 1, "partial": 2, "declined": 3}
    missed = [card for card in every if card.score.outcome in severity]
    return tuple(sorted(missed, key=lambda card: (severity[card.score.outcome], -(card.confidence or 0.0)))[:WORST])


def accepted_in_words(accepted: Accepted, language: str) -> str:
    """An accepted answer as a line: its wordings, number, date or items."""
    said = list(accepted.wordings)
    if accepted.number is not None:
        said.insert(0, f"{accepted.number:g}{f' {accepted.unit}' if accepted.unit else ''}")
    if accepted.date is not None:
        said.insert(0, date_in_words(accepted.date, language))
    if accepted.truth is not None:
        said.insert(0, {"fr": ("non", "oui"), "en": ("no", "yes")}[language][accepted.truth])
    if accepted.items:
        said.append(" · ".join(" / ".join(item) for item in accepted.items))
    return " / ".join(said)


def _card(anchor: str, run: Run, question: Question, score: Scored, labels: Labels, *, seconds: float | None) -> Card:
    key = (score.id, score.repeat)
    answer = run.answers.get(key)
    return Card(
        anchor=anchor,
        question=question,
        score=score,
        answer=answer,
        error=run.errors.get(key),
        wanted=_wanted(question, labels.language),
        sentences=tuple(_sentences(answer, labels.language)) if answer else (),
        found=tuple(_found(answer, score)) if answer else (),
        seconds=seconds,
        as_of=_day(question.as_of, labels.language),
    )


def _wanted(question: Question, language: str) -> Wanted:
    return Wanted(
        answers=tuple(accepted_in_words(accepted, language) for accepted in question.answers),
        sides=tuple(
            (side.label, accepted_in_words(side.value, language), _day(side.date, language), side.erroneous)
            for side in question.sides
        ),
        facts=tuple(
            (" + ".join(" / ".join(group) for group in nugget.must), nugget.vital) for nugget in question.nuggets
        ),
        quotes=tuple((gold.article_id, gold.quote) for gold in question.gold),
    )


def _day(date: PartialDate | None, language: str) -> str:
    return date_in_words(date, language) if date else ""


def _sentences(answer: Answer, language: str) -> Iterator[Sentence]:
    for claim in answer.claims:
        quotes = tuple(_quote(citation, language) for citation in claim.citations)
        yield Sentence(claim.text, claim.verdict, claim.guard, claim.speaker, quotes)


def _quote(citation: Citation, language: str) -> Quote:
    start, end = (edge - citation.start for edge in citation.bare or (citation.start, citation.start))
    words = citation.quote
    return Quote(
        number=citation.number,
        source=source(citation, language),
        title=citation.title,
        before=words[:start],
        bare=words[start:end],
        after=words[end:],
    )


def _found(answer: Answer, score: Scored) -> Iterator[Found]:
    cited: dict[str, list[tuple[int, int]]] = {}
    for citation in answer.citations:
        cited.setdefault(citation.article_id, []).append((citation.start, citation.end))
    gold: dict[str, list[tuple[int, int]]] = {}
    for article_id, start, end, _ in score.gold:
        gold.setdefault(article_id, []).append((start, end))
    for rank, evidence in enumerate(answer.evidence, start=1):
        passage = evidence.passage
        marked = pieces(
            passage.text, passage.start, gold.get(passage.article_id, ()), cited.get(passage.article_id, ())
        )
        yield Found(rank, passage.article_id, evidence.score, marked)
