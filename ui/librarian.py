"""Adds, removes and rereads articles, and puts the newest assistant in its place after each."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import RagError
from rag.index import SyncReport
from rag.schema import Article
from ui.file_door import is_upload
from ui.newsroom import Newsroom
from ui.removals import Removal, remove
from ui.upload_folder import closed
from ui.uploads import LARGEST_FILE, Receipt, add_file, add_text, by_text


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch of files has come."""

    receipts: tuple[Receipt, ...]
    total: int
    finished: bool = False  # the new articles answer from now on


class Librarian:
    """Whoever changes the corpus of a newsroom; it may be used from several threads."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.read_at = _now()  # when the corpus began to be read

    @property
    def folder(self) -> Path | None:
        """Where articles may be added."""
        folder = self.newsroom.folder
        return None if closed(folder) else folder

    @property
    def stale(self) -> bool:
        """Whether a file or folder of the corpus has changed since it was read."""
        folder = self.newsroom.folder
        return folder is not None and _changed_since(folder, self.read_at.timestamp())

    def reread(self) -> SyncReport:
        """Read the corpus again.

        Raises:
            RagError: it cannot be read; the articles of before stay in place.
        """
        began = _now()
        synced = self.newsroom.refresh().synced
        self.read_at = began
        return synced

    def add_files(self, uploaded: Sequence[object]) -> Iterator[Progress]:
        """Add files that were uploaded, one after the other; what is no upload of ours is not opened.

        The uploads are gone afterwards, whatever became of them.

        Raises:
            RagError: the corpus cannot be read with them.
        """
        receipts: tuple[Receipt, ...] = ()
        known = self._known()
        files = [Path(str(path)) for path in uploaded if is_upload(str(path))]
        for file in files:
            yield Progress(receipts, len(files))
            receipt = self._added(file, known)
            discard([file])
            known |= by_text(receipt.articles)
            receipts = (*receipts, receipt)
        yield from self._indexed(receipts)

    def add_text(self, text: str, *, title: str = "", outlet: str = "", published: str = "") -> Iterator[Progress]:
        """Add a pasted text.

        Raises:
            RagError: the corpus cannot be read with it.
        """
        yield Progress((), 1)
        if self.folder:
            known = self._known()
            said = {"title": title, "outlet": outlet, "published": published}
            yield from self._indexed((add_text(self.folder, text, known, **said),))

    def remove(self, article: Article) -> Removal:
        """Take an article that was added out of the corpus.

        Raises:
            RagError: the corpus cannot be read without it.
        """
        done = remove(self.folder, article, self.newsroom.assistant.articles)
        if done.moved_to:
            self.reread()
        return done

    def _known(self) -> dict[str, Article]:
        """The articles of the corpus as it is now, by text."""
        if self.stale:
            with suppress(RagError):  # a folder that is empty is about to be filled
                self.reread()
        return by_text(self.newsroom.assistant.articles)

    def _added(self, file: Path, known: dict[str, Article]) -> Receipt:
        try:
            if self.folder is None or file.stat().st_size > LARGEST_FILE:
                return Receipt(file.name, "large" if self.folder else "disk")
            return add_file(self.folder, file.name, file.read_bytes(), known)
        except OSError as error:
            return Receipt(file.name, "disk", detail=error.strerror or str(error))

    def _indexed(self, receipts: tuple[Receipt, ...]) -> Iterator[Progress]:
        yield Progress(receipts, len(receipts))
        if any(receipt.outcome == "added" for receipt in receipts):
            self.reread()
        held = by_text(self.newsroom.assistant.articles)  # the same articles, under the ids by which they are known
        settled = [
            replace(one, articles=tuple(held.get(article.text, article) for article in one.articles))
            for one in receipts
        ]
        yield Progress(tuple(settled), len(receipts), finished=True)


def discard(uploaded: Sequence[object]) -> None:
    """Delete files that were uploaded; what is no upload of ours stays."""
    for file in (Path(str(path)) for path in uploaded if is_upload(str(path))):
        with suppress(OSError):
            file.unlink()
            file.parent.rmdir()  # Gradio gives each upload a folder of its own


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()


def _changed_since(folder: Path, moment: float) -> bool:
    with suppress(OSError):
        for place, folders, files in os.walk(folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            shown = [name for name in files if not name.startswith(".")]
            if any(Path(place, name).lstat().st_mtime > moment for name in (".", *shown)):
                return True
    return False
