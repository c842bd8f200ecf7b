"""Tests of things that the articles do not have, though they have another of the kind."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import analyse
from rag.answering.choosing.kinds import elsewhere, unlike
from rag.answering.choosing.sentences import candidates
from rag.answering.choosing.tolls import is_of_another_toll
from rag.schema import Article, Evidence, Passage

STADIUM = "Le stade de Brenne a ouvert samedi par une défaite face à Tubray. Il compte 12 200 places."
WARD = "La maternité de Valmer a enregistré 287 naissances. Celle de Vaubrion, deux fois plus."
EMBASSY = "L'ambassade de Belgique à Lima a fermé. Elle employait 30 personnes. Son ancien chef est à Kinshasa."
STATIONS = "Les gares de Lyon et de Nantes comptent 300 places chacune. La gare de Brest en compte 90."
PLANTS = "L'usine de Brenne emploie 300 salariés, contre 200 à Tubray."
SCHOOLS = "Valmer attend une rénovation. Le lycée compte 800 élèves. Le lycée de Tubray en compte 300."
PARTIES = "Les députés du PS se sont abstenus. Les 126 autres ont voté la motion."
LAKE = "L'école du Lac est pleine. À Hurlot, l'école du Lac a ouvert lundi avec 30 élèves."
COUNCIL = "Le stade municipal de Brenne restera ouvert. Tubray a un autre projet."


@pytest.mark.parametrize(
    ("question", "text", "things"),
    [
        ("Combien de places compte le stade de Tubray ?", STADIUM, ["stade de Tubray"]),
        ("Combien de places compte le stade de Brenne ?", STADIUM, []),
        ("Combien de places compte le gymnase de Tubray ?", STADIUM, []),  # no other of its kind
        ("combien de places au stade", STADIUM, []),
        ("Combien de naissances à la maternité de Brenne ?", WARD, ["maternité de Brenne"]),
        ("Combien de naissances à la maternité de Vaubrion ?", WARD, []),
        ("L'ambassade de Belgique à Kinshasa a-t-elle fermé ?", EMBASSY, ["ambassade de Belgique à Kinshasa"]),
        ("L'ambassade belge à Lima a-t-elle fermé ?", EMBASSY, []),
        ("Combien de places compte la gare de Nantes ?", STATIONS, []),
        ("Combien de salariés emploie l'usine de Tubray ?", PLANTS, []),
        ("Combien d'élèves compte le lycée de Valmer ?", SCHOOLS, []),
        ("Combien de députés du Rassemblement national ont voté la motion ?", PARTIES, []),
        ("L'école de Hurlot est-elle pleine ?", LAKE, []),
        ("Que décide le conseil municipal de Tubray ?", COUNCIL, []),
    ],
)
def test_a_thing_is_unlike_where_what_answers_is_told_of_another_of_its_kind(
    question: str, text: str, things: list[str]
) -> None:
    article = Article.from_text(text, id="a", title="Une année", language="fr")
    passage = Passage("a", "a", 0, len(text), text)
    sentences = candidates([Evidence(passage, 1.0, 1.0, 1.0)], {"a": article})
    asked = analyse(question, lambda stem: 1, 10)
    assert list(unlike(asked, sentences[min(1, len(sentences) - 1)], sentences, {"a": article})) == things


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Combien d'observateurs l'Union africaine envoie-t-elle ?", ["Union africaine"]),
        ("Combien d'observateurs l'Union européenne envoie-t-elle ?", []),
        ("Combien d'observateurs la mission envoie-t-elle ?", []),
    ],
)
def test_a_body_that_the_article_does_not_name_is_elsewhere(question: str, places: list[str]) -> None:
    text = "L'Union européenne enverra 84 observateurs au Mali."
    article = Article.from_text(text, id="a", title="Vote", language="fr")
    sentences = candidates([Evidence(Passage("a", "a", 0, len(text), text), 1.0, 1.0, 1.0)], {"a": article})
    assert list(elsewhere(analyse(question, lambda stem: 1, 10), sentences[0], {"a": article})) == places


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Combien de gardiens ont été blessés ?", True),
        ("Combien de gardiens étaient présents ?", False),
        ("Combien de gardiens ont été arrêtés ?", True),
    ],
)
def test_who_was_there_is_no_toll(question: str, other: bool) -> None:
    text = "Deux gardiens étaient présents cette nuit-là."
    article = Article.from_text(text, id="a", title="Vol", language="fr")
    sentences = candidates([Evidence(Passage("a", "a", 0, len(text), text), 1.0, 1.0, 1.0)], {"a": article})
    assert is_of_another_toll(analyse(question, lambda stem: 1, 10), sentences[0], {"a": article}) is other
