"""Writes a conversation down to be taken away: Markdown and a web page in which nothing of an article is markup."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.corpus.characters import visible
from rag.schema import LESS_SURE, TO_THE_SAME_EFFECT, Answer, Citation, Claim, Evidence, Language
from ui.claims import origin, when_and_who
from ui.export_table import as_csv
from ui.export_texts import EXPORT_TEXTS
from ui.markup import Html, element, escape, outside_host, shortened
from ui.texts import TEXTS
from ui.turns import Turn

__all__ = ["as_csv", "as_html", "as_markdown"]

NEAREST = 5  # passages told of a declined answer


def as_markdown(turns: Sequence[Turn], language: Language) -> str:
    """The conversation as Markdown; whatever an article or a model wrote stays plain text in it."""
    parts = [_markdown(part) for part in _parts(turns, language)]
    return "\n\n".join(parts) + "\n"


def as_html(turns: Sequence[Turn], language: Language) -> str:
    """The conversation as a page of its own, which runs nothing and fetches nothing."""
    parts = [_html(part) for part in _parts(turns, language)]
    head = element(
        "head",
        {},
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        element("title", {}, escape(EXPORT_TEXTS[language].title)),
        element("style", {}, escape(_STYLE)),
    )
    return f"<!doctype html>\n{element('html', {'lang': language}, head, element('body', {}, *parts))}\n"


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph of the export."""

    kind: Literal["title", "question", "heading", "note", "short", "claim", "source"]
    text: str
    quote: str = ""
    url: str | None = None


def _parts(turns: Sequence[Turn], language: Language) -> Iterator[_Part]:
    words = EXPORT_TEXTS[language]
    now = datetime.datetime.now().astimezone()
    yield _Part("title", words.title)
    yield _Part("note", words.made.format(time=f"{now:%Y-%m-%d %H:%M}"))
    for number, turn in enumerate(turns, 1):
        yield _Part("question", f"{number}. {turn.question}")
        if turn.answer:
            yield from _answered(turn.answer, language)
        if turn.trouble:
            yield _Part("note", words.failed.format(trouble=turn.trouble))


def _answered(answer: Answer, language: Language) -> Iterator[_Part]:
    words, said = EXPORT_TEXTS[language], TEXTS[language]
    if answer.standalone:
        yield _Part("note", words.standalone.format(question=answer.standalone))
    if answer.notice:
        yield _Part("note", answer.notice)
    if answer.abstained:
        yield _Part("short", answer.text)
        if answer.reason:
            yield _Part("note", answer.reason)
        yield from _nearest(answer.evidence[:NEAREST], language)
        return
    if answer.short:
        yield _Part("short", answer.short)
    if answer.differing:
        yield _Part("note", words.differing[answer.differing])
    yield from _claims(answer.claims, language)
    yield _Part("note", said.generative if answer.mode == "generative" else said.extractive)
    if answer.citations:
        yield _Part("heading", words.sources)
    for citation in answer.citations:
        yield _source(citation, language)


def _claims(claims: Sequence[Claim], language: Language) -> Iterator[_Part]:
    """The claims, those last that are less sure, after a word that says so."""
    for claim in (one for one in claims if not one.aside):
        yield _Part("claim", _claim(claim, language))
    if asides := [claim for claim in claims if claim.aside]:
        yield _Part("note", LESS_SURE[language])
        yield from (_Part("claim", _claim(claim, language)) for claim in asides)


def _claim(claim: Claim, language: Language) -> str:
    """The sentence with its marks, how it stands, and who says it when."""
    words = EXPORT_TEXTS[language]
    verdict = words.verdicts[claim.verdict]
    guard = TEXTS[language].guards.get(claim.guard or "", claim.guard)
    stands = words.because.format(verdict=verdict, guard=guard) if guard else verdict
    alike, otherwise = (
        "".join(f"[{citation.number}]" for citation in citations)
        for citations in (claim.word_for_word, claim.otherwise)
    )
    marks = f"{alike}, {TO_THE_SAME_EFFECT[language]} {otherwise}" if otherwise else alike
    told = "; ".join((*when_and_who(claim, language), stands))
    return f"{_on_one_line(claim.text)} {marks} ({told})"


def _source(citation: Citation, language: Language) -> _Part:
    place = _place(citation.article_id, citation.start, citation.end, language)
    told = f"{shortened(citation.title)} — {origin(citation.outlet, citation.published, language)} — {place}"
    return _Part("source", f"[{citation.number}] {told}", citation.quote, citation.url)


def _nearest(evidence: Sequence[Evidence], language: Language) -> Iterator[_Part]:
    if evidence:
        yield _Part("heading", EXPORT_TEXTS[language].nearest)
    for found in evidence:
        passage = found.passage
        yield _Part("source", _place(passage.article_id, passage.start, passage.end, language), passage.text)


def _place(article_id: str, start: int, end: int, language: Language) -> str:
    return EXPORT_TEXTS[language].place.format(article=shortened(article_id), start=start, end=end)


def _on_one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _markdown(part: _Part) -> str:
    text = _plain(_on_one_line(part.text))
    lead = {"title": "# ", "question": "## ", "heading": "### ", "claim": "- "}.get(part.kind, "")
    if part.kind == "short":
        return f"**{text}**"
    if part.kind != "source":
        return lead + text
    quoted = "\n".join(f"> {_plain(line)}" for line in visible(part.quote).splitlines())
    link = f"\n\n<{part.url.replace('<', '%3C').replace('>', '%3E')}>" if part.url and outside_host(part.url) else ""
    return f"{text}{link}\n\n{quoted}"


def _plain(line: str) -> str:
    """A line of text that Markdown leaves alone: nothing in it becomes a link, an image, an element or a list."""
    marked = _MARKS.sub(r"\\\g<0>", line)
    marked = _ADDRESS.sub(r"\\\g<0>", marked)
    return _LIST.sub(r"\1\\\2", marked, count=1)


_MARKS = re.compile(r"[\\`*_\[\]<>&|~$]|(?<![^\s])#(?=[#\s])|(?<![^\s])[-=+](?=[-=\s])")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.|@", re.IGNORECASE)  # what some dialects make links of by themselves
_LIST = re.compile(r"^(\s*\d{1,9})([.)])")


def _html(part: _Part) -> Html:
    name = {"title": "h1", "question": "h2", "heading": "h3"}.get(part.kind, "p")
    body = element(name, {"class": part.kind}, escape(_on_one_line(part.text)))
    if part.kind != "source":
        return body
    host = outside_host(part.url)
    leaves = {"href": part.url, "rel": "noopener noreferrer nofollow"}
    link = element("p", {"class": "link"}, element("a", leaves, escape(part.url or ""))) if host else Html("")
    return Html(body + element("blockquote", {}, escape(part.quote)) + link)


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = (
    "body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 Georgia,serif;color:#1d1c1a;background:#fbfaf7}"
    "h1,h2{line-height:1.3}h2{margin-top:2.5rem;border-top:1px solid #d9d4c8;padding-top:1rem}"
    ".note,.source,.link{font:.875rem/1.5 system-ui,sans-serif;color:#5c5850}.short{font-size:1.4rem;font-weight:700}"
    "blockquote{margin:0 0 1.2rem;padding-left:1rem;border-left:3px solid #8a1f11;white-space:pre-line}"
    "a{color:#8a1f11;overflow-wrap:anywhere}"
)
