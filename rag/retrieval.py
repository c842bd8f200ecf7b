"""Finds the passages that bear on a question: BM25 and embeddings, fused, a few per article, within a time window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.index import Index
from rag.language.acronyms import other_forms
from rag.schema import Evidence, PartialDate
from rag.settings import Settings

CANDIDATES = 100  # passages taken from each side before fusing
WIDER = 2  # times as many passages are read as are told of: where a story has many articles, 94 of 100 answers, not 89
LEADING = 4  # articles read whole: on news, 89 of 100 questions have their sentence in the passages found, 98 so
MOST_READ = 10  # further passages of a leading article that are read
MOST_WEIGHED = 400  # passages of a leading article among which they are chosen: all but a book has fewer


@dataclass(frozen=True, slots=True)
class Window:
    """The days within which an article must lie whole; an undated article is outside any window of days."""

    since: PartialDate | None = None
    until: PartialDate | None = None
    articles: frozenset[str] | None = None  # the ids of the only articles to look at; None for all

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
    first, last, articles = window.first, window.last, window.articles
    dense = dict(index.dense(question, CANDIDATES, since=first, until=last, articles=articles))
    lexical = dict(index.lexical(question, CANDIDATES, since=first, until=last, articles=articles))
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


@dataclass(frozen=True, slots=True)
class Found:
    """The passages found for a question, and the names in it that they give in another form: an acronym, or in full."""

    passages: tuple[Evidence, ...]
    other_forms: tuple[tuple[str, str], ...] = ()


def find(question: str, index: Index, settings: Settings, window: Window = ALWAYS) -> Found:
    """Find passages as `retrieve` does; those that have a name of the question in another form are found too."""
    passages = retrieve(question, index, settings, window)
    forms = other_forms(question, [one.passage.text for one in passages])
    if forms:
        passages = retrieve(f"{question} {' '.join(other for _, other in forms)}", index, settings, window)
    return Found(passages, forms)


def widened(settings: Settings) -> Settings:
    """The settings with which passages are found that are to be read: the first of them are the evidence."""
    return replace(settings, passages=WIDER * settings.passages)


def read_on(evidence: Sequence[Evidence], question: str, index: Index) -> tuple[Evidence, ...]:
    """The evidence and, after it, the other passages of the articles that lead it, nearest to the question first.

    A question finds its article more often than the very passage of it that holds the answer.
    """
    leading = list(dict.fromkeys(found.passage.article_id for found in evidence))[:LEADING]
    held = {found.passage.id for found in evidence}
    lowest = min((found.score for found in evidence), default=0.0)
    read: list[Evidence] = list(evidence)
    for article_id in leading:
        others = {
            passage.id: passage for passage in index.passages_of(article_id)[:MOST_WEIGHED] if passage.id not in held
        }
        cosines = index.dense_scores(question, tuple(others))
        near = sorted(others, key=lambda passage_id: (-cosines.get(passage_id, 0.0), passage_id))
        read += [Evidence(others[key], lowest, 0.0, cosines.get(key, 0.0)) for key in near[:MOST_READ]]
    return tuple(read)


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
