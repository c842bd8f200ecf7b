"""Remembers the numbers, dates and names of sentences, which several parts of an answer ask for one after the other."""

from __future__ import annotations

from functools import lru_cache

from rag.language.dates import DateMention, date_mentions
from rag.language.gazetteer import Mention, mentions
from rag.language.names import Name, names
from rag.language.numbers import Quantity, quantities

MOST_REMEMBERED = 8_192  # sentences, of each kind


@lru_cache(maxsize=MOST_REMEMBERED)
def quantities_of(sentence: str, language: str) -> tuple[Quantity, ...]:
    """What `quantities` finds."""
    return tuple(quantities(sentence, language))


@lru_cache(maxsize=MOST_REMEMBERED)
def dates_of(sentence: str, language: str) -> tuple[DateMention, ...]:
    """What `date_mentions` finds."""
    return tuple(date_mentions(sentence, language))


@lru_cache(maxsize=MOST_REMEMBERED)
def names_of(sentence: str, language: str) -> tuple[Name, ...]:
    """What `names` finds."""
    return tuple(names(sentence, language))


@lru_cache(maxsize=MOST_REMEMBERED)
def places_of(sentence: str, language: str) -> tuple[Mention, ...]:
    """What `mentions` finds: countries, peoples, governments, bodies and parts of the world."""
    return tuple(mentions(sentence, language))


@lru_cache(maxsize=MOST_REMEMBERED)
def things_of(text: str, language: str) -> frozenset[str]:
    """The countries, peoples, governments, bodies and parts of the world that a text names."""
    return frozenset[str]().union(*(mention.things for mention in places_of(text, language)))
