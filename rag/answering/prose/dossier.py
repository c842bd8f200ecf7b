"""Lays the evidence out for a language model: each passage fenced, marked, dated, and with nothing in it that commands.

A passage is data written by strangers. The fence is drawn anew for each question, so that no article can know it, and
whatever could be taken for a fence, a mark or a chat template is replaced by characters that look alike.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.schema import Article, Evidence, date_in_words

MOST_PASSAGES = 12
LONGEST_PASSAGE = 1_200  # characters
LONGEST_IN_ALL = 10_000
LONGEST_HEADER = 160  # characters of a title; half of it for an outlet

Draw = Callable[[int], str]  # a random word of so many letters


@dataclass(frozen=True, slots=True)
class Dossier:
    """The passages as a model is shown them."""

    fence: str
    marks: Mapping[str, Evidence]  # by the mark that the model is to cite
    examples: tuple[str, str]  # marks that are none of these
    text: str


def lay_out(evidence: Sequence[Evidence], articles: Mapping[str, Article], language: str, draw: Draw) -> Dossier:
    """Lay out the best passages, those that fit.

    Args:
        draw: makes fence and marks; `random_word` but in tests.
    """
    fence = draw(12)
    marks: dict[str, Evidence] = {}
    blocks: list[str] = []
    for found in evidence[:MOST_PASSAGES]:
        block = harmless(found.passage.text, LONGEST_PASSAGE)
        if blocks and sum(map(len, blocks)) + len(block) > LONGEST_IN_ALL:
            break
        mark = _new(marks, draw)
        marks[mark] = found
        header = _header(articles[found.passage.article_id], language)
        blocks.append(f"{fence} [{mark}] {header}\n{block}\n{fence}")
    first = _new(marks, draw)
    examples = (first, _new({**marks, first: None}, draw))
    return Dossier(fence, marks, examples, "\n\n".join(blocks))


def random_word(letters: int) -> str:
    """A word that nobody could have foreseen, without vowels, so that it is none of any language."""
    return "".join(secrets.choice(_LETTERS) for _ in range(letters))


def harmless(text: str, longest: int) -> str:
    """A text on one line, without characters that steer a terminal, a page or a model's chat template."""
    line = " ".join("".join(map(_shown, text[: 8 * longest])).translate(_LOOK_ALIKES).split())
    line = _RUNS.sub(r"\1", line)
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
_LOOK_ALIKES = str.maketrans("<>[]{}|｜`\\", "‹›()()¦¦'/")
_RUNS = re.compile(r"([^\w\s.…])\1{2,}")  # ###, ---, ===, """: headings and fences


def _shown(character: str) -> str:
    """The character, a space for one that ends a line, nothing for one that cannot be seen."""
    kind = unicodedata.category(character)
    if kind in {"Cf", "Co", "Cn", "Cs"}:  # zero width, direction, tags, private use, lone surrogates
        return ""
    return " " if kind in {"Cc", "Zl", "Zp"} else character


def _new(taken: Mapping[str, object], draw: Draw) -> str:
    mark = draw(4)
    while mark in taken or mark.isdigit():
        mark = draw(4)
    return mark


def _header(article: Article, language: str) -> str:
    date = date_in_words(article.published, language) if article.published else _UNDATED[language]
    parts = [harmless(article.outlet or "", LONGEST_HEADER // 2), date, harmless(article.title, LONGEST_HEADER)]
    return " | ".join(part for part in parts if part)


_UNDATED = {"fr": "date inconnue", "en": "date unknown"}
