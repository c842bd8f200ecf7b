"""Writes a run as Markdown for people and as CSV for other programs; hostile text stays text in both."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from eval.compare import Comparison
from eval.reporting.cards import SIGNS, cards, worst
from eval.reporting.labels import UNSCORED, Labels
from eval.runs import Run
from rag.corpus.characters import visible
from rag.schema import Answer


def markdown_of(run: Run, labels: Labels, comparison: Comparison | None = None) -> str:
    """The report as Markdown: headline figures, slices, comparison, the worst twenty, configuration."""
    found = run.metrics
    counts = " · ".join(f"{SIGNS[name][0]} {count} {labels(f'outcome_{name}')}" for name, count in _outcomes(run))
    note = labels("worked_out").format(
        n=found["n"], stories=found["clusters"], rounds=found["bootstrap"]["rounds"], seed=found["bootstrap"]["seed"]
    )
    parts = [
        f"# {_inline(run.info['name'])} — {labels('title')}",
        counts,
        f"## {labels('headline')}",
        _table(_HEADLINE, _headline(run, labels), labels),
        note,
        f"## {labels('slices')}",
        _table(("slice", "count", *run.metrics["headline"]), _slices(run, labels), labels),
    ]
    if comparison:
        names = ("metric", "before", "after", "change", "interval", "p", "verdict")
        parts += [
            f"## {labels('comparison')}: {_inline(comparison.a)} → {_inline(comparison.b)}",
            _table(names, _compared(comparison, labels), labels),
            *(
                f"- `{_code(name)}`: {labels(f'outcome_{a}')} → {labels(f'outcome_{b}')}"
                for name, a, b in comparison.changed
            ),
        ]
    parts += [
        f"## {labels('worst')}",
        *_worst(run, labels),
        f"## {labels('configuration')}",
        *_configuration(run, labels),
    ]
    return "\n\n".join(_joined(parts)) + "\n"


def csv_of(run: Run) -> str:
    """One line a question and repeat: what was asked, how it went, the answer and every value; empty: not scored."""
    names = sorted({name for score in run.scores for name in score.values})
    questions = {question.id: question for question in run.questions}
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([*_ABOUT, *names])
    for score in run.scores:
        question, answer = questions[score.id], run.answers.get((score.id, score.repeat))
        about = (
            *(score.id, score.repeat, question.type, question.lang, question.split, question.cluster),
            *(score.outcome, "; ".join(score.notes), question.question, _said(answer)),
            *(run.errors.get((score.id, score.repeat), ""),),
        )
        values = (score.values.get(name) for name in names)
        lines.writerow([*(_cell(value) for value in about), *("" if value is None else value for value in values)])
    return written.getvalue()


_ABOUT = ("id", "repeat", "type", "lang", "split", "story", "outcome", "notes", "question", "answer", "error")
_HEADLINE = ("metric", "value", "interval", "count", "direction")
_FORMULA = ("=", "+", "-", "@", "\t")


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    text = visible(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def _said(answer: Answer | None) -> str:
    return answer.text if answer else ""


def _outcomes(run: Run) -> list[tuple[str, int]]:
    return [(name, run.metrics["outcomes"][name]) for name in SIGNS if run.metrics["outcomes"].get(name)]


def _headline(run: Run, labels: Labels) -> Iterator[Sequence[str]]:
    for name in run.metrics["headline"]:
        if (figure := run.metrics["metrics"].get(name)) is None:
            continue
        interval = labels.interval(name, figure["low"], figure["high"])
        direction = labels(figure["better"]) if figure["better"] else ""
        yield labels.metric(name).label, labels.value(name, figure["value"]), interval, str(figure["n"]), direction


def _slices(run: Run, labels: Labels) -> Iterator[Sequence[str]]:
    names = run.metrics["headline"]
    whole = {"n": run.metrics["n"], **run.metrics["metrics"]}
    rows = [(labels("everything"), whole)]
    for by in ("lang", "type"):
        rows += [
            (labels(f"type_{name}" if by == "type" else name), part) for name, part in run.metrics["slices"][by].items()
        ]
    for title, part in rows:
        figures = (part.get(name) for name in names)
        values = (
            labels.value(n, figure["value"]) if figure else UNSCORED for n, figure in zip(names, figures, strict=True)
        )
        yield title, str(part["n"]), *values


def _compared(comparison: Comparison, labels: Labels) -> Iterator[Sequence[str]]:
    signs = {"better": f"▲ {labels('better')}", "worse": f"▼ {labels('worse')}"}
    for row in comparison.rows:
        name = row.name
        unclear = f"≈ {labels('ns')}, {labels('detectable')} {labels.change(name, row.detectable).replace('+', '±')}"
        interval = labels.changes(name, row.low, row.high)
        values = (labels.value(name, row.a), labels.value(name, row.b), labels.change(name, row.change))
        yield (
            labels.metric(name).label,
            *values,
            interval,
            labels.decimal(row.p_holm, 3),
            signs.get(row.verdict, unclear),
        )


def _worst(run: Run, labels: Labels) -> Iterator[str]:
    shown = worst(cards(run, {}, labels))
    for place, card in enumerate(shown, start=1):
        notes = f" — {_inline(labels.note(card.score.notes[0]))}" if card.score.notes else ""
        outcome = labels(f"outcome_{card.score.outcome}")
        yield f"{place}. {card.sign} {outcome}: {_inline(card.question.question)} (`{_code(card.question.id)}`){notes}"
    if not shown:
        yield labels("none_worst")


def _configuration(run: Run, labels: Labels) -> Iterator[str]:
    info = run.info
    told = {
        labels("set"): f"{info['set']['name']} {info['set']['sha256']}",
        labels("split"): info["split"] or labels("both_halves"),
        labels("corpus"): f"{info['corpus']['articles']} {labels('articles')} {info['corpus']['sha256']}",
        labels("configuration"): info["config"],
        labels("seed"): info["seed"],
        labels("test_runs"): info.get("test_runs"),
        **info["settings"],
        **info["versions"],
    }
    yield from (f"- {_inline(str(name))}: `{_code(str(value))}`" for name, value in told.items() if value is not None)


def _table(names: Sequence[str], rows: Iterator[Sequence[str]], labels: Labels) -> str:
    head = [labels(name) if labels(name) != name else labels.metric(name).label for name in names]
    lines = [head, ["---"] * len(head), *([_inline(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _joined(parts: Sequence[str]) -> Iterator[str]:
    """Paragraphs; items of one list stay together."""
    items: list[str] = []
    for part in parts:
        if _ITEM.match(part):
            items.append(part)
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield part
    if items:
        yield "\n".join(items)


_ITEM = re.compile(r"(?:-|\d{1,2}\.) ")
_SPECIAL = re.compile(r"([\\`*_\[\]|~])")


def _inline(text: str) -> str:
    """Text that Markdown shows as it is, on one line; no tag and no link comes of it."""
    flat = " ".join(visible(text).split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", flat).replace("://", ":\u2060//")


def _code(text: str) -> str:
    return " ".join(visible(text).split()).replace("`", "'").replace("|", "¦")
