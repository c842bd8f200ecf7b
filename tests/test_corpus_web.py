from __future__ import annotations

import time

import pytest

from rag.corpus.drafts import Draft
from rag.corpus.editing import edit
from rag.corpus.web import drafts_of_page
from rag.errors import CorpusError
from rag.schema import Article

FIRST = "Le ministre a annoncé mardi le retrait de ses troupes, après des mois de négociations difficiles. " * 2
SECOND = "Les soldats partiront avant la fin du mois, a précisé son porte-parole à la presse étrangère. " * 2


def page(head: str = "", body: str = "", *, after: str = "") -> bytes:
    text = f"<article><h1>Le pays retire ses troupes</h1>{body}<p>{FIRST}</p><p>{SECOND}</p></article>{after}"
    head = f"<meta charset='utf-8'><title>Le pays retire ses troupes</title>{head}"
    return f"<!doctype html><html lang='fr-FR'><head>{head}</head><body>{text}</body></html>".encode()


def draft(data: bytes) -> Draft:
    (found,) = drafts_of_page(data, id="page", path="page.html", file_name="page")
    return found


def article(data: bytes) -> Article:
    return edit(draft(data))[0]


def test_a_page_gives_text_title_outlet_address_date_and_language() -> None:
    head = (
        "<meta property='og:site_name' content='Le Journal'><link rel='canonical' href='https://exemple.org/a'>"
        "<meta property='article:published_time' content='2020-01-07T10:00:00+01:00'>"
        "<meta property='article:modified_time' content='2021-03-04T10:00:00+01:00'>"
    )
    read = article(page(head, after="<footer>© 2021 Le Journal</footer>"))
    assert (read.title, read.outlet, read.url) == ("Le pays retire ses troupes", "Le Journal", "https://exemple.org/a")
    assert (str(read.published), read.published_from, read.language) == ("2020-01-07", "metadata", "fr")
    assert read.text == f"{FIRST.strip()}\n\n{SECOND.strip()}"


@pytest.mark.parametrize(
    ("head", "body", "after", "date"),
    [
        pytest.param("", "", "", None, id="nothing"),
        pytest.param("", "", "<footer>© 2021 Le Journal</footer>", None, id="a copyright line"),
        pytest.param("", "<p>Le 3 mars 2015, une frappe avait eu lieu dans la région.</p>", "", None, id="an event"),
        pytest.param("", "<img src='/upload/2016/05/12/x.jpg'>", "", None, id="the address of a picture"),
        pytest.param("<meta name='date' content='2020-03'>", "", "", "2020-03", id="a month stays a month"),
        pytest.param("<meta name='date' content='2020'>", "", "", "2020", id="a year stays a year"),
        pytest.param("<meta property='article:modified_time' content='2021-03-04'>", "", "", None, id="modified only"),
        pytest.param("<meta name='DC.date.issued' content='2020-01-07'>", "", "", "2020-01-07", id="Dublin Core"),
        pytest.param(
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2020-01-07"}]}'
            "</script>",
            "",
            "",
            "2020-01-07",
            id="linked data",
        ),
        pytest.param('<script type="application/ld+json">{broken</script>', "", "", None, id="broken linked data"),
        pytest.param(
            "<link rel='canonical' href='https://e.org/2020/01/07/a.html'>", "", "", "2020-01-07", id="address"
        ),
        pytest.param("", "<time datetime='2020-01-07T10:00'>mardi</time>", "", "2020-01-07", id="one time element"),
        pytest.param(
            "",
            "<time datetime='2020-01-07'>mardi</time>",
            "<aside><time datetime='2019-05-01'>Un autre titre</time></aside>",
            None,
            id="time elements that disagree",
        ),
    ],
)
def test_a_page_is_dated_by_what_it_declares_and_never_by_today(
    head: str, body: str, after: str, date: str | None
) -> None:
    assert str(draft(page(head, body, after=after)).published) == str(date)


def test_a_publication_line_in_the_text_dates_a_page() -> None:
    read = article(page(body="<p>Publié le 7 janvier 2020 à 10h30</p>"))
    assert (str(read.published), read.published_from) == ("2020-01-07", "dateline")
    assert "Publié" not in read.text


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display: none'>{}</p>",
        "<p style='visibility:hidden'>{}</p>",
        "<p style='font-size:0px'>{}</p>",
        "<p style='opacity:0'>{}</p>",
        "<p style='color:#fff'>{}</p>",
        "<p style='position:absolute;left:-9999px'>{}</p>",
        "<p hidden>{}</p>",
        "<p aria-hidden='true'>{}</p>",
        "<p class='x ghost'>{}</p>",
        "<p id='ghost'>{}</p>",
        "<!-- {} -->",
        "<script>{}</script>",
        "<template><p>{}</p></template>",
        "<noscript><p>{}</p></noscript>",
        "<p><img alt='{}'></p>",
    ],
)
def test_what_a_reader_cannot_see_is_not_read(hidden: str) -> None:
    secret = "Le secret bien gardé de cette page est que le ministre a menti à tout le monde."
    sheet = "<style>.ghost, #ghost { display: none } .x { color: red }</style>"
    read = article(page(sheet, hidden.format(secret)))
    assert "secret" not in read.text
    assert FIRST.strip() in read.text


@pytest.mark.parametrize("style", ["color:white;background:#333", "font-size:0.9em", "opacity:0.8", "font-size:10px"])
def test_what_a_reader_can_see_is_read(style: str) -> None:
    shown = "Ce paragraphe bien visible fait partie de l'article comme tous les autres paragraphes."
    assert shown in article(page(body=f"<p style='{style}'>{shown}</p>")).text


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "no-such-charset"])
def test_a_page_in_cp1252_keeps_its_letters(declared: str) -> None:
    data = page(body="<p>L’œuvre a coûté cher à l’État, selon les premières estimations de la Cour.</p>")
    data = data.replace(b"utf-8", declared.encode()).decode().encode("cp1252")
    assert "L’œuvre a coûté cher à l’État" in article(data).text


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body></body></html>",
        b"<html></html>",
        b"<script>x</script>",
        b"<!-- nothing -->",
        b"<?xml version='1.0' encoding='utf-8'?><html/>",
        b"<div>" * 100_000,
        b"<p>" + b"x" * 2_000_000 + b"</p>",
        b"<p>a</p>" * 90_000,
        b"<style>" + b"{" * 900_000 + b"</style><p>x</p>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><p>&b;</p>",
    ],
    ids=[
        "empty body",
        "no body",
        "script",
        "comment",
        "xml",
        "nested",
        "too large",
        "too many",
        "style sheet",
        "entity",
    ],
)
def test_a_page_without_an_article_is_refused_quickly(data: bytes) -> None:
    begun = time.perf_counter()
    with pytest.raises(CorpusError):
        article(data)
    assert time.perf_counter() - begun < 5
