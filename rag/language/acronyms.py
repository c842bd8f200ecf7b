"""Knows the other form of a name where a passage gives both: "Space Launch System (SLS)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.language.folding import fold
from rag.language.stop_words import listed

# After Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions (PSB 2003), but stricter: each
# letter has to begin a word.


def other_forms(question: str, passages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The names of a question of which a passage gives another form, as they stand in the question, with that form."""
    found: dict[str, str] = {}
    given = Counter(pair for passage in passages for pair in defined(passage))
    for (name, acronym), times in given.most_common():
        for form, other in ((name, acronym), (acronym, name)):
            if form is acronym and times == 1 and len(acronym) == SHORTEST and not _LOWER.search(name):
                continue  # a party after a person: "Patrick Simon (PS)"
            there = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", question, re.I if form is name else 0)
            if there and not re.search(rf"(?<!\w){re.escape(other)}(?!\w)", question, re.I):
                found.setdefault(there.group(), other)
    return tuple(found.items())


@lru_cache(maxsize=2_048)
def defined(passage: str) -> tuple[tuple[str, str], ...]:
    """The names that a passage gives with their acronym in brackets, or after it: (name, acronym)."""
    return tuple(_defined(passage))


SHORTEST = 2  # letters of an acronym
_LOWER = re.compile(r"(?<!\w)[a-zà-ÿ]")
_APART = re.compile(r"[,;:.«»()]")
MOST_WORDS = 12  # of a name that has an acronym
_ACRONYM = re.compile(r"\(([A-ZÀ-Þ][A-ZÀ-Þa-z-]{1,10})\)")
_BEFORE = re.compile(r"[^\W_]+")
_OPENED = re.compile(r"\b([A-ZÀ-Þ]{2,8}) \(([^()]{5,90})\)")
_SMALL = listed("de du des d la le les l a au aux en et pour of the and for in on to")


def _defined(passage: str) -> Iterator[tuple[str, str]]:
    for match in _ACRONYM.finditer(passage):
        acronym, before = match[1], passage[max(0, match.start() - 120) : match.start()]
        if sum(letter.isupper() for letter in acronym) < 2 or not before.endswith(" "):
            continue
        words = list(_BEFORE.finditer(before))[-MOST_WORDS:]
        first = _beginning([fold(word.group()) for word in words], fold(acronym).replace("-", ""))
        if first is not None and not _APART.search(before, words[first].start(), words[-1].end()):
            yield before[words[first].start() :].rstrip(), acronym
    for match in _OPENED.finditer(passage):
        words = list(_BEFORE.finditer(match[2]))
        if 1 < len(words) <= MOST_WORDS and _beginning([fold(word.group()) for word in words], fold(match[1])) == 0:
            yield match[2].strip(), match[1]


def _beginning(words: Sequence[str], letters: str) -> int | None:
    """The place of the word with which a name begins that ends with the last of `words`: a letter for each, or None."""
    if not letters:
        return None
    place = len(words) - 1
    for position in range(len(letters) - 1, -1, -1):
        while place >= 0 and words[place] in _SMALL and not (position == 0 and words[place][0] == letters[0]):
            place -= 1
        if place < 0 or words[place][0] != letters[position]:
            return None
        place -= 1
    return place + 1
