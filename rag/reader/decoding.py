"""Turns the numbers of the network into spans of text with a score, and into a probability that the answer is there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from rag.reader.windows import Window

Numbers = NDArray[np.float32]

LONGEST_ANSWER = 30  # tokens
LOWEST = -30.0  # score of a passage in which nothing can be the answer


@dataclass(frozen=True, slots=True)
class Span:
    """The best answer in a passage: `passage[start:end] == text`; empty where the passage holds no word."""

    start: int
    end: int
    text: str
    score: float  # logits; comparable between passages read for one question; more is better
    answerable: float  # probability from 0 to 1 that the passage holds an answer


@dataclass(frozen=True, slots=True)
class Found:
    """The best span of a window, and the signs that tell how far to believe it, as logits against "not here"."""

    start: int
    end: int
    margin: float  # of its start and end
    evidence: float  # of its sentence
    whole: float  # of the window


def spans_inside(
    window: Window, numbers: Numbers, whole: float, sentences: Sequence[tuple[int, int]]
) -> list[Found | None]:
    """The best span of a window inside each of the sentences; None for a sentence of which it shows no word.

    Args:
        numbers: start, end and evidence of each token of the window, head and all; shape (window.size, 3).
        whole: the network's answerable logit.
        sentences: as (start, end) in the characters of the passage.
    """
    first = len(window.head)
    start, end, evidence = (numbers[first:-1] - numbers[0]).T
    begins = np.array([begin for begin, _ in window.offsets])
    spans: list[Found | None] = []
    for left, right in sentences:
        low, high = np.searchsorted(begins, (left, right))
        if low == high:
            spans.append(None)
            continue
        sums = np.triu(start[low:high, None] + end[None, low:high])
        inside = np.tril(np.triu(np.ones_like(sums, dtype=bool)), LONGEST_ANSWER - 1)
        place = int(np.argmax(np.where(inside, sums, -np.inf)))
        a, b = low + place // (high - low), low + place % (high - low)
        spans.append(
            Found(
                start=window.offsets[a][0],
                end=window.offsets[b][1],
                margin=float(start[a] + end[b]) / 2,
                evidence=float(evidence[low:high].mean()),
                whole=whole,
            )
        )
    return spans


def score(found: Found) -> float:
    """How good a span is, by its edges and by the evidence of its sentence, in logits."""
    return found.margin + found.evidence


def better(one: Found | None, other: Found | None) -> Found | None:
    """The better of two spans, where there are two."""
    return max((found for found in (one, other) if found), key=score, default=None)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of "the passage holds an answer", fitted on questions that were held out."""

    bias: float
    margin: float
    evidence: float
    whole: float

    def probability(self, found: Found) -> float:
        logit = self.bias + self.margin * found.margin + self.evidence * found.evidence + self.whole * found.whole
        return 1 / (1 + math.exp(-min(max(logit, -40.0), 40.0)))

    def told(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}
