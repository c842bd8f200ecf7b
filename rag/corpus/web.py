"""Reads a saved web page: its main text, title, outlet, address and date, and nothing that a reader cannot see."""

from __future__ import annotations

import codecs
import json
import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html  # type: ignore[import-untyped]  # lxml ships no types
from lxml import etree

from rag.corpus.dating import read_date, unread_date
from rag.corpus.decoding import decode
from rag.corpus.drafts import Draft
from rag.errors import CorpusError
from rag.schema import PartialDate

LARGEST_PAGE = 500_000  # characters of markup without scripts: trafilatura needs a second for them
MOST_ELEMENTS = 10_000  # in a page: its time grows faster than their number


def drafts_of_page(data: bytes, *, id: str, path: str, file_name: str) -> Iterator[Draft]:
    """The one draft of a web page.

    Raises:
        CorpusError: the page is too large or holds no article.
    """
    # Late: trafilatura takes half a second to import, and most folders hold no web page.
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds wrong with a page is ours to say
    page = _parsed(_decoded(data))
    stated = [value for value in (*_from_linked_data(page), *_from_metadata(page)) if value.strip()]
    published = _published(page, stated)
    _drop_unseen(page)
    if sum(1 for _ in page.iter()) > MOST_ELEMENTS or len(etree.tostring(page, encoding="unicode")) > LARGEST_PAGE:
        raise CorpusError(
            f"has more than {MOST_ELEMENTS} elements or {LARGEST_PAGE} characters; save the article alone"
        )
    found = bare_extraction(page, with_metadata=True, include_comments=False, favor_precision=True)
    if found is None or not found.text:
        raise CorpusError("holds no article that can be told from the page around it; save the text alone")
    yield Draft(
        id=id,
        path=path,
        text=found.text,
        title=found.title or None,
        published=published,
        outlet=found.sitename or None,
        url=found.url or None,
        language=page.get("lang"),
        file_name=file_name,
        notes=() if published or not stated else (unread_date(stated[0]),),
    )


_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def _decoded(data: bytes) -> str:
    """The page as text, in the encoding that it declares if that fits."""
    text = decode(data)
    declared = _DECLARED.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            return data.decode(_AS_BROWSERS_DO.get(name, name))
        except (LookupError, ValueError):  # unknown, or not what the page is in
            return text
    return text


def _parsed(text: str) -> lxml.html.HtmlElement:
    text = re.sub(r"\A\s*<\?xml[^>]{0,200}>", "", text)  # lxml refuses a declared encoding in a str
    try:
        page = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(remove_comments=True))
    except (etree.LxmlError, ValueError) as error:
        raise CorpusError("is no web page that can be read; save it again") from error
    return page


_DATE_NAMES = frozenset(
    (
        *("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued"),
        *("dcterms.date", "dcterms.created", "dc.created", "pubdate", "publishdate", "publish-date"),
        *("publication_date", "sailthru.date", "parsely-pub-date"),
    )
)
_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?=[/-])")


def _published(page: lxml.html.HtmlElement, stated: Iterable[str]) -> PartialDate | None:
    """The date on which the page says it was published, as precise as it says it.

    Not asked of htmldate: it completes a month with the day of today, and takes the year of a copyright line, the
    date of a picture or of the event for that of the page.

    Args:
        stated: the dates of its metadata, the most trusted first.
    """
    for value in stated:
        if date := read_date(value):
            return date
    for address in page.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        if (match := _DATE_IN_ADDRESS.search(str(address))) and (
            date := read_date("-".join(filter(None, match.groups())))
        ):
            return date
    times = {read_date(str(value)) for value in page.xpath("//time/@datetime")} - {None}
    return times.pop() if len(times) == 1 else None


def _from_metadata(page: lxml.html.HtmlElement) -> Iterator[str]:
    for element in page.xpath("//meta[@content] | //*[@itemprop='datePublished']"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name.lower() in _DATE_NAMES:
            yield element.get("content") or element.get("datetime") or ""


def _from_linked_data(page: lxml.html.HtmlElement) -> Iterator[str]:
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            items = json.loads(str(script))
        except (ValueError, RecursionError):
            continue
        for item in _graph(items):
            if "article" in str(item.get("@type")).lower() and isinstance(item.get("datePublished"), str):
                yield item["datePublished"]


def _graph(items: Any) -> Iterator[dict[str, Any]]:
    for item in items if isinstance(items, list) else [items]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


_UNSEEN_TAGS = "//script | //style | //template | //noscript | //svg | //iframe | //object"
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0*\.?0+(?![.\d])|opacity\s*:\s*0*\.?0+(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:white|#fff(?:fff)?(?!\w)|rgb\(\s*255\s*,\s*255\s*,\s*255)", re.IGNORECASE
)
_DARK_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*(?!white|#fff|transparent|none)", re.IGNORECASE)
_SIMPLE_SELECTOR = re.compile(r"([.#])([\w-]{1,100})")


def _drop_unseen(page: lxml.html.HtmlElement) -> None:
    """Take out of a page what its reader does not see: scripts, hidden elements, white on white."""
    names = _unseen_names(" ".join(str(sheet) for sheet in page.xpath("//style/text()")))
    unseen = [
        element
        for element in page.xpath("//body//*[@style or @hidden or @aria-hidden or @class or @id]")
        if _is_unseen(element, names)
    ]
    for element in (*unseen, *page.xpath(_UNSEEN_TAGS)):
        if element.getparent() is not None:
            element.drop_tree()


def _is_unseen(element: lxml.html.HtmlElement, names: frozenset[str]) -> bool:
    style = element.get("style") or ""
    marks = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or not names.isdisjoint(marks)
        or _hides(style)
    )


def _hides(style: str) -> bool:
    return bool(_UNSEEN_STYLE.search(style) or (_WHITE.search(style) and not _DARK_BACKGROUND.search(style)))


def _unseen_names(sheet: str) -> frozenset[str]:
    """The classes and ids (".ad", "#ad") that a style sheet hides by a plain rule."""
    rules = (rule.rpartition("{") for rule in sheet.split("}"))
    return frozenset(
        selector.strip()
        for selectors, _, declarations in rules
        if _UNSEEN_STYLE.search(declarations)
        for selector in selectors.split(",")
        if _SIMPLE_SELECTOR.fullmatch(selector.strip())
    )
