"""Answers in the articles' own words: the sentences that bear on the question, or a plain no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rag.answering.asking.bridging import bridge
from rag.answering.asking.question import Asked
from rag.answering.choosing.judgement import judge
from rag.answering.choosing.objections import REASONS, objection
from rag.answering.choosing.sentences import MOST, MOST_TO_READ, Candidate, candidates, shortlist
from rag.answering.composing.composition import compose
from rag.index.embedding import Encoder
from rag.reader import Reader
from rag.schema import Answer, Article, Evidence
from rag.settings import Settings

CERTAIN = 0.6  # confidence from which an answer that was read stands, though no article has a noun of the question


def answer_from_quotes(
    asked: Asked,
    evidence: Sequence[Evidence],
    articles: Mapping[str, Article],
    encoder: Encoder,
    settings: Settings,
    *,
    reading: Sequence[Evidence] = (),
    reader: Reader | None = None,
) -> Iterator[Answer]:
    """Answer with the best one to `settings.sentences` sentences of the evidence, verbatim.

    Args:
        reading: the passages whose sentences may be quoted, when they are more than the evidence.
        reader: reads the likeliest passages once more, if there is one.

    Yields:
        Ever fuller Answers; only the last one is complete.
    """
    answer = Answer(asked.text, asked.language, evidence=tuple(evidence), complete=False)
    yield answer
    read = reading or evidence
    every = candidates(read, articles)
    if not every or not asked.terms:
        yield _declined(answer, REASONS["nothing"][asked.language])
        return
    unknown = tuple(term for term in asked.terms if not term.known and term not in asked.names)
    asked = bridge(asked, read, articles, encoder)
    sentences = shortlist(asked, every, articles, encoder, most=MOST_TO_READ if reader else MOST)
    judged = judge(asked, sentences, articles, encoder, reader)
    sentences, scores = list(judged.sentences), judged.scores
    answer = replace(answer, confidence=round(judged.confidence, 4))
    unknown = () if reader and judged.confidence >= CERTAIN else unknown  # it has read what the word stands for
    best = sentences[int(scores.argmax())]
    reason = objection(asked, unknown, sentences, articles, encoder, best=best, confidence=judged.confidence)
    if not reason and judged.confidence < settings.answer_floor:
        reason = REASONS["weak"][asked.language]
    if reason:
        yield _declined(answer, reason)
        return
    limit, confidence = settings.sentences, judged.confidence
    for shown in compose(asked, sentences, scores, articles, limit, others=every, confidence=confidence):
        answer = replace(answer, claims=shown.claims, short=shown.short, differing=shown.differing)
        yield answer
    cited = {sentence.evidence.passage.id for sentence in every if _is_cited(sentence, answer)}
    further = [found for found in read if found.passage.id in cited and found not in answer.evidence]
    yield replace(answer, evidence=(*answer.evidence, *further), complete=True)


def _is_cited(sentence: Candidate, answer: Answer) -> bool:
    return any(
        citation.article_id == sentence.evidence.passage.article_id
        and citation.start <= sentence.start < sentence.end <= citation.end
        for citation in answer.citations
    )


def _declined(answer: Answer, reason: str) -> Answer:
    return replace(answer, abstained=True, reason=reason, complete=True)
