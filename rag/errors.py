"""What can go wrong, as one tree; every message says what happened, with what value, and what to do next.

RagError
  UsageError             what was asked cannot be done as written (exit code 2)
    QuestionError        an empty or over-long question
    SettingsError        a setting that cannot be read
    CorpusNotFound       no such folder or file
  CorpusError            the corpus is there but holds no readable article
  EncoderError           the embedding model is missing, damaged or of another kind
  ReaderError            the neural reader is missing, damaged or of another kind
  StoreError             the index cannot be read or written
    IndexLocked          another process holds the index
    IndexOutdated        the index was built with another encoder, analysis or schema
  ModelError             the language model cannot be used, or what it sent cannot; quotes then make the answer
"""

from __future__ import annotations

from collections.abc import Mapping


class RagError(Exception):
    """The root of all errors that this project raises on purpose; shown to the user as one line."""

    exit_code = 1


class UsageError(RagError):
    """What was asked cannot be done as written."""

    exit_code = 2


class QuestionError(UsageError):
    """The question is empty or too long."""


class SettingsError(UsageError):
    """A setting has a value that cannot be used."""


class CorpusNotFound(UsageError):
    """There is no such folder or file."""


class CorpusError(RagError):
    """The corpus is there but holds no readable article."""


class EncoderError(RagError):
    """The embedding model is missing, damaged or of another kind."""


class ReaderError(RagError):
    """The neural reader is missing, damaged or of another kind."""


class StoreError(RagError):
    """The index cannot be read or written."""


class IndexLocked(StoreError):
    """Another process holds the index."""


class IndexOutdated(StoreError):
    """The index was built with another encoder, analysis or schema."""


class ModelError(RagError):
    """The language model cannot be used, or what it sent cannot; `told` says so in French and in English."""

    def __init__(self, kind: str, told: Mapping[str, str]) -> None:
        super().__init__(told["en"])
        self.kind = kind
        self.told = told
