"""Takes in an article that somebody offers on the page: a file or a pasted text, judged before it is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rag.corpus.characters import normalised, one_line
from rag.corpus.dating import read_date
from rag.errors import CorpusError
from rag.schema import Article, Skipped, first_words
from ui.markup import shortened
from ui.upload_folder import UPLOADS, only_lines, read_alone, safe_stem, store

KINDS = (".txt", ".md", ".html", ".htm", ".jsonl")
LARGEST_FILE = 10_000_000  # bytes
MOST_FILES = 100  # in one go
MOST_ARTICLES = 1_000  # in one file

Outcome = Literal["added", "known", "kind", "empty", "large", "many", "date", "unreadable", "disk"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What has become of one file or text that was offered."""

    name: str  # as offered; hostile
    outcome: Outcome
    stored: str | None = None  # "uploads/name.txt"
    articles: tuple[Article, ...] = ()  # those added; when nothing was, those that were there already
    left_out: tuple[Skipped, ...] = ()  # lines that are no article, and notes
    detail: str = ""  # what the reader of files or the system says of it


def add_file(folder: Path, name: str, data: bytes, known: Mapping[str, Article]) -> Receipt:
    """Store a file if it holds an article that is not there yet.

    Of a .jsonl file, only the lines that are new articles are stored, each in its place.

    Args:
        folder: the corpus, which ui.upload_folder.closed finds open.
        name: the file's name as offered; only its letters, its digits and its kind are used.
        known: the articles of the corpus, see `by_text`.
    """
    shown = one_line(name) or "?"
    kind = next((kind for kind in KINDS if name.lower().endswith(kind)), None)
    if kind is None:
        return Receipt(shown, "kind")
    return _add(folder, shown, Path(safe_stem(name[: -len(kind)]) + kind), data, known)


def add_text(
    folder: Path, text: str, known: Mapping[str, Article], *, title: str = "", outlet: str = "", published: str = ""
) -> Receipt:
    """Store a pasted text as an article, with what else is said of it; see `add_file`."""
    said = {"title": title, "outlet": outlet, "published": published}
    fields = {name: one_line(value) for name, value in said.items() if value.strip()}
    shown = fields.get("title") or first_words(normalised(text[:2_000])) or "?"
    if "published" in fields and read_date(fields["published"]) is None:
        return Receipt(shown, "date", detail=fields["published"])
    kind, written = ".txt", text.strip()
    if fields and written:
        kind, written = ".json", json.dumps({**fields, "text": written}, ensure_ascii=False, indent=1)
    return _add(
        folder, shown, Path(safe_stem(shortened(shown, limit=60)) + kind), written.encode(errors="replace"), known
    )


def by_text(articles: Iterable[Article]) -> dict[str, Article]:
    """Articles by their text: two of the same text are one."""
    return {article.text: article for article in articles}


def line_of(article: Article) -> int | None:
    """The line of its .jsonl file that an article stands on, from 1; None if the file holds nothing else."""
    file, _, number = (article.path or "").rpartition(":")
    return int(number) if file.lower().endswith(".jsonl") and number.isdecimal() else None


def _add(folder: Path, shown: str, file: Path, data: bytes, known: Mapping[str, Article]) -> Receipt:
    lines = file.suffix.lower() == ".jsonl"
    if refusal := _refusal(data, lines=lines):
        return Receipt(shown, refusal)
    try:
        read = read_alone(file.name, data)
    except CorpusError as error:
        return Receipt(shown, "unreadable", detail=_said(error, file.name))
    fresh = tuple(article for article in read.articles if article.text not in known)
    if not fresh:
        return Receipt(shown, "known", articles=tuple(known[article.text] for article in read.articles))
    if lines:
        data = only_lines(data, {number for article in fresh if (number := line_of(article))})
    try:
        stored = store(folder / UPLOADS, file, data)
    except OSError as error:
        return Receipt(shown, "disk", detail=error.strerror or str(error))
    return Receipt(shown, "added", f"{UPLOADS}/{stored.name}", fresh, read.skipped)


def _refusal(data: bytes, *, lines: bool) -> Outcome | None:
    if not data.strip():
        return "empty"
    if len(data) > LARGEST_FILE:
        return "large"
    # Counted before anything is read: an article takes a millisecond, and a file may have a million lines.
    many = lines and sum(1 for line in data.split(b"\n") if line.strip()) > MOST_ARTICLES
    return "many" if many else None


def _said(error: CorpusError, name: str) -> str:
    """What is wrong with a file, without the place of this machine where it was read."""
    _, *said = re.split(rf"{re.escape(name)}(?::\d+)? ", str(error))
    return said[-1] if said else ""
