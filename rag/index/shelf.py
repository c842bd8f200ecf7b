"""Shares one open index among all who open it in this process, and puts it right where it is not."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rag.errors import IndexLocked, StoreError
from rag.index.agreement import agree, fault, fault_in_child
from rag.index.catalogue import Catalogue
from rag.index.connection import check_address
from rag.index.home import Home
from rag.index.snapshot import take_snapshot
from rag.index.store import VectorStore, open_store
from rag.index.versions import check_versions, versions
from rag.settings import Settings


def borrow(folder: Path | None, settings: Settings, fingerprint: str, most_vectors: int, *, rebuild: bool) -> Shelf:
    """Open the index in `folder` (None: in memory), or share it where this process has it open already.

    Raises:
        IndexLocked: another process holds it; or this one does, and it is to be rebuilt.
        IndexOutdated: it was built with another encoder, schema or passages.
        StoreError: it is damaged, or the folder cannot be used.
    """
    check_address(settings)
    built_with = versions(fingerprint)
    if folder is None:
        return _in_memory(replace(settings, chroma_url=None), built_with, most_vectors)
    place = folder.absolute().resolve()
    with _GATE:
        shelf = _OPEN.get(place)
        if shelf is None:
            shelf = _OPEN[place] = _on_disk(place, settings, built_with, most_vectors, rebuild=rebuild)
        elif rebuild:
            raise IndexLocked(f"the index {str(folder)!r} is open in this process; close it before it is rebuilt")
        else:
            check_versions(shelf.catalogue, built_with, place)
        shelf.users += 1
        return shelf


def give_back(shelf: Shelf) -> None:
    """Say that one who borrowed it needs the index no more; the last one closes it."""
    with _GATE:
        shelf.users -= 1
        if shelf.users < 1:
            if shelf.home:
                _OPEN.pop(shelf.home.folder, None)
            shelf.close()


class Shelf:
    """An open index: its catalogue, its snapshot, and its Chroma, which is opened when it is first needed."""

    def __init__(
        self, catalogue: Catalogue, settings: Settings, most_vectors: int, home: Home | None, generation: Path | None
    ) -> None:
        """Take over an open catalogue; home and generation are None for an index in memory."""
        self.catalogue = catalogue
        self.home = home
        self.users = 0
        self.writing = threading.Lock()  # one import at a time
        self._opening = threading.Lock()
        self._settings = settings
        self._most_vectors = most_vectors
        self._generation = generation
        self._store: VectorStore | None = None
        self.refresh()

    @property
    def settled(self) -> bool:
        """Whether Chroma was left holding what the catalogue says."""
        if self.catalogue.facts()["vectors_in"] != self._place:
            return False
        if self._generation is None or self._settings.chroma_url:
            return True
        return (self._generation / "chroma" / "chroma.sqlite3").is_file() and not self._mark.exists()

    @property
    def chroma(self) -> Path | None:
        """The folder of the embedded Chroma; None where it is in memory or on a server."""
        return self._generation / "chroma" if self._generation and not self._settings.chroma_url else None

    def unsettle(self) -> None:
        """Note that Chroma is about to be changed."""
        self.catalogue.note(vectors_in="")

    def doubt(self) -> None:
        """Note that Chroma is damaged: the next sync opens it with care and refills it."""
        self.unsettle()
        if self.chroma:
            self._mark.write_text(_DAMAGED, encoding="utf-8")

    def settle(self) -> None:
        """Make Chroma agree with the catalogue; a rebuilt index answers from here on."""
        agree(self.store(), self.catalogue)
        self.catalogue.note(vectors_in=self._place)
        if self.home and self._generation and self.home.current_or_none() != self._generation:
            replaced = self._collection_replaced()
            self.home.adopt(self._generation)
            if replaced:
                old = open_store(None, replaced, self._settings)
                old.drop()
                old.close()

    def refresh(self) -> None:
        """Let questions see what is catalogued now."""
        self.snapshot = take_snapshot(self.catalogue, self._generation, self._most_vectors)

    def store(self) -> VectorStore:
        """Chroma, opened and found sound; refilled from the catalogue where it is not."""
        with self._opening:
            if self._store is None:
                self._store = self._sound_store()
            return self._store

    def open_store(self) -> VectorStore:
        """Chroma as it is."""
        return open_store(self.chroma, self.catalogue.facts()["collection"], self._settings)

    def close(self) -> None:
        """Close Chroma and the catalogue and let go of the folder; a rebuild without articles leaves nothing."""
        try:
            if self._store:
                if self._generation is None:
                    self._store.drop()
                self._store.close()
        finally:
            self.catalogue.close()
            if self.home:
                current = self.home.current_or_none()
                if current:
                    self.home.discard_others(current)
                self.home.release()

    @property
    def _place(self) -> str:
        return self._settings.chroma_url or ("this folder" if self._generation else "memory")

    @property
    def _mark(self) -> Path:
        assert self._generation is not None
        return self._generation / DOUBTFUL

    def _sound_store(self) -> VectorStore:
        folder = self.chroma
        if folder:
            # A Chroma that is badly damaged crashes the process that opens it, or hangs it. So the mark is set while
            # it is opened; who finds it there opens it in a child process first.
            if folder.exists() and self._is_doubtful(folder.parent):
                shutil.rmtree(folder)
            self._mark.touch()
        store = self.open_store()
        try:
            if fault(store, self.catalogue):
                if not folder:
                    store.drop()
                store.close()
                if folder:
                    shutil.rmtree(folder)
                store = self.open_store()
                agree(store, self.catalogue)
        except BaseException:
            store.close()
            raise
        if folder:
            self._mark.unlink(missing_ok=True)
        return store

    def _is_doubtful(self, generation: Path) -> bool:
        if not self._mark.exists():
            return False
        return self._mark.read_text(encoding="utf-8") == _DAMAGED or fault_in_child(generation) is not None

    def _collection_replaced(self) -> str | None:
        """The collection on the server of the index that a rebuilt one replaces."""
        replaced = self.home.current_or_none() if self.home else None
        if replaced is None or not self._settings.chroma_url:
            return None
        try:
            old = Catalogue(replaced / CATALOGUE)
        except StoreError:  # it is too damaged to name its collection
            return None
        try:
            return old.facts()["collection"]
        finally:
            old.close()


CATALOGUE = "catalogue.sqlite3"
DOUBTFUL = "chroma.doubtful"
_DAMAGED = "damaged"
_OPEN: dict[Path, Shelf] = {}  # what this process holds: a second lock of its own would lock it out
_GATE = threading.RLock()


def _new_facts(built_with: Mapping[str, str]) -> dict[str, str]:
    return {**built_with, "vectors_in": "", "collection": f"depeche-{uuid.uuid4().hex}"}


def _in_memory(settings: Settings, built_with: Mapping[str, str], most_vectors: int) -> Shelf:
    shelf = Shelf(Catalogue(None, _new_facts(built_with)), settings, most_vectors, None, None)
    shelf.users = 1
    return shelf


def _on_disk(
    place: Path, settings: Settings, built_with: Mapping[str, str], most_vectors: int, *, rebuild: bool
) -> Shelf:
    home = Home(place, settings.lock_wait)
    try:
        current = home.current_or_none() if rebuild else home.current()
        if current:
            home.discard_others(current)
        if current and not rebuild:
            generation, catalogue = current, Catalogue(current / CATALOGUE)
        else:
            generation = home.begin()
            catalogue = Catalogue(generation / CATALOGUE, _new_facts(built_with))
            if current is None:
                home.adopt(generation)
        try:
            check_versions(catalogue, built_with, place)
            return Shelf(catalogue, settings, most_vectors, home, generation)
        except BaseException:
            catalogue.close()
            raise
    except BaseException:
        home.release()
        raise
