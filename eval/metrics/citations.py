"""Says whether citations bear the sentences of an answer out, and whether they are the right ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from eval.metrics.retrieval import Span, holds
from rag.schema import Article, Citation, Claim

Judge = Callable[[Claim, tuple[Citation, ...]], float]  # how far citations bear a claim out: 0, 0.5 or 1


def recall(claims: Sequence[Claim], judge: Judge) -> float | None:
    """The share of sentences that their citations bear out (ALCE: Gao et al., EMNLP 2023); None without any."""
    borne_out = [_borne_out(claim, judge) for claim in claims]
    return sum(borne_out) / len(borne_out) if borne_out else None


def precision(claims: Sequence[Claim], judge: Judge) -> float | None:
    """The share of citations that are needed by a sentence which is borne out (ALCE); None without any.

    A citation is not needed when it does not bear the sentence out by itself and the others do without it.
    """
    needed = [
        _borne_out(claim, judge) and not _irrelevant(claim, citation, judge)
        for claim in claims
        for citation in claim.citations
    ]
    return sum(needed) / len(needed) if needed else None


def f1(one: float | None, other: float | None) -> float | None:
    """The harmonic mean of two rates; None when one of them is."""
    if one is None or other is None:
        return None
    return 2 * one * other / (one + other) if one + other else 0.0


def _borne_out(claim: Claim, judge: Judge) -> bool:
    return bool(claim.citations) and judge(claim, claim.citations) == 1


def _irrelevant(claim: Claim, citation: Citation, judge: Judge) -> bool:
    others = tuple(other for other in claim.citations if other is not citation)
    return bool(others) and judge(claim, (citation,)) == 0 and judge(claim, others) == 1


def gold_precision(citations: Sequence[Citation], gold: Sequence[Span]) -> float | None:
    """The share of citations that hold a gold span; None without citations."""
    hits = [any(holds(_span(citation), span) for span in gold) for citation in citations]
    return sum(hits) / len(hits) if hits else None


def gold_recall(citations: Sequence[Citation], gold: Sequence[Span]) -> float:
    """The share of gold spans that a citation holds."""
    return sum(any(holds(_span(citation), span) for citation in citations) for span in gold) / len(gold)


def validity(citations: Sequence[Citation], articles: Mapping[str, Article]) -> float | None:
    """The share of citations whose article is there; None without citations."""
    return sum(citation.article_id in articles for citation in citations) / len(citations) if citations else None


def exactness(citations: Sequence[Citation], articles: Mapping[str, Article]) -> float | None:
    """The share of quotes that are, letter for letter, what their article says at their offsets."""
    exact = [
        citation.article_id in articles
        and articles[citation.article_id].text[citation.start : citation.end] == citation.quote
        for citation in citations
    ]
    return sum(exact) / len(exact) if exact else None


def uncited(claims: Sequence[Claim]) -> float | None:
    """The share of sentences without a citation; None without sentences."""
    return sum(not claim.citations for claim in claims) / len(claims) if claims else None


def per_claim(claims: Sequence[Claim]) -> float | None:
    """Citations per sentence; None without sentences."""
    return sum(len(claim.citations) for claim in claims) / len(claims) if claims else None


def _span(citation: Citation) -> Span:
    return Span(citation.article_id, citation.start, citation.end)
