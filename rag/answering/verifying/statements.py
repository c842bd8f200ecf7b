"""Takes sentences apart into what can be compared: words by their stems, names, numbers, dates, and their clauses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, TypeVar, overload

from rag.answering.verifying.lemmas import lemma
from rag.index.lexicon import expand
from rag.language.dates import DateMention, date_mentions
from rag.language.detection import read_as
from rag.language.folding import fold
from rag.language.gazetteer import things
from rag.language.names import names
from rag.language.numbers import Quantity, quantities
from rag.language.sentences import sentence_spans
from rag.language.words import stems, words

Kind = Literal["word", "name", "place", "number", "date"]


class Token(NamedTuple):  # not a dataclass, which takes twice the time to make: a question makes thousands
    """A word as it stands, folded, with the clause it belongs to."""

    folded: str
    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Something a sentence says that another one can say too: a word that carries meaning, a name, a number, a date."""

    kind: Kind
    text: str
    start: int
    end: int
    clause: int
    keys: frozenset[str]  # stems of a word, things a place is known to be
    value: Quantity | DateMention | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, taken apart; offsets refer to the text it stands in."""

    text: str  # that whole text
    start: int
    end: int
    language: str
    tokens: Sequence[Token]
    units: tuple[Unit, ...]


@lru_cache(maxsize=256)
def statements(text: str, language: str, known: frozenset[str] = frozenset()) -> tuple[Statement, ...]:
    """The sentences of a text, each taken apart, in order.

    Args:
        known: folded words that are names, from another text.
    """
    spans = sentence_spans(text, language)
    tokens = _in_clauses(text, [start for start, _ in spans])
    units = _units(text, language, tokens, known)
    by_token, by_unit = _shared_out(spans, tokens), _shared_out(spans, units)
    return tuple(
        Statement(text, start, end, language, tuple(by_token[place]), tuple(by_unit[place]))
        for place, (start, end) in enumerate(spans)
    )


@lru_cache(maxsize=256)
def worded(text: str, language: str) -> tuple[Statement, ...]:
    """The sentences of a text with their words but no units, which is enough to find marks."""
    spans = sentence_spans(text, language)
    return tuple(Statement(text, start, end, language, _Unread(text, start, end), ()) for start, end in spans)


class _Unread(Sequence[Token]):
    """The tokens of a sentence, read when they are first asked for: of a long text few sentences are looked at."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end

    @cached_property
    def _tokens(self) -> list[Token]:
        return _in_clauses(self._text, [self._start], self._start, self._end)

    def __len__(self) -> int:
        return len(self._tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...

    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        return self._tokens[place]

    def __iter__(self) -> Iterator[Token]:
        return iter(self._tokens)


def translated(statement: Statement, language: str) -> Statement:
    """A sentence whose words have the keys of their translations too, so that it can be compared in that language."""
    if statement.language == language:
        return statement
    return replace(statement, units=tuple(_translated(unit, statement.language) for unit in statement.units))


@lru_cache(maxsize=50_000)
def word_keys(word: str, language: str, *, abroad: bool) -> frozenset[str]:
    """The stems of a word, of the verb of which it is a form and, for use in the other language, their translations."""
    keys = (*stems(word, language), *stems(lemma(fold(word), read_as(language)), language))
    return frozenset([*keys, *(expand(keys, read_as(language)) if abroad else ())])


def _translated(unit: Unit, language: str) -> Unit:
    if unit.kind != "word":
        return unit
    return replace(unit, keys=word_keys(unit.text, language, abroad=True))


_CLAUSE_ENDS = frozenset(",;:—–")
_GOING_ON = frozenset({"ni", "nor"})  # what they add belongs to the clause before the comma
_Span = tuple[Kind, int, int, "Quantity | DateMention | None"]


def _in_clauses(text: str, sentence_starts: list[int], first: int = 0, after: int | None = None) -> list[Token]:
    """The words of a text; what stands in brackets is a clause by itself, and the clause around it goes on after."""
    found: list[Token] = []
    clause = latest = sentence = 0
    previous = first
    outer: list[int] = []
    sentence_starts = [*sentence_starts, len(text) + 1]
    for word, start, end in words(text, first, after):
        if sentence_starts[sentence] <= start:
            while sentence_starts[sentence] <= start:
                sentence += 1
            latest += 1
            clause, outer = latest, []
        gap = text[previous:start]
        if gap != " ":
            for character in gap:
                if character in "([":
                    outer.append(clause)
                    latest += 1
                    clause = latest
                elif character in ")]" and outer:
                    clause = outer.pop()
                elif character in _CLAUSE_ENDS and word not in _GOING_ON:
                    latest += 1
                    clause = latest
        found.append(Token(fold(word), start, end, clause))
        previous = end
    return found


def _units(text: str, language: str, tokens: list[Token], known: frozenset[str]) -> list[Unit]:
    """Dates first, then numbers, then names, then the words that none of them contains."""
    special: list[_Span] = [
        *(("date", date.start, date.end, date) for date in date_mentions(text, language)),
        *(("number", number.start, number.end, number) for number in quantities(text, language)),
        *(("name", name.start, name.end, None) for name in names(text, language, known)),
    ]
    taken: dict[int, _Span] = {}
    starts = [token.start for token in tokens]
    for span in special:
        inside = range(max(0, bisect_right(starts, span[1]) - 1), bisect_right(starts, span[2] - 1))
        places = [place for place in inside if tokens[place].end > span[1]]
        if places and not any(place in taken for place in places):
            taken.update(dict.fromkeys(places, span))
    return list(_collected(text, language, tokens, taken))


def _collected(text: str, language: str, tokens: list[Token], taken: dict[int, _Span]) -> Iterator[Unit]:
    last = None
    for place, token in enumerate(tokens):
        span = taken.get(place)
        if span is None:
            keys = word_keys(text[token.start : token.end], language, abroad=False)
            if keys:
                yield Unit("word", text[token.start : token.end], token.start, token.end, token.clause, keys)
        elif span is not last:
            kind, start, end, value = span
            meant = things(text[start:end]) if kind == "name" else frozenset[str]()
            yield Unit("place" if meant else kind, text[start:end], start, end, token.clause, meant, value)
        last = span


_Item = TypeVar("_Item", Token, Unit)


def _shared_out(spans: list[tuple[int, int]], items: list[_Item]) -> list[list[_Item]]:
    """The items of each span, both being in order."""
    shares: list[list[_Item]] = [[] for _ in spans]
    place = 0
    for item in items:
        while place + 1 < len(spans) and spans[place + 1][0] <= item.start:
            place += 1
        if shares:
            shares[place].append(item)
    return shares
