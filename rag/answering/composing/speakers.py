"""Names who says a sentence of an article, in the article's words: "le porte-parole du ministère"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.answering.composing.sources import Source, source_beside
from rag.answering.verifying.marks import sayings
from rag.answering.verifying.statements import Statement, worded
from rag.language.detection import read_as
from rag.language.facts import MOST_REMEMBERED


@lru_cache(maxsize=MOST_REMEMBERED)
def speaker(article_text: str, start: int, end: int, language: str) -> str | None:
    """Who says `article_text[start:end]`, verbatim; None when the article itself does, or when it is not plain.

    A source is looked for in the sentence ("selon X", "X a affirmé que", "said X"), then around the quotation that
    the sentence is part of. A pronoun ("a-t-il ajouté") is led back to the nearest earlier source that it can mean.

    Args:
        start, end: a sentence, or several of which the last one counts.
        language: "fr" or "en"; any other language is read as French.
    """
    opening, closing = _window(article_text, start, end)
    text = article_text[opening:closing]
    sentences = worded(text, read_as(language))
    last = end - opening - 1
    place = next((place for place, one in enumerate(sentences) if one.start <= last < one.end), None)
    if place is None:
        return None
    found = _source(sentences, place, start - opening)
    if found is None:
        return None
    if found.pronoun:
        found = _antecedent(sentences, place, found)
    elif found.pointing:  # "ce responsable" says less than what it points at
        found = _antecedent(sentences, place, found) or found
    return text[found.start : found.end] if found else None


_BEFORE = 2_500  # characters of the article before a sentence in which its speaker is looked for
_AFTER = 700
_EARLIER = 6  # sentences before a pronoun in which the source that it means is looked for
_PAIRS = {"«": "»", "“": "”", '"': '"'}
_MARK = re.compile(r"[«»“”\"]")
_LONGEST_QUOTATION = 1_500  # characters; a mark that opens a longer one has lost its end


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of an article that is read: whole lines, where they are not too long."""
    opening, closing = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    if opening:
        line = text.find("\n", opening, start)
        opening = line + 1 if line >= 0 else opening
    return opening, closing


def _source(sentences: tuple[Statement, ...], place: int, start: int) -> Source | None:
    """The source of a sentence: named in it, or beside the quotation that it is in."""
    sentence = sentences[place]
    quotation = _quotation_around(sentence, start)
    outside = [found for found in _sources(sentence) if not quotation or not quotation[0] < found.start < quotation[1]]
    if sentence.language == "en":  # "he told the senator, the officer said": the name vouches for all of it
        outside.sort(key=lambda found: found.pronoun)
    if outside:
        return outside[0]
    return _beside(sentences, quotation) if quotation else None


def _sources(sentence: Statement) -> Iterator[Source]:
    for saying in sayings(sentence):
        if found := source_beside(sentence, saying):
            yield found


def _quotation_around(sentence: Statement, start: int) -> tuple[int, int] | None:
    """The quotation that most of a sentence is part of, from mark to mark."""
    for opening, closing in _quotations(sentence.text):
        if opening <= sentence.start + 1 and closing > sentence.start and closing > start:
            return opening, closing
    return None


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between marks, in order; a paragraph ends a quotation whose closing mark is missing."""
    opened: int | None = None
    for match in _MARK.finditer(text):
        mark, place = match.group(), match.start()
        if opened is not None and (place - opened > _LONGEST_QUOTATION or "\n" in text[opened:place]):
            opened = None
        if opened is None:
            opened = place if mark in _PAIRS else None
        elif mark == _PAIRS[text[opened]]:
            yield opened, place + 1
            opened = None


def _beside(sentences: tuple[Statement, ...], quotation: tuple[int, int]) -> Source | None:
    """The source named right after a quotation ("», a dit X") or right before it ("X a dit : «")."""
    opening, closing = quotation
    for sentence in sentences:
        if sentence.start <= closing - 1 < sentence.end:
            for found in _sources(sentence):
                if found.start >= closing and found.saying - closing < _NEAR:
                    return found
        if sentence.start <= opening <= sentence.end:
            for found in _sources(sentence):
                if found.end <= opening and opening - found.saying < _NEAR_BEFORE:
                    return found
    return None


_NEAR = 25  # characters from a closing mark to the verb of saying
_NEAR_BEFORE = 80  # characters from the verb of saying to an opening mark


def _antecedent(sentences: tuple[Statement, ...], place: int, pronoun: Source) -> Source | None:
    """The nearest earlier source that a pronoun can mean."""
    for earlier in range(place, max(-1, place - _EARLIER), -1):
        for found in reversed(list(_sources(sentences[earlier]))):
            if found.start < pronoun.start and not (found.pronoun or found.pointing):
                if found.agrees_with(pronoun):
                    return found
                return None
    return None
