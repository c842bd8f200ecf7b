import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.numbers import quantities

ANY_TEXT = st.text(st.characters(codec=None)) | st.lists(
    st.sampled_from(
        ["5", "200", " ", ".", ",", "-", "cent", "vingt", "un", "mille", "million", "et", "M€", "%", "$", "7 mai"]
    )
).map("".join)


def values(text: str, language: str = "fr") -> list[float]:
    return [quantity.value for quantity in quantities(text, language)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[(text, 5200) for text in ("5 200", "5\u00a0200", "5\u202f200", "5.200", "5,200", "5200", "5’200")],
        ("cinq mille deux cents", 5200),
        ("1.500", 1500),
        ("1.500.000", 1_500_000),
        ("1,5", 1.5),
        ("0.5", 0.5),
        ("0,125", 0.125),
        ("1 500,75", 1500.75),
        ("1,500.75", 1500.75),
        ("1,5 million", 1_500_000),
        ("1,375 million", 1_375_000),
        ("3 millions et demi", 3_500_000),
        ("un million et demi", 1_500_000),
        ("deux cent mille", 200_000),
        ("5,2 millions", 5_200_000),
        ("15 milliards", 15e9),
        ("mille milliards", 1e12),
        ("quatorze", 14),
        ("vingt et un", 21),
        ("soixante et onze", 71),
        ("soixante-dix-sept", 77),
        ("quatre-vingts", 80),
        ("quatre-vingt-dix-sept", 97),
        ("cent", 100),
        ("deux cent vingt", 220),
        ("dix-huit mille", 18_000),
        ("mille deux cents", 1200),
        ("trois milliers", 3000),
        ("deux douzaines", 24),
        ("100km", 100),
    ],
)
def test_a_french_number_has_its_value_however_written(text: str, value: float) -> None:
    for sentence, start in ((text, 0), (f"Il y a {text} soldats.", 7)):
        (quantity,) = quantities(sentence)
        assert quantity.value == pytest.approx(value)
        assert quantity.start == start


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5,200", 5200),
        ("1.500", 1.5),
        ("1.500.000", 1_500_000),
        ("fourteen", 14),
        ("twenty-five", 25),
        ("two hundred", 200),
        ("two hundred and five", 205),
        ("fifteen hundred", 1500),
        ("a hundred", 100),
        ("a thousand", 1000),
        ("5.2 million", 5_200_000),
        ("one million", 1_000_000),
        ("3 billion", 3e9),
        ("two dozen", 24),
    ],
)
def test_an_english_number_has_its_value_however_written(text: str, value: float) -> None:
    assert values(f"There are {text} of them.", "en") == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("text", "language", "stated", "value", "unit"),
    [
        ("hausse de 12 % en un an", "fr", "12 %", 12, "%"),
        ("hausse de 3,5 pour cent", "fr", "3,5 pour cent", 3.5, "%"),
        ("vingt pour cent", "fr", "vingt pour cent", 20, "%"),
        ("12.5 percent of them", "en", "12.5 percent", 12.5, "%"),
        ("3,2 M€ de budget", "fr", "3,2 M€", 3_200_000, "€"),
        ("deux millions d'euros", "fr", "deux millions d'euros", 2_000_000, "€"),
        ("15 milliards de dollars", "fr", "15 milliards de dollars", 15e9, "$"),
        ("a $3bn plan", "en", "$3bn", 3e9, "$"),
        ("for £5m", "en", "£5m", 5_000_000, "£"),
        ("$5.2 million", "en", "$5.2 million", 5_200_000, "$"),
        ("45 euros", "fr", "45 euros", 45, "€"),
        ("100 m de haut", "fr", "100", 100, None),
    ],
)
def test_a_quantity_keeps_its_unit(text: str, language: str, stated: str, value: float, unit: str | None) -> None:
    (quantity,) = [quantity for quantity in quantities(text, language) if quantity.value > 1]
    assert text[quantity.start : quantity.end] == stated
    assert quantity.value == pytest.approx(value)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "language", "value", "approximate"),
    [
        ("une soixantaine de pays", "fr", 60, True),
        ("une dizaine de milliers de morts", "fr", 10_000, True),
        ("quelque 200 militaires", "fr", 200, True),
        ("près de 1.500 hommes", "fr", 1500, True),
        ("plus de deux cents soldats", "fr", 200, True),
        ("200 environ", "fr", 200, True),
        ("about 200 soldiers", "en", 200, True),
        ("more than a dozen men", "en", 12, True),
        ("more than $200", "en", 200, True),
        ("or 200 or so", "en", 200, True),
        ("dont 160 sont affectés", "fr", 160, False),
        ("ses quatorze soldats", "fr", 14, False),
        ("the 200 soldiers", "en", 200, False),
    ],
)
def test_a_hedged_number_is_approximate(text: str, language: str, value: float, approximate: bool) -> None:
    (quantity,) = quantities(text, language)
    assert (quantity.value, quantity.approximate) == (value, approximate)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("le 7 janvier 2020", "fr"),
        ("les 2 et 3 décembre", "fr"),
        ("en 2014", "fr"),
        ("du 07/01/2020", "fr"),
        ("à 14h30 et 19:45", "fr"),
        ("le 2e bataillon et le 1er ministre", "fr"),
        ("le G20, le Covid-19, l’A320", "fr"),
        ("le n° 5 et le n°12", "fr"),
        ("un soldat et une base", "fr"),
        ("des milliers de soldats, plusieurs centaines", "fr"),
        ("les deux tiers", "fr"),
        ("un avion neuf", "fr"),
        ("a soldier, one soldier, thousands", "en"),
        ("the No. 5, on Jan. 7, 2020", "en"),
        ("the 21st century", "en"),
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str, language: str) -> None:
    assert quantities(text, language) == []


def test_neighbouring_numbers_stay_apart() -> None:
    assert values("deux ou trois") == [2, 3]
    assert values("500 canadiens, 400 britanniques, 200 français et 120 allemands") == [500, 400, 200, 120]
    assert values("en 2020 500 soldats") == [500]
    assert values("de 30 000 à 40 000") == [30_000, 40_000]
    assert values("entre 120 et 140 km/h") == [120, 140]


def test_a_currency_sign_belongs_to_one_number() -> None:
    assert [(quantity.value, quantity.unit) for quantity in quantities("5 € 7")] == [(5, "€"), (7, None)]


def test_a_count_of_four_digits_is_no_year() -> None:
    assert values("2020 soldats") == [2020]
    assert values("quelque 2000 personnes") == [2000]


def test_a_number_too_long_to_mean_anything_is_left_out() -> None:
    assert quantities("9" * 10_000) == []


@given(ANY_TEXT, st.sampled_from(["fr", "en", "xx"]))
def test_quantities_are_finite_ordered_and_inside_the_text(text: str, language: str) -> None:
    found = quantities(text, language)
    assert all(0 <= quantity.value < float("inf") for quantity in found)
    assert all(0 <= quantity.start < quantity.end <= len(text) for quantity in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
