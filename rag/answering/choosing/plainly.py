"""Puts a question into plain words for a reader: "Ottawa" is "le Canada", and "compte faire" is "va faire"."""

from __future__ import annotations

import re

from rag.answering.asking.question import Asked
from rag.answering.asking.wording import INFINITIVE, agreeing, of
from rag.language.facts import places_of
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import country_name, is_seat
from rag.language.stop_words import listed
from rag.schema import Language


def put_plainly(question: str, asked: Asked, passage: str, language: str) -> str:
    """The question as a passage can be read for it that tells of a country, and never names its seat of government.

    A reader that learned from a few texts does not know which country "Ottawa" stands for, and takes "compte" for
    counting. A town where something is ("à Ottawa") stays.

    Args:
        question: what is put to the passage, in the language of `asked`.
        language: of the passage.
    """
    told = fold(passage)
    for sign in reversed(list(_MEANING_TO.finditer(fold_in_place(question)))):
        question = question[: sign.start()] + ("vont" if sign[1] else "va") + question[sign.end() :]
    for place in reversed(places_of(question, asked.language)):
        seat, before = question[place.start : place.end], question[: place.start]
        if not is_seat(seat) or fold(seat) in told or _WHERE.search(fold(before)):
            continue
        countries = frozenset[str]().union(*(other.things for other in places_of(passage, language)))
        name = next(filter(None, (country_name(one, asked.language) for one in sorted(place.things & countries))), None)
        if name:
            question = _fitted(before, name, question[place.end :], asked.language)
    return question


def _fitted(before: str, name: str, after: str, language: Language) -> str:
    """A country's name, with its article, between what stands before it and after it."""
    phrase = (_french if language == "fr" else _english)(name)
    led = _OF.search(before) if language == "fr" else None
    text = f"{before[: led.start()]}{led['space']}{of(phrase)}" if led else f"{before}{phrase}"
    text = text[:1].upper() + text[1:]
    if phrase.startswith("les "):
        return text + _INVERTED.sub(_plural, after, count=1)
    return agreeing(text + after, phrase.partition(" ")[0], len(text))


def _plural(inverted: re.Match[str]) -> str:
    """ "vont-ils" for "va-t-il"; as it is where the plural is not known."""
    verb = inverted[1]
    many = [verb.removesuffix(one) + several for one, several in _ENDINGS if verb.endswith(one)]
    plural = _PLURALS.get(verb) or next(iter(many), None)
    return f"{plural}-ils" if plural else inverted.group()


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


_INVERTED = re.compile(r"\b([^\W\d_]+)-(?:t-)?(?:il|elle)\b")
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
_MEANING_TO = re.compile(rf"\bcompte(nt)?(?=(?:-(?:t-)?(?:il|elle|on)s?)? {INFINITIVE})")
_WHERE = re.compile(r"\b(?:a|vers|pres de|at|in|near|to|from) $")  # folded
_OF = re.compile(r"(?P<space>^| )(?:de |d['\u2019])$")
_MASCULINE = listed("mexique cambodge mozambique zimbabwe suriname laos honduras belarus")
_BARE = listed(
    """andorre bahrein chypre cuba djibouti haiti israel madagascar malte maurice monaco nauru oman palaos samoa
    singapour taiwan tonga tuvalu vanuatu"""
)
_SINGULAR = ("Cyprus", "Belarus", "Honduras", "Laos", "Mauritius", "Barbados")
