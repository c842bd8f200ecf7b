"""Fits how sure the reader may be that a passage holds an answer, on questions it has not learned from."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from rag.encoder.corpora import Corpora, Row
from rag.language.sentences import sentence_spans
from rag.reader.corpora import FRENCH_SETS, calibration_questions
from rag.reader.decoding import Calibration, Found, better
from rag.reader.examples import without_answer
from rag.reader.reading import Reader, read_reader
from rag.reader.release import describe


def calibrate(folder: Path, corpora: Corpora) -> Calibration:
    """Fit a logistic model on French passages with and without their answer sentence, and write it into the folder."""
    reader = read_reader(folder)
    rows = [row for name in FRENCH_SETS for row in calibration_questions(corpora, name)]
    there = _found(reader, rows)
    absent = _found(reader, [row for row in map(without_answer, rows) if row])
    signs = np.array([[found.margin, found.evidence, found.whole] for found in (*there, *absent)])
    model = LogisticRegression().fit(signs, [1] * len(there) + [0] * len(absent))
    margin, evidence, whole = (float(weight) for weight in model.coef_[0])
    fitted = Calibration(float(model.intercept_[0]), margin, evidence, whole)
    describe(folder, fitted)
    read_reader.cache_clear()
    return fitted


def _found(reader: Reader, rows: list[Row]) -> list[Found]:
    """The best span of each passage, where it has any word."""
    spans = (reader.find(row["question"], [row["context"]], [sentence_spans(row["context"])])[0] for row in rows)
    return [best for found in spans if (best := reduce(better, found, None))]
