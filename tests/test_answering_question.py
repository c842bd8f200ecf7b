"""Tests of taking a question apart: its terms, names, places, and what it wants."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import Asked, analyse


def asked(question: str) -> Asked:
    """The question put to a corpus of a hundred passages that contain every stem ten times."""
    return analyse(question, lambda stem: 10, 100)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Que dit Paul Dorval du port de Valmer ?", ["Paul", "Dorval", "Valmer"]),
        ("Combien de ports ?", []),
        ("Qui dirige le port ? Combien gagne-t-il ?", []),
        ("QUI DIRIGE LE PORT", []),
        ("L'ONU a-t-elle voté ?", ["ONU"]),
    ],
)
def test_a_capital_inside_a_sentence_marks_a_name(question: str, names: list[str]) -> None:
    assert [name.word for name in asked(question).names] == names


def test_a_people_before_a_noun_is_not_what_is_counted() -> None:
    counted = asked("How many Danish sailors are in Norway?").counted
    assert counted is not None
    assert counted.word == "sailors"


def test_what_is_counted_is_the_word_after_combien() -> None:
    counted = asked("Dans combien de ports la compagnie accoste-t-elle ?").counted
    assert counted is not None
    assert counted.word == "ports"
    assert asked("Quand accoste-t-elle ?").counted is None


def test_a_country_is_known_by_its_people_and_its_government() -> None:
    places = asked("Les soldats norvégiens sont-ils à Moscou ?").places
    assert [sorted(place.things) for place in places] == [["NO"], ["RU"]]


def test_coverage_is_weighed_by_rarity() -> None:
    question = asked("Le président a-t-il vu le phacochère ?")
    common, rare = (next(term for term in question.terms if term.word == word) for word in ("président", "phacochère"))
    assert question.coverage(rare.stems) > question.coverage(common.stems) > 0
    assert question.coverage(frozenset()) == 0
    assert question.coverage(frozenset().union(*(term.stems for term in question.terms))) == pytest.approx(1)


def test_a_term_is_also_found_under_its_translation() -> None:
    assert "soldat" in asked("How many soldiers?").terms[0].stems
    assert "soldier" in asked("Combien de soldats ?").terms[0].stems


def test_the_words_of_a_date_weigh_less_than_the_same_words_elsewhere() -> None:
    weights = {term.word: term.weight for term in asked("Combien de ports en 2021 ?").terms}
    plain = {term.word: term.weight for term in asked("Combien de ports, 2021 navires ?").terms}
    assert weights["2021"] < plain["2021"]
    assert weights["ports"] == plain["ports"]


def test_words_that_only_say_what_kind_of_amount_is_wanted_weigh_less_and_need_no_article() -> None:
    terms = {term.word: term for term in analyse("Quelle est la longueur du pont ?", lambda stem: 0, 10).terms}
    assert terms["longueur"].known
    assert not terms["pont"].known
    plain = {term.word: term for term in analyse("La longueur du pont gêne-t-elle ?", lambda stem: 0, 10).terms}
    assert terms["longueur"].weight < plain["longueur"].weight


def test_words_that_ask_for_the_latest_state_are_not_looked_for() -> None:
    asked = analyse("Combien le pont a-t-il coûté au bout du compte ?", lambda stem: 1, 10)
    assert [term.word for term in asked.terms] == ["pont", "coûté"]


def test_a_year_is_kept() -> None:
    assert asked("Combien de ports en 2021 ?").years == {2021}


def test_a_measure_is_what_is_counted_where_nothing_else_is() -> None:
    counted = asked("À quelle vitesse soufflait le vent ?").counted
    assert counted is not None
    assert counted.word == "vitesse"


def test_a_text_that_only_repeats_the_question_is_recognised() -> None:
    question = asked("Combien de ports la compagnie dessert-elle ?")
    assert question.says("la compagnie des ports", "fr")
    assert not question.says("la compagnie des îles", "fr")
    assert not question.says("de la", "fr")


def test_a_part_of_the_world_need_not_be_named_by_the_articles() -> None:
    question = analyse("Qui aide les Occidentaux au Moyen-Orient, à Valmer et en Irak ?", lambda stem: 0, 10)
    assert [name.word for name in question.names] == ["Valmer", "Irak"]
    assert [sorted(place.things) for place in question.places] == [["IQ"]]
    assert {term.word for term in question.terms if term.known} == {"Occidentaux", "Moyen", "Orient"}


@pytest.mark.parametrize("question", ["Que dit Europe 1 ?", "Que vend Air Afrique ?", "Qui mène Europe Écologie ?"])
def test_a_region_in_a_longer_name_is_a_name(question: str) -> None:
    assert asked(question).names
    assert not asked(question).regions


def test_a_region_counts_among_what_is_asked_about() -> None:
    assert asked("Combien de soldats la France a-t-elle en Afrique ?").things >= {"FR"}
    assert len(asked("Combien de soldats la France a-t-elle en Afrique ?").things) == 2


def test_names_of_places_are_covered_as_places() -> None:
    question = asked("Que dit Dorval aux Danois ?")
    assert [name.word for name in question.further_names] == ["Dorval"]
    assert question.name_coverage(frozenset({"dorval"})) == 1
    assert asked("Que disent les Danois ?").name_coverage(frozenset()) == 1
    twins = asked("Que dit Malik du Mali ?")
    assert [name.word for name in twins.further_names] == ["Malik"]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Que dit Olivia Jordan ?", []),
        ("Qui a racheté la compagnie Air France ?", []),
        ("Que dit la Jordanie ?", ["Jordanie"]),
        ("Qui a gagné le match France-Allemagne ?", ["France", "Allemagne"]),
        ("morts Covid Italie", ["Italie"]),
        ("Will South Africa vote?", ["South Africa"]),
        ("Combien de soldats le Parlement d'Irak veut-il ?", ["Irak"]),
        ("Did Prime Minister Iranian advisers resign?", ["Iranian"]),
    ],
)
def test_a_country_within_the_name_of_somebody_is_none(question: str, named: list[str]) -> None:
    assert [question[place.start : place.end] for place in asked(question).places] == named


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Le port va-t-il fermer ?", ["port", "fermer"]),
        ("Les marins comptent-ils bientôt partir ?", ["marins", "bientôt", "partir"]),
        ("Combien de marins le port compte-t-il ?", ["marins", "port", "compte"]),
        ("Pourquoi le compte Twitter a-t-il été suspendu ?", ["compte", "Twitter", "suspendu"]),
    ],
)
def test_a_verb_that_only_says_what_will_be_is_no_term(question: str, terms: list[str]) -> None:
    assert [term.word for term in asked(question).terms] == terms
