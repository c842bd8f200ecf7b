"""Finds things in a question of which the articles have only another of the kind: another "stade"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rag.answering.asking.question import Asked
from rag.answering.choosing.sentences import Candidate
from rag.language.facts import names_of, things_of
from rag.language.folding import fold
from rag.language.gazetteer import things
from rag.language.names import name_words, same_name
from rag.language.sentences import sentence_spans
from rag.language.stop_words import STOP_WORDS
from rag.language.words import stems, words
from rag.schema import Article


class Thing(NamedTuple):
    """A noun with the name that says which one: the "stade" of "Valmer"."""

    text: str  # as it is written
    noun: str  # its stem
    name: str


def unlike(
    asked: Asked, best: Candidate, sentences: Sequence[Candidate], articles: Mapping[str, Article]
) -> Iterator[str]:
    """The first thing of the question that no article has, where that of the best sentence has another of its kind.

    Who asks about the "stade de Tubray" is not to be answered with what is said of the "stade de Valmer", in an
    article that also names the town of Tubray.
    """
    wanted = list(_things(asked.text, asked.language))
    if not wanted:
        return
    article = articles[best.evidence.passage.article_id]
    found = {one.evidence.passage.article_id: articles[one.evidence.passage.article_id] for one in sentences}
    language = article.language or "fr"
    others = list(_things(f"{article.title}.\n{article.text}", language))
    for thing in wanted:
        rivals = [other for other in others if other.noun == thing.noun and not same_name(other.name, thing.name)]
        if not rivals or (_names(thing.name, best.text, language) and not _of_another(thing, best.text, language)):
            continue
        if not any(_has(thing, other) for other in found.values()):
            yield thing.text
            return


_LINK = {  # from a noun to a name
    "fr": re.compile(r"([^\W\d_]{4,}) (?:de (?:l'|la )?|du |des |d')$"),
    "en": re.compile(r"([^\W\d_]{4,}) of (?:the )?$"),
}
_PLACED = re.compile(r" (?:à|en|au|aux|in|at) (?:l'|la |the )?")  # from one name to another: "de Belgique à Lima"
_THAT_OF = re.compile(r"\b(?:celle|celui|ceux|celles|that|those) (?:de (?:l'|la )?|du |des |d'|of (?:the )?)$")
_OPENING = re.compile(r"(?:À|A|En|Au|Aux|Dans|In|At) (?:l'|la |le |les |the )?")
_BEFORE = 40  # characters before a name in which its noun stands


def _things(text: str, language: str) -> Iterator[Thing]:
    language = "en" if language == "en" else "fr"
    noun, start, end = "", 0, -1  # of the thing before, from its noun to the end of its name
    for name in names_of(text, language):
        lead = text[max(0, name.start - _BEFORE) : name.start].replace("’", "'")
        link = _LINK[language].search(lead)
        if link and link[1].islower() and link[1] not in STOP_WORDS[language]:
            noun, start = "".join(stems(link[1], language)[:1]), name.start - len(link.group())
        elif end < 0 or not _PLACED.fullmatch(text[end : name.start].replace("’", "'")):
            noun = ""
        end = name.end if noun else -1
        if noun:
            yield Thing(text[start:end], noun, name.text)


def _has(thing: Thing, article: Article) -> bool:
    """Whether an article says noun and name in one sentence, or "celui de" with the name."""
    language = article.language or "fr"
    for text in (article.title, *(article.text[start:end] for start, end in sentence_spans(article.text, language))):
        if not _names(thing.name, text, language):
            continue
        if thing.noun in stems(text, language) and not _of_another(thing, text, language):
            return True
        if any(same_name(one, thing.name) for one in _beside(text, language)):
            return True
    return False


def _of_another(thing: Thing, text: str, language: str) -> bool:
    """Whether the noun of a thing has other names in a sentence, and that of the thing never."""
    own = [same_name(other.name, thing.name) for other in _things(text, language) if other.noun == thing.noun]
    return bool(own) and not any(own)


def _beside(text: str, language: str) -> Iterator[str]:
    """The names of "celui de Valmer", and that of the place with which a sentence opens: "À Valmer, le stade ..."."""
    for name in names_of(text, language):
        lead = text[max(0, name.start - _BEFORE) : name.start].replace("’", "'")
        if _THAT_OF.search(lead) or (len(lead) == name.start and _OPENING.fullmatch(lead)):
            yield name.text


def _names(name: str, text: str, language: str) -> bool:
    written = {word.text for word in words(fold(text))}
    return bool(things(name) & things_of(text, language)) or any(word in written for word in name_words(name))
