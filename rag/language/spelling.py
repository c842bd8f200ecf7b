"""Tells whether two written words can be one name, heard in another language and spelled by ear."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from rag.language.folding import fold


def same_spelling(one: str, other: str) -> bool:
    """Whether two words sound the same by rough rules, or are long and differ by one slip.

    Vowels that transliterations mix up (e and i, o and u) and doubled letters count for nothing; other consonants
    must agree, and words of up to three letters must be equal.
    """
    one, other = fold(one[:_LONGEST]), fold(other[:_LONGEST])
    if one == other:
        return True
    if min(len(one), len(other)) <= _SHORT:
        return False
    heard, also_heard = _sound(one), _sound(other)
    if heard == also_heard:
        return True
    if min(len(heard), len(also_heard)) < _LONG or heard[0] != also_heard[0]:
        return False
    return bool(OSA.distance(heard, also_heard, score_cutoff=1) <= 1)


_LONGEST = 60  # letters looked at
_SHORT = 3  # letters of a word that has no room for a slip
_LONG = 9  # sounds of a word in which one slip makes no other name
_SOUNDS = (
    (re.compile(r"^y(?=e)"), ""),
    (re.compile("tch|tsch"), "ch"),
    (re.compile("sch|sh"), "ch"),
    (re.compile("dj|dzh"), "j"),
    (re.compile("kh|gh|dh|th|bh"), lambda match: match.group()[0]),
    (re.compile("ph"), "f"),
    (re.compile("ck|q|c(?=[aou]|$)"), "k"),
    (re.compile("w"), "v"),
    (re.compile("ou|oo|o"), "u"),
    (re.compile("[ae]?[iy]+|e"), "i"),
    (re.compile("ine$|ini$|(?<=n)i$"), lambda match: "in" if "n" in match.group() else ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def _sound(word: str) -> str:
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word
