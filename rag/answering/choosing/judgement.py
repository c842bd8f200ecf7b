"""Judges sentences and answers with small logistic regressions whose weights are readable JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, NAMED
from rag.answering.choosing.actors import with_actor
from rag.answering.choosing.describing import FEATURES, features
from rag.answering.choosing.further import FURTHER_SIGNS, further_signs
from rag.answering.choosing.outcomes import with_outcome
from rag.answering.choosing.reading import READINGS, read, with_shared
from rag.answering.choosing.rightness import BARE_SIGNS
from rag.answering.choosing.sentences import Candidate, Scores
from rag.index.embedding import Encoder
from rag.reader import Reader
from rag.schema import Article

WEIGHTS = Path(__file__).with_name("weights.json")
ALONE, READ = 0.5, 0.4  # powers of probabilities that scores are, without the reader and with it, which is surer

SIGNS = (
    "coverage of the sentence, its neighbours and the opening",
    "coverage of the passage and the opening",
    "coverage of the sentence, of what the opening leaves",
    "names in the sentence, its neighbours and the opening",
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
    "an amount is wanted",
    "a date is wanted",
    "a name is wanted",
    "a reason is wanted",
    "yes or no is wanted",
    "several are wanted",
    "the article is in English",
)

READ_SIGNS = (
    *SIGNS,
    "edges of the best span",
    "evidence of the sentence",
    "answer in the passage",
    "answer in any passage",
    "evidence, less that of the best sentence elsewhere",
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


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Sentences with a score each, and the probability that one of the best three answers."""

    sentences: tuple[Candidate, ...]
    scores: Scores  # (sentences,), 0 to 1: powers of probabilities, as those fall off too steeply for a second side
    confidence: float

    @classmethod
    def of(
        cls, sentences: Sequence[Candidate], scores: Scores, further: Scores, confidence: Scores, *, power: float
    ) -> Judged:
        """Put together the probabilities that each sentence answers, that each answers too, and that any does (1,)."""
        told = (replace(one, further=chance) for one, chance in zip(sentences, further.tolist(), strict=True))
        return cls(tuple(told), np.power(scores, power), float(confidence[0]))


def judge(
    asked: Asked,
    sentences: Sequence[Candidate],
    articles: Mapping[str, Article],
    encoder: Encoder,
    reader: Reader | None,
) -> Judged:
    """Judge sentences by what words and vectors say and, where there is a reader, by what it reads."""
    described = features(asked, sentences, articles, encoder)
    scores = model("sentence").probability(described)
    if reader is None:
        scores = with_outcome(asked, sentences, with_actor(asked, sentences, scores, articles))
        confidence = model("answer").probability(signs(asked, sentences, described, scores, articles=articles))
        further = model("further").probability(further_signs(asked, sentences, described, scores))
        return Judged.of(sentences, scores, further, confidence, power=ALONE)
    told, told_of = read(asked, sentences, scores, articles, reader)
    readings = with_shared(told_of, described)
    scores = with_actor(asked, told, model("sentence, read").probability(readings), articles)
    scores = with_outcome(asked, told, scores)
    described_answer = read_signs(asked, told, described, readings, scores, articles=articles)
    confidence = model("answer, read").probability(described_answer)
    further = model("further, read").probability(further_signs(asked, told, described, scores))
    return Judged.of(told, scores, further, confidence, power=READ)


def model(name: str) -> Logistic:
    """One of the fitted models.

    Args:
        name: "sentence" is the model of "this sentence answers the question", over describing.FEATURES; "answer"
            that of "one of the best three sentences answers it", over SIGNS; "sentence, read" and "answer, read"
            say the same once the reader has read, over reading.READINGS and READ_SIGNS. "further" and "further,
            read" are those of "this one answers too", beside the best sentence, over further.FURTHER_SIGNS; "bare"
            and "bare, read" those of "these words are the answer", over rightness.BARE_SIGNS.
    """
    return _models()[name]


def read_signs(
    asked: Asked,
    sentences: Sequence[Candidate],
    described: Scores,
    readings: Scores,
    scores: Scores,
    *,
    articles: Mapping[str, Article],
) -> Scores:
    """Describe the best sentence as `signs` does, and what the neural reader says of it.

    Args:
        readings: what the reader says of all sentences, (sentences, READINGS).

    Returns:
        An array of shape (1, READ_SIGNS).
    """
    best = int(np.argmax(scores))
    edges, evidence, passage = (READINGS.index(name) for name in READ_SIGNS[len(SIGNS) : len(SIGNS) + 3])
    elsewhere = [
        row[evidence]
        for place, row in enumerate(readings)
        if place != best and sentences[place].evidence.passage.article_id != sentences[best].evidence.passage.article_id
    ]
    gap = readings[best, evidence] - max(elsewhere) if elsewhere else 0.0
    own = [*readings[best, [edges, evidence, passage]], readings[:, passage].max(), gap]
    words = signs(asked, sentences, described, scores, articles=articles)[0]
    return np.concatenate([words, own]).astype(np.float32)[None]


def signs(
    asked: Asked,
    sentences: Sequence[Candidate],
    described: Scores,
    scores: Scores,
    *,
    articles: Mapping[str, Article],
) -> Scores:
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
    english = float(articles[passage.article_id].language == "en")  # the reader has learned from far fewer of these
    row = [*shared, float(scores[best]), held, min(len(asked.terms) / 8, 1.0), *_kind(asked), english]
    return np.asarray([row], dtype=np.float32)


def _kind(asked: Asked) -> list[float]:
    """What is wanted, as the last of SIGNS but one name it: of some kinds more is answered than of others."""
    wanted = asked.wanted
    kinds = (wanted in AMOUNTS, wanted == "date", wanted in NAMED, wanted == "reason", wanted == "yes or no")
    return [float(kind) for kind in (*kinds, asked.several)]


@lru_cache(maxsize=1)
def _models() -> dict[str, Logistic]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    expected = {
        "sentence": FEATURES,
        "answer": SIGNS,
        "further": FURTHER_SIGNS,
        "bare": BARE_SIGNS,
        "sentence, read": READINGS,
        "answer, read": READ_SIGNS,
        "further, read": FURTHER_SIGNS,
        "bare, read": BARE_SIGNS,
    }
    models = {}
    for name, described in expected.items():
        weights = stored[name]["weights"]
        assert tuple(weights) == described, f"{WEIGHTS.name} does not fit the features of {name!r}; fit it again"
        values = np.asarray(list(weights.values()), dtype=np.float32)
        models[name] = Logistic(described, values, float(stored[name]["bias"]))
    return models
