"""Reads the dates of an article in the light of the day it came out."""

from __future__ import annotations

from dataclasses import replace

from rag.answering.verifying.statements import Statement, Unit
from rag.language.dates import DateMention, years_meant
from rag.schema import PartialDate


def dated(statement: Statement, published: PartialDate | None) -> Statement:
    """A sentence whose days and months have the year that the article's date gives them, where it can be one only."""
    if published is None or not any(_lacks_year(unit) for unit in statement.units):
        return statement
    units = tuple(_with_year(unit, published) if _lacks_year(unit) else unit for unit in statement.units)
    return replace(statement, units=units)


def is_publication(unit: Unit, published: PartialDate | None) -> bool:
    """Whether a date of a claim says no more than when the article came out, which dates all that it tells."""
    date = unit.value
    if not isinstance(date, DateMention) or published is None or date.year is None:
        return False
    return (
        date.year == published.year
        and date.month in (None, published.month or None)
        and date.day in (None, published.day or None)
    )


def _lacks_year(unit: Unit) -> bool:
    return isinstance(unit.value, DateMention) and unit.value.year is None and unit.value.month is not None


def _with_year(unit: Unit, published: PartialDate) -> Unit:
    assert isinstance(unit.value, DateMention)
    years = years_meant(unit.value, published)
    return replace(unit, value=replace(unit.value, year=years[0])) if len(years) == 1 else unit
