"""Looks in a sentence for the kind of answer that a question wants: a number of what is counted, a date, a name."""

from __future__ import annotations

import re

from rag.answering.question import Asked
from rag.language.dates import date_mentions
from rag.language.numbers import quantities
from rag.language.words import stems, words
from rag.schema import Article

NEITHER = 0.5  # the value of a feature of which the question does not speak
WORDS_AFTER = 4  # words after a number among which the thing counted is looked for

_REASON = re.compile(
    r"\b(car|parce|puisque|afin|raisons?|cause|suite|faute|gr[âa]ce|pour|because|since|due|to|as|reasons?|after)\b",
    re.I,
)


def holds_wanted(asked: Asked, sentence: str, language: str) -> float:
    """1 when the sentence holds the kind of answer that is wanted, 0 when not, 0.5 when no kind is."""
    if asked.wanted is None:
        return NEITHER
    if asked.wanted == "date":
        return float(any(date.month or date.year for date in date_mentions(sentence, language)))
    if asked.wanted == "number":
        return float(bool(quantities(sentence, language)))
    if asked.wanted == "name":
        return float(any(word.text[:1].isupper() for word in words(sentence)[1:]))
    return float(bool(_REASON.search(sentence)))


def counts_the_thing(asked: Asked, sentence: str, language: str) -> float:
    """1 when a number of the sentence counts what the question counts, 0 when none does, 0.5 when it counts nothing."""
    if asked.counted is None:
        return NEITHER
    for number in quantities(sentence, language):
        following = words(sentence[number.end : number.end + 80])[:WORDS_AFTER]
        if asked.counted.stems & set(stems(" ".join(word.text for word in following), language)):
            return 1.0
    return 0.0


def holds_year(asked: Asked, sentence: str, article: Article) -> float:
    """1 when the year asked about is in the sentence or is its article's, 0 when not, 0.5 when none is asked about."""
    if not asked.years:
        return NEITHER
    told = {date.year for date in date_mentions(sentence, article.language or "fr")}
    published = {article.published.year} if article.published else set()
    return float(bool(asked.years & (told | published)))
