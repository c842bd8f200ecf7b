"""Tests of things that the articles do not have, though they have another of the kind."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import analyse
from rag.answering.choosing.kinds import unlike
from rag.answering.choosing.sentences import candidates
from rag.schema import Article, Evidence, Passage

TEXT = (
    "Le stade de Brenne a ouvert samedi par une défaite face à Tubray. Il compte 12 200 places, dit M. Dorval. "
    "La maternité de Valmer a enregistré 287 naissances, et celle de Vaubrion, deux fois plus. "
    "L'ambassade de Belgique à Lima a fermé ; son ancien chef est à Kinshasa. À Hurlot, l'école du Lac est pleine."
)


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Combien de places compte le stade de Tubray ?", ["stade de Tubray"]),
        ("Combien de places compte le stade de Brenne ?", []),
        ("Combien de naissances à la maternité de Brenne ?", ["maternité de Brenne"]),
        ("Combien de naissances à la maternité de Vaubrion ?", []),  # "celle de Vaubrion"
        ("L'ambassade de Belgique à Kinshasa a-t-elle fermé ?", ["ambassade de Belgique à Kinshasa"]),
        ("L'ambassade belge à Lima a-t-elle fermé ?", []),
        ("L'école de Hurlot est-elle pleine ?", []),
        ("Combien de places compte le gymnase de Tubray ?", []),  # no other of its kind
        ("combien de places au stade", []),
    ],
)
def test_a_thing_is_unlike_where_the_articles_have_another_of_its_kind(question: str, things: list[str]) -> None:
    article = Article.from_text(TEXT, id="a", title="Inauguration", language="fr")
    passage = Passage("a", "a", 0, len(TEXT), TEXT)
    sentences = candidates([Evidence(passage, 1.0, 1.0, 1.0)], {"a": article})
    asked = analyse(question, lambda stem: 1, 10)
    assert list(unlike(asked, sentences[1], sentences, {"a": article})) == things
