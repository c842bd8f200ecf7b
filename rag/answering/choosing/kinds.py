"""Finds things in a question of which the articles have only another of the kind: the "stade de X", another "stade"."""

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
    """The first thing of the question that no article has, where what answers is told of another of its kind.

    Who asks about the "stade de Tubray" is not to be answered with what is said of the "stade de Valmer", in an
    article that also names the town of Tubray. Where the article itself is about Tubray nothing is unlike.
    """
    wanted = list(_things(asked.text, asked.language))
    if not wanted:
        return
    article = articles[best.evidence.passage.article_id]
    language = article.read_as
    near = _near(best, article)
    told = [thing for text in near for thing in _things(text, language)]
    found = {one.evidence.passage.article_id: articles[one.evidence.passage.article_id] for one in sentences}
    for thing in wanted:
        if not any(other.noun == thing.noun and _is_another(other.name, thing.name) for other in told):
            continue
        if _names(thing.name, best.text, language) or any(_tells(thing, text, language) for text in near):
            continue
        if not any(_has(thing, other) for other in found.values()):
            yield thing.text
            return


def elsewhere(asked: Asked, best: Candidate, articles: Mapping[str, Article]) -> Iterator[str]:
    """The countries and bodies of the question that the best article never names, though it names others.

    How many observers the European Union sends is no answer to how many the African Union sends.
    """
    article = articles[best.evidence.passage.article_id]
    language = article.read_as
    texts = (article.title or "", *(article.text[start:end] for start, end in sentence_spans(article.text, language)))
    there = frozenset[str]().union(*(things_of(text, language) for text in texts)) if asked.places else frozenset[str]()
    if there:
        yield from (asked.text[place.start : place.end] for place in asked.places if not place.things & there)


_DETERMINED = (
    r"(?:^|\b(?:l[ae]s? |l['’]|une? |des? |du |d['’]|aux? |s(?:on|a|es) |leurs? |ce |cet |cette |ces |the |an? ))"
)
_LINK = {  # from a noun to a name; an adjective has its noun before it, and is none
    "fr": re.compile(rf"(?i:{_DETERMINED})([^\W\d_]{{4,}}) (?:de (?:l['’]|la )?|du |des |d['’])$"),
    "en": re.compile(rf"(?i:{_DETERMINED})([^\W\d_]{{4,}}) of (?:the )?$"),
}
_GOES_ON = re.compile(  # from one name to another: "de Belgique à Lima", "de Lyon et de Nantes"
    r"(?:,? (?:à|en|au|aux|in|at|et|ou|and|or)|,) (?:(?:de|of) )?(?:du |des |d['’]|l['’]|la |le |les |the )?"
)
_THAT_OF = re.compile(r"\b(?:celle|celui|ceux|celles|that|those) (?:de (?:l['’]|la )?|du |des |d['’]|of (?:the )?)$")
_OPENING = re.compile(r"(?:À|A|En|Au|Aux|Dans|In|At) (?:l['’]|la |le |les |the )?")
_BEFORE = 40  # characters before a name in which its noun stands
_EARLIER = 2  # sentences before the best one that say what it is about
_ACRONYM = 6  # letters at most


def _things(text: str, language: str) -> Iterator[Thing]:
    noun, start, end = "", 0, -1  # of the thing before, from its noun to the end of its name
    for name in names_of(text, language):
        link = _LINK[language].search(text[max(0, name.start - _BEFORE) : name.start])
        if link and link[1].islower():
            noun = "".join(stems(link[1], language)[:1])
            start = name.start - (link.end() - link.start(1))
        elif end < 0 or not _GOES_ON.fullmatch(text[end : name.start]):
            noun = ""
        end = name.end if noun else -1
        if noun:
            yield Thing(text[start:end], noun, name.text)


def _near(best: Candidate, article: Article) -> list[str]:
    """The title of an article, its first sentence, and the best sentence with those before it."""
    spans = sentence_spans(article.text, article.read_as)
    place = next((at for at, (start, end) in enumerate(spans) if start <= best.start < end), 0)
    shown = sorted({0, *range(max(0, place - _EARLIER), place + 1)}) if spans else []
    return [article.title or "", *(article.text[slice(*spans[at])] for at in shown)]


def _has(thing: Thing, article: Article) -> bool:
    """Whether an article says noun and name in one sentence, or "celui de" with the name."""
    language = article.read_as
    texts = (article.text[start:end] for start, end in sentence_spans(article.text, language))
    return any(
        (thing.noun in stems(text, language) and _tells(thing, text, language))
        or any(same_name(one, thing.name) for one in _beside(text, language))
        for text in texts
        if _names(thing.name, text, language)
    )


def _tells(thing: Thing, text: str, language: str) -> bool:
    """Whether a text names what a thing is named by, and not only beside another of its kind."""
    if not _names(thing.name, text, language):
        return False
    own = [same_name(other.name, thing.name) for other in _things(text, language) if other.noun == thing.noun]
    return not own or any(own)


def _beside(text: str, language: str) -> Iterator[str]:
    """The names of "celui de Valmer", and that of the place with which a sentence opens: "À Valmer, le stade ..."."""
    for name in names_of(text, language):
        lead = text[max(0, name.start - _BEFORE) : name.start]
        if _THAT_OF.search(lead) or (len(lead) == name.start and _OPENING.fullmatch(lead)):
            yield name.text


def _is_another(one: str, other: str) -> bool:
    """Whether two names are of two things; what an acronym stands for is not known."""
    short = [name.isupper() and len(name) <= _ACRONYM for name in (one, other)]
    return short[0] == short[1] and not same_name(one, other)


def _names(name: str, text: str, language: str) -> bool:
    written = {word.text for word in words(fold(text))}
    return bool(things(name) & things_of(text, language)) or any(word in written for word in name_words(name))
