"""Renders what is known of the corpus as a whole, and what has become of files that were added."""

from __future__ import annotations

from collections.abc import Sequence

from rag.schema import Article, Language, Skipped, date_in_words
from ui.claims import origin
from ui.corpus_reasons import reason_in_words
from ui.corpus_texts import CORPUS_TEXTS, CorpusTexts
from ui.librarian import Librarian, Progress
from ui.markup import Html, element, escape, shortened
from ui.reader import reading_button
from ui.texts import TEXTS
from ui.upload_folder import closed
from ui.uploads import Receipt

MOST_TOLD = 20  # remarks, or articles of one file


def freshness(librarian: Librarian, language: Language) -> Html:
    """When the articles were read, how new the newest is, and what was left aside."""
    words, assistant = CORPUS_TEXTS[language], librarian.newsroom.assistant
    dates = [article.published for article in assistant.articles if article.published]
    parts = [
        words.read_at.format(time=f"{librarian.read_at:%H:%M}"),
        *([words.newest.format(date=date_in_words(max(dates), language))] if dates else []),
    ]
    stale = element("strong", {}, escape(f" {words.stale}")) if librarian.stale else Html("")
    remarks = assistant.skipped
    told = words.one_skipped if len(remarks) == 1 else words.many_skipped.format(count=len(remarks))
    return element(
        "header",
        {"class": "freshness", "lang": language},
        element("h2", {}, escape(words.heading)),
        element("p", {"class": "notice"}, escape(" · ".join(parts)), stale),
        _remarks(told, remarks, language) if remarks else Html(""),
    )


def invitation(librarian: Librarian, language: Language) -> Html:
    """What may be added, or why nothing may."""
    words = CORPUS_TEXTS[language]
    why = closed(librarian.newsroom.folder)
    told = words.closed[why] if why else words.kinds
    heading = element("h2", {}, escape(words.adding))
    return element("div", {"lang": language}, heading, element("p", {"class": "notice"}, escape(told)))


def progress(done: Progress, language: Language) -> Html:
    """A bar while files are read, and a line for each one that has been."""
    words = CORPUS_TEXTS[language]
    read = len(done.receipts)
    now = words.indexing if read == done.total else words.reading.format(done=read + 1, total=done.total)
    bar = element("progress", {"max": str(done.total + 1), "value": str(read + 1), "aria-label": now})
    line = Html("") if done.finished else element("p", {"class": "notice"}, bar, escape(f" {now}"))
    receipts = [_receipt(receipt, language, done=done.finished) for receipt in reversed(done.receipts)]
    return element("div", {"lang": language}, line, element("ul", {"class": "receipts"}, *receipts))


def _receipt(receipt: Receipt, language: Language, *, done: bool) -> Html:
    words = CORPUS_TEXTS[language]
    name = element("span", {"class": "file"}, escape(shortened(receipt.name, limit=80)))
    if receipt.outcome in ("added", "known"):
        told = _taken(receipt, words)
    else:
        detail = shortened(reason_in_words(receipt.detail, language), limit=200)
        told = escape(words.outcomes[receipt.outcome].format(detail=detail))
    left = _remarks(f"{words.left_out} ({len(receipt.left_out)})", receipt.left_out, language)
    state = {"added": "added", "known": "known"}.get(receipt.outcome, "refused")
    return element(
        "li",
        {"class": state},
        name,
        element("p", {}, told),
        *[_taken_one(article, language, opens=done) for article in receipt.articles[:MOST_TOLD]],
        left if receipt.left_out else Html(""),
    )


def _taken(receipt: Receipt, words: CorpusTexts) -> Html:
    if receipt.outcome == "known":
        return escape(words.known)
    count = len(receipt.articles)
    return escape(words.added if count == 1 else words.added_many.format(count=count))


def _taken_one(article: Article, language: Language, *, opens: bool) -> Html:
    """An article with its date and how that is known: the one thing that is worth a look after adding it."""
    known = TEXTS[language].date_known.get(article.published_from or "") if article.published else None
    told = origin(article.outlet, article.published, language) + (f" ({known})" if known else "")
    title = shortened(article.title, limit=90)
    shown = reading_button(title, article.id) if opens else escape(title)
    return element("p", {"class": "provenance"}, shown, element("span", {"class": "under"}, escape(told)))


def _remarks(heading: str, remarks: Sequence[Skipped], language: Language) -> Html:
    lines = [
        element(
            "li",
            {},
            element("span", {"class": "file"}, escape(shortened(remark.source, limit=80))),
            escape(f" {shortened(reason_in_words(remark.reason, language), limit=240)}"),
        )
        for remark in remarks[:MOST_TOLD]
    ]
    more = [element("li", {}, escape(f"… {len(remarks) - MOST_TOLD}"))] if len(remarks) > MOST_TOLD else []
    return element(
        "details", {}, element("summary", {}, escape(heading)), element("ul", {"class": "remarks"}, *lines, *more)
    )
