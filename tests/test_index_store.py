"""The seam to Chroma: what is written is found, and other programs can read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import chromadb
import numpy as np
import pytest
from hashing_encoder import HashingEncoder, invented, records

from rag.errors import StoreError
from rag.index.store import VectorStore, as_matrix, open_store
from rag.settings import Settings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    opened = open_store(tmp_path / "chroma", "passages", Settings())
    yield opened
    opened.close()


def test_what_is_written_finds_itself_and_is_gone_when_deleted(store: VectorStore) -> None:
    rows = [record for number in range(5) for record in records(invented(number))]
    store.upsert(rows)
    assert store.ids() == {record.passage.id for record in rows}
    found = store.nearest(as_matrix([record.vector for record in rows]), 1)
    assert [nearest[0][0] for nearest in found] == [record.passage.id for record in rows]
    assert all(nearest[0][1] == pytest.approx(1, abs=1e-5) for nearest in found)
    store.delete([rows[0].passage.id, "unknown"])
    assert store.ids() == {record.passage.id for record in rows[1:]}


def test_writing_a_passage_again_replaces_its_vector(store: VectorStore) -> None:
    [record] = records(invented(1))
    store.upsert([record])
    other = HashingEncoder().embed_queries(["tout autre chose"])
    store.upsert([replace(record, vector=other.tobytes())])
    assert store.nearest(other, 1)[0][0] == (record.passage.id, pytest.approx(1, abs=1e-5))


def test_more_rows_than_are_written_at_once_are_written(store: VectorStore) -> None:
    [record] = records(invented(1))
    many = [
        replace(record, passage=replace(record.passage, id=f"{number:032x}"), vector=vector.tobytes())
        for number, vector in enumerate(np.random.default_rng(0).normal(size=(2_100, 8)).astype(np.float32))
    ]
    store.upsert(many)
    assert len(store.ids()) == len(many)
    store.delete(sorted(store.ids()))
    assert store.ids() == set()


def test_a_collection_that_measures_otherwise_is_refused(tmp_path: Path) -> None:
    client = chromadb.PersistentClient(str(tmp_path), settings=chromadb.config.Settings(anonymized_telemetry=False))
    client.create_collection("passages", embedding_function=None)
    client.close()
    with pytest.raises(StoreError, match="'l2' and not 'cosine'"):
        open_store(tmp_path, "passages", Settings())


def test_the_collection_can_be_read_by_the_vector_store_of_llamaindex(store: VectorStore, tmp_path: Path) -> None:
    from llama_index.core.vector_stores.types import VectorStoreQuery
    from llama_index.vector_stores.chroma import ChromaVectorStore

    article = invented(1, published="2020-01-07")
    [record] = records(article)
    store.upsert([record])
    client = chromadb.PersistentClient(
        str(tmp_path / "chroma"), settings=chromadb.config.Settings(anonymized_telemetry=False)
    )
    try:
        theirs = ChromaVectorStore(chroma_collection=client.get_collection("passages", embedding_function=None))
        vector = as_matrix([record.vector])[0].tolist()
        found = theirs.query(VectorStoreQuery(query_embedding=vector, similarity_top_k=1))
    finally:
        client.close()
    assert found.nodes
    assert found.nodes[0].get_content() == record.passage.text
    assert found.nodes[0].metadata["article_id"] == article.id
    assert found.nodes[0].metadata["published"] == "2020-01-07"
    assert found.nodes[0].metadata["outlet"] == "Le Phare"
