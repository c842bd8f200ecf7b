"""Writes the report of a run into its folder, in the formats asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from eval.compare import Comparison, compare
from eval.reporting.labels import Labels
from eval.reporting.tables import csv_of, markdown_of
from eval.reporting.testcases import junit_of
from eval.runs import Run, read_run
from rag.errors import UsageError

Writer = Callable[[Run, Labels, Run | None, Comparison | None], str]


def write_report(
    run: Path, formats: Sequence[str], against: Path | None = None, language: str = "fr"
) -> tuple[Path, ...]:
    """Write the report of the run in the folder `run`.

    Args:
        formats: of "html", "md", "junit" and "csv".
        against: an earlier run of the same questions; the differences from it are told in html and md.
        language: "fr" or "en".

    Returns:
        The files written: report.html, report.md, junit.xml, report.csv.

    Raises:
        UsageError: a format is unknown, the run is not scored, or the plots of the page cannot be drawn here.
    """
    wanted = [name.strip() for name in formats if name.strip()]
    if not wanted or (unknown := [name for name in wanted if name not in _WRITERS]):
        raise UsageError(
            f"format {(unknown[0] if wanted else '')!r} is not known; use one or more of html,md,junit,csv"
        )
    read = read_run(run)
    if not read.metrics:
        raise UsageError(f"the run {run.name!r} is not scored; do so with `depeche eval score {run.name}`")
    earlier = read_run(against) if against else None
    comparison = compare(earlier, read) if earlier else None
    labels = Labels.of(language)
    written = []
    for name in dict.fromkeys(wanted):
        file, write = _WRITERS[name]
        content = write(read, labels, earlier, comparison)
        (run / file).write_text(content, encoding="utf-8", newline="")
        written.append(run / file)
    return tuple(written)


def _page(run: Run, labels: Labels, earlier: Run | None, comparison: Comparison | None) -> str:
    try:
        # Late: what draws the plots is an extra, and the other formats do without.
        from eval.reporting.page import page
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the html report needs the package {error.name!r}; install it with `pip install 'depeche[report]'`, "
            "or ask for -f md,junit,csv"
        ) from error
    return page(run, labels, earlier, comparison)


_WRITERS: dict[str, tuple[str, Writer]] = {
    "html": ("report.html", _page),
    "md": ("report.md", lambda run, labels, _, comparison: markdown_of(run, labels, comparison)),
    "junit": ("junit.xml", lambda run, *_: junit_of(run)),
    "csv": ("report.csv", lambda run, *_: csv_of(run)),
}
