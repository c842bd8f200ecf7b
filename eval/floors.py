"""Holds the floors below which a build fails: one rule for all of them, printed, and equal to the exit code."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from eval.judges import GATE
from rag.errors import UsageError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FLOORS = Path(__file__).parent / "floors.toml"
JUDGED = ("cite_recall", "cite_precision", "cite_f1", "faithful_t1", "faithful_t3")
ENOUGH = 150  # answers from which the bound of the interval is held, not the figure itself


@dataclass(frozen=True, slots=True)
class Floor:
    """What a metric must reach, or must not pass."""

    set: str
    metric: str
    slice: str | None = None  # as "type=number"; None: all questions
    min: float | None = None
    max: float | None = None
    kappa: float | None = None  # of the judge behind the metric, on labels of one's own


@dataclass(frozen=True, slots=True)
class Held:
    """A floor, what was measured, and whether it held."""

    floor: Floor
    value: float | None
    n: int
    bound: bool  # whether `value` is the bound of the interval

    @property
    def well(self) -> bool:
        """What could not be scored holds no floor."""
        if self.value is None:
            return False
        low, high = self.floor.min, self.floor.max
        return (low is None or self.value >= low) and (high is None or self.value <= high)

    def __str__(self) -> str:
        floor, kind = self.floor, "bound" if self.bound else "value"
        asked = f">= {floor.min}" if floor.min is not None else f"<= {floor.max}"
        value = "—" if self.value is None else f"{self.value:.3f}"
        name = f"{floor.metric} of {floor.slice or 'all'}"
        return f"{'ok  ' if self.well else 'BELOW'} {name}: {kind} {value}, floor {asked} (n={self.n})"


def read_floors(path: Path = FLOORS) -> tuple[Floor, ...]:
    """Read the floors of a TOML file of `[[floor]]` tables.

    Raises:
        UsageError: the file is not there, no TOML, or has a floor that cannot be held.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("floor", [])
    except (OSError, ValueError) as error:
        raise UsageError(f"the floors {str(path)!r} cannot be read ({error}); mend the file") from error
    known = {part.name for part in fields(Floor)}
    for row in rows:
        if not ({"set", "metric"} <= set(row) <= known) or ("min" in row) == ("max" in row):
            raise UsageError(f"{path.name}: {row!r} is no floor; give it set, metric, and either min or max")
        if row["metric"] in JUDGED and row.get("kappa", 0.0) < GATE:
            raise UsageError(
                f"{path.name}: {row['metric']!r} rests on a judge, which may fail a build from kappa {GATE} on; "
                "measure it with `depeche eval judge-check` and add kappa = ... to the floor"
            )
    return tuple(Floor(**row) for row in rows)


def hold(floors: Sequence[Floor], name: str, metrics: Mapping[str, Any]) -> tuple[Held, ...]:
    """How the floors of one set came out.

    From 150 answers on, the bound of the 95 % interval must reach the floor; with fewer it is too wide for that, and
    the figure itself must.
    """
    return tuple(_held(floor, metrics) for floor in floors if floor.set == name)


def _held(floor: Floor, metrics: Mapping[str, Any]) -> Held:
    by, _, part = (floor.slice or "").partition("=")
    place = metrics["slices"].get(by, {}).get(part, {}) if floor.slice else metrics["metrics"]
    found = place.get(floor.metric) or {"value": None, "n": 0}
    bound = found["n"] >= ENOUGH and found.get("low") is not None
    side = "low" if floor.min is not None else "high"
    return Held(floor, found[side] if bound else found["value"], found["n"], bound)
