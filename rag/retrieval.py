"""Finds the passages that bear on a question: BM25 and embeddings, fused, a few per article, within a time window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.index import Index
from rag.schema import Evidence, PartialDate
from rag.settings import Settings

CANDIDATES = 100  # passages taken from each side before fusing


@dataclass(frozen=True, slots=True)
class Window:
    """The days within which an article must lie whole; an undated article is outside any window."""

    since: PartialDate | None = None
    until: PartialDate | None = None

    @property
    def first(self) -> int | None:
        return int(self.since.first_day.strftime("%Y%m%d")) if self.since else None

    @property
    def last(self) -> int | None:
        return int(self.until.last_day.strftime("%Y%m%d")) if self.until else None


ALWAYS = Window()


def retrieve(question: str, index: Index, settings: Settings, window: Window = ALWAYS) -> tuple[Evidence, ...]:
    """Find the best `settings.passages` passages for a question, best first.

    Scores of both sides are brought to 0..1 by their smallest and largest value and mixed by a convex
    combination (Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid Retrieval, TOIS 2023).

    Returns:
        Evidence in descending order of score; equal scores in order of passage id.
    """
    dense = dict(index.dense(question, CANDIDATES, since=window.first, until=window.last))
    lexical = dict(index.lexical(question, CANDIDATES, since=window.first, until=window.last))
    dense |= index.dense_scores(question, [passage_id for passage_id in lexical if passage_id not in dense])
    scores = fuse(dense, lexical, settings.dense_weight)
    ranked = sorted(scores, key=lambda passage_id: (-scores[passage_id], passage_id))
    return tuple(
        Evidence(
            passage=index.passages[passage_id],
            score=scores[passage_id],
            lexical=lexical.get(passage_id, 0.0),
            dense=dense.get(passage_id, 0.0),
        )
        for passage_id in _at_most_per_article(ranked, index, settings)
    )


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float], dense_weight: float) -> dict[str, float]:
    """Mix two scorings of passages, by passage id, into one of 0..1; who is missing on a side has its minimum."""
    near, worded = _to_unit_range(dense, floor=None), _to_unit_range(lexical, floor=0.0)
    return {
        passage_id: dense_weight * near.get(passage_id, 0.0) + (1 - dense_weight) * worded.get(passage_id, 0.0)
        for passage_id in dict.fromkeys([*near, *worded])
    }


def _to_unit_range(scores: Mapping[str, float], floor: float | None) -> dict[str, float]:
    if not scores:
        return {}
    least = min(scores.values()) if floor is None else floor
    span = max(scores.values()) - least
    return {key: (score - least) / span if span > 0 else 1.0 for key, score in scores.items()}


def _at_most_per_article(ranked: Sequence[str], index: Index, settings: Settings) -> list[str]:
    taken: Counter[str] = Counter()
    chosen: list[str] = []
    for passage_id in ranked:
        article_id = index.passages[passage_id].article_id
        if taken[article_id] < settings.per_article:
            taken[article_id] += 1
            chosen.append(passage_id)
        if len(chosen) == settings.passages:
            break
    return chosen
