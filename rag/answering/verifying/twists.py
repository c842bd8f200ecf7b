"""Finds the small words by which a claim says something else: all for some, the first for the second, no more "ex-"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.answering.verifying.pairing import Pairing, quote
from rag.answering.verifying.statements import Statement
from rag.language.folding import fold


def extent(pairing: Pairing) -> bool:
    """What the window says of a part, the claim does not say of the whole: "une partie du personnel", "two thirds"."""
    stated = [fold(quote((statement,))) for statement in pairing.window]
    of_a_part = any(_PART.search(one) and not _WHOLE.search(one) for one in stated)
    return not (of_a_part and _WHOLE.search(fold(quote(pairing.claim))))


def rank(pairing: Pairing) -> bool:
    """Every rank of the claim is in the window, and a superlative keeps its rank: the second largest is no largest."""
    claim, window = _texts(pairing)
    mine, theirs = _ranks(claim), _ranks(window)
    if not mine <= theirs:
        return False
    lesser = {found for found in theirs if found > 1} - mine
    return not (lesser and _RANKED.search(window) and _SUPERLATIVE.search(claim) and not _RANKED.search(claim))


def bounds(pairing: Pairing) -> bool:
    """The claim says before, after or until only where the window does."""
    claim, window = _texts(pairing)
    return all(bool(sign.search(window)) or not sign.search(claim) for sign in _BOUNDS)


def altered(pairing: Pairing) -> bool:
    """What alters a noun in the window alters it in the claim: "ex-maire", "petite-fille", "tentative de meurtre"."""
    claim = fold(quote(pairing.claim))
    for places in pairing.places:
        for place in places:
            unit = pairing.there[place]
            before = fold(pairing.window[0].text[max(0, unit.start - _BESIDE) : unit.start])
            found = _ALTERING.search(before) or (_KIN.match(fold(unit.text)) and _DISTANT.search(before))
            if found and not re.search(rf"\b{re.escape(found[1])}", claim):
                return False
    return True


def direction(pairing: Pairing) -> bool:
    """What goes or is said from one to another in the window goes the same way in the claim."""
    claim, window = (_ways(statements) for statements in (pairing.claim, pairing.window))
    if any((there, here) in window for here, there in claim):
        return False
    told, stated = (_addressed(statements) for statements in (pairing.claim, pairing.window))
    return not any(to in others and other in by for by, to in told for others, other in stated)


def whole_and_part(pairing: Pairing) -> bool:
    """What is said of a part is not said of the whole number: "1 400 soldats, dont 600 conseillers"."""
    for place, unit in enumerate(pairing.said):
        following = [near for near in range(place + 1, len(pairing.said)) if pairing.said[near].kind == "word"][1:]
        if unit.kind != "number":
            continue
        for at in pairing.places[place]:
            parts = [
                other
                for other, near in enumerate(pairing.there)
                if other > at and near.kind == "number" and other not in pairing.matched
            ]
            behind = [min(pairing.places[near]) for near in following if pairing.places[near]]
            if parts and any(found > parts[0] for found in behind) and _DIVIDES.search(_between(pairing, at, parts[0])):
                return False
    return True


def _between(pairing: Pairing, first: int, second: int) -> str:
    return fold(pairing.window[0].text[pairing.there[first].end : pairing.there[second].start])


def _texts(pairing: Pairing) -> tuple[str, str]:
    return fold(quote(pairing.claim)), fold(quote(pairing.window))


def _ranks(folded: str) -> frozenset[int]:
    return frozenset(number for number, sign in _ORDINALS.items() if sign.search(folded))


def _ways(statements: tuple[Statement, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (way["start"] or way["from"], way["end"] or way["to"])
        for statement in statements
        for way in _WAY.finditer(fold(quote((statement,))))
    )


_WHOLE = re.compile(
    r"\b(?:tou(?:t|te|s|tes)(?! (?:de suite|a fait|au|d'abord|en|les jours|le monde))|totalite|integralite|"
    r"ensemble des|entierement|all(?! over)|every|entire(?:ty|ly)?|whole|complete(?:ly)?)\b"
)
_PART = re.compile(
    r"\b(?:(?:une|en|grande|bonne|majeure) partie|certaine?s|plupart|moitie|tiers|quarts?|quelques-un\w+|partiel\w*|"
    r"some|part of|partly|partial\w*|most|half|thirds?|quarters?|limited|several)\b"
)
_ORDINALS: Mapping[int, re.Pattern[str]] = {
    0: re.compile(r"\b(?:seule?s? (?!a\b)(?=[a-z])|l[ea] seule?|only (?=[a-z]+ (?:president|one|[a-z]+) )|sole)\b"),
    1: re.compile(r"\b(?:premi(?:er|ere)s?(?! ministre)|first(?! (?:minister|lady|name))|1ere?|1st)\b"),
    2: re.compile(r"\b(?:deuxiemes?|seconde?s?|second(?!s)|2e|2eme|2nd)\b"),
    3: re.compile(r"\b(?:troisiemes?|third(?!s)|3e|3eme|3rd)\b"),
    4: re.compile(r"\b(?:quatriemes?|fourth|4e|4eme|4th)\b"),
    5: re.compile(r"\b(?:cinquiemes?|fifth|5e|5eme|5th)\b"),
    6: re.compile(r"\b(?:sixiemes?|sixth|6e|6eme|6th)\b"),
    7: re.compile(r"\b(?:septiemes?|seventh|7e|7eme|7th)\b"),
    8: re.compile(r"\b(?:huitiemes?|eighth|8e|8eme|8th)\b"),
    9: re.compile(r"\b(?:neuviemes?|ninth|9e|9eme|9th)\b"),
    10: re.compile(r"\b(?:dixiemes?|tenth|10e|10eme|10th)\b"),
}
_RANK = r"(?:seconde?|[a-z]{4,}ieme|\d+e|second|third|fourth|fifth|\d+(?:nd|rd|th))"
_SUPERLATIVE = re.compile(r"\b(?:l[ea]s? (?:plus|moins|pire|meilleure?)|the (?:most|least|best|worst|[a-z]{3,}est))\b")
_RANKED = re.compile(
    rf"\b{_RANK}[ -](?:[a-z]+ )?(?:l[ea]s? )?(?:plus|moins|meilleure?|most|least|best|[a-z]{{3,}}est)\b"
)
_BOUNDS = (
    re.compile(r"\b(?:avant|before|by the|earlier than|au plus tard|at the latest)\b"),
    re.compile(r"\b(?:apres|after|later than|au plus tot|at the earliest)\b"),
    re.compile(r"\b(?:jusqu'|until|till)"),
)
_BESIDE = 24  # characters before a word in which it may be altered
_ALTERING = re.compile(
    r"\b(ex|anciens?|anciennes?|former|futurs?|futures?|future|vice|adjointe?|deputy|faux|fausses?|fake|pseudo|quasi|"
    r"tentatives? d[e'u]|attempted|projets? d[e'u]|soupcons? d[e'u]|candidate? (?:a|au|aux|for)|menaces? d[e'u])[ -]"
    r"(?:l[ae]s? |l'|the )?$"
)
_KIN = re.compile(
    r"(?:fil(?:s|les?)|peres?|meres?|parents?|enfants?|freres?|soeurs?|son|daughter|father|mother|brother|sister)\b"
)
_DISTANT = re.compile(r"\b(petite?s?|grande?s?|beaux?|belles?|demi|arriere|step|half|grand)[ -]$")


def _addressed(statements: tuple[Statement, ...]) -> list[tuple[frozenset[str], str]]:
    """Who is spoken to or given something, each with the words before it, among which is who does so."""
    texts = [fold(quote((statement,))) for statement in statements]
    signs = [(text, sign) for text in texts for sign in _TO_WHOM.finditer(text)]
    return [(frozenset(_WORD.findall(text[: sign.start()])), sign["whom"]) for text, sign in signs]


_DIVIDES = re.compile(r"\b(?:dont|parmi lesquel\w+|including|of (?:whom|which))\b")
_TO_WHOM = re.compile(
    r"\b(?:demand|ordonn|donn|remis|propos|repond|repondu|adress|reproch|interdi|permi|impos|vend|pret|"
    r"ask|told|gave|sent|sold|offer)\w*[^.;,:]{0,30}? (?:au|aux|a la|a l'|to(?: the)?) ?(?P<whom>[a-z]{3,})"
)
_WORD = re.compile(r"[a-z]{3,}")
_WAY = re.compile(
    r"\b(?:from|depuis) (?:l[ae]s? |l'|the )?(?P<start>[a-z]{3,})[^.;]{0,20} (?:to|vers|jusqu'a|a|au|aux) "
    r"(?:l[ae]s? |l'|the )?(?P<end>[a-z]{3,})\b|"
    r"\bd[eu] (?P<from>[a-z]{3,}) (?:a|au|vers) (?P<to>[a-z]{3,})\b"
)
