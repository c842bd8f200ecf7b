"""The tab that checks a text shows how each sentence stands, with dated quotes, and stays calm when it cannot."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import gradio as gr
import pytest
from lxml import html
from ui_stand_in import ARTICLES, StandIn, cite

from rag.answering.checking import LONGEST_TEXT
from rag.errors import QuestionError
from rag.schema import Finding
from ui.check_tab import check_tab, checked
from ui.check_texts import CHECK_TEXTS, FRENCH
from ui.findings import SIGNS, findings
from ui.newsroom import Newsroom
from ui.tab import Tab

DEPOT, GREVE, HOSTILE = ARTICLES
FOR = cite(DEPOT, "Il compte désormais 42 rames neuves.", 1)
AGAINST = cite(GREVE, "Ils réclament 12 embauches.", 2)
EVIL = "</div><script>alert(4)</script>"

FOUND = (
    Finding("Le dépôt a 42 rames.", "supported", "fr", supporting=(FOR,)),
    Finding("Il y a 40 embauches.", "contradicted", "fr", contradicting=(AGAINST,)),
    Finding("Il y a 12 embauches.", "mixed", "fr", supporting=(AGAINST,), contradicting=(FOR,)),
    Finding("Il pleut <b>fort</b>.", "absent", "fr"),
    Finding("Il neige.", "absent", "fr"),
)


class Checker(StandIn):
    """A stand-in whose findings, or whose failure, are given."""

    def __init__(self, told: tuple[Finding, ...] | Exception) -> None:
        super().__init__()
        self.told = told

    def check(self, text: str) -> tuple[Finding, ...]:
        if isinstance(self.told, Exception):
            raise self.told
        return self.told


def parsed(markup: str) -> html.HtmlElement:
    return html.fragment_fromstring(markup, create_parent="div")


def shown(text: str, told: tuple[Finding, ...] | Exception = FOUND) -> html.HtmlElement:
    return parsed(checked(Newsroom(Checker(told)), text, "fr"))


def test_each_sentence_is_shown_with_how_it_stands_in_words_and_sign() -> None:
    articles = shown("un texte").findall(".//article")
    assert [article.get("class") for article in articles] == [f"finding {one.standing}" for one in FOUND]
    for article, finding in zip(articles, FOUND, strict=True):
        told = article.text_content()
        assert FRENCH.standings[finding.standing] in told
        assert SIGNS[finding.standing] in told
        assert finding.statement in told


def test_the_sentences_are_counted_by_how_they_stand() -> None:
    counted = "5 phrases · 1 confirmée · 1 contredite · 1 partagée · 2 absentes"
    assert counted in shown("un texte").text_content()
    assert "1 phrase · 1 confirmée" in shown("un texte", FOUND[:1]).text_content()


def test_what_a_standing_means_is_told_once() -> None:
    assert shown("un texte").text_content().count(FRENCH.meanings["absent"]) == 1


def test_quotes_are_dated_and_open_their_article_at_the_very_words() -> None:
    first, second = shown("un texte", FOUND[:2]).findall(".//figure")
    assert first.find("blockquote").text == FOR.quote
    for part in (DEPOT.title, "Le Courrier, 7 mai 2019", "date lue dans l’en-tête", "[1]"):
        assert part in first.text_content()
    opens = first.find(".//button").attrib
    assert opens["data-article"] == "depot"
    assert DEPOT.text[int(opens["data-start"]) : int(opens["data-end"])] == FOR.quote
    assert "Contre" in second.getparent().text_content()


def test_a_quote_of_an_article_that_is_gone_stays_but_opens_nothing() -> None:
    gone = replace(FOR, article_id="gone")
    figure = shown("un texte", (Finding("x", "supported", "fr", supporting=(gone,)),)).find(".//figure")
    assert figure.find("blockquote").text == FOR.quote
    assert figure.find(".//button") is None


def test_hostile_statements_and_articles_are_text() -> None:
    cited = cite(HOSTILE, EVIL)
    page = shown("x", (Finding("<img src=x onerror=alert(1)>", "supported", "fr", supporting=(cited,)),))
    assert {element.tag for element in page.iter()} <= {
        *("div", "section", "article", "p", "span", "strong", "h3", "figure", "figcaption", "blockquote", "cite"),
        "button",
    }
    assert EVIL in page.text_content()
    assert "<img src=x onerror=alert(1)>" in page.text_content()


@pytest.mark.parametrize(
    ("text", "told", "line"),
    [
        (" \n\u200b", FOUND, FRENCH.empty),
        ("a" * (LONGEST_TEXT + 1), FOUND, "10001 caractères"),
        ("Quoi ?", QuestionError("states nothing"), "Rien à vérifier"),
        ("Un texte.", RuntimeError("/home/reporter/secret"), "La vérification a échoué"),
    ],
    ids=["empty", "long", "nothing", "failure"],
)
def test_what_cannot_be_checked_is_one_calm_line(
    text: str, told: tuple[Finding, ...] | Exception, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = shown(text, told)
    assert line in page.text_content()
    assert "secret" not in page.text_content()
    assert text not in caplog.text or not text.strip()


async def laid_out() -> Tab:
    with gr.Blocks(analytics_enabled=False):
        return check_tab(Newsroom(StandIn()), gr.State("fr"))


def test_the_tab_speaks_either_language() -> None:
    # Gradio leaves an event loop open where none is running, and this thread may have one already.
    with ThreadPoolExecutor(max_workers=1) as builder:
        tab = builder.submit(asyncio.run, laid_out()).result()
    for language, words in CHECK_TEXTS.items():
        changes = tab.localised(language)
        assert list(changes) == tab.outputs
        assert words.heading in str(changes[tab.outputs[0]])
        assert words.standings.keys() == words.meanings.keys() == words.counts.keys() == SIGNS.keys()


def test_findings_in_english_keep_the_language_of_the_statement() -> None:
    page = parsed(findings(FOUND[:1], Newsroom(StandIn()), "en"))
    assert page.find_class("statement")[0].get("lang") == "fr"
    assert "Supported" in page.text_content()


def test_what_comes_nearest_and_what_is_only_reported_is_told_as_such() -> None:
    near = Finding("Il neige.", "absent", "fr", nearest=(FOR,))
    told = Finding("On réclame 12 embauches.", "mixed", "fr", supporting=(AGAINST,))
    absent, reported = shown("un texte", (near, told)).findall(".//article")
    assert FRENCH.nearest in absent.text_content()
    assert FRENCH.unsettled in absent.text_content()
    assert FRENCH.standings["absent"] not in absent.text_content()
    assert "Il compte désormais 42 rames neuves." in absent.text_content()
    assert FRENCH.only_told in reported.text_content()
    assert FRENCH.standings["mixed"] not in reported.text_content()
