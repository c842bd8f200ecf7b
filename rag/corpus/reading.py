"""Reads a folder of articles, or one file of them, and says what it skipped and why."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import stat
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from rag.corpus.characters import one_line
from rag.corpus.decoding import decode
from rag.corpus.drafts import Draft
from rag.corpus.editing import edit, refuse_too_long
from rag.corpus.markdown import drafts_of_markdown
from rag.corpus.records import drafts_of_json, drafts_of_lines
from rag.corpus.text import drafts_of_text
from rag.corpus.web import drafts_of_page
from rag.errors import CorpusError, CorpusNotFound
from rag.schema import Article, Skipped

LARGEST_FILE = 10_000_000  # bytes of a file that is read as a whole; a .jsonl file is read line by line
KINDS = (".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".jsonl.gz")


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read: articles in order of id, what was skipped, and what cleaning removed from each article."""

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...] = ()
    removed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # article id -> pieces of text


def read_corpus(place: Path) -> Corpus:
    """Read all articles of a folder and its sub-folders, or of one file.

    An article's id is its path in the folder without the suffix; a record's is its `id` field. Hidden files and
    folders are not looked at, and a README is documentation, not an article.

    Raises:
        CorpusNotFound: there is no such folder or file.
        CorpusError: it may not be read, or nothing in it could be read as an article.
    """
    try:
        root = place.resolve(strict=True)
        is_folder = root.is_dir()
    except PermissionError as error:
        raise CorpusError(f"{str(place)!r} {_unread(place, error)}") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise CorpusNotFound(f"no folder or file {str(place)!r}; give the path of a folder of articles") from error
    intake = _Intake()
    if is_folder:
        intake.read_folder(root, place)
    else:
        intake.read(root, one_line(place.name), root.parent)
    if not intake.articles:
        raise CorpusError(_nothing_found(place, intake.skipped))
    articles = [intake.articles[name] for name in sorted(intake.articles)]
    return Corpus(
        articles=tuple(article for article, _ in articles),
        skipped=tuple(intake.skipped),
        removed=MappingProxyType({article.id: removed for article, removed in articles}),
    )


class _Intake:
    """Collects what is read, one file after the other; an id and a text are taken in once."""

    def __init__(self) -> None:
        self.articles: dict[str, tuple[Article, tuple[str, ...]]] = {}
        self.skipped: list[Skipped] = []
        self._place_of_text: dict[bytes, str] = {}

    def read_folder(self, root: Path, place: Path) -> None:
        """Read all files under `root`, which the user calls `place`."""
        unlisted: list[OSError] = []
        for file in _files(root, unlisted):
            self.read(file, _printable(file.relative_to(root)), root)
        for error in unlisted:
            folder = Path(error.filename)
            if folder == root:
                raise CorpusError(f"the folder {str(place)!r} {_unread(folder, error)}") from error
            name = _printable(folder.relative_to(root))
            self.skipped.append(Skipped(name, f"is a folder of which nothing was read: it {_unread(folder, error)}"))

    def read(self, file: Path, name: str, root: Path) -> None:
        try:
            for found in _drafts(file, name, root):
                if isinstance(found, Skipped):
                    self.skipped.append(found)
                else:
                    self._take(found, name)
        except CorpusError as error:
            self.skipped.append(Skipped(name, str(error)))
        except (OSError, EOFError, zlib.error) as error:
            self.skipped.append(Skipped(name, _unread(file, error)))

    def _take(self, draft: Draft, file: str) -> None:
        try:
            article, removed, notes = edit(self._named_apart(draft, file))
        except CorpusError as error:
            self.skipped.append(Skipped(draft.path, str(error)))
            return
        digest = hashlib.sha256(article.text.encode()).digest()
        first = self._place_of_text.setdefault(digest, draft.path)
        if first != draft.path:
            self.skipped.append(Skipped(draft.path, f"the same text as {first}"))
            return
        self.articles[article.id] = (article, removed)
        self.skipped.extend(Skipped(draft.path, note, taken=True) for note in notes)

    def _named_apart(self, draft: Draft, file: str) -> Draft:
        """The draft, under a longer id if another file has given an article its id."""
        if draft.id not in self.articles:
            return draft
        longer = file if draft.path == file else f"{file}:{draft.id}"
        if longer in self.articles:
            raise CorpusError(f"the id {longer[:80]!r} is that of {self.articles[longer][0].path} too; give it another")
        return replace(draft, id=longer)


def _files(root: Path, unlisted: list[OSError]) -> Iterator[Path]:
    """Every file that may hold articles, in a stable order; a folder that cannot be listed leaves its error."""
    for folder, folders, files in os.walk(root, onerror=unlisted.append):
        links = [name for name in folders if _is_link(Path(folder, name))]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*files, *links]):
            if not name.startswith(".") and Path(name).stem.upper() != "README":
                yield Path(folder, name)


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # its folder may be listed but not entered: it is told when the walk comes to it
        return False


def _printable(path: Path) -> str:
    """A path as text, also where the file system's bytes are none."""
    return one_line(os.fsencode(path.as_posix()).decode("utf-8", "replace"), 1_000)


def _drafts(file: Path, name: str, root: Path) -> Iterator[Draft | Skipped]:
    kind = next((kind for kind in reversed(KINDS) if name.lower().endswith(kind)), None)
    if reason := _refusal(file, kind, root):
        raise CorpusError(reason)
    stem = name[: -len(kind or "")]
    if not stem.rpartition("/")[2].strip():
        stem = name  # of " .txt" only the suffix can be seen
    if kind in (".jsonl", ".jsonl.gz"):
        with file.open("rb") if kind == ".jsonl" else gzip.open(file) as lines:
            yield from drafts_of_lines(lines, id=stem, path=name)
    elif kind == ".json":
        yield from drafts_of_json(file.read_bytes(), id=stem, path=name)
    elif kind in (".html", ".htm"):
        yield from drafts_of_page(file.read_bytes(), id=stem, path=name, file_name=file.stem)
    else:
        drafts_of = drafts_of_markdown if kind == ".md" else drafts_of_text
        text = decode(file.read_bytes())
        refuse_too_long(text)
        yield from drafts_of(text, id=stem, path=name, file_name=file.stem)


def _refusal(file: Path, kind: str | None, root: Path) -> str | None:
    """Why a file is not opened at all; None if it may be."""
    # Not Path.resolve, which raises RuntimeError for links in a circle before Python 3.13; stat says so as an OSError.
    if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(root):
        return "is a link that leads out of the folder; copy what it points to"
    state = file.stat()
    if stat.S_ISDIR(state.st_mode):
        return "is a link to a folder of this corpus, which is read already"
    if not stat.S_ISREG(state.st_mode):
        return "is no file but a pipe, a socket or a device"
    if kind is None:
        return f"is of a kind that is not read; use {', '.join(KINDS)}"
    return _size_refusal(state.st_size, kind)


def _size_refusal(size: int, kind: str) -> str | None:
    if size == 0:
        return "is empty"
    if size > LARGEST_FILE and not kind.startswith(".jsonl"):
        return f"has {size} bytes, the limit is {LARGEST_FILE}; cut it into parts or use .jsonl"
    return None


def _unread(path: Path, error: Exception) -> str:
    """Why a file or folder could not be read, and what to do about it."""
    cause = one_line(getattr(error, "strerror", None) or str(error))
    if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)):
        return f"cannot be unpacked ({cause}); compress it anew"
    if isinstance(error, PermissionError):
        return f"may not be read ({cause}); check its permissions"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "is a link that leads in a circle; remove it"
    if isinstance(error, FileNotFoundError):
        return "is a link to nothing; remove it" if path.is_symlink() else "is gone since it was listed; read again"
    return f"cannot be read ({cause}); copy it anew"


def _nothing_found(place: Path, skipped: list[Skipped]) -> str:
    if not skipped:
        return f"no article in {str(place)!r}; put .txt, .md, .html or .jsonl files there"
    first = skipped[0]
    reason = (
        f"{first.source} {first.reason}"
        if len(skipped) == 1
        else f"the first of {len(skipped)} skipped: {first.source} {first.reason}"
    )
    return f"no article in {str(place)!r} could be read: {reason}"
