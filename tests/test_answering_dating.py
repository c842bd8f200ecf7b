"""Tests of how the time asked about is left out of what is put to an article of that time."""

from __future__ import annotations

import pytest

from rag import Article
from rag.answering.asking.question import analyse
from rag.answering.choosing.dating import put_to


def put(question: str, published: str | None) -> str:
    article = Article.from_text("Le pont a rouvert.", published=published)
    return put_to(analyse(question, lambda _: 1, 10), article)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Combien de voix a-t-elle obtenues en mai 2023 ?", "Combien de voix a-t-elle obtenues ?"),
        ("Combien de bus roulaient à la mi-mai 2023 ?", "Combien de bus roulaient ?"),
        ("Combien de bus roulaient au printemps 2023 ?", "Combien de bus roulaient ?"),
        ("Combien de bus roulaient début mai 2023 ?", "Combien de bus roulaient ?"),
        ("Combien coûtait le pont, vu de mai 2023 ?", "Combien coûtait le pont ?"),
        ("Pourquoi le pont a-t-il, en mai 2023, été fermé ?", "Pourquoi le pont a-t-il été fermé ?"),
        ("Quelle a été, en mai 2023, la participation au vote ?", "Quelle a été la participation au vote ?"),
        ("Qui a signé le pacte du 2 mai 2023 à Brest ?", "Qui a signé le pacte à Brest ?"),
        ("En mai 2023, combien de bus roulaient ?", "Combien de bus roulaient ?"),
        ("How many buses ran in May 2023?", "How many buses ran?"),
        ("À la fin du mois de mai 2023, combien de bus roulaient ?", "Combien de bus roulaient ?"),
        ("When was the plan set off in late May 2023?", "When was the plan set off?"),
        ("Pourquoi le vote de mai 2023 a-t-il été décalé au 26 ?", "Pourquoi le vote a-t-il été décalé au 26 ?"),
    ],
)
def test_an_article_of_the_time_asked_about_is_not_asked_for_it(question: str, plain: str) -> None:
    assert put(question, "2023-05-08") == plain


@pytest.mark.parametrize("published", ["2021-05-08", "2023-12-01", "2023-12", None])
def test_an_article_of_another_time_is_asked_for_it(published: str | None) -> None:
    question = "Combien de voix a-t-elle obtenues en mai 2023 ?"
    assert put(question, published) == question


@pytest.mark.parametrize(
    "question",
    [
        "Combien de bus roulent depuis mai 2023 ?",
        "Qui était maire avant le 2 mai 2023 ?",
        "Pourquoi la tension monte-t-elle à partir de mai 2023 ?",
        "Combien de postes auront disparu d'ici à mai 2023 ?",
        "Comment le prix a-t-il évolué d'avril 2023 à mai 2023 ?",
        "Comment le prix a-t-il évolué entre avril et mai 2023 ?",
        "Quel est le budget de la saison 2023-2024 ?",
        "How many trees were planted by May 2023?",
        "Why did the court annul the 2023 vote?",
        "Et en mai 2023 ?",
        "Quelle loi était prévue pour le 5 mai 2023 ?",
        "Que disait le maire au lendemain du 5 mai 2023 ?",
        "How many were at work until the end of May 2023?",
        "Qui a parlé en mai 2023 de ce qui viendra en mai 2024 ?",
        "Who spoke at May 2023's conference?",
        "combien de bus roulent le dimanche",
    ],
)
def test_a_time_that_bounds_or_is_all_that_is_asked_stays(question: str) -> None:
    assert put(question, "2023-05-08") == question
