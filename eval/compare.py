"""Sets two runs side by side, question by question, and says which differences are more than chance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from eval.runs import Run
from eval.schema import Scored
from eval.statistics import ROUNDS, Draws, detectable, holm, mcnemar, mean, sign_flip
from eval.summary import HEADLINE, LOWER_IS_BETTER
from rag.errors import UsageError

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric in both runs, over the questions that both could score."""

    name: str
    a: float
    b: float
    low: float | None  # 95 % interval of b - a
    high: float | None
    p: float
    p_holm: float
    detectable: float  # the smallest true difference that this many questions would show
    n: int

    @property
    def change(self) -> float:
        return self.b - self.a

    @property
    def verdict(self) -> Literal["better", "worse", "n.s."]:
        """Better or worse where chance is ruled out at the 5 % level over all headline metrics together."""
        if self.p_holm >= LEVEL or self.change == 0:
            return "n.s."
        return "better" if (self.change > 0) != (self.name in LOWER_IS_BETTER) else "worse"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the same questions; str() is the table."""

    a: str
    b: str
    rows: tuple[Difference, ...]
    changed: tuple[tuple[str, str, str], ...]  # question, outcome in a, outcome in b
    mcnemar: float  # exact p of "right" or not, blind to stories

    @property
    def worse(self) -> tuple[str, ...]:
        return tuple(row.name for row in self.rows if row.verdict == "worse")

    def __str__(self) -> str:
        lines = [f"{'metric':<22}{'n':>5}{self.a[:12]:>13}{self.b[:12]:>13}{'change':>9}  95 % interval    p (Holm)"]
        for row in self.rows:
            interval = f"{row.low:+.3f}..{row.high:+.3f}" if row.low is not None else "—"
            verdict = row.verdict if row.verdict != "n.s." else f"n.s. (MDE ±{row.detectable:.3f})"
            lines.append(
                f"{row.name:<22}{row.n:>5}{row.a:>13.3f}{row.b:>13.3f}{row.change:>+9.3f}  {interval:<16} "
                f"{row.p_holm:>8.4f}  {verdict}"
            )
        lines.append(f"outcome changed for {len(self.changed)} questions; McNemar's exact p {self.mcnemar:.4f}")
        return "\n".join(lines)


def compare(a: Run, b: Run, seed: int = 0, rounds: int = ROUNDS) -> Comparison:
    """Compare two scored runs over the questions that both asked, paired by question.

    The interval is a cluster bootstrap of the paired differences, p a sign-flip test over stories, adjusted by Holm
    over the headline metrics.

    Raises:
        UsageError: a run is not scored, or they share no question.
    """
    mine, theirs = _by_question(a), _by_question(b)
    shared = sorted(set(mine) & set(theirs))
    if not shared:
        raise UsageError(
            f"the runs {a.path.name!r} and {b.path.name!r} share no scored question; compare two of one set"
        )
    clusters = {question.id: question.cluster for question in (*a.questions, *b.questions)}
    pairs = {name: _paired(name, shared, mine, theirs) for name in HEADLINE}
    measured = [_difference(name, paired, clusters, Chance(seed, rounds)) for name, paired in pairs.items() if paired]
    adjusted = holm([row.p for row in measured])
    rows = tuple(replace(row, p_holm=p) for row, p in zip(measured, adjusted, strict=True))
    changed = tuple(
        (id_, mine[id_][0].outcome, theirs[id_][0].outcome)
        for id_ in shared
        if mine[id_][0].outcome != theirs[id_][0].outcome
    )
    good = ("right", "rightly declined")
    return Comparison(
        a.path.name,
        b.path.name,
        rows,
        changed,
        mcnemar(
            sum(one in good and other not in good for _, one, other in changed),
            sum(other in good and one not in good for _, one, other in changed),
        ),
    )


@dataclass(frozen=True, slots=True)
class Chance:
    """How often to draw, and from which seed."""

    seed: int
    rounds: int


def _by_question(run: Run) -> dict[str, list[Scored]]:
    found: dict[str, list[Scored]] = {}
    for score in sorted(run.scores, key=lambda score: score.repeat):
        if score.outcome != "error":
            found.setdefault(score.id, []).append(score)
    return found


Pair = tuple[str, float, float]  # question, its value in a, its value in b


def _paired(
    name: str, shared: Sequence[str], mine: Mapping[str, Sequence[Scored]], theirs: Mapping[str, Sequence[Scored]]
) -> list[Pair]:
    """The questions that both runs could score on a metric."""
    pairs = ((id_, _mean(mine[id_], name), _mean(theirs[id_], name)) for id_ in shared)
    return [(id_, one, other) for id_, one, other in pairs if one is not None and other is not None]


def _difference(name: str, pairs: Sequence[Pair], clusters: Mapping[str, str], chance: Chance) -> Difference:
    stories = tuple(clusters[id_] for id_, _, _ in pairs)
    apart = [other - one for _, one, other in pairs]
    interval = Draws(stories, chance.seed, chance.rounds).interval(mean(apart))
    p = sign_flip(apart, stories, chance.seed, chance.rounds)
    return Difference(
        name=name,
        a=sum(one for _, one, _ in pairs) / len(pairs),
        b=sum(other for _, _, other in pairs) / len(pairs),
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        p=p,
        p_holm=p,
        detectable=detectable(_standard_error(apart, stories)),
        n=len(pairs),
    )


def _mean(scores: Sequence[Scored], name: str) -> float | None:
    """The mean over the times a question was asked."""
    values = [value for score in scores if (value := score.values.get(name)) is not None]
    return sum(values) / len(values) if values else None


def _standard_error(apart: Sequence[float], stories: Sequence[str]) -> float:
    """The clustered standard error of a mean difference (Miller, 2024, equation 4)."""
    names, place = np.unique(np.asarray(stories), return_inverse=True)
    centred = np.asarray(apart) - np.mean(apart)
    sums = np.bincount(place, weights=centred, minlength=len(names))
    return math.sqrt(float((sums**2).sum())) / len(apart)
