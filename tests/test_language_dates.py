import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.dates import date_mentions
from rag.schema import PartialDate

ANY_TEXT = st.text(st.characters(codec=None)) | st.lists(
    st.sampled_from(
        ["31", "février", " ", "2020", "-", "/", "01", ".", ",", "mardi", "May", "déc", "7", "et", "le", "1er"]
    )
).map("".join)

MONDAY, TUESDAY, WEDNESDAY = 0, 1, 2


@pytest.mark.parametrize(
    ("text", "language", "mentioned", "parts"),
    [
        ("le 3 janvier par une frappe", "fr", "3 janvier", (None, 1, 3, None)),
        ("en janvier 2020, du général", "fr", "janvier 2020", (2020, 1, None, None)),
        ("depuis le 25 mars", "fr", "25 mars", (None, 3, 25, None)),
        ("ce mercredi 25 mars.", "fr", "mercredi 25 mars", (None, 3, 25, WEDNESDAY)),
        ("ce mardi 7 janvier 2020", "fr", "mardi 7 janvier 2020", (2020, 1, 7, TUESDAY)),
        ("Paris :, 31 déc. (Agence)", "fr", "31 déc.", (None, 12, 31, None)),
        ("le 7 juillet. 2020 sera", "fr", "7 juillet", (None, 7, 7, None)),
        ("le 1er mai 2021", "fr", "1er mai 2021", (2021, 5, 1, None)),
        ("LE 1ER MAI 2021", "fr", "1ER MAI 2021", (2021, 5, 1, None)),
        ("le 4\u00a0août", "fr", "4\u00a0août", (None, 8, 4, None)),
        ("le 4 aout 1789", "fr", "4 aout 1789", (1789, 8, 4, None)),
        ("le 29 février", "fr", "29 février", (None, 2, 29, None)),
        ("2020-01-07", "fr", "2020-01-07", (2020, 1, 7, None)),
        ("date 2020-01 Les forces", "fr", "2020-01", (2020, 1, None, None)),
        ("07/01/2020", "fr", "07/01/2020", (2020, 1, 7, None)),
        ("31/01/2020", "en", "31/01/2020", (2020, 1, 31, None)),
        ("01/31/2020", "en", "01/31/2020", (2020, 1, 31, None)),
        ("07/01/2020", "en", "07/01/2020", (2020, None, None, None)),
        ("la saison 2011-12", "fr", "2011", (2011, None, None, None)),
        ("de 2012-17", "fr", "2012", (2012, None, None, None)),
        ("début novembre", "fr", "novembre", (None, 11, None, None)),
        ("en mai dernier", "fr", "mai", (None, 5, None, None)),
        ("en 2019", "fr", "2019", (2019, None, None, None)),
        ("fin 2021", "fr", "2021", (2021, None, None, None)),
        ("la guerre de 2014.", "fr", "2014", (2014, None, None, None)),
        ("a annoncé mardi le retrait", "fr", "mardi", (None, None, None, TUESDAY)),
        ("in December 2017", "en", "December 2017", (2017, 12, None, None)),
        ("on January 7, 2020", "en", "January 7, 2020", (2020, 1, 7, None)),
        ("on Tuesday, Jan. 7, 2020", "en", "Tuesday, Jan. 7, 2020", (2020, 1, 7, TUESDAY)),
        ("on 7 January 2020", "en", "7 January 2020", (2020, 1, 7, None)),
        ("the 7th of January", "en", "7th of January", (None, 1, 7, None)),
        ("on June 18th at noon", "en", "June 18th", (None, 6, 18, None)),
        ("last May it rained", "en", "May", (None, 5, None, None)),
        ("the 2014 elections", "en", "2014", (2014, None, None, None)),
        ("said Monday that", "en", "Monday", (None, None, None, MONDAY)),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_said(
    text: str, language: str, mentioned: str, parts: tuple[int | None, ...]
) -> None:
    first = date_mentions(text, language)[0]
    assert text[first.start : first.end] == mentioned
    assert (first.year, first.month, first.day, first.weekday) == parts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2020 soldats", "fr"),
        ("quelque 2000 personnes", "fr"),
        ("les 2020 militaires", "fr"),
        ("2000 euros, 2000 € et 2000 km", "fr"),
        ("1.950 et 20200 et 2 020", "fr"),
        ("la planète Mars", "fr"),
        ("les années 1990", "fr"),
        ("31 février", "fr"),
        ("31/02/2020 ou 99/99/2020", "fr"),
        ("he may march", "en"),
        ("7 may have died", "en"),
        ("about 2000 people", "en"),
        ("on Black Friday", "en"),
    ],
)
def test_what_is_no_date_is_not_taken_for_one(text: str, language: str) -> None:
    assert date_mentions(text, language) == []


def test_both_days_of_a_pair_are_mentioned() -> None:
    text = "réunis lundi 2 et 3 décembre 2019"
    found = [(text[mention.start : mention.end], str(mention.date)) for mention in date_mentions(text)]
    assert found == [("lundi 2", "2019-12-02"), ("3 décembre 2019", "2019-12-03")]


def test_both_years_of_a_range_are_mentioned() -> None:
    assert [mention.year for mention in date_mentions("entre 2014 et 2021, puis 2012-2017")] == [2014, 2021, 2012, 2017]


def test_a_date_without_its_year_is_on_no_calendar() -> None:
    (without_year,) = date_mentions("le 7 janvier")
    (with_year,) = date_mentions("janvier 2020")
    assert without_year.date is None
    assert with_year.date == PartialDate(2020, 1)


@given(ANY_TEXT, st.sampled_from(["fr", "en", "xx"]))
def test_mentions_are_ordered_inside_the_text_and_on_the_calendar(text: str, language: str) -> None:
    found = date_mentions(text, language)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
    assert all(mention.date is None or mention.date.year == mention.year for mention in found)
