"""Puts a country's name into a question where it names the seat of its government: "Ottawa" is "le Canada"."""

from __future__ import annotations

import re

from rag.answering.asking.question import Asked
from rag.answering.asking.wording import of
from rag.language.facts import places_of
from rag.language.folding import fold
from rag.language.gazetteer import country_name, is_seat
from rag.language.stop_words import listed
from rag.schema import Language


def put_plainly(question: str, asked: Asked, passage: str, language: str) -> str:
    """The question as a passage can be read for it that tells of a country, and never names its seat of government.

    A reader that learned from a few texts does not know which country "Ottawa" stands for. A town where something is
    ("à Ottawa") stays.

    Args:
        question: what is put to the passage, in the language of `asked`.
        language: of the passage.
    """
    told = fold(passage)
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
    return text[:1].upper() + text[1:] + after


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


_WHERE = re.compile(r"\b(?:a|vers|pres de|at|in|near|to|from) $")  # folded
_OF = re.compile(r"(?P<space>^| )(?:de |d['\u2019])$")
_MASCULINE = listed("mexique cambodge mozambique zimbabwe suriname laos honduras belarus")
_BARE = listed(
    """andorre bahrein chypre cuba djibouti haiti israel madagascar malte maurice monaco nauru oman palaos samoa
    singapour taiwan tonga tuvalu vanuatu"""
)
_SINGULAR = ("Cyprus", "Belarus", "Honduras", "Laos", "Mauritius", "Barbados")
