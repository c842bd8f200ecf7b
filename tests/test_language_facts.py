"""Tests of remembering what is found in sentences: the same as what the finders find."""

from __future__ import annotations

import pytest

from rag.language.dates import date_mentions
from rag.language.facts import dates_of, names_of, places_of, quantities_of
from rag.language.gazetteer import mentions
from rag.language.names import names
from rag.language.numbers import quantities

SENTENCES = [
    ("Le 7 mai 2031, Paul Dorval a reçu 30 marins norvégiens à Kerlouan.", "fr"),
    ("On 7 May 2031 Paul Dorval met 30 Norwegian sailors.", "en"),
    ("", "fr"),
]


@pytest.mark.parametrize(("sentence", "language"), SENTENCES)
def test_the_second_time_gives_what_the_first_gave(sentence: str, language: str) -> None:
    for _ in range(2):
        assert list(quantities_of(sentence, language)) == quantities(sentence, language)
        assert list(dates_of(sentence, language)) == date_mentions(sentence, language)
        assert list(names_of(sentence, language)) == names(sentence, language)
        assert list(places_of(sentence, language)) == mentions(sentence, language)
