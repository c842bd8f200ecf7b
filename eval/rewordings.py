"""Rewords one sentence of an article so that it stays true; None where it cannot be done."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.language.gazetteer import things
from rag.language.names import Name, names
from rag.language.numbers import quantities


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what surrounds it."""

    text: str
    passage: str
    article: str
    language: str
    elsewhere: str  # a sentence of the article outside the passage, or ""


Perturbation = Callable[[Sentence, random.Random], "str | None"]


def verbatim(sentence: Sentence, _: random.Random) -> str | None:
    """The sentence as it is."""
    return sentence.text


def without_parenthesis(sentence: Sentence, _: random.Random) -> str | None:
    """Without what stands in brackets."""
    text, cuts = _PARENTHESIS.subn("", sentence.text)
    return text if cuts and len(text.split()) >= FEWEST else None


def without_lead(sentence: Sentence, _: random.Random) -> str | None:
    """Without an opening phrase of time, place or transition; one that names a speaker is no such phrase."""
    cut = _lead(sentence)
    if cut is None or VOICE[sentence.language].search(cut[0]):
        return None
    return cut[1][0].upper() + cut[1][1:]


def reordered(sentence: Sentence, _: random.Random) -> str | None:
    """With its opening phrase at the end."""
    cut = _lead(sentence)
    if cut is None:
        return None
    lead, rest = cut
    return f"{rest[0].upper()}{rest[1:].rstrip('.')}, {lead[0].lower()}{lead[1:]}."


def without_tail(sentence: Sentence, _: random.Random) -> str | None:
    """Without the words after the last comma; those that name a speaker stay."""
    text, comma, tail = sentence.text.rpartition(", ")
    if not comma or len(text.split()) < FEWEST or len(tail.split()) < 3 or VOICE[sentence.language].search(tail):
        return None
    return text.rstrip() + "."


def with_surname(sentence: Sentence, dice: random.Random) -> str | None:
    """With the last word of somebody's name for the name."""
    found = people(sentence.text, sentence.language)
    if not found:
        return None
    name = dice.choice(found)
    return replaced(sentence.text, name.start, name.end, name.text.split()[-1])


def respelled_number(sentence: Sentence, dice: random.Random) -> str | None:
    """With a number in plain digits that was grouped or in words."""
    found = [
        quantity
        for quantity in quantities(sentence.text, sentence.language)
        if quantity.unit is None and quantity.value == int(quantity.value) and quantity.value < 1e6
    ]
    found = [one for one in found if sentence.text[one.start : one.end] != str(int(one.value)) and not one.approximate]
    if not found:
        return None
    quantity = dice.choice(found)
    return replaced(sentence.text, quantity.start, quantity.end, str(int(quantity.value)))


def replaced(text: str, start: int, end: int, other: str) -> str:
    """A text with another stretch of words in it."""
    return text[:start] + other + text[end:]


def people(text: str, language: str) -> list[Name]:
    """The names of two words in a text, which are mostly people."""
    return [
        name
        for name in names(text, language)
        if len(name.text.split()) == 2 and not things(name.text) and name.text.replace(" ", "").isalpha()
    ]


FEWEST = 6  # words left
VOICE = {
    "fr": re.compile(
        r"\b(?:selon|d['’]après|dit|déclar|affirm|indiqu|assur|précis|expliqu|estim|ajout|soulign|annonc|confirm"
        r"|révèl|révél|rapport|racont|relat|déplor|rappel|répond|dénonc|rassur|accus|insist|not[eé]|écri|lanc|conclu)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:according|sa(?:id|ys)|told|add(?:s|ed)|claim|explain|warn|argue|announce|confirm|report|not(?:es|ed)|writ"
        r"|wrote|accus|tweet)",
        re.IGNORECASE,
    ),
}
_PARENTHESIS = re.compile(r"\s?\([^()]{1,200}\)")
_LEADS = {
    "fr": (
        r"À|A|Au|Aux|En|Dans|Depuis|Après|Avant|Pour|Lors|Durant|Pendant|Sur|Avec|Malgré|Hier|Aujourd['’]hui|Mais|Par"
        r"|Toutefois|Cependant|Enfin|Ainsi|Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche|Le \d|Selon|D['’]après"
    ),
    "en": (
        r"In|On|At|After|Before|During|Since|For|With|However|But|Meanwhile|Earlier|Last|By|From|Despite|Under|Until"
        r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|According to"
    ),
}
_LEAD = {
    language: re.compile(rf"(?P<lead>(?:{leads})\b[^,;:«»“”\"()]{{0,70}}), (?P<rest>{subject}.*\.)$", re.DOTALL)
    for (language, leads), subject in zip(
        _LEADS.items(),
        (
            r"(?:(?:le|la|les|un|une|des|ce|cette|ces|son|sa|ses|il|elle|ils|elles|on|nous|plusieurs) |l['’]|[A-ZÉ])",
            r"(?:(?:the|a|an|this|these|his|her|its|their|he|she|it|they|we|some|many|several|officials) |[A-Z])",
        ),
        strict=True,
    )
}


def _lead(sentence: Sentence) -> tuple[str, str] | None:
    match = _LEAD[sentence.language].match(sentence.text)
    if match is None or len(match["rest"].split()) < FEWEST:
        return None
    return match["lead"], match["rest"]
