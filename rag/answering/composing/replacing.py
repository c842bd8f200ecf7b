"""Tells what one account takes back of another, and makes a number of a sentence its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answering.composing.accounts import Account, Value
from rag.answering.composing.corrections import is_taken_back, supersedes
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


TELLING = 10  # from here on, a number that is taken back is known by its value alone
_NOUN = re.compile(r"[ \u00a0\u202f][^\W\d_]{4,}")
