"""Finds the reply to a sentence: what another side says of it right beside it, or what it replies to itself."""

from __future__ import annotations

from rag.answering.asking.attributed import source_asked
from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.sentences import Candidate
from rag.answering.composing.contrasts import contrasts
from rag.answering.composing.material import Material, near
from rag.answering.composing.nouns import same_nouns
from rag.answering.composing.speakers import speaker
from rag.language.facts import dates_of, quantities_of
from rag.language.folding import fold
from rag.language.names import same_name
from rag.language.numbers import Quantity

TOUCHING = 3  # characters between two sentences of which one follows the other at once
FAR = 4  # times as much as another that a number may be and still dispute it


def reply(material: Material, position: int) -> int | None:
    """The place of the sentence that best answers the one at `position`, or that it answers; None without one.

    Both must stand in one article; the later must contradict ("dément", "répond", "de son côté"), and they must not
    have the same speaker. Where more is asked than yes or no, one must follow the other at once, and tell an amount or
    a date where that is wanted. A reply with a speaker is better than one without.
    """
    sentence, asked = material.sentences[position], material.asked
    found = [
        (_speaker(material, place) is None, not _touch(sentence, other), -float(material.scores[place]), place)
        for place, other in enumerate(material.sentences)
        if place != position
        and near(sentence, other)
        and (asked.wanted == "yes or no" or (_touch(sentence, other) and _is_of_the_kind(material, place)))
        and _answers(material, *sorted((position, place), key=lambda one: material.sentences[one].start))
    ]
    return min(found)[-1] if found else None


def disputes(material: Material, first: int, other: int) -> bool:
    """Whether a reply tells another amount than the sentence that answers; not where that of one source is wanted."""
    asked, sentence = material.asked, material.sentences[other]
    told = material.sure(first)
    if asked.wanted not in AMOUNTS or told is None or source_asked(asked.text, asked.language):
        return False
    if not _touch(material.sentences[first], sentence):
        return False
    mine = [one for one in quantities_of(material.sentences[first].text, material.language(first)) if _is(one, told)]
    theirs = quantities_of(sentence.text, material.language(other))
    alike = [one for one in theirs if mine and one.unit == mine[0].unit and _is_near(one, mine[0])]
    if not any(one.unit for one in alike) and not _has_noun(asked, material.sentences[first]):
        return False
    return bool(alike) and not any(_is(one, told) for one in theirs)


def _answers(material: Material, first: int, second: int) -> bool:
    if not contrasts(fold(material.sentences[second].text)):
        return False
    one, other = _speaker(material, first), _speaker(material, second)
    return one is None or other is None or (fold(one) != fold(other) and not same_name(one, other))


def _is_of_the_kind(material: Material, place: int) -> bool:
    text, language = material.sentences[place].text, material.language(place)
    if material.asked.wanted in AMOUNTS:
        return bool(quantities_of(text, language))
    return material.asked.wanted != "date" or bool(dates_of(text, language))


def _has_noun(asked: Asked, sentence: Candidate) -> bool:
    """Whether a sentence has what is counted, which a number without a noun in the next one then counts too."""
    return asked.counted is not None and bool(same_nouns(asked.counted.stems) & sentence.stems)


def _is(number: Quantity, bare: Bare) -> bool:
    return f"{number.value:g}{number.unit or ''}" == bare.value


def _is_near(one: Quantity, other: Quantity) -> bool:
    return max(one.value, other.value) <= FAR * min(one.value, other.value)


def _touch(one: Candidate, other: Candidate) -> bool:
    return 0 <= max(other.start - one.end, one.start - other.end) <= TOUCHING


def _speaker(material: Material, place: int) -> str | None:
    sentence = material.sentences[place]
    return speaker(material.article(place).text, sentence.start, sentence.end, material.language(place))
