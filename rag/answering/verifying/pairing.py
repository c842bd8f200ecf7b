"""Pairs what a claim says with what a window of an article says: the same words, names, numbers and dates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rag.answering.verifying.statements import Kind, Statement, Unit, word_keys
from rag.language.dates import DateMention
from rag.language.folding import fold
from rag.language.names import name_words, same_name
from rag.language.numbers import Quantity

ANCHORS: tuple[Kind, ...] = ("name", "place", "number", "date")


@dataclass(frozen=True)
class Pairing:
    """A claim beside the one or two sentences that may bear it out."""

    claim: tuple[Statement, ...]
    window: tuple[Statement, ...]

    @cached_property
    def said(self) -> tuple[Unit, ...]:
        """The units of the claim."""
        return tuple(unit for statement in self.claim for unit in statement.units)

    @cached_property
    def there(self) -> tuple[Unit, ...]:
        """The units of the window."""
        return tuple(unit for statement in self.window for unit in statement.units)

    @cached_property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """For each unit of the claim, where in `there` the same is said."""
        by_key: dict[str, list[int]] = {}
        by_kind: dict[Kind, list[int]] = {}
        for place, unit in enumerate(self.there):
            by_kind.setdefault(unit.kind, []).append(place)
            for key in lookup_keys(unit):
                by_key.setdefault(key, []).append(place)
        return tuple(_occurrences(unit, self.there, by_key, by_kind) for unit in self.said)

    @cached_property
    def matched(self) -> frozenset[int]:
        """The places in `there` of what the claim says too."""
        return frozenset(place for places in self.places for place in places)

    @cached_property
    def coverage(self) -> float:
        """The share (0..1) of the claim's units that the window says too."""
        found = sum(bool(places) or self._is_literal(unit) for unit, places in zip(self.said, self.places, strict=True))
        return found / len(self.said) if self.said else 0.0

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words of the window, those of names too."""
        folded = {token.folded for statement in self.window for token in statement.tokens}
        return frozenset(key for word in folded for key in word_keys(word, self.window[0].language, abroad=False))

    @cached_property
    def telling_words(self) -> str:
        """The folded words of the window in a row, without particles and articles."""
        return f" {' '.join(name_words(quote(self.window)))} "

    @property
    def one_language(self) -> bool:
        return self.claim[0].language == self.window[0].language

    def says(self, place: int) -> bool:
        """Whether the window says the unit at a place of the claim."""
        return bool(self.places[place]) or self._is_literal(self.said[place])

    def _is_literal(self, unit: Unit) -> bool:
        """Whether the window has the words of a unit, though it does not look like the same there."""
        if unit.kind == "word":
            return bool(unit.keys & self.stems)
        if unit.kind not in {"name", "place"}:
            return False
        words = name_words(unit.text)
        if self.one_language:
            return f" {' '.join(words)} " in self.telling_words
        return all(word_keys(word, self.claim[0].language, abroad=True) & self.stems for word in words)


def quote(window: tuple[Statement, ...]) -> str:
    """The verbatim text of a window."""
    return window[0].text[window[0].start : window[-1].end]


def lookup_keys(unit: Unit) -> frozenset[str]:
    """What to look a unit up by: its own keys, or its text."""
    return unit.keys or frozenset({fold(unit.text)})


def same_unit(one: Unit, other: Unit) -> bool:
    """Whether two units say the same; the first may say less of a date than the second."""
    if one.kind in {"name", "place"} and other.kind in {"name", "place"}:
        return bool(one.keys & other.keys) or same_name(one.text, other.text)
    if isinstance(one.value, Quantity) and isinstance(other.value, Quantity):
        return one.value.value == other.value.value and one.value.unit in {None, other.value.unit}
    if isinstance(one.value, DateMention) and isinstance(other.value, DateMention):
        return _includes(one.value, other.value)
    return bool(lookup_keys(one) & lookup_keys(other))


def _occurrences(
    unit: Unit, there: tuple[Unit, ...], by_key: dict[str, list[int]], by_kind: dict[Kind, list[int]]
) -> tuple[int, ...]:
    found = {place for key in lookup_keys(unit) for place in by_key.get(key, ())}
    kinds: tuple[Kind, ...] = ("name", "place") if unit.kind in {"name", "place"} else (unit.kind,)
    if unit.kind in ANCHORS:
        found.update(place for kind in kinds for place in by_kind.get(kind, ()) if same_unit(unit, there[place]))
    return tuple(sorted(place for place in found if unit.kind == "word" or same_unit(unit, there[place])))


def _includes(claimed: DateMention, stated: DateMention) -> bool:
    """Whether every part of a claimed date is stated."""
    pairs = ((claimed.year, stated.year), (claimed.month, stated.month), (claimed.day, stated.day))
    known = any(part is not None for part, _ in pairs)
    weekday = claimed.weekday is None or claimed.weekday == stated.weekday or (known and stated.weekday is None)
    return weekday and all(part is None or part == said for part, said in pairs)
