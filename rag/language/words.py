"""Cuts a text into words at their verbatim offsets and turns words into the terms that BM25 compares."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import Stemmer

from rag.language.detection import function_word_language
from rag.language.folding import APOSTROPHES, fold
from rag.language.numerals import DECIMAL, GROUPED, number_in_words, opens_number, plain_digits
from rag.language.stop_words import QUESTION_WORDS, STOP_WORDS

__all__ = ["ANALYSIS_VERSION", "STOP_WORDS", "Word", "query_stems", "stems", "words"]

ANALYSIS_VERSION = 1  # changes whenever stems() does: an index built with another one is out of date


class Word(NamedTuple):  # not a dataclass, which takes twice the time to make: a question makes thousands
    """A word, an elided article ("l'"), a number or an acronym: `source[start:end] == text`."""

    text: str
    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]` in order: elisions and hyphens cut, numbers such as "5 200" and acronyms whole."""
    found: list[Word] = []
    after = len(text) if end is None else end
    end = start
    for word in _WORD.findall(text, start, after):
        start = text.find(word, end)  # what was passed over has no letter or digit, so this is where it was found
        end = start + len(word)
        found.append(Word(word, start, end))
    return found


def spelled(text: str) -> list[str]:
    """The words of a text as `words` finds them, without their offsets, in a third of its time."""
    return _WORD.findall(text)


def stems(text: str, language: str) -> list[str]:
    """The terms of a passage for BM25: folded, without stop words, stemmed; numbers as plain digits.

    Args:
        language: "fr" or "en"; any other language is analysed as French.
    """
    language = language if language in STOP_WORDS else "fr"
    return list(_stems_of_few(text, language)) if len(text) <= _LONGEST_WORD else _stems(text, language)


def query_stems(text: str) -> list[str]:
    """The terms of a question as French and as English articles would have them, each once, in order.

    Stop words and question words of both languages are dropped, unless nothing would remain.
    """
    found = [word[:_LONGEST_WORD] for word in _WORD.findall(text[:_LONGEST_QUESTION])]
    asked = function_word_language(text)
    telling = [word for word in found if not _is_empty(fold(word), asked)]
    terms = [term for word in telling for language in STOP_WORDS for term in _stemmed(word, language)]
    if not terms:
        terms = [fold(word) for word in found]
    return list(dict.fromkeys(terms))


_LONGEST_QUESTION = 10_000  # characters
_LONGEST_WORD = 60  # characters; longer ones are no words and would fill the cache
_MARKS = r"\u0300-\u036f\u00ad\u200b-\u200d"  # accents written apart, and what hides inside words
_PART = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_WORD = re.compile(
    r"(?=[^\W_])(?:"
    rf"[^\W\d_]{{3,}}(?![\w{APOSTROPHES}{_MARKS}])"  # first, since most words need no more thought
    r"|(?<!\w)(?:[^\W\d_]\.-?){2,8}(?<=\.)(?!\w)"  # U.S.  É.-U.
    rf"|(?<![\w.,])(?:{GROUPED}|{DECIMAL})(?![.,]?\d)(?!\w)"  # 5 200  1,5
    rf"|(?<!\w)(?i:[ldcjmnst]|(?:jus|lors|puis|quoi)?qu)[{APOSTROPHES}](?=\W{{0,3}}\w)"  # l'
    rf"|{_PART}(?:[{APOSTROPHES}]{_PART})*)"
)
_MANY_WORDS = 200_000  # distinct words remembered: about 40 MB


def _is_empty(word: str, asked: str | None) -> bool:
    """Whether a folded word of a question says nothing about its subject.

    A stop word of the other language counts as empty unless it may well be a word of the language of the question:
    "but" is a goal in French.
    """
    word = word.rstrip("'")
    if any(word in STOP_WORDS[language] and (language == asked or word not in _TWOFOLD) for language in STOP_WORDS):
        return True
    return any(word in QUESTION_WORDS[language] for language in QUESTION_WORDS if asked in {language, None})


_TWOFOLD = {"but", "the", "more", "most", "off", "or", "as", "main", "son", "pour", "on", "an", "met"}


@lru_cache(maxsize=_MANY_WORDS)
def _terms(word: str, language: str) -> tuple[str, ...]:
    """The terms of one word of a passage."""
    return () if fold(word).rstrip("'") in STOP_WORDS[language] else _stemmed(word, language)


@lru_cache(maxsize=_MANY_WORDS)
def _stemmed(word: str, language: str) -> tuple[str, ...]:
    folded = fold(word)
    if folded[:1].isdigit():
        return (plain_digits(folded, language) if _NUMERAL.fullmatch(folded) else folded,)
    if "." in folded:
        folded = folded.replace(".", "").replace("-", "")
    value, taken = number_in_words([folded], language) if opens_number(folded, language) else (0, 0)
    stem = _stemmer(language).stemWord(folded.strip("'"))
    terms = (stem, str(value)) if taken and value < 100 else (stem,)  # "million" is no number by itself
    return tuple(term for term in terms if len(term) > 1 or term.isdigit())


@lru_cache(maxsize=_MANY_WORDS)
def _stems_of_few(text: str, language: str) -> tuple[str, ...]:
    """The stems of a lone word or two, which are asked for again and again."""
    return tuple(_stems(text, language))


def _stems(text: str, language: str) -> list[str]:
    return [term for word in _WORD.findall(text) for term in _terms(word[:_LONGEST_WORD], language)]


_NUMERAL = re.compile(r"\d+(?:[ .,']\d+)*")


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Any:
    return Stemmer.Stemmer({"fr": "french", "en": "english"}[language], 0)  # it need not remember words: _stemmed does
