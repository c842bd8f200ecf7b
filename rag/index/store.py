"""Puts passages and their vectors into Chroma, inside this process or on a server, and finds the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.index.connection import chroma_errors, connect, disconnect
from rag.index.passages import well_formed
from rag.schema import Article, Passage
from rag.settings import Settings

UNDATED = (0, 99_999_999)  # first and last day of an article without a date: outside any window
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Record:
    """A passage as it is stored: with its vector and what its article says of itself."""

    passage: Passage
    title: str
    outlet: str
    language: str
    published: str  # "" when it is not known
    first_day: int  # yyyymmdd
    last_day: int  # yyyymmdd
    vector: bytes  # float32 numbers
    terms: tuple[str, ...]  # what BM25 compares


class VectorStore(Protocol):
    """Where vectors are kept and searched: the seam behind which Chroma stands."""

    def ids(self) -> set[str]: ...

    def upsert(self, records: Sequence[Record]) -> None: ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def nearest(
        self, vectors: Vectors, limit: int, since: int | None = None, until: int | None = None
    ) -> list[list[tuple[str, float]]]:
        """For each row of `vectors` the passages nearest to it, as (id, cosine), best first."""

    def drop(self) -> None:
        """Remove the collection with all that is in it; the store is of no use afterwards."""

    def close(self) -> None: ...


def open_store(folder: Path | None, name: str, settings: Settings) -> VectorStore:
    """Open or create the collection `name` on the configured server, else in `folder`, else in memory.

    Raises:
        StoreError: the server does not answer, the folder cannot be used, or the collection is not ours.
    """
    client = connect(folder, settings)
    try:
        with chroma_errors(settings.chroma_url):
            return ChromaStore(client, name, settings.chroma_url)
    except BaseException:
        disconnect(client)
        raise


class ChromaStore:
    """A collection of passages in Chroma; cosine space, and never an embedding function of Chroma's own."""

    def __init__(self, client: Any, name: str, url: str | None) -> None:
        """Open or create the collection `name`."""
        self._client = client
        self._name = name
        self._url = url
        self._batch = min(_BATCH, client.get_max_batch_size())
        self._collection = self._opened()

    def ids(self) -> set[str]:
        with chroma_errors(self._url):
            return set(self._collection.get(include=[])["ids"])

    def upsert(self, records: Sequence[Record]) -> None:
        for first in range(0, len(records), self._batch):
            batch = records[first : first + self._batch]
            with chroma_errors(self._url):
                self._collection.upsert(
                    ids=[record.passage.id for record in batch],
                    embeddings=as_matrix([record.vector for record in batch]),
                    documents=[well_formed(record.passage.text) for record in batch],
                    metadatas=[_metadata(record) for record in batch],
                )

    def delete(self, ids: Sequence[str]) -> None:
        for first in range(0, len(ids), self._batch):
            with chroma_errors(self._url):
                self._collection.delete(ids=list(ids[first : first + self._batch]))

    def nearest(
        self, vectors: Vectors, limit: int, since: int | None = None, until: int | None = None
    ) -> list[list[tuple[str, float]]]:
        with chroma_errors(self._url):
            found = self._collection.query(
                query_embeddings=vectors, n_results=limit, where=_window(since, until), include=["distances"]
            )
        return [
            [(passage_id, 1 - distance) for passage_id, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def drop(self) -> None:
        with chroma_errors(self._url):
            self._client.delete_collection(self._name)

    def close(self) -> None:
        disconnect(self._client)

    def _opened(self) -> Any:
        collection = self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": _HNSW}
        )
        # get_or_create gives an existing collection back with the configuration that it has.
        space = collection.configuration_json["hnsw"]["space"]
        if space != _HNSW["space"]:
            raise StoreError(
                f"the Chroma collection {self._name!r} measures {space!r} and not 'cosine', so another program made it;"
                " set RAG_INDEX_DIR to another folder"
            )
        return collection


def days(article: Article) -> tuple[int, int]:
    """The first and the last day on which an article may have been published, as yyyymmdd."""
    if article.published is None:
        return UNDATED
    first, last = article.published.first_day, article.published.last_day
    return _yyyymmdd(first), _yyyymmdd(last)


def as_matrix(rows: Sequence[bytes]) -> Vectors:
    """Stored vectors as rows of one array, shape (n, dimension)."""
    return np.frombuffer(b"".join(rows), dtype=np.float32).reshape(len(rows), -1 if rows else 0)


_BATCH = 1_000  # Chroma takes 5 461 rows at most, and a smaller transaction is kinder to readers
# Measured on 20 000 passages: of the true 100 nearest these find 98.4 %, Chroma's defaults 85.9 %, for 2 ms more.
_HNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 400}


def _yyyymmdd(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _metadata(record: Record) -> dict[str, str | int]:
    return {
        "article_id": well_formed(record.passage.article_id),
        "start": record.passage.start,
        "end": record.passage.end,
        "title": well_formed(record.title),
        "outlet": well_formed(record.outlet),
        "language": well_formed(record.language),
        "published": record.published,
        "since": record.first_day,
        "until": record.last_day,
    }


def _window(since: int | None, until: int | None) -> dict[str, Any] | None:
    conditions: list[dict[str, Any]] = []
    if since is not None:
        conditions.append({"since": {"$gte": since}})
    if until is not None:
        conditions.append({"until": {"$lte": until}})
    if len(conditions) > 1:
        return {"$and": conditions}
    return conditions[0] if conditions else None
