"""Intervals and tests of significance, against values from tables and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.statistics import Draws, detectable, figure, holm, mcnemar, mean, percentile, sign_flip, wilson


def test_wilson_gives_the_values_of_the_textbook() -> None:
    # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(0, 0) == (0, 1)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_rate(counted: tuple[int, int]) -> None:
    hits, n = counted
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n + 1e-12
    assert hits / n <= high + 1e-12 <= 1 + 1e-12


def test_a_bootstrap_over_single_questions_is_near_the_normal_interval() -> None:
    values = [1.0] * 120 + [0.0] * 80
    low, high = Draws(tuple(str(place) for place in range(200)), seed=1).interval(mean(values)) or (0, 0)
    half = 1.96 * (0.6 * 0.4 / 200) ** 0.5
    assert (low, high) == pytest.approx((0.6 - half, 0.6 + half), abs=0.011)


def test_questions_of_one_story_widen_the_interval() -> None:
    values = [float(place // 10 % 2) for place in range(200)]  # ten of one story are alike
    alone = Draws(tuple(str(place) for place in range(200)), seed=1).interval(mean(values)) or (0, 0)
    stories = Draws(tuple(str(place // 10) for place in range(200)), seed=1).interval(mean(values)) or (0, 0)
    assert stories[1] - stories[0] > 2.5 * (alone[1] - alone[0])


def test_a_handful_of_stories_never_narrows_the_interval() -> None:
    values = [1.0, 0.0] * 100  # four stories that are all alike by chance
    few = Draws(tuple(str(place // 50) for place in range(200)), seed=1).interval(mean(values)) or (0, 0)
    alone = Draws(tuple(str(place) for place in range(200)), seed=1).interval(mean(values)) or (0, 0)
    assert few == alone


def test_the_same_seed_draws_the_same() -> None:
    clusters = ("a", "b", "b", "c")
    one, same, other = (Draws(clusters, seed, 500).interval(mean([1, 0, 1, 0])) for seed in (3, 3, 4))
    assert one == same
    assert other is not None


def test_a_table_of_means_has_the_intervals_of_its_columns() -> None:
    clusters = tuple(str(place // 3) for place in range(60))
    dice = np.random.default_rng(5)
    table = dice.integers(0, 2, (60, 3)).astype(float)
    table[:20, 1] = np.nan
    table[:, 2] = np.nan
    draws = Draws(clusters, 2, 1000)
    columns = [[None if np.isnan(value) else float(value) for value in table[:, place]] for place in range(3)]
    expected = [draws.interval(mean(column)) for column in columns]
    assert expected[2] is None
    assert draws.intervals(table) == [pytest.approx(one) if one else None for one in expected]


def test_what_could_not_be_scored_is_not_zero() -> None:
    assert figure(mean([1, None, 0, None]), 4) == 0.5
    assert figure(mean([None, None]), 2) is None
    assert Draws(("a", "b"), 0, 100).interval(mean([None, None])) is None


def test_one_story_has_no_interval() -> None:
    assert Draws(("a", "a"), 0, 100).interval(mean([0, 1])) is None


def test_the_sign_flip_test_counts_arrangements() -> None:
    # Five differences of 1: both ends of 2 ** 5 arrangements, p = 2 / 32.
    assert sign_flip([1.0] * 5, list("abcde"), seed=1, rounds=20_000) == pytest.approx(2 / 32, abs=0.006)
    assert sign_flip([1.0] * 5, list("aaaaa"), seed=1) == 1  # one story shows nothing
    assert sign_flip([0.0] * 5, list("abcde"), seed=1) == 1


def test_mcnemar_is_an_exact_sign_test() -> None:
    # 1 against 6: 2 * (C(7,0) + C(7,1)) / 2 ** 7 = 0.125.
    assert mcnemar(1, 6) == mcnemar(6, 1) == 0.125
    assert mcnemar(0, 0) == mcnemar(3, 3) == 1


def test_holm_multiplies_the_smallest_most_and_keeps_the_order() -> None:
    # Sorted 0.01 * 3, 0.02 * 2, 0.04 * 1: 0.03, 0.04, 0.04.
    assert holm([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert holm([0.9, 0.8]) == [1, 1]
    assert holm([]) == []


def test_the_detectable_difference_is_2_8_standard_errors() -> None:
    assert detectable(0.025) == pytest.approx(0.07, abs=1e-3)


def test_a_percentile_is_a_value_that_occurs() -> None:
    assert percentile([3, 1, 2, 4], 0.5) == 2
    assert percentile([3, 1, 2, 4], 0.95) == 4
    assert percentile([7], 0.5) == 7
