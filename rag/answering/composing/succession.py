"""Puts the values that one thing has had side by side: what each article tells of it, oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.asking.question import Asked
from rag.answering.composing.accounts import Account, Value, agree, values_of
from rag.answering.composing.comparing import is_about, may_be_about
from rag.answering.composing.replacing import Told
from rag.answering.timeline import Line, grouped, in_lines

WORTH = 0.15  # share of the score of the best account that another one needs
AS_WORTHY = 0.8  # share of the score of the best account of its article that a second one needs
MOST = 5  # lines of different values


def succession(asked: Asked, accounts: Sequence[Account]) -> tuple[Line, ...]:
    """The values that the articles give to what is asked, each with its time, oldest first.

    Other than where a timeline is drawn to see whether sources differ, an account need not be surely about just what is
    asked: who asks how a value has changed wants to see what each article has in its place.
    """
    best_first = sorted(accounts, key=lambda account: -account.score)
    told = [(one, value) for one in best_first if may_be_about(asked, one) for value in list(values_of(asked, one))[:1]]
    if not told:
        return ()
    leading, first = told[0]
    alike = [
        (one, value)
        for one, value in told
        if one.score >= WORTH * leading.score and (value.kind, value.unit) == (first.kind, first.unit)
    ]
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


def _tells_several(account: Account, value: Value) -> bool:
    """Whether an account tells more than one date, as one of a delay does: it stands beside those of either date."""
    return value.kind == "date" and len({(date.month, date.day) for date in account.dates if date.month}) > 1
