"""Puts a question into plain words for a reader: "Ottawa" is "le Canada", and "Daech" is "l'État islamique"."""

from __future__ import annotations

import re

from rag.answering.asking.question import Asked
from rag.answering.asking.wording import INFINITIVE, agreeing
from rag.language.facts import places_of
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import Mention, country_name, is_seat, stands_in_a_name
from rag.language.stop_words import listed
from rag.schema import Language


def put_plainly(question: str, asked: Asked, passage: str, language: str) -> str:
    """The question as a passage can be read for it that tells of a country or body by another of its names.

    A reader that learned from a few texts does not know which country "Ottawa" stands for, nor that "Daech" is "l'État
    islamique", and takes "compte" for counting ("compte faire" is "va faire"). A town where something is ("à Ottawa"),
    and what is said of one ("le maire de Londres"), stays.

    Args:
        question: what is put to the passage, in the language of `asked`.
        language: of the passage.
    """
    told = fold(passage)
    for sign in reversed(list(_MEANING_TO.finditer(fold_in_place(question)))):
        if question[sign.end("joined") :].lstrip()[:1].islower():  # no town: "Combien d'habitants compte Alger ?"
            question = question[: sign.start()] + ("vont" if sign["many"] else "va") + question[sign.end() :]
    for form, other in asked.other_forms:
        if form not in passage and other in passage:
            question = other.join(re.split(rf"(?<!\w){re.escape(form)}(?!\w)", question))
    question = _by_its_name_there(question, asked, passage, language)
    seats = [place for place in places_of(question, asked.language) if _is_government(question, place, told)]
    if not seats or _OF_A_TOWN.search(fold(question)):
        return question
    countries = frozenset[str]().union(*(other.things for other in places_of(passage, language)))
    for place in reversed(seats):
        name = next(filter(None, (country_name(one, asked.language) for one in sorted(place.things & countries))), None)
        if name:
            question = _fitted(question, place, name, asked.language)
    return question


def _by_its_name_there(question: str, asked: Asked, passage: str, language: str) -> str:
    """The question with each body that it names under the name that the passage has for it, where that fits in."""
    if language != asked.language:
        return question
    told, there = fold(passage), places_of(passage, language)
    for place in reversed(places_of(question, asked.language)):
        own = question[place.start : place.end]
        if not place.is_body or re.search(rf"\b{re.escape(fold(own))}\b", told) or stands_in_a_name(question, place):
            continue
        names = [passage[other.start : other.end] for other in there if other.things == place.things]
        if names and (fitted := _in_place(names[0], question[: place.start], own, asked.language)):
            question = fitted + question[place.end :]
    return question


def _in_place(name: str, before: str, own: str, language: Language) -> str | None:
    """A name after what stands before the one that it replaces; None where they would need another article."""
    if language == "en":
        return before + name
    if before.endswith("groupe "):
        return before + name
    article, vowels = _ARTICLE.search(before), (_begins_with_vowel(own), _begins_with_vowel(name))
    if article:
        return before + name if article[1] and all(vowels) else None
    elided = f"l'{name}" if vowels[1] else None
    return (before + elided if before else f"{elided[0].upper()}{elided[1:]}") if elided else None


def _begins_with_vowel(name: str) -> bool:
    return fold(name)[:1] in set("aeiou")


def _is_government(question: str, place: Mention, told: str) -> bool:
    """Whether a seat of government that a folded passage does not name stands alone in a question, as who acts."""
    seat, before = question[place.start : place.end], fold(question[: place.start])
    if not is_seat(seat) or fold(seat) in told or stands_in_a_name(question, place):
        return False
    return not _LED.search(before)


def _fitted(question: str, place: Mention, name: str, language: Language) -> str:
    """The question with a country's name in that place, its verb in agreement; as it was where that is not known."""
    phrase = (_french if language == "fr" else _english)(name)
    before, after = question[: place.start], question[place.end :]
    text = before + phrase if before else phrase[:1].upper() + phrase[1:]
    if not phrase.startswith("les "):
        return agreeing(text + after, phrase.partition(" ")[0], len(text))
    inverted = _INVERTED.search(after)
    plural = _plural(inverted[1]) if inverted else None
    if inverted and plural:
        return f"{text}{after[: inverted.start()]}{plural}-ils{after[inverted.end() :]}"
    return text + after if _MANY.search(after) else question


def _plural(verb: str) -> str | None:
    """ "vont" for "va"; None where the plural is not known."""
    many = (verb.removesuffix(one) + several for one, several in _ENDINGS if verb.endswith(one))
    return _PLURALS.get(verb) or next(many, None)


def _french(name: str) -> str:
    folded = fold(name)
    first = folded.split()[0]
    if folded in _BARE:
        return name
    if folded[0] in "aeiou" and not first.endswith("s"):
        return f"l'{name}"
    if first.endswith("s") and first not in _MASCULINE:
        return f"les {name}"
    return f"{'la' if first.endswith('e') and first not in _MASCULINE else 'le'} {name}"


def _english(name: str) -> str:
    return f"the {name}" if name.startswith("United") or (name.endswith("s") and name not in _SINGULAR) else name


_ARTICLE = re.compile(r"(?i)(?:(\bl['\u2019])|\b(?:le|la|les|du|des|aux?) |\bd['\u2019])$")
_INVERTED = re.compile(r"(?<!['\u2019])\b([^\W\d_]+)-(?:t-)?(?:il|elle)\b")
_MANY = re.compile(r"-(?:il|elle)s\b")
_PLURALS = {
    "a": "ont",
    "va": "vont",
    "est": "sont",
    "fait": "font",
    "doit": "doivent",
    "peut": "peuvent",
    "veut": "veulent",
}
_ENDINGS = (("ait", "aient"), ("ra", "ront"), ("e", "ent"))
_MEANING_TO = re.compile(  # folded
    r"(?<!le )(?<!un )(?<!son )(?<!leur )(?<!ce )(?<!du )(?<!au )(?<!rend )(?<!tient )"
    rf"\bcompte(?P<many>nt)?(?=(?P<joined>(?:-(?:t-)?(?:il|elle|on)s?)?) {INFINITIVE})"
)
_LED = re.compile(  # folded: what leads to a town, and not to who acts; and the article that "le Kremlin" has
    r"(?:\b(?:a|de|dans|sur|vers|depuis|autour de|pres de|hors de|l[ae]s?|du|des|aux?|the|in|at|of|from|to|near|around|"
    r"outside|for)|\b(?:a|de|in|at|of|from|to) [a-z-]+ (?:et|and)) $|\b[dl]['\u2019]$"
)
_OF_A_TOWN = re.compile(
    r"\b(?:habitants?|population|se (?:trouve|situe)|situee?|ville|capitale|inhabitants|city|capital|located)\b"
)
_MASCULINE = listed("mexique cambodge mozambique zimbabwe suriname laos honduras belarus")
_BARE = listed(
    """andorre bahrein chypre cuba djibouti haiti israel madagascar malte maurice monaco nauru oman palaos samoa
    singapour taiwan tonga tuvalu vanuatu"""
)
_SINGULAR = ("Cyprus", "Belarus", "Honduras", "Laos", "Mauritius", "Barbados")
