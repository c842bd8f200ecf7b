"""Keeps who tells a thing apart from who did it: "Dorval a déclaré que la vanne avait été fermée par Lenoir"."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answering.verifying.marks import sayings
from rag.answering.verifying.statements import worded
from rag.language.folding import fold
from rag.language.stop_words import listed

NEAR = 60  # characters from somebody's name to the verb of saying
SOON = 3  # words from that verb to "que"


@lru_cache(maxsize=256)
def asks_who_did(question: str, language: str) -> bool:
    """Whether a question is about a doing, not about who holds an office or what somebody says."""
    return not _OFFICE.match(fold(question)) and not _speaks_of_telling(question, language)


def _speaks_of_telling(question: str, language: str) -> bool:
    return any(sayings(statement) for statement in worded(question, language))


def asks_who_tells(question: str, language: str) -> bool:
    """Whether a question asks who says something: "Qui a dit que ..."."""
    return bool(_WHO.match(fold(question))) and _speaks_of_telling(" ".join(question.split()[:SOON]), language)


def only_tells(sentence: str, end: int) -> bool:
    """Whether who is named up to a place of a sentence only says what others did, and nothing of himself."""
    return any(_only_tells(sentence, end, language) for language in ("fr", "en"))


def _only_tells(sentence: str, end: int, language: str) -> bool:
    for statement in worded(sentence, language):
        for place in sayings(statement):
            if not 0 <= statement.tokens[place].start - end < NEAR:
                continue
            after = [token.folded for token in statement.tokens[place + 1 : place + 2 + SOON]]
            that = next((number for number, word in enumerate(after[:SOON]) if word in _THAT), None)
            if that is not None and after[that + 1 : that + 2] and after[that + 1] not in _HIMSELF:
                return True
    return False


_WHO = re.compile(r"\W*(?:qui|who)\b")
_OFFICE = re.compile(r"\W*(?:qui (?:est|etait|sont)|who(?:'s| is| was| are)) (?:l[ae']|les|the|son|sa|une?|an?)\b")
_THAT = ("que", "qu'", "that")
_HIMSELF = listed("il elle ils elles on lui son sa ses leur leurs he she they his her their we i nous je")
