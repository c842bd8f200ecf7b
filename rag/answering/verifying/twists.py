"""Finds the small words by which a claim says something else: all for some, the first for the second, no more "ex-"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.answering.verifying.pairing import Pairing, quote
from rag.answering.verifying.statements import Statement
from rag.language.folding import fold
from rag.language.names import same_name

COUNTED = 2  # units from the number of a part to the noun of what is counted: "12 of the 13 colonies"


def extent(pairing: Pairing) -> bool:
    """What the window says of a part, the claim does not say of the whole: "une partie du personnel", "two thirds"."""
    claim = fold(quote(pairing.claim))
    stated = [fold(quote((statement,))) for statement in pairing.window]
    of_a_part = any(_PART.search(one) and not _WHOLE.search(_NOT_ALL.sub("", one)) for one in stated)
    if of_a_part and _WHOLE.search(claim) and not _PART.search(claim):
        return False
    return not any(_takes_whole(pairing, place, claim) for place in range(len(pairing.there) - 1))


def _takes_whole(pairing: Pairing, place: int, claim: str) -> bool:
    """Whether a claim has all, or the number, of what the window counts a part of: "12 of the 13 colonies"."""
    part, whole = pairing.there[place : place + 2]
    if part.kind != "number" or whole.kind != "number":
        return False
    if not _OF_SO_MANY.fullmatch(fold(pairing.window[0].text[part.end : whole.start])):
        return False
    says_more = any(found > place + COUNTED for found in pairing.matched)  # than that there are so many
    return place not in pairing.matched and says_more and (place + 1 in pairing.matched or bool(_WHOLE.search(claim)))


def rank(pairing: Pairing) -> bool:
    """Every rank of the claim is in the window, and a superlative keeps its rank: the second largest is no largest."""
    claim, window = _texts(pairing)
    mine, theirs = _ranks(claim), _ranks(window)
    if not mine <= theirs:
        return False
    if not _SUPERLATIVE.search(claim):
        return True
    one_of = _SUPERLATIVE.search(window) and _ONE_OF.search(window) and not _ONE_OF.search(claim)
    lesser = len(theirs) == 1 and _RANKED.search(window) and not _RANKED.search(claim)
    return not (one_of or lesser)


def bounds(pairing: Pairing) -> bool:
    """The claim says before, after or until where the window does, and nowhere else."""
    claim, window = _texts(pairing)
    if not all(sign.search(window) for sign in _BOUNDS if sign.search(claim)):
        return False
    dates = [
        pairing.there[at]
        for place, unit in enumerate(pairing.said)
        if unit.kind == "date"
        for at in pairing.places[place]
    ]
    before = [fold(pairing.window[0].text[max(0, date.start - _BOUND) : date.start]) for date in dates]
    return all(sign.search(claim) for sign in _BOUNDS if before and all(sign.search(text) for text in before))


def altered(pairing: Pairing) -> bool:
    """What alters a noun in the window alters it in the claim: "ex-maire", "petite-fille", "tentative de meurtre"."""
    claim = fold(quote(pairing.claim))
    return all(
        not places or any(not _is_altered(pairing, place, claim) for place in places) for places in pairing.places
    )


def _is_altered(pairing: Pairing, place: int, claim: str) -> bool:
    """Whether what stands before a word of the window makes it another, and the folded claim has none of it."""
    unit = pairing.there[place]
    before = fold(pairing.window[0].text[max(0, unit.start - _BESIDE) : unit.start])
    found = _ALTERING.search(before) or (_KIN.match(fold(unit.text)) and _DISTANT.search(before))
    if not found:
        return False
    word = found[1].rstrip("es")
    alike = next((group for group in _SAME if word in group), (word,))
    return not any(re.search(rf"\b{re.escape(one)}", claim) for one in alike)


def direction(pairing: Pairing) -> bool:
    """What goes or is said from one to another in the window goes the same way in the claim."""
    claim, window = (_ways(statements) for statements in (pairing.claim, pairing.window))
    if any((end, start) in window and (start, end) not in window for start, end in claim):
        return False
    told, stated = (_addressed(statements) for statements in (pairing.claim, pairing.window))
    return not any(whom in speakers and other in own for own, whom in told for speakers, other in stated)


def tense(pairing: Pairing) -> bool:
    """What only will be in a French window, is not so already in the claim: "le pont rouvrira"."""
    if not pairing.one_language or _TO_COME.search(_texts(pairing)[0]):
        return True
    return not any(
        places and all(_FUTURE.fullmatch(pairing.there[place].text) for place in places)
        for places, unit in zip(pairing.places, pairing.said, strict=True)
        if unit.kind == "word"
    )


def agent(pairing: Pairing) -> bool:
    """What is somebody's to do in the window, nobody else does in the claim: "Berg's move to endorse Dorval"."""
    text = pairing.window[0].text
    for statement in pairing.window:
        for match in _SOMEBODYS.finditer(text, statement.start, statement.end):
            who, start = match["who"] or match["de"], match.start("act") if match["act"] else match.start("agir")
            done = [
                place
                for place, places in enumerate(pairing.places)
                if any(pairing.there[there].start == start for there in places)
            ]
            before = [unit.text for unit in pairing.said[: done[0]] if unit.kind in ("name", "place")] if done else []
            if before and not any(same_name(who, name) or name in who for name in before):
                return False
    return True


def whole_and_part(pairing: Pairing) -> bool:
    """What is said of a part is not said of the whole number: "1 400 soldats, dont 600 conseillers"."""
    numbers = [place for place, unit in enumerate(pairing.there) if unit.kind == "number"]
    for place, unit in enumerate(pairing.said):
        if unit.kind != "number" or not pairing.places[place]:
            continue
        at = pairing.places[place][0]
        parts = [other for other in numbers if other > at and other not in pairing.matched]
        if not parts or not _DIVIDES.search(_between(pairing, at, parts[0])):
            continue
        clauses = {pairing.there[part].clause for part in parts}
        of_parts = frozenset[str]().union(*(one.keys for one in pairing.there[parts[0] + 1 :] if one.clause in clauses))
        before = frozenset[str]().union(*(one.keys for one in pairing.there[at : parts[0]]))
        claimed = (near for near in pairing.said[place + 1 :] if near.kind == "word")
        if any(one.keys & of_parts and not one.keys & before for one in claimed):
            return False
    return True


def _between(pairing: Pairing, first: int, second: int) -> str:
    return fold(pairing.window[0].text[pairing.there[first].end : pairing.there[second].start])


def _texts(pairing: Pairing) -> tuple[str, str]:
    return fold(quote(pairing.claim)), fold(quote(pairing.window))


def _ranks(folded: str) -> frozenset[int]:
    """The ranks that a text has; 0 is the only one."""
    written = (int(number) for number in _RANK_IN_FIGURES.findall(folded))
    return frozenset(number for number, sign in _ORDINALS.items() if sign.search(folded)).union(written)


def _ways(statements: tuple[Statement, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (way["start"] or way["from"], way["end"] or way["to"])
        for statement in statements
        for way in _WAY.finditer(fold(quote((statement,))))
    )


def _addressed(statements: tuple[Statement, ...]) -> list[tuple[frozenset[str], str]]:
    """Who is spoken to or given something, each with the words before it, among which is who does so."""
    texts = [fold(quote((statement,))) for statement in statements]
    signs = [(text, sign) for text in texts for sign in _TO_WHOM.finditer(text)]
    return [(frozenset(_WORD.findall(text[: sign.start()])), sign["whom"]) for text, sign in signs]


_WHOLE = re.compile(
    r"\b(?:tou(?:t|te|s|tes)(?! (?:de suite|a fait|au|d'abord|en|les jours|le monde))|totalite|integralite|"
    r"ensemble des|entierement|all(?! over)|every|entire(?:ty|ly)?|whole|complete(?:ly)?)\b"
)
_NOT_ALL = re.compile(
    r"\b(?:pas|not|nearly|almost|presque|quasi)[ -](?:la )?(?:tou[a-z]+|totalite|all|every)\b|"
    r"\btout de meme\b|\ball in all\b"
)
_PART = re.compile(
    r"\b(?:(?:une|en|grande|bonne|majeure) partie|certaine?s|plupart|moitie|tiers|quarts?|quelques-un\w+|partiel\w*|"
    r"plusieurs|majorite|(?:pas|not|nearly|almost|presque|quasi)[ -](?:la )?(?:tou[a-z]+|totalite|all|every)|"
    r"majority|many|some|part of|partly|partial\w*|most|half|thirds?|quarters?|limited|several)\b"
)
_OF_SO_MANY = re.compile(
    r" (?:(?:out )?of (?:the |their |its |his |her )?|des |de (?:ses|leurs) |sur (?:l[ae]s |ses )?)"
)
_ORDINALS: Mapping[int, re.Pattern[str]] = {
    0: re.compile(r"\b(?:l[ea] seule?|l'unique|the only|sole)\b"),
    1: re.compile(r"\b(?:premi(?:er|ere)s?(?! ministre)|first(?! (?:minister|lady|name)))\b"),
    2: re.compile(r"\b(?:deuxiemes?|seconde?s?|second(?!s))\b"),
    3: re.compile(r"\b(?:troisiemes?|third(?!s))\b"),
    4: re.compile(r"\b(?:quatriemes?|fourth)\b"),
    5: re.compile(r"\b(?:cinquiemes?|fifth)\b"),
    6: re.compile(r"\b(?:sixiemes?|sixth)\b"),
    7: re.compile(r"\b(?:septiemes?|seventh)\b"),
    8: re.compile(r"\b(?:huitiemes?|eighth)\b"),
    9: re.compile(r"\b(?:neuviemes?|ninth)\b"),
    10: re.compile(r"\b(?:dixiemes?|tenth)\b"),
}
_RANK = r"(?:seconde?|[a-z]{4,}ieme|\d+e|second|third|fourth|fifth|\d+(?:nd|rd|th))"
_RANK_IN_FIGURES = re.compile(r"\b(\d{1,3})(?:er|ere|e|eme|st|nd|rd|th)\b")
_ONE_OF = re.compile(r"\b(?:one of|among|l'une? des|parmi|avant[- ]|to last)")
_SUPERLATIVE = re.compile(r"\b(?:l[ea]s? (?:plus|moins|pire|meilleure?)|the (?:most|least|best|worst|[a-z]{3,}est))\b")
_RANKED = re.compile(
    rf"\b{_RANK}[ -](?:[a-z]+ )?(?:l[ea]s? )?(?:plus|moins|meilleure?|most|least|best|[a-z]{{3,}}est)\b"
)
_BOUNDS = (
    re.compile(r"\b(?:avant(?!-)|before|prior to|by the (?:end|time)|earlier than|au plus tard|at the latest)\b"),
    re.compile(r"\b(?:(?<!d')apres|after|following|later than|au plus tot|at the earliest)\b"),
    re.compile(r"\b(?:jusqu'|until|till)"),
)
_BOUND = 12  # characters before a date in which it may be bounded
_SAME = (("ex", "ancien", "former"), ("futur", "projet"))  # with no ending, "es"
_BESIDE = 24  # characters before a word in which it may be altered
_ALTERING = re.compile(
    r"\b(ex|anciens?|anciennes?|former|futurs?|futures?|future|vice|adjointe?|deputy|faux|fausses?|fake|pseudo|quasi|"
    r"tentatives? d[e'u]|attempted|projets? d[e'u]|soupcons? d[e'u]|candidate? (?:a|au|aux|for)|menaces? d[e'u]|"
    r"tried to|attempt\w*|"
    r"(?:adjointe?|pere|mere|femme|mari|fils|fille|frere|soeur|epouse|veuve) (?:au|du|de la|de l'|aux)|"
    r"(?:wife|husband|son|daughter|father|mother|brother|sister|deputy) (?:of|to) the)[ -]"
    r"(?:l[ae]s? |l'|the )?$"
)
_KIN = re.compile(
    r"(?:fil(?:s|les?)|peres?|meres?|parents?|freres?|soeurs?|son|daughter|father|mother|brother|sister)\b"
)
_DISTANT = re.compile(r"\b(petite?s?(?=-)|petite?s?(?= fil)|grande?s?(?=-)|beaux?|belles?|demi|step|half|grand)[ -]$")
_DIVIDES = re.compile(r"\b(?:dont|parmi lesquel\w+|including|of (?:whom|which))\b")
_FUTURE = re.compile(  # in small letters, accents kept: "libéra" and "montra" are past
    r"[^\W\d_]*(?:[^\W\d_é]era|eront|iront|dront|vront|rront|tront|[nou]dra|evra|erra|ourra|ettra|attra|"
    r"(?:ouvr|offr|fin|part|sort|serv|choisi|réuss)ira)|aura|sera|fera|ira"
)
_TO_COME = re.compile(
    r"\b(?:[a-z]{2,}r(?:a|ai|as|ons|ez|ont)|va|vont|doit|doivent|prevoi\w+|prevu\w*|[a-z]{2,}r(?:ait|aient))\b"
)
_NAMED = r"(?<![\w-])[A-ZÀ-Ý][\w-]{1,30}(?: [A-ZÀ-Ý][\w-]{1,30}){0,3}"
_SOMEBODYS = re.compile(
    rf"(?P<who>{_NAMED})['’]s? (?:[a-z]+ ){{1,2}}to (?P<act>[a-z]+)|"
    rf"\b(?:décision|choix|volonté|refus|promesse|intention|proposition|tentative) (?:de |d['’])(?P<de>{_NAMED}) "
    r"(?:de |d['’])(?P<agir>[a-zà-ÿ]+)"
)
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
