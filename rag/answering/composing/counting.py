"""Tells whether a number in a sentence counts just what a question counts, and the whole of it."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answering.asking.nouns import anybody, same_nouns
from rag.answering.asking.question import Asked
from rag.answering.choosing.tolls import CASES, EARLIER, senses
from rag.answering.composing.accounts import Account, Value
from rag.answering.composing.matter import ENOUGH, share, stems_of
from rag.language.facts import quantities_of, things_of
from rag.language.folding import fold_in_place
from rag.language.gazetteer import mentions
from rag.language.numbers import Quantity
from rag.language.words import stems


def counts_it(asked: Asked, account: Account, value: Value) -> bool:
    """Whether the number counts what the question counts, or measures what it speaks of, and is no part of it."""
    return (
        _is_of_one_toll(asked, account, value)
        and (asked.wanted != "age" or _itself_names(asked, account))
        and things_of(_following(account, _span(value)[1]), account.language) <= asked.things
        and _on_one_side(asked, account)
        and not is_part(account, value)
        and not _is_outdone_by_part(asked, account, value)
        and _counts_the_noun(asked, account, value)
    )


def _itself_names(asked: Asked, account: Account) -> bool:
    """Whether the sentence itself names whom the question names: of all things around it, many have an age."""
    said = stems_of(account.text, account.language)
    return all(name.stems & said for name in asked.names)


def takes_up(asked: Asked, account: Account, value: Value) -> bool:
    """Whether a number without a noun counts what the sentence before counts: "La préfecture, elle, en compte 900"."""
    start, end = _span(value)
    before = account.context[-EARLIER:]
    if asked.counted is None or stems_of(_following(account, end), account.language):
        return False
    if not quantities_of(before, account.language):
        return False
    telling = _TELLS_COUNT.search(account.folded[max(0, start - _WIDE) : start])
    return bool(telling and same_nouns(asked.counted.stems) & stems_of(before, account.language))


def _is_of_one_toll(asked: Asked, account: Account, value: Value) -> bool:
    sought, found = senses(fold_in_place(asked.text)) - {CASES}, senses(around(account, value)) - {CASES}
    return sought == found or takes_up(asked, account, value)


def _counts_the_noun(asked: Asked, account: Account, value: Value) -> bool:
    said = stems_of(account.text, account.language)
    near = said | stems_of(account.context, account.language)
    if asked.counted is None or value.unit or asked.counted.stems & stems_of(_MEASURES, asked.language):
        own, around_it = share(asked, said), share(asked, near)
        return own >= ENOUGH or (own >= ENOUGH_ITSELF and around_it >= ENOUGH)
    if senses(fold_in_place(asked.text)) - {CASES}:  # the dead of another event of the place are not meant
        return share(asked, near, _of_tolls(asked)) >= ENOUGH_OF_EVENT
    if takes_up(asked, account, value):
        return share(asked, near) >= ENOUGH_OF_EVENT
    return _has_noun(asked.counted.stems, asked, account, value)


def is_part(account: Account, value: Value) -> bool:
    """Whether a number is a part of another, or something that is added to it."""
    start, end = _span(value)
    before = account.folded[max(0, start - _BEFORE) : start]
    return bool(_PART_BEFORE.search(before) or _PART_AFTER.match(account.folded[end : end + _AFTER]))


def has_for_a_part(account: Account, value: Value) -> bool:
    """Whether a sentence tells the number of another as a part of its own: "200 soldats, dont 160 ..."."""
    return value.kind == "number" and any(
        value.low <= number.value <= value.high
        and _OF_THEM.search(account.folded[max(0, number.start - _BEFORE) : number.start])
        for number in account.quantities
    )


def counts_another(asked: Asked, account: Account, number: Quantity) -> bool:
    """Whether a number without a unit is followed by the noun of another thing than the one that is counted."""
    if number.unit or asked.counted is None:
        return False
    found = stems_of(_ELSEWHERE.split(_following(account, number.end), maxsplit=1)[0], account.language)
    return bool(found) and not found & same_nouns(asked.counted.stems)


def around(account: Account, value: Value) -> str:
    """What stands just before a number, and after it up to the next one, folded."""
    start, end = _span(value)
    earlier = max((number.end for number in account.quantities if number.end <= start), default=0)
    before = account.folded[max(earlier, start - _BEFORE // 2) : start]
    return f"{before} {_AND.split(_cut(account.folded[end : end + _AFTER], account, end))[0]}"


ENOUGH_ITSELF = 0.3  # share (0..1) that a sentence with a sum or a measure must say, where the rest stands around it
ENOUGH_OF_EVENT = 0.4  # share (0..1) of those words that a toll and its surroundings must say
_MEASURES = "km kilomètres mètres litres tonnes kilos heures degrés kilometres kilometers metres miles litres degrees"
_AFTER = 40  # characters after a number that tell what it counts
_BEFORE = 40
_AND = re.compile(r"\b(?:et|ou|and|or)\b")
# What makes a number one of a part, or of something more, or of a plan.
_PART_BEFORE = re.compile(
    r"\b(?:entre|between|dont|parmi (?:eux|elles|lesquel\w+)|soit|y compris|sur (?:les|ses|un total de)|autres?|encore|"
    r"including|of whom|of which|out of|another|additional|additionne\w+|extra|further|nouveaux|nouvelles|new|"
    r"(?:hausse|baisse|augment\w+|dimin\w+|reduction|recul\w*|progress\w+|rise|fall|increase\w*|decrease\w*|drop\w*|"
    r"up|down) (?:de|d'|by|of)) ?(?:environ |pres de |plus de |quelque |about |some |more than )?$"
)
_OF_WHICH = re.compile(r"\b(?:dont|including|of whom|of which)\b")
_OF_THEM = re.compile(r"\b(?:dont|y compris|including|of whom|of which) (?:environ |quelque |about |some )?$")
_PART_AFTER = re.compile(
    r"^[^,;.:]{0,24}\b(?:supplementaires?|de plus|de moins|en plus|autres|additionnels?|nouveaux|nouvelles|"
    r"sur (?:les )?\d|more\b(?! than)|additional|others?|further|extra|out of)"
)
# What one count has in place of another: where a question says one, only that one is meant.
_SIDES = (
    "rouge red / orange / jaune yellow / vert green / noir black / blanc white / bleu blue",
    "hommes men / femmes women / enfants children / garçons boys / filles girls",
    "nord north northern / sud south southern / est east eastern / ouest west western",
    "hausse augmenté increase rise / baisse diminué decrease fall",
    "publics public / privés private",
)


def _of_tolls(asked: Asked) -> frozenset[str]:
    """The words of the question that say that somebody is hurt, which an account may say in other words."""
    return frozenset(term.word for term in asked.terms if term.stems & anybody() or senses(fold_in_place(term.word)))


def _has_noun(counted: frozenset[str], asked: Asked, account: Account, value: Value) -> bool:
    """Whether what is counted, or what news calls so, stands after the number, or before it in an enumeration."""
    start, end = _span(value)
    sought = same_nouns(counted)
    words = _ELSEWHERE.split(_following(account, end), maxsplit=1)[0]
    following = stems_of(words, account.language)
    people_of = bool(stems_of(" ".join(words.split()[:1]), account.language) & anybody() - sought)  # "from their homes"
    if sought & following and not people_of:
        return True
    said = stems_of(account.text, account.language)
    if following & anybody() and not sought & said and _says_so_much(asked, account, said):
        return True
    # "30 marins grecs, 20 maltais": the noun was said before.
    beside = any(place.start <= 1 for place in mentions(_following(account, end), account.language))
    return beside and bool(sought & stems_of(account.text[:start], account.language))


def _says_so_much(asked: Asked, account: Account, said: frozenset[str]) -> bool:
    """Whether a sentence says enough of the question for its "personnes" to be those asked about."""
    near = said | stems_of(account.context, account.language)
    own = share(asked, said)
    return own >= ENOUGH or (own >= ENOUGH_ITSELF and share(asked, near) >= ENOUGH)


def _on_one_side(asked: Asked, account: Account) -> bool:
    """Whether the sentence does not mean another colour, sex or side than the question, where that says one."""
    said = stems_of(account.text, account.language)
    for sides in _sides():
        wanted = [side for side in sides if side & asked.said]
        if wanted and not any(side & said for side in wanted) and any(side & said for side in sides):
            return False
    return True


@lru_cache(maxsize=1)
def _sides() -> tuple[tuple[frozenset[str], ...], ...]:
    return tuple(
        tuple(
            frozenset(stem for language in ("fr", "en") for stem in stems(side, language)) for side in line.split("/")
        )
        for line in _SIDES
    )


def _is_outdone_by_part(asked: Asked, account: Account, value: Value) -> bool:
    """Whether the question says what a part is said to be: the trainers in "200 soldats, dont 160 forment l'armée"."""
    end = _span(value)[1]
    part = _OF_WHICH.search(account.folded, end)
    if part is None:
        return False
    own, more = (
        stems_of(text, account.language) for text in (account.text[: part.start()], account.text[part.end() :])
    )
    return any(term.stems & more and not term.stems & own for term in asked.terms)


def _following(account: Account, end: int) -> str:
    return _cut(account.text[end : end + _AFTER], account, end)


def _cut(text: str, account: Account, end: int) -> str:
    """The text up to the next number or the end of the clause."""
    upcoming = min((number.start for number in account.quantities if number.start >= end), default=len(account.text))
    stop = _CLAUSE_END.search(text)
    return text[: min(upcoming - end, stop.start() if stop else len(text))]


_CLAUSE_END = re.compile(r"[,;.:()«»]")
_ELSEWHERE = re.compile(
    r"(?i)\b(?:dans|sur|chez|pour|par|en|à|aux?|depuis|parmi|avec|selon|from|in|at|on|to|by|with|among|since|for)\b"
)
_WIDE = 70  # characters before a number in which somebody is said to count
_TELLS_COUNT = re.compile(
    r"\b(?:en (?:a|ont|avai\w+|compt\w+|recens\w+|denombr\w+|evoqu\w+|annonc\w+|revendiqu\w+|dist\w+)|"
    r"(?:parl|evoqu|avanc|tabl|estim|chiffr|fai\w+ etat)\w*|counted|put|said|claimed|estimated|spoke of|reported)\b"
    r"[^.;:]{0,40}$"
)


def _span(value: Value) -> tuple[int, int]:
    assert value.span is not None, "a number has its place"
    return value.span
