"""Puts intervals around figures: questions about one story are drawn together, and every draw is seeded."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

ROUNDS = 10_000  # draws of a bootstrap and of a randomisation test
ENOUGH_STORIES = 10  # from which their differences can be told from chance
Array = npt.NDArray[np.float64]
Statistic = Callable[[Array], Array]  # weights of the questions (draws, questions) -> the figure in each draw


Interval = tuple[float, float]


@dataclass(frozen=True)
class Draws:
    """Bootstrap draws of whole clusters: how often each story, and so each question, is in each draw.

    Cluster bootstrap, after Field and Welsh (JRSS B 2007); why questions need clusters: Miller (2024). A handful of
    stories says little about how stories differ, and the interval over them is too narrow by chance as often as not;
    with fewer than ten it is never narrower than that over single questions.
    """

    clusters: tuple[str, ...]  # of each question
    seed: int
    rounds: int = ROUNDS

    def interval(self, statistic: Statistic) -> Interval | None:
        """The 95 % percentile interval of a statistic; None when too few draws give a figure at all."""
        with np.errstate(invalid="ignore", divide="ignore"):
            figures = statistic(self._counts[:, self._story])
        (found,) = self._percentiles(figures[:, None])
        if found and self._apart:
            alone = self._apart.interval(statistic)
            return _wider(found, alone)
        return found

    def intervals(self, table: Array) -> list[Interval | None]:
        """The same for the mean of each column of a table (questions, columns); what is NaN could not be scored."""
        there = np.isfinite(table)
        sums, counts = (self._by_story(part) for part in (np.nan_to_num(table), there.astype(np.float64)))
        with np.errstate(invalid="ignore", divide="ignore"):
            figures = (self._counts @ sums) / (self._counts @ counts)
        found = self._percentiles(figures)
        if self._apart:
            return [_wider(one, alone) for one, alone in zip(found, self._apart.intervals(table), strict=True)]
        return found

    @cached_property
    def _story(self) -> npt.NDArray[np.intp]:
        return np.unique(np.array(self.clusters), return_inverse=True)[1]

    @cached_property
    def _counts(self) -> Array:
        """(rounds, stories): how often each story was drawn."""
        stories = len(set(self.clusters))
        drawn = np.random.default_rng(self.seed).multinomial(stories, np.full(stories, 1 / stories), size=self.rounds)
        return drawn.astype(np.float64)

    @cached_property
    def _apart(self) -> Draws | None:
        """Draws of single questions, where there are too few stories."""
        stories, questions = len(set(self.clusters)), len(self.clusters)
        if stories in (1, questions) or stories >= ENOUGH_STORIES:
            return None
        return Draws(tuple(map(str, range(questions))), self.seed, self.rounds)

    def _by_story(self, table: Array) -> Array:
        sums = np.zeros((len(set(self.clusters)), table.shape[1]))
        np.add.at(sums, self._story, table)
        return sums

    def _percentiles(self, figures: Array) -> list[Interval | None]:
        """Of each column of (rounds, columns)."""
        known = np.isfinite(figures).sum(axis=0) >= self.rounds / 2
        if len(set(self.clusters)) < 2 or not known.any():
            return [None] * figures.shape[1]
        low, high = np.nanquantile(figures[:, known], (0.025, 0.975), axis=0)
        found = iter(zip(low, high, strict=True))
        return [tuple(map(float, next(found))) if one else None for one in known]  # type: ignore[misc]


def _wider(one: Interval | None, other: Interval | None) -> Interval | None:
    return (min(one[0], other[0]), max(one[1], other[1])) if one and other else one


def mean(values: Sequence[float | None]) -> Statistic:
    """The mean of what could be scored, as a statistic."""
    read = np.array([math.nan if value is None else value for value in values], dtype=np.float64)
    there = np.isfinite(read).astype(np.float64)
    filled = np.nan_to_num(read)
    return lambda weights: (weights @ filled) / (weights @ there)


def figure(statistic: Statistic, n: int) -> float | None:
    """A statistic of the questions as they are; None when it has no value."""
    with np.errstate(invalid="ignore", divide="ignore"):
        value = float(statistic(np.ones((1, n)))[0])
    return value if math.isfinite(value) else None


def wilson(hits: float, n: int, z: float = 1.959964) -> tuple[float, float]:
    """95 % interval of a rate (Wilson, JASA 1927); (0, 1) when nothing was counted."""
    if n == 0:
        return 0.0, 1.0
    rate, spread = hits / n, z * z / n
    centre = (rate + spread / 2) / (1 + spread)
    half = z * math.sqrt(rate * (1 - rate) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def sign_flip(differences: Sequence[float], clusters: Sequence[str], seed: int, rounds: int = ROUNDS) -> float:
    """The two-sided p of a paired difference: how often random signs per cluster give a mean as far from 0.

    Fisher's randomisation test, with the +1 of Phipson and Smyth (2010), so that it is never 0.
    """
    names, place = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.bincount(place, weights=np.asarray(differences, dtype=np.float64), minlength=len(names))
    signs = np.random.default_rng(seed).integers(0, 2, size=(rounds, len(names))) * 2 - 1
    reached = int((np.abs(signs @ sums) >= abs(sums.sum()) - 1e-12).sum())
    return (reached + 1) / (rounds + 1)


def mcnemar(only_first: int, only_second: int) -> float:
    """The exact two-sided p of McNemar's test (1947) from the numbers of questions that only one run has right."""
    n, fewer = only_first + only_second, min(only_first, only_second)
    return min(1.0, float(2 * sum(math.comb(n, k) for k in range(fewer + 1)) / 2**n))


def holm(p_values: Sequence[float]) -> list[float]:
    """The p values adjusted for their number (Holm, 1979), in the order given."""
    adjusted, highest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda place: p_values[place])):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = highest
    return adjusted


def detectable(standard_error: float) -> float:
    """The smallest true difference that is found 4 times in 5 at the 5 % level: 2.8 standard errors."""
    return (1.959964 + 0.841621) * standard_error


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile of some values; `share` in 0..1."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]
