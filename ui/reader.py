"""Renders one article to be read, the sentences that an answer quotes marked in it, the one asked for above all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.schema import Article, Citation, Language
from ui.markup import Html, button, element, escape, shortened, strong
from ui.render import notice
from ui.sources import original, provenance
from ui.texts import TEXTS, Texts
from ui.turns import Turn

MOST_TEXT = 200_000  # characters of an article shown around the words that are marked
MOST_REMOVED = 200  # pieces
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What to open: an article, the words asked for, and the citations of the same answer."""

    article_id: str
    title: str
    quote: str = ""
    at: Span | None = None  # where the quote stands in the article
    cited: Citation | None = None
    citations: tuple[Citation, ...] = ()  # all of the answer
    turn: int | None = None


def reading_of_citation(turn: Turn, number: object) -> Reading | None:
    """What to open for a citation of a turn; None where there is no such citation."""
    citations = turn.answer.citations if turn.answer else ()
    cited = next((one for one in citations if one.number == number), None)
    if cited is None:
        return None
    at = (cited.start, cited.end)
    return Reading(cited.article_id, cited.title, cited.quote, at, cited, citations, turn.number)


def reading_of_passage(turn: Turn, rank: object) -> Reading | None:
    """What to open for the passage of that rank, from 1, among those found for a turn."""
    evidence = turn.answer.evidence if turn.answer else ()
    if not isinstance(rank, int) or not 1 <= rank <= len(evidence):
        return None
    passage = evidence[rank - 1].passage
    return Reading(passage.article_id, passage.article_id, passage.text, (passage.start, passage.end))


def reading_of_article(article: Article, start: object, end: object) -> Reading:
    """What to open for an article; offsets that do not lie in its text mark nothing."""
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(article.text):
        return Reading(article.id, article.title, article.text[start:end], (start, end))
    return Reading(article.id, article.title)


def reading_button(label: str, article_id: str, start: int | None = None, end: int | None = None) -> Html:
    """A button that opens an article, its words from `start` to `end` marked."""
    return button(label, "read", {"article": article_id, "start": start, "end": end}, {"class": "quiet open"})


def reader(
    reading: Reading, article: Article | None, removed: Sequence[str], language: Language, *, opened: int
) -> Html:
    """The article in full.

    Args:
        article: as it is now; None when it is gone.
        removed: what cleaning took out of its file.
        opened: another number each time, so that the page notices when the same words are opened again.
    """
    words = TEXTS[language]
    known = reading.cited or article
    title = shortened(known.title if known else reading.title)
    told = provenance(
        known.outlet if known else None,
        known.published if known else None,
        article.published_from if article else None,
        language,
    )
    leads = element("p", {"class": "links"}, original(known.url if known else None, words))
    return element(
        "article",
        {
            "class": "reading",
            "role": "dialog",
            "tabindex": "-1",
            "aria-labelledby": "reading-title",
            "lang": language,
            "data-opened": str(opened),
        },
        _bar(reading, words),
        element("h2", {"id": "reading-title"}, escape(title)),
        told,
        leads if known and known.url else Html(""),
        *_body(reading, article, language),
        _removed(removed, words),
    )


def _bar(reading: Reading, words: Texts) -> Html:
    """Where this stands among the sources of its answer, the ways to the others, and the way out."""
    close = element("button", {"type": "button", "class": "close", "data-act": "close", "aria-label": words.close})
    if reading.cited is None:
        return element("div", {"class": "bar"}, element("span", {}), close)
    numbers = [one.number for one in reading.citations]
    place = numbers.index(reading.cited.number)
    told = words.reading.format(number=reading.cited.number, count=len(numbers))
    steps = (
        _step("‹", words.previous, "previous", reading.turn, numbers[place - 1] if place else None),
        _step("›", words.next, "next", reading.turn, numbers[place + 1] if place + 1 < len(numbers) else None),
    )
    return element("div", {"class": "bar"}, element("span", {}, escape(told)), *steps, close)


def _step(sign: str, label: str, kind: str, turn: int | None, number: int | None) -> Html:
    named = {"class": f"step {kind}", "aria-label": label, "disabled": "" if number is None else None}
    return button(sign, "read", {"turn": turn, "number": number}, named)


def _body(reading: Reading, article: Article | None, language: Language) -> tuple[Html, ...]:
    words = TEXTS[language]
    kept = element("blockquote", {}, escape(reading.quote))
    if article is None:
        return notice(words.gone, language), kept
    if reading.at is not None and article.text[slice(*reading.at)] != reading.quote:
        return notice(words.changed, language), kept, _text(article, None, (), ())
    beside = [one for one in reading.citations if one.article_id == article.id]
    beside = [one for one in beside if article.text[one.start : one.end] == one.quote]
    spans = [(one.start, one.end) for one in beside]
    return (_text(article, reading.at, spans, [one.bare for one in beside if one.bare]),)


def _text(article: Article, at: Span | None, marked: Sequence[Span], bare: Sequence[Span]) -> Html:
    """The paragraphs of the article; of a very long one, those around the words asked for."""
    text = article.text
    first = max(0, (at[0] if at else 0) - MOST_TEXT // 2)
    last = min(len(text), max(at[1] if at else 0, first + MOST_TEXT))
    cut = TEXTS["fr"].cut
    paragraphs = [element("p", {}, *_pieces(text, line, at, marked, bare)) for line in _lines(text, first, last)]
    before = element("p", {}, escape(cut)) if first else Html("")
    after = element("p", {}, escape(cut)) if last < len(text) else Html("")
    return element("div", {"class": "text", "lang": article.language}, before, *paragraphs, after)


def _lines(text: str, first: int, last: int) -> Iterator[Span]:
    while first < last:
        end = text.find("\n", first, last)
        end = last if end < 0 else end
        if text[first:end].strip():
            yield first, end
        first = end + 1


def _pieces(text: str, line: Span, at: Span | None, marked: Sequence[Span], bare: Sequence[Span]) -> Iterator[Html]:
    """A paragraph cut wherever a mark begins or ends, so that marks may overlap and run over paragraphs."""
    for piece in _cut(*line, [*marked, *([at] if at else [])]):
        written = Html(
            "".join(
                strong(text[slice(*part)]) if _within(part, bare) else escape(text[slice(*part)])
                for part in _cut(*piece, bare)
            )
        )
        if at and _within(piece, (at,)):
            written = element("mark", {"class": "current"}, written)
        elif _within(piece, marked):
            written = element("mark", {}, written)
        yield written


def _cut(start: int, end: int, spans: Sequence[Span]) -> Iterator[Span]:
    """The stretch from `start` to `end`, cut at every end of a span inside it."""
    cuts = sorted({start, end, *(place for span in spans for place in span if start < place < end)})
    return pairwise(cuts)


def _within(piece: Span, spans: Sequence[Span]) -> bool:
    return any(start <= piece[0] and piece[1] <= end for start, end in spans)


def _removed(pieces: Sequence[str], words: Texts) -> Html:
    """What cleaning took out of the article's file, folded."""
    if not pieces:
        return Html("")
    listed = [element("li", {}, escape(shortened(piece, limit=1_000))) for piece in pieces[:MOST_REMOVED]]
    return element(
        "details",
        {"class": "removed"},
        element("summary", {}, escape(words.removed.format(count=len(pieces)))),
        element("p", {"class": "notice"}, escape(words.removed_hint)),
        element("ul", {}, *listed),
    )
