"""Correctness on answers one can score by hand: wordings, values, dates, lists, nuggets, the word limit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from eval_stand_in import answer, citation, claim, date, question
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.correctness import bare_right, best_f1, contains, degree, exact, list_scores, nugget_scores, polarity
from eval.metrics.said import Said, joined, within
from eval.metrics.values import comparator, stated_dates
from eval.metrics.wording import normalised, same, states, token_f1
from eval.schema import Accepted, Nugget
from rag.language.numbers import quantities


def said(text: str) -> tuple[Said, ...]:
    return (Said(text, None),)


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        pytest.param("1.500 hommes", "quelque 1 500 hommes en Irak", id="thousands"),
        pytest.param("14 soldats", "ses quatorze soldats", id="number-in-words"),
        pytest.param("12 %", "douze pour cent des voix", id="percentage"),
        pytest.param("coeur", "au cœur de la ville", id="ligature"),
        pytest.param("l'Arabie saoudite", "L’ARABIE SAOUDITE et le Koweït", id="elision-and-case"),
        pytest.param("Dr Müller", "selon Muller", id="title-and-accent"),
        pytest.param("1er mai", "le 1er mai", id="ordinal"),
        pytest.param("la Grande-Bretagne", "en Grande Bretagne", id="hyphen"),
        pytest.param("dix secondes", "durant plus de dix secondes", id="as-written"),
    ],
)
def test_a_wording_is_found_as_a_reader_finds_it(wording: str, text: str) -> None:
    assert states(wording, text)


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        pytest.param("14", "en 2014", id="part-of-a-number"),
        pytest.param("400", "1 400 soldats", id="part-of-a-thousand"),
        pytest.param("pont", "les pontons", id="part-of-a-word"),
        pytest.param("1,5", "15 millions", id="decimal"),
        pytest.param("le", "un pont", id="nothing-left-to-find"),
    ],
)
def test_a_wording_is_not_found_in_what_only_looks_like_it(wording: str, text: str) -> None:
    assert not states(wording, text)


@given(st.text(max_size=60))
def test_normalising_takes_any_text(text: str) -> None:
    assert all(token == token.strip() and token for token in normalised(text, "fr"))


def test_normalising_is_quick_on_long_runs_of_digits() -> None:
    assert len(normalised("9" * 10_000 + " " + "1 000" * 2_000, "fr")) < 10_000


def test_token_f1_counts_shared_words() -> None:
    # Wanted: pont, de, pierre. Said: vieux, pont, de, pierre, rouge. Shared 3: P 3/5, R 1, F1 0.75.
    assert token_f1("le pont de pierre", "un vieux pont de pierre rouge") == 0.75
    assert token_f1("le pont", "la route") == 0


def test_an_exact_match_is_the_wording_and_nothing_else() -> None:
    assert same("1.500", "1 500")
    assert not same("1.500", "1 500 hommes")


@pytest.mark.parametrize(
    ("accepted", "text", "expected"),
    [
        pytest.param(Accepted("number", number=1500), "quelque 1 500 hommes", 1, id="value"),
        pytest.param(Accepted("number", number=1500), "1 501 hommes", 0, id="off-by-one"),
        pytest.param(Accepted("number", number=1000, tolerance=5), "1 005 hommes", 1, id="within-tolerance"),
        pytest.param(Accepted("number", number=12), "12 %", 0, id="a-percentage-is-no-count"),
        pytest.param(Accepted("number", number=12, unit="%"), "douze pour cent", 1, id="percentage"),
        pytest.param(Accepted("number", number=1.5e6, unit="€"), "1,5 million d'euros", 1, id="money"),
        pytest.param(Accepted("number", number=1.5e6, unit="€"), "1,5 million de dollars", 0, id="other-money"),
        pytest.param(Accepted("number", number=60, comparator="more"), "plus de 60 morts", 1, id="more"),
        pytest.param(Accepted("number", number=60, comparator="more"), "60 morts", 0, id="more-is-not-said"),
        pytest.param(Accepted("number", number=60, comparator="less"), "au moins 60 morts", 0, id="less-is-not-more"),
        pytest.param(Accepted("number", number=30, comparator="about"), "une trentaine de blessés", 1, id="about"),
        pytest.param(Accepted("number", ("trio",), number=3), "un trio", 1, id="alias"),
        pytest.param(Accepted("bool", truth=True), "Oui, mardi.", 1, id="yes"),
        pytest.param(Accepted("bool", truth=True), "Non.", 0, id="no"),
        pytest.param(Accepted("bool", truth=False), "Non.", 1, id="no-is-right"),
        pytest.param(Accepted("span", ("mardi", "mercredi")), "dès mercredi", 1, id="any-wording"),
    ],
)
def test_an_answer_is_compared_by_its_kind(accepted: Accepted, text: str, expected: float) -> None:
    assert degree(accepted, said(text)) == expected


def test_what_opens_with_neither_yes_nor_no_has_no_polarity() -> None:
    assert polarity(said("Le pont rouvre.")) is None
    assert polarity(()) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("au moins 60", "more"),
        ("moins de 60", "less"),
        ("jusqu'à 60", "less"),
        ("environ 60", "about"),
        ("ses 60", None),
    ],
)
def test_a_comparator_stands_before_its_number(text: str, name: str | None) -> None:
    assert comparator(text, quantities(text)[0]) == name


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Il rouvrira mardi", {"2031-03-11"}),  # the last one, as the article is of a Wednesday
        ("fermé hier", {"2031-03-11"}),
        ("le 2 mars", {"2031-03-02"}),
        ("le 30 décembre", {"2030-12-30"}),  # nearer than that of the year to come
        ("le 2 mars 2029", {"2029-03-02"}),
        ("en mars 2029", {"2029-03"}),
        ("un 29 février", {"2032-02-29"}),  # the only one within a year
    ],
)
def test_days_are_read_against_the_article(text: str, dates: set[str]) -> None:
    found = {str(one) for one in stated_dates(Said(text, claim(text, citation("Le pont est fermé."))))}
    assert found == dates


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        pytest.param("2031-03-11", "mardi", 1, id="resolved"),
        pytest.param("2031-03-11", "le 11 mars 2031", 1, id="written-out"),
        pytest.param("2031-03-11", "en mars 2031", 0.5, id="coarser"),
        pytest.param("2031-03", "le 11 mars 2031", 1, id="finer"),
        pytest.param("2031-03-11", "le 12 mars 2031", 0, id="another-day"),
        pytest.param("2031-03-11", "en avril 2031", 0, id="another-month"),
        pytest.param("2031", "bientôt", 0, id="no-date"),
    ],
)
def test_a_date_is_right_at_its_precision(wanted: str, text: str, expected: float) -> None:
    part = Said(text, claim(text, citation("Le pont est fermé.")))
    assert degree(Accepted("date", date=date(wanted)), (part,)) == expected


LIST = Accepted("list", items=(("Alpha",), ("Bêta", "Béta"), ("Gamma",)))


def test_a_list_is_scored_by_the_items_stated_and_named() -> None:
    # Bare answer: Alpha, Delta. Recall 1/3 of the items, precision 1/2, F1 2 * 1/6 / (5/6) = 0.4.
    assert list_scores(LIST, said("Alpha et Delta")) == pytest.approx((1 / 2, 1 / 3, 0.4))
    assert list_scores(LIST, said("Alpha, Béta et Gamma")) == (1, 1, 1)
    assert list_scores(LIST, said("Delta")) == (0, 0, 0)


def test_a_quote_enumerates_no_items_of_its_own() -> None:
    quote = Said("Alpha et Delta ont signé.", claim("Alpha et Delta ont signé.", citation("Le pont est fermé.")))
    precision, recall, _ = list_scores(LIST, (quote,))
    assert (precision, recall) == (1, 1 / 3)


NUGGETS = (
    Nugget("a", True, (("25 000",), ("préfecture", "police"))),
    Nugget("b", True, (("50 000",),)),
    Nugget("c", False, (("lundi",), ("pluie",))),
)


def test_a_nugget_must_stand_within_two_sentences() -> None:
    # a: both groups, in neighbouring sentences. b: missing. c: half of it.
    text = "Ils étaient 25 000. C'est la police qui le dit. Il faisait beau. C'était lundi."
    assert nugget_scores(NUGGETS, said(text)) == (1 / 2, (1 + 0 + 0.5) / 3)
    apart = "Ils étaient 25 000. Il faisait beau. Il faisait chaud. La police le dit."
    assert nugget_scores(NUGGETS[:1], said(apart)) == (0, 0.5)


def test_the_bare_answer_comes_first_and_words_are_cut_at_the_limit() -> None:
    given = answer(claim("Le pont est fermé."), claim("Il rouvrira mardi, selon la mairie."), short="mardi")
    assert [part.text for part in within(given, 6)] == ["mardi", "Le pont est fermé.", "Il"]
    assert joined(within(given, 5)) == "mardi\nLe pont est fermé."


def test_outlets_and_dates_in_brackets_are_not_said() -> None:
    given = answer(claim("Le pont est fermé."))
    assert "Phare" in given.text
    assert joined(within(given, 60)) == "Le pont est fermé."


def test_what_nothing_bears_out_is_not_said() -> None:
    given = answer(
        claim("Le pont est fermé."), claim("Il est vert.", citation("Le pont est fermé."), verdict="unsupported")
    )
    assert joined(within(given, 60)) == "Le pont est fermé."
    assert within(answer(), 60) == ()


@pytest.mark.parametrize(
    ("fields", "text", "expected"),
    [
        ({"answers": ["mardi"]}, "Il rouvrira mardi.", (1.0, None, 0.5)),  # il, rouvrira, mardi: F1 2/(1+3)
        ({"answers": [{"kind": "list", "value": ["mardi"]}], "type": "list"}, "Il rouvrira mardi.", (None, None, None)),
    ],
    ids=["wording", "list"],
)
def test_figures_that_do_not_apply_are_not_scored(
    tmp_path: Path, fields: dict[str, Any], text: str, expected: tuple[float | None, ...]
) -> None:
    asked, parts = question(tmp_path, **fields), (Said(text, claim(text, citation("Le pont est fermé."))),)
    assert (contains(asked, parts), exact(asked, parts), best_f1(asked, parts)) == expected


def test_a_bare_answer_can_be_exact(tmp_path: Path) -> None:
    assert exact(question(tmp_path, answers=["12 mars"]), said("le 12 mars")) == 1


@pytest.mark.parametrize(
    ("given", "bare", "right"),
    [
        ({"answers": ["14 soldats"]}, "quatorze soldats", 1.0),
        ({"answers": ["le général Paul Dorval"]}, "Paul Dorval", 1.0),
        ({"answers": ["14 soldats"]}, "15 soldats", 0.0),
        ({"answers": ["14 soldats"]}, "soldats", 0.0),
        ({"answers": ["le 12 mars 2020"]}, "mars", 0.0),
        ({"answers": ["le général Paul Dorval"]}, "général", 0.0),
        ({"answers": [{"kind": "list", "value": ["Malte", "Chypre", "Grèce"]}], "type": "list"}, "Malte, Chypre", 1.0),
        ({"answers": [{"kind": "list", "value": ["Malte", "Chypre", "Grèce"]}], "type": "list"}, "Paris", 0.0),
        ({"answers": ["14 soldats"]}, None, None),
    ],
)
def test_a_bare_answer_is_right_where_it_says_what_is_accepted(
    tmp_path: Path, given: dict[str, Any], bare: str | None, right: float | None
) -> None:
    assert bare_right(question(tmp_path, **given), bare) == right


def test_a_bare_answer_to_what_cannot_be_answered_is_wrong(tmp_path: Path) -> None:
    assert bare_right(question(tmp_path, answerable=False, type="absent", answers=[], gold=[]), "14 soldats") == 0.0
