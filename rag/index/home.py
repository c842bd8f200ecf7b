"""Says where an index lives on disk, lets one process at a time into it, and swaps a rebuilt one in.

<folder>/
  lock, holder        one process at a time; its pid
  current             the name of the generation that answers
  generation-0001/    catalogue.sqlite3, chroma/, bm25-<stamp>/
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import IndexLocked, SettingsError, StoreError
from rag.settings import Settings


def index_folder(corpus: Path, settings: Settings) -> Path:
    """The folder of a corpus's index: `.depeche` beside the corpus, or within RAG_INDEX_DIR.

    A corpus that is a link has its index beside the link: what it leads to may be a place that is not for us.

    Raises:
        SettingsError: RAG_INDEX_DIR is inside the corpus, which would be read as articles.
    """
    place = corpus.absolute().resolve()
    name = place.name or "corpus"
    if settings.index_dir is None:
        given = corpus.absolute()
        if given.name in ("", ".."):
            return place.parent / HIDDEN / name
        return given.parent.resolve() / HIDDEN / given.name
    chosen = settings.index_dir.absolute().resolve()
    if place == chosen or place in chosen.parents:
        raise SettingsError(
            f"RAG_INDEX_DIR={str(settings.index_dir)!r} is inside the corpus {str(corpus)!r}; choose a folder beside it"
        )
    return chosen / f"{name}-{hashlib.sha256(os.fsencode(place)).hexdigest()[:8]}"


def feedback_file(corpus: Path, settings: Settings) -> Path:
    """The file of what readers thought of the answers, beside the index: it outlives an index that is built anew.

    Raises:
        SettingsError: as index_folder.
    """
    folder = index_folder(corpus, settings)
    return folder.with_name(f"{folder.name}.feedback.jsonl")


def corpus_of(folder: Path) -> str:
    """The corpus of an index that lies beside it, as a shell takes it in a command; else "CORPUS"."""
    return shlex.quote(str(folder.parent.parent / folder.name)) if folder.parent.name == HIDDEN else "CORPUS"


class Home:
    """The folder of one index, held by this process from `Home(...)` to `release()`."""

    def __init__(self, folder: Path, wait: float) -> None:
        """Take hold of `folder`, which is made if need be.

        Args:
            wait: seconds to wait for another process that holds it.

        Raises:
            IndexLocked: another process holds it still.
            StoreError: the folder cannot be written, or is another program's.
        """
        self.folder = folder
        self._owner = os.getpid()
        with _disk_errors(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _refuse_strangers(folder)
            folder.chmod(0o700)
            self._lock = FileLock(folder / "lock", mode=0o600)
            try:
                self._lock.acquire(timeout=wait, poll_interval=0.05)
            except Timeout as timeout:
                raise IndexLocked(
                    f"the index {str(folder)!r} is in use by {_holder(folder)}; close that program and try again, let"
                    " RAG_LOCK_WAIT be longer, or set RAG_INDEX_DIR to another folder"
                ) from timeout
            try:
                (folder / "holder").write_text(str(self._owner), encoding="ascii")
            except BaseException:
                self._lock.release()
                raise

    def current(self) -> Path | None:
        """The generation that answers; None in a folder that has none yet.

        Raises:
            StoreError: it is not there any more.
        """
        with _disk_errors(self.folder):
            pointer = self.folder / "current"
            if not pointer.exists():
                return None
            name = pointer.read_text(encoding="utf-8", errors="replace").strip()
            if not _is_generation(name) or not (self.folder / name).is_dir():
                raise StoreError(
                    f"the index {str(self.folder)!r} is damaged: its generation {name[:40]!r} is not there;"
                    f" run `depeche index {corpus_of(self.folder)} --rebuild`"
                )
            return self.folder / name

    def current_or_none(self) -> Path | None:
        """The same, None as well where it is not there any more."""
        try:
            return self.current()
        except StoreError:
            return None

    def begin(self) -> Path:
        """Make the folder of a new generation, which does not answer before it is adopted."""
        numbers = [int(place.name.removeprefix(_GENERATION)) for place in self._generations()]
        place = self.folder / f"{_GENERATION}{max(numbers, default=0) + 1:04d}"
        with _disk_errors(self.folder):
            place.mkdir(mode=0o700)
        return place

    def adopt(self, generation: Path) -> None:
        """Let a generation answer from now on, in one step, and remove the others."""
        draft = self.folder / "current.new"
        with _disk_errors(self.folder):
            with draft.open("w", encoding="utf-8") as file:
                file.write(generation.name)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.folder / "current")
        self.discard_others(generation)

    def discard_others(self, generation: Path) -> None:
        """Remove every generation but one: replaced ones, and those of a rebuild that was killed."""
        for place in self._generations():
            if place != generation:
                shutil.rmtree(place, ignore_errors=True)

    def release(self) -> None:
        """Let go of the folder; a child process that was forked while it was held leaves it alone."""
        if os.getpid() == self._owner:
            with suppress(OSError):
                (self.folder / "holder").unlink(missing_ok=True)
            self._lock.release()

    def _generations(self) -> list[Path]:
        return [place for place in self.folder.iterdir() if _is_generation(place.name)]


HIDDEN = ".depeche"
_GENERATION = "generation-"
_OURS = {"lock", "holder", "current", "current.new"}


def _is_generation(name: str) -> bool:
    number = name.removeprefix(_GENERATION)
    return name.startswith(_GENERATION) and number.isascii() and number.isdigit()


def _refuse_strangers(folder: Path) -> None:
    """Raise StoreError for a folder with something in it that is not part of an index of ours."""
    if (folder / "current").is_file():
        return
    strangers = sorted(
        place.name for place in folder.iterdir() if place.name not in _OURS and not _is_generation(place.name)
    )
    if strangers:
        raise StoreError(
            f"the folder {str(folder)!r} is not an index: it holds {strangers[0]!r}; nothing was changed, set"
            " RAG_INDEX_DIR to another folder"
        )


def _holder(folder: Path) -> str:
    with suppress(OSError, ValueError):
        return f"process {int((folder / 'holder').read_text(encoding='ascii'))}"
    return "another process"


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"the index folder {str(folder)!r} cannot be used ({error.strerror or error}); set RAG_INDEX_DIR to a"
            " folder that can be written"
        ) from error
