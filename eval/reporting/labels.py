"""Puts the words and figures of a report into French or English."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from babel.numbers import format_decimal

Kind = Literal["share", "score", "number"]  # written as 45 %, 0.61 or 37.2

UNSCORED = "—"  # what could not be scored is not zero
GROUPS = ("correctness", "retrieval", "citations", "faithfulness", "abstention", "time", "other")


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as a reader meets it."""

    name: str
    label: str
    meaning: str
    group: str  # one of GROUPS
    kind: Kind


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of a report in one language."""

    language: str

    @classmethod
    def of(cls, language: str) -> Labels:
        return cls("en" if language == "en" else "fr")

    def __call__(self, key: str) -> str:
        """The word for a key; a key that has none stands for itself, as the name of a new question type does."""
        return _set(_read()["words"].get(key, {}).get(self.language, key.removeprefix("type_")), self.language)

    def note(self, text: str) -> str:
        """What a score remarks, in this language; the parts that are an author's or an article's stay as they are."""
        if self.language == "fr":
            for english, french in _read()["notes"].items():
                text = text.replace(english, _set(french, "fr"))
        return text

    def metric(self, name: str) -> Metric:
        """A metric's label, meaning and group; one that nobody described yet stands under its own name."""
        found = _read()["metrics"].get(name)
        if found is None:
            return Metric(name, name, "", "other", "score")
        label, meaning = (_set(text, self.language) for text in found[self.language])
        return Metric(name, label, meaning, found["group"], found["kind"])

    def value(self, name: str, value: float | None) -> str:
        """A metric's value as this language writes it; a dash when there is none."""
        if value is None:
            return UNSCORED
        kind = self.metric(name).kind
        if kind == "share":
            return f"{self.decimal(100 * value, 0)}{_BEFORE_PERCENT[self.language]}%"
        return self.decimal(value, 2 if kind == "score" else 1)

    def interval(self, name: str, low: float | None, high: float | None) -> str:
        """An interval: "36–52 %" or "0.13–0.24"; empty when there is none."""
        if low is None or high is None:
            return ""
        if self.metric(name).kind == "share":
            return f"{self.decimal(100 * low, 0)}–{self.value(name, high)}"
        return f"{self.value(name, low)}–{self.value(name, high)}"

    def change(self, name: str, value: float | None) -> str:
        """A difference with its sign; of shares in points."""
        if value is None:
            return UNSCORED
        share = self.metric(name).kind == "share"
        number = self.decimal(abs(100 * value if share else value), 1 if share else 3)
        sign = "−" if value < 0 else "+" if value > 0 else "±"
        return f"{sign}{number}{_POINTS if share else ''}"

    def changes(self, name: str, low: float | None, high: float | None) -> str:
        """An interval of differences; empty when there is none, or when nothing differs."""
        if low is None or high is None or low == high == 0:
            return ""
        return f"{self.change(name, low).removesuffix(_POINTS)} … {self.change(name, high)}"

    def decimal(self, value: float, places: int) -> str:
        """A number with so many decimals."""
        return str(format_decimal(value, "#,##0." + "0" * places if places else "#,##0", locale=self.language))


_POINTS = " pts"
_BEFORE_PERCENT = {"fr": "\u202f", "en": ""}


def _set(text: str, language: str) -> str:
    """The text with the spaces that French keeps from breaking."""
    return _LOOSE.sub("\u00a0", text) if language == "fr" else text


_LOOSE = re.compile(r"(?<=[«–]) | (?=[:;?!%»])")


@lru_cache(maxsize=1)
def _read() -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(Path(__file__).with_name("labels.json").read_text(encoding="utf-8"))
    return content
