"""Tests of spelling a question as the articles spell its words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Article, Assistant, Settings
from rag.answering.asking.respelling import respelled
from rag.index import Index
from rag.index.embedding import open_encoder

ARTICLES = (
    "Le téléphérique de Brévalon a été inauguré. Selon Maëlle Kerjean, la papeterie d'Orvault a brûlé lundi.",
    "Le maire a annoncé que la papeterie de Brévalon rouvrira. Les pompiers allemands et Maëlle Kerjean sont repartis.",
    "Des hectares de chênes ont brûlé à Orvault, a précisé l'office du tourisme. Le chef des pompiers l'a confirmé.",
    "Selon Jean Millon, un million d'euros est perdu. M. Millon et Mme Millon ont quitté Orvault.",
)


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    encoder = open_encoder(Settings())
    with Index.open(None, Settings(), encoder) as opened:
        opened.sync([Article.from_text(text, id=str(n), language="fr") for n, text in enumerate(ARTICLES)])
        yield opened


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("kan le telepherik de brevalon", "quand le téléphérique de Brévalon"),
        ("qui est maelle kerjean", "qui est Maëlle Kerjean"),
        ("QUI EST MAELLE KERJEAN", "qui est Maëlle Kerjean"),
        ("la papetri dorvault", "la papeterie d'Orvault"),
        ("loffice du tourisme", "l'office du tourisme"),
        ("combien dhectare", "combien d'hectare"),
        ("les ponpiers alemands", "les pompiers allemands"),
        ("combien de milion", "combien de million"),  # and not M. Millon
        ("Que dit Maelle Kerjan ?", "Que dit Maelle Kerjan ?"),
    ],
)
def test_words_typed_in_haste_are_read_as_the_articles_write_them(typed: str, written: str, index: Index) -> None:
    assert respelled(typed, index) == written


def test_in_a_question_with_care_only_what_is_heard_the_same_is_respelled(index: Index) -> None:
    assert respelled("Où est la papetterie de Brévalon ?", index) == "Où est la papeterie de Brévalon ?"
    assert respelled("Combien de pommiers à Brévalon ?", index) == "Combien de pommiers à Brévalon ?"
    assert respelled("Papetterie de Brévalon : qui ?", index) == "papeterie de Brévalon : qui ?"


def test_a_name_is_only_read_as_a_name(index: Index) -> None:
    assert respelled("Qui a vu Samuel Lundy ?", index) == "Qui a vu Samuel Lundy ?"
    assert respelled("Qui a vu Maelle Kairjean ?", index) == "Qui a vu Maelle Kerjean ?"


@pytest.mark.parametrize(
    "question",
    [
        "combien de norvegiens a Brévalon",
        "Combien de Norvégiens sont venus ?",
        "Qui est le ministre ?",
        "Who is the mayor of Brévalon?",
        "Quelles villes ont-ils quittées ?",
        "12345 ???",
    ],
)
def test_words_that_no_article_has_but_that_are_words_stay(question: str, index: Index) -> None:
    assert respelled(question, index) == question


def test_the_reader_is_shown_how_a_misspelled_question_was_read() -> None:
    articles = [Article.from_text(text, id=str(n), language="fr") for n, text in enumerate(ARTICLES)]
    with Assistant.from_articles(articles) as assistant:
        assert assistant.ask("ki a anoncé la reouverture").standalone is not None
        assert assistant.ask("que dit maelle kerjean").standalone is None
