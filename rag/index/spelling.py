"""Finds how the passages of an index write a word that a question writes carelessly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.index.lexical import Lexical
from rag.language.folding import fold
from rag.language.haste import sound
from rag.language.words import query_stems, words
from rag.schema import Passage

Spelling = Literal["same", "heard", "slipped"]

SHORTEST = 4  # letters of a word that is looked for by its sound: shorter ones are too much like others
MOST_PASSAGES = 6  # in which the spelling of one stem is looked up
MOST_STEMS = 12  # that may be meant
SLIPS = ((6, 1), (10, 2))  # letters from which a word may have so many slips


def written(word: str, lexical: Lexical, passages: Mapping[str, Passage], spelling: Spelling) -> str | None:
    """The word as most passages write it, in the form that is nearest to the one given; None when none has it."""
    typed, own = fold(word), query_stems(word)
    if spelling != "same" and len(typed) < SHORTEST:
        return None
    found = Counter[str]()
    is_meant = cache(partial(_is_like, typed, spelling=spelling))  # most words of the passages are met again and again
    for stem in own if spelling == "same" else dict.fromkeys(like for one in own for like in _alike(one, lexical)):
        found.update(_spellings(stem, lexical, passages, is_meant))
    if not found:
        return None
    most = max(found.values())
    return min(found, key=lambda form: (_far(typed, fold(form)), -found[form] / most, form))


def _alike(stem: str, lexical: Lexical) -> Iterator[str]:
    """The stems of the index that are spelled much like one, the nearest first."""
    choices = [choice for letter in _first_letters(stem) for choice in lexical.stems_by_letter.get(letter, ())]
    near = process.extract(stem, choices, scorer=OSA.distance, score_cutoff=2, limit=MOST_STEMS)
    yield from (found for found, _, _ in near)


def _spellings(
    stem: str, lexical: Lexical, passages: Mapping[str, Passage], is_meant: Callable[[str], bool]
) -> Iterator[str]:
    """The words that may be meant in some passages that have a stem, but for those that open a sentence.

    Where all of them do, their capital says nothing.
    """
    opening: list[str] = []
    inside = False
    for passage_id in lexical.holding(stem, MOST_PASSAGES):
        text = passages[passage_id].text
        for word in words(text):
            if not is_meant(fold(word.text)):
                continue
            if word.text[0].islower() or text[: word.start].rstrip(" «“\"'(’")[-1:] not in _SENTENCE_ENDS:
                inside = True
                yield word.text
            else:
                opening.append(word.text)
    if not inside:
        yield from (word.lower() for word in opening)


_SENTENCE_ENDS = ("", ".", "!", "?", "…", ":", "\n")


def _is_like(typed: str, folded: str, spelling: Spelling) -> bool:
    if spelling == "same" or folded == typed:
        return folded == typed
    if folded[:1] not in _first_letters(typed):
        return False
    if sound(typed) == sound(folded):
        return True
    if spelling == "heard":
        return False
    allowed = max((slips for letters, slips in SLIPS if len(typed) >= letters), default=0)
    return _far(typed, folded) <= allowed or (allowed > 0 and OSA.distance(sound(typed), sound(folded)) <= 1)


def _first_letters(word: str) -> str:
    """The letters that a word which is spelled much like one may begin with."""
    return "ckq" if word[0] in "ckq" else word[0]


def _far(typed: str, folded: str) -> int:
    return int(OSA.distance(typed, folded))
