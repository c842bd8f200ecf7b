"""Abstention and confidence on a run of eight questions that one can score by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from eval.metrics import abstention
from eval.metrics.abstention import Decided
from eval.statistics import Statistic, figure

# Answered, surest first: right, right, wrong, right, invented. Not answered: two that could be, one that could not.
ROWS = [
    Decided(answerable=True, answered=True, right=True, confidence=0.9),
    Decided(answerable=True, answered=True, right=True, confidence=0.8),
    Decided(answerable=True, answered=True, right=False, confidence=0.7),
    Decided(answerable=True, answered=True, right=True, confidence=0.6),
    Decided(answerable=False, answered=True, right=False, confidence=0.5),
    Decided(answerable=True, answered=False, right=False, confidence=0.4),
    Decided(answerable=True, answered=False, right=False, confidence=None),
    Decided(answerable=False, answered=False, right=False, confidence=0.1),
]
SHUFFLED = [ROWS[place] for place in (4, 7, 0, 2, 6, 1, 5, 3)]


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [
        pytest.param(abstention.invented, 1 / 2, id="H"),
        pytest.param(abstention.declined, 2 / 6, id="E"),
        pytest.param(abstention.balanced_accuracy, 1 - (1 / 2 + 2 / 6) / 2, id="balanced-accuracy"),
        # Wrong among the first 1..5: 0, 0, 1, 1, 2; their mean over the number of answers.
        pytest.param(abstention.augrc, (0 + 0 + 1 + 1 + 2) / 5 / 5, id="augrc"),
        pytest.param(lambda rows: abstention.coverage_at(rows, 0.95), 2 / 8, id="coverage@95"),
        pytest.param(lambda rows: abstention.coverage_at(rows, 0.75), 4 / 8, id="coverage@75"),
        pytest.param(abstention.brier, (0.01 + 0.04 + 0.49 + 0.16 + 0.25) / 5, id="brier"),
        # Five answers in ten bins of equal mass: each stands alone.
        pytest.param(abstention.calibration_error, (0.1 + 0.2 + 0.7 + 0.4 + 0.5) / 5, id="ece"),
    ],
)
def test_figures_by_hand(statistic: Callable[[Sequence[Decided]], Statistic], expected: float) -> None:
    assert figure(statistic(ROWS), len(ROWS)) == pytest.approx(expected)
    assert figure(statistic(SHUFFLED), len(ROWS)) == pytest.approx(expected)


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    # Of the six pairs of a right and a wrong answer, 0.6 stands below 0.7.
    scores, good = [0.9, 0.8, 0.7, 0.6, 0.5], [True, True, False, True, False]
    assert figure(abstention.auroc(scores, good), 5) == pytest.approx(5 / 6)
    assert figure(abstention.auroc([0.5, 0.5], [True, False]), 2) == 0.5
    assert figure(abstention.auroc([0.5, None, 0.4], [True, False, False]), 3) == 1


def test_what_was_drawn_twice_counts_twice() -> None:
    statistic = abstention.auroc([0.9, 0.7, 0.6], [True, False, True])
    weights = np.array([[1.0, 1.0, 1.0], [2.0, 1.0, 1.0], [1.0, 3.0, 0.0]])
    assert statistic(weights) == pytest.approx([1 / 2, 2 / 3, 1])


@pytest.mark.parametrize(
    "statistic",
    [abstention.augrc, abstention.brier, abstention.calibration_error, lambda r: abstention.coverage_at(r, 0.9)],
)
def test_answers_without_confidence_cannot_be_scored(statistic: Callable[[Sequence[Decided]], Statistic]) -> None:
    unsure = [Decided(answerable=True, answered=True, right=True, confidence=None)]
    assert figure(statistic(unsure), 1) is None
    assert figure(abstention.auroc([None], [True]), 1) is None


def test_the_curve_follows_the_surest_answers() -> None:
    coverage, risk = zip(*abstention.risk_coverage(SHUFFLED), strict=True)
    assert coverage == (1 / 8, 2 / 8, 3 / 8, 4 / 8, 5 / 8)
    assert risk == (0, 0, 1 / 3, 1 / 4, 2 / 5)


def test_the_diagram_puts_confidence_beside_what_was_right() -> None:
    assert abstention.reliability(ROWS)[:2] == [(0.9, 1, 1), (0.8, 1, 1)]
    twenty = [Decided(answerable=True, answered=True, right=place % 2 == 0, confidence=0.5) for place in range(20)]
    assert abstention.reliability(twenty) == [(0.5, 0.5, 2)] * 10
