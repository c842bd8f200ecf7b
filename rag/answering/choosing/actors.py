"""Finds, of a question for yes or no, who is asked about, and the sentences that tell of somebody else's doing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from rag.answering.asking.question import Asked
from rag.answering.choosing.sentences import Candidate, Scores
from rag.language.facts import names_of
from rag.language.folding import fold_in_place
from rag.language.gazetteer import Mention, mentions, stands_in_a_name
from rag.schema import Article

OF_ANOTHER = 0.25  # share of its probability that a sentence keeps which tells of another country's doing


def with_actor(asked: Asked, sentences: Sequence[Candidate], scores: Scores, articles: Mapping[str, Article]) -> Scores:
    """The probabilities of sentences, (sentences,), those of another country's doing less likely."""
    sought = actor(asked)
    if sought is None:
        return scores
    languages = [articles[one.evidence.passage.article_id].read_as for one in sentences]
    other = [
        tells_of_another(sought, asked, one.text, language) for one, language in zip(sentences, languages, strict=True)
    ]
    return np.where(other, OF_ANOTHER * scores, scores).astype(np.float32)


def actor(asked: Asked) -> Mention | None:
    """The country, people or body of which is asked whether it does something: "Les Danois vont-ils partir ?"."""
    if asked.wanted != "yes or no":
        return None
    folded = fold_in_place(asked.text)
    if asked.language == "en":
        named = next((place for place in asked.places if _AUXILIARY.fullmatch(folded, 0, place.start)), None)
        passive = _PASSIVE["en"].search(folded, named.end) if named else None
    else:
        verb = _INVERTED.search(folded)
        before = [place for place in asked.places if verb and place.end <= verb.start()]
        named = max(before, key=lambda place: place.start, default=None)
        passive = _PASSIVE["fr"].search(folded, named.end) if named else None
        if named and _PREPOSITION["fr"].search(folded, 0, named.start):
            return None
    return None if named is None or passive or stands_in_a_name(asked.text, named) else named


def tells_of_another(sought: Mention, asked: Asked, sentence: str, language: str) -> bool:
    """Whether a sentence begins with another country, people or body, and does not name the one that is sought."""
    named = mentions(sentence, language)
    if not named or any(mention.things & sought.things for mention in named):
        return False
    first, folded = named[0], fold_in_place(sentence)
    if first.is_region or first.things & asked.things:
        return False
    if _PREPOSITION[language].search(folded, 0, first.start):
        return False
    return not any(name.end <= first.start for name in names_of(sentence, language)) and not _PRONOUN.match(folded)


_LED = r"(?:l'|la |le |les |the )?"
_PREPOSITION = {
    "fr": re.compile(
        r"\b(?:en|aux?|a|dans|vers|depuis|de|du|des|d'|par|avec|contre|pour|sur|sans|selon|malgre|apres|avant|entre|et|"
        rf"chez|face aux?) ?{_LED}$"
    ),
    "en": re.compile(
        rf"\b(?:in|at|to|from|of|by|with|against|for|on|without|despite|after|before|between|and|under|near) {_LED}$"
    ),
}
_INVERTED = re.compile(r"\b\w+-(?:t-)?(?:ils?|elles?)\b")
_AUXILIARY = re.compile(
    r"\W*(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could) (?:(?:the|an?|new|former|more|any) )*"
)
_PASSIVE = {
    "fr": re.compile(
        r"\b(?:ete|est-(?:ils?|elles?)|sont-(?:ils?|elles?)|etre) (?:[a-z]+ment )?[a-z]+(?:ee?s?|ie?s?|ue?s?)\b"
    ),
    "en": re.compile(r"\b(?:been|being|be) [a-z]+ed\b"),
}
_PRONOUN = re.compile(r"\W*(?:ils?|elles?|on|ce|he|she|it|they|this)\b")
