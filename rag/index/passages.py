"""Cuts an article into passages of a few sentences, each a verbatim stretch of its text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.language.sentences import sentence_spans, unwrapped
from rag.schema import MONTHS, Article, Passage, date_in_words

PASSAGES_VERSION = 2  # changes whenever split() or embedded_text() does: an index of another one is out of date
MOST_SENTENCES = 4  # where they have more than MOST_WORDS_OF_SHORT in all
MOST_WORDS_OF_SHORT = 30  # within it a passage may have any number of very short sentences
MOST_WORDS = 120  # only a single sentence may be longer
MOST_CHARACTERS = 2_000  # nothing is longer: what no sentence ends is cut at a clause or between words


def split(article: Article) -> tuple[Passage, ...]:
    """Cut an article into passages of two to four sentences where it can, in order; of more if they are very short.

    Short paragraphs are joined, a heading stays with what it heads. Together the passages hold every character of
    the text that is not white space, and `article.text[passage.start:passage.end] == passage.text`.
    """
    sentences = _sentences(article)
    return tuple(
        _passage(article, sentences[first].start, sentences[last - 1].end) for first, last in _cheapest_cuts(sentences)
    )


def embedded_text(article: Article, passage: Passage) -> str:
    """What the encoder reads of a passage: the title, the date in words, then the passage."""
    language = article.language if article.language in MONTHS else "fr"
    title = article.title.rstrip("…")
    heads = [] if passage.text.startswith(title) else [title]
    if article.published:
        heads.append(date_in_words(article.published, language))
    return well_formed("\n".join([*heads, passage.text]))


def is_intact(passage: Passage) -> bool:
    """Whether a passage is as it was when it was cut: its id is a hash of all the rest."""
    return passage.id == _id(passage.article_id, passage.start, passage.end, passage.text)


def well_formed(text: str) -> str:
    """The text with "?" in place of lone surrogates, which neither Chroma nor a tokenizer can take."""
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    words: int
    opens_paragraph: bool
    heading: bool = False


_LONGEST_HEADING = 12  # words
_FEW_WORDS = 40  # a passage of fewer says too little by itself
_CLAUSE = re.compile(r"[;:,]\s")
_SPACE = re.compile(r"\s")
_BLANK = re.compile(r"\s*")


def _passage(article: Article, start: int, end: int) -> Passage:
    text = article.text[start:end]
    return Passage(_id(article.id, start, end, text), article.id, start, end, text)


def _id(article_id: str, start: int, end: int, text: str) -> str:
    name = f"{article_id}\0{start}\0{end}\0{text}"
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:32]


def _sentences(article: Article) -> list[_Sentence]:
    """The sentences of an article, none longer than MOST_CHARACTERS, headings marked."""
    text = article.text
    blank_lines = re.search(r"\n\s*?\n", text) is not None  # else every line is a paragraph
    found: list[_Sentence] = []
    for start, end in unwrapped(text, sentence_spans(text, article.read_as)):
        gap = text[found[-1].end : start] if found else "\n\n"
        opens = gap.count("\n") >= (2 if blank_lines else 1)
        for piece_start, piece_end in _bounded(text, start, end):
            words = len(text[piece_start:piece_end].split())
            found.append(_Sentence(piece_start, piece_end, words, opens))
            opens = False
    return [
        _Sentence(one.start, one.end, one.words, one.opens_paragraph, _is_heading(text, one, following))
        for one, following in pairwise(found)
    ] + found[-1:]


def _is_heading(text: str, line: _Sentence, following: _Sentence) -> bool:
    """Whether a line by itself, short and without a full stop, stands above a paragraph."""
    alone = line.opens_paragraph and following.opens_paragraph and line.words <= _LONGEST_HEADING < following.words
    return alone and text[line.end - 1] not in '.…»”"'


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a span at the last clause, or else between words, or else anywhere, before it grows too long."""
    while end - start > MOST_CHARACTERS:
        half = start + MOST_CHARACTERS // 2
        window = text[half : start + MOST_CHARACTERS]
        marks = list(_CLAUSE.finditer(window)) or list(_SPACE.finditer(window))
        cut = half + marks[-1].end() if marks else start + MOST_CHARACTERS
        yield start, start + len(text[start:cut].rstrip())
        start = _BLANK.match(text, cut, end).end()  # type: ignore[union-attr]  # it matches nothing at all too
    if start < end:
        yield start, end


def _cheapest_cuts(sentences: Sequence[_Sentence]) -> list[tuple[int, int]]:
    """The cheapest way to cut sentences into runs, as (first, last + 1), by dynamic programming."""
    costs, before = [0.0], [0]
    for last in range(1, len(sentences) + 1):
        cost, first = min((costs[first] + cost, first) for first, cost in _runs_until(sentences, last))
        costs.append(cost)
        before.append(first)
    runs = []
    last = len(sentences)
    while last:
        runs.append((before[last], last))
        last = before[last]
    return runs[::-1]


def _runs_until(sentences: Sequence[_Sentence], last: int) -> Iterator[tuple[int, float]]:
    """Where a run may begin that ends before `last`, and how unlike a good passage it is.

    Three sentences of one paragraph cost nothing.
    """
    final = sentences[last - 1]
    words = borders = headings_inside = 0
    for first in range(last - 1, -1, -1):
        opening, count = sentences[first], last - first
        words += opening.words
        if count > 1 and not _fits(count, words, final.end - opening.start):
            return
        uneven = (min(count, MOST_SENTENCES) - 3) ** 2
        shortness = max(0.0, 1 - words / _FEW_WORDS)
        yield first, 0.1 * uneven + shortness + 0.6 * borders + 2 * headings_inside + 3 * final.heading
        borders += opening.opens_paragraph
        headings_inside += opening.heading


def _fits(count: int, words: int, characters: int) -> bool:
    most_words = MOST_WORDS if count <= MOST_SENTENCES else MOST_WORDS_OF_SHORT
    return words <= most_words and characters <= MOST_CHARACTERS
