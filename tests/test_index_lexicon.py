"""The lexicon between French and English terms."""

from __future__ import annotations

import pytest

from rag.index.lexicon import expand
from rag.language.words import stems


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("guerre", "war"),
        ("soldat", "soldier"),
        ("grève", "strike"),
        ("chômage", "unemployment"),
        ("ministre", "minister"),
    ],
)
def test_news_words_are_translated_both_ways(french: str, english: str) -> None:
    assert stems(english, "en")[0] in expand(stems(french, "fr"), "fr")
    assert stems(french, "fr")[0] in expand(stems(english, "en"), "en")


def test_what_was_given_or_is_unknown_is_left_out() -> None:
    assert expand(["zzyzx", "2020"], "fr") == ()
    terms = [*stems("la guerre", "fr"), *stems("the war", "en")]
    assert not set(terms) & set(expand(terms, "fr"))


def test_translations_come_once_and_in_the_order_of_the_terms() -> None:
    terms = [*stems("guerre", "fr"), *stems("soldats", "fr"), *stems("guerre", "fr")]
    found = expand(terms, "fr")
    assert len(found) == len(set(found))
    assert found.index("war") < found.index("soldier")


def test_no_term_brings_more_than_two_others() -> None:
    assert all(len(expand([term], "en")) <= 2 for term in ("war", "get", "time", "right"))
