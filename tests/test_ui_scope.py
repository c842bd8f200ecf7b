"""The limits of a question are checked, bounded and told, whatever the page sends."""

from __future__ import annotations

import pytest

from ui.scope import Scope, outlets_of
from ui.texts import FRENCH


def scope(**given: object) -> Scope:
    return Scope.of(*(given.get(name, "") for name in ("since", "until", "as_of", "outlets", "passages")))


def test_nothing_set_limits_nothing() -> None:
    assert scope().options() == {}
    assert scope().in_words("fr") == ""
    assert scope().trouble("fr") is None


def test_what_is_set_is_passed_on_and_told() -> None:
    set_ = scope(since="2019", until=" 2020-02 ", as_of="2021-01-01", outlets=["AFP", "Le Courrier"], passages=12)
    assert set_.options() == {
        "since": "2019",
        "until": "2020-02",
        "as_of": "2021-01-01",
        "outlets": ("AFP", "Le Courrier"),
        "passages": 12,
    }
    assert set_.in_words("fr") == (
        "depuis 2019 · jusqu’à février 2020 · comme on le savait\u00a0: 1er janvier 2021 · AFP, Le Courrier"
    )


@pytest.mark.parametrize("text", ["hier", "2020-13", "7/1/2020", "NaN", "'; DROP TABLE", "2020" * 1_000])
def test_a_date_that_cannot_be_read_is_named(text: str) -> None:
    trouble = scope(since=text).trouble("fr")
    assert trouble is not None
    assert trouble.endswith(FRENCH.bad_date.partition("}")[2])
    assert len(trouble) < 200


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    assert scope(since="2020-02", until="2019").trouble("fr") == FRENCH.bad_window
    assert scope(since="2020", until="2020-01").trouble("fr") is None


@pytest.mark.parametrize(
    ("sent", "taken"), [(-1, 1), (10**9, 50), (7, 7), ("7", None), (float("nan"), None), (None, None)]
)
def test_the_number_of_passages_is_bounded(sent: object, taken: int | None) -> None:
    assert scope(passages=sent).passages == taken


@pytest.mark.parametrize("sent", [None, "AFP", 7, {"a": 1}, [1, None, ["AFP"]]], ids=repr)
def test_what_is_no_list_of_outlets_limits_nothing(sent: object) -> None:
    assert scope(outlets=sent).outlets == ()


def test_outlets_are_listed_once_in_order() -> None:
    assert outlets_of(["Le Monde", None, "AFP", "afp", "", "AFP"]) == ["AFP", "afp", "Le Monde"]
