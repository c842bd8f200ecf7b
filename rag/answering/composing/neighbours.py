"""Tells how one sentence of the evidence stands to another: the same, beside it, or alike in words."""

from __future__ import annotations

from collections.abc import Mapping

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS
from rag.answering.choosing.sentences import Candidate
from rag.answering.composing.stance import sought_by
from rag.language.facts import dates_of, quantities_of
from rag.schema import Article

ALIKE = 0.7  # Jaccard similarity of stems from which two sentences say the same
BESIDE = 500  # characters between two sentences of which one may reply to the other


def near(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences of one article are so close that one can reply to the other."""
    here, there = one.evidence.passage.article_id, other.evidence.passage.article_id
    return here == there and max(one.start - other.end, other.start - one.end) < BESIDE


def alike(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences are one, or say the same in much the same words."""
    union = one.stems | other.stems
    return one.spot == other.spot or len(one.stems & other.stems) >= ALIKE * max(len(union), 1)


def may_tell(asked: Asked, sentence: Candidate, articles: Mapping[str, Article]) -> bool:
    """Whether a sentence has something of the kind that is wanted, by a quick look."""
    language = articles[sentence.evidence.passage.article_id].read_as
    if asked.wanted in AMOUNTS:
        return bool(quantities_of(sentence.text, language))
    if asked.wanted == "date":
        return bool(sentence.stems & asked.said and dates_of(sentence.text, language))
    return asked.wanted == "yes or no" and bool(sentence.stems & sought_by(asked))
