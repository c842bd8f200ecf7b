"""Renders the sentences of an answer, each with its origin and the marks that lead to its proof."""

from __future__ import annotations

from collections.abc import Sequence

from rag.schema import (
    LESS_SURE,
    TO_THE_SAME_EFFECT,
    Citation,
    Claim,
    Language,
    PartialDate,
    date_in_words,
    quotation_marks,
)
from ui.anchors import card_anchor
from ui.markup import Html, element, emphasised, escape, shortened
from ui.texts import TEXTS, Texts
from ui.turns import Turn


def sentences(turn: Turn, claims: Sequence[Claim], language: Language, words: Texts) -> Html:
    """The claims as sentences, in their order."""
    return Html("".join(element("p", {"class": "claim"}, *_parts(turn, claim, language, words)) for claim in claims))


def asides(turn: Turn, claims: Sequence[Claim], language: Language, words: Texts) -> Html:
    """What is less sure to answer, under a word that says so; nothing when there is none."""
    if not claims:
        return Html("")
    label = element("p", {"class": "label"}, escape(LESS_SURE[language]))
    return element("div", {"class": "asides"}, label, sentences(turn, claims, language, words))


def dated_sentences(turn: Turn, claims: Sequence[Claim], language: Language, words: Texts) -> Html:
    """The claims of sources that differ as a list, each led by its date and by who says it."""
    lines = [
        element(
            "li",
            {},
            element("p", {"class": "when"}, escape(" · ".join(when_and_who(claim, language)))),
            element(
                "p",
                {"class": "claim"},
                _said(claim, language),
                *_marks(turn, claim.word_for_word, words),
                *_otherwise(turn, claim, language, words),
            ),
        )
        for claim in claims
    ]
    return element("ol", {"class": "dated"}, *lines)


def dropped(claims: Sequence[Claim], words: Texts, language: Language) -> Html:
    """What a model wrote and no article bears out, struck through in a fold; nothing when there is none."""
    unsupported = [claim for claim in claims if claim.verdict == "unsupported"]
    if not unsupported:
        return Html("")
    count = len(unsupported)
    told = words.one_dropped if count == 1 else words.many_dropped.format(count=count)
    return element(
        "details",
        {"class": "dropped", "lang": language},
        element("summary", {}, escape(told)),
        element("ul", {}, *(_struck(claim, words) for claim in unsupported)),
    )


def when_and_who(claim: Claim, language: Language) -> tuple[str, ...]:
    """The date of a claim, or that it has none, and who says it: the speaker, else the outlet, where known."""
    words = TEXTS[language]
    first = claim.citations[0] if claim.citations else None
    date = claim.as_of or (first.published if first else None)
    when = date_in_words(date, language) if date else words.undated
    if claim.speaker:
        return when, words.told_by.format(speaker=shortened(claim.speaker, limit=80))
    outlets = dict.fromkeys(shortened(one.outlet, limit=60) for one in claim.word_for_word if one.outlet)
    return (when, ", ".join(outlets)) if outlets else (when,)


def bare_in_quote(citation: Citation) -> tuple[int, int] | None:
    """Where the bare answer stands in the quote."""
    if citation.bare is None:
        return None
    return citation.bare[0] - citation.start, citation.bare[1] - citation.start


def origin(outlet: str | None, published: PartialDate | None, language: Language) -> str:
    """Who published it and when, as far as either is known: "AFP, 7 janvier 2020"."""
    date = date_in_words(published, language) if published else TEXTS[language].undated
    return f"{shortened(outlet, limit=60)}, {date}" if outlet else date


def _parts(turn: Turn, claim: Claim, language: Language, words: Texts) -> tuple[Html, ...]:
    said = (_said(claim, language), escape(" "))
    said_by = words.told_by.format(speaker=shortened(claim.left_out, limit=100)) if claim.left_out else None
    proven = _sources(turn, claim.word_for_word, language, words, said_by=said_by)
    return (*said, *proven, *_otherwise(turn, claim, language, words))


def _otherwise(turn: Turn, claim: Claim, language: Language, words: Texts) -> tuple[Html, ...]:
    """That other articles agree in words of their own, and where; nothing where none does."""
    if not claim.otherwise:
        return ()
    joint = element("span", {"class": "origin"}, escape(f", {TO_THE_SAME_EFFECT[language]} "))
    return (joint, *_sources(turn, claim.otherwise, language, words))


def _sources(
    turn: Turn, citations: Sequence[Citation], language: Language, words: Texts, *, said_by: str | None = None
) -> tuple[Html, ...]:
    """Who says words that leave it out, where they were printed and when, with the marks that lead there."""
    origins = dict.fromkeys(origin(citation.outlet, citation.published, language) for citation in citations)
    before = f"{said_by}, " if said_by else ""
    told = element("span", {"class": "origin"}, escape(f"({before}{' ; '.join(origins)})")) if origins else Html("")
    return (told, *_marks(turn, citations, words))


def _said(claim: Claim, language: Language) -> Html:
    """The sentence, in quotation marks when it is the article's own, the bare answer in bold."""
    marks = quotation_marks(claim.text, language) if claim.verdict == "quoted" else ("", "")
    opening, closing = (mark.replace(" ", "\u202f") for mark in marks)  # a mark never stands alone on a line
    bare = next((bare_in_quote(one) for one in claim.citations if one.bare and one.quote == claim.text), None)
    return Html(escape(opening) + emphasised(claim.text, bare) + escape(closing))


def _marks(turn: Turn, citations: Sequence[Citation], words: Texts) -> tuple[Html, ...]:
    return tuple(_mark(turn, citation, words) for citation in citations)


def _mark(turn: Turn, citation: Citation, words: Texts) -> Html:
    told = words.source.format(number=citation.number, title=shortened(citation.title, limit=80))
    card = card_anchor(turn, citation.number)
    attributes = {
        "class": "mark",
        "href": f"#{card}",
        "aria-label": told,
        "data-act": "read",
        "data-turn": str(turn.number),
        "data-number": str(citation.number),
    }
    return element("a", attributes, escape(str(citation.number)))


def _struck(claim: Claim, words: Texts) -> Html:
    reason = words.guards.get(claim.guard or "")
    told = element("span", {"class": "origin"}, escape(f" ({reason})")) if reason else Html("")
    return element("li", {}, element("s", {}, escape(claim.text)), told)
