"""Holds in memory what a question is compared with, unchanging while an import goes on beside it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rag.index.catalogue import Catalogue
from rag.index.lexical import Lexical
from rag.index.store import Vectors
from rag.index.vectors import Mask
from rag.schema import Passage


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The index as it was at one moment."""

    passages: Mapping[str, Passage]  # in order of article id and place
    ids: tuple[str, ...]  # the same order, and that of the rows below
    first_days: NDArray[np.int32]
    last_days: NDArray[np.int32]
    lexical: Lexical
    vectors: Vectors | None  # None where there are too many to be held
    places: Mapping[str, int]  # of each id in `ids`

    def window(self, since: int | None, until: int | None, articles: Collection[str] | None = None) -> Mask | None:
        """True for the passages of these articles published within these days (yyyymmdd); None: all of them."""
        if since is None and until is None and articles is None:
            return None
        within = np.ones(len(self.ids), dtype=np.bool_)
        if since is not None:
            within &= self.first_days >= since
        if until is not None:
            within &= self.last_days <= until
        if articles is not None:
            within &= np.array([passage.article_id in articles for passage in self.passages.values()], dtype=np.bool_)
        return within


def take_snapshot(catalogue: Catalogue, folder: Path | None, most_vectors: int) -> Snapshot:
    """Read the catalogue; BM25 is loaded from `folder`, or built and saved there."""
    stored = catalogue.passages()
    ids = tuple(passage.id for passage, _, _ in stored)
    return Snapshot(
        passages=MappingProxyType({passage.id: passage for passage, _, _ in stored}),
        ids=ids,
        first_days=np.array([first_day for _, first_day, _ in stored], dtype=np.int32),
        last_days=np.array([last_day for _, _, last_day in stored], dtype=np.int32),
        lexical=_lexical(catalogue, folder, ids),
        vectors=catalogue.vectors() if len(ids) <= most_vectors else None,
        places=MappingProxyType({passage_id: place for place, passage_id in enumerate(ids)}),
    )


def _lexical(catalogue: Catalogue, folder: Path | None, ids: Sequence[str]) -> Lexical:
    place = folder / f"bm25-{_stamp(catalogue)}" if folder else None
    loaded = Lexical.load(place, ids) if place else None
    if loaded:
        return loaded
    built = Lexical.build(ids, catalogue.terms())
    if folder and place:
        with suppress(OSError):  # a full disk costs the next opening some time, no more
            built.save(place)
        for other in folder.glob("bm25-*"):
            if other != place:
                shutil.rmtree(other, ignore_errors=True)
    return built


def _stamp(catalogue: Catalogue) -> str:
    """A hash of all that BM25 depends on."""
    facts = catalogue.facts()
    parts = [facts["analysis"], facts["passages"]]
    parts += [f"{article_id}\0{content}" for article_id, content in sorted(catalogue.content_hashes().items())]
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]
