"""Tells what one account takes back of another, and makes a number of a sentence its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answering.choosing.corrections import is_taken_back, supersedes
from rag.answering.composing.accounts import Account, Value
from rag.language.facts import quantities_of
from rag.language.folding import fold_in_place
from rag.language.numbers import Quantity

Told = tuple[Account, Value]


def corrected(told: Sequence[Told], accounts: Sequence[Account]) -> Iterator[Told]:
    """What others said that one of the accounts takes back, whatever they call what they count: "17 pièces"."""
    known = {(account.article_id, account.start, value.low) for account, value in told}
    for newer, value in told:
        taken = taken_back(newer) if value.kind == "number" else []
        wrong = {number.value for number in taken if number.value >= TELLING}
        for account in accounts if wrong else ():
            for number in account.quantities:
                here = (account.article_id, account.start, number.value)
                if (
                    number.value in wrong
                    and number.value >= TELLING
                    and here not in known
                    and _is_older(account, newer)
                ):
                    known.add(here)
                    old = Value("number", number.value, number.value, value.unit, (number.start, number.end))
                    yield with_answer(account, old), old


def opposed(told: Sequence[Told], accounts: Sequence[Account]) -> Iterator[Told]:
    """What a sentence sets against the value of one of the accounts: "les pompiers en comptent 34, la mairie 31"."""
    known = {(account.article_id, account.start) for account, _ in told}
    values = {value.low: value for _, value in told[:1] if value.kind == "number" and value.low >= TELLING}
    for account in accounts:
        numbers = [number for number in account.quantities if number.unit is None]
        here = (account.article_id, account.start)
        if here in known or len(numbers) != PAIR or not _OPPOSES.search(account.folded):
            continue
        for one, other in (numbers, numbers[::-1]):
            if one.value in values and other.value <= CLOSE * one.value <= CLOSE * CLOSE * other.value:
                value = Value("number", other.value, other.value, None, (other.start, other.end))
                yield with_answer(account, value), value


def opposes(one: Told, other: Told) -> bool:
    """Whether the first account's sentence sets its value against that of the second."""
    account, value = one
    if value.kind != "number" or other[1].kind != "number" or not _OPPOSES.search(account.folded):
        return False
    numbers = {number.value for number in account.quantities if number.unit is None}
    return len(numbers) == PAIR and {value.low, other[1].low} == numbers and other[1].low >= TELLING


def sets_apart(text: str, language: str) -> bool:
    """Whether a sentence itself sets one number against another of like size: neither is the answer then."""
    numbers = [number.value for number in quantities_of(text, language) if number.unit is None]
    if len(numbers) != PAIR or not _SETS_APART.search(fold_in_place(text)):
        return False
    return 0 < max(numbers) <= CLOSE * min(numbers) and numbers[0] != numbers[1]


def _is_older(account: Account, newer: Account) -> bool:
    one, other = account.published, newer.published
    return one is not None and other is not None and one <= other and account.article_id != newer.article_id


def replaces(newer: Told, older: Told) -> bool:
    """Whether a sentence says that the value of another no longer holds; if it names what it replaces, that is it."""
    if not supersedes(newer[0].folded):
        return False
    return newer[1].kind != "number" or not taken_back(newer[0]) or takes_back(newer, older)


def takes_back(newer: Told, older: Told) -> bool:
    """Whether a sentence names the number of another as one that does not hold: "180 emplois, et non 214"."""
    value = older[1]
    if value.kind != "number" or newer[1].kind != "number" or newer[1].unit != value.unit:
        return False
    return any(value.low <= number.value <= value.high for number in taken_back(newer[0]))


def taken_back(account: Account) -> list[Quantity]:
    """The numbers that a sentence says do not hold, or no longer."""
    return [number for number in account.quantities if is_taken_back(account.folded, number.start, number.end)]


def with_answer(account: Account, value: Value) -> Account:
    """The account with a number of its sentence, and the noun after it, for its bare answer."""
    if value.span is None or is_bare(account, value):
        return account
    start, end = value.span
    noun = _NOUN.match(account.text, end)
    return replace(account, value=account.text[start : noun.end() if noun else end])


def is_bare(account: Account, value: Value) -> bool:
    """Whether a number is the one that the account was given as its bare answer."""
    start = value.span[0] if value.span else -1
    return account.value_at <= start < account.value_at + len(account.value or "")


PAIR = 2  # numbers that a sentence sets against each other
CLOSE = 3  # times as much as the other that one of them may be
TELLING = 10  # from here on, a number that is taken back is known by its value alone
_NOUN = re.compile(r"[ \u00a0\u202f][^\W\d_]{4,}")
_SETS_APART = re.compile(
    r"\b(?:quand|tandis qu[e']|alors qu[e']|mais|while|whereas|but)\b[^.;]{2,60} "
    r"(?:en (?:compt\w+|recens\w+|denombr\w+|evoqu\w+|annonc\w+|revendiqu\w+|dist\w+|voi\w+|a|ont)|"
    r"(?:parl\w+|fai\w+ etat) d[e']|counted|put|said|claimed|estimated|spoke of|reported)\b"
)
_OPPOSES = re.compile(
    r"\b(?:quand|tandis qu[e']|alors qu[e']|contre|mais|selon [^,;.]{1,60}, [^.;]{1,60} selon|while|"
    r"whereas|against|but)\b"
)
