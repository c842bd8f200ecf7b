"""LlamaIndex users see our answers and passages in their own types, and nothing of it can reach OpenAI."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hashing_encoder import HashingEncoder, invented

from rag.index.llama import LlamaEncoder, PassageRetriever, query_engine
from rag.index.passages import split
from rag.schema import Answer, Article, Citation, Claim, Evidence

ARTICLE = invented(1, published="2020-01-07")
[PASSAGE] = split(ARTICLE)
QUOTE = "Elle reviendra en mars."
START = ARTICLE.text.index(QUOTE)
CITATION = Citation(
    1, ARTICLE.id, ARTICLE.title, ARTICLE.outlet, ARTICLE.published, ARTICLE.url, START, START + len(QUOTE), QUOTE
)


def find(question: str) -> tuple[Evidence, ...]:
    return (Evidence(passage=PASSAGE, score=0.75, lexical=3.0, dense=0.5),)


def ask(question: str) -> Answer:
    claims = (Claim(text=QUOTE, citations=(CITATION,), verdict="quoted"),)
    return Answer(question=question, language="fr", claims=claims, evidence=find(question))


def article(article_id: str) -> Article | None:
    return ARTICLE if article_id == ARTICLE.id else None


def test_the_response_is_our_answer_and_its_nodes_are_our_passages() -> None:
    response = query_engine(find, ask, article).query("Quand reviendra-t-elle ?")
    assert str(response) == ask("").text
    [found] = response.source_nodes
    assert found.score == 0.75
    assert found.node.get_content() == PASSAGE.text
    assert ARTICLE.text[found.node.start_char_idx : found.node.end_char_idx] == PASSAGE.text
    assert found.node.metadata == {
        "article_id": ARTICLE.id,
        "start": PASSAGE.start,
        "end": PASSAGE.end,
        "title": ARTICLE.title,
        "outlet": "Le Phare",
        "published": "2020-01-07",
        "url": None,
    }
    assert response.metadata["answer"]["claims"][0]["citations"][0]["quote"] == QUOTE


def test_a_declined_question_is_a_response_that_says_so() -> None:
    declined = Answer(question="?", language="fr", abstained=True, evidence=find("?"))
    response = query_engine(find, lambda question: declined).query("?")
    assert str(response) == "Les articles ne répondent pas à cette question."
    assert len(response.source_nodes) == 1


def test_the_engine_can_be_awaited_and_has_a_retriever() -> None:
    engine = query_engine(find, ask, article)
    assert str(asyncio.run(engine.aquery("Quand ?"))) == ask("").text
    assert [node.node.id_ for node in engine.retriever.retrieve("Quand ?")] == [PASSAGE.id]
    assert [node.score for node in asyncio.run(PassageRetriever(find).aretrieve("Quand ?"))] == [0.75]


def test_our_encoder_is_an_embedding_model_of_theirs() -> None:
    encoder = HashingEncoder()
    model = LlamaEncoder(encoder)
    assert model.get_query_embedding("le port") == encoder.embed_queries(["le port"])[0].tolist()
    assert model.get_text_embedding_batch(["un", "deux"]) == encoder.embed_passages(["un", "deux"]).tolist()
    assert model.get_text_embedding("un") == encoder.embed_passages(["un"])[0].tolist()
    assert asyncio.run(model.aget_query_embedding("le port")) == model.get_query_embedding("le port")


NOTHING_LEAVES = """
import socket_guard; socket_guard.install()
from test_index_llama import ARTICLE, HashingEncoder, LlamaEncoder, ask, article, find, query_engine
engine = query_engine(find, ask, article)
assert engine.query("Quand ?").source_nodes and engine.retriever.retrieve("Quand ?")
assert LlamaEncoder(HashingEncoder()).get_text_embedding(ARTICLE.text)
from llama_index.core import Settings
assert Settings._llm is None and Settings._embed_model is None, "the global Settings were touched"
"""


def test_with_a_key_of_openai_at_hand_nothing_leaves_and_the_global_settings_stay_untouched() -> None:
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])
    surroundings = {**os.environ, "PYTHONPATH": path, "OPENAI_API_KEY": "sk-fake"}
    done = subprocess.run([sys.executable, "-c", NOTHING_LEAVES], env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("module", ["rag.index", "rag.index.soundness", "rag.index.store"])
def test_llamaindex_and_chroma_are_imported_by_nobody_who_does_not_need_them(module: str) -> None:
    program = f"import sys, {module}; assert not {{'llama_index', 'chromadb', 'bm25s', 'torch'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[1])
