"""Draws the plots of a report as SVG that takes its colours from the page and loads nothing."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import matplotlib as mpl
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from eval.reporting.labels import Labels
from eval.statistics import percentile

# Stand-ins that matplotlib writes and that become the page's own colours, so that one plot serves light and dark.
INK, MUTED, RULE, ACCENT, SOFT = "#010101", "#020202", "#030303", "#040404", "#050505"
VARIABLES = {INK: "--ink", MUTED: "--muted", RULE: "--rule", ACCENT: "--accent", SOFT: "--accent-soft"}

Point = Sequence[float]


def risk_coverage(points: Sequence[Point], labels: Labels) -> str | None:
    """The share of wrong answers among the surest, against how many of all questions these are; None without points.

    Args:
        points: coverage and risk, both 0..1, in order of coverage; the last one is the threshold in use.
    """
    if not points:
        return None
    with _axes(labels("risk_x"), labels("risk_y")) as (figure, axes):
        coverage, risk = [point[0] for point in points], [point[1] for point in points]
        axes.fill_between(coverage, risk, color=SOFT, linewidth=0)
        axes.plot(coverage, risk, color=ACCENT, linewidth=1.8)
        axes.plot(coverage[-1], risk[-1], "o", color=ACCENT, markersize=6)
        label = f"{_percent(coverage[-1], labels)} · {_percent(risk[-1], labels)}"
        offset, side = ((9, -4), "left") if coverage[-1] < ROOM_BESIDE else ((0, 9), "right")
        end = (coverage[-1], risk[-1])
        axes.annotate(label, end, xytext=offset, textcoords="offset points", color=INK, ha=side)
        _in_percent(axes, labels)
        axes.set_xlim(0, max(1.0, coverage[-1]))
        axes.set_ylim(0, max(0.25, math.ceil(max(risk) * 10 + 0.5) / 10))
        return _svg(figure, labels("risk_title"))


def reliability(points: Sequence[Point], labels: Labels) -> str | None:
    """How many answers of each confidence are right; None without points.

    Args:
        points: mean confidence, share right and number of answers of each bin.
    """
    if not points:
        return None
    with _axes(labels("reliability_x"), labels("reliability_y")) as (figure, axes):
        ordered = sorted(points, key=lambda point: point[0])
        axes.plot([0, 1], [0, 1], color=MUTED, linewidth=1, linestyle=(0, (4, 4)))
        axes.plot([p[0] for p in ordered], [p[1] for p in ordered], color=ACCENT, linewidth=1.2)
        most = max(p[2] for p in ordered)
        sizes = [20 + 60 * p[2] / most for p in ordered]
        axes.scatter([p[0] for p in ordered], [p[1] for p in ordered], s=sizes, color=ACCENT, zorder=3, linewidth=0)
        _in_percent(axes, labels)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.03)
        return _svg(figure, labels("reliability_title"))


def latency(seconds: Sequence[float], labels: Labels) -> str | None:
    """How long the questions took, with the median and the 95th percentile; None without times."""
    taken = [1000 * value for value in seconds if value > 0]
    if not taken:
        return None
    with _axes(labels("latency_x"), labels("latency_y")) as (figure, axes):
        low, high = math.log10(min(taken)), math.log10(max(taken))
        width = max(high - low, 0.1) / BINS
        edges = [10 ** (low + width * step) for step in range(BINS + 1)]
        axes.hist(taken, bins=[*edges[:-1], edges[-1] * 1.001], color=ACCENT, linewidth=0, rwidth=0.9)
        axes.set_xscale("log")
        top = axes.get_ylim()[1] * 1.18
        axes.set_ylim(0, top)
        for share, offset, side in ((0.5, -4, "right"), (0.95, 4, "left")):
            at = percentile(taken, share)
            axes.axvline(at, color=INK, linewidth=1, linestyle=(0, (3, 3)))
            text = f"p{round(100 * share)} {labels.decimal(at, 0)} ms"
            axes.annotate(text, (at, top), xytext=(offset, 0), textcoords="offset points", color=INK, va="top", ha=side)
        axes.set_xlim(10 ** (low - 0.05), max(taken) * 2.2)
        ticks = [tick for tick in TICKS if min(taken) * 0.7 <= tick <= max(taken) * 2.2]
        axes.set_xticks(ticks or [min(taken)])
        axes.minorticks_off()
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: labels.decimal(value, 0)))
        return _svg(figure, labels("latency_title"))


BINS = 24
ROOM_BESIDE = 0.65  # of the width, up to which a label has room to the right of its dot
TICKS = [step * 10**power for power in range(-1, 6) for step in (1, 2, 5)]  # milliseconds

_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "depeche",
    "font.size": 10.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": RULE,
    "grid.linewidth": 0.7,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "axes.linewidth": 0.9,
    "xtick.major.pad": 6,
    "ytick.major.pad": 6,
}


@contextmanager
def _axes(x: str, y: str) -> Iterator[tuple[Figure, Axes]]:
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(4.5, 3.0), layout="constrained")
        axes = figure.add_subplot()
        axes.set_xlabel(x)
        axes.set_ylabel(y)
        yield figure, axes


def _in_percent(axes: Axes, labels: Labels) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: _percent(value, labels)))


def _percent(share: float, labels: Labels) -> str:
    return labels.value("right", share)


def _svg(figure: Figure, title: str) -> str:
    """The figure as an SVG element to stand in a page: no styles, no addresses, the page's colours and type."""
    written = io.BytesIO()
    figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    root = etree.fromstring(written.getvalue(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname in ("metadata", "style", "title"):
            if element.getparent() is not None:
                element.getparent().remove(element)
            continue
        if etree.QName(element).localname == "g":
            element.attrib.pop("id", None)  # "figure_1" would be there once for each plot
        _restyle(element)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-label", title)
    etree.cleanup_namespaces(root)
    text: str = etree.tostring(root, encoding="unicode")
    # HTML knows the namespaces of an SVG without being told, and a report holds no address at all.
    return re.sub(r"\sxmlns(?::\w+)?=\"[^\"]*\"", "", text).replace("xlink:href", "href")


def _restyle(element: etree._Element) -> None:
    """Turn an element's style into attributes, since a page of strict policy allows no style of its own."""
    for declaration in (element.attrib.pop("style", None) or "").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font":
            element.set("font-size", _FONT_SIZE.search(value)[0])  # type: ignore[index]  # matplotlib writes one
        elif name and not name.startswith("font-family"):
            element.set(name, value)
    for name in ("fill", "stroke", "stop-color"):
        if (variable := VARIABLES.get(element.get(name, ""))) is not None:
            element.set(name, f"var({variable})")


_FONT_SIZE = re.compile(r"[\d.]+px")
