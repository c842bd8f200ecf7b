"""Weighs whether the words of a claim stand together in the sentences that have them, or are gathered from all over."""

from __future__ import annotations

import json
import math
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from rag.answering.verifying.marks import negated
from rag.answering.verifying.pairing import ANCHORS, Pairing

WEIGHTS = Path(__file__).with_name("cohesion.json")  # fitted by `eval.nli`
FLOOR = 0.25  # probability below which a claim is not said, though its words are there

FEATURES = (
    "coverage",
    "coverage of words",
    "one sentence",
    "clauses for each word found",
    "share in the fullest clause",
    "neighbours that are neighbours",
    "neighbours in order",
    "spread of the words found",
    "length of the window against the claim",
    "length of the claim",
    "negations the claim lacks",
    "words not found",
    "share of names, numbers and dates",
)


def coheres(pairing: Pairing) -> bool:
    """Whether what a claim says is likely to follow from a window that has its words.

    A claim that is one sentence with words left out needs no weighing, and of a translation too little is known.
    """
    if not pairing.one_language or (len(pairing.window) == 1 and is_shortened(pairing)):
        return True
    return likelihood(pairing) >= FLOOR


def is_shortened(pairing: Pairing) -> bool:
    """Whether the window has all the words of the claim in the same order; the fit leaves such claims out."""
    stated = (token.folded for part in pairing.window for token in part.tokens)
    return all(token.folded in stated for part in pairing.claim for token in part.tokens)


def likelihood(pairing: Pairing) -> float:
    """The fitted probability, 0..1, that a claim that passes the other guards follows from its window."""
    weights, bias = _model()
    described = described_by(pairing)
    return 1 / (1 + math.exp(-bias - sum(weight * value for weight, value in zip(weights, described, strict=True))))


def described_by(pairing: Pairing) -> tuple[float, ...]:
    """The FEATURES of a claim beside a window, each of about 0..1."""
    said, places = pairing.said, pairing.places
    count, found = max(1, len(said)), [here for here in places if here]
    told = [pairing.says(place) for place in range(len(said))]
    words = [has for unit, has in zip(said, told, strict=True) if unit.kind == "word"]
    clauses = Counter(clause for here in found for clause in {pairing.there[place].clause for place in here})
    couples = [(one, other) for one, other in pairwise(places) if one and other]
    steps = [{second - first for first in one for second in other} for one, other in couples]
    more_negations = sum(len(negated(part)) for part in pairing.window) - sum(len(negated(p)) for p in pairing.claim)
    return (
        pairing.coverage,
        sum(words) / max(1, len(words)),
        float(len(pairing.window) == 1),
        len(clauses) / max(1, sum(told)),
        max(clauses.values(), default=0) / max(1, len(found)),
        sum(any(0 < abs(step) <= _BESIDE for step in ways) for ways in steps) / max(1, count - 1),
        sum(any(0 < step <= 2 * _BESIDE for step in ways) for ways in steps) / max(1, count - 1),
        min(_spread(found) / _MOST, 1.0),
        min(len(pairing.there) / count / _MOST, 1.0),
        min(count / (2 * _MOST), 1.0),
        min(max(more_negations, 0) / 3, 1.0),
        min((len(said) - sum(told)) / 5, 1.0),
        sum(unit.kind in ANCHORS for unit in said) / count,
    )


_BESIDE = 2  # units
_MOST = 10  # times the claim's length from which spread and length make no more difference


def _spread(found: list[tuple[int, ...]]) -> float:
    """Over how many units of the window what is found stretches, for each unit found."""
    if not found:
        return float(_MOST)
    every = sorted(place for here in found for place in here)
    middle = every[len(every) // 2]
    nearest = [min(here, key=lambda place: abs(place - middle)) for here in found]
    return (max(nearest) - min(nearest) + 1) / len(found)


@lru_cache(maxsize=1)
def _model() -> tuple[tuple[float, ...], float]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return tuple(stored["weights"][name] for name in FEATURES), stored["bias"]
