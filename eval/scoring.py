"""Says whether an answer is right: it states an accepted answer early, from a gold article, or rightly declines."""

from __future__ import annotations

import math
from collections.abc import Sequence

from eval.questions import Question
from rag.language.folding import fold
from rag.schema import Answer, Article

WORDS = 60  # what a reader takes in at a glance; longer answers are cut here before scoring
WORDS_LIST = 120  # for lists and for sources that differ


def right(question: Question, answer: Answer) -> bool:
    """A right answer states an accepted answer within the word limit and cites a gold article; a right no declines."""
    if not question.answerable or answer.abstained:
        return answer.abstained and not question.answerable
    limit = WORDS_LIST if question.type in ("list", "conflict") else WORDS
    said = fold(" ".join(answer.text.split()[:limit]))
    cited = {citation.article_id for citation in answer.citations}
    return any(fold(accepted) in said for accepted in question.answers) and any(
        gold.article_id in cited for gold in question.gold
    )


def verbatim(answer: Answer, articles: dict[str, Article]) -> bool:
    """Every quote is, letter for letter, what the article says at its offsets."""
    return all(articles[c.article_id].text[c.start : c.end] == c.quote for c in answer.citations)


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a rate (Wilson, JASA 1927); (0, 1) when nothing was counted."""
    if n == 0:
        return 0.0, 1.0
    rate, spread = hits / n, z * z / n
    centre = (rate + spread / 2) / (1 + spread)
    half = z * math.sqrt(rate * (1 - rate) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile of some values; `share` in 0..1."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]
