"""Tests of names that are like another of the articles and are not theirs."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import analyse
from rag.answering.choosing.namesakes import mistaken, strangers
from rag.answering.choosing.sentences import candidates
from rag.schema import Article, Evidence, Passage

TEXT = (
    "Les Lignes du Couchant ont supprimé 412 trains mardi. La réforme Cap Collège est reportée, dit M. Dorval. "
    "Le club vend l'usine Polyver de Brenne, et non celle qui est à Vaubrion, près du lycée."
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Combien de trains les Lignes du Levant ont-elles supprimés ?", ["Lignes du Levant"]),
        ("Quand la réforme Cap Lycée est-elle reportée ?", ["Cap Lycée"]),
        ("Combien de trains les Lignes du Couchant ont-elles supprimés ?", []),
        ("Combien de trains les Lignes du Couchent ont-elles supprimés ?", []),  # a slip
        ("Qui achète l'usine Polyver de Vaubrion ?", []),  # they do speak of Vaubrion
        ("Que dit Paul Dorval ?", []),
        ("Que dit Anne Lemaire ?", []),  # unlike any name there
        ("Que dit le Parlement européen ?", []),
        ("combien de trains supprimes", []),
    ],
)
def test_a_name_is_mistaken_where_the_articles_have_another_like_it(question: str, names: list[str]) -> None:
    article = Article.from_text(TEXT, id="a", title="Trains", language="fr")
    passage = Passage("a", "a", 0, len(TEXT), TEXT)
    sentences = candidates([Evidence(passage, 1.0, 1.0, 1.0)], {"a": article})
    asked = analyse(question, lambda stem: 1, 10)
    assert list(mistaken(asked, sentences, {"a": article})) == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Combien de trains ont été supprimés à Brévalon ?", ["Brévalon"]),
        ("Que dit Paul Dorval ?", []),  # one of the words of a name is enough
        ("Que disent les Vaubrionnais ?", []),
        ("Combien de trains la SNLC a-t-elle supprimés ?", []),  # an acronym may stand for what is written out
        ("Que dit le Phare de Brenne ?", []),
        ("Que dit la France ?", []),
        ("Que dit le Premier ministre ?", []),  # a word that all news have
        ("Combien de trains à Brenne-sur-Orvaine ?", []),  # of a name in several parts, each
        ("Combien de trains dans le Val-de-Marne ?", ["Val-de-Marne"]),
        ("Combien de trains pour la CGT du Val-de-Marne ?", ["CGT du Val-de-Marne"]),
        ("Que dit Jean-Paul Dorval ?", []),
        ("Combien de trains à Saint-Brenne ?", []),
        ("How many trains were cut in Brévalon?", []),  # names are translated
    ],
)
def test_a_name_is_a_stranger_where_the_article_has_no_word_of_it(question: str, names: list[str]) -> None:
    article = Article.from_text(TEXT, id="a", title="Trains", language="fr", outlet="Le Phare")
    sentences = candidates([Evidence(Passage("a", "a", 0, len(TEXT), TEXT), 1.0, 1.0, 1.0)], {"a": article})
    assert list(strangers(analyse(question, lambda stem: 1, 10), sentences[0], {"a": article})) == names
