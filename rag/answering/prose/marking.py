"""Puts together the lines that a model writes piece by piece, and takes the marks off each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 2_000  # characters
MOST_CHARACTERS = 12_000  # of everything that a model writes for one answer
MOST_THOUGHTS = 200_000  # characters that it may think aloud before it


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of a model: what it claims, and the marks it cites for it, in order."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line as a model wrote it."""

    text: str
    ended: bool = True  # False for the last one when nothing comes after it, not even a line end


def lines(pieces: Iterable[str]) -> Iterator[WrittenLine]:
    """Yield each line once it is complete, and at the end the one that has begun; blank ones are left out.

    A line that is too long ends it all, and so does a model that writes and writes: what is cut is not given.
    """
    waiting, written = "", 0
    for piece in _said(pieces):
        *ended, waiting = _LINE_END.split(waiting + piece)
        for line in ended:
            written += len(line) + 1
            if len(line) > LONGEST_LINE or written > MOST_CHARACTERS:
                return
            if line.strip():
                yield WrittenLine(line)
        if len(waiting) > LONGEST_LINE:
            return
    if waiting.strip():
        yield WrittenLine(waiting, ended=False)


def marked(line: str, known: Collection[str] = ()) -> Marked:
    """Take the marks off a line, and what a model likes to put before it: bullets, numbers, stars.

    Args:
        known: marks that count in round brackets too, where others are words.
    """
    marks: list[str] = []

    def take(group: re.Match[str]) -> str:
        cited = [mark.lower() for mark in _MARK.findall(group.group(1))]
        if group.group().lstrip().startswith("(") and not set(cited) <= set(known):
            return group.group()
        marks.extend(cited)
        return ""

    text = _ROUND_MARKS.sub(take, _MARKS.sub(take, line))
    text = _SPACED.sub(r"\1", _EMPHASIS.sub(r"\1", _BULLET.sub("", " ".join(text.split()))))
    return Marked(text.strip(), tuple(dict.fromkeys(marks)))


def is_whole(line: str) -> bool:
    """Whether a line that nothing follows was written to its end: it ends with a mark, or as a sentence does."""
    return bool(_WHOLE.search(line[-40:]))


def holds_markup(text: str) -> bool:
    """Whether a text holds what a page, a chat or a terminal might act upon: links, images, code, unseen characters."""
    return bool(_MARKUP.search(text)) or any(unicodedata.category(character) in _UNSEEN for character in text)


_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs"}
_MARKUP = re.compile(
    r"[a-z][a-z0-9+.-]{0,20}://|www\.|\]\s{0,3}[(\[]|!\[|<[a-z/!]|&#?\w{1,8};|[`{}|\\]|\b(?:javascript|data):|@\w",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"[\r\n\u2028\u2029\x0b\x0c\x85]+")
_OPENING, _CLOSING = "<think>", "</think>"
_MARK = re.compile(r"[A-Za-z0-9]{1,12}")
# [k7f3], [k7f3, m2x9], 【k7f3】, [source k7f3], [^1]; never a bracket with words in it
_MARKS = re.compile(
    r"[ \t]*[\[【]\s{0,3}(?:source|passage|marque|mark|id)?[ :^#]{0,3}"
    r"([A-Za-z0-9]{1,12}(?:\s{0,3}[,;]\s{0,3}[A-Za-z0-9]{1,12}){0,8})\s{0,3}[\]】]",
    re.IGNORECASE,
)
_ROUND_MARKS = re.compile(r"[ \t]*\(([A-Za-z0-9]{1,12}(?:\s{0,3}[,;]\s{0,3}[A-Za-z0-9]{1,12}){0,8})\)")
_BULLET = re.compile(r"^(?:[-*•–—>]\s+|\d{1,2}[.)]\s+)+")
_EMPHASIS = re.compile(r"\*\*([^*]{1,300})\*\*")
_SPACED = re.compile(r" ([.,])(?=\s|$)")  # what a mark before the full stop leaves behind
_WHOLE = re.compile(r"(?:[\]】][.!?]?|[.!?…][»”\"')]?)\s*$")


def _said(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces without what stands between <think> and </think>, where some models think aloud."""
    held, thought, thinking = "", 0, False
    for piece in pieces:
        held += piece
        while held:
            sought = _CLOSING if thinking else _OPENING
            before, found, after = held.partition(sought)
            kept = 0 if found else _begun(before, sought)
            if thinking:
                thought += len(before) - kept
                if thought > MOST_THOUGHTS:
                    return
            elif before[: len(before) - kept]:
                yield before[: len(before) - kept]
            held = after if found else before[len(before) - kept :]
            if not found:
                break
            thinking = not thinking
    if held and not thinking:
        yield held


def _begun(text: str, tag: str) -> int:
    """How many letters at the end of a text may be the beginning of a tag."""
    return next((length for length in range(len(tag) - 1, 0, -1) if text.endswith(tag[:length])), 0)
