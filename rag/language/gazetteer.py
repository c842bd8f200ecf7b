"""Knows the names of countries, peoples, seats of government, bodies and parts of the world in French and English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from rag.language.folding import fold, fold_in_place
from rag.language.stop_words import QUESTION_WORDS, STOP_WORDS

# names.json lists, for each country: its adjectives in French (masculine singular) and in English, the names that
# newspapers give its government ("seats": the capital first), and its names beyond those that babel has. Under
# "others" each line lists the names of one body, war or people, under "regions" those of one part of the world.


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name in a text: `text[start:end]` stands for each of `things`.

    These are ISO 3166 codes, and the numbers of bodies and parts of the world.
    """

    start: int
    end: int
    things: frozenset[str]

    @property
    def is_region(self) -> bool:
        """Whether it names a part of the world, which an article on one of its countries need not name."""
        return all(thing.startswith(_REGION) for thing in self.things)

    @property
    def is_body(self) -> bool:
        """Whether it names an organisation, not a country or a part of the world."""
        return all(thing.startswith(_BODY) for thing in self.things)


def mentions(text: str, language: str = "fr") -> list[Mention]:
    """The known names in a text, in order, the longest at each place.

    A name needs its capital, an acronym all of its capitals; French adjectives ("norvégiens") need none.
    """
    return list(_mentions(text, language) if len(text) <= _LONGEST_REMEMBERED else _found(text, language))


def things(name: str) -> frozenset[str]:
    """What a name stands for, whatever its capitals; empty when it is not known."""
    key = tuple(_TOKEN.findall(fold(name)))
    if key[:1] in {("l",), ("le",), ("la",), ("les",), ("the",)} and key not in _table().forms:
        key = key[1:]
    return frozenset(thing for _, thing in _table().forms.get(key, ()))


def is_country(thing: str) -> bool:
    """Whether what a name stands for is a country: no body, no war, no part of the world."""
    return not thing.startswith((_BODY, _REGION))


def is_body(thing: str) -> bool:
    """Whether what a name stands for is a body, or another of what names.json lists under "others"."""
    return thing.startswith(_BODY)


def names_of(thing: str) -> frozenset[str]:
    """All names of one thing, folded."""
    return _table().names.get(thing, frozenset())


def country_name(thing: str, language: str) -> str | None:
    """The usual name of a country, without its article; None for what is none.

    Args:
        language: "fr" or "en".
    """
    from babel import Locale  # late, as in `_territories`

    name = Locale(language).territories.get(thing) if is_country(thing) else None
    return name.partition("(")[0].strip() if name else None


def is_country_name(name: str) -> bool:
    """Whether a name is that of a country itself, not of its people or its government."""
    return tuple(_TOKEN.findall(fold(name))) in _table().countries


def is_seat(name: str) -> bool:
    """Whether a name is first of all a town or a building, which may stand for the government that sits there."""
    return tuple(_TOKEN.findall(fold(name))) in _table().seats


def stands_in_a_name(text: str, mention: Mention) -> bool:
    """Whether a known name is part of a longer one: "Air Afrique", "Europe 1", "Le Paris Saint-Germain"."""
    return ends_a_name(text, mention) or bool(_NAME_GOES_ON.match(text, mention.end))


def ends_a_name(text: str, mention: Mention) -> bool:
    """Whether a known name has another one right before it: "Air Afrique", "Olivia Jordan"."""
    before = _CAPITAL_BEFORE.search(text, 0, mention.start)
    return before is not None and not any(
        fold(before[1]) in words for words in (*STOP_WORDS.values(), *QUESTION_WORDS.values())
    )


_CAPITAL_BEFORE = re.compile(r"\b([A-ZÀ-Ý]\w+)[ -]$")
_NAME_GOES_ON = re.compile(r"[ -](?:[A-ZÀ-Ý]|\d+\b)")
_BODY, _REGION = "#", "@"  # before the number of a body and of a part of the world
_LONGEST_REMEMBERED = 2_000  # characters
_DATA = Path(__file__).with_name("names.json")
_TOKEN = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[ \u00a0\u2009\u202f.'’-]{0,3}")
_NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # codes of babel that stand for no country
_OTHER_WORDS = {("maurice",), ("dominique",), ("reunion",), ("man",)}  # first names and common nouns
_FRENCH_WORDS = {("un",)}  # in capitals, still the article


@dataclass(frozen=True, slots=True)
class _Table:
    forms: dict[tuple[str, ...], list[tuple[str, str]]]  # folded tokens: as written, and what it stands for
    longest: dict[str, int]  # first token: tokens of the longest name that begins with it
    names: dict[str, frozenset[str]]
    seats: frozenset[tuple[str, ...]]
    countries: frozenset[tuple[str, ...]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    forms: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    longest: dict[str, int] = {}
    names: dict[str, set[str]] = {}
    for written, thing in _all_names(data):
        key = tuple(_TOKEN.findall(fold(written)))
        if not key or key in _OTHER_WORDS:
            continue
        forms.setdefault(key, []).append((written, thing))
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
        names.setdefault(thing, set()).add(fold(written))
    seats = {
        tuple(_TOKEN.findall(fold(seat)))
        for country in data["countries"].values()
        for seat in country.get("seats", ())
        if seat not in country.get("names", ())
    }
    countries = frozenset(tuple(_TOKEN.findall(fold(written))) for written, _ in _territories())
    known = {thing: frozenset(called) for thing, called in names.items()}
    return _Table(forms, longest, known, frozenset(seats), countries)


def _all_names(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every name as written, with what it stands for."""
    yield from _territories()
    for code, country in data["countries"].items():
        for name in (*country.get("names", ()), *country.get("seats", ())):
            yield name, code
        for adjective in country.get("french", ()):
            yield from ((form, code) for form in _french_forms(adjective))
        for adjective in country.get("english", ()):
            yield from ((form, code) for form in (adjective, adjective + "s"))
    for sign, kind in ((_BODY, "others"), (_REGION, "regions")):
        for number, called in enumerate(data[kind]):
            for name in called:
                forms = _french_forms(name) if name.islower() else {name}
                yield from ((form, f"{sign}{number}") for form in forms)


def _territories() -> Iterator[tuple[str, str]]:
    # Late: babel unpickles its tables, 0.1 s that a question without names need not wait for.
    from babel import Locale

    for language in ("fr", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code not in _NO_COUNTRIES:
                yield from ((part.strip(), code) for part in re.split(r"[()]", name))


_FEMININE = (("ien", "ienne"), ("éen", "éenne"), ("ton", "tonne"), ("grec", "grecque"), ("turc", "turque"), ("e", "e"))


def _french_forms(adjective: str) -> set[str]:
    """The masculine and feminine, singular and plural of a French adjective of nationality."""
    masculine = {adjective, adjective if adjective.endswith("s") else adjective + "s"}
    for ending, feminine in _FEMININE:
        if adjective.endswith(ending):
            stem = adjective.removesuffix(ending) + feminine
            break
    else:
        stem = adjective if adjective.endswith(("è", "é")) else adjective + "e"
    return masculine | {stem + plural for plural in ("", "s")}


@lru_cache(maxsize=8_192)
def _mentions(text: str, language: str) -> tuple[Mention, ...]:
    """The same of a sentence or so, which several parts of an answer look at."""
    return tuple(_found(text, language))


def _found(text: str, language: str) -> Iterator[Mention]:
    folded, table, after = fold_in_place(text), _table(), 0
    tokens, spans = _TOKEN.findall(folded), list[tuple[int, int]]()
    for position in [place for place, token in enumerate(tokens) if token in table.longest]:
        most = min(table.longest[tokens[position]], len(tokens) - position) if position >= after else 0
        for length in range(most, 0, -1):
            key = tuple(tokens[position : position + length])
            if key in table.forms and (language == "en" or key not in _FRENCH_WORDS):
                spans = spans or [match.span() for match in _TOKEN.finditer(folded)]
                run = spans[position : position + length]
                start, end = run[0][0], run[-1][1]
                things = _things(table, key, text[start:end])
                if things and _is_one_name(folded, run):
                    yield Mention(start, end, things)
                    after = position + length
                    break


def _things(table: _Table, key: tuple[str, ...], written: str) -> frozenset[str]:
    return frozenset(thing for form, thing in table.forms.get(key, ()) if _has_capitals_of(form, written))


def _has_capitals_of(form: str, written: str) -> bool:
    """Whether a text writes a name with the capitals that it needs to be that name."""
    if form[0].islower():
        return True
    letters = [character for character in form if character.isalpha()]
    if len(letters) <= 3 and all(letter.isupper() for letter in letters):
        return all(character.isupper() for character in written if character.isalpha())
    return written[0].isupper()


def _is_one_name(folded: str, run: list[tuple[int, int]]) -> bool:
    """Whether nothing but a space, a hyphen, an apostrophe or an abbreviation's point parts the tokens of a name."""
    for (first, end), (start, _) in pairwise(run):
        gap = folded[end:start]
        if not _JOINT.fullmatch(gap) or ("." in gap and end - first > 2):
            return False
    return True
