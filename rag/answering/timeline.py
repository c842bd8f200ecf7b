"""Puts what several articles say about one thing in order of time, and tells change from contradiction."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import has_happened, wants_newest, wants_oldest
from rag.answering.choosing.contrasts import contrasts
from rag.answering.choosing.corrections import supersedes
from rag.answering.composing.accounts import Account, agree, same_words, values_of
from rag.answering.composing.alternatives import alternatives
from rag.answering.composing.comparing import are_of_one_kind, is_about, may_be_about, say_as_much, says_what
from rag.answering.composing.counting import has_for_a_part, is_part
from rag.answering.composing.replacing import (
    Told,
    corrected,
    is_bare,
    opposed,
    opposes,
    replaces,
    takes_back,
    with_answer,
)
from rag.answering.composing.stance import grants_the_other
from rag.language.folding import fold
from rag.language.names import same_name
from rag.schema import Differing, PartialDate

__all__ = ["Account", "Line", "Timeline", "grouped", "in_lines", "newest", "oldest", "timeline"]


@dataclass(frozen=True, slots=True)
class Line:
    """One value, with the accounts that agree on it, the best first."""

    value: str | None  # as the best account writes it
    accounts: tuple[Account, ...]

    @property
    def when(self) -> PartialDate | None:
        """The earliest time of which its accounts speak."""
        return min((one.when for one in self.accounts if one.when), default=None)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was found, oldest first, what is undated last; `differing` says how the lines disagree, if they do.

    Several lines that do not disagree tell two parts of one thing: some have left, some stay.
    """

    differing: Differing | None
    lines: tuple[Line, ...]


def timeline(asked: Asked, accounts: Sequence[Account]) -> Timeline:
    """Gather accounts that agree, and tell how those that do not differ.

    Accounts that are weak beside the best, or not plainly about the same thing as it, are left out: the best one then
    stands alone.

    Args:
        accounts: at least one.
    """
    best_first = sorted(accounts, key=lambda account: -account.score)
    strong = [account for account in best_first if account.score >= LEAST * best_first[0].score]
    told = [found for account in strong if (found := _told(asked, account)) is not None]
    told += [*corrected(told, strong), *opposed(told, strong)]
    groups = grouped(told)
    leading = next((account.score for account in strong if may_be_about(asked, account)), 0.0)
    if not groups or groups[0][0][0].score < STANDS * leading:
        return Timeline(None, tuple(Line(account.value, (account,)) for account in best_first[:1]))
    first, *others = groups
    beside = [group for group in others if _grants(asked, (*first, *group)) or _is_a_part(first, group)]
    others = [group for group in others if group not in beside]
    kinds = [(group, kind) for group in others if (kind := _difference(asked, first, group)) is not None]
    if asked.wanted == "date" and has_happened(asked.text):  # it has one date: another may be that of something else
        kinds = [
            (group, kind)
            for group, kind in kinds
            if kind == "contradiction" or all(says_what(asked, best[0][0]) for best in (first, group))
        ]
    kept = [first, *(group for group, _ in kinds), *beside]
    labels = {kind for _, kind in kinds}
    return Timeline("contradiction" if "contradiction" in labels else "change" if labels else None, in_lines(kept))


def in_lines(groups: Sequence[Sequence[Told]]) -> tuple[Line, ...]:
    """A line for each group of accounts that agree, oldest first."""
    return tuple(sorted(map(_line, groups), key=_age))


def newest(found: Timeline) -> Line | None:
    """The line of the latest account; None when nothing is dated."""
    dated = [line for line in found.lines if _latest(line)]
    return max(dated, key=lambda line: _latest(line) or PartialDate(1), default=None)


def oldest(found: Timeline) -> Line | None:
    """The line of an account that says itself that it was so at first, or of the earliest; None when none is dated."""
    if first := next((line for line in found.lines if any(map(_says_at_first, line.accounts))), None):
        return first
    dated = [line for line in found.lines if line.when]
    return min(dated, key=_age, default=None)


def _says_at_first(account: Account) -> bool:
    """Whether an account says that it was so at first, and nothing of later: "il devait en coûter 5 au départ"."""
    return wants_oldest(account.text) and not wants_newest(account.text) and not _THEN.search(account.folded)


_THEN = re.compile(r"\b(?:puis|avant d[e']|then|before)\b")
STANDS = 0.25  # share of the best score, of those that can be about it, that an account needs to stand in its place
SHOWN = 0.3  # share of the score of the best account that agrees with it from which another may be quoted for it
LEAST = 0.03  # share of the best score that an account needs; a fitted probability falls off steeply
APART = 28  # days between two accounts from which another value is a change rather than a contradiction
_DENIES = re.compile(
    r"\b(?:dement\w*|conteste\w*|refut\w*|contredi\w*|affirme\w* le contraire|nie(?:nt)?|denie[sd]|deny|disput\w+|"
    r"contradict\w*)\b"
)


def _grants(asked: Asked, told: Sequence[Told]) -> bool:
    """Whether one of some accounts grants the other side, so that both can be true: part of them left, some stay."""
    return any(
        value.kind == "stance" and grants_the_other(asked, account.text, account.language) for account, value in told
    )


def _is_a_part(one: Sequence[Told], other: Sequence[Told]) -> bool:
    """Whether an account of one group tells the number of the other as a part of its own: both can be true."""
    return any(
        has_for_a_part(account, value)
        for mine, theirs in ((one, other), (other, one))
        for account, _ in mine
        for _, value in theirs
    )


def _told(asked: Asked, account: Account) -> Told | None:
    """The first of an account's values that is of just what is asked, with the account that has it as its answer."""
    for value in values_of(asked, account):
        if is_about(asked, account, value):
            return with_answer(account, value), value
        if is_bare(account, value) and is_part(account, value):  # which may well be what is asked
            return None
    return None


def grouped(told: Sequence[Told]) -> list[list[Told]]:
    """The accounts by what they say, each where it agrees with the best of its group; the best group first."""
    groups: list[list[Told]] = []
    for account, value in told:
        home = next((group for group in groups if _agrees(group[0], (account, value))), None)
        if home is None:
            groups.append([(account, value)])
        elif not any(same_words(account, other) and account.article_id == other.article_id for other, _ in home):
            home.append((account, value))
    return groups


def _agrees(one: Told, other: Told) -> bool:
    return one[1].kind == other[1].kind and one[1].unit == other[1].unit and agree(one[1], other[1])


def _difference(asked: Asked, group: list[Told], other: list[Told]) -> Differing | None:
    """How two groups differ: as their best accounts that can be compared do.

    Where one article tells both numbers or dates as if nothing were the matter, they are values of two things.
    """
    every = [(one, two) for one in group for two in other]
    if any(takes_back(one, two) or takes_back(two, one) for one, two in every):
        return "change"
    if any(opposes(one, two) or opposes(two, one) for one, two in every):
        return "contradiction"
    ended = wants_newest(asked.text)
    pairs = [
        (one, two)
        for one, two in every
        if are_of_one_kind(one[0], two[0], one[1], two[1], come_true=ended) and say_as_much(asked, one[0], *two)
    ]
    if any(agree(one[1], two[1]) for one, two in pairs):
        return None
    together = [_between(one, two) for one, two in pairs if one[0].article_id == two[0].article_id]
    if together and not any(together) and group[0][1].kind != "stance":
        return None
    kinds = {_between(one, two) for one, two in pairs}
    if kinds and alternatives(asked) and has_happened(asked.text):  # what has happened is one of the two
        return "contradiction"
    return "contradiction" if "contradiction" in kinds else "change" if "change" in kinds else None


def _between(one: Told, other: Told) -> Differing | None:
    mine, theirs = one[0], other[0]
    two_speakers = _are_two_speakers(mine, theirs)
    if mine.article_id == theirs.article_id and not two_speakers:
        return "change" if replaces(one, other) or replaces(other, one) else None
    days = _days_between(mine.when, theirs.when)
    if days is not None and days >= APART:
        return "change"
    if days is None or _denies(mine) or _denies(theirs):
        return "contradiction"
    if supersedes(mine.folded) or supersedes(theirs.folded):
        return "change"
    if one[1].kind == "stance":  # of two sides of one event, the later report does not undo the earlier one
        return "contradiction"
    return "change" if _on_other_days(mine, theirs) or (days and not two_speakers) else "contradiction"


def _are_two_speakers(one: Account, other: Account) -> bool:
    if one.article_id == other.article_id and (contrasts(one.folded) or contrasts(other.folded)):
        return True
    mine, theirs = one.said_by, other.said_by
    if mine is None or theirs is None:
        return False
    return fold(mine) != fold(theirs) and not same_name(mine, theirs)


def _on_other_days(one: Account, other: Account) -> bool:
    """Whether two accounts name different days of the week."""
    mine, theirs = ({date.weekday for date in account.dates if date.weekday is not None} for account in (one, other))
    return bool(mine and theirs and not mine & theirs)


def _denies(account: Account) -> bool:
    return bool(_DENIES.search(account.folded))


def _days_between(one: PartialDate | None, other: PartialDate | None) -> int | None:
    """The days that surely lie between two dates; None when one of them is not known."""
    if one is None or other is None:
        return None
    return max(0, (other.first_day - one.last_day).days, (one.first_day - other.last_day).days)


def _line(group: Sequence[Told]) -> Line:
    """A line of accounts that agree: before better ones those of dated articles, then those that name a date."""
    least = SHOWN * group[0][0].score
    accounts = sorted(
        (account for account, _ in group), key=lambda one: _undated(one) if one.score >= least else UNDATED
    )
    return Line(accounts[0].value, tuple(accounts))


def _undated(account: Account) -> int:
    """0 where an account's article has a date, 1 where its own words name one, else UNDATED."""
    if account.published:
        return 0
    return 1 if any(date.month or date.year for date in account.dates) else UNDATED


UNDATED = 2


def _age(line: Line) -> tuple[bool, datetime.date]:
    """Oldest first, undated last."""
    return (line.when is None, line.when.first_day if line.when else datetime.date.max)


def _latest(line: Line) -> PartialDate | None:
    return max((account.when for account in line.accounts if account.when), default=None)
