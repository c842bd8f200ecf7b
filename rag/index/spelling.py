"""Finds how the passages of an index write a word that a question writes carelessly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.index.lexical import Lexical
from rag.language.folding import fold
from rag.language.haste import sound
from rag.language.words import query_stems, words
from rag.schema import Passage

Likeness = Literal["same", "heard", "slipped"]

SHORTEST = 4  # letters of a word that is looked for by its sound: shorter ones are too much like others
MOST_PASSAGES = 6  # in which the spelling of one stem is looked up
MOST_STEMS = 12  # that may be meant
SLIPS = ((6, 1), (10, 2))  # letters from which a word may have so many slips


def written(word: str, lexical: Lexical, passages: Mapping[str, Passage], likeness: Likeness) -> str | None:
    """The word as most passages write it, in the form that is nearest to the one given; None when none has it."""
    typed, own = fold(word), query_stems(word)
    if likeness != "same" and len(typed) < SHORTEST:
        return None
    found = Counter[str]()
    for stem in own if likeness == "same" else dict.fromkeys(like for one in own for like in _alike(one, lexical)):
        found.update(_spellings(stem, typed, lexical, passages, likeness))
    if not found:
        return None
    most = max(found.values())
    return min(found, key=lambda form: (_far(typed, fold(form)), -found[form] / most, form))


def _alike(stem: str, lexical: Lexical) -> Iterator[str]:
    """The stems of the index that are spelled much like one, the nearest first."""
    letters = "ckq" if stem[0] in "ckq" else stem[0]
    choices = [choice for letter in letters for choice in lexical.stems_by_letter.get(letter, ())]
    near = process.extract(stem, choices, scorer=OSA.distance, score_cutoff=2, limit=MOST_STEMS)
    yield from (found for found, _, _ in near)


def _spellings(
    stem: str, typed: str, lexical: Lexical, passages: Mapping[str, Passage], likeness: Likeness
) -> Iterator[str]:
    """The words of some passages that have a stem and are the word typed, or like it; not those that open a sentence.

    Where all of them do, their capital says nothing.
    """
    opening: list[str] = []
    inside = False
    for passage_id in lexical.holding(stem, MOST_PASSAGES):
        text = passages[passage_id].text
        for word in words(text):
            folded = fold(word.text)
            if folded != typed and not (likeness != "same" and _is_like(typed, folded, likeness)):
                continue
            if word.text[0].islower() or text[: word.start].rstrip(" «“\"'(’")[-1:] not in _SENTENCE_ENDS:
                inside = True
                yield word.text
            else:
                opening.append(word.text)
    if not inside:
        yield from (word.lower() for word in opening)


_SENTENCE_ENDS = ("", ".", "!", "?", "…", ":", "\n")


def _is_like(typed: str, folded: str, likeness: Likeness) -> bool:
    if sound(typed) == sound(folded):
        return True
    if likeness == "heard":
        return False
    allowed = max((slips for letters, slips in SLIPS if len(typed) >= letters), default=0)
    return _far(typed, folded) <= allowed or (allowed > 0 and OSA.distance(sound(typed), sound(folded)) <= 1)


def _far(typed: str, folded: str) -> int:
    return int(OSA.distance(typed, folded))
