"""Trims what may be the bare answer to what is the answer: one number with its own noun, a name alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, NAMED
from rag.answering.choosing.corrections import is_taken_back
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.sentences import Candidate
from rag.language.facts import quantities_of
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import mentions
from rag.language.stop_words import listed

TRUSTED = 0.6  # probability of the neural reader that a passage answers, from which its words weigh
NOTICED = 0.2  # the same, from which a name beside its words is doubted
POSSIBLE, RAISED = 0.45, 0.85  # fit that a bare answer in its words needs, and the fit it then has
DOUBTED = 0.5  # share of its fit that is left to an answer that was cut, or is seldom one


def borne_out(bares: Sequence[Bare], sentence: Candidate, asked: Asked) -> list[Bare]:
    """The bare answers as the neural reader sees them: those in its words come first, and are sure where it is sure.

    A name or a definition beside its words is none: what they say is of somebody else.
    """
    words = sentence.words
    if words is None or not asked.wanted:
        return list(bares)
    inside = [bare.start < words[1] and words[0] < bare.end for bare in bares]
    if asked.wanted in (*NAMED, "definition") and sentence.answerable >= NOTICED:
        bares = [
            bare if within else replace(bare, fit=bare.fit * DOUBTED)
            for bare, within in zip(bares, inside, strict=True)
        ]
    if sentence.answerable < TRUSTED:
        return list(bares)
    told = [(bare, within and bare.fit >= POSSIBLE) for bare, within in zip(bares, inside, strict=True)]
    raised = [replace(bare, fit=max(bare.fit, RAISED)) if within else bare for bare, within in told]
    order = sorted(range(len(told)), key=lambda place: (not told[place][1], place))
    return [raised[place] for place in order]


def trimmed(bare: Bare, asked: Asked, sentence: str, language: str) -> Bare:
    """The bare answer without what does not belong to it; less fit where that leaves a doubt.

    A date keeps what makes it precise: "fin juin", "mi-août".
    """
    if asked.wanted in AMOUNTS:
        return _amount(bare, sentence, language)
    if asked.wanted in NAMED:
        return _name(bare, asked, sentence, language)
    if asked.wanted == "date":
        part = _PART_OF_TIME.search(fold_in_place(sentence), max(0, bare.start - 20), bare.start)
        return replace(bare, start=part.start()) if part else bare
    if asked.wanted == "reason":
        aside = _ASIDE.search(sentence, bare.start + _SHORTEST, bare.end)
        return _closed(replace(bare, end=aside.start()) if aside else bare, sentence)
    return bare


def _closed(bare: Bare, sentence: str) -> Bare:
    """The bare answer to the end of the quotation that it begins, or up to a mark that closes one begun before it."""
    text = sentence[bare.start : bare.end]
    place = unpaired(text)
    if place is None:
        return bare
    closing = sentence.find(_CLOSING[text[place]], bare.end) if text[place] in _CLOSING else -1
    if 0 <= closing < bare.start + LONGEST_QUOTED:
        return replace(bare, end=closing + 1)
    kept = text[:place].rstrip(" ,:;")
    end = bare.start + len(kept) if len(kept) >= _SHORTEST else bare.end
    return replace(bare, end=end, fit=bare.fit * DOUBTED)


def unpaired(text: str) -> int | None:
    """Where the first mark of quotation or bracket stands that has no other half in a text; None where all have one."""
    waiting: list[int] = []
    for place, mark in enumerate(text):
        last = text[waiting[-1]] if waiting else ""
        if mark == '"' and last == '"':
            waiting.pop()
        elif mark in _CLOSING:
            waiting.append(place)
        elif mark in _CLOSING.values():
            if not last or _CLOSING[last] != mark:
                return place
            waiting.pop()
    return waiting[0] if waiting else None


_PART_OF_TIME = re.compile(r"\b(?:mi-|mid-|(?:mi|mid|debut|fin|courant|early|late|(?:beginning|end) of) )$")
_SHORTEST = 15  # characters of a reason
LONGEST_QUOTED = 250  # characters of one that ends with a quotation
_CLOSING = {"«": "»", "“": "”", "(": ")", '"': '"'}
_ASIDE = re.compile(r" ?[:;] |, (?:sans|mais|tandis|alors que|bien que|without|but|while|although)\b")
_OTHER_PART = re.compile(
    r"(?i)[,;:()«»]|\b(?:et|ou|dans|sur|chez|pour|par|depuis|parmi|avec|chaque|and|or|from|in|at|on|by|with|among|"
    r"every|each)\b|(?<=[%€$£]) (?!d(?:e|es|u)\b|d['’]|of\b)"
)
_IN_A_RANGE = re.compile(r"(?i)(?:entre|between) \D{0,3}\d[^()«»;:]{0,20} (?:et|and) [€$£]?")
_NETWORKS = listed("twitter facebook instagram youtube telegram tiktok whatsapp linkedin snapchat")
_AGENCIES = listed("afp reuters ap associated press bloomberg efe dpa ansa tass xinhua belga ats")


def _amount(bare: Bare, sentence: str, language: str) -> Bare:
    """The number with the noun that stands beside it; a noun beyond a comma or an "and" is that of something else."""
    inside = [one for one in quantities_of(sentence, language) if bare.start <= one.start and one.end <= bare.end]
    if not inside:
        return bare
    number = min(inside, key=lambda one: f"{one.value:g}{one.unit or ''}" != bare.value)
    if is_taken_back(fold_in_place(sentence), number.start, number.end):
        return replace(bare, fit=bare.fit * DOUBTED)
    start, end, fit = bare.start, bare.end, bare.fit
    if parted := _OTHER_PART.search(sentence, number.end, end):
        beyond = sentence[number.end : parted.start()].strip()
        end = parted.start() if beyond else number.end
        fit *= DOUBTED if parted.group().strip() else 1.0
    lead = sentence[start : number.start]
    if _OTHER_PART.search(lead) and not _IN_A_RANGE.fullmatch(lead):
        start = number.start
    return replace(bare, start=start, end=_without_space(sentence, start, end), fit=fit)


def _name(bare: Bare, asked: Asked, sentence: str, language: str) -> Bare:
    """The name alone: no house before a person ("le Kremlin Mark Dorval"), no adjective of a country, no agency."""
    text = sentence[bare.start : bare.end]
    if text[:1].islower() or (fold(text) in _AGENCIES and not asked.several) or fold(text) in _NETWORKS:
        return replace(bare, fit=bare.fit * DOUBTED)
    if asked.wanted in ("person", "name"):
        house = next((place for place in mentions(text, language) if place.start == 0), None)
        rest = text[house.end :] if house else ""
        if house and len(rest.split()) > 1 and rest[:1] == " ":
            return replace(bare, start=bare.start + house.end + 1)
    return bare


def _without_space(sentence: str, start: int, end: int) -> int:
    return start + len(sentence[start:end].rstrip())
