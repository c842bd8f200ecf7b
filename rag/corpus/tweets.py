"""Recognises a tweet that an article embeds, and whether it only repeats what the article quotes."""

from __future__ import annotations

import re

from rag.language.folding import fold


def is_tweet_signature(line: str) -> bool:
    """ "— Name (@name) January 7, 2020"."""
    return len(line) <= _LONGEST and _SIGNATURE.fullmatch(line) is not None


def list_number(line: str) -> str:
    """The "1. " that some sites leave before an embedded tweet, or nothing."""
    match = _LIST_NUMBER.match(line)
    return match[0] if match else ""


def word_runs(text: str) -> list[tuple[str, ...]]:
    """All runs of six words, folded: a text that has all those of another says word for word what the other says."""
    words = _WORD.findall(fold(text))
    return [tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]


_LONGEST = 200  # characters
_RUN = 6  # words
_SIGNATURE = re.compile(r"[-–—]{1,2}\s?[^\n@]{1,80}\(@\w{1,30}\)[^\n.!?]{0,40}\.?")
_LIST_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
_WORD = re.compile(r"\w+")
