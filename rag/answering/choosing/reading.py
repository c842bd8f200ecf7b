"""Reads the likeliest passages with the neural reader: how well each sentence answers, and with which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.answering.asking.question import Asked
from rag.answering.choosing.dating import put_to
from rag.answering.choosing.describing import FEATURES
from rag.answering.choosing.heading import heading
from rag.answering.choosing.plainly import put_plainly
from rag.answering.choosing.sentences import Candidate, Scores, log_odds
from rag.reader import Reader
from rag.reader.decoding import Found, score
from rag.reader.windows import titled
from rag.schema import Article

PASSAGES = 11  # read for a question
SCALE = 10.0  # logits to numbers of about 1

READ = (
    "probability without the reader, as logit",
    "edges of the best span",
    "evidence of the sentence",
    "answer in the passage",
    "score of the sentence, less the best one",
    "probability without the reader, less the best one",
    "read",
)
SHARED = ("wanted kind of answer present", "agreement with the time asked about")  # features that still count
READINGS = (*READ, *SHARED)


def read(
    asked: Asked, sentences: Sequence[Candidate], scores: Scores, articles: Mapping[str, Article], reader: Reader
) -> tuple[list[Candidate], Scores]:
    """Read the passages of the best sentences, each under its heading, for what is asked of its article.

    Args:
        scores: the probability of each sentence without the reader, (sentences,).

    Returns:
        The sentences, those that were read with the words that may be the answer, and an array of shape
        (sentences, READ).
    """
    found: list[Found | None] = [None] * len(sentences)
    told, every = list(sentences), shown(asked, sentences, scores, articles)
    spans = reader.find([one.question for one in every], [one.text for one in every], [one.spots for one in every])
    for one, own in zip(every, spans, strict=True):
        for place, best, (start, end) in zip(one.places, own, one.spots, strict=True):
            if best:
                found[place] = best
                span = reader.span(one.text, best)
                words = max(span.start, start) - start, min(span.end, end) - start
                told[place] = replace(told[place], words=words, answerable=span.answerable)
    return told, _described(found, scores)


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as it is read: the question put to it, its text under its heading, and where its sentences stand."""

    places: list[int]  # of its sentences among all
    question: str
    text: str
    spots: list[tuple[int, int]]


def shown(asked: Asked, sentences: Sequence[Candidate], scores: Scores, articles: Mapping[str, Article]) -> list[Shown]:
    """The passages of the best sentences as the reader is shown them, the best first."""
    found = []
    for places in _by_passage(sentences, scores):
        passage = sentences[places[0]].evidence.passage
        article = articles[passage.article_id]
        text = titled(heading(asked, article, passage), passage.text)
        shift = len(text) - len(passage.text) - passage.start
        question = put_plainly(put_to(asked, article), asked, text, article.read_as)
        spots = [(sentences[place].start + shift, sentences[place].end + shift) for place in places]
        found.append(Shown(places, question, text, spots))
    return found


def with_shared(readings: Scores, described: Scores) -> Scores:
    """What the reader says, (sentences, READ), with some of the features, (sentences, FEATURES), as READINGS."""
    shared = described[:, [FEATURES.index(name) for name in SHARED]]
    return np.column_stack([readings, shared]).astype(np.float32)


def _by_passage(sentences: Sequence[Candidate], scores: Scores) -> list[list[int]]:
    """The places of the sentences of the `PASSAGES` passages that hold the best ones."""
    found: dict[str, list[int]] = {}
    for place in np.argsort(-scores, kind="stable").tolist():
        found.setdefault(sentences[place].evidence.passage.id, []).append(place)
    return [sorted(siblings) for siblings in list(found.values())[:PASSAGES]]


def _described(found: Sequence[Found | None], scores: Scores) -> Scores:
    logits = log_odds(scores)
    told = [(one.margin, one.evidence, one.whole, score(one)) for one in found if one]
    if not told:
        told = [(0.0, 0.0, 0.0, 0.0)]
    lowest, best = np.min(told, axis=0), np.max(told, axis=0)
    rows = []
    for one, logit in zip(found, logits.tolist(), strict=True):
        margin, evidence, whole, whole_score = (one.margin, one.evidence, one.whole, score(one)) if one else lowest
        rows.append(
            (
                logit,
                margin / SCALE,
                evidence / SCALE,
                whole / SCALE,
                (whole_score - best[3]) / SCALE,
                logit - logits.max(),
                float(one is not None),
            )
        )
    return np.asarray(rows, dtype=np.float32)
