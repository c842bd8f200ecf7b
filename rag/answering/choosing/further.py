"""Describes what speaks for showing a sentence beside the best one: as another side, or in case the best is none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.answering.asking.question import Asked
from rag.answering.choosing.contrasts import contrasts
from rag.answering.choosing.describing import FEATURES
from rag.answering.choosing.sentences import Candidate, Scores, log_odds
from rag.language.folding import fold

NEAR = 500.0  # characters after the best sentence at which nearness has fallen to 1/e

SHARED = ("coverage of the sentence", "coverage of the sentence, its neighbours and the opening")
FURTHER_SIGNS = (
    "probability, as logit",
    "probability, as logit, where yes or no is wanted",
    *SHARED,
    "sets itself against what was said",
    "has quotation marks",
    "in the article of the best sentence",
    "nearness after the best sentence",
)


def further_signs(asked: Asked, sentences: Sequence[Candidate], described: Scores, scores: Scores) -> Scores:
    """Describe each sentence by numbers that say whether it is worth showing after the best one.

    Another side of a matter shares fewer words with the question than the first, but stands near it, is quoted, or
    contradicts: the probability that a sentence answers, by itself, puts it too far down.

    Args:
        described: features of all sentences, (sentences, FEATURES).
        scores: probabilities of all sentences, (sentences,).

    Returns:
        An array of shape (sentences, FURTHER_SIGNS).
    """
    logits = log_odds(scores)
    best = sentences[int(np.argmax(scores))]
    own = [
        (
            contrasts(fold(sentence.text)),
            not _QUOTATION.isdisjoint(sentence.text),
            sentence.evidence.passage.article_id == best.evidence.passage.article_id,
            _nearness_after(best, sentence),
        )
        for sentence in sentences
    ]
    shared = described[:, [FEATURES.index(name) for name in SHARED]]
    rows = [logits, logits * (asked.wanted == "yes or no"), shared, np.asarray(own, dtype=np.float32)]
    return np.column_stack(rows).astype(np.float32)


def _nearness_after(best: Candidate, sentence: Candidate) -> float:
    """1 right after the best sentence, less and less further on; 0 before it and in other articles."""
    here = sentence.evidence.passage.article_id == best.evidence.passage.article_id
    if not here or sentence.start <= best.start:
        return 0.0
    return float(np.exp(-max(sentence.start - best.end, 0) / NEAR))


_QUOTATION = frozenset('«"“')
