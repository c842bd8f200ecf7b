from __future__ import annotations

import datetime

import pytest

from rag.corpus.cleaning import clean
from rag.corpus.dating import date_of_name, date_of_text, read_date
from rag.schema import PartialDate

TWEET = "— Une Ministre (@une_ministre) January 7, 2020"


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2020-01-07", "2020-01-07"),
        ("2020-01-07T23:30:00+02:00", "2020-01-07"),
        ("2020/01/07", "2020-01-07"),
        ("2020-01", "2020-01"),
        ("2020", "2020"),
        (2020, "2020"),
        (datetime.date(2020, 1, 7), "2020-01-07"),
        (datetime.datetime(2020, 1, 7, 23, tzinfo=datetime.timezone.utc), "2020-01-07"),
        ("7 janvier 2020", "2020-01-07"),
        ("Tue, 07 Jan 2020 10:00:00 GMT", "2020-01-07"),
        ("janvier 2020", "2020-01"),
        ("2020-13-45", None),
        ("0000-00-00", None),
        ("0999-12", None),
        ("1000-01", "1000-01"),
        ("2100-12-31", "2100-12-31"),
        ("2101", None),
        ("9999-12-31", None),
        (datetime.date(9999, 12, 31), None),
        ("hier", None),
        ("", None),
        (None, None),
        (True, None),
        (1.5, None),
        (["2020"], None),
        (1578355200, None),
        ("du 7 janvier 2020 au 8 janvier 2021", None),
    ],
)
def test_a_metadata_field_is_read_as_precisely_as_it_says(value: object, date: str | None) -> None:
    assert str(read_date(value)) == str(date)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2020-01-07-retrait", "2020-01-07"),
        ("20200107_retrait", "2020-01-07"),
        ("retrait_2020.01.07", "2020-01-07"),
        ("2020-01-retrait", "2020-01"),
        ("retrait-2020-01", "2020-01"),
        ("2020-13-07", None),
        ("2020-02-31", None),
        ("20200107ab3f9c", None),
        ("000_29e14442270b4512", None),
        ("1234567", None),
        ("retrait", None),
        ("2000", None),
    ],
)
def test_a_date_in_a_file_name_is_one_only_by_itself(name: str, date: str | None) -> None:
    assert str(date_of_name(name)) == str(date)


def dated(text: str, language: str = "fr") -> str | None:
    date = date_of_text(clean(text, "Un titre"), language)
    return str(date) if date else None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param("Publié le 7 janvier 2020 à 12h\nLe texte a été voté.", "2020-01-07", id="publication line"),
        pytest.param("PARIS, 7 janvier 2020 (AFP) - Le texte a été voté.", "2020-01-07", id="dateline with its year"),
        pytest.param("Il l'a dit ce mardi 7 janvier 2020 à Paris.", "2020-01-07", id="this day with its year"),
        pytest.param(f"Il l'a dit ce mardi 7 janvier.\n{TWEET}", "2020-01-07", id="a tweet of that day"),
        pytest.param(f"Il l'a dit ce jeudi 9 janvier.\n{TWEET}", "2020-01-09", id="a tweet of two days before"),
        pytest.param(f"Il l'a dit ce mercredi 7 janvier.\n{TWEET}", None, id="a tweet of another weekday"),
        pytest.param(f"Il l'a dit ce mercredi 25 mars.\n{TWEET}", None, id="a tweet of months before"),
        pytest.param("Il l'a dit ce mercredi 25 mars.", None, id="no year at all"),
        pytest.param(
            "Il l'a dit ce mercredi 25 mars, après 2018, puis 2019.", "2020-03-25", id="the year after the last"
        ),
        pytest.param("Il l'a dit ce mardi 7 janvier. C'était en 2019.", None, id="one year alone"),
        pytest.param("Il l'a dit ce jeudi 7 janvier. En 2018, puis en 2019.", None, id="a weekday that fits no year"),
        pytest.param("Il l'a dit ce mardi 7 janvier. D'ici 2020, et d'ici 2021.", None, id="years to come"),
        pytest.param("Il l'a dit ce mardi 7 janvier. Entre 2018 et 2019.", None, id="a span of years"),
        pytest.param("Il l'a dit le mardi 7 janvier. En 2018, puis en 2019.", None, id="some day, not this day"),
        pytest.param("Sur cette photo de ce 7 janvier 2015.", None, id="a day without its weekday"),
        pytest.param("Le 7 janvier 2015, tout a changé.", None, id="the date of an event"),
        pytest.param("© 2021 Le Site\nLe texte a été voté.", None, id="a copyright line"),
        pytest.param("x" * 2_000 + " ce mardi 7 janvier 2020", None, id="far from the lead"),
        pytest.param(
            "Rome :, 31 déc. (Exemple.com) –\n\nIl l'a confirmé vendredi. Début 2021, et en janvier 2020.",
            "2021-12-31",
            id="dateline, weekday of the lead and recent years",
        ),
        pytest.param(
            "Rome, 31 déc. (Exemple.com) – Il l'a confirmé. Début 2021, et en janvier 2020.",
            None,
            id="dateline without a weekday",
        ),
        pytest.param(
            "PARIS, 29 févr. (AFP) - Dit mercredi. En 2021 et 2022.", None, id="a day that year does not have"
        ),
    ],
)
def test_a_text_is_dated_by_evidence_only(text: str, date: str | None) -> None:
    assert dated(text) == date


def test_an_english_text_is_dated_too() -> None:
    assert dated("LONDON, Jan 7, 2020 (Reuters) - The bill was passed.", "en") == "2020-01-07"
    assert dated("He said so this Tuesday, January 7, 2020.", "en") == "2020-01-07"
    assert dated("Updated May 13, 2021, 2:51 p.m. ET\nThe bill was passed.", "en") == "2021-05-13"


def test_a_header_date_that_is_none_is_no_date() -> None:
    assert clean("date 2020-13 Le texte a été voté par les députés.").header_date is None
    assert clean("date 9999-12 Le texte a été voté par les députés.").header_date is None
    assert clean("date 2020-01 Le texte a été voté par les députés.").header_date == PartialDate(2020, 1)
