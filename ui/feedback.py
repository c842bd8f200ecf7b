"""Keeps what readers think of answers, a line each, in a file of their own machine that nothing is sent from."""

from __future__ import annotations

import datetime
import json
import os
import threading
from pathlib import Path
from typing import Any

from rag import index
from rag.corpus.characters import one_line
from rag.errors import StoreError
from rag.schema import Answer, Citation
from rag.settings import Settings
from ui.turns import Turn

LARGEST_FILE = 5_000_000  # bytes
LONGEST_WHY = 500  # characters
LONGEST_TEXT = 2_000  # characters of a question, a sentence or a quote
MOST_CITATIONS = 20


def feedback_file(place: Path | None, settings: Settings) -> Path | None:
    """Where the feedback on answers over the corpus at `place` is kept; None for a corpus in memory."""
    return index.feedback_file(place, settings) if place else None


def keep(file: Path, turn: Turn, *, liked: bool, why: str) -> None:
    """Add what a reader thought of the answer of a turn; a turn without an answer has nothing to be judged.

    Who changes their mind is kept twice, the last line counts.

    Raises:
        StoreError: the file is full or cannot be written; it is as it was.
    """
    if turn.answer is None:
        return
    line = json.dumps(_opinion(turn.question, turn.answer, liked=liked, why=why), ensure_ascii=False) + "\n"
    try:
        with _WRITING:
            _append(file, line.encode())
    except OSError as error:
        raise StoreError(
            f"the feedback could not be written to {str(file)!r} ({error.strerror or error}); check the folder"
        ) from error


_WRITING = threading.Lock()


def _opinion(question: str, answer: Answer, *, liked: bool, why: str) -> dict[str, Any]:
    return {
        "at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "liked": liked,
        "why": one_line(why, LONGEST_WHY),
        "question": one_line(question, LONGEST_TEXT),
        "standalone": one_line(answer.standalone or "", LONGEST_TEXT) or None,
        "language": answer.language,
        "mode": answer.mode,
        "abstained": answer.abstained,
        "short": one_line(answer.short or "", LONGEST_TEXT) or None,
        "claims": [one_line(claim.text, LONGEST_TEXT) for claim in answer.claims if claim.verdict != "unsupported"],
        "citations": [_cited(citation) for citation in answer.citations[:MOST_CITATIONS]],
    }


def _cited(citation: Citation) -> dict[str, Any]:
    # The quote as it is, not on one line: it must be found again in its article.
    quote = citation.quote[:LONGEST_TEXT].encode(errors="replace").decode()
    return {"article": citation.article_id, "start": citation.start, "end": citation.end, "quote": quote}


def _append(file: Path, line: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A link in its place would be somebody's way to another file.
    opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(opened, "ab") as written:
        if written.tell() + len(line) > LARGEST_FILE:
            raise StoreError(f"the feedback in {str(file)!r} has grown to {LARGEST_FILE} bytes; move that file away")
        written.write(line)
