"""Reads a passage for a question: which words answer it, how surely, and whether they are there at all."""

from __future__ import annotations

from pathlib import Path

from rag.reader.decoding import Span
from rag.reader.reading import Reader, read_reader
from rag.settings import Settings

__all__ = ["Reader", "Span", "open_reader"]


def open_reader(settings: Settings) -> Reader | None:
    """The reader that the settings name; None when they say "none".

    Raises:
        ReaderError: its files are missing, damaged or of another kind.
    """
    if settings.reader == "none":
        return None
    return read_reader(Path(__file__).parent if settings.reader == "bundled" else Path(settings.reader).expanduser())
