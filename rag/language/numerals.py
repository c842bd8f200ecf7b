"""Reads one written number, in digits ("5 200", "1,5") or in words ("cinq mille deux cents"), as its value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.stop_words import listed

# A whole number in groups of three with one kind of separator, or a number with decimals.
GROUPED = "|".join(
    rf"[1-9]\d{{0,2}}(?:{separator}\d{{3}}){{1,6}}(?:[.,]\d+)?"
    for separator in ("[ \u00a0\u2009\u202f]", r"\.", ",", "['’]")
)
DECIMAL = r"\d+[.,]\d+"


def plain_digits(numeral: str, language: str) -> str:
    """A number written in digits as "5200" or "1.5", whatever its separators.

    Three digits after a single comma or point are thousands, except after a zero ("0,125") and after a point in
    English ("1.500"), where they are decimals.
    """
    whole, decimals = numeral, ""
    last = max(numeral.rfind("."), numeral.rfind(","))
    if last >= 0 and not _separates_thousands(numeral, last, language):
        whole, decimals = numeral[:last], numeral[last + 1 :].rstrip("0")
    digits = re.sub(r"\D", "", whole).lstrip("0") or "0"
    return f"{digits}.{decimals}" if decimals else digits


def number_in_words(words: Sequence[str], language: str) -> tuple[int, int]:
    """The value of the number that opens a sequence of folded words, and how many words it takes (0: none).

    A lone "un" or "a" is an article, not a number; "millions" without a number before it has no value.
    """
    parts = _NUMBER_WORDS.get(language, _NUMBER_WORDS["fr"])
    if not words or words[0] in _NEVER_FIRST:
        return 0, 0
    count = _Count()
    taken = position = 0
    while position < min(len(words), _LONGEST):
        if words[position] in _JOINTS and taken == position > 0 and count.room > 1:
            position += 1
        value, width = _part(words, position, parts)
        if width == 0 or not count.add(value):
            break
        position += width
        taken = position
    if taken == 1 and words[0] in _ARTICLES:
        return 0, 0
    return count.value, taken


def opens_number(word: str, language: str) -> bool:
    """Whether a folded word can begin a number in words."""
    return word in _NUMBER_WORDS.get(language, _NUMBER_WORDS["fr"]) and word not in _NEVER_FIRST


class _Count:
    """Adds up the parts of a number from left to right, refusing the part that begins another number."""

    def __init__(self) -> None:
        self.total = 0  # thousands and above
        self.group = 0  # what is below them
        self.room = 1000  # the next part must be worth less
        self.scale = 0  # the last of thousand, million ...

    @property
    def value(self) -> int:
        return self.total + self.group

    def add(self, value: int) -> bool:
        if value >= 1000:
            return self._multiply(value)
        if value == 100 and self.room == 1 and self.group < 100:  # deux cents
            self.group *= 100
            self.room = 100
            return True
        if value >= self.room:
            return False
        self.group += value
        self.room = 100 if value == 100 else 1 if value < 20 else 20 if value in {60, 80} else 10
        return True

    def _multiply(self, scale: int) -> bool:
        if self.scale and self.group == 0:  # mille milliards
            if scale <= self.scale:
                return False
            self.total *= scale
        elif self.scale and scale >= self.scale:
            return False
        else:
            self.total += max(self.group, 1) * scale
        self.group, self.room, self.scale = 0, 1000, scale
        return True


def _part(words: Sequence[str], position: int, parts: dict[str, int]) -> tuple[int, int]:
    """The value of the number word at a position and its width in words: two for "quatre-vingt" and "dix-sept"."""
    pair = " ".join(words[position : position + 2])
    if pair in parts:
        return parts[pair], len(pair.split())
    if position < len(words) and not (position and words[position] in {"a", "an"}):
        return parts.get(words[position], 0), int(words[position] in parts)
    return 0, 0


def _separates_thousands(numeral: str, position: int, language: str) -> bool:
    """Whether the last comma or point of a number groups its digits."""
    if len(numeral) - position != 4 or not re.fullmatch(GROUPED, numeral):
        return False
    mark = numeral[position]
    if numeral.count(mark) > 1:
        return True
    alone = sum(not character.isdigit() for character in numeral) == 1
    return alone and (mark == "," or language != "en")


_LONGEST = 24  # words in a number
_ARTICLES = frozenset({"un", "une", "a", "an", "one"})
_JOINTS = frozenset({"et", "and"})
_NEVER_FIRST = listed(
    """vingts cents million millions milliard milliards billion billions trillion trillions millier milliers hundred
    thousand"""
)
_FRENCH = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_ENGLISH = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_NUMBER_WORDS: dict[str, dict[str, int]] = {
    "fr": {word: value for value, word in enumerate(_FRENCH.split())}
    | {"une": 1, "dix sept": 17, "dix huit": 18, "dix neuf": 19, "vingt": 20, "trente": 30, "quarante": 40}
    | {"cinquante": 50, "soixante": 60, "quatre vingt": 80, "quatre vingts": 80}
    | {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90, "cent": 100, "cents": 100}
    | {"mille": 10**3, "millier": 10**3, "milliers": 10**3, "million": 10**6, "millions": 10**6}
    | {"milliard": 10**9, "milliards": 10**9, "billion": 10**12, "billions": 10**12},
    "en": {word: value for value, word in enumerate(_ENGLISH.split())}
    | {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
    | {"eighty": 80, "ninety": 90, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
    | {"trillion": 10**12},
}

# The words of both languages that `opens_number` takes.
OPENING_WORDS = frozenset(word for words in _NUMBER_WORDS.values() for word in words if " " not in word) - _NEVER_FIRST
