"""Lays a run out as one self-contained page: it loads nothing, runs only its own script and escapes every text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.compare import Comparison
from eval.reporting.cards import SIGNS, Card, cards, worst
from eval.reporting.figures import latency, reliability, risk_coverage
from eval.reporting.labels import GROUPS, Labels
from eval.runs import Run, read_lines
from rag.corpus.characters import visible

HERE = Path(__file__).parent
SMALL = 10  # questions, under which a figure of a slice is set in italics
SHADES = 10  # of a heat map
FEW_STORIES = 15  # under which a bootstrap over stories is rough


def page(run: Run, labels: Labels, earlier: Run | None = None, comparison: Comparison | None = None) -> str:
    """The report of a scored run as HTML.

    Args:
        earlier: the run it is compared with, together with `comparison`.
    """
    times = {(row["id"], row["repeat"]): row["seconds"] for row in read_lines(run.path / "timings.jsonl")}
    every = cards(run, times, labels)
    style, script = ((HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    # A figure's own markup, the style and the script are ours; whatever else is put in is escaped.
    plots = (
        ("risk", risk_coverage(run.metrics["risk_coverage"], labels)),
        ("reliability", reliability(run.metrics["reliability"], labels)),
        ("latency", latency([seconds for seconds in times.values() if seconds], labels)),
    )
    written = _environment(labels).get_template("page.html.jinja")
    return written.render(
        run=run,
        language=labels.language,
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script),
        plots=[(name, Markup(plot) if plot else None) for name, plot in plots],  # noqa: S704
        cards=every,
        worst=worst(every),
        outcomes=_outcomes(run),
        groups=_groups(run, labels),
        slices=tuple(_slices(run)),
        comparison=comparison,
        differing=_differing(every, earlier, labels) if earlier else (),
        few=FEW_STORIES,
        least_p=2.0 ** (1 - run.metrics["clusters"]),  # of a two-sided sign-flip test over stories
    )


def _environment(labels: Labels) -> Environment:
    """Jinja with everything escaped, and without characters that cannot be seen (bidirectional marks, controls)."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(HERE),
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.globals |= {"t": labels, "labels": labels, "signs": SIGNS, "small": SMALL, "shade": _shade}
    return environment


def _policy(style: str, script: str) -> str:
    """A content security policy under which nothing is loaded and only these two texts take effect."""
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") for text in (style, script))
    style_hash, script_hash = hashes
    return (
        f"default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _outcomes(run: Run) -> tuple[tuple[str, int, float, float], ...]:
    """Each outcome with its count, and where its part of the bar starts and how wide it is, in percent."""
    counted = [(name, run.metrics["outcomes"].get(name, 0)) for name in SIGNS]
    total = sum(count for _, count in counted) or 1
    found, at = [], 0.0
    for name, count in counted:
        width = 100 * count / total
        if count:
            found.append((name, count, at, width))
        at += width
    return tuple(found)


def _groups(run: Run, labels: Labels) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The metrics that the run has, by group."""
    names = run.metrics["metrics"]
    parts = ((group, tuple(name for name in names if labels.metric(name).group == group)) for group in GROUPS)
    return tuple((group, members) for group, members in parts if members)


def _slices(run: Run) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The rows of the heat map: how it is cut, the part's name, its figures."""
    yield "everything", "everything", {"n": run.metrics["n"], **run.metrics["metrics"]}
    for by in ("split", "answerable", "lang", "overlap", "type"):
        parts: Mapping[str, Any] = run.metrics["slices"].get(by, {})
        if len(parts) > 1:
            for name in sorted(parts, key=lambda name: (_FIRST.get(name, 0), name)):
                yield by, name, parts[name]


_FIRST = {"low": 0, "middle": 1, "high": 2}  # slices that have an order of their own


def _shade(figure: Mapping[str, Any] | None) -> str:
    """How good a figure in 0..1 is, as the class of a cell: "h0" to "h10"; "none" without one."""
    if not figure or figure["value"] is None or figure.get("better") is None:
        return "none"
    good = 1 - figure["value"] if figure["better"] == "lower" else figure["value"]
    return f"h{round(SHADES * min(max(good, 0.0), 1.0))}"


@dataclass(frozen=True, slots=True)
class Change:
    """One question in two runs."""

    card: Card
    before: str  # outcome
    answer_before: str
    answer_after: str
    changes: tuple[tuple[str, float | None], ...]  # metric, difference

    @property
    def is_turn(self) -> bool:
        return self.before != self.card.score.outcome


LEAST = 0.05  # difference of a figure that is told
COMPARED = ("ndcg@10", "confidence")


def _differing(every: Sequence[Card], earlier: Run, labels: Labels) -> tuple[Change, ...]:
    """The questions of which outcome or a figure differs, those with another outcome first."""
    before = {(score.id, score.repeat): score for score in earlier.scores}
    found = []
    for card in every:
        key = (card.score.id, card.score.repeat)
        if key not in before:
            continue
        old, new = before[key].values, card.score.values
        changes = tuple((name, _difference(old.get(name), new.get(name))) for name in COMPARED)
        change = Change(
            card, before[key].outcome, _said(earlier.answers.get(key), labels), _said(card.answer, labels), changes
        )
        if change.is_turn or any(abs(value or 0) >= LEAST for _, value in changes):
            found.append(change)
    return tuple(sorted(found, key=lambda change: not change.is_turn))


def _difference(old: float | None, new: float | None) -> float | None:
    return None if old is None or new is None else new - old


def _said(answer: Any, labels: Labels) -> str:
    """The gist of an answer, for a cell of a table."""
    if answer is None:
        return labels("outcome_error")
    if answer.abstained:
        return labels("abstained")
    said = answer.short or next((claim.text for claim in answer.claims), "")
    return said if len(said) <= LONGEST_GIST else f"{said[: LONGEST_GIST - 1]}…"


LONGEST_GIST = 140  # characters
