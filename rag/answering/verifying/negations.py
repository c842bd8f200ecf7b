"""Finds where a French or English sentence says no, and what it says no to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from rag.answering.verifying.statements import Statement, Unit
from rag.language.folding import fold
from rag.language.stop_words import listed


def negation_places(statement: Statement) -> Iterator[int]:
    """The place of each negation among the words: of "ne" where there is one."""
    waiting = opened = 0  # words after "ne" in which it can still be completed
    for place, token in enumerate(statement.tokens):
        waiting -= 1
        if statement.language == "en":
            negates = token.folded in _ALONE["en"] or token.folded.endswith("n't")
            if negates and not _is_widened(statement, place):
                yield place
        elif token.folded in {"ne", "n'"}:
            waiting, opened = _REACH, place
            if _has_denied_subject(statement, place):
                waiting = 0
                yield place
        elif waiting > 0 and token.folded in _NEGATORS:
            waiting = 0
            if not _is_widened(statement, place):
                yield opened
        elif _denies_alone(statement, place):
            if not _is_widened(statement, place):
                yield place
            waiting = 0


def _denies_alone(statement: Statement, place: int) -> bool:
    """Whether a French word denies without "ne": "sans", "aucun", and "ni" after it ("aucune donnée ni de preuve")."""
    token = statement.tokens[place]
    if token.folded == "ni":
        return any(near.folded in _NONE and near.clause == token.clause for near in statement.tokens[:place])
    return token.folded in _ALONE["fr"] and not (place and statement.text[token.start].isupper())  # Pas-de-Calais


def _has_denied_subject(statement: Statement, place: int) -> bool:
    """Whether "ne" is completed by what opens its clause: "Personne n'a signé", "Ni Rome ni Paris ne partent"."""
    clause = [token.folded for token in statement.tokens[:place] if token.clause == statement.tokens[place].clause]
    while clause and clause[0] in _JOINING:
        del clause[0]
    following = [token.folded for token in statement.tokens[place + 1 : place + 1 + _REACH]]
    opened = clause[:1] and clause[0] in _DENIED and not _EXCEPTING.intersection(clause)
    return bool(opened) and not _ONLY_BY.intersection(following[:4])


def passed_on(statement: Statement, unit: Unit) -> Unit | None:
    """What a negated intention is about: the word after it in its clause, or after the mark that quotes it."""
    if not _INTENTION[statement.language].match(fold(unit.text)):
        return None
    after = bisect_left(statement.units, unit.end, key=lambda near: near.start)
    return statement.units[after] if after < len(statement.units) and statement.units[after].kind == "word" else None


def refused(statement: Statement) -> Iterator[Unit]:
    """What a sentence says that somebody refuses or renounces, and does not say otherwise."""
    tokens = statement.tokens
    for place, token in enumerate(tokens[:-2]):
        if not _REFUSAL[statement.language].fullmatch(token.folded):
            continue
        if tokens[place + 1].folded not in _TO[statement.language] or _is_undone(statement, place):
            continue
        unit = unit_at(statement, place + 1)
        if unit is not None and unit.start >= token.end:
            yield unit


def unit_at(statement: Statement, place: int) -> Unit | None:
    """What a mark bears on: the unit after it in its clause, else the one before it there."""
    token = statement.tokens[place]
    after = bisect_left(statement.units, token.end, key=lambda unit: unit.start)
    if after + 1 < len(statement.units) and fold(statement.units[after].text) in _COMPLETING:
        compared = {near.folded for near in statement.tokens[place : place + _REACH]} & _COMPARED
        after += not compared  # "n'a jamais signé" negates signing, "no longer active" being active
    for near in (after, after - 1):
        if 0 <= near < len(statement.units) and statement.units[near].clause == token.clause:
            return statement.units[near]
    return None


_NEGATORS = listed("pas plus jamais rien aucun aucune personne ni guere nullement nul nulle point")
_COMPLETING = _NEGATORS | listed("encore longer more")
_COMPARED = listed("tel telle tels telles autant aussi si such so than as")  # "n'avait jamais signé un tel accord"
_ALONE = {
    "fr": listed("sans pas aucun aucune jamais nullement"),
    "en": listed("not never no without neither nor cannot none nobody nothing"),
}
_ONLY = listed("seulement uniquement only just merely")
_NONE = listed("aucun aucune")
_DENIED = listed("personne rien nul nulle ni")
_JOINING = listed("mais et que qu' car or donc puis si")
_EXCEPTING = listed("autre autres hormis sauf avant excepte doute plus moins")  # "ni plus ni moins", "nul doute"
_ONLY_BY = frozenset({"que", "qu'"})  # "n'a surpris que ..."
_REACH = 7  # words between "ne" and the word that completes it
_INTENTION = {
    "fr": re.compile(r"intention|prevoi|prevu|envisag|compt|entend|souhait|veu|voul|projet|pret"),
    "en": re.compile(r"intend|intention|plan|want|wish|expect|ready|willing|propos"),
}
_REFUSAL = {
    "fr": re.compile(r"refus(?:e|ent|ait|aient|ant|era|eront|er)|renonc(?:e|ent|eait|ant|era|er)|exclu(?:t|ent|ait)?"),
    "en": re.compile(r"refus(?:e|es|ed|ing|al)|declin(?:e|es|ed|ing)|fail(?:s|ed)?"),
}
_TO = {"fr": {"de", "d'", "a"}, "en": {"to"}}


def _is_widened(statement: Statement, place: int) -> bool:
    """Whether a negation denies nothing: "pas seulement", "pas que", "plus que trois", "que jamais", "not until"."""
    following = [token.folded for token in statement.tokens[place + 1 : place + 1 + _REACH]]
    before = [token.folded for token in statement.tokens[max(0, place - 2) : place]]
    own = statement.tokens[place].folded
    if following[:1] and (following[0] in _ONLY or (own in {"pas", "plus"} and following[0] in {"que", "qu'"})):
        return True
    if own == "jamais" and before[-1:] in (["que"], ["qu'"]):
        return True
    lessens = (
        own == "pas" and following[:1] == ["moins"] and "en" in {token.folded for token in statement.tokens[:place]}
    )
    return lessens or (statement.language == "en" and "until" in following)


def _is_undone(statement: Statement, place: int) -> bool:
    """Whether a refusal is itself negated: "n'a pas refusé de partir"."""
    before = statement.tokens[max(0, place - 4) : place]
    words = _ALONE["en"] if statement.language == "en" else _NEGATORS
    return any(token.folded in words or token.folded.endswith("n't") for token in before)
