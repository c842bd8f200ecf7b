"""Puts the values that one thing has had side by side: what each article tells of it, oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.asking.question import Asked
from rag.answering.composing.accounts import Account, Value, agree, values_of
from rag.answering.composing.comparing import FAR, is_about, may_be_about
from rag.answering.composing.replacing import Told, with_answer
from rag.answering.timeline import Line, grouped, in_lines

WORTH = 0.15  # share of the score of the best account that another one needs
AS_WORTHY = 0.8  # share of the score of the best account of its article that a second one needs
MOST = 5  # lines of different values


def succession(asked: Asked, accounts: Sequence[Account]) -> tuple[Line, ...]:
    """The values that the articles give to what is asked, each with its time, oldest first.

    Other than where a timeline is drawn to see whether sources differ, an account need not be surely about just what is
    asked: who asks how a value has changed wants to see what each article has in its place.
    """
    best_first = [one for one in sorted(accounts, key=lambda one: -one.score) if may_be_about(asked, one)]
    told = ((one, value) for one in best_first for value in values_of(asked, one))
    leading = next(told, None)
    if leading is None:
        return ()
    strong = [one for one in best_first if one.score >= WORTH * leading[0].score]
    alike = [found for one in strong if (found := _told(asked, one, leading[1])) is not None]
    kept = sorted(_of_each_article(asked, alike), key=lambda one: -one[0].score)
    several = [one for one in kept if _tells_several(*one)]
    groups = [*grouped([one for one in kept if one not in several]), *([one] for one in several)]
    return in_lines(sorted(groups, key=lambda group: -group[0][0].score)[:MOST])


def _of_each_article(asked: Asked, told: Sequence[Told]) -> Iterator[Told]:
    """The best account of each article and one nearly as good of another value, of those surely about it if any are."""
    by_article: dict[str, list[Told]] = {}
    for one in told:
        by_article.setdefault(one[0].article_id, []).append(one)
    for own in by_article.values():
        about = [one for one in own if is_about(asked, *one)] or own
        first, *others = about
        yield first
        for other in others:
            if other[0].score >= AS_WORTHY * first[0].score and not agree(first[1], other[1]):
                yield other
                break


def _told(asked: Asked, account: Account, first: Value) -> Told | None:
    """The first value of an account that the thing of another value can have had, with the account that answers so."""
    value = next((value for value in values_of(asked, account) if _is_of_the_size(value, first)), None)
    return (with_answer(account, value), value) if value else None


def _is_of_the_size(value: Value, first: Value) -> bool:
    """Whether a value can be one that the thing of the first value once had: a ticket costs no share of a railway."""
    if (value.kind, value.unit) != (first.kind, first.unit):
        return False
    return value.kind != "number" or max(value.high, first.high) <= FAR * min(value.low, first.low)


def _tells_several(account: Account, value: Value) -> bool:
    """Whether an account tells more than one date, as one of a delay does: it stands beside those of either date."""
    return value.kind == "date" and len({(date.month, date.day) for date in account.dates if date.month}) > 1
