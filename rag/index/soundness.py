"""Examines an index for `depeche doctor` and says what is wrong with it and what mends it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import RagError
from rag.index.agreement import fault, fault_in_child
from rag.index.home import corpus_of
from rag.index.passages import is_intact
from rag.index.shelf import Shelf, borrow, give_back
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.index.embedding import Encoder


def soundness(folder: Path, settings: Settings, encoder: Encoder) -> tuple[str, ...]:
    """What is wrong with the index in `folder`, each with the command that mends it; nothing where it is sound.

    A Chroma that is found damaged is marked, so that the next `depeche index` refills it from the catalogue.
    """
    corpus = corpus_of(folder)
    if not (folder / "current").exists():
        return (f"there is no index in {str(folder)!r}; run `depeche index {corpus}`",)
    try:
        shelf = borrow(folder, settings, encoder.fingerprint, most_vectors=0, rebuild=False)
        try:
            return tuple(_findings(shelf, corpus))
        finally:
            give_back(shelf)
    except RagError as error:
        return (str(error),)


def _findings(shelf: Shelf, corpus: str) -> Iterator[str]:
    damage = shelf.catalogue.damage()
    if damage:
        yield f"the catalogue is damaged ({damage}); run `depeche index {corpus} --rebuild`"
        return
    altered = sum(not is_intact(passage) for passage in shelf.snapshot.passages.values())
    if altered:
        yield f"{altered} passages are not as they were stored; run `depeche index {corpus} --rebuild`"
    if not shelf.settled:
        yield f"the last import did not come to its end; run `depeche index {corpus}`"
    wrong = _fault_of_chroma(shelf)
    if wrong:
        shelf.doubt()
        yield f"Chroma is damaged ({wrong}); run `depeche index {corpus}`"


def _fault_of_chroma(shelf: Shelf) -> str | None:
    if shelf.chroma:
        return fault_in_child(shelf.chroma.parent)
    store = shelf.open_store()
    try:
        return fault(store, shelf.catalogue)
    finally:
        store.close()
