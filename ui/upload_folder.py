"""Knows the folder of a corpus that added articles go to: safe names, whole writes, lines that keep their numbers.

<corpus>/uploads/            read with the rest of the corpus, by whoever reads it
<corpus>/uploads/.removed/   not read; what was taken out waits here for a change of mind

Nothing here overwrites a file, or touches one outside these two folders.
"""

from __future__ import annotations

import os
import re
import tempfile
import uuid
from collections.abc import Collection
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Literal

from rag.corpus import Corpus, read_corpus
from rag.corpus.characters import normalised

UPLOADS = "uploads"
REMOVED = ".removed"

Closed = Literal["no folder", "link", "read-only"]  # why nothing can be added to a corpus


def closed(folder: Path | None) -> Closed | None:
    """Why articles cannot be added to this corpus folder, or None if they can."""
    if folder is None or not folder.is_dir():
        return "no folder"
    place = folder / UPLOADS
    if place.is_symlink() or (place / REMOVED).is_symlink():
        return "link"
    return None if os.access(place if place.exists() else folder, os.W_OK | os.X_OK) else "read-only"


def safe_stem(name: str) -> str:
    """A file name without its kind that leads nowhere, hides nothing and is no device; what can be read of `name`."""
    last = re.split(r"[/\\]", name[-1_000:])[-1]
    plain = re.sub(r"\W{2,}|[^\w.-]", "-", normalised(last)).strip("-._")
    kept = plain.encode()[:_LONGEST_STEM].decode(errors="ignore").strip("-._")
    return f"article-{kept}".rstrip("-") if not kept or _RESERVED.fullmatch(kept.partition(".")[0]) else kept


def read_alone(name: str, data: bytes) -> Corpus:
    """A file of that name and content as the corpus would read it.

    Raises:
        CorpusError: there is no article in it.
    """
    with tempfile.TemporaryDirectory(prefix="depeche-") as folder:
        file = Path(folder, name)
        file.write_bytes(data)
        return read_corpus(file)


def store(folder: Path, name: Path, data: bytes) -> Path:
    """Write a new file, under that name if it is free; it is there whole or not at all."""
    folder.mkdir(exist_ok=True)
    draft = _draft(folder, data)
    try:
        return draft.replace(_free(folder, name))
    finally:
        draft.unlink(missing_ok=True)


def move_out(file: Path) -> Path:
    """Move a file of the folder to those removed."""
    removed = file.parent / REMOVED
    removed.mkdir(exist_ok=True)
    return file.replace(_free(removed, file))


def move_line_out(file: Path, number: int) -> Path:
    """Move one line of a file to a file of its own among those removed; an empty line takes its place."""
    data = file.read_bytes()
    line = only_lines(data, {number}).strip(b"\n")
    moved = store(file.parent / REMOVED, Path(f"{file.stem}-line-{number}{file.suffix}"), line + b"\n")
    others = set(range(1, data.count(b"\n") + 2)) - {number}
    _draft(file.parent, only_lines(data, others)).replace(file)
    return moved


def only_lines(data: bytes, numbers: Collection[int]) -> bytes:
    """The data with all other lines emptied: each line keeps its number, by which its article is known."""
    lines = data.split(b"\n")
    return b"\n".join(line if number in numbers else b"" for number, line in enumerate(lines, 1))


_LONGEST_STEM = 120  # bytes; file systems take 255, with the kind
_RESERVED = re.compile(r"readme|con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)  # never read, or devices on Windows


def _draft(folder: Path, data: bytes) -> Path:
    """The data on the disk, in a hidden file that nobody reads."""
    draft = folder / f".{uuid.uuid4().hex}"
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _free(folder: Path, name: Path) -> Path:
    """A file that was not there, made now and empty, so that nobody else can take its name."""
    for number in count(1):
        # Not "-2": after "2020-01" that would be a day.
        place = folder / (name.name if number == 1 else f"{name.stem}-copy-{number}{name.suffix}")
        with suppress(FileExistsError):
            place.open("xb").close()
            return place
    raise AssertionError("numbers do not end")
