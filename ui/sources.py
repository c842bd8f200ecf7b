"""Renders the proof: one card for each citation, with the exact quote, where it stands and how its date is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.schema import Answer, Article, Citation, Language, PartialDate
from ui.anchors import card_anchor, nearest_anchor, turn_anchor
from ui.claims import bare_in_quote, origin
from ui.markup import Html, button, element, emphasised, escape, outside_host, shortened
from ui.render import NEAREST_SHOWN, notice
from ui.texts import TEXTS, Texts
from ui.turns import Turn

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
    anchor = nearest_anchor(turn) if turn is not None and declined else None
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


def provenance(
    outlet: str | None, published: PartialDate | None, published_from: str | None, language: Language
) -> Html:
    """Outlet and date of an article, and how the date is known."""
    known = TEXTS[language].date_known.get(published_from or "") if published else None
    told = element("span", {"class": "known"}, escape(f" ({known})")) if known else Html("")
    return element("p", {"class": "provenance"}, escape(origin(outlet, published, language)), told)


def original(url: str | None, words: Texts) -> Html:
    """A link to where the article was published, or its address as text where no link may be made of it."""
    if not url:
        return Html("")
    host = outside_host(url)
    if host is None:
        return element("span", {"class": "address"}, escape(words.address.format(url=shortened(url, limit=80))))
    leaves = {"href": url, "target": "_blank", "rel": "noopener noreferrer nofollow"}
    return element("a", leaves, escape(words.original.format(host=shortened(host, limit=60))))


def _folded(turn: Turn, articles: Articles, language: Language) -> Html:
    declined = turn.answer is not None and turn.answer.abstained
    return element(
        "details",
        {"class": "turn-sources", "id": nearest_anchor(turn) if declined else None},
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
        shown = [
            _Proof(f"near-{turn.number}-{rank}", {"near": rank}, None, found.passage.article_id, found.passage.text)
            for rank, found in enumerate(answer.evidence[:NEAREST_SHOWN], start=1)
        ]
    else:
        shown = [
            _Proof(card_anchor(turn, one.number), {"number": one.number}, one, one.article_id, one.quote)
            for one in answer.citations
        ]
    return tuple(_card(proof, turn, articles.get(proof.article_id), language) for proof in shown)


@dataclass(frozen=True, slots=True)
class _Proof:
    """Words of an article to show: those of a citation, or of a passage that came near."""

    anchor: str
    named: dict[str, int]  # how the reader of articles is told which one
    citation: Citation | None
    article_id: str
    quote: str


def _card(proof: _Proof, turn: Turn, article: Article | None, language: Language) -> Html:
    words = TEXTS[language]
    cited = proof.citation
    known = cited or article
    title = shortened(known.title if known else proof.article_id)
    number = element("span", {"class": "number"}, escape(f"{cited.number} ")) if cited else Html("")
    quote = emphasised(proof.quote, bare_in_quote(cited) if cited else None)
    read = button(words.read, "read", {"turn": turn.number, **proof.named}, {"class": "quiet open"})
    back = element("a", {"class": "back", "href": f"#{turn_anchor(turn)}"}, escape(words.back))
    return element(
        "article",
        {"class": "card", "id": proof.anchor, "tabindex": "-1", "aria-labelledby": f"{proof.anchor}-title"},
        element("h3", {"id": f"{proof.anchor}-title"}, number, escape(title)),
        provenance(
            known.outlet if known else None,
            known.published if known else None,
            article.published_from if article else None,
            language,
        ),
        element("blockquote", {"lang": article.language if article else None}, quote),
        element("p", {"class": "links"}, read, original(known.url if known else None, words), back),
    )
