"""Renders what the articles say of each sentence of a text: how it stands, and the dated quotes for and against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rag.schema import Article, Citation, Finding, Language, Standing
from ui.check_texts import CHECK_TEXTS, CheckTexts
from ui.claims import origin
from ui.markup import Html, element, escape, shortened
from ui.newsroom import Newsroom
from ui.reader import reading_button
from ui.texts import TEXTS

SIGNS: dict[Standing, str] = {"supported": "✓", "contradicted": "✕", "mixed": "±", "absent": "–"}


def findings(found: Sequence[Finding], newsroom: Newsroom, language: Language) -> Html:
    """All sentences in their order, under a line that counts how they stand."""
    words = CHECK_TEXTS[language]
    counted = Counter(finding.standing for finding in found)
    many = words.one_statement if len(found) == 1 else words.many_statements.format(count=len(found))
    counts = [words.counts[one][counted[one] > 1].format(count=counted[one]) for one in SIGNS if counted[one]]
    return element(
        "section",
        {"class": "findings", "lang": language, "aria-label": words.results},
        element("p", {"class": "notice"}, escape(" · ".join((many, *counts)))),
        *[_finding(finding, newsroom, language, explained=first) for finding, first in _with_first(found)],
    )


def _with_first(found: Sequence[Finding]) -> list[tuple[Finding, bool]]:
    """Each finding, and whether it is the first to stand as it does: what that means is told once."""
    standings = [finding.standing for finding in found]
    return [(finding, standings.index(finding.standing) == place) for place, finding in enumerate(found)]


def _finding(finding: Finding, newsroom: Newsroom, language: Language, *, explained: bool) -> Html:
    words = CHECK_TEXTS[language]
    sign = element("span", {"class": "sign", "aria-hidden": "true"}, escape(SIGNS[finding.standing]))
    standing = element("strong", {}, escape(_standing(finding, words)))
    meaning = element("span", {}, escape(words.meanings[finding.standing])) if explained else Html("")
    return element(
        "article",
        {"class": f"finding {finding.standing}"},
        element("p", {"class": "standing"}, sign, standing, meaning),
        element("p", {"class": "statement", "lang": finding.language}, escape(finding.statement)),
        _side(words.supporting, finding.supporting, newsroom, language),
        _side(words.contradicting, finding.contradicting, newsroom, language),
        _side(words.nearest, finding.nearest, newsroom, language),
    )


def _standing(finding: Finding, words: CheckTexts) -> str:
    if finding.standing == "mixed" and not finding.contradicting:
        return words.only_told
    return words.unsettled if finding.nearest else words.standings[finding.standing]


def _side(heading: str, citations: Sequence[Citation], newsroom: Newsroom, language: Language) -> Html:
    if not citations:
        return Html("")
    quotes = [_quote(citation, newsroom.article(citation.article_id), language) for citation in citations]
    return element("div", {"class": "side"}, element("h3", {}, escape(heading)), *quotes)


def _quote(citation: Citation, article: Article | None, language: Language) -> Html:
    words = CHECK_TEXTS[language]
    known = TEXTS[language].date_known.get(article.published_from or "") if article and citation.published else None
    told = origin(citation.outlet, citation.published, language) + (f" ({known})" if known else "")
    title = element("cite", {}, escape(shortened(citation.title, limit=110)))
    return element(
        "figure",
        {},
        element("blockquote", {"lang": article.language if article else None}, escape(citation.quote)),
        element(
            "figcaption",
            {},
            element("span", {"class": "number"}, escape(f"[{citation.number}] ")),
            title,
            element("span", {"class": "under"}, escape(told)),
            reading_button(words.open, citation.article_id, citation.start, citation.end) if article else Html(""),
        ),
    )
