"""Finds the reply to a sentence: what another side says of it right beside it, or what it replies to itself."""

from __future__ import annotations

import re

from rag.answering.asking.attributed import source_asked
from rag.answering.asking.nouns import same_nouns
from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS
from rag.answering.choosing.contrasts import contrasts, reserves
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.sentences import Candidate
from rag.answering.composing.counting import counts_another
from rag.answering.composing.material import Material
from rag.answering.composing.neighbours import near
from rag.answering.composing.speakers import speaker
from rag.language.facts import dates_of, quantities_of, things_of
from rag.language.folding import fold
from rag.language.names import same_name
from rag.language.numbers import Quantity

TOUCHING = 3  # characters between two sentences of which one follows the other at once
FAR = 4  # times as much as another that a number may be and still dispute it
_ABOUT_IT = re.compile(r"\W*(?:il|ils|elle|elles|on|ce|c'est|cela|ca|pas|tous|toutes|aucune?|it|they|this|none|all)\b")


def reply(material: Material, position: int) -> int | None:
    """The place of the sentence that best answers the one at `position`, or that it answers; None without one.

    Both must stand in one article; the later must contradict ("dément", "répond", "de son côté"), and they must not
    have the same speaker. To what is asked with yes or no, somebody else's word right beside it is a reply too. Where
    more is asked, one must follow the other at once, and tell an amount or a date where that is wanted. The best reply
    stands right beside the sentence, names its speaker, and comes after it.
    """
    sentence, asked = material.sentences[position], material.asked
    found = [
        (
            not _touch(sentence, other),
            _speaker(material, place) is None,
            other.start < sentence.start,
            -float(material.scores[place]),
            place,
        )
        for place, other in enumerate(material.sentences)
        if place != position
        and near(sentence, other)
        and (asked.wanted == "yes or no" or (_touch(sentence, other) and _is_of_the_kind(material, place)))
        and _answers(material, *sorted((position, place), key=lambda one: material.sentences[one].start))
    ]
    return min(found)[-1] if found else None


def exchange(material: Material, position: int) -> list[int]:
    """The places of the reply to a sentence and, before it, of what it replies to in the first place, if another.

    Where nobody replies, what says soon after that it is not confirmed does, to whether it is so.
    """
    by = reply(material, position)
    if by is None:
        return _reserve(material, position)
    sentence, other = material.sentences[position], material.sentences[by]
    to = None if _touch(sentence, other) else reply(material, by)
    if to is None or not _touch(material.sentences[to], other) or material.sentences[to].start > other.start:
        return [by]
    return [to, by] if _speaker(material, to) else [by]


def _reserve(material: Material, position: int) -> list[int]:
    """The place of the first sentence after one, and soon, that says that what was told is not confirmed.

    Only where it is asked whether something is so.
    """
    if material.asked.wanted != "yes or no":
        return []
    sentence = material.sentences[position]
    after = [
        (other.start, place)
        for place, other in enumerate(material.sentences)
        if near(sentence, other) and other.start >= sentence.end and reserves(fold(other.text))
    ]
    return [place for _, place in sorted(after)[:1]]


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
    account = material.account(other)
    alike = [
        one
        for one in theirs
        if mine and one.unit == mine[0].unit and _is_near(one, mine[0]) and not counts_another(asked, account, one)
    ]
    if not any(one.unit for one in alike) and not _has_noun(asked, material.sentences[first]):
        return False
    return bool(alike) and not any(_is(one, told) for one in theirs)


def _answers(material: Material, first: int, second: int) -> bool:
    contrasting = contrasts(fold(material.sentences[second].text))
    if not contrasting and not _speaks_to_it(material, first, second):
        return False
    one, other = _speaker(material, first), _speaker(material, second)
    if one is None or other is None:
        return contrasting
    return fold(one) != fold(other) and not same_name(one, other)


def _speaks_to_it(material: Material, first: int, second: int) -> bool:
    """Whether a sentence right after another speaks to a question of yes or no: in its words, or of what is asked."""
    asked, sentence = material.asked, material.sentences[second]
    if asked.wanted != "yes or no" or not _touch(material.sentences[first], sentence):
        return False
    named = asked.things & things_of(sentence.text, material.language(second))
    return bool(asked.said & sentence.stems or named or _ABOUT_IT.match(fold(sentence.text)))


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
