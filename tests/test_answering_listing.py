"""Tests of lists gathered over articles: bare items, none from sentences about something else."""

from __future__ import annotations

from test_answering_composition import article, composed


def test_items_are_bare_names_and_their_run_is_marked_verbatim() -> None:
    text = "La manœuvre a lieu avec la participation de la Grèce, des Pays-Bas, du Portugal et de Malte."
    shown = composed("Quels pays participent à la manœuvre ?", [article("a", "2031-01-07", text)])
    assert shown.short == "Grèce, Pays-Bas, Portugal, Malte"
    (citation,) = shown.claims[0].citations
    assert citation.bare is not None
    assert text[slice(*citation.bare)] == "Grèce, des Pays-Bas, du Portugal et de Malte"


def test_a_sentence_on_another_place_adds_no_item_though_it_is_better() -> None:
    articles = [
        article("a", "2031-01-07", "La Grèce, Malte et le Portugal participent aux frappes en Libye."),
        article("b", "2031-01-08", "Le Danemark et la Norvège participent aux frappes au Mali.", "La Vigie"),
    ]
    shown = composed("Quels pays participent aux frappes au Mali ?", articles, [0.9, 0.8])
    assert shown.short == "Danemark, Norvège"


def test_a_sentence_on_what_happens_elsewhere_adds_no_item() -> None:
    articles = [
        article("a", "2031-01-07", "La Grèce et Malte participent aux frappes des Américains au Mali."),
        article("b", "2031-01-08", "Le Danemark et la Norvège participent aux frappes des Américains en Libye."),
    ]
    shown = composed("Quels pays participent aux frappes américaines au Mali ?", articles, [0.9, 0.8])
    assert shown.short == "Grèce, Malte"


def test_places_of_another_sentence_may_be_where_they_came_from() -> None:
    articles = [
        article("a", "2031-01-07", "Les marins de Valmer vont à Kerlouan et à Brissac."),
        article("b", "2031-01-08", "Les marins de Valmer étaient à Dorval et à Brenne.", "La Vigie"),
    ]
    assert composed("Où vont les marins de Valmer ?", articles, [0.9, 0.8]).short == "Kerlouan et à Brissac"
    assert composed("Où les marins de Valmer vont-ils ?", articles, [0.9, 0.8]).short == "Kerlouan, Brissac"


def test_of_places_that_are_not_enumerated_none_is_the_answer() -> None:
    text = "Les marins sont à Kerlouan, la plus grande base, ainsi que sur celle de la flotte, à Brissac."
    assert composed("Où sont les marins ?", [article("a", "2031-01-07", text)]).short is None


def test_a_list_may_be_of_an_unknown_length() -> None:
    text = "La manœuvre a lieu avec la Grèce, le Portugal ou encore Malte."
    shown = composed("Quels pays participent à la manœuvre ?", [article("a", "2031-01-07", text)])
    assert shown.short == "Grèce, Portugal, Malte"


def test_a_list_of_an_unknown_kind_shows_further_sentences() -> None:
    articles = [
        article("a", "2031-01-07", "La mairie de Valmer plante des arbres sur le port."),
        article("b", "2031-01-08", "Les arbres retenus sont le tilleul, le frêne et le charme.", "La Vigie"),
    ]
    shown = composed("Quels arbres la mairie plante-t-elle ?", articles, [0.9, 0.3])
    assert len(shown.claims) == 2


def test_items_of_a_further_sentence_are_not_bare_where_the_first_names_none() -> None:
    articles = [
        article("a", "2031-01-07", "Les marins de Valmer sont sur deux bases de la flotte."),
        article("b", "2031-01-08", "Les marins de Valmer sont à Kerlouan, à Brissac et à Dorval.", "La Vigie"),
    ]
    question = "Où sont les marins de Valmer ?"
    assert composed(question, articles, [0.9, 0.8]).short is None
    assert composed(question, articles, [0.8, 0.9]).short == "Kerlouan, Brissac, Dorval"


def test_a_list_ends_at_its_limit_of_words() -> None:
    articles = [
        article(
            f"a{number}", "2031-01-07", f"Le numéro {number} de la liste des arbres de Valmer : " + "mot " * 50 + "."
        )
        for number in range(4)
    ]
    shown = composed("Quels arbres la mairie plante-t-elle ?", articles)
    assert sum(len(claim.text.split()) for claim in shown.claims) <= 120


def test_who_does_not_do_it_is_no_item_and_who_may_is_shown_without_one() -> None:
    articles = [
        article("a", "2031-01-07", "La Norvège n'a pas l'intention de quitter la mission de Valmer."),
        article("b", "2031-01-08", "La Grèce a quitté la mission de Valmer mardi.", "La Vigie"),
        article("c", "2031-01-09", "Le contingent danois a quitté la mission de Valmer.", "La Vigie"),
    ]
    shown = composed("Quels pays ont quitté la mission de Valmer ?", articles, [0.9, 0.8, 0.7])
    assert shown.short == "Grèce"
    assert {claim.citations[0].article_id for claim in shown.claims} >= {"b", "c"}


def test_of_those_who_do_something_none_is_where_they_go() -> None:
    articles = [article("a", "2031-01-07", "La Norvège a annoncé le retrait de ses marins et leur départ en Grèce.")]
    for question in ("Quels pays retirent leurs marins ?", "Quels pays retirent leurs marins du Mali ?"):
        assert composed(question, articles).short == "Norvège"
    assert composed("Dans quels pays les marins vont-ils ?", articles).short == "Grèce"


def test_where_nobody_acts_those_that_are_enumerated_are_the_list() -> None:
    articles = [article("a", "2031-01-07", "Le jeu est interdit en Grèce, en Norvège et au Portugal.")]
    assert composed("Quels pays interdisent le jeu ?", articles).short == "Grèce, Norvège, Portugal"
    assert composed("Which countries has Dorval banned the game in?", articles).short == "Grèce, Norvège, Portugal"


def test_a_sentence_of_another_article_without_the_name_asked_about_adds_no_item() -> None:
    articles = [
        article("a", "2031-01-07", "Les fondateurs des serres Lumina sont Paul Dorval et Marie Roux."),
        article("b", "2031-01-08", "Les fondateurs des serres Oria sont Anne Berg et Luc Martin.", "La Vigie"),
        article("c", "2031-01-09", "Parmi les fondateurs de Lumina est aussi Jean Kerlo.", "La Vigie"),
    ]
    shown = composed("Qui sont les fondateurs de Lumina ?", articles, [0.9, 0.8, 0.7])
    assert shown.short is not None
    assert "Paul Dorval" in shown.short
    assert "Jean Kerlo" in shown.short
    assert "Berg" not in shown.short
    assert "Martin" not in shown.short
