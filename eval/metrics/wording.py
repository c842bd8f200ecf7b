"""Compares wordings as a reader does: without case, accents and articles, "quatorze" like "14"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rag.language.folding import fold
from rag.language.numerals import DECIMAL, GROUPED, number_in_words, plain_digits

LANGUAGES = ("fr", "en")  # an English question may be answered with a French quote

Tokens = tuple[str, ...]


@lru_cache(maxsize=4096)
def normalised(text: str, language: str) -> Tokens:
    """The words that count, after SQuAD's normalisation (Rajpurkar et al., EMNLP 2016) made fit for French.

    Folded; elisions and hyphens cut; articles, titles of persons and punctuation dropped; numbers as plain digits.
    """
    folded = _PERCENT.sub(" % ", fold(text))
    folded = _NUMERAL.sub(lambda match: plain_digits(match[0], language), folded)
    tokens = [_FIRST.sub("1", token) for token in _TOKEN.findall(folded)]
    return tuple(token for token in _with_digits(tokens, language) if token not in _DROPPED)


def states(wording: str, text: str) -> bool:
    """Whether a text contains a wording, word for word after normalisation."""
    return any(_holds(normalised(text, language), normalised(wording, language)) for language in LANGUAGES)


def states_one(wordings: Iterable[str], text: str) -> bool:
    """Whether a text contains one of some wordings."""
    return any(states(wording, text) for wording in wordings)


def same(wording: str, text: str) -> bool:
    """Whether a text is a wording and nothing else (exact match)."""
    return any(normalised(wording, language) == normalised(text, language) for language in LANGUAGES)


def token_f1(wording: str, text: str) -> float:
    """The harmonic mean of word precision and recall, repeated words counted (Rajpurkar et al., EMNLP 2016)."""
    return max(_overlap(normalised(wording, language), normalised(text, language)) for language in LANGUAGES)


def _overlap(wanted: Tokens, said: Tokens) -> float:
    common = sum((Counter(wanted) & Counter(said)).values())
    return 2 * common / (len(wanted) + len(said)) if common else 0.0


def _holds(said: Tokens, wanted: Tokens) -> bool:
    width = len(wanted)
    return bool(wanted) and any(said[place : place + width] == wanted for place in range(len(said) - width + 1))


def _with_digits(tokens: Sequence[str], language: str) -> list[str]:
    """The same words with each number written in words as digits; a lone "un" stays an article."""
    read, place = [], 0
    while place < len(tokens):
        value, width = number_in_words(tokens[place : place + _LONGEST], language)
        read.append(str(value) if width else tokens[place])
        place += max(width, 1)
    return read


_LONGEST = 24  # words of a number
_PERCENT = re.compile(r"\bpour ?cent\b|\bper ?cent\b|\bpct\b")
_NUMERAL = re.compile(rf"(?<![\w.,])(?:{GROUPED}|{DECIMAL})(?!\d|[.,]\d)")
_TOKEN = re.compile(r"\d+\.\d+|[^\W_]+|[%€$£]")
_FIRST = re.compile(r"^1(?:er|ere|re)$")
_DROPPED = frozenset(
    "le la les l un une des du au aux the a an m mm mme mmes mlle mr mrs ms dr".split()  # noqa: SIM905 - one line
)
