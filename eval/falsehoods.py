"""Changes one fact in one sentence of an article, so that it is false; None where it cannot be done."""

from __future__ import annotations

import itertools
import random
import re

from eval.rewordings import FEWEST, VOICE, Sentence, people, replaced
from rag.language.gazetteer import is_seat, mentions, things
from rag.language.names import Name, same_name
from rag.language.numbers import Quantity, quantities
from rag.schema import MONTHS


def changed_number(sentence: Sentence, dice: random.Random) -> str | None:
    """With another digit in a number."""
    found = _in_digits(sentence.text, sentence.language)
    if not found:
        return None
    quantity = dice.choice(found)
    stated = sentence.text[quantity.start : quantity.end]
    place = dice.choice([place for place, character in enumerate(stated) if character in "123456789"] or [-1])
    if place < 0:
        return None
    digit = dice.choice([other for other in "123456789" if other != stated[place]])
    return replaced(sentence.text, quantity.start, quantity.end, stated[:place] + digit + stated[place + 1 :])


def number_from_passage(sentence: Sentence, dice: random.Random) -> str | None:
    """With another number of the passage in place of a number."""
    here = _in_digits(sentence.text, sentence.language)
    there = _in_digits(sentence.passage, sentence.language)
    choices = [
        (one, sentence.passage[other.start : other.end])
        for one in here
        for other in there
        if one.value != other.value and one.unit == other.unit
    ]
    if not choices:
        return None
    quantity, other = dice.choice(choices)
    return replaced(sentence.text, quantity.start, quantity.end, other)


def changed_month(sentence: Sentence, dice: random.Random) -> str | None:
    """With another month."""
    months = MONTHS[sentence.language]
    found = [
        match
        for match in re.finditer(rf"(?<=[\d ])(?:{'|'.join(months)})(?= \d|,|\.)", sentence.text)
        if match.group() not in {"May", "March"}
    ]
    if not found:
        return None
    match = dice.choice(found)
    return replaced(sentence.text, *match.span(), dice.choice([month for month in months if month != match.group()]))


def swapped_person(sentence: Sentence, dice: random.Random) -> str | None:
    """With another person, or whatever has a name of two words, of the article."""
    here = people(sentence.text, sentence.language)
    there = people(sentence.article, sentence.language)
    choices = [(one, other.text) for one in here for other in there if not same_name(one.text, other.text)]
    if not choices:
        return None
    name, other = dice.choice(choices)
    return replaced(sentence.text, name.start, name.end, other)


def exchanged_names(sentence: Sentence, dice: random.Random) -> str | None:
    """With two names in each other's place, unless they are enumerated."""
    text = sentence.text
    found = [*people(text, sentence.language), *_countries(text, sentence.language)]
    found.sort(key=lambda name: name.start)
    choices = [
        (one, other)
        for one, other in itertools.pairwise(found)
        if bool(things(one.text)) == bool(things(other.text))
        and not same_name(one.text, other.text)
        and not _ENUMERATION.fullmatch(text[one.end : other.start])
    ]
    return _exchanged(text, *dice.choice(choices)) if choices else None


def exchanged_numbers(sentence: Sentence, dice: random.Random) -> str | None:
    """With two numbers of one kind in each other's place, unless they are enumerated."""
    found = _in_digits(sentence.text, sentence.language)
    choices = [
        (one, other)
        for one, other in itertools.pairwise(found)
        if one.value != other.value
        and one.unit == other.unit
        and not _ENUMERATION.fullmatch(sentence.text[one.end : other.start])
    ]
    return _exchanged(sentence.text, *dice.choice(choices)) if choices else None


def swapped_country(sentence: Sentence, dice: random.Random) -> str | None:
    """With another country of the article, or of the world, in place of a country."""
    here = _countries(sentence.text, sentence.language)
    if not here:
        return None
    name = dice.choice(here)
    there = [found.text for found in _countries(sentence.article, sentence.language)] + list(_WORLD[sentence.language])
    others = [other for other in there if not things(other) & things(name.text)]
    return replaced(sentence.text, name.start, name.end, others[0] if dice.random() < 0.7 else dice.choice(others))


def negated(sentence: Sentence, dice: random.Random) -> str | None:
    """With a negation added to a verb."""
    found = list(_VERB[sentence.language].finditer(sentence.text))
    if not found:
        return None
    match = dice.choice(found)
    verb = match.group()
    if sentence.language == "en":
        return replaced(sentence.text, *match.span(), f"{verb} not")
    return replaced(sentence.text, *match.span(), f"{'n’' if verb[0] in 'aeéoê' else 'ne '}{verb} pas")


def affirmed(sentence: Sentence, dice: random.Random) -> str | None:
    """With a negation taken out."""
    found = list(_NEGATION[sentence.language].finditer(sentence.text))
    if not found:
        return None
    match = dice.choice(found)
    return replaced(sentence.text, *match.span(), match["verb"])


def unhedged(sentence: Sentence, dice: random.Random) -> str | None:
    """With a hedge made plain fact."""
    found = [(match, plain) for hedge, plain in _HEDGES[sentence.language] for match in hedge.finditer(sentence.text)]
    if not found:
        return None
    match, plain = dice.choice(found)
    return replaced(sentence.text, *match.span(), plain)


def unattributed(sentence: Sentence, _: random.Random) -> str | None:
    """Without the words that say who says so."""
    for pattern in _SPEAKER[sentence.language]:
        text, cuts = pattern.subn("", sentence.text)
        if cuts and len(text.split()) >= FEWEST and not VOICE[sentence.language].search(text):
            text = text.strip(' ,«»“”"')
            return text[0].upper() + text[1:].rstrip(".,") + "."
    return None


def another(sentence: Sentence, _: random.Random) -> str | None:
    """A sentence of the same article that the passage does not hold."""
    return sentence.elsewhere or None


_SPEAKER = {
    "fr": (
        re.compile(r"^(?:Selon|D['’]après) [^,]{3,80}, "),
        re.compile(
            r"\s?»?, (?:a|ont)(?:-t-(?:il|elle|on))? (?:déclaré|affirmé|indiqué|assuré|précisé|expliqué|estimé|ajouté"
            r"|souligné|annoncé|confirmé|dit)(?![\w-])[^,»]{0,120}\.$"
        ),
        re.compile(
            r"^[^,«]{3,80}? (?:a|ont) (?:déclaré|affirmé|indiqué|assuré|précisé|expliqué|estimé|ajouté|souligné|annoncé"
            r"|confirmé) (?:que |qu['’])"
        ),
        re.compile(r", (?:selon|d['’]après) [^,]{3,80}(?=\.$)"),
    ),
    "en": (
        re.compile(r"^According to [^,]{3,80}, "),
        re.compile(
            r"[,”\"]{1,2} (?:said [^,]{3,60}|[^,]{2,60} (?:said|says|told [^,]{2,30}))(?: on \w+| in a \w+)?\.$"
        ),
        re.compile(r"^[^,“\"]{3,80}? (?:said|says|told reporters)(?: on \w+| \w+day)? that "),
        re.compile(r", according to [^,]{3,80}(?=\.$)"),
    ),
}
_VERB = {
    "fr": re.compile(r"(?<![-'’\w])(?<!\bne )(?:a|ont|est|sont|avait|était|va|peut|doit|sera)(?= [a-zé]{4,})(?! pas)"),
    "en": re.compile(r"\b(?:is|are|was|were|has|had|will|can|would|should)(?= [a-z]{3,})(?! not\b)"),
}
_NEGATION = {
    "fr": re.compile(r"\b(?:ne |n['’])(?P<verb>[\w’']+) pas\b"),
    "en": re.compile(r"\b(?P<verb>is|are|was|were|has|have|had|will|did|does|do|would|could|should)(?: not|n['’]t)\b"),
}
_HEDGES = {
    "fr": tuple(
        (re.compile(rf"\b{hedge}\b"), plain)
        for hedge, plain in {
            "aurait": "a",
            "auraient": "ont",
            "serait": "est",
            "seraient": "sont",
            "pourrait": "va",
            "pourraient": "vont",
            "devrait": "va",
            "devraient": "vont",
            "probablement ": "",
            "peut-être ": "",
        }.items()
    ),
    "en": tuple(
        (re.compile(rf"\b{hedge}\b"), plain)
        for hedge, plain in {
            "may": "will",
            "might": "will",
            "could": "will",
            "reportedly ": "",
            "allegedly ": "",
            "probably ": "",
            "possibly ": "",
            "likely ": "",
        }.items()
    ),
}
_WORLD = {
    "fr": ("Argentine", "Finlande", "Vietnam", "Kenya", "Pérou", "Norvège"),
    "en": ("Argentina", "Finland", "Vietnam", "Kenya", "Peru", "Norway"),
}


_ENUMERATION = re.compile(r"(?:,? (?:et|ou|and|or|à|to)(?: \w+){0,2} |, (?:\w+ ){0,2}| ?[-–] ?).{0,3}")


def _exchanged(text: str, one: Name | Quantity, other: Name | Quantity) -> str:
    first, second = text[one.start : one.end], text[other.start : other.end]
    return text[: one.start] + second + text[one.end : other.start] + first + text[other.end :]


def _in_digits(text: str, language: str) -> list[Quantity]:
    return [quantity for quantity in quantities(text, language) if text[quantity.start].isdigit()]


def _countries(text: str, language: str) -> list[Name]:
    """Countries by their nouns."""
    return [
        Name(text[found.start : found.end], found.start, found.end)
        for found in mentions(text, language)
        if all(thing.isalpha() and len(thing) == 2 for thing in found.things)
        and text[found.start].isupper()
        and not is_seat(text[found.start : found.end])
        and text[found.start : found.end].endswith(_NOUN_ENDINGS)
    ]


_NOUN_ENDINGS = ("ie", "nce", "ne", "an", "ce", "de", "que", "da", "ia", "land", "ly", "in", "ak", "aq", "ael", "aël")
