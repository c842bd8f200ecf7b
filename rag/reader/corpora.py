"""Says which public questions the reader learns from and which are kept apart to measure it and to fit the answerer."""

from __future__ import annotations

import hashlib

from rag.encoder.corpora import Corpora, Row

FRENCH_SETS = ("qa_fr_piaf", "qa_fr_afriqa")
ENGLISH_SETS = ("qa_en_afriqa", "qa_en_shifts")
HELD_OUT = {"fr": 0.30, "en": 0.15}  # share of the articles that questions are asked about


def questions(corpora: Corpora, name: str, *, held_out: bool) -> list[Row]:
    """Questions that have an answer, with their passage, split by the article that the passage is from.

    What the encoder holds out is held out here too: `unseen_questions` is the part that neither has seen.
    """
    rows = [row for row in corpora.rows(name) if row["answers"] and not row.get("impossible")]
    apart = {row["context"] for row in rows if is_held_out(row)} | _unseen_by_encoder(corpora, name)
    return [row for row in rows if (row["context"] in apart) == held_out]


def unseen_questions(corpora: Corpora, name: str) -> list[Row]:
    """Questions that neither the reader nor the encoder was trained on: what may be fitted on the features of both."""
    unseen = _unseen_by_encoder(corpora, name)
    return [row for row in questions(corpora, name, held_out=True) if row["context"] in unseen]


def calibration_questions(corpora: Corpora, name: str) -> list[Row]:
    """Questions held out here that the encoder was trained on: they calibrate the reader and measure nothing."""
    unseen = _unseen_by_encoder(corpora, name)
    return [row for row in questions(corpora, name, held_out=True) if row["context"] not in unseen]


def is_held_out(row: Row) -> bool:
    """Whether the article of a question falls into the share kept apart; the same for every question about it."""
    key = row["title"] or row["context"]
    place = int(hashlib.sha256(key.encode()).hexdigest()[:12], 16) / 16**12  # as the encoder draws: its part is inside
    return place < HELD_OUT[row["lang"]]


def _unseen_by_encoder(corpora: Corpora, name: str) -> set[str]:
    return {row["context"] for row in corpora.questions(name, held_out=True)}
