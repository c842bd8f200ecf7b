"""Tests of weighing what may be the bare answer: by its kind, by the words read, and by what other sentences say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag import Article
from rag.answering.asking.question import analyse
from rag.answering.choosing.judgement import model
from rag.answering.choosing.rightness import BARE_SIGNS, Offer, bare_signs, of_the_kind
from rag.answering.choosing.sentences import candidates
from rag.schema import Evidence, Passage

FERRY = "Le ferry de Valmer transporte 300 passagers et 40 voitures par jour en été."


def told(question: str, text: str, read: str | None = None, answerable: float = 0.9, share: float = 1.0) -> Offer:
    """A sentence of which the reader reads some words, where it reads any."""
    article = Article.from_text(text, id=text, language="fr")
    passage = Passage(text, text, 0, len(text), text)
    (sentence,) = candidates([Evidence(passage, 1.0, 1.0, 1.0)], {text: article})
    if read is not None:
        start = text.index(read)
        sentence = replace(sentence, words=(start, start + len(read)), answerable=answerable)
    asked = analyse(question, lambda stem: 1, 10)
    return Offer(asked, sentence, of_the_kind(asked, sentence.text, "fr"), share)


def signs(first: Offer, *others: Offer, confidence: float = 0.9) -> dict[str, dict[str, float]]:
    """The signs of each of the words that may be the answer."""
    rows = bare_signs(first, others, confidence)
    assert rows.shape == (len(first.possible), len(BARE_SIGNS))
    texts = [first.sentence.text[bare.start : bare.end] for bare in first.possible]
    return {text: dict(zip(BARE_SIGNS, row.tolist(), strict=True)) for text, row in zip(texts, rows, strict=True)}


def likely(first: Offer, *others: Offer, confidence: float = 0.9) -> float:
    """How likely the likeliest words are right."""
    fitted = model("bare, read" if first.read else "bare")
    return float(fitted.probability(bare_signs(first, others, confidence)).max())


def test_what_is_of_the_kind_and_what_is_read_may_both_be_the_answer() -> None:
    said = signs(told("Combien de passagers le ferry transporte-t-il ?", FERRY, "300"))
    assert list(said) == ["300 passagers", "40 voitures", "300"]
    assert [row["among the words read"] for row in said.values()] == [1, 0, 1]
    assert [row["share with the words read"] for row in said.values()] == pytest.approx([3 / 13, 0, 1])
    assert said["300"]["of the wanted kind"] == 0
    assert said["300 passagers"]["surely of the wanted kind"] == 1
    assert [row["the likeliest of its kind"] for row in said.values()] == [1, 0, 0]


def test_words_read_that_are_of_the_kind_are_one_answer() -> None:
    assert list(signs(told("Combien de passagers le ferry transporte-t-il ?", FERRY, "300 passagers"))) == [
        "300 passagers",
        "40 voitures",
    ]


def test_who_is_asked_about_is_not_the_answer() -> None:
    text = "Paul Dorval a été tué par une vague."
    assert told("Par qui Dorval a-t-il été tué ?", text, "Paul Dorval").read is None
    assert told("Qui a été tué par une vague ?", text, "Paul Dorval").read is not None
    assert told("Qui a été tué, Dorval ou Berg ?", text, "Paul Dorval").read is not None


@pytest.mark.parametrize(
    ("text", "read", "whole"),
    [
        ("Ils gardent l'entrée de la mairie et du port.", "l'entrée de la mairie", "l'entrée de la mairie et du port"),
        ("Ils gardent l'entrée de la mairie et partent.", "l'entrée de la mairie", "l'entrée de la mairie"),
        ("Ils gardent la mairie et du bois, dit-il.", "la mairie", "la mairie"),
    ],
)
def test_words_read_keep_both_of_their_complements(text: str, read: str, whole: str) -> None:
    found = told("Que gardent-ils ?", text, read)
    assert found.read is not None
    assert text[found.read.start : found.read.end] == whole


@pytest.mark.parametrize(
    ("question", "text", "read", "bare"),
    [
        ("À quelle vitesse roule le ferry ?", "Le ferry atteint 33 km/h en mer.", "33 km", "33 km/h"),
        ("How old is Berg?", "Berg est un 19-year-old, dit-il.", "19-year", "19-year-old"),
        ("Combien sont-ils ?", "À Valmer, au moins 72 personnes sont là.", "72 personnes", "au moins 72 personnes"),
        ("Combien de marins ?", "Il y a 30 marins présents à Valmer.", "30 marins présents", "30 marins"),
        ("Où sont-ils basés ?", "Ils sont basés à Kerlouan et à Brissac.", "Kerlouan", "Kerlouan et à Brissac"),
        (
            "Qui dirige le port ?",
            "Le port est dirigé par le major Anne Lise Dorval.",
            "Lise Dorval",
            "Anne Lise Dorval",
        ),
        ("Qui dirige le port ?", "Le port est dirigé par le chef du Phare Lise Dorval.", "Lise Dorval", "Lise Dorval"),
        ("Qui dirige le port ?", "Lise Dorval dirige le port de Kerlouan.", "Dorval", "Dorval"),
        ("Quand ouvre le port ?", "Le port ouvre le 11 mars, dit-on.", "11 mars", "le 11 mars"),
    ],
)
def test_a_bare_answer_is_whole(question: str, text: str, read: str, bare: str) -> None:
    found = told(question, text, read)
    assert found.read is not None
    whole = found.whole(found.read)
    assert text[whole.start : whole.end] == bare


@pytest.mark.parametrize(
    ("question", "text", "read"),
    [
        ("Quel âge a Berg ?", "Le fils, Berg's 20-year-old son, est parti.", "20-year-old"),
        ("Combien de temps durent les travaux ?", "Ils se préparent deux ans à l'avance.", "deux ans"),
        ("Où sont les marins ?", "Les marins sont dans la région depuis lundi.", "dans la région"),
        ("Dans quel pays est-il ?", "Il est à Kerlouan depuis lundi matin.", "Kerlouan"),
    ],
)
def test_what_says_something_else_is_no_bare_answer(question: str, text: str, read: str) -> None:
    start = text.index(read)
    found = [(one.start, one.end) for one in told(question, text, read).possible]
    assert (start, start + len(read)) not in found


@pytest.mark.parametrize(
    ("question", "text", "bare"),
    [
        ("What share back the mayor?", "In Valmer 58% pensent que le maire a raison.", "58%"),
        ("Quelle part soutient le maire ?", "À Valmer, 58% des marins soutiennent le maire.", "58%"),
        ("Combien coûte le ferry ?", "Le ferry coûte 4 millions d'euros chaque année.", "4 millions d'euros"),
    ],
)
def test_an_amount_ends_with_its_noun(question: str, text: str, bare: str) -> None:
    found = told(question, text).found[0]
    assert text[found.start : found.end] == bare


def test_a_number_is_shown_with_the_noun_that_it_counts() -> None:
    first = told("Combien de passagers le ferry transporte-t-il ?", FERRY, "300")
    assert first.read is not None
    whole = first.whole(replace(first.read, fit=0.9))
    assert FERRY[whole.start : whole.end] == "300 passagers"
    assert whole.fit == 0.9
    name = told("Qui dirige le port ?", "Le port est dirigé par Paul Dorval depuis mai.", "Paul")
    assert name.read is not None
    assert name.whole(name.read) == name.read


@pytest.mark.parametrize(
    ("text", "read", "kept"),
    [
        ("Le maire a parlé d'une « digue vieille », dit-on au port.", "« digue vieille »,", "digue vieille"),
        ("Le maire a parlé d'une digue (vieille de cent ans) au port.", "digue (vieille de cent", "digue"),
        (
            'Le maire a dit que "la digue est vieille" et malade.',
            'la digue est vieille" et malade',
            "la digue est vieille",
        ),
    ],
)
def test_words_read_lose_the_marks_around_them_and_what_follows_half_a_pair(text: str, read: str, kept: str) -> None:
    found = told("De quoi le maire a-t-il parlé ?", text, read).read
    assert found is not None
    assert text[found.start : found.end] == kept


def test_another_sentence_speaks_for_its_own_words_as_surely_as_it_answers() -> None:
    question = "Combien de passagers le ferry transporte-t-il ?"
    first = told(question, FERRY, "300 passagers")
    same = told(question, "La mairie compte 300 personnes à bord du ferry.", "300 personnes", answerable=0.8, share=0.5)
    other = told(question, "Le ferry de Brenne en transporte 200.", "200", answerable=0.6, share=0.5)
    said = signs(first, same, other)["300 passagers"]
    assert said["the same words in another sentence"] == pytest.approx(0.4)
    assert said["other words in another sentence"] == pytest.approx(0.3)
    assert likely(first, same) > likely(first, same, other)


def test_the_surer_the_reader_and_the_answer_are_the_likelier_the_words_are_right() -> None:
    question = "Combien de passagers le ferry transporte-t-il ?"
    sure, unsure = (told(question, FERRY, "300 passagers", answerable=chance) for chance in (0.95, 0.05))
    assert likely(sure) > 0.72 > likely(unsure)
    assert likely(sure) > likely(sure, confidence=0.4)


def test_without_a_reader_a_value_of_the_kind_is_weighed_alone() -> None:
    said = signs(told("Combien de passagers le ferry transporte-t-il ?", FERRY))
    assert list(said) == ["300 passagers", "40 voitures"]
    assert {row["share with the words read"] for row in said.values()} == {0}
    assert {row["answer in the passage, as logit"] for row in said.values()} == {0}
    assert not signs(told("Pourquoi le ferry part-il ?", FERRY))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("7 janvier 2020", "9 mars 2020", 0), ("7 janvier 2020", "7 janvier", 1), ("300", "300 personnes", 1)],
)
def test_two_dates_of_one_year_are_not_the_same(one: str, other: str, same: int) -> None:
    question = "Quand le ferry est-il parti ?"
    first = told(question, f"Le ferry de Valmer est parti {one} du port.", one)
    second = told(question, f"Le ferry de Brenne est parti {other} du port.", other)
    said = signs(first, second)[one]
    assert (said["the same words in another sentence"] > 0) == same
    assert (said["other words in another sentence"] > 0) == (not same)
