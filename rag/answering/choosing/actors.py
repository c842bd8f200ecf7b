"""Tells whether a sentence is about another country or people than the one whose doing a question asks about."""

from __future__ import annotations

import re

from rag.answering.asking.question import Asked
from rag.language.folding import fold_in_place
from rag.language.gazetteer import Mention, mentions


def actor(asked: Asked) -> Mention | None:
    """The country, people or body that does what is asked: "Les soldats américains vont-ils partir ?"; None without."""
    folded = fold_in_place(asked.text)
    if asked.language == "en":
        named = next((place for place in asked.places if _AUXILIARY.search(folded, 0, place.start)), None)
    else:
        verb = _INVERTED.search(folded)
        before = [place for place in asked.places if verb and place.end <= verb.start()]
        named = max(before, key=lambda place: place.start, default=None)
    return None if named is None or _BEFORE_PLACE.search(folded, 0, named.start) else named


def tells_of_another(sought: Mention, asked: Asked, sentence: str, language: str) -> bool:
    """Whether a sentence begins with another country, people or body, and does not name the one that is sought."""
    named = mentions(sentence, language)
    if not named or named[0].things & asked.things:
        return False
    return not any(mention.things & sought.things for mention in named)


_BEFORE_PLACE = re.compile(
    r"\b(?:en|aux?|a|dans|vers|depuis|de|du|des|d'|par|avec|contre|pour|sur|in|at|to|from|of|by|with|against|for|on) ?"
    r"(?:l'|la |le |les |the )?$"
)
_INVERTED = re.compile(r"\b\w+-(?:t-)?(?:ils?|elles?)\b")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could) (?:[a-z]+ ){0,3}$")
