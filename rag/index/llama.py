"""Shows an index, its encoder and its answers to programs built on LlamaIndex, in LlamaIndex's own types.

Nothing here reads or sets LlamaIndex's global Settings, whose defaults call OpenAI.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks.base import CallbackManager
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.schema import Answer, Article, Evidence

if TYPE_CHECKING:
    from rag.index.embedding import Encoder

Find = Callable[[str], Sequence[Evidence]]
Look = Callable[[str], "Article | None"]


def query_engine(find: Find, ask: Callable[[str], Answer], article: Look = lambda _: None) -> QuotingQueryEngine:
    """A query engine whose response is our answer and whose source nodes are the passages found for it.

    Args:
        find: the passages for a question, for the engine's `retriever`.
        ask: the answer to a question.
        article: an article by its id; its title, outlet, date and url go into the nodes' metadata.
    """
    return QuotingQueryEngine(ask=ask, article=article, retriever=PassageRetriever(find, article))


class QuotingQueryEngine(CustomQueryEngine):  # type: ignore[misc]  # an untyped base
    """Answers with verbatim quotes; `response.metadata["answer"]` is the whole Answer as JSON types."""

    ask: Callable[[str], Answer]
    article: Look
    retriever: Any

    def custom_query(self, query_str: str) -> Response:
        answer = self.ask(query_str)
        nodes = [_node(evidence, self.article) for evidence in answer.evidence]
        return Response(response=answer.text, source_nodes=nodes, metadata={"answer": answer.to_dict()})

    async def acustom_query(self, query_str: str) -> Response:
        return await asyncio.to_thread(self.custom_query, query_str)


class PassageRetriever(BaseRetriever):  # type: ignore[misc]  # an untyped base
    """Finds passages as nodes; a node's score is that of the fused search, 0..1."""

    def __init__(self, find: Find, article: Look = lambda _: None) -> None:
        """Find with `find`; look articles up with `article`."""
        super().__init__(callback_manager=CallbackManager([]))
        self._find = find
        self._article = article

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [_node(evidence, self._article) for evidence in self._find(query_bundle.query_str)]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class LlamaEncoder(BaseEmbedding):  # type: ignore[misc]  # an untyped base
    """Our encoder as a LlamaIndex embedding model."""

    encoder: Any

    def __init__(self, encoder: Encoder) -> None:
        """Wrap `encoder`; its fingerprint is the model's name."""
        super().__init__(encoder=encoder, model_name=encoder.fingerprint, callback_manager=CallbackManager([]))

    @classmethod
    def class_name(cls) -> str:
        return "LlamaEncoder"

    def _get_query_embedding(self, query: str) -> list[float]:
        return _floats(self.encoder.embed_queries([query]))[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return _floats(self.encoder.embed_passages(texts))


def _floats(vectors: Any) -> list[list[float]]:
    rows: list[list[float]] = vectors.tolist()
    return rows


def _node(evidence: Evidence, look: Look) -> NodeWithScore:
    passage = evidence.passage
    article = look(passage.article_id)
    metadata: dict[str, str | int | None] = {
        "article_id": passage.article_id,
        "start": passage.start,
        "end": passage.end,
    }
    if article:
        metadata |= {
            "title": article.title,
            "outlet": article.outlet,
            "published": str(article.published) if article.published else None,
            "url": article.url,
        }
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
    )
    return NodeWithScore(node=node, score=evidence.score)
