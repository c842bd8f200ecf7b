"""Tests of what is written for the reader to learn from: what the answerer would show it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.answering.choosing.showing import Row, shown_question
from rag.index import Index
from rag.index.embedding import open_encoder
from rag.reader.together import ANSWERS, NEITHER, NOT
from rag.schema import Article
from rag.settings import Settings

BRIDGE = "Le pont de Vernelle a été ouvert en 1932 par le préfet. Il mesure 500 mètres de long. La ville l'a payé."
FERRY = "Le bac de Vernelle a cessé de naviguer. Il faisait 500 mètres par traversée. Le pont l'a remplacé depuis."
ARTICLES = {
    one.id: one
    for one in (
        Article.from_text(BRIDGE, title="Le pont", id="bridge", language="fr"),
        Article.from_text(FERRY, title="Le bac", id="ferry", language="fr"),
    )
}


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with Index.open(None, Settings(), open_encoder(Settings())) as opened:
        opened.sync(tuple(ARTICLES.values()))
        yield opened


def asked(**changes: object) -> Row:
    gold = [{"doc": "bridge", "quote": "Il mesure 500 mètres de long."}]
    return {
        "id": "1",
        "question": "Combien mesure le pont de Vernelle ?",
        "answers": ["500 mètres"],
        "gold": gold,
    } | changes


def test_the_sentence_with_the_quote_answers_and_one_elsewhere_with_its_words_counts_neither_way(index: Index) -> None:
    told = shown_question(asked(), index, ARTICLES, open_encoder(Settings()))
    assert told
    assert told["answered"]
    labels = {
        passage["text"][start:end]: label for passage in told["passages"] for start, end, label in passage["sentences"]
    }
    assert labels["Il mesure 500 mètres de long."] == ANSWERS
    assert labels["Il faisait 500 mètres par traversée."] == NEITHER
    assert labels["La ville l'a payé."] == NOT
    (place,) = [(passage["text"], passage["answer"]) for passage in told["passages"] if passage["answer"]]
    assert place[0][slice(*place[1])] == "500 mètres"


def test_a_question_whose_answer_is_not_among_what_is_read_is_left_out(index: Index) -> None:
    elsewhere = [{"doc": "bridge", "quote": "Il pèse 900 tonnes."}]
    assert shown_question(asked(gold=elsewhere), index, ARTICLES, open_encoder(Settings())) is None


def test_a_question_without_an_answer_is_shown_what_does_not_answer_it(index: Index) -> None:
    told = shown_question(asked(gold=[], answers=[]), index, ARTICLES, open_encoder(Settings()))
    assert told
    assert not told["answered"]
    assert {label for passage in told["passages"] for *_, label in passage["sentences"]} == {NOT}
