"""Holds what sentences of articles say for or against a statement, as it is weighed and cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.schema import Article, Citation, Finding

Side = Literal["says", "lets say", "denies"]


@dataclass(frozen=True, slots=True)
class Testimony:
    """A sentence or two that say or deny a statement."""

    side: Side
    article: Article
    start: int
    end: int
    weight: float  # the share of the statement that it says


def strongest(testimonies: Iterable[Testimony]) -> list[Testimony]:
    """The testimonies that say most, shorter ones first, none overlapping a better one."""
    order = {"says": 0, "denies": 1, "lets say": 2}
    ranked = sorted(testimonies, key=lambda one: (order[one.side], -one.weight, one.end - one.start, one.article.id))
    kept: list[Testimony] = []
    for one in ranked:
        near = [other for other in kept if other.article.id == one.article.id]
        if not any(one.start < other.end and other.start < one.end for other in near):
            kept.append(one)
    return kept


def cited(testimonies: Sequence[Testimony]) -> tuple[Citation, ...]:
    """Citations, oldest first and undated ones last; their numbers come later."""
    found = [
        Citation(
            number=0,
            article_id=one.article.id,
            title=one.article.title,
            outlet=one.article.outlet,
            published=one.article.published,
            url=one.article.url,
            start=one.start,
            end=one.end,
            quote=one.article.text[one.start : one.end],
        )
        for one in testimonies
    ]
    return tuple(sorted(found, key=lambda one: (one.published is None, str(one.published), one.article_id, one.start)))


def numbered(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings with their citations numbered through, the same words always with the same number."""
    numbers: dict[tuple[str, int, int], int] = {}

    def number(citations: Sequence[Citation]) -> tuple[Citation, ...]:
        return tuple(
            replace(one, number=numbers.setdefault((one.article_id, one.start, one.end), len(numbers) + 1))
            for one in citations
        )

    for finding in findings:
        yield replace(
            finding,
            supporting=number(finding.supporting),
            contradicting=number(finding.contradicting),
            nearest=number(finding.nearest),
        )
