"""Finds what turns a sentence around or takes it back: negations, hedges, and who is said to have said it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from rag.answering.verifying.negations import negation_places, passed_on, refused, unit_at
from rag.answering.verifying.statements import Statement, Unit
from rag.language.folding import fold
from rag.language.stop_words import listed


@dataclass(frozen=True, slots=True)
class Attribution:
    """A phrase such as "selon X" or "X said": its own stretch of the text, and the stretches that it vouches for."""

    start: int
    end: int
    governed: tuple[tuple[int, int], ...]

    def holds(self, unit: Unit) -> bool:
        """Whether a unit is part of the attribution itself."""
        return self.start <= unit.start < self.end

    def governs(self, unit: Unit) -> bool:
        """Whether a unit is part of what is attributed."""
        return any(start <= unit.start < end for start, end in self.governed)


def negated(statement: Statement) -> tuple[Unit | None, ...]:
    """For each negation of a sentence, what it negates: what is said next or, where nothing is, before it.

    What somebody does not intend, or refuses, is negated too: "n'a pas l'intention de partir", "refuses to leave".
    """
    direct = [unit_at(statement, place) for place in negation_places(statement)]
    meant = [passed_on(statement, unit) for unit in direct if unit]
    return (*direct, *(unit for unit in meant if unit), *refused(statement))


def hedged(statement: Statement) -> tuple[Unit | None, ...]:
    """The same for each hedge: a conditional of hearsay ("aurait tué"), "may", "reportedly", "peut-être"."""
    return tuple(unit_at(statement, place) for place in range(len(statement.tokens)) if _hedges(statement, place))


def is_left_open(statement: Statement, unit: Unit) -> bool:
    """Whether a unit's clause leaves open whether it is so: "sans préciser si ...", "unless ..."."""
    here = [token.folded for token in statement.tokens if token.clause == unit.clause and token.start < unit.start]
    return any(
        word in _LEFT_OPEN and not (word == "si" and place and here[place - 1] in _BEFORE_SO)
        for place, word in enumerate(here)
    )


def conditionals(statement: Statement) -> frozenset[str]:
    """The French verbs in the conditional, folded; imperfects in "-rait" are among them."""
    if statement.language == "en":
        return frozenset()
    return frozenset(token.folded for token in statement.tokens if _CONDITIONAL.fullmatch(token.folded))


def attributions(statement: Statement) -> tuple[Attribution, ...]:
    """The phrases of a sentence that say who says so, where they vouch for the rest of it."""
    return tuple(_attributions(statement))


def tells(statement: Statement) -> bool:
    """Whether a sentence says in any way that somebody says something."""
    return bool(sayings(statement))


def sayings(statement: Statement) -> tuple[int, ...]:
    """The places of the words by which a sentence says that somebody says something: "selon", "déclaré", "said"."""
    return tuple(place for place in range(len(statement.tokens)) if _says(statement, place))


_BEFORE_SO = listed("a ont est sont etait etaient avait avaient un une des c' fut")  # "il a si vite signé"
_LEFT_OPEN = frozenset({"si", "if", "whether", "unless"})
_LONGEST_CLAUSE = 60  # words looked through
_HEDGES = {
    "fr": listed(
        """aurait auraient serait seraient pourrait pourraient devrait devraient probablement
        vraisemblablement apparemment possiblement eventuellement presume presumee presumes presumees pretendument
        semble semblent semblait semblerait potentiellement improbable probable"""
    ),
    "en": listed(
        """may might could reportedly allegedly apparently probably possibly perhaps likely seems seem seemed appears
        suspected alleged presumed potentially presumably purportedly supposedly"""
    ),
}
_CONDITIONAL = re.compile(r"[a-z]{2,}r(?:ait|aient)")


def _verb_forms(verbs: str) -> frozenset[str]:
    """The forms of French verbs in "-er" that news tells in, folded."""
    endings = ("e", "ent", "ait", "aient", "a", "erent", "ant", "era", "eront", "erait", "er")
    return frozenset(verb + ending for verb in fold(verbs).split() for ending in endings)


_SAYING = {
    "fr": _verb_forms(
        """declar affirm indiqu assur precis expliqu estim ajout soulign rapport signal confirm jug consider pens
        not rappel annonc relat racont confi insist plaid regrett repet martel rassur revel denonc promett soupconn
        comment detaill observ constat clam redout espér argu jur avanc lanc conclu temoign deplor ironis tempet
        analys resum evoqu suggere certifi mentionn informe inform assen reconnu accus"""
    )
    | listed(
        """dit disent disait disaient dire disant ecrit ecrivent ecrivait soutient soutiennent reconnait reconnaissent
        admet admettent admis promet promettent promis previent averti avertit repond repondu conclut poursuivi poursuit
        pretend pretendent pretendu croit croient"""
    ),
    "en": listed(
        """said says say saying tell tells told claim claims claimed add adds added announce announces announced explain
        explains explained insist insists insisted argue argues argued warn warns warned note notes noted state states
        stated suggest suggests suggested report reports reported believe believes believed think thinks thought
        estimate estimates estimated allege alleges alleged acknowledge acknowledges acknowledged admit admits admitted
        confirm confirms confirmed reveal reveals revealed predict predicts predicted write writes wrote tweeted tweet
        posted testified accused accuse accuses recalled asserted contend contends contended concluded maintain
        maintains maintained quipped joked replied declared stressed emphasized promised hoped hopes"""
    ),
}
_PLAIN_SAYING = listed("said says say")  # English needs no "that" after these
_NO_SAYING_AFTER = {  # determiners, and what makes a passive
    "fr": listed("le la l' les un une des du de d' ce cet cette ces son sa ses leur leurs ete etre"),
    "en": listed("the a an his her their its this that be been being was were is are"),
}
_AUXILIARIES = listed("a ont avait avaient aurait auraient t il elle on ils elles s' est sont etait deja aussi")
_BEFORE_SAYING = re.compile(r"""[,»”"—–][\s"”»]*$""")
_SPEECH_FOLLOWS = re.compile(r"""[^,.;!?]{0,60}[:«“]""")


def _hedges(statement: Statement, place: int) -> bool:
    token = statement.tokens[place]
    if token.folded == "etre":
        return place > 0 and statement.tokens[place - 1].folded == "peut" and statement.text[token.start - 1] == "-"
    is_month = token.folded == "may" and statement.text[token.start].isupper()
    return token.folded in _HEDGES[statement.language] and not is_month


def _says(statement: Statement, place: int) -> bool:
    """Whether the word at a place says that somebody says so: "selon", or a verb of saying."""
    tokens, token = statement.tokens, statement.tokens[place]
    before = tokens[place - 1].folded if place else ""
    if token.folded in {"selon", "according"} or (token.folded == "apres" and before == "d'"):
        return True
    return token.folded in _SAYING[statement.language] and before not in _NO_SAYING_AFTER[statement.language]


def _attributions(statement: Statement) -> Iterator[Attribution]:
    tokens = statement.tokens
    for place, token in enumerate(tokens):
        if not _says(statement, place):
            continue
        if token.folded not in _SAYING[statement.language]:
            yield _around(statement, token.start, _clause_end(statement, place))
        elif statement.language == "en":
            yield from _english(statement, place)
        else:
            yield from _french(statement, place)


def _french(statement: Statement, place: int) -> Iterator[Attribution]:
    tokens, first = statement.tokens, place
    while first > max(0, place - 5) and tokens[first - 1].folded in _AUXILIARIES:
        first -= 1
    if first and _BEFORE_SAYING.search(statement.text, max(0, tokens[first].start - 4), tokens[first].start):
        yield _around(statement, tokens[first].start, _clause_end(statement, place))
        return
    that = next((token for token in tokens[place + 1 : place + 11] if token.folded in {"que", "qu'"}), None)
    if that is not None or _SPEECH_FOLLOWS.match(statement.text, tokens[place].end):
        yield _after(statement, that.end if that else tokens[place].end)


def _english(statement: Statement, place: int) -> Iterator[Attribution]:
    tokens, token = statement.tokens, statement.tokens[place]
    that = next((near for near in tokens[place + 1 : place + 6] if near.folded == "that"), None)
    if that is not None:
        yield _after(statement, that.end)
        return
    start, end = _clause_start(statement, place), _clause_end(statement, place)
    inverted = bool(_BEFORE_SAYING.search(statement.text, max(0, token.start - 4), token.start))
    after = bisect_left(statement.units, token.end, key=lambda unit: unit.start)
    brief = after + 2 >= len(statement.units) or statement.units[after + 2].start >= end
    closing = start > statement.start and (inverted or brief)
    if closing:
        yield _around(statement, start, end)
    elif token.folded in _PLAIN_SAYING or _SPEECH_FOLLOWS.match(statement.text, token.end):
        yield _after(statement, token.end)


def _around(statement: Statement, start: int, end: int) -> Attribution:
    """An attribution that vouches for all of its sentence but itself."""
    return Attribution(start, end, ((statement.start, start), (end, statement.end)))


def _after(statement: Statement, end: int) -> Attribution:
    """An attribution that vouches for what follows it."""
    return Attribution(statement.start, end, ((end, statement.end),))


def _clause_end(statement: Statement, place: int) -> int:
    """The end of the last word that follows in the same clause without a break."""
    tokens = statement.tokens
    last, end = place, min(place + _LONGEST_CLAUSE, len(tokens))
    while last + 1 < end and tokens[last + 1].clause == tokens[place].clause:
        last += 1
    return tokens[last].end


def _clause_start(statement: Statement, place: int) -> int:
    tokens = statement.tokens
    first = place
    while first > max(0, place - _LONGEST_CLAUSE) and tokens[first - 1].clause == tokens[place].clause:
        first -= 1
    return tokens[first].start
