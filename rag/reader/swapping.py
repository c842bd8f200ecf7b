"""Asks a question about somebody or some time else, so that the passage that answered it no longer does."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence

from rag.language.folding import fold
from rag.language.gazetteer import mentions
from rag.language.nationality import adjective, in_the_form_of

PEOPLES = ("AU", "BR", "CA", "CN", "DE", "DK", "ES", "FR", "GB", "IN", "IT", "JP", "MA", "NL", "NO", "PL", "RU", "TR")
YEARS_AWAY = 6  # at most, from the year asked about

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAME = re.compile(r"[A-ZÀ-Ý][\w-]+(?: [A-ZÀ-Ý][\w-]+)*")
_INSIDE = re.compile(r"\w(?: |['’])$")
_VOWELS = frozenset("aeiouyh")

Kind = tuple[int, bool]  # of a name: its words but one, and whether a vowel begins it


def swapped(
    question: str, text: str, language: str, *, names: Mapping[Kind, Sequence[str]], lot: random.Random
) -> str | None:
    """The question with one year, people or name replaced by another of its kind that the text does not have.

    None where the question has nothing of the kind.

    Args:
        names: what a name may be replaced by, one of its own kind: nothing but the text shall tell that it is wrong.
    """
    known = fold(text)
    places: list[tuple[int, int, Sequence[str]]] = []
    for year in _YEAR.finditer(question):
        near = [str(int(year.group()) + step) for step in range(-YEARS_AWAY, YEARS_AWAY + 1)]
        places.append((*year.span(), near))
    for people in mentions(question, language):
        written = question[people.start : people.end]
        adjectives = (_adjective(written, other, language) for other in PEOPLES if other not in people.things)
        places.append((people.start, people.end, [other for other in adjectives if other]))
    places.extend((*name.span(), names.get(_kind(name.group()), ())) for name in _named(question))
    lot.shuffle(places)
    for start, end, others in places:
        strange = [other for other in others if fold(other) not in known and other != question[start:end]]
        if strange:
            return question[:start] + lot.choice(strange) + question[end:]
    return None


def names_by_kind(texts: Iterable[str]) -> dict[Kind, list[str]]:
    """The names in texts, by how many words they have and whether a vowel begins them ("d'Alep")."""
    kinds: dict[Kind, list[str]] = {}
    for name in sorted({match.group() for text in texts for match in _named(text)}):
        kinds.setdefault(_kind(name), []).append(name)
    return kinds


def _named(text: str) -> list[re.Match[str]]:
    """The names in a text: what has a capital after a word that has none, so for no other reason."""
    return [match for match in _NAME.finditer(text) if _INSIDE.search(text, 0, match.start())]


def _kind(name: str) -> Kind:
    return name.count(" "), fold(name[0]) in _VOWELS


def _adjective(written: str, other: str, language: str) -> str | None:
    """The adjective of another country in the form of one that is written; None where a noun is."""
    if language == "fr":
        return in_the_form_of(written, other) if written[0].islower() else None
    known = {adjective(code, "en") for code in PEOPLES}
    return adjective(other, "en") if written in known else None
