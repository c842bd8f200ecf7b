"""Prints the figures of a run as a table: all questions first, then each slice, each with its 95 % interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

COLUMNS = (
    ("right", "right"),
    ("R@5", "span_recall@5"),
    ("nDCG@10", "ndcg@10"),
    ("cite R", "cite_recall"),
    ("cite P", "cite_precision"),
    ("gold P", "gold_cite_precision"),
    ("T1", "faithful_t1"),
    ("H", "invented"),
    ("E", "declined"),
    ("AUGRC", "augrc"),
)


def table(title: str, metrics: Mapping[str, Any], timings: Mapping[str, Any] | None = None) -> str:
    """The table of one run."""
    header = f"{'slice':<22}{'n':>5}  {'right':<16}" + "".join(f"{name:>9}" for name, _ in COLUMNS[1:])
    lines = [title, header, _line("ALL", {"n": metrics["n"], **metrics["metrics"]})]
    for by in ("answerable", "lang", "type"):
        parts = metrics["slices"].get(by, {})
        if len(parts) > 1:
            lines += [_line(f"{by} {name}" if by != "type" else name, part) for name, part in parts.items()]
    return "\n".join([*lines, *_notes(metrics, timings)])


def _line(name: str, part: Mapping[str, Any]) -> str:
    right = part.get("right", {})
    interval = f" {right['low']:.2f}-{right['high']:.2f}" if right.get("low") is not None else ""
    cells = "".join(f"{_cell(part.get(metric)):>9}" for _, metric in COLUMNS[1:])
    return f"{name:<22}{part['n']:>5}  {_cell(right) + interval:<16}{cells}"


def _cell(metric: Mapping[str, Any] | None) -> str:
    return "—" if not metric or metric["value"] is None else f"{metric['value']:.2f}"


def _notes(metrics: Mapping[str, Any], timings: Mapping[str, Any] | None) -> Iterator[str]:
    named = (
        *("right@60", "right@120", "both_sides", "conflict_strict", "dated", "false_balance", "list_recall", "list_f1"),
        *("nuggets_all", "as_of_right", "stale", "leakage", "truncation", "quote_exact", "balanced_accuracy"),
        *("auroc", "auroc_answerable", "ece", "brier", "coverage@90"),
    )
    found = metrics["metrics"]
    yield "also: " + " · ".join(f"{name} {_cell(found[name])}" for name in named if name in found)
    unscored = sum(count for name, count in metrics["outcomes"].items() if name == "error")
    yield (
        f"{metrics['n']} answers, {metrics['clusters']} stories; intervals: bootstrap over stories, "
        f"{metrics['bootstrap']['rounds']} draws, seed {metrics['bootstrap']['seed']}"
        + (f"; between runs right differs by {metrics['between_runs']:.3f} (SD)" if metrics["between_runs"] else "")
        + (f"; {unscored} failed and are not scored" if unscored else "")
    )
    if timings and timings["total"]["n"]:
        total = timings["total"]
        yield f"time per question: p50 {1000 * total['p50']:.0f} ms, p95 {1000 * total['p95']:.0f} ms"
    if timings and timings["tokens"]:
        read, written = timings["tokens"]
        cost = timings["cost_per_1000"]
        yield f"tokens: {read} read, {written} written; cost of 1 000 questions: {'—' if cost is None else cost}"
