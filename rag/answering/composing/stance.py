"""Tells whether a sentence says yes or no to a question that can be answered so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.asking.nouns import same_nouns
from rag.answering.asking.question import Asked
from rag.answering.composing.alternatives import alternatives, opposite
from rag.answering.composing.wordings import meanings
from rag.answering.verifying.marks import is_left_open, negated
from rag.answering.verifying.statements import Statement, Unit, statements, word_keys
from rag.language.detection import read_as
from rag.language.folding import fold, fold_in_place


def stance(asked: Asked, sentence: str, language: str) -> bool | None:
    """Whether a sentence says that what is asked is so (True) or is not so (False); None when it says neither.

    It has to say what the question says with the same word, one of the same meaning or its opposite (`wordings`), or to
    speak of what the question asks to be there ("Reste-t-il ...", "Are there ...").
    """
    sought, against = _sides(asked)
    read = statements(sentence, read_as(language))
    if two := alternatives(asked):
        return two.chosen(
            _meant(statement, unit) for statement, unit in _not_conceded(_saying(read, two.stems[0] | two.stems[1]))
        )
    if not sought:
        sought = _what_is_there(asked)
        leaving = meanings()[0][0]
        if _ENDING.search(fold(sentence)) or any(unit.keys & leaving for statement in read for unit in statement.units):
            return None
    sought = sought or _what_is_done(asked)
    saying = _not_conceded(_saying(read, sought | against))
    if told := [_is_denied(statement, unit) for statement, unit in saying if unit.keys & sought]:
        return not any(told)
    if opposed := [_is_denied(statement, unit) for statement, unit in saying]:
        return any(opposed)
    return None


def denies(asked: Asked, sentence: str, language: str) -> bool:
    """Whether a sentence says "not" of what a question takes for granted; never where that says "not" itself."""
    sought, _ = _sides(asked)
    saying = _not_conceded(_saying(statements(sentence, read_as(language)), sought))
    if not saying or _NEGATED.search(fold(asked.text)):
        return False
    return all(_is_negated(statement, unit) for statement, unit in saying)


def grants_the_other(asked: Asked, sentence: str, language: str) -> bool:
    """Whether a sentence grants one side and says the other: "malgré le retrait d'une partie, il reste"."""
    two = alternatives(asked)
    sought, against = two.stems if two else _sides(asked)
    saying = _saying(statements(sentence, read_as(language)), sought | against)
    granted = frozenset[str]().union(*(unit.keys for statement, unit in saying if _is_conceded(statement, unit)))
    stated = frozenset[str]().union(*(unit.keys for statement, unit in saying if not _is_conceded(statement, unit)))
    return bool((granted & sought and stated & against) or (granted & against and stated & sought))


def predicate(asked: Asked) -> frozenset[str]:
    """The stems of the words of a known meaning that say what is asked; none where there is no such word."""
    return _sides(asked)[0]


def sought_by(asked: Asked) -> frozenset[str]:
    """The stems of the words by which a sentence can say yes or no to a question."""
    if two := alternatives(asked):
        return two.stems[0] | two.stems[1]
    sought, against = _sides(asked)
    return sought | against | _what_is_there(asked) | _what_is_done(asked)


_IDIOMATIC = {"part", "fin", "parties", "left"}  # "a fait part", "une partie"
_POINTING = re.compile(r"\b(?:ce|cet|cette|ces|this|these) $")
_SETTLES = re.compile(
    r"\b(?:confirm\w*|dement\w*|renonc\w*|annul\w*|refus\w*|rejet\w*|exclu\w*|nie(?:nt|d)?|deni\w*|cancel\w*|"
    r"achev\w*|effecti\w*|eu lieu|termin\w*|complet\w*|took place|over)\b"
)
_EXISTENCE = re.compile(r"\b(?:(?:reste|y a|existe)-t-il|y avait-il|(?:is|are|was|were) there)\b")
_PRESENCE = re.compile(
    r"\b(?:(?:est|sont|etait|etaient)-(?:ils?|elles?) (?:encore|toujours|present\w*|la)|"
    r"(?:is|are) (?:[a-z]+ ){1,4}(?:still|present)|still (?:there|in|present))\b"
)
_ENDING = re.compile(r"\b(?:(?:met\w*|mis\w*) fin|fin de|cess(?:er?|ation)|ends?|ended|ending|halt\w*)\b")
_INVERTED = re.compile(r"\w-(?:t-)?(?:ils?|elles?|on) (?:(?:ete|deja|bien|vraiment|finalement|jamais|pu|du) )*")
_DENIES = re.compile(
    r"\b(?:dement(?:i|ent|ie)?|nie(?:nt)?|conteste(?:nt)?|refuse(?:nt|r)?|rejette(?:nt)?|exclu[ts]?|refute(?:nt)?|"
    r"renonc\w*|den(?:y|ies|ied)|refus(?:e|es|ed)|reject(?:s|ed)?|ruled out)\b"
)
_CONCEDES = re.compile(
    r"\b(?:malgre|en depit d[eu']|bien qu[e']|quoiqu[e']|despite|in spite of|though|although)(?:\b|(?<='))"
)
_OF_A_KIND = re.compile(r"militaires?")
_COUNTED = re.compile(
    r"(?:\b(?:l[ae]s?|un|des|du|aux?|ces?|ses|leurs?|quelques|plusieurs|d[e']|autres?|premiers)|\d) ?$|l'$"
)
_BUT = re.compile(r"\b(?:mais|but)\b")  # where what is denied ends: "n'a pas été tué mais blessé"
_NEGATED = re.compile(r"\b(?:ne|pas|jamais|not|never)\b|\bn'|n't\b")
_REACH = 7  # words from a negation to the word that it can still deny: "n'a pas l'intention de retirer"


def _sides(asked: Asked) -> tuple[frozenset[str], frozenset[str]]:
    """The stems that say what is asked, if one of the question's words has a meaning that is known, and the opposite.

    To be still there is not to have left.
    """
    folded = fold_in_place(asked.text)
    if _EXISTENCE.search(folded):
        return frozenset(), frozenset()
    if _PRESENCE.search(folded):
        return meanings()[1]
    named = {term.word for term in asked.names}
    own = frozenset[str]()
    for term in asked.terms:
        if term.word not in named and not asked.is_placed(term):
            own |= word_keys(term.word, asked.language, abroad=False)
    met = [sides for sides in meanings() if sides[0] & own]
    sought, against = (frozenset[str]().union(*(sides[side] for sides in met)) for side in (0, 1))
    return sought, against - sought


def _meant(statement: Statement, unit: Unit) -> frozenset[str]:
    """The stems of a word, or of its opposite where it is denied."""
    return opposite(unit.keys) if _is_denied(statement, unit) else unit.keys


def _what_is_done(asked: Asked) -> frozenset[str]:
    """The stems of the word after "a-t-il" and its like, which is mostly what somebody did."""
    sign = _INVERTED.search(fold_in_place(asked.text))
    first = next((term for term in asked.terms if sign and asked.text.find(term.word) == sign.end()), None)
    return first.stems if first and first not in asked.names else frozenset()


def _saying(read: Sequence[Statement], sought: frozenset[str]) -> list[tuple[Statement, Unit]]:
    """The words that say what is sought, each with its sentence; none that leave open whether it is so."""
    return [
        (statement, unit)
        for statement in read
        for unit in statement.units
        if unit.kind == "word"
        and unit.keys & sought
        and fold(unit.text) not in _IDIOMATIC
        and not _is_pointed_at(statement, unit)
        and not _is_adjective(statement, unit)
        and not is_left_open(statement, unit)
    ]


def _not_conceded(saying: list[tuple[Statement, Unit]]) -> list[tuple[Statement, Unit]]:
    """Those words that no clause with "malgré" or "although" grants, unless it grants them all."""
    return [one for one in saying if not _is_conceded(*one)] or saying


def _is_conceded(statement: Statement, unit: Unit) -> bool:
    own = [token for token in statement.tokens if token.clause == unit.clause and token.start < unit.start]
    return bool(own and _CONCEDES.search(fold(statement.text[own[0].start : unit.start])))


def _is_adjective(statement: Statement, unit: Unit) -> bool:
    """Whether a word that can be a noun stands behind another one and tells of what kind it is: "défaite militaire"."""
    return bool(_OF_A_KIND.fullmatch(fold(unit.text))) and not _COUNTED.search(fold(statement.text[: unit.start]))


def _is_pointed_at(statement: Statement, unit: Unit) -> bool:
    """Whether a word only takes up what was told before, and nothing is said of whether it is so: "Ce retrait suit"."""
    if not _POINTING.search(fold(statement.text[: unit.start])):
        return False
    return not _SETTLES.search(fold(statement.text[statement.start : statement.end]))


def _what_is_there(asked: Asked) -> frozenset[str]:
    """The stems of the first thing after "reste-t-il" and its like."""
    sign = _EXISTENCE.search(fold_in_place(asked.text))
    things = (term for term in asked.terms if sign and asked.text.find(term.word) >= sign.end())
    first = next(things, None)
    return same_nouns(first.stems) if first else frozenset()


def _is_denied(statement: Statement, unit: Unit) -> bool:
    """Whether a word is negated, stands behind a negation in its clause, or behind a verb of denial."""
    before = fold(statement.text[statement.start : unit.start])
    return bool(_DENIES.search(before[-120:])) or _is_negated(statement, unit)


def _is_negated(statement: Statement, unit: Unit) -> bool:
    denied = [other for other in negated(statement) if other is not None]
    if any(other.start == unit.start for other in denied):
        return True
    earlier = [token.start for token in statement.tokens if token.start < unit.start][-_REACH:]
    reaching = (other for other in denied if other.start < unit.start and other.start in earlier)
    return any(
        other.clause == unit.clause and not _BUT.search(fold(statement.text[other.end : unit.start]))
        for other in reaching
    )
