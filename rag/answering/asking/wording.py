"""Fits words into a question: without the capital of a beginning, with the question mark of the language."""

from __future__ import annotations

import re

from rag.language.folding import fold
from rag.language.stop_words import listed


def lowered(text: str) -> str:
    """A text without the capital that a beginning lends to an article, a preposition or a verb."""
    first = re.match(r"[^\W\d_]+[’']?", text)
    return text[0].lower() + text[1:] if first and fold(first.group()) in _SMALL else text


def extended(question: str, more: str, language: str) -> str:
    """A question with a phrase put before its question mark."""
    return f"{_END.sub('', question)} {lowered(more)}{'?' if language == 'en' else ' ?'}"


def agreeing(question: str, article: str, after: int) -> str:
    """The question with its pronoun in the gender of the subject that was put in: "le Canada a-t-il"."""
    pronoun = {"le": "il", "la": "elle"}.get(article.strip().lower())
    if pronoun is None:
        return question
    return question[:after] + re.sub(r"-(?:il|elle)\b", f"-{pronoun}", question[after:], count=1)


def is_plural(article: str) -> bool:
    """Whether a French article is that of several."""
    return article.strip().lower() == "les"


_END = re.compile(r"[\s\u00a0\u202f]*[?!.]*\s*$")
_SMALL = listed(
    """l' d' s' l’ d’ s’ la le les un une des du de en au aux a dans ce cette ces son sa ses leur leurs est y il elle
    ils elles fin debut mi hier aujourd depuis vers in on at to from since the did do does is are was were has have had
    will would can could there"""
)
