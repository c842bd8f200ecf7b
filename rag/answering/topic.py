"""Keeps a conversation on its story: a turn that names nothing new is answered from the articles spoken of, if it can.

"Qui a écrit la lettre ?" can be asked by itself, and any letter answers it; after a question on one, it is that letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rag.answering.asking.pronouns import points_back
from rag.answering.followup import names_somebody, tells
from rag.language.folding import fold
from rag.language.words import stems, words
from rag.schema import Answer, Article

NEARLY_AS_SURE = 0.1  # confidence by which an answer from the story may be less sure where the story lacks a word
_OF_SOMEBODY = re.compile(  # "Quel est son nom ?", but not "Le musée ouvre-t-il ses portes ?"
    r"\W*(?:(?:quel(?:le)?s?|qui|ou|comment|quand|combien|pourquoi|who|what|where|when|how|which|why) "
    r"(?:[a-z']+ ){0,2})?"
    r"(?:son|sa|ses|leurs?|his|her|their)\b|[^,]*\bwhich ones?\b"
)
_THERE = re.compile(r"(?<![-\w])y (?!a\b|a-|avai|aur)")


def names_nobody_new(turn: str, story: Sequence[Article]) -> bool:
    """Whether a turn names nobody and nothing, but its first word, that a story does not."""
    told = {fold(word.text) for word in words(_text(story))}
    return all(fold(word.text) in told for word in words(turn)[1:] if word.text[:1].isupper())


def kept_to(
    story: Sequence[Article], turn: str, answers: Iterator[Answer], from_story: Callable[[], Iterator[Answer]]
) -> Iterator[Answer]:
    """The answers to a turn; or those from the story, where the first ones have left it and these are about as good.

    A turn that points back ("Quel est son nom ?") is never answered from elsewhere.

    Args:
        from_story: answers the same turn from the story's articles only.
    """
    everywhere = list(answers)
    if everywhere[-1].claims and everywhere[-1].citations[0].article_id in {article.id for article in story}:
        return iter(everywhere)
    within = list(from_story())
    if within[-1].abstained:
        return iter(within if _points_back(turn) else everywhere)
    if everywhere[-1].abstained or _points_back(turn) or _says_all(story, turn):
        return iter(within)
    nearly = _confidence(within) >= _confidence(everywhere) - NEARLY_AS_SURE
    return iter(within if nearly else everywhere)


def _points_back(turn: str) -> bool:
    """Whether a turn is about somebody or something that it does not name: "Quel est son nom ?", "Where was she?"."""
    if names_somebody(turn):
        return False
    folded = fold(turn)
    return points_back(turn) or bool(_OF_SOMEBODY.match(folded) or _THERE.search(folded))


def _confidence(answers: Sequence[Answer]) -> float:
    return answers[-1].confidence or 0.0


def _says_all(story: Sequence[Article], turn: str) -> bool:
    """Whether a story has each telling word of a turn."""
    told = fold(_text(story))
    said = frozenset[str]().union(*(stems(f"{one.title}\n{one.text}", one.read_as) for one in story))
    telling = [word.text for word in words(turn) if tells(word.text)]
    return all(fold(word) in told or said & set(stems(word, story[0].read_as)) for word in telling)


def _text(story: Sequence[Article]) -> str:
    return "\n".join(f"{article.title}\n{article.text}" for article in story)
