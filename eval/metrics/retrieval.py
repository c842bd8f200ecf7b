"""Says how well the passages found hold the gold words, however the articles were cut into passages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

COVERED = 0.5  # share of a gold span from which a passage holds it


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one article."""

    article_id: str
    start: int
    end: int
    relevance: int = 2


def holds(passage: Span, gold: Span) -> bool:
    """Whether a passage holds at least half of a gold span."""
    shared = min(passage.end, gold.end) - max(passage.start, gold.start)
    return passage.article_id == gold.article_id and shared >= COVERED * (gold.end - gold.start)


def first_ranks(found: Sequence[Span], gold: Sequence[Span]) -> tuple[int | None, ...]:
    """For each gold span the rank, from 1, of the first passage that holds it; overlapping passages earn nothing."""
    return tuple(
        next((rank for rank, passage in enumerate(found, start=1) if holds(passage, span)), None) for span in gold
    )


def span_recall(ranks: Sequence[int | None], k: int) -> float:
    """The share of gold spans held by the first k passages."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def all_support(ranks: Sequence[int | None], k: int) -> float:
    """1 when the first k passages hold every gold span, else 0."""
    return float(span_recall(ranks, k) == 1)


def hit(ranks: Sequence[int | None], k: int) -> float:
    """1 when the first k passages hold any gold span, else 0."""
    return float(span_recall(ranks, k) > 0)


def reciprocal_rank(ranks: Sequence[int | None], k: int) -> float:
    """1 / rank of the first passage that holds a gold span; 0 when none of the first k does."""
    best = min((rank for rank in ranks if rank is not None), default=k + 1)
    return 1 / best if best <= k else 0.0


def ndcg(ranks: Sequence[int | None], gold: Sequence[Span], k: int) -> float:
    """Normalised discounted cumulative gain with linear gain (trec_eval's ndcg_cut; Järvelin and Kekäläinen 2002).

    A passage gains the relevance of the gold spans that it is the first to hold. The ideal has one span a passage, so
    one passage that holds two spans can exceed it; the figure is capped at 1.
    """
    gains = [(rank, span.relevance) for rank, span in zip(ranks, gold, strict=True) if rank is not None and rank <= k]
    ideal = sorted((span.relevance for span in gold), reverse=True)[:k]
    best = sum(relevance / math.log2(place + 1) for place, relevance in enumerate(ideal, start=1))
    return min(1.0, sum(relevance / math.log2(rank + 1) for rank, relevance in gains) / best)


def article_hit(found: Sequence[Span], gold: Sequence[Span], k: int) -> float:
    """1 when one of the first k passages is of a gold article, else 0."""
    wanted = {span.article_id for span in gold}
    return float(any(passage.article_id in wanted for passage in found[:k]))


def redundancy(found: Sequence[Span], k: int) -> float | None:
    """The share of the first k passages whose article was there before; None when nothing was found."""
    top = [passage.article_id for passage in found[:k]]
    return 1 - len(set(top)) / len(top) if top else None
