"""Keeps what was only asked for or threatened apart from what was decided: a sentence sought is none passed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from rag.answering.asking.question import Asked
from rag.answering.choosing.sentences import Candidate, Scores
from rag.language.folding import fold

OF_A_DEMAND = 0.25  # share of its probability that a sentence keeps which tells what was demanded, not decided


def with_outcome(asked: Asked, sentences: Sequence[Candidate], scores: Scores) -> Scores:
    """The probabilities of sentences, (sentences,); where a court's decision is asked for, demands are less likely."""
    question = fold(asked.text)
    if not (_DECIDED.search(question) and _PENALTY.search(question)) or _DEMANDED.search(question):
        return scores
    told = [fold(one.text) for one in sentences]
    only_demanded = [bool(_DEMANDED.search(text)) and not _DECIDED.search(text) for text in told]
    return np.where(only_demanded, OF_A_DEMAND * scores, scores).astype(np.float32)


_PENALTY = re.compile(
    r"\b(?:combien|peines?|prison|amendes?|annees?|mois|ans|quoi|how (?:long|many|much)|sentences?d?|fines?d?|years|"
    r"months|what)\b"
)
_DECIDED = re.compile(
    r"\b(?:condamn(?:e|ee|es|ees|er|ent|ait|ation|ations)|ecop(?:e|ent|er|ait)|inflige(?:e|es|s)?|prononc\w+|relax\w+|"
    r"acquitt?\w+|sentence[ds]?(?! to be)|convict(?:ed|ion)|jailed|imprisoned|fined|handed|ordered)\b"
)
_DEMANDED = re.compile(
    r"\b(?:requi(?:s|ses?|ert|erent|sitions?|sitoire)|reclam\w+|encour(?:t|ent|ait|aient|ue?s?)|risqu(?:e|ent|ait|aient)|"
    r"passibles?|sought|seeks?|seeking|fac(?:es?|ing|ed) (?:up to )?\d|could get|up to \d|recommended)\b"
)
