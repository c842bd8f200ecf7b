"""Takes articles that were added on the page out of the corpus again, and leaves every other file alone."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from rag.errors import CorpusError
from rag.schema import Article
from ui.upload_folder import UPLOADS, closed, move_line_out, move_out, only_lines, read_alone
from ui.uploads import line_of

Fate = Literal["file", "line", "yours", "last", "changed", "disk"]


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing an article means; once done, what it has meant."""

    article: Article
    fate: Fate  # "file" and "line" go; "yours" is a file that nobody added on the page; "last" is the only article
    file: str  # that holds it, as a path in the corpus
    moved_to: str | None = None  # once it is done
    detail: str = ""  # what the system says


def was_added(article: Article) -> bool:
    """Whether an article lies where those added on the page do."""
    return _OURS.fullmatch(_file_of(article)) is not None


def removal(folder: Path | None, article: Article, held: Collection[Article]) -> Removal:
    """What removing an article would do; nothing is done yet.

    Args:
        folder: the corpus.
        held: all its articles.
    """
    file = _file_of(article)
    if folder is None or not was_added(article) or closed(folder) or (folder / file).is_symlink():
        return Removal(article, "yours", file)
    if len(held) < 2:
        return Removal(article, "last", file)
    if not (folder / file).is_file():
        return Removal(article, "changed", file)
    shared = any(_file_of(other) == file for other in held if other.id != article.id)
    return Removal(article, "line" if shared else "file", file)


def remove(folder: Path | None, article: Article, held: Collection[Article]) -> Removal:
    """Move an added article to the folder of removed ones: its file, or its line of a file that has others."""
    with _ONE_AT_A_TIME:
        planned = removal(folder, article, held)
        if folder is None or planned.fate not in ("file", "line"):
            return planned
        file, number = folder / planned.file, line_of(article)
        try:
            if planned.fate == "line" and number is not None:
                if not _still_holds(file, number, article):
                    return replace(planned, fate="changed")
                moved = move_line_out(file, number)
            else:
                moved = move_out(file)
        except OSError as error:
            return replace(planned, fate="disk", detail=error.strerror or str(error))
        return replace(planned, moved_to=moved.relative_to(folder).as_posix())


_ONE_AT_A_TIME = threading.Lock()  # two lines of one file may be removed at the same moment
_OURS = re.compile(rf"{UPLOADS}/[^/.][^/]*\.(?:txt|md|html?|jsonl?)", re.IGNORECASE)


def _file_of(article: Article) -> str:
    path = article.path or ""
    return path if line_of(article) is None else path.rpartition(":")[0]


def _still_holds(file: Path, number: int, article: Article) -> bool:
    """Whether the line is that article still: somebody may have edited the file since it was read."""
    try:
        found = read_alone(file.name, only_lines(file.read_bytes(), {number})).articles
    except CorpusError:
        return False
    return [one.text for one in found] == [article.text]
