"""Reads a plain text file: one file, one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rag.corpus.drafts import Draft


def drafts_of_text(text: str, *, id: str, path: str, file_name: str) -> Iterator[Draft]:
    """The one draft of a text file."""
    yield Draft(id=id, path=path, text=unwrapped(text), file_name=file_name)


def unwrapped(text: str) -> str:
    """The text with each paragraph on one line, if its lines were broken at a fixed width; else as it is."""
    lines = text.splitlines()
    breaks = [(line, below) for line, below in pairwise(lines) if line.strip() and below.strip()]
    if len(breaks) < _FEWEST_BREAKS or max(map(len, lines)) > _WIDEST:
        return text
    wrapped = sum(len(line) >= _NARROWEST and not _ENDS_SENTENCE.search(line) for line, _ in breaks)
    if wrapped < _MOSTLY * len(breaks):
        return text
    return "\n\n".join(" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", "\n".join(lines)))


_FEWEST_BREAKS = 4
_NARROWEST, _WIDEST = 40, 100  # characters of a line broken by a mail program or a typist
_MOSTLY = 0.7
_ENDS_SENTENCE = re.compile(r"[.!?…:;»”\"]\s*$")
