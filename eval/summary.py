"""Sums up the scores of a run: each metric with its interval, over all questions and over slices of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from statistics import stdev
from typing import Any

import numpy as np

from eval.metrics import abstention
from eval.metrics.abstention import Decided
from eval.metrics.wording import normalised
from eval.schema import Question, Scored
from eval.statistics import ROUNDS, Draws, Interval, Statistic, figure, wilson

HEADLINE = (
    *("right", "span_recall@5", "ndcg@10", "cite_recall", "cite_precision", "gold_cite_precision", "faithful_t1"),
    *("invented", "declined", "augrc"),
)
LOWER_IS_BETTER = frozenset(
    (
        *("redundancy@5", "forbidden", "uncited", "truncation", "invented", "declined", "augrc", "ece", "brier"),
        *("stale", "leakage", "age_gap_days", "endorsed", "false_balance"),
    )
)
NEITHER = frozenset(("words", "cites_per_claim", "acknowledged", "confidence"))

# Figures of a whole run, which are no mean over questions.
OVERALL: dict[str, Callable[[Sequence[Decided]], Statistic]] = {
    "balanced_accuracy": abstention.balanced_accuracy,
    "auroc": lambda rows: abstention.auroc(
        [row.confidence if row.answered else None for row in rows], [row.right for row in rows]
    ),
    "auroc_answerable": lambda rows: abstention.auroc(
        [row.confidence for row in rows], [row.answerable for row in rows]
    ),
    "augrc": abstention.augrc,
    "ece": abstention.calibration_error,
    "brier": abstention.brier,
    "coverage@90": lambda rows: abstention.coverage_at(rows, 0.90),
    "coverage@95": lambda rows: abstention.coverage_at(rows, 0.95),
}

Row = tuple[Question, Scored]


def summarise(
    questions: Iterable[Question], scores: Iterable[Scored], seed: int, rounds: int = ROUNDS
) -> dict[str, Any]:
    """The content of metrics.json: the same scores and seed give the same bytes."""
    by_id = {question.id: question for question in questions}
    rows = [(by_id[score.id], score) for score in sorted(scores, key=lambda score: (score.id, score.repeat))]
    decided = _decided(rows)
    return {
        "format": 1,
        "n": len(rows),
        "clusters": len({question.cluster for question, _ in rows}),
        "repeats": 1 + max((score.repeat for _, score in rows), default=0),
        "between_runs": _between_runs([score for _, score in rows]),
        "bootstrap": {"rounds": rounds, "seed": seed},
        "outcomes": dict(sorted(Counter(score.outcome for _, score in rows).items())),
        "headline": list(HEADLINE),
        "metrics": _metrics(rows, seed, rounds, OVERALL),
        "slices": {
            by: {name: {"n": len(part), **_metrics(part, seed, rounds)} for name, part in _slices(rows, of).items()}
            for by, of in SLICES.items()
        },
        "risk_coverage": [[_short(x) for x in point] for point in abstention.risk_coverage(decided)],
        "reliability": [[_short(x) for x in point] for point in abstention.reliability(decided)],
    }


def _between_runs(scores: Sequence[Scored]) -> float | None:
    """The standard deviation of the share right from one time of asking to the next; None after a single one."""
    runs: dict[int, list[float]] = {}
    for score in scores:
        runs.setdefault(score.repeat, []).append(score.values.get("right") or 0.0)
    return round(stdev(sum(run) / len(run) for run in runs.values()), 6) if len(runs) > 1 else None


def overlap(question: Question) -> str | None:
    """How much of a question's wording its gold quotes share: "low" under a third of its words, "high" over two."""
    if not question.gold:
        return None
    asked = set(normalised(question.question, question.lang))
    quoted = {token for gold in question.gold for token in normalised(gold.quote, question.lang)}
    share = len(asked & quoted) / max(len(asked), 1)
    return "low" if share < 1 / 3 else "middle" if share < 2 / 3 else "high"


SLICES: dict[str, Callable[[Question], str | None]] = {
    "type": lambda question: question.type,
    "lang": lambda question: question.lang,
    "split": lambda question: question.split,
    "answerable": lambda question: str(question.answerable).lower(),
    "overlap": overlap,
}


def _slices(rows: Sequence[Row], of: Callable[[Question], str | None]) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {}
    for row in rows:
        if (name := of(row[0])) is not None:
            parts.setdefault(name, []).append(row)
    return dict(sorted(parts.items()))


def _metrics(rows: Sequence[Row], seed: int, rounds: int, overall: Collection[str] = ("augrc",)) -> dict[str, Any]:
    """Every metric that applies to some of the rows, in order of name; of those of a whole run, the ones named."""
    draws = Draws(tuple(question.cluster for question, _ in rows), seed, rounds)
    names = sorted({name for _, score in rows for name in score.values} - {"confidence"})
    columns = [[score.values.get(name) for _, score in rows] for name in names]
    table = np.array(columns, dtype=np.float64).T.reshape(len(rows), len(names))
    found = {
        name: _mean_of(name, [value for value in column if value is not None], interval)
        | {"unscored": sum(name in score.values and score.values[name] is None for _, score in rows)}
        for name, column, interval in zip(names, columns, draws.intervals(table), strict=True)
    }
    decided = _decided(rows)
    if {row.answerable for row in decided} != {True, False}:
        overall = set(overall) - {"balanced_accuracy", "auroc_answerable"}
    if len(decided) < len(rows):
        draws = Draws(tuple(q.cluster for q, score in rows if score.outcome != "error"), seed, rounds)
    found |= {name: _of_run(name, decided, draws) for name in sorted(overall) if decided}
    return dict(sorted(found.items()))


def _mean_of(name: str, scored: Sequence[float], interval: Interval | None) -> dict[str, Any]:
    """A mean with its interval: Wilson's where all are right or all wrong, which no bootstrap can widen."""
    value, kind = (sum(scored) / len(scored) if scored else None), "cluster bootstrap"
    if scored and set(scored) in ({0.0}, {1.0}):
        interval, kind = wilson(sum(scored), len(scored)), "wilson"
    return _measured(value, interval, kind) | {"n": len(scored), "better": _better(name)}


def _of_run(name: str, decided: Sequence[Decided], draws: Draws) -> dict[str, Any]:
    statistic = OVERALL[name](decided)
    value = figure(statistic, len(decided))
    interval = draws.interval(statistic) if value is not None else None
    scored = len(decided) if name == "balanced_accuracy" else sum(row.confidence is not None for row in decided)
    return _measured(value, interval, "cluster bootstrap") | {
        "n": scored,
        "unscored": len(decided) - scored,
        "better": _better(name),
    }


def _measured(value: float | None, interval: Interval | None, kind: str) -> dict[str, Any]:
    low, high = interval or (None, None)
    return {
        "value": None if value is None else _short(value),
        "low": None if low is None else _short(low),
        "high": None if high is None else _short(high),
        "interval": kind if interval else None,
    }


def _decided(rows: Sequence[Row]) -> list[Decided]:
    return [
        Decided(
            answerable=question.answerable,
            answered=score.outcome in ("right", "partial", "wrong", "invented"),
            right=score.outcome == "right",
            confidence=score.values.get("confidence"),
        )
        for question, score in rows
        if score.outcome != "error"
    ]


def _better(name: str) -> str | None:
    return None if name in NEITHER else "lower" if name in LOWER_IS_BETTER else "higher"


def _short(value: float) -> float | int:
    """Six digits after the point: what the order of additions may change is not written."""
    return value if isinstance(value, int) else round(value, 6) if math.isfinite(value) else 0.0
