"""Renders the conversation: questions, the bare answer, the quoted sentences and the marks that lead to their proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.schema import Answer, Article, Citation, Claim, Language, PartialDate, date_in_words, quotation_marks
from ui.markup import Html, element, escape, shortened
from ui.texts import TEXTS, Texts

NEAREST_SHOWN = 5  # passages offered with a declined answer


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the session and what has become of it so far."""

    number: int  # unique in the session, from 1
    question: str
    answer: Answer | None = None
    trouble: str | None = None  # what to tell the reader when there will be no answer


def conversation(turns: Sequence[Turn], language: Language) -> Html:
    """All turns, oldest first; nothing at all before the first question."""
    return Html("".join(_turn(turn, language) for turn in turns))


def masthead(articles: Sequence[Article], language: Language) -> Html:
    """The name of the house, what the corpus holds, and what may be asked."""
    words = TEXTS[language]
    held = _held(len(articles), [article.published for article in articles], language)
    return element(
        "header",
        {"class": "masthead", "lang": language},
        element("h1", {}, escape("Dépêche")),
        element("p", {"class": "tagline"}, escape(words.tagline)),
        element("p", {"class": "held"}, escape(" · ".join(held))),
    )


def notice(text: str, language: Language) -> Html:
    """One quiet line to the reader."""
    return element("p", {"class": "notice", "lang": language}, escape(text))


def card_id(turn: Turn, citation: Citation) -> str:
    """The anchor that a citation's marks lead to."""
    return f"source-{turn.number}-{citation.number}"


def nearest_id(turn: Turn) -> str:
    """The anchor of the passages offered with a declined answer."""
    return f"nearest-{turn.number}"


def turn_id(turn: Turn) -> str:
    """The anchor of a turn in the conversation."""
    return f"turn-{turn.number}"


def _turn(turn: Turn, language: Language) -> Html:
    words = TEXTS[language]
    question = element(
        "h2",
        {"class": "question"},
        element("span", {"class": "unseen", "lang": language}, escape(words.question + " ")),
        escape(shortened(turn.question, limit=400)),
    )
    writing = turn.trouble is None and (turn.answer is None or not turn.answer.complete)
    return element(
        "article",
        {"class": "turn", "id": turn_id(turn), "tabindex": "-1", "aria-busy": "true" if writing else "false"},
        question,
        _reply(turn, language),
    )


def _reply(turn: Turn, language: Language) -> Html:
    words = TEXTS[language]
    if turn.trouble is not None:
        return notice(turn.trouble, language)
    if turn.answer is None:
        return notice(words.searching, language)
    if turn.answer.abstained:
        return _declined(turn, turn.answer, words, language)
    return _answered(turn, turn.answer, words, language)


def _answered(turn: Turn, answer: Answer, words: Texts, language: Language) -> Html:
    shown = [claim for claim in answer.claims if claim.verdict != "unsupported"]
    short = element("p", {"class": "short"}, escape(answer.short)) if answer.short else Html("")
    claims = Html("".join(_claim(turn, claim, answer.language, words) for claim in shown))
    below = (
        element("p", {"class": "about", "lang": language}, escape(_about(answer, words, language)))
        if answer.complete
        else notice(words.writing if shown else words.searching, language)
    )
    return element("div", {"class": "answer", "lang": answer.language}, short, claims, below)


def _declined(turn: Turn, answer: Answer, words: Texts, language: Language) -> Html:
    statement = element("p", {"class": "declined"}, escape(answer.text))
    reason = element("p", {"class": "reason"}, escape(answer.reason)) if answer.reason else Html("")
    count = min(len(answer.evidence), NEAREST_SHOWN)
    offer = words.one_nearest if count == 1 else words.see_nearest.format(count=count)
    link = element("a", {"class": "offer", "href": f"#{nearest_id(turn)}", "lang": language}, escape(offer))
    return element("div", {"class": "answer", "lang": answer.language}, statement, reason, link if count else Html(""))


def _claim(turn: Turn, claim: Claim, language: Language, words: Texts) -> Html:
    marks = quotation_marks(claim.text, language) if claim.verdict == "quoted" else ("", "")
    opening, closing = (mark.replace(" ", "\u202f") for mark in marks)  # a mark never stands alone on a line
    origins = dict.fromkeys(origin(citation.outlet, citation.published, language) for citation in claim.citations)
    return element(
        "p",
        {"class": "claim"},
        escape(f"{opening}{claim.text}{closing} "),
        element("span", {"class": "origin"}, escape(f"({' ; '.join(origins)})")),
        *(_mark(turn, citation, words) for citation in claim.citations),
    )


def _mark(turn: Turn, citation: Citation, words: Texts) -> Html:
    told = words.source.format(number=citation.number, title=shortened(citation.title, limit=80))
    target = f"#{card_id(turn, citation)}"
    return element("a", {"class": "mark", "href": target, "aria-label": told}, escape(f"[{citation.number}]"))


def origin(outlet: str | None, published: PartialDate | None, language: Language) -> str:
    """Who published it and when, as far as either is known: "AFP, 7 janvier 2020"."""
    date = date_in_words(published, language) if published else TEXTS[language].undated
    return f"{shortened(outlet, limit=60)}, {date}" if outlet else date


def _about(answer: Answer, words: Texts, language: Language) -> str:
    cited = {citation.article_id: citation.published for citation in answer.citations}
    mode = words.generative if answer.mode == "generative" else words.extractive
    return " · ".join((*_held(len(cited), cited.values(), language), mode))


def _held(count: int, published: Iterable[PartialDate | None], language: Language) -> tuple[str, ...]:
    """How many articles there are, and the days of the first and the last where any is known."""
    words = TEXTS[language]
    counted = words.one_article if count == 1 else words.many_articles.format(count=count)
    dates = [date for date in published if date]
    if not dates:
        return (counted,)
    ends = dict.fromkeys(date_in_words(date, language) for date in (min(dates), max(dates)))
    return counted, " → ".join(ends)
