"""Holds what a model wrote against the articles, line by line: a claim that passes every gate gets its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.answering.asking.question import Asked
from rag.answering.choosing.addressing import addresses_assistant
from rag.answering.choosing.sentences import Candidate
from rag.answering.composing.quoting import cited
from rag.answering.composing.speakers import speaker
from rag.answering.prose.marking import Marked, holds_markup
from rag.answering.verify import support
from rag.answering.verifying.windows import Similarity
from rag.language.folding import fold
from rag.language.words import stems
from rag.schema import Article, Citation, Claim, Evidence

LONGEST_CLAIM = 600  # characters; what is longer is more than one claim
MOST_CITATIONS = 3  # of one claim

# A sentence bears on a question when it says something of it. Of 1 198 French sentences that answer a question of PIAF,
# 96 in 100 do by one of these; of sentences from other articles 2, of sentences that advertise 1.
LEAST_COVERAGE = 0.2  # of the question's terms, weighted by rarity
LEAST_LIKENESS = 0.2  # cosine of question and sentence


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and what may be cited for it."""

    asked: Asked
    marks: Mapping[str, Evidence]
    articles: Mapping[str, Article]
    similarity: Similarity


def prove(line: Marked, case: Case) -> Claim:
    """The claim that a line makes, with a quote from each article that bears it out, or with the gate that it failed.

    In this order: it holds no links or code ("markup"), does not speak to the assistant ("address"), cites only marks
    that were given ("marks"), is said by a sentence of an article cited (see rag.answering.verify), and that sentence
    neither speaks to the assistant ("address") nor is beside the question ("relevance"). A line without marks may be
    proven by any passage. Citations have the number 0; numbering them is for who collects the claims.
    """
    if guard := _fault(line, case):
        return Claim(line.text, (), "unsupported", guard=guard)
    citations: list[Citation] = []
    guards: list[tuple[float, str]] = []
    for sources in _sources(line, case):
        citation, failed = _proof(line.text, sources, case)
        if citation is None:
            guards.append(failed)
        elif not any(_same(citation, other) for other in citations):
            citations.append(citation)
        if len(citations) == MOST_CITATIONS:
            break
    if not citations:
        return Claim(line.text, (), "unsupported", guard=max(guards, default=(0.0, "evidence"))[1])
    return Claim(
        line.text, tuple(citations), "supported", as_of=citations[0].published, speaker=_speaker(citations, case)
    )


def _fault(line: Marked, case: Case) -> str | None:
    """What a line is refused for before anything is looked up."""
    if len(line.text) > LONGEST_CLAIM:
        return "evidence"
    if holds_markup(line.text):
        return "markup"
    if addresses_assistant(line.text) and not addresses_assistant(case.asked.text):
        return "address"
    if any(mark not in case.marks for mark in line.marks):
        return "marks"
    return None


def _sources(line: Marked, case: Case) -> Iterator[Sequence[Evidence]]:
    """For each mark its passage, then the others shown of that article; without marks, one passage after the other."""
    if not line.marks:
        yield from ((found,) for found in case.marks.values())
    for mark in line.marks:
        named = case.marks[mark]
        others = [
            found
            for found in case.marks.values()
            if found is not named and found.passage.article_id == named.passage.article_id
        ]
        yield (named, *others)


def _proof(text: str, sources: Sequence[Evidence], case: Case) -> tuple[Citation | None, tuple[float, str]]:
    """The quote of the first passage that bears a text out, or how near one came and which gate it failed."""
    failed = (0.0, "evidence")
    for found in sources:
        passage, article = found.passage, case.articles[found.passage.article_id]
        held = support(text, [passage.text], article.language, similarity=case.similarity)
        if held.verdict != "supported":
            failed = max(failed, (held.score, held.guard or "evidence"))
            continue
        start = passage.start + passage.text.index(held.quote)
        said = frozenset(stems(held.quote, article.read_as))
        citation = cited(Candidate(found, start, start + len(held.quote), held.quote, said), article, number=0)
        guard = _objection(citation.quote, text, article, case)
        if guard is None:
            return citation, failed
        failed = max(failed, (held.score, guard))
    return None, failed


def _objection(quote: str, text: str, article: Article, case: Case) -> str | None:
    if addresses_assistant(quote) and not addresses_assistant(case.asked.text):
        return "address"
    if {fold(name) for name in _CODED.findall(text)} - {fold(name) for name in _CODED.findall(quote)}:
        return "numbers"
    said = frozenset([*stems(quote, article.read_as), *stems(text, case.asked.language)])
    if case.asked.terms and case.asked.coverage(said) < LEAST_COVERAGE:
        return None if case.similarity(case.asked.text, quote) >= LEAST_LIKENESS else "relevance"
    return None


_CODED = re.compile(r"[^\W\d_]{1,30}-?\d[\w-]{0,30}")  # G7, Covid-19: names with numbers in them


def _speaker(citations: Sequence[Citation], case: Case) -> str | None:
    """Who says it, when each of the quotes has it from the same."""
    articles = [case.articles[citation.article_id] for citation in citations]
    speakers = {
        speaker(article.text, citation.start, citation.end, article.read_as)
        for citation, article in zip(citations, articles, strict=True)
    }
    return speakers.pop() if len(speakers) == 1 else None


def _same(one: Citation, other: Citation) -> bool:
    return (one.article_id, one.start, one.end) == (other.article_id, other.start, other.end)
