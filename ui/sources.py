"""Renders the proof: one card for each citation, with the exact quote and its article, the quote highlighted in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.schema import Answer, Article, Citation, Language, PartialDate
from ui.markup import Html, element, escape, outside_host, shortened
from ui.render import NEAREST_SHOWN, Turn, card_id, nearest_id, notice, origin, turn_id
from ui.texts import TEXTS, Texts

MOST_TEXT = 30_000  # characters of an article shown around a quote

Articles = Mapping[str, Article]  # by id


def latest_sources(turn: Turn | None, articles: Articles, language: Language) -> Html:
    """The proof of the newest answer, or a line that says what will appear here."""
    words = TEXTS[language]
    if turn is None:
        body: tuple[Html, ...] = (notice(words.sources_hint, language),)
    elif turn.trouble is not None:
        body = (notice(words.no_sources, language),)
    else:
        body = _cards(turn, articles, language)
    declined = turn is not None and turn.answer is not None and turn.answer.abstained and bool(turn.answer.evidence)
    heading = words.nearest if declined else words.sources
    hint = (notice(words.nearest_hint, language),) if declined else ()
    anchor = nearest_id(turn) if turn is not None and declined else None
    return element(
        "section",
        {"class": "sources", "id": anchor, "tabindex": "-1", "aria-label": heading, "lang": language},
        element("h2", {}, escape(heading)),
        *hint,
        *body,
    )


def earlier_sources(turns: Sequence[Turn], articles: Articles, language: Language) -> Html:
    """The proof of the answers before, newest first, each folded under its question."""
    folded = [_folded(turn, articles, language) for turn in reversed(turns) if _cited(turn.answer)]
    if not folded:
        return Html("")
    heading = TEXTS[language].earlier_sources
    return element(
        "section",
        {"class": "sources earlier", "aria-label": heading, "lang": language},
        element("h2", {}, escape(heading)),
        *folded,
    )


def _folded(turn: Turn, articles: Articles, language: Language) -> Html:
    declined = turn.answer is not None and turn.answer.abstained
    return element(
        "details",
        {"class": "turn-sources", "id": nearest_id(turn) if declined else None},
        element("summary", {}, escape(shortened(turn.question))),
        *_cards(turn, articles, language),
    )


def _cited(answer: Answer | None) -> bool:
    return answer is not None and bool(answer.evidence if answer.abstained else answer.citations)


def _cards(turn: Turn, articles: Articles, language: Language) -> tuple[Html, ...]:
    answer = turn.answer
    if answer is None:
        return ()
    if answer.abstained:
        nearest = enumerate(answer.evidence[:NEAREST_SHOWN], start=1)
        shown = [
            _Proof(
                f"near-{turn.number}-{rank}", None, found.passage.article_id, found.passage.start, found.passage.text
            )
            for rank, found in nearest
        ]
    else:
        shown = [_Proof(card_id(turn, one), one, one.article_id, one.start, one.quote) for one in answer.citations]
    return tuple(_card(proof, turn, articles.get(proof.article_id), language) for proof in shown)


@dataclass(frozen=True, slots=True)
class _Proof:
    """Words of an article to show: those of a citation, or of a passage that came near."""

    anchor: str
    citation: Citation | None
    article_id: str
    start: int
    quote: str


def _card(proof: _Proof, turn: Turn, article: Article | None, language: Language) -> Html:
    words = TEXTS[language]
    cited = proof.citation
    known = cited or article
    title = shortened(known.title if known else proof.article_id)
    number = element("span", {"class": "number"}, escape(f"[{cited.number}] ")) if cited else Html("")
    heading = element("h3", {"id": f"{proof.anchor}-title"}, number, escape(title))
    spoken = article.language if article else None
    quote = element("blockquote", {"lang": spoken}, escape(proof.quote))
    link = _original(known.url if known else None, words)
    back = element("a", {"class": "back", "href": f"#{turn_id(turn)}"}, escape(words.back))
    return element(
        "article",
        {"class": "card", "id": proof.anchor, "tabindex": "-1", "aria-labelledby": f"{proof.anchor}-title"},
        heading,
        _provenance(known.outlet if known else None, known.published if known else None, article, language),
        quote,
        _whole(proof, article, title, words) if article else Html(""),
        element("p", {"class": "links"}, link, back),
    )


def _provenance(outlet: str | None, published: PartialDate | None, article: Article | None, language: Language) -> Html:
    known = TEXTS[language].date_known.get(article.published_from or "") if article and published else None
    told = element("span", {"class": "known"}, escape(f" ({known})")) if known else Html("")
    return element("p", {"class": "provenance"}, escape(origin(outlet, published, language)), told)


def _original(url: str | None, words: Texts) -> Html:
    if not url:
        return Html("")
    host = outside_host(url)
    if host is None:
        return element("span", {"class": "address"}, escape(words.address.format(url=shortened(url, limit=80))))
    leaves = {"href": url, "target": "_blank", "rel": "noopener noreferrer nofollow"}
    return element("a", leaves, escape(words.original.format(host=shortened(host, limit=60))))


def _whole(proof: _Proof, article: Article, title: str, words: Texts) -> Html:
    """The article, folded, its quote highlighted; of a very long one, the surroundings of the quote."""
    text, end = article.text, proof.start + len(proof.quote)
    verbatim = text[proof.start : end] == proof.quote
    start, end = (proof.start, end) if verbatim else (0, 0)
    first = max(0, start - MOST_TEXT // 2)
    last = max(end, first + MOST_TEXT)
    marked = element("mark", {}, escape(text[start:end])) if verbatim else Html("")
    body = (
        escape(f"{words.cut} " if first else ""),
        escape(text[first:start]),
        marked,
        escape(text[end:last]),
        escape(f" {words.cut}" if last < len(text) else ""),
    )
    # A box that scrolls must be reachable by keyboard, hence tabindex.
    box = {"class": "text", "tabindex": "0", "role": "region", "aria-label": title, "lang": article.language}
    return element(
        "details", {"class": "whole"}, element("summary", {}, escape(words.whole_article)), element("div", box, *body)
    )
