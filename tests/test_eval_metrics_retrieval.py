"""Retrieval figures on a run one can score by hand, and against an independent implementation."""

from __future__ import annotations

import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from eval.metrics.retrieval import (
    Span,
    all_support,
    article_hit,
    first_ranks,
    hit,
    holds,
    ndcg,
    reciprocal_rank,
    redundancy,
    span_recall,
)

GOLD = (Span("a", 100, 120), Span("b", 0, 10, relevance=1))
FOUND = (Span("c", 0, 500), Span("a", 90, 200), Span("a", 100, 150), Span("b", 5, 90))
# The span of a is first held at rank 2 (rank 3 holds it again); half of that of b at rank 4.


def test_a_passage_holds_a_span_from_half_of_it_on() -> None:
    gold = Span("a", 100, 120)
    assert holds(Span("a", 0, 110), gold)
    assert not holds(Span("a", 0, 109), gold)
    assert not holds(Span("b", 0, 500), gold)


def test_a_span_counts_once_however_passages_overlap() -> None:
    assert first_ranks(FOUND, GOLD) == (2, 4)
    assert first_ranks(FOUND[:1], GOLD) == (None, None)


def test_figures_by_hand() -> None:
    ranks = first_ranks(FOUND, GOLD)
    assert [span_recall(ranks, k) for k in (1, 2, 4)] == [0, 0.5, 1]
    assert [hit(ranks, k) for k in (1, 2)] == [0, 1]
    assert [all_support(ranks, k) for k in (2, 4)] == [0, 1]
    assert reciprocal_rank(ranks, 10) == 0.5
    assert reciprocal_rank(ranks, 1) == 0
    assert article_hit(FOUND, GOLD, 1) == 0
    assert article_hit(FOUND, GOLD, 2) == 1
    assert redundancy(FOUND, 4) == 0.25
    assert redundancy((), 5) is None
    # 2 at rank 2 and 1 at rank 4, against 2 at rank 1 and 1 at rank 2.
    ideal = 2 / math.log2(2) + 1 / math.log2(3)
    assert ndcg(ranks, GOLD, 10) == pytest.approx((2 / math.log2(3) + 1 / math.log2(5)) / ideal)


def test_one_passage_that_holds_two_spans_is_not_better_than_perfect() -> None:
    assert ndcg((1, 1), GOLD, 10) == 1


# One passage for each gold span, so that a span is a document to the other implementation.
RANKED = st.lists(st.sampled_from(range(12)), unique=True, max_size=12)
RELEVANCE = st.dictionaries(st.sampled_from(range(12)), st.sampled_from([1, 2]), min_size=1)


@given(RANKED, RELEVANCE)
def test_figures_equal_those_of_ir_measures(ranked: list[int], relevance: dict[int, int]) -> None:
    gold = [Span(str(name), 0, 10, weight) for name, weight in relevance.items()]
    ranks = first_ranks([Span(str(name), 0, 10) for name in ranked], gold)
    qrels = [ir_measures.Qrel("q", str(name), weight) for name, weight in relevance.items()]
    run = [ir_measures.ScoredDoc("q", str(name), -place) for place, name in enumerate(ranked)]
    theirs = ir_measures.calc_aggregate([nDCG @ 10, RR @ 10, R @ 5, Success @ 5], qrels, run or [NOTHING])
    ours = {
        nDCG @ 10: ndcg(ranks, gold, 10),
        RR @ 10: reciprocal_rank(ranks, 10),
        R @ 5: span_recall(ranks, 5),
        Success @ 5: hit(ranks, 5),
    }
    assert theirs == pytest.approx(ours, abs=1e-6)


NOTHING = ir_measures.ScoredDoc("q", "nothing", 0.0)
