"""Tests of describing sentences: what stands around them says whom they speak of."""

from __future__ import annotations

from rag.answering.asking.question import analyse
from rag.answering.choosing.describing import FEATURES, features
from rag.answering.choosing.sentences import candidates
from rag.index.embedding import open_encoder
from rag.schema import Article, Evidence, Passage
from rag.settings import Settings

OPENING = "Le port est ouvert tous les jours. " * 20
BEFORE = "Les États-Unis ont annoncé leur départ de la région."
PASSAGE = "Ils ont fermé la base de Valmer. Ils ont rendu la base de Brenne lundi."
ARTICLE = Article.from_text(f"{OPENING}{BEFORE}\n\n{PASSAGE}", id="a", title="Le port", language="fr")
QUESTION = "Quand les Américains ont-ils rendu les bases de Brenne et de Valmer ?"


def weighed(sentences: slice, column: str) -> list[float]:
    """One feature of some sentences of the passage."""
    start = ARTICLE.text.index(PASSAGE)
    passage = Passage("a", "a", start, len(ARTICLE.text), PASSAGE)
    every = candidates([Evidence(passage, 1.0, 1.0, 1.0)], {"a": ARTICLE})
    asked = analyse(QUESTION, lambda stem: 1, 10)
    described = features(asked, every[sentences], {"a": ARTICLE}, open_encoder(Settings()))
    return [float(value) for value in described[:, FEATURES.index(column)]]


def test_who_is_named_before_a_passage_is_known_in_it() -> None:
    assert weighed(slice(None), "countries and bodies in the sentence, its neighbours and the title") == [1, 1]
    assert weighed(slice(None), "countries and bodies in the passage and the opening") == [1, 1]


def test_a_sentence_has_its_neighbours_whether_they_are_weighed_or_not() -> None:
    assert weighed(slice(1, None), "names in the passage and the opening") == [1]


def test_an_article_that_names_no_country_says_neither_that_it_is_of_the_one_asked_about_nor_that_it_is_not() -> None:
    column = "countries and bodies in the passage and the opening"
    for text, share in (("Le zoo rouvre lundi à Brenne.", 0.5), ("Le zoo rouvre lundi en Espagne.", 0.0)):
        article = Article.from_text(text, id="b", title="Le zoo", language="fr")
        every = candidates([Evidence(Passage("b", "b", 0, len(text), text), 1.0, 1.0, 1.0)], {"b": article})
        asked = analyse("Quand les zoos français rouvrent-ils ?", lambda stem: 1, 10)
        described = features(asked, every, {"b": article}, open_encoder(Settings()))
        assert described[0, FEATURES.index(column)] == share
