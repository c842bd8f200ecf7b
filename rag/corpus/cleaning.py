"""Cleans an article of what web pages put before, inside and after its text, and keeps all the rest as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.corpus.boilerplate import LINE_RULES
from rag.corpus.credits import (
    dateline,
    header_end,
    is_place_line,
    is_publication_line,
    source_credit,
)
from rag.corpus.drafts import Cleaned, Piece
from rag.corpus.headlines import (
    LONGEST_HEADLINE,
    MARKER_AFTER_SENTENCE,
    is_bare_marker,
    is_breadcrumb,
    is_cut,
    is_cut_title,
    is_header,
    is_headline,
    is_list_item,
    is_marker,
)
from rag.corpus.tweets import is_tweet_signature, list_number, word_runs
from rag.language.folding import fold


def clean(text: str, title: str | None = None) -> Cleaned:
    """Take the boilerplate out of a text; paragraphs are then separated by one blank line.

    What is neither in the text nor the title afterwards is in `removed`, save white space. Cleaning a cleaned text
    under its title changes nothing.

    Args:
        text: a normalised text (rag.corpus.characters); each of its lines is taken for a paragraph.
        title: the title, if it is known; else the first line is taken for it when it looks like one.
    """
    page = _Page(title)
    for number, line in enumerate(text.split("\n")):
        page.read_line(number, line.strip())
    page.drop_breadcrumbs()
    page.drop_linked_headlines()
    page.drop_repeated_tweets()
    page.drop_repetitions()
    page.find_title()
    return Cleaned(
        text="\n\n".join(line.text for line in page.lines),
        title=page.title,
        removed=tuple(piece for _, piece in sorted(page.removed, key=lambda removed: removed[0])),
        outlet=page.outlet or page.agency,
        url=page.url,
        tweets=tuple(page.tweets),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    number: int  # in the source
    text: str


class _Page:
    """The lines of an article on their way to being clean; each step sets some of them aside."""

    def __init__(self, title: str | None) -> None:
        self.title = title
        self.lines: list[_Line] = []
        self.removed: list[tuple[int, Piece]] = []
        self.outlet: str | None = None
        self.agency: str | None = None
        self.url: str | None = None
        self.tweets: list[str] = []

    def read_line(self, number: int, text: str) -> None:
        """Take a line in, without what opens or ends it that is not text, unless it is boilerplate as a whole."""
        text = self._without_openings(number, text)
        text = self._without_linked_headlines(number, text)
        if not text:
            return
        if credit := source_credit(text):
            self.outlet = self.outlet or credit.outlet
            self.url = self.url or credit.url
        elif is_publication_line(text):
            self._remove(number, text, "publication")
            return
        elif not (is_place_line(text) or any(rule(text) for rule in LINE_RULES)):
            self.lines.append(_Line(number, text))
            return
        self._remove(number, text)

    def drop_breadcrumbs(self) -> None:
        """ "Accueil > Monde > A headline cut...", and other lines that are the beginning of the title."""
        top = [line.text[:LONGEST_HEADLINE] for line in self.lines[:_TOP]]
        beginnings = [fold(text) for text in (*top, self.title or "")] if any(map(is_cut, top)) else []
        self._drop(lambda line: is_breadcrumb(line.text) or is_cut_title(line.text, beginnings))

    def drop_linked_headlines(self) -> None:
        """ "Lire aussi : X" and "Article suivantX"; also X on the next line, or a list of them at the end."""
        kept, tail = [], _start_of_headlines(self.lines)
        after_marker = False
        for place, line in enumerate(self.lines):
            if is_marker(line.text):
                after_marker = is_bare_marker(line.text)
                self._remove(line.number, line.text)
            elif after_marker and is_headline(line.text):
                after_marker = place >= tail
                self._remove(line.number, line.text)
            else:
                after_marker = False
                kept.append(line)
        self.lines = kept

    def drop_repeated_tweets(self) -> None:
        """An embedded tweet that only repeats what the article quotes goes with its signature; another one stays."""
        kept: list[_Line] = []
        seen: set[tuple[str, ...]] = set()
        signed = any(is_tweet_signature(line.text) for line in self.lines)
        for line in self.lines if signed else ():
            tweet = kept[-1] if kept else None
            if not is_tweet_signature(line.text) or tweet is None or is_tweet_signature(tweet.text):
                seen.update(word_runs(tweet.text) if tweet else ())
                kept.append(line)
                continue
            self.tweets.append(line.text)
            number = list_number(tweet.text)
            runs = word_runs(tweet.text[len(number) :])
            if runs and seen.issuperset(runs):
                self._remove(kept.pop().number, tweet.text)
                self._remove(line.number, line.text)
                continue
            if number:
                self._remove(tweet.number, number.strip())
                kept[-1] = _Line(tweet.number, tweet.text[len(number) :])
            kept.append(line)
        self.lines = kept if signed else self.lines

    def drop_repetitions(self) -> None:
        """A paragraph that was there before, word for word."""
        seen: set[str] = set()

        def is_repetition(line: _Line) -> bool:
            words = line.text.casefold().split()
            text = " ".join(words)
            if text not in seen:
                seen.add(text)
                return False
            return len(words) >= _FEWEST_WORDS_REPEATED and not is_list_item(line.text)

        self._drop(is_repetition)

    def find_title(self) -> None:
        """Take the first line for the title, if none is known and it looks like one; a title is no part of the text."""
        if self.title is None and len(self.lines) > 1 and is_header(self.lines[0].text, self.lines[1].text):
            self.title = self.lines.pop(0).text
        title = _plain(self.title or "")
        same = {
            line.number
            for line in self.lines
            if abs(len(line.text) - len(title)) <= _SLACK and _plain(line.text) == title
        }
        if len(same) < len(self.lines):
            self._drop(lambda line: line.number in same)

    def _without_openings(self, number: int, text: str) -> str:
        while text:
            if end := header_end(text):
                self._remove(number, text[:end].strip(), "header")
            elif match := dateline(text):
                end = match.end()
                self.agency = self.agency or match["agency"].strip()
                self._remove(number, match[0].strip(), "dateline")
            else:
                break
            text = text[end:]
        return text

    def _without_linked_headlines(self, number: int, text: str) -> str:
        """The line without the headlines that are glued to its sentences: "... du pays. Lire aussi : X"."""
        start = 0
        while match := MARKER_AFTER_SENTENCE.search(text, start):
            rest = text[match.end() :]
            end = _SENTENCE_END.search(rest, 0, 2 * LONGEST_HEADLINE) if match["read"] else None
            if end is None and len(rest) > 2 * LONGEST_HEADLINE:
                start = match.end()
                continue
            cut = match.end() + end.end() if end else len(text)
            kept = match.start("gap")
            self._remove(number, text[kept:cut].strip())
            text = f"{text[:kept]} {text[cut:]}".strip()
            start = match.start()
        return text

    def _drop(self, is_boilerplate: Callable[[_Line], bool]) -> None:
        kept = []
        for line in self.lines:
            if is_boilerplate(line):
                self._remove(line.number, line.text)
            else:
                kept.append(line)
        self.lines = kept

    def _remove(self, number: int, text: str, kind: str = "boilerplate") -> None:
        self.removed.append((number, Piece(kind, text)))


_TOP = 5  # lines among which a title stands
_FEWEST_WORDS_REPEATED = 8  # a shorter line ("Pourquoi ?") may be there twice
_SLACK = 4  # characters by which two spellings of one title differ
_SENTENCE_END = re.compile(r"[.!?…][»”\")\]]?\s")


def _start_of_headlines(lines: list[_Line]) -> int:
    """From which line on there are only headlines and what announces them."""
    start = len(lines)
    while start and (is_headline(lines[start - 1].text) or is_marker(lines[start - 1].text)):
        start -= 1
    return start


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
