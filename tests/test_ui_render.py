"""Answers and their proof become HTML: calm, complete, and inert whatever the articles hold."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from ui_stand_in import ARTICLES, HOSTILE_TITLE, StandIn, cite

from rag.schema import Answer, Article, Claim, Evidence, PartialDate, Passage
from ui.render import Turn, conversation, masthead
from ui.sources import earlier_sources, latest_sources
from ui.texts import ENGLISH, FRENCH

BY_ID = {article.id: article for article in ARTICLES}
DEPOT, GREVE, HOSTILE = ARTICLES
OURS = {"a", "article", "blockquote", "details", "div", "h2", "h3", "mark", "p", "section", "span", "summary"}


class Parsed(HTMLParser):
    """The elements of a piece of HTML with their attributes, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked: list[str] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "mark" in self._open:
            self.marked[-1] += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(attribute)) is not None]


def answered(*articles: Article, number: int = 1, **changes: object) -> Turn:
    """A turn whose answer quotes the first sentence of each article."""
    claims = tuple(
        Claim(text=quote, citations=(cite(article, quote, rank),), verdict="quoted")
        for rank, article in enumerate(articles, start=1)
        for quote in [article.text.split(". ")[0]]
    )
    return Turn(number, "Une question ?", replace(Answer("Une question ?", "fr", claims=claims), **changes))  # type: ignore[arg-type]


def shown(*turns: Turn, language: str = "fr") -> Parsed:
    """The whole page's HTML for these turns."""
    return Parsed(
        conversation(turns, language)  # type: ignore[arg-type]
        + latest_sources(turns[-1], BY_ID, language)  # type: ignore[arg-type]
        + earlier_sources(turns[:-1], BY_ID, language)  # type: ignore[arg-type]
    )


def test_the_bare_answer_comes_before_the_quotes() -> None:
    text = shown(answered(DEPOT, short="42 rames")).text
    assert text.index("42 rames") < text.index("«\u202fLe dépôt de tramways de Valmont a rouvert mardi")
    assert "(Le Courrier, 7 mai 2019)" in text


def test_every_mark_leads_to_its_card() -> None:
    page = shown(answered(DEPOT, GREVE), answered(GREVE, number=2), answered(DEPOT, HOSTILE, number=3))
    anchors = page.values("id")
    marks = [attributes["href"] for tag, attributes in page.elements if attributes.get("class") == "mark"]
    assert len(marks) == 5
    assert all(str(href).removeprefix("#") in anchors for href in marks)
    assert len(anchors) == len(set(anchors))


def test_every_link_inside_the_page_has_a_target_and_every_label_a_text() -> None:
    page = shown(answered(DEPOT, GREVE), declined(), answered(DEPOT, number=3))
    anchors = page.values("id")
    assert all(href.removeprefix("#") in anchors for href in page.values("href") if href.startswith("#"))
    assert all(label in anchors for label in page.values("aria-labelledby"))
    assert all(label.strip() for label in page.values("aria-label"))


def test_a_card_shows_title_outlet_date_how_it_is_known_the_quote_and_the_sentence_in_its_article() -> None:
    page = Parsed(latest_sources(answered(DEPOT), BY_ID, "fr"))
    for part in ("[1] ", DEPOT.title, "Le Courrier, 7 mai 2019", "(date lue dans l’en-tête)", "18 millions"):
        assert part in page.text
    assert page.marked == ["Le dépôt de tramways de Valmont a rouvert mardi"]


def test_a_link_to_the_original_tells_its_host_and_nothing_about_us() -> None:
    links = [
        attributes for tag, attributes in Parsed(latest_sources(answered(DEPOT), BY_ID, "fr")).elements if tag == "a"
    ]
    (original,) = [link for link in links if not str(link["href"]).startswith("#")]
    assert original["href"] == DEPOT.url
    assert original["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil", " java\tscript:x"])
def test_a_dangerous_address_is_text_only(url: str) -> None:
    article = replace(DEPOT, url=url)
    page = Parsed(latest_sources(answered(article), {article.id: article}, "fr"))
    assert all(href.startswith("#") for href in page.values("href"))
    assert "Adresse indiquée" in page.text


def test_hostile_text_stays_text_everywhere() -> None:
    hostile = answered(HOSTILE, short="<b>short</b>", reason="<i>x</i>")
    page = shown(replace(hostile, question="<script>alert(1)</script>?"), answered(HOSTILE, number=2))
    assert {tag for tag, _ in page.elements} <= OURS
    assert not [
        name for _, attributes in page.elements for name in attributes if name.startswith("on") or name == "src"
    ]
    assert "<script>alert(4)</script>" in page.text
    assert "![x](http://evil.example/p)" in page.text
    assert "<b>short</b>" in page.text
    assert HOSTILE_TITLE.replace("\u202e", "") in page.text
    assert "\u202e" not in page.text


@pytest.mark.parametrize(
    "reply",
    [
        "![x](http://evil.example/?q=1)",
        "[a]: http://evil.example\n![][a]",
        '<form action="http://evil.example"><iframe src=x></iframe><style>*{}</style><a href="http://evil.example">x</a>',
        "[click](javascript:alert(1)) **bold** `code`",
    ],
    ids=["image", "reference", "html", "markdown"],
)
def test_a_models_reply_is_literal_text(reply: str) -> None:
    claim = Claim(text=reply, citations=(cite(DEPOT, "42 rames"),), verdict="supported")
    page = Parsed(
        conversation((Turn(1, "?", Answer("?", "fr", claims=(claim,), short=reply, mode="generative")),), "fr")
    )
    assert page.text.count(reply) == 2
    assert {tag for tag, _ in page.elements} <= OURS
    assert page.values("href") == ["#source-1-1"]


def test_unsupported_claims_are_not_shown() -> None:
    turn = answered(DEPOT, GREVE)
    assert turn.answer is not None
    first, second = turn.answer.claims
    answer = replace(turn.answer, claims=(first, replace(second, verdict="unsupported")))
    page = shown(replace(turn, answer=answer))
    assert second.text not in page.text
    assert "source-1-2" not in page.values("id")


def test_a_long_token_and_a_long_title_are_bounded() -> None:
    article = replace(DEPOT, title="x" * 1_000_000, text="y" * 5_000 + ". " + "z" * 1_000_000)
    page = latest_sources(answered(article), {article.id: article}, "fr")
    assert len(page) < 60_000
    assert "[…]" in page


def test_the_quote_of_a_very_long_article_is_shown_with_its_surroundings() -> None:
    article = replace(DEPOT, text="Avant. " * 20_000 + "Voici la preuve. " + "Après. " * 20_000)
    quote = cite(article, "Voici la preuve.")
    answer = Answer("?", "fr", claims=(Claim(text=quote.quote, citations=(quote,), verdict="quoted"),))
    page = Parsed(latest_sources(Turn(1, "?", answer), {article.id: article}, "fr"))
    assert page.marked == ["Voici la preuve."]
    assert "Avant. Voici la preuve. Après." in page.text


@pytest.mark.parametrize("articles", [{}, {DEPOT.id: replace(DEPOT, text="Un autre texte.")}], ids=["gone", "changed"])
def test_an_article_gone_or_changed_since_leaves_the_quote_and_no_false_highlight(articles: dict[str, Article]) -> None:
    page = Parsed(latest_sources(answered(DEPOT), articles, "fr"))
    assert "Le dépôt de tramways de Valmont a rouvert mardi" in page.text
    assert page.marked == []


def declined() -> Turn:
    passage = Passage("p", GREVE.id, 0, 68, GREVE.text[:68])
    evidence = (Evidence(passage, score=0.3, lexical=1.0, dense=0.2),)
    answer = Answer("?", "fr", evidence=evidence, abstained=True, reason="Trop loin du sujet.")
    return Turn(2, "Et la météo ?", answer)


def test_a_declined_answer_says_why_and_offers_the_nearest_passages() -> None:
    page = shown(declined())
    assert "Les articles ne répondent pas à cette question." in page.text
    assert "Trop loin du sujet." in page.text
    assert FRENCH.one_nearest in page.text
    assert page.marked == [GREVE.text[:68]]


def test_an_answer_on_its_way_is_busy_and_a_failed_one_is_not() -> None:
    pending = Parsed(conversation((Turn(1, "?"),), "fr"))
    assert pending.values("aria-busy") == ["true"]
    assert FRENCH.searching in pending.text
    failed = Parsed(conversation((Turn(1, "?", trouble=FRENCH.failed),), "fr"))
    assert failed.values("aria-busy") == ["false"]
    assert FRENCH.failed in failed.text


def test_the_masthead_counts_the_articles_and_their_days() -> None:
    assert "3 articles · 7 mai 2019 → février 2020" in Parsed(masthead(ARTICLES, "fr")).text
    assert "1 article · 7 May 2019" in Parsed(masthead([DEPOT], "en")).text


def test_the_interface_speaks_english_too() -> None:
    page = shown(answered(DEPOT), declined(), language="en")
    assert ENGLISH.one_nearest in page.text
    assert ENGLISH.date_known["dateline"] in page.text


def test_a_date_without_provenance_claims_none() -> None:
    article = replace(GREVE, published=PartialDate(2020), published_from="an oracle")
    page = Parsed(latest_sources(answered(article), {article.id: article}, "fr"))
    assert "AFP, 2020" in page.text
    assert "oracle" not in page.text


def test_the_stand_in_answers_as_the_assistant_does() -> None:
    answer = StandIn().ask("Combien de rames compte le dépôt de tramways de Valmont ?")
    assert answer.complete
    for citation in answer.citations:
        assert BY_ID[citation.article_id].text[citation.start : citation.end] == citation.quote
