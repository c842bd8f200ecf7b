"""Says whether sentences are borne out by what they cite, judge by judge, and what quoting cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from eval.metrics.citations import Judge
from rag.answering.verify import support
from rag.language.folding import fold
from rag.schema import Citation, Claim

VERBATIM = 0.9  # share of a sentence that must stand in one piece in what it cites


def faithfulness(claims: Sequence[Claim], judge: Judge) -> float | None:
    """The mean verdict of one judge over the sentences of an answer; None without sentences."""
    return sum(judge(claim, claim.citations) for claim in claims) / len(claims) if claims else None


def verbatim(claim: Claim, citations: tuple[Citation, ...]) -> float:
    """Tier 0: 1 when nine tenths of the sentence stand in one piece in a quote, else 0."""
    said = " ".join(fold(claim.text).split())
    quotes = [" ".join(fold(citation.quote).split()) for citation in citations]
    return float(bool(said) and any(said in quote or _longest(said, quote) >= VERBATIM * len(said) for quote in quotes))


def verified(claim: Claim, citations: tuple[Citation, ...]) -> float:
    """Tier 1: 1 when the verifier finds the sentence borne out by its quotes, one by one or together, else 0."""
    quotes = [citation.quote for citation in citations]
    together = [" ".join(quotes)] if len(quotes) > 1 else []
    return float(bool(quotes) and support(claim.text, [*quotes, *together]).verdict == "supported")


def truncation(claims: Sequence[Claim]) -> float | None:
    """The share of quoted sentences that quoting distorts, which no judge of support can see; None without any.

    Such a sentence leans on one that is not shown ("Il", "Mais", "Cette"), breaks off inside quotation marks, so that
    it is unclear who speaks, or says "mardi" under a source without a date.
    """
    quoted = [claim for claim in claims if claim.verdict == "quoted"]
    return sum(distorted(claim) for claim in quoted) / len(quoted) if quoted else None


def distorted(claim: Claim) -> bool:
    """Whether a quoted sentence leans on what is not shown."""
    opening = fold(claim.text[:60]).lstrip("«“\"' \u00a0-–—")
    undated = any(citation.published is None for citation in claim.citations)
    return bool(
        (_LEANING.match(opening) and not _IMPERSONAL.match(opening))
        or any(claim.text.count(one) != claim.text.count(other) for one, other in ("«»", "“”"))
        or (undated and _RELATIVE.search(fold(claim.text)))
    )


_LEANING = re.compile(
    r"(?:il|elle|ils|elles|mais|or|cela|celui-ci|celle-ci|ceux-ci|celles-ci|ce dernier|cette derniere|c'est|ce|cet|"
    r"cette|ces|ainsi|toutefois|cependant|pourtant|de plus|en outre|par ailleurs|en revanche|he|she|it|they|but|"
    r"however|this|these|that|those|moreover|instead)\b"
)
_IMPERSONAL = re.compile(
    r"(?:il (?:y a|n'y|s'agit|faut|faudra|est (?:possible|probable|interdit|question))|c'est (?:le|la|en|a|un|une)|"
    r"it (?:is|was) (?:possible|likely|not|the)|ce (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))\b"
)
_RELATIVE = re.compile(
    r"\b(?:hier|demain|aujourd'hui|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|yesterday|today|tomorrow|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)


def _longest(one: str, other: str) -> int:
    """The length of the longest common piece; texts of a page or more are cut, as no quote is that long."""
    one, other = one[:_LONGEST], other[:_LONGEST]
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


_LONGEST = 2_000  # characters; the search takes the product of both lengths
