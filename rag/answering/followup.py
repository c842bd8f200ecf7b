"""Makes a question that leans on the turn before it stand by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.folding import fold
from rag.language.stop_words import QUESTION_WORDS, STOP_WORDS
from rag.language.words import query_stems, words

# How a question begins that goes on from the last one, and the pronouns that point back (folded).
_OPENING = re.compile(r"\W*(et|mais|and|but|what about|how about)\b")
_POINTING = re.compile(  # not "compte-t-elle", whose subject stands before it
    r"(?<![-\w])(il|ils|elle|elles|l'a|l'ont|lui|leur|cela|ca|celui-ci|celle-ci|ceux-ci|celles-ci|he|she|it|they|them|this|that)\b"
)
LONGEST_SUBJECT = 500  # characters of an earlier question
FEW = 3  # terms; a question with more of them says itself what it is about


def standalone(question: str, history: Sequence[tuple[str, str]]) -> str:
    """The question as it would be asked with no history: led by the last one that stood alone when it leans on it.

    Args:
        history: earlier turns, oldest first, as (question, answer text).
    """
    if not history or not _leans(question):
        return question
    subject = next((asked for asked, _ in reversed(history) if not _leans(asked)), history[-1][0])
    return f"{subject.strip()[:LONGEST_SUBJECT]} {question}"


def _leans(question: str) -> bool:
    """It says that it goes on, or it names nothing and points back or says next to nothing."""
    folded, empty = fold(question), frozenset[str]().union(*QUESTION_WORDS.values(), *STOP_WORDS.values())
    terms = sum(term not in empty for term in query_stems(question))
    if _OPENING.match(folded):
        return True
    names_something = any(word.text[:1].isupper() for word in words(question)[1:])
    return not names_something and (terms <= 1 or (terms <= FEW and bool(_POINTING.search(folded))))
