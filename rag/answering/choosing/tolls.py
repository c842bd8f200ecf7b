"""Tells of which toll a text speaks: the dead, the injured, the missing, the held, the infected."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.answering.asking.question import Asked
from rag.answering.choosing.sentences import Candidate
from rag.language.folding import fold_in_place
from rag.schema import Article

EARLIER = 240  # characters before a sentence in which the noun is looked for that it takes up


def senses(folded: str) -> frozenset[int]:
    """Which of the tolls that news counts, if any, a text speaks of: the dead, the injured, the missing, the held."""
    return frozenset(number for number, sense in enumerate(_SENSES) if sense.search(folded))


def is_of_another_toll(asked: Asked, best: Candidate, articles: Mapping[str, Article]) -> bool:
    """Whether a question counts the dead, injured, missing or held, and what is told of it speaks of none of them.

    How many guards watched is no answer to how many were hurt.
    """
    sought = senses(fold_in_place(asked.text)) - {CASES}
    if asked.wanted != "number" or not sought:
        return False
    article = articles[best.evidence.passage.article_id]
    near = fold_in_place(f"{article.title or ''}\n{article.text[max(0, best.start - EARLIER) : best.end]}")
    return not sought & senses(near) and not _OF_ANIMALS.search(near)


_OF_ANIMALS = re.compile(r"\b(?:abattu|abattre|euthanasi|cull|slaughter)\w*")
CASES = 4  # the sense that goes with the others: "cas mortels"
_SENSES = (
    re.compile(
        r"\b(?:morts?|mortes?|tue(?:e?s?|r|nt)?|tuant|deces|decede\w*|deced\w*|victimes? mortelles|peri\w*|vie|dead|"
        r"deaths?|die[ds]?|killed|killing|kills?|lives|fatalit\w+)\b"
    ),
    re.compile(r"\b(?:blesse\w*|hurt|injur\w+|wound\w+|hospitalis\w+|hospitaliz\w+)\b"),
    re.compile(r"\b(?:disparu\w*|missing)\b"),
    re.compile(r"\b(?:arrete(?:e?s)?|arrestations?|interpell\w+|garde a vue|arrest\w*|detain\w+)\b"),
    re.compile(r"\b(?:contamin\w+|infect\w+|cas|cases|positi\w+|malades?)\b"),
)
