"""Judges sentences and answers with two small logistic regressions whose weights are readable JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag.answering.asking.question import Asked
from rag.answering.choosing.sentences import FEATURES, Candidate, Scores

WEIGHTS = Path(__file__).with_name("weights.json")

SIGNS = (
    "coverage of the sentence, its neighbours and the opening",
    "coverage of the passage and the opening",
    "coverage of the sentence, of what the opening leaves",
    "names in the passage and the opening",
    "countries and bodies in the sentence, its neighbours and the title",
    "countries and bodies in the passage and the opening",
    "similarity of the title and the sentence",
    "similarity of the passage",
    "wanted kind of answer present",
    "thing counted beside a number",
    "agreement with the time asked about",
    "nearness of the sentence, its neighbours and the opening",
    "nearness of the passage and the opening",
    "nearness of the sentence, without names",
    "nearness of the sentence, its neighbours and the opening, without names",
    "nearness of the term that fits least",
    "probability of the sentence",
    "rarest term in the passage",
    "number of terms",
)


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted logistic regression: probability = 1 / (1 + exp(-(x . weights + bias)))."""

    names: tuple[str, ...]
    weights: npt.NDArray[np.float32]
    bias: float

    def probability(self, rows: Scores) -> Scores:
        """Probabilities (n,) of the rows (n, features)."""
        result: Scores = 1 / (1 + np.exp(-(rows @ self.weights + self.bias)))
        return result


def sentence_model() -> Logistic:
    """The model of "this sentence answers the question", over sentences.FEATURES."""
    return _models()["sentence"]


def answer_model() -> Logistic:
    """The model of "one of the best three sentences answers the question", over SIGNS."""
    return _models()["answer"]


def signs(asked: Asked, sentences: Sequence[Candidate], described: Scores, scores: Scores) -> Scores:
    """Describe the best sentence of an answer, and what speaks against it, by numbers of about 0..1.

    Args:
        described: features of all sentences, (sentences, FEATURES).
        scores: probabilities of all sentences, (sentences,).

    Returns:
        An array of shape (1, SIGNS).
    """
    best = int(np.argmax(scores))
    passage = sentences[best].evidence.passage
    whole = frozenset[str]().union(*(one.stems for one in sentences if one.evidence.passage.id == passage.id))
    rarest = max(asked.terms, key=lambda term: term.weight, default=None)
    held = float(rarest is not None and bool(rarest.stems & whole))
    shared = [described[best][FEATURES.index(name)] for name in SIGNS if name in FEATURES]
    row = [*shared, float(scores[best]), held, min(len(asked.terms) / 8, 1.0)]
    return np.asarray([row], dtype=np.float32)


@lru_cache(maxsize=1)
def _models() -> dict[str, Logistic]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    expected = {"sentence": FEATURES, "answer": SIGNS}
    models = {}
    for name, features in expected.items():
        weights = stored[name]["weights"]
        assert tuple(weights) == features, f"{WEIGHTS.name} does not fit the features of {name!r}; fit it again"
        values = np.asarray(list(weights.values()), dtype=np.float32)
        models[name] = Logistic(features, values, float(stored[name]["bias"]))
    return models
