"""A conversation taken away keeps its quotes, offsets, dates and verdicts, and nothing in it runs anywhere."""

from __future__ import annotations

import csv
import io
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from ui_stand_in import ARTICLES, HOSTILE_TITLE, cite

from rag.schema import Answer, Claim, Evidence, PartialDate, Passage
from ui.export import as_csv, as_html, as_markdown
from ui.export_table import harmless
from ui.turns import Turn

DEPOT, _, HOSTILE = ARTICLES
QUOTE = "Il compte désormais 42 rames neuves."
EVIL = "</div><script>alert(4)</script>"

ANSWERED = Turn(
    1,
    "Combien de rames ?",
    Answer(
        question="Combien de rames ?",
        language="fr",
        short="42 rames",
        standalone="Combien de rames compte le dépôt ?",
        claims=(
            Claim(QUOTE, (cite(DEPOT, QUOTE),), "quoted", as_of=PartialDate(2019, 5, 7), speaker="la maire"),
            Claim("Il y en avait 43.", (), "unsupported", guard="numbers"),
        ),
        differing="change",
    ),
)
DECLINED = Turn(
    2,
    "Et la hauteur ?",
    Answer(
        question="Et la hauteur ?",
        language="fr",
        abstained=True,
        reason="Aucun passage n'en parle.",
        evidence=(Evidence(Passage("p", "depot", 0, 47, DEPOT.text[:47]), 1.0, 2.0, 0.5),),
    ),
)
FAILED = Turn(3, "=HYPERLINK(1)", trouble="La recherche a échoué.")
HOSTILE_TURN = Turn(
    4,
    "![x](http://evil.example/q) <img src=x onerror=alert(1)> www.evil.example",
    Answer(
        question="?",
        language="fr",
        claims=(Claim(f"{EVIL} [a]: http://evil.example", (cite(HOSTILE, EVIL),), "supported"),),
    ),
)
TURNS = (ANSWERED, DECLINED, FAILED, HOSTILE_TURN)


def table(text: str, separator: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator))


@pytest.mark.parametrize("export", [as_markdown, as_html, as_csv])
def test_every_form_tells_questions_answers_quotes_offsets_dates_and_verdicts(export) -> None:  # type: ignore[no-untyped-def]
    told = export(TURNS, "fr")
    start = DEPOT.text.index(QUOTE)
    for part in (
        *("Combien de rames", "Combien de rames compte le dépôt", "42 rames", QUOTE.rstrip("."), "la maire"),
        *("cité mot pour mot", "sans preuve", "un nombre n’est pas celui", DEPOT.title, "Le Courrier", "depot"),
        *(str(start), str(start + len(QUOTE)), "courrier.example", "Aucun passage", "La recherche a échoué"),
    ):
        assert part in told, part
    assert "7 mai 2019" in told or "2019-05-07" in told


def test_a_declined_answer_offers_the_nearest_passages() -> None:
    for told in (as_markdown([DECLINED], "fr"), as_html([DECLINED], "fr")):
        assert DEPOT.text[:47].rstrip(".") in told
        assert "caractères 0 à 47" in told


def test_sources_that_differ_are_said_to() -> None:
    assert "change avec le temps" in as_markdown([ANSWERED], "fr")
    assert "changes over time" in as_html([ANSWERED], "en")


def test_what_is_less_sure_comes_last_and_is_said_to_be() -> None:
    assert ANSWERED.answer is not None
    first, *others = ANSWERED.answer.claims
    turn = replace(ANSWERED, answer=replace(ANSWERED.answer, claims=(replace(first, aside=True), *others)))
    told = as_markdown([turn], "fr")
    assert "Réponse moins sûre" not in as_markdown([ANSWERED], "fr")
    assert told.index("Réponse moins sûre") < told.index(first.text[:20])
    assert table(as_csv([turn], "fr"))[0]["verdict"] == "cité mot pour mot (réponse moins sûre)"


def test_the_page_runs_nothing_and_links_only_to_articles() -> None:
    page = html.document_fromstring(as_html(TURNS, "fr").encode())
    names = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert names == {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "blockquote", "a"),
    }
    assert [link.get("href") for link in page.iter("a")] == [DEPOT.url]
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert EVIL in page.text_content()
    [title] = [part.text_content() for part in page.find_class("source") if "onerror" in part.text_content()]
    assert HOSTILE_TITLE.replace("\u202e", "") in title


def read(markdown: str) -> html.HtmlElement:
    """Markdown as its readers show it, with the extensions that most of them have."""
    return html.document_fromstring(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def test_markdown_stays_text_where_it_is_read() -> None:
    told = as_markdown(TURNS, "fr")
    shown = read(told)
    names = {element.tag for element in shown.iter()}
    assert names == {"html", "body", "h1", "h2", "h3", "p", "ul", "li", "strong", "blockquote", "a"}
    assert [link.get("href") for link in shown.iter("a")] == [DEPOT.url]
    assert EVIL in shown.text_content()
    assert "![x](http://evil.example/q)" in shown.text_content()
    # Some readers make links of bare addresses.
    assert re.findall(r"\w+://[^>\s]+|www\.\S+", told) == [DEPOT.url]


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        "1. Un *mot*, `deux` _mots_ ~~trois~~ # quatre",
        "- tiret\n+ plus\n# dièse\n> chevron\n1) liste\n---\n===",
        "a|b\n-|-\nc|d",
        "5 200 < 1.500 & «\u202foui\u202f» \\ $x$ [1]",
    ],
)
def test_a_quote_is_verbatim_once_markdown_is_read(text: str) -> None:
    claim = Claim(text, (cite(replace(DEPOT, text=text), text),), "quoted")
    turn = Turn(1, "?", Answer(question="?", language="fr", claims=(claim,)))
    quoted = [quote.text_content().split() for quote in read(as_markdown([turn], "fr")).iter("blockquote")]
    assert quoted == [text.split()]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_table_has_a_row_for_each_citation_and_the_same_cells_everywhere(language: str) -> None:
    told = as_csv(TURNS, language)  # type: ignore[arg-type]
    assert told.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(told[1:]), delimiter=";" if language == "fr" else ","))
    assert {len(row) for row in rows} == {18}
    assert [row[0] for row in rows[1:]] == ["1", "1", "2", "3", "4"]


def test_the_table_keeps_quote_and_offsets() -> None:
    row = table(as_csv([ANSWERED], "fr"))[0]
    assert DEPOT.text[int(row["début"]) : int(row["fin"])] == row["citation"] == QUOTE
    assert (row["verdict"], row["selon"], row["en date de"]) == ("cité mot pour mot", "la maire", "2019-05-07")


def test_a_javascript_address_is_in_no_form() -> None:
    for export in (as_markdown, as_html, as_csv):
        assert "javascript:alert(5)" not in export([HOSTILE_TURN], "fr")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+cmd", "'+cmd"),
        ("-2+3+cmd|' /C calc'!D2", "'-2+3+cmd|' /C calc'!D2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\n'=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ('"=1', "'\"'=1"),
        ("a;=1", "a;'=1"),
        ("a, -3 %", "a, '-3 %"),
        ("a\n=1", "a\n'=1"),
        ("5 200 soldats - dont 300 =", "5 200 soldats - dont 300 ="),
        ("l'été", "l'été"),
        ("", ""),
    ],
    ids=repr,
)
def test_a_cell_is_never_a_formula(cell: str, shown: str) -> None:
    assert harmless(cell) == shown


@given(st.text(alphabet='=+-@;,"\t\n\r a1＝', max_size=30))
def test_no_cell_begins_a_formula_however_a_spreadsheet_cuts_it(cell: str) -> None:
    for part in re.split('[;,\t\n"]', harmless(cell)):
        assert not part.lstrip().startswith(tuple("=+-@＝"))


@pytest.mark.parametrize("character", ['"', " ", ";", "=", "\n", "[", "`", "1"])
def test_long_runs_cost_no_time(character: str) -> None:
    turn = Turn(1, character * 20_000, trouble=character * 20_000)
    begun = time.thread_time()
    for export in (as_markdown, as_html, as_csv):
        export([turn], "fr")
    assert time.thread_time() - begun < 1
