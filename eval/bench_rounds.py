"""Takes the timed steps in interleaved rounds, ours and the tutorial's in turn, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from eval.bench_corpus import articles_for, write_corpus
from eval.statistics import percentile
from rag.errors import RagError

QUESTIONS = 100
WAYS: Mapping[str, tuple[str, ...]] = {"ours": (), "ours, no reader": ("--no-reader",), "tutorial": ()}


class BenchError(RagError):
    """A timed step failed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of both sides in every round; str() is a line of the table."""

    name: str
    ours: Sequence[float]
    tutorial: Sequence[float] = ()
    unit: str = "s"
    aim: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times less ours is; None without the other side."""
        return median(self.tutorial) / median(self.ours) if self.tutorial and median(self.ours) else None

    def __str__(self) -> str:
        ratio = f"{self.ratio:.1f}x" if self.ratio is not None else "—"
        sides = f"{_spread(self.ours, self.unit):>27}{_spread(self.tutorial, self.unit):>27}"
        return f"{self.name:<46}{sides}{ratio:>9}  {self.aim}".rstrip()


def measure(
    corpus: Path | None, size: int, rounds: int, seed: int, place: Path, *, with_tutorial: bool
) -> Iterator[Row]:
    """Time both sides on one corpus of so many passages."""
    folder = place / "articles"
    questions = write_corpus(articles_for(corpus, seed), folder, size)[:QUESTIONS]
    sides = ("ours", "tutorial") if with_tutorial else ("ours",)
    yield from _importing(place, folder, sides, rounds)
    yield from _asking(place, folder, questions, sides, rounds)
    disk = {side: [_size(place / f"{side}-0") / 1e6] for side in sides}
    yield Row("index on disk", disk["ours"], disk.get("tutorial", ()), "MB")


def _importing(place: Path, folder: Path, sides: Sequence[str], rounds: int) -> Iterator[Row]:
    first: dict[str, list[dict[str, Any]]] = {side: [] for side in sides}
    again, changed = [], []
    count = 0
    for number in range(rounds):
        for side in sides:
            first[side].append(_step(side, "import", folder, place / f"{side}-{number}"))
        again.append(_step("ours", "import", folder, place / f"ours-{number}"))
        with _changed(folder) as many:
            count = many
            changed.append(_step("ours", "import", folder, place / f"ours-{number}"))
    seconds = {side: [step["seconds"] for step in steps] for side, steps in first.items()}
    theirs, ours = seconds.get("tutorial", []), median(seconds["ours"])
    articles = first["ours"][0]["articles"]
    yield Row(f"first import, {articles} articles ({articles / ours:.0f}/s)", seconds["ours"], theirs, aim=">= 20x")
    encoded = max(step["embedded"] for step in again)
    yield Row(f"unchanged, again ({encoded} encoded)", [step["seconds"] for step in again], theirs, aim=">= 50x")
    part = 100 * median(step["seconds"] for step in changed) / ours
    name = f"{count} changed ({part:.1f} % of a full import)"
    yield Row(name, [step["seconds"] for step in changed], theirs, aim="<= 5 %")
    peaks = {side: [step["peak_rss_mb"] for step in steps if step["peak_rss_mb"]] for side, steps in first.items()}
    if peaks["ours"]:
        yield Row("peak memory of an import", peaks["ours"], peaks.get("tutorial", ()), "MB")


def _asking(place: Path, folder: Path, questions: Sequence[str], sides: Sequence[str], rounds: int) -> Iterator[Row]:
    """Ours to the cited answer, with the reader and without; the tutorial to its passages, as it has no model."""
    times: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    cold: dict[str, list[float]] = {side: [] for side in sides}
    window = []
    for _ in range(rounds):
        for way, options in WAYS.items():
            side = way.partition(",")[0]
            if side in sides:
                times[way].append(_step(side, "ask", folder, place / f"{side}-0", questions, options=options)["times"])
        for side in sides:
            started = time.perf_counter()
            _step(side, "first", folder, place / f"{side}-0", questions[:1])
            cold[side].append(time.perf_counter() - started)
        window.append(_step("ours", "window", folder, place / "ours-0", questions))
    for share in (0.5, 0.95):
        theirs = [percentile(one, share) for one in times["tutorial"]]
        for way, aim in (("ours, no reader", "<= 40 ms"), ("ours", "<= 250 ms")):
            name = f"question to cited answer{way.removeprefix('ours')}, p{100 * share:.0f}"
            yield Row(name, [percentile(one, share) for one in times[way]], theirs, "ms", aim)
    within, where = ([percentile(one[name], 0.5) for one in window] for name in ("times", "chroma"))
    yield Row("search in a window of days (Chroma's where)", within, where, "ms", ">= 5x at 10 000")
    yield Row("cold start to the first answer", cold["ours"], cold.get("tutorial", ()), aim=">= 1.7x")


def _step(
    side: str, step: str, folder: Path, store: Path, questions: Sequence[str] = (), *, options: Sequence[str] = ()
) -> dict[str, Any]:
    """Take one step in a new process and read its figures."""
    command = [sys.executable, "-m", "eval.bench_steps", side, step, str(folder), str(store), *options]
    done = subprocess.run(  # noqa: S603 - our own program
        command,
        input="\n".join(questions),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"the step {side} {step} failed: {done.stderr.strip()[-500:]!r}; mend that and run it again")
    return dict(json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def _changed(folder: Path) -> Iterator[int]:
    """Change one article in a thousand, at least one, and change it back."""
    files = sorted(folder.iterdir())
    chosen = files[:: max(1, min(1000, len(files)))]
    before = {file: file.read_text(encoding="utf-8") for file in chosen}
    for file, text in before.items():
        file.write_text(f"{text}\nUne phrase de plus a été ajoutée ({os.urandom(4).hex()}).\n", encoding="utf-8")
    yield len(chosen)
    for file, text in before.items():
        file.write_text(text, encoding="utf-8")


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _spread(values: Sequence[float], unit: str) -> str:
    if not values:
        return "—"
    around = f" ({min(values):.3g}-{max(values):.3g})" if len(values) > 1 else ""
    return f"{median(values):.3g} {unit}{around}"
