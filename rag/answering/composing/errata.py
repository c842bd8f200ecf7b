"""Finds where an article mends a mistake, so that what it got wrong is quoted with what is right, never alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from rag.answering.choosing.sentences import Candidate, Scores
from rag.language.folding import fold

FAR = 300  # characters within which the right version follows the wrong one


def mended(
    sentences: Sequence[Candidate], scores: Scores, others: Sequence[Candidate]
) -> tuple[list[Candidate], Scores]:
    """The sentences and scores, with what mends a mistake in the place of the sentence that tells it.

    "Nous avons écrit que le pont mesure 500 mètres" gives its score to "Il fallait lire 50 mètres", which is quoted
    with it.

    Args:
        others: further sentences of the articles, among which the one that mends may be.
    """
    kept, weighed = list(sentences), scores.copy()
    for place, mistake in enumerate(sentences):
        if not _WRONG.search(fold(mistake.text)) or _RIGHT.search(fold(mistake.text)):
            continue
        right = next((other for other in (*sentences, *others) if _mends(other, mistake)), None)
        if right is None:
            continue
        if right not in kept:
            kept.append(right)
            weighed = np.append(weighed, np.float32(0))
        at = kept.index(right)
        weighed[at], weighed[place] = max(weighed[at], weighed[place]), 0.0
    return kept, weighed.astype(np.float32)


def _mends(sentence: Candidate, mistake: Candidate) -> bool:
    here = sentence.evidence.passage.article_id == mistake.evidence.passage.article_id
    return here and 0 <= sentence.start - mistake.end <= FAR and bool(_RIGHT.search(fold(sentence.text)))


_WRONG = re.compile(
    r"\bnous av(?:ons|ions) (?:[a-z]+ ){0,3}(?:ecrit|indique|annonce|publie|affirme|rapporte|attribue|donne)\b|"
    r"\b(?:we|an earlier version of this (?:article|story|report)|this (?:article|story|newspaper)) "
    r"(?:[a-z]+ ){0,3}(?:wrote|reported|said|stated|gave|misstated)\b"
)
_RIGHT = re.compile(
    r"\b(?:il fallait (?:lire|comprendre|ecrire)|il faut lire|should have (?:read|said)|"
    r"the correct [a-z]+ (?:is|was))\b"
)
