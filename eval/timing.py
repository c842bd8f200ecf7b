"""Sums up times and tokens of a run, apart from its scores, because no two runs take as long."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from eval.statistics import percentile


def summarise(rows: Sequence[Mapping[str, Any]], price: tuple[float, float] | None = None) -> dict[str, Any]:
    """The content of timings.json from the lines of timings.jsonl; seconds.

    Args:
        price: of a million tokens read and of a million written, in any currency.
    """
    stages: dict[str, list[float]] = {}
    for row in rows:
        for name, seconds in row["stages"].items():
            stages.setdefault(name, []).append(seconds)
    tokens = [row["tokens"] for row in rows if row["tokens"]]
    read, written = (sum(pair[place] for pair in tokens) for place in (0, 1))
    cost = (read * price[0] + written * price[1]) / 1e6 if price and tokens else None
    return {
        "total": _spread([row["seconds"] for row in rows if row["seconds"]]),
        "stages": {name: _spread(values) for name, values in stages.items()},
        "peak_rss_mb": peak_memory(),
        "tokens": [read, written] if tokens else None,
        "cost_per_1000": None if cost is None else round(1000 * cost / len(rows), 4),
    }


def peak_memory() -> float | None:
    """The most memory this process has had, in MB; None where the system does not say."""
    try:
        import resource  # there is none on Windows
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)


def _spread(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {"n": 0}
    named = {"p50": percentile(values, 0.5), "p95": percentile(values, 0.95), "mean": sum(values) / len(values)}
    return {name: round(value, 6) for name, value in named.items()} | {"n": len(values)}
