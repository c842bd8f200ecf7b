"""Spells a question as the articles spell its words: accents and capitals left out, words written by ear, slips."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from rag.answering.asking.courtesy import to_the_point
from rag.answering.asking.everyday import as_written
from rag.index.lexicon import expand
from rag.index.spelling import Spelling
from rag.language.detection import question_language
from rag.language.folding import fold
from rag.language.gazetteer import things
from rag.language.haste import is_hasty, written_out
from rag.language.rarity import is_common
from rag.language.stop_words import QUESTION_WORDS, STOP_WORDS
from rag.language.words import query_stems, words

LONGEST = 300  # characters of a question that may have been typed in haste
SHORTEST = 3  # letters of a word whose capitals and accents are looked up


class Writing(Protocol):
    """What the articles tell of the spelling of words; an Index is one."""

    def frequency(self, stem: str) -> int: ...

    def as_written(self, word: str, spelling: Spelling = "same") -> str | None: ...


def spelled_out(question: str, articles: Writing) -> str:
    """The question without courtesies, in the order and with the words of the news, spelled as the articles do."""
    return respelled(as_written(to_the_point(question)), articles)


def respelled(question: str, articles: Writing) -> str:
    """The question with its careless words in the articles' spelling; one that is spelled well stays as it is.

    A word that neither the articles nor news in general have is taken for the one in the articles that is heard the
    same, a name only for a name. In a question without capitals it may differ by a slip too, and accents and capitals
    are put in.
    """
    if len(question) > LONGEST:
        return question
    hasty, written = is_hasty(question), written_out(question)
    language = question_language(written)
    pieces, end = [], 0
    for word in words(written):
        if len(word.text) < SHORTEST or fold(word.text) in _SMALL or not word.text.isalpha():
            continue
        own = query_stems(word.text)
        found = None
        if _are_known(own, articles):
            found = _with_accents(word.text, articles) if hasty else None
        elif not (is_common(own) or expand(own, language) or things(word.text)):
            found = _parted(word.text, articles) or articles.as_written(word.text, "slipped" if hasty else "heard")
        is_name = not hasty and word.text[0].isupper() and not _BEGINS.search(written[: word.start])
        if found and (not is_name or found[0].isupper()) and not _is_a_form(word.text, found):
            pieces += [written[end : word.start], found]
            end = word.end
    return "".join([*pieces, written[end:]])


def _with_accents(word: str, articles: Writing) -> str | None:
    """A word as the articles write it, unless it has accents of its own or may be another form of its verb."""
    found = articles.as_written(word) if word.isascii() else None
    return None if found and _PARTICIPLE.search(found) else found


def _is_a_form(word: str, found: str) -> bool:
    """Whether a word that is spelled well is only another form of the one that the articles have: "quittées"."""
    return bool(_AGREEING.fullmatch(word)) and fold(word).removesuffix("s").removesuffix("e") == fold(found)


def _parted(word: str, articles: Writing) -> str | None:
    """A word that the articles know once its article is taken off: "l'avion" for "lavion"."""
    match = _GLUED.fullmatch(word)
    if match is None:
        return None
    rest = match["rest"]
    own = query_stems(rest)
    return f"{match['article']}'{articles.as_written(rest) or rest}" if _are_known(own, articles) else None


def _are_known(stems: Sequence[str], articles: Writing) -> bool:
    return any(articles.frequency(stem) for stem in stems)


_SMALL = frozenset[str]().union(*STOP_WORDS.values(), *QUESTION_WORDS.values())
_AGREEING = re.compile(r"\w+[éiu](?:e|es|s)")
_PARTICIPLE = re.compile(r"ée?s?$")
_GLUED = re.compile(r"(?P<article>[dlDL]|[qQ]u)(?P<rest>[aeiouyhàâéèêîïôû][^\W\d_]{2,})")
_BEGINS = re.compile(r"(?:^|[.!?:\u2026«\u201c\"(])\s*$")
