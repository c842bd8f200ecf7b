"""Tests of the heading under which a passage is read."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import analyse
from rag.answering.choosing.heading import heading
from rag.schema import Article, Passage

BEGINNING = "L'usine Polyver de Brévalon a brûlé mardi, en France. Le maire Paul Dorval est venu."
END = "Le coût des travaux s'envole : 14 millions d'euros."
ARTICLE = Article.from_text(f"{BEGINNING}\n\n{END}", title="Après l'incendie", language="fr")
START = ARTICLE.text.index(END)
PASSAGE = Passage("p", ARTICLE.id, START, START + len(END), END)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Combien coûtent les travaux de Polyver ?", "Après l'incendie (Polyver)"),
        ("Combien coûtent les travaux dont parle Paul Dorval à Brévalon ?", "Après l'incendie (Paul Dorval, Brévalon)"),
        ("Que paie l'État français à Polyver ?", "Après l'incendie (français, Polyver)"),
        ("Combien coûtent les travaux de Vaubrion ?", "Après l'incendie"),  # the article does not name it
        ("Combien coûtent les travaux ?", "Après l'incendie"),
        ("Combien coûtent les travaux selon Paul Lenoir ?", "Après l'incendie"),  # another Paul
    ],
)
def test_names_that_the_article_has_elsewhere_stand_beside_its_title(question: str, told: str) -> None:
    assert heading(analyse(question, lambda stem: 1, 10), ARTICLE, PASSAGE) == told


def test_names_that_the_passage_has_are_not_told_again() -> None:
    passage = Passage("p", ARTICLE.id, 0, len(BEGINNING), BEGINNING)
    asked = analyse("Combien coûtent les travaux de Polyver à Brévalon ?", lambda stem: 1, 10)
    assert heading(asked, ARTICLE, passage) == "Après l'incendie"
