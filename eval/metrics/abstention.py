"""Says whether an assistant knows when to decline: rates of a whole run, and what its confidence is worth.

Each figure is a statistic over weighted questions, so that a bootstrap can draw them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.statistics import Array, Statistic

BINS = 10  # of equal mass, in which confidence is compared with what was right
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Decided:
    """One question as it came out: could it be answered, was it, was that right, and how sure was the assistant."""

    answerable: bool
    answered: bool
    right: bool
    confidence: float | None


def invented(rows: Sequence[Decided]) -> Statistic:
    """H, the share of unanswerable questions that were answered (NoMIRACL: Thakur et al., 2024)."""
    answered, answerable = _flags(rows)
    return lambda weights: weights @ (answered & ~answerable) / (weights @ ~answerable)


def declined(rows: Sequence[Decided]) -> Statistic:
    """E, the share of answerable questions that were declined (NoMIRACL)."""
    answered, answerable = _flags(rows)
    return lambda weights: weights @ (~answered & answerable) / (weights @ answerable)


def balanced_accuracy(rows: Sequence[Decided]) -> Statistic:
    """1 - (H + E) / 2."""
    one, other = invented(rows), declined(rows)
    return lambda weights: 1 - (one(weights) + other(weights)) / 2


def auroc(scores: Sequence[float | None], positive: Sequence[bool]) -> Statistic:
    """The chance that a positive has a higher score than a negative, ties by half (Hanley and McNeil, 1982)."""
    known = [place for place, score in enumerate(scores) if score is not None]
    read = np.array([scores[place] for place in known], dtype=np.float64)
    good = np.array([positive[place] for place in known], dtype=np.float64)
    order = np.argsort(read, kind="stable")
    levels = np.unique(read, return_inverse=True)[1][order] if known else np.array([], dtype=np.int64)
    starts = np.flatnonzero(np.diff(levels, prepend=-1))

    def statistic(weights: Array) -> Array:
        if not known:
            return np.full(len(weights), np.nan)
        chosen = weights[:, known][:, order]
        ups = np.add.reduceat(chosen * good[order], starts, axis=1)
        downs = np.add.reduceat(chosen * (1 - good[order]), starts, axis=1)
        below = np.cumsum(downs, axis=1) - downs
        wins: Array = (ups * (below + downs / 2)).sum(axis=1)
        share: Array = wins / (ups.sum(axis=1) * downs.sum(axis=1))
        return share

    return statistic


def augrc(rows: Sequence[Decided]) -> Statistic:
    """The area under the generalised risk-coverage curve: the mean over k of the wrong among the k surest, of all.

    Traub et al., NeurIPS 2024. Lower is better. Only answers that were given can be wrong here.
    """
    answered = _answered(rows)
    wrong = np.array([not rows[place].right for place in answered], dtype=np.float64)

    def statistic(weights: Array) -> Array:
        if not answered:
            return np.full(len(weights), np.nan)
        chosen = weights[:, answered]
        errors = np.cumsum(chosen * wrong, axis=1)
        area: Array = (errors * chosen).sum(axis=1) / chosen.sum(axis=1) ** 2
        return area

    return statistic


def coverage_at(rows: Sequence[Decided], accuracy: float) -> Statistic:
    """The largest share of all questions that can be answered, surest first, with so many right; 0 when none can."""
    answered = _answered(rows)
    correct = np.array([rows[place].right for place in answered], dtype=np.float64)

    def statistic(weights: Array) -> Array:
        if not answered:
            return np.full(len(weights), np.nan)
        chosen = weights[:, answered]
        taken = np.cumsum(chosen, axis=1)
        good = np.cumsum(chosen * correct, axis=1) >= accuracy * taken - 1e-9
        covered: Array = np.where(good, taken, 0.0).max(axis=1) / weights.sum(axis=1)
        return covered

    return statistic


def brier(rows: Sequence[Decided]) -> Statistic:
    """The mean square of confidence minus what came true, over answers given (Brier, 1950)."""
    answered = _answered(rows)
    missed = np.array([(float(rows[place].confidence or 0) - rows[place].right) ** 2 for place in answered])

    def statistic(weights: Array) -> Array:
        if not answered:
            return np.full(len(weights), np.nan)
        chosen = weights[:, answered]
        score: Array = (chosen @ missed) / chosen.sum(axis=1)
        return score

    return statistic


def calibration_error(rows: Sequence[Decided]) -> Statistic:
    """ECE: the mean gap between confidence and the share right, in ten bins of equal mass (Guo et al., ICML 2017)."""
    answered = _answered(rows)
    confidence = np.array([float(rows[place].confidence or 0) for place in answered])
    correct = np.array([rows[place].right for place in answered], dtype=np.float64)
    bins = _bins(len(answered))

    def statistic(weights: Array) -> Array:
        if not answered:
            return np.full(len(weights), np.nan)
        chosen = weights[:, answered]
        gaps = sum(np.abs(chosen[:, one] @ (confidence[one] - correct[one])) for one in bins)
        error: Array = np.asarray(gaps, dtype=np.float64) / chosen.sum(axis=1)
        return error

    return statistic


def risk_coverage(rows: Sequence[Decided]) -> list[tuple[float, float]]:
    """The curve: for the k surest answers, the share of all questions that they are, and the share of them wrong."""
    answered = _answered(rows)
    wrong = np.cumsum([not rows[place].right for place in answered])
    return [(k / len(rows), float(wrong[k - 1]) / k) for k in range(1, len(answered) + 1)]


def reliability(rows: Sequence[Decided]) -> list[tuple[float, float, int]]:
    """The diagram: for each bin the mean confidence, the share right and the number of answers."""
    answered = _answered(rows)
    chosen = [[rows[answered[place]] for place in one] for one in _bins(len(answered))]
    return [
        (sum(row.confidence or 0 for row in one) / len(one), sum(row.right for row in one) / len(one), len(one))
        for one in chosen
    ]


def _flags(rows: Sequence[Decided]) -> tuple[Flags, Flags]:
    return np.array([row.answered for row in rows], dtype=bool), np.array([row.answerable for row in rows], dtype=bool)


def _answered(rows: Sequence[Decided]) -> list[int]:
    """The places of the answers given that say how sure they are, surest first; a tie in the order asked."""
    given = [place for place, row in enumerate(rows) if row.answered and row.confidence is not None]
    return sorted(given, key=lambda place: -(rows[place].confidence or 0))


def _bins(n: int) -> list[npt.NDArray[np.int64]]:
    return [one for one in np.array_split(np.arange(n), BINS) if len(one)]
