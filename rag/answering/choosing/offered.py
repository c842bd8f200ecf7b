"""Holds what a sentence offers as the bare answer to a question."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answering.asking.question import Asked
from rag.language.stop_words import STOP_WORDS

NO_NOUNS = STOP_WORDS["fr"] | STOP_WORDS["en"]


@dataclass(frozen=True, slots=True)
class Bare:
    """What may be the bare answer: `sentence[start:end]`; `fit` (0..1) says how well its kind is the one wanted."""

    start: int
    end: int
    fit: float
    value: str  # by which two answers are compared: "5200 soldat", "2020-01-07", "jean martin"


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence read with a question in mind."""

    asked: Asked
    sentence: str
    folded: str  # letter for letter at the same places
    language: str
