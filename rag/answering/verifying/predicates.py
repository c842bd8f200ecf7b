"""Finds what a sentence says of its subject, where an auxiliary leads to it: "ont été retirés", "has accepted"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answering.verifying.pairing import Pairing
from rag.answering.verifying.statements import Statement, Unit
from rag.language.detection import read_as
from rag.language.folding import fold
from rag.language.stop_words import listed


def is_unsaid(pairing: Pairing) -> bool:
    """Whether the window lacks what the claim says of its subject: the tensions rose, whatever else is the same.

    What it has only as something to do, or as of what something else is, it does not say: "l'enquête visant à le
    destituer", "une procédure de destitution".
    """
    predicates = {(unit.start, unit.end) for statement in pairing.claim for unit in _predicates(statement)}
    return any(
        (unit.start, unit.end) in predicates and not _is_done(pairing, place) for place, unit in enumerate(pairing.said)
    )


def says_all(pairing: Pairing) -> bool:
    """Whether the window says each word of the claim that tells: one left out may be the one that is false."""
    language = read_as(pairing.claim[0].language)
    needless = _AUXILIARIES[language] | _NEEDLESS
    said_so = any(token.folded in _SAID_SO for statement in pairing.window for token in statement.tokens)
    return all(
        pairing.says(place) or fold(unit.text) in needless or (said_so and _says_so(unit, pairing.claim[0].text))
        for place, unit in enumerate(pairing.said)
    )


def _says_so(unit: Unit, text: str) -> bool:
    """Whether a word only says that somebody says what follows: "estime que", "selon"."""
    word = fold(unit.text)
    return word in _SAID_SO and (word in {"selon", "according"} or bool(_THAT.match(text, unit.end)))


def _is_done(pairing: Pairing, place: int) -> bool:
    """Whether the window says the predicate at a place of the claim, other than as a complement."""
    if not pairing.places[place]:
        return pairing.says(place)
    starts = (pairing.there[there].start for there in pairing.places[place])
    before = [pairing.window[0].text[max(0, start - _BESIDE) : start].lower() for start in starts]
    return not pairing.one_language or any(not _COMPLEMENT.search(text) for text in before)


def _predicates(statement: Statement) -> Iterator[Unit]:
    """The words right after an auxiliary, with nothing but particles and adverbs between."""
    by_start = {unit.start: unit for unit in statement.units}
    language = read_as(statement.language)
    waiting = False
    for token in statement.tokens:
        unit = by_start.get(token.start)
        if token.folded in _AUXILIARIES[language] and statement.text[token.start] not in "àÀ":
            waiting = True
        elif waiting and unit and unit.kind == "word" and not _is_adverb(token.folded, language):
            yield unit
            waiting = False
        elif token.folded not in _BETWEEN[language] and not _is_adverb(token.folded, language):
            waiting = False


_NEEDLESS = listed(
    """ville town city mr mrs ms monsieur madame egalement aussi recemment finalement officiellement cause raison
    because due fact officially recently also finally environ quelque quelques approximately roughly"""
)
_THAT = re.compile(r" (?:que |qu['’]|that )", re.I)
_SAID_SO = listed(  # verbs of saying that are as good as each other: who says what is for the guards
    """dit declare declarer affirme indique indiquer explique estime juge precise assure ajoute souligne rappelle
    annonce considere pense selon says said say told added noted explained stated announced believes thinks according"""
)
_BESIDE = 24  # characters before a word that may make it a complement
_COMPLEMENT = re.compile(
    r"(?<!réussi )(?<!parvenu )(?<!vient )(?<!viennent )(?<!fini )(?<!achevé )(?<!managed )"
    r"(?:\b(?:de|du|à|pour|sans|contre|to|of|without|against) |\bd['’])(?:l[ae]s? |l['’]|the |be |être )?$"
)
_AUXILIARIES = {
    "fr": listed(
        """ai a ont avait avaient est sont etait etaient fut sera seront ete va vont aura auront aurait auraient serait
        seraient doit doivent devait peut peuvent pouvait"""
    ),
    "en": listed("has have had is are was were be been will would did does do can could must should shall"),
}
_BETWEEN = {
    "fr": listed(
        """pas plus jamais rien deja aussi ensuite encore toujours bien aujourd hui d' abord enfin t il elle ils elles
        ne n' y en"""
    ),
    "en": listed("not never also already since still now then ever just again soon been being have n't"),
}


_NO_ADVERBS = listed("apply supply reply rely comply multiply fly")


def _is_adverb(folded: str, language: str) -> bool:
    return folded.endswith("ly" if language == "en" else "ment") and folded not in _NO_ADVERBS
