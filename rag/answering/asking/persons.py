"""Finds whom a question, or the answer to one that asks who, names."""

from __future__ import annotations

import re

from rag.language.dates import date_mentions
from rag.language.folding import fold
from rag.language.gazetteer import mentions, things
from rag.language.names import names
from rag.language.stop_words import STOP_WORDS, listed

ASKS_WHO = re.compile(r"\b(?:qui|who|whom|quel(?:le)? (?:est|\w+)|which|what is the name)\b")


def names_a_person(whole: str, language: str) -> bool:
    """Whether the question itself names a person: "Qui est Anne Martin ?"."""
    return any(" " in name.text and not mentions(name.text, language) for name in names(whole, language))


def _is_bare_name(text: str, language: str) -> bool:
    """Whether an answer is nothing but the name of somebody: "Dorval", and not "Mardi" or "Aucun"."""
    if not _BARE_NAME.fullmatch(text) or things(text) or mentions(text, language) or date_mentions(text, language):
        return False
    return fold(text) not in _NO_NAMES and not any(fold(text) in STOP_WORDS[one] for one in STOP_WORDS)


_NO_NAMES = listed("oui non aucun aucune personne rien tous toutes yes no none nobody nothing everybody all")
_BARE_NAME = re.compile(r"[A-ZÀ-Ý][^\W\d_]+(?:[ -][A-ZÀ-Ý][^\W\d_]+){0,3}")


_SOURCE = re.compile(r"(?:\s\([^()]*\))?\s\[\d")  # where a quote ends: who says it and who printed it is no answer


def person_told(answered: str, whole: str, language: str) -> str | None:
    """The first person whom an answer names and the question does not; None without one."""
    text = _SOURCE.split(answered, maxsplit=1)[0]
    known = fold(whole)
    if _is_bare_name(text.strip(), language) and fold(text.strip()) not in known:
        return text.strip()
    for name in names(text, language):
        if not things(name.text) and not mentions(name.text, language) and fold(name.text) not in known:
            return name.text
    return None
