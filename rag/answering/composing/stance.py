"""Tells whether a sentence says yes or no to a question that can be answered so."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answering.asking.question import Asked
from rag.answering.verifying.marks import negated
from rag.answering.verifying.statements import Statement, Unit, statements, word_keys
from rag.language.folding import fold, fold_in_place


def stance(asked: Asked, sentence: str, language: str) -> bool | None:
    """Whether a sentence says that what is asked is so (True) or is not so (False); None when it says neither.

    It has to say what the question says with the same word or one of the same meaning (`_ALIKE`), or to speak of what
    the question asks to be there ("Reste-t-il ...", "Are there ...").
    """
    sought, leaving = _predicates(asked), _groups()[0]
    read = statements(sentence, "en" if language == "en" else "fr")
    if not sought:
        sought = _what_is_there(asked)
        if any(unit.keys & leaving for statement in read for unit in statement.units):
            return None
    found = [
        _is_denied(statement, unit)
        for statement in read
        for unit in statement.units
        if unit.kind == "word" and unit.keys & sought and fold(unit.text) not in _IDIOMATIC
    ]
    return not any(found) if found else None


# What news says in several words: each line is of one meaning, in either language; every form counts, as its stem.
_ALIKE = """
quitter quitté quitte quittent partir parti partis part départ retirer retiré retirées retrait évacuer évacué rapatrier
    retire leave left leaves withdraw withdrew withdrawal withdrawn depart departed exit pull pulled
mourir mort décédé décès tué tuer die died dead killed death
démissionner démission démissionné resign resigned resignation
signer signé signature sign signed signing
gagner gagné remporter remporté victoire vainqueur win won victory
fermer fermé fermeture close closed closing shut
ouvrir ouvert ouverture rouvrir open opened opening reopen
candidat candidature présenter présente candidate candidacy run running
"""
_IDIOMATIC = {"part", "fin", "parties", "left"}  # "a fait part", "une partie"
_EXISTENCE = re.compile(r"\b(?:(?:reste|y a|existe)-t-il|y avait-il|(?:is|are|was|were) there)\b")
_DENIES = re.compile(
    r"\b(?:dement(?:i|ent|ie)?|nie(?:nt)?|conteste(?:nt)?|refuse(?:nt|r)?|rejette(?:nt)?|exclu[ts]?|refute(?:nt)?|"
    r"renonc\w*|den(?:y|ies|ied)|refus(?:e|es|ed)|reject(?:s|ed)?|ruled out)\b"
)
_REACH = 7  # words from a negation to the word that it can still deny: "n'a pas l'intention de retirer"


def _predicates(asked: Asked) -> frozenset[str]:
    """The stems that say what is asked, if one of the question's words has a meaning that is known."""
    named = {term.word for term in asked.names}
    placed = [(place.start, place.end) for place in asked.places]
    own = frozenset[str]()
    for term in asked.terms:
        start = asked.text.find(term.word)
        if term.word not in named and not any(begin <= start < end for begin, end in placed):
            own |= term.stems
    return frozenset[str]().union(*(group for group in _groups() if group & own))


def _what_is_there(asked: Asked) -> frozenset[str]:
    """The stems of the first thing after "reste-t-il" and its like."""
    sign = _EXISTENCE.search(fold_in_place(asked.text))
    things = (term for term in asked.terms if sign and asked.text.find(term.word) >= sign.end())
    first = next(things, None)
    return first.stems if first else frozenset()


@lru_cache(maxsize=1)
def _groups() -> tuple[frozenset[str], ...]:
    lines = _ALIKE.replace("\n    ", " ").strip().splitlines()
    return tuple(
        frozenset(
            key for word in line.split() for language in ("fr", "en") for key in word_keys(word, language, abroad=False)
        )
        for line in lines
    )


def _is_denied(statement: Statement, unit: Unit) -> bool:
    """Whether a word is negated, stands behind a negation in its clause, or behind a verb of denial."""
    before = fold(statement.text[statement.start : unit.start])
    if _DENIES.search(before[-120:]):
        return True
    denied = [other for other in negated(statement) if other is not None]
    if any(other.start == unit.start for other in denied):
        return True
    earlier = [token.start for token in statement.tokens if token.start < unit.start][-_REACH:]
    return any(other.clause == unit.clause and other.start < unit.start and other.start in earlier for other in denied)
