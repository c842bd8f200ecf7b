"""Finds the reply to a sentence: what another side says of it a few sentences away."""

from __future__ import annotations

import re

from rag.answering.composing.material import Material
from rag.answering.composing.speakers import speaker
from rag.language.folding import fold
from rag.language.names import same_name

NEAR = 700  # characters between the two, at most


def reply(material: Material, position: int) -> int | None:
    """The place of the sentence that best answers the one at `position`, or that it answers; None without one.

    Both must stand in one article; one of them must contradict ("dément", "répond", "de son côté"), and they must not
    have the same speaker. A reply with a speaker is better than one without.
    """
    sentence = material.sentences[position]
    found = [
        (_speaker(material, place) is None, -float(material.scores[place]), place)
        for place, other in enumerate(material.sentences)
        if place != position
        and other.evidence.passage.article_id == sentence.evidence.passage.article_id
        and abs(other.start - sentence.start) < NEAR
        and _answers(material, *sorted((position, place), key=lambda one: material.sentences[one].start))
    ]
    return min(found)[2] if found else None


_REPLIES = re.compile(
    r"\b(?:repond\w*|repliqu\w+|retorqu\w+|dement\w*|contest\w+|refut\w+|nie(?:nt)?|se defend\w*|rejet\w+|oppos\w+|"
    r"assur\w+|affirm\w+ le contraire|de son cote|de leur cote|pour sa part|en revanche|a l'inverse|au contraire|"
    r"den(?:y|ies|ied)|replie[sd]|retorted|reject(?:s|ed)|disput\w+|by contrast|on the other hand)\b|"
    r", (?:elle|lui|eux),"
)


def _answers(material: Material, first: int, second: int) -> bool:
    if not _REPLIES.search(fold(material.sentences[second].text)):
        return False
    one, other = _speaker(material, first), _speaker(material, second)
    return one is None or other is None or (fold(one) != fold(other) and not same_name(one, other))


def _speaker(material: Material, place: int) -> str | None:
    sentence = material.sentences[place]
    return speaker(material.article(place).text, sentence.start, sentence.end, material.language(place))
