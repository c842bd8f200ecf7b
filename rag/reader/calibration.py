"""Fits how sure the reader may be that a passage holds an answer, on questions it has not learned from."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from rag.encoder.corpora import Corpora, Row
from rag.language.sentences import sentence_spans
from rag.reader.corpora import FRENCH_SETS, calibration_questions, news_questions
from rag.reader.decoding import Calibration, Found, better
from rag.reader.examples import without_answer
from rag.reader.reading import Reader, read_reader
from rag.reader.release import describe

NEWS_EVERY = 12  # one in so many of our questions on news is enough


def calibrate(folder: Path, corpora: Corpora, sets: Path) -> Calibration:
    """Fit a logistic model on texts that answer and texts that do not, and write it into the folder.

    They are French paragraphs with and without the sentence that answers, and our own questions on whole news articles.
    """
    reader = read_reader(folder)
    rows = [row for name in FRENCH_SETS for row in calibration_questions(corpora, name)]
    news = news_questions(corpora, sets, held_out=True)[::NEWS_EVERY]
    there = _found(reader, [*rows, *(row for row in news if row["answers"])])
    absent = _found(reader, [*filter(None, map(without_answer, rows)), *(row for row in news if not row["answers"])])
    signs = np.array([[found.margin, found.evidence, found.whole] for found in (*there, *absent)])
    model = LogisticRegression().fit(signs, [1] * len(there) + [0] * len(absent))
    margin, evidence, whole = (float(weight) for weight in model.coef_[0])
    fitted = Calibration(float(model.intercept_[0]), margin, evidence, whole)
    describe(folder, fitted)
    read_reader.cache_clear()
    return fitted


def _found(reader: Reader, rows: list[Row]) -> list[Found]:
    """The best span of each passage, where it has any word."""
    spans = (reader.find([row["question"]], [row["context"]], [sentence_spans(row["context"])])[0] for row in rows)
    return [best for found in spans if (best := reduce(better, found, None))]
