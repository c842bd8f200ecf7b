"""Finds names in a question that the articles do not have, where they have another that is like them: a namesake."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from rag.answering.asking.question import Asked
from rag.answering.choosing.sentences import Candidate
from rag.language.facts import names_of
from rag.language.folding import fold
from rag.language.gazetteer import things
from rag.language.names import name_words, same_name
from rag.language.rarity import is_common
from rag.language.spelling import same_spelling
from rag.language.stop_words import listed
from rag.language.words import query_stems, words
from rag.schema import Article

ROOT = 5  # letters that a name and the word for those who live there begin with
SHORTEST = 2  # letters of a word that tells nothing
MISSPELT = 75  # likeness (0..100) from which a word is the same, with a slip


def mistaken(asked: Asked, sentences: Sequence[Candidate], articles: Mapping[str, Article]) -> Iterator[str]:
    """Names of several words of which the articles found do not write one, though they have a name with another there.

    Who asks about the "Lignes du Levant" is not to be answered with what is said of the "Lignes du Couchant".
    """
    named = [name.text for name in names_of(asked.text, asked.language) if len(name_words(name.text)) > 1]
    if not named:
        return
    found = {one.evidence.passage.article_id: articles[one.evidence.passage.article_id] for one in sentences}
    others = {
        other.text for one in sentences for other in names_of(one.text, found[one.evidence.passage.article_id].read_as)
    }
    for name in named:
        if things(name) or any(same_name(name, other) for other in others):
            continue
        apart = {word for other in others for word in _apart(name, other)}
        if apart and not any(apart & _written(article) for article in found.values()):
            yield name


def strangers(asked: Asked, best: Candidate, articles: Mapping[str, Article]) -> Iterator[str]:
    """Names of the question that the best article has no word of: what it tells is told of somebody or some place else.

    Not those of countries and bodies, nor acronyms and words that are common in the news, which have other names, nor
    those that its outlet bears or that begin as a name there does: "Valmerois" in an article on Valmer. Of a place all
    of whose words are common ("Val-de-Marne") the article has to have each.
    """
    article = articles[best.evidence.passage.article_id]
    if (article.language or asked.language) != asked.language:  # names are translated
        return
    told = [word.text for text in (article.title, article.text, article.outlet or "") for word in words(text)]
    written, capital = {fold(word) for word in told}, {fold(word) for word in told if word[:1].isupper()}
    for name in names_of(asked.text, asked.language):
        own = [word for word in name_words(name.text) if len(word) > SHORTEST]
        joined = "-" in (asked.text[name.start - 1 : name.start], asked.text[name.end : name.end + 1])
        if not own or joined or name.text.isupper() or things(name.text):
            continue
        known = [word for word in own if is_common(query_stems(word)) or _is_told(word, written, capital)]
        if not known or _is_elsewhere(name.text, written):
            yield name.text


def _is_elsewhere(name: str, written: Collection[str]) -> bool:
    """Whether a name ends with a place of common words joined by hyphens, of which none that tells is written."""
    place = _HYPHENED.search(name)
    parts = [word for word in name_words(place[1]) if len(word) > SHORTEST and word not in _ANYWHERE] if place else []
    common = all(is_common(query_stems(word)) for word in parts)
    return bool(parts) and common and not any(word in written for word in parts)


def _is_told(word: str, written: Collection[str], capital: Collection[str]) -> bool:
    return word in written or any(other[:ROOT] == word[:ROOT] or same_spelling(word, other) for other in capital)


_ANYWHERE = listed("saint sainte val nouvelle nouveau haute haut basse bas grand grande mont pont port ville")
_HYPHENED = re.compile(r"(?:^|\bd(?:e|u|es) |d['’])([A-ZÀ-Þ]\w+(?:-\w+)*-[A-ZÀ-Þ]\w+)$")


def _apart(name: str, other: str) -> Iterator[str]:
    """The word of a name, as it is written, in which alone another name differs from it; none where it is misspelt."""
    mine, theirs = name_words(name), name_words(other)
    if len(mine) != len(theirs):
        return
    different = [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]]
    if len(different) == 1 and fuzz.ratio(*different[0]) < MISSPELT:
        yield from (word.text for word in words(name) if name_words(word.text) == different[0][:1])


def _written(article: Article) -> frozenset[str]:
    return frozenset(word.text for text in (article.title, article.text) for word in words(text))
