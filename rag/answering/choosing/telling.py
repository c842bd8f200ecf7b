"""Keeps who tells a thing apart from who did it: "Dorval a déclaré que la vanne avait été fermée par Lenoir"."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answering.verifying.marks import sayings
from rag.answering.verifying.statements import worded
from rag.language.folding import fold
from rag.language.stop_words import listed

SOON = 3  # words from a verb of saying to "que"


@lru_cache(maxsize=256)
def asks_who_did(question: str, language: str) -> bool:
    """Whether a question is about a doing, not about who holds an office or what somebody says."""
    return not _OFFICE.match(fold(question)) and not any(sayings(one) for one in worded(question, language))


@lru_cache(maxsize=256)
def asks_who_tells(question: str, language: str) -> bool:
    """Whether a question asks who says that something is so: "Qui a dit que ..."."""
    match = _WHO_TELLS.match(fold(question))
    return match is not None and any(sayings(one) for one in worded(question[: match.end()], language))


def only_tells(sentence: str, end: int) -> bool:
    """Whether who is named up to a place of a sentence only says what others did, and nothing of himself."""
    return any(_only_tells(sentence, end, language) for language in ("fr", "en"))


def _only_tells(sentence: str, end: int, language: str) -> bool:
    for statement in worded(sentence, language):
        for place in sayings(statement):
            verb = statement.tokens[place]
            if verb.start < end or not _STRAIGHT.fullmatch(fold(sentence[end : verb.start])):
                continue
            after = [token.folded for token in statement.tokens[place + 1 : place + 2 + SOON]]
            that = next((number for number, word in enumerate(after[:SOON]) if word in _THAT), None)
            if that is not None and after[that + 1 : that + 2] and after[that + 1] not in _HIMSELF:
                return True
    return False


_WHO_TELLS = re.compile(r"\W*(?:qui|who) (?:(?:a|ont|has|have|had) )?[a-z]+ (?:que |qu'|that )")
_OFFICE = re.compile(
    r"\W*(?:qui (?:est|etait|sont|dirige|preside|commande|represente|remplace)|"
    r"who(?:'s| is| was| are| leads| heads| chairs| runs| replaces))\b"
)
_STRAIGHT = re.compile(r"\s*(?:(?:a|ont|avait|has|had|aussi|also|ensuite|later) )*")  # nothing else is told of him
_THAT = ("que", "qu'", "that")
_HIMSELF = listed("il elle ils elles on lui son sa ses leur leurs he she they his her their we i nous je")
