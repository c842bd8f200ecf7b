"""Finds the proper names in French and English text and tells whether two spellings name the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import is_country, is_seat, mentions, names_of, things
from rag.language.sentences import sentence_spans
from rag.language.spelling import same_spelling
from rag.language.stop_words import QUESTION_WORDS, STOP_WORDS, listed

__all__ = ["Name", "countries", "is_seat", "name_words", "names", "same_name", "variants"]


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name, or an adjective of nationality, in a text: `source[start:end] == text`."""

    text: str
    start: int
    end: int


def names(text: str, language: str = "fr", known: Collection[str] = ()) -> list[Name]:
    """The names in a text, in order: known ones, and what its capitals show to be names.

    A lone capitalised word that opens a sentence counts when it is capitalised inside another sentence, in `known`,
    an acronym, or the subject of a verb without an article.

    Args:
        known: folded words that are names, from another text.
    """
    found = [Name(text[place.start : place.end], place.start, place.end) for place in mentions(text, language)]
    covered = [(name.start, name.end) for name in found]
    tokens = _outside(_tokens(text, language), covered)
    inner = {token.folded for token in tokens if token.capital and not token.opens} | set(known)
    for run in _runs(tokens, text):
        kept = run and _name_in(run, text, language, inner)
        if kept:
            found.append(Name(text[kept[0].start : kept[-1].end], kept[0].start, kept[-1].end))
    return sorted(found, key=lambda name: name.start)


def countries(text: str, language: str = "fr") -> frozenset[str]:
    """The ISO 3166 codes of the countries that a text names by name, adjective or seat of government."""
    return frozenset(thing[:2] for mention in mentions(text, language) for thing in mention.things if is_country(thing))


@lru_cache(maxsize=20_000)
def same_name(one: str, other: str) -> bool:
    """Whether two names can name the same: "Moscou" and "Russia", "M. Martin" and "Paul Martin", two transliterations.

    Names of countries, capitals and international bodies are the same when they stand for the same, and never
    otherwise, however alike they look. Other names are the same when the words of the shorter one, in their order, are
    words of the longer one, spelled alike.
    """
    if fold(one) == fold(other):
        return True
    meant, other_meant = things(one), things(other)
    if meant or other_meant:
        return bool(meant & other_meant)
    shorter, longer = sorted((name_words(one), name_words(other)), key=len)
    rest = iter(longer)
    return bool(shorter) and all(any(_alike(word, candidate) for candidate in rest) for word in shorter)


def variants(name: str) -> frozenset[str]:
    """All known ways to write a name in French and English, folded; the name alone when it is not known."""
    return frozenset({fold(name)}).union(*(names_of(thing) for thing in things(name)))


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name that tell it from others: without particles, titles and articles, unless all are."""
    found = [word for word in _WORD.findall(fold(name)) if word != "s"]
    telling = [word for word in found if word not in _PARTICLES and word not in _TITLES and word not in _ARTICLES]
    return tuple(telling or found)


_WORD = re.compile(r"[^\W_]+")
_PARTICLES = listed("de du des d la le les l al el ul ben bin ibn abu abou van von der den di da dos della y of the")
_ARTICLES = listed("the le la les un une")
_TITLES = listed(
    """m mm mme mmes mlle mr mrs ms dr me mgr pr st sir lord lady dame president presidente minister ministre prime
    premier premiere secretary secretaire general generale senator senateur king queen roi reine prince princess
    princesse pope pape chancellor chancelier chanceliere judge juge justice captain capitaine colonel lieutenant
    sergeant chief lt col gen sgt sen rep gov rev professor professeur doctor docteur governor gouverneur mayor maire
    representative congressman congresswoman ambassador ambassadeur director directeur chairman officer detective
    sheriff deputy depute former ancien ancienne vice"""
)
_CALENDAR = listed(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday janvier fevrier mars avril mai
    juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche"""
)
_ELIDED = listed("l d j qu n s c m t jusqu lorsqu puisqu")
_NO_NAMES = STOP_WORDS["fr"] | STOP_WORDS["en"] | QUESTION_WORDS["fr"] | QUESTION_WORDS["en"] | _CALENDAR | {"i"}
# What follows a subject that has no article; a common noun would have one in French.
_PREDICATE = {
    "fr": listed("a ont avait avaient est etait sera va vont doit peut veut ne n se s n'a s'est n'est aurait serait"),
    "en": listed("has was is had will would says said told did does"),
}
_NO_SUBJECTS = listed(
    """rien personne cela ceci tout tous nul chacun certains beaucoup plusieurs quiconque everyone everything nobody
    nothing someone something anyone everybody somebody police another there it this that he she they what who"""
)
_OPENING = re.compile(r"""[«“"‘'(\[:;—–•*]\s*$""")
_INSIDE = re.compile(r"[ \u00a0\u2009\u202f]|['’-]|(?<=\.)[ -]")


class _Token(NamedTuple):
    text: str
    folded: str
    start: int
    end: int
    opens: bool  # first in its sentence, quotation, bracket or after a colon

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def _tokens(text: str, language: str) -> list[_Token]:
    """The words of a text, without those of sentences in capitals throughout."""
    folded = fold_in_place(text)
    found: list[_Token] = []
    for start, end in sentence_spans(text, language):
        if text[start:end].isupper() and " " in text[start:end].strip():
            continue
        opens, last = True, start
        for match in _WORD.finditer(text, start, end):
            first, after = match.span()
            if not opens and text[last:first] != " ":
                opens = bool(_OPENING.search(text, max(start, first - 3), first))
            token = _Token(text[first:after], folded[first:after], first, after, opens)
            found.append(token)
            opens, last = opens and token.folded in _ELIDED and text[after : after + 1] in "'’", after
    return found


def _outside(tokens: list[_Token], covered: list[tuple[int, int]]) -> list[_Token]:
    """The tokens that lie in none of the spans; both are in order."""
    kept, position = [], 0
    for token in tokens:
        while position < len(covered) and covered[position][1] <= token.start:
            position += 1
        if position == len(covered) or token.end <= covered[position][0]:
            kept.append(token)
    return kept


def _runs(tokens: list[_Token], text: str) -> Iterator[list[_Token]]:
    """Stretches of capitalised words, with the particles between them ("Jean de la Tour", "al-Masri")."""
    run: list[_Token] = []
    pending: list[_Token] = []
    previous: _Token | None = None
    for token in tokens:
        if not run and not pending:
            if not token.capital and token.folded not in _PARTICLES:
                continue
        elif previous is None or not _adjoins(previous, token, text):
            yield run
            run, pending = [], []
        previous = token
        if token.capital and not _is_elision(token, text):
            run += [*pending, token] if run or _is_prefix(pending) else [token]
            pending = []
        elif token.folded in _PARTICLES and len(pending) < 2:
            pending.append(token)
        else:
            yield run
            run, pending = [], []
    yield run


def _adjoins(previous: _Token, token: _Token, text: str) -> bool:
    gap = text[previous.end : token.start]
    if gap in {". ", ".-", "."}:
        return len(previous.text) == 1 or previous.folded in _TITLES
    return len(gap) == 1 and bool(_INSIDE.fullmatch(gap))


def _is_prefix(pending: list[_Token]) -> bool:
    """Whether particles before a capital belong to the name: "al-Masri", "ben Ali", but not "de la Tour"."""
    return len(pending) == 1 and pending[0].folded in {"al", "el", "ben", "bin", "ibn", "abu", "abou", "van", "von"}


def _is_elision(token: _Token, text: str) -> bool:
    return token.folded in _ELIDED and text[token.end : token.end + 1] in {"'", "’"} and token.folded not in {"d", "o"}


def _name_in(run: list[_Token], text: str, language: str, inner: set[str]) -> list[_Token]:
    """What of a run of capitalised words is a name; nothing where none is."""
    last = next((place for place in reversed(range(len(run))) if _may_end(run[place])), -1)
    first = next((place for place in range(last + 1) if not _leads(run[place], more=place < last)), last + 1)
    run = run[first : last + 1]
    if not run or not run[0].opens or run[0].folded in inner or _is_acronym(run[0]):
        return run
    if len(run) == 1:
        return run if _is_subject(run[0], text, language) else []
    if run[1].capital:
        return run
    return run[next(place for place in range(1, len(run)) if run[place].capital) :]


def _may_end(token: _Token) -> bool:
    return token.capital and token.folded not in _CALENDAR


def _leads(token: _Token, *, more: bool) -> bool:
    """Whether a word before a name is none of it: a stop word, or a title when `more` follows."""
    return token.folded in _NO_NAMES or (more and token.folded in _TITLES)


def _is_acronym(token: _Token) -> bool:
    return 1 < len(token.text) <= 6 and token.text.isupper()


def _is_subject(token: _Token, text: str, language: str) -> bool:
    if token.folded in _NO_SUBJECTS or (language == "en" and token.folded.endswith(("s", "ing"))):
        return False
    following = _WORD.match(fold(text[token.end + 1 : token.end + 12]))
    verbs = _PREDICATE.get(language, _PREDICATE["fr"])
    return text[token.end : token.end + 1] == " " and following is not None and following.group() in verbs


def _alike(one: str, other: str) -> bool:
    """Whether two words of names are one: spelled alike, or one the other's initial."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return same_spelling(one, other)
