"""Knows the nouns that news changes about for one thing: soldiers, troops, forces."""

from __future__ import annotations

from functools import lru_cache

from rag.index.lexicon import expand
from rag.language.words import stems


@lru_cache(maxsize=256)
def same_nouns(own: frozenset[str]) -> frozenset[str]:
    """The stems of a noun, of those that news changes it for, and of their translations."""
    return own.union(*(group for group in _noun_groups() if group & own), expand(sorted(own), "fr"))


@lru_cache(maxsize=1)
def anybody() -> frozenset[str]:
    """The stems of the nouns that stand for any who do or suffer something."""
    return frozenset(stem for language in ("fr", "en") for stem in stems(_ANYBODY, language))


_ANYBODY = "personnes gens people"

# Nouns that news changes about for one thing; every form counts, as its stem.
_SAME_NOUN = (
    "soldats militaires hommes troupes effectifs soldiers troops forces",
    "morts victimes décès tués deaths dead killed fatalities victims",
    _ANYBODY,
    "manifestants participants personnes protesters demonstrators people",
    "salariés employés emplois postes travailleurs employees workers jobs staff",
    "foyers clients ménages abonnés customers households homes",
    "élèves étudiants écoliers students pupils",
    "réfugiés migrants refugees migrants",
)


@lru_cache(maxsize=1)
def _noun_groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stem for language in ("fr", "en") for stem in stems(line, language)) for line in _SAME_NOUN)
