"""Writes a conversation as a table, one row for each citation, that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from rag.corpus.characters import visible
from rag.schema import LESS_SURE, Citation, Claim, Language
from ui.export_texts import EXPORT_TEXTS
from ui.markup import outside_host
from ui.texts import TEXTS
from ui.turns import Turn

Row = tuple[str | int, ...]


def as_csv(turns: Sequence[Turn], language: Language) -> str:
    """The conversation as CSV, with the mark by which spreadsheets know UTF-8.

    A cell that a spreadsheet would work out begins with an apostrophe instead, also where it would begin if the
    spreadsheet cut at another separator than ours.
    """
    words = EXPORT_TEXTS[language]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=words.separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(words.columns)
    for number, turn in enumerate(turns, 1):
        for row in _rows(turn, language):
            writer.writerow([number, *(cell if isinstance(cell, int) else harmless(cell) for cell in row)])
    return "\ufeff" + file.getvalue()


def harmless(cell: str) -> str:
    """A cell's text that is no formula in any spreadsheet."""
    text = visible(cell)
    begins = "'" if text.lstrip(' \t\n"')[:1] in tuple(_FORMULA) else ""
    return begins + _RUN.sub(_disarmed, text)


_FORMULA = "=+-@＝＋－＠"
_SEPARATORS = frozenset(';,\t\n"')  # spreadsheets in other languages cut at others, and skip spaces before a formula
_RUN = re.compile(rf'[\s";,]+([{re.escape(_FORMULA)}])?')


def _disarmed(run: re.Match[str]) -> str:
    """What stands before a formula and its first character, parted by an apostrophe where a cell might begin there."""
    formula = run[1] or ""
    before = run[0].removesuffix(formula)
    return f"{before}'{formula}" if formula and not _SEPARATORS.isdisjoint(before) else run[0]


def _rows(turn: Turn, language: Language) -> Iterator[Row]:
    answer = turn.answer
    asked = (turn.question, (answer.standalone if answer else None) or "")
    if answer is None or turn.trouble:
        yield (*asked, "", turn.trouble or "", *[""] * 13)
    elif answer.abstained:
        yield (*asked, "", f"{answer.text} {answer.reason or ''}".strip(), *[""] * 13)
    else:
        for claim in answer.claims:
            told = (*asked, answer.short or "", *_claim(claim, language))
            for citation in claim.citations or (None,):
                yield (*told, *_citation(citation))


def _claim(claim: Claim, language: Language) -> Row:
    verdict = EXPORT_TEXTS[language].verdicts[claim.verdict]
    if claim.aside:
        verdict = f"{verdict} ({LESS_SURE[language].rstrip(' :').lower()})"
    guard = TEXTS[language].guards.get(claim.guard or "", claim.guard or "")
    return claim.text, verdict, guard, claim.speaker or "", str(claim.as_of or "")


def _citation(citation: Citation | None) -> Row:
    if citation is None:
        return ("",) * 9
    address = citation.url if citation.url and outside_host(citation.url) else ""
    published = str(citation.published or "")
    known = (citation.number, citation.title, citation.outlet or "", published, address)
    return (*known, citation.article_id, citation.start, citation.end, citation.quote)
