"""A question is put plainly to a reader: capitals that stand for governments become the countries of the passage."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import analyse
from rag.answering.choosing.plainly import put_plainly

PASSAGE = (
    "Le Canada rapatrie une partie de ses instructeurs. Le Royaume-Uni et les États-Unis restent, la Hongrie part."
)


def asked_of(question: str, passage: str, language: str = "fr") -> str:
    return put_plainly(question, analyse(question, lambda _: 1, 10), passage, language)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Que fait Ottawa de ses troupes ?", "Que fait le Canada de ses troupes ?"),
        ("Que compte faire Ottawa de ses troupes ?", "Que va faire le Canada de ses troupes ?"),
        ("Washington va-t-il partir ?", "Les États-Unis vont-ils partir ?"),
        ("Washington quitte-t-elle la coalition ?", "Les États-Unis quittent-ils la coalition ?"),
        ("Londres et Washington sont-ils d'accord ?", "Le Royaume-Uni et les États-Unis sont-ils d'accord ?"),
        ("Budapest garde-t-il des soldats ?", "La Hongrie garde-t-elle des soldats ?"),
        ("Ottawa garde-t-il des soldats ?", "Le Canada garde-t-il des soldats ?"),
        ("Que répondent Ottawa et Budapest ?", "Que répondent le Canada et la Hongrie ?"),
        ("What does Washington plan?", "What does the United States plan?"),
        ("What does Budapest plan?", "What does Hungary plan?"),
    ],
)
def test_a_seat_of_government_is_read_as_its_country(question: str, plain: str) -> None:
    assert asked_of(question, PASSAGE) == plain


@pytest.mark.parametrize(
    "question",
    [
        "Qui a été reçu à Ottawa ?",  # the town
        "Qui est le maire de Londres ?",
        "Qui vit à Ottawa et Londres ?",
        "Combien d'habitants compte Ottawa ?",
        "Qui était Denzel Washington ?",
        "Que dit la Maison-Blanche ?",  # with an article of its own
        "Que veut Washington ?",  # in the plural nothing would agree
        "Pourquoi Washington s'est-il retiré ?",
        "Who was received in Ottawa?",
        "Que fait Prague ?",  # no country of this passage
        "Que fait le Canada ?",
        "Combien le Canada compte-t-il de soldats ?",
        "La coalition compte encore quatre membres ?",
        "Combien d'habitants compte Alger ?",
        "Qui rend compte dire pourquoi ?",
    ],
)
def test_other_names_stay(question: str) -> None:
    assert asked_of(question, PASSAGE) == question


@pytest.mark.parametrize(
    ("question", "passage", "language", "plain"),
    [
        ("Daech est-il vaincu ?", "La défaite de l'État islamique", "fr", "L'État islamique est-il vaincu ?"),
        ("Qui combat Daech ?", "La défaite de l'État islamique", "fr", "Qui combat l'État islamique ?"),
        ("Que veut l'Otan ?", "L'Alliance atlantique reste.", "fr", "Que veut l'Alliance atlantique ?"),
        ("What does ISIS want?", "The fall of Islamic State", "en", "What does Islamic State want?"),
        ("Que veut l'Otan ?", "L'Alliance atlantique, l'Otan, reste.", "fr", "Que veut l'Otan ?"),
        ("Que veut l'ONU ?", "Les Nations unies restent.", "fr", "Que veut l'ONU ?"),  # in the plural
        ("Que veut le groupe Daech ?", "L'État islamique reste.", "fr", "Que veut le groupe État islamique ?"),
        ("Que veut la CPI ?", "Le procureur l'a dit.", "fr", "Que veut la CPI ?"),
        ("Que veut l'Otan ?", "The North Atlantic Treaty Organization", "en", "Que veut l'Otan ?"),
    ],
)
def test_a_body_is_read_by_the_name_that_the_passage_has(
    question: str, passage: str, language: str, plain: str
) -> None:
    assert asked_of(question, passage, language) == plain


def test_a_seat_that_the_passage_names_stays() -> None:
    passage = "À Ottawa, le Canada a annoncé qu'il rapatriait ses instructeurs."
    assert asked_of("Que fait Ottawa ?", passage) == "Que fait Ottawa ?"


def test_the_country_may_be_told_by_its_people_and_in_another_language() -> None:
    assert asked_of("Que fait Prague ?", "The Czech soldiers left.", "en") == "Que fait la Tchéquie ?"
    assert asked_of("Que fait Jérusalem ?", "Un pays au bord de la mer.") == "Que fait Jérusalem ?"
