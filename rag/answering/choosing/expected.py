"""Looks in a sentence for what a question expects there: a kind of answer, a number of what is counted, a time."""

from __future__ import annotations

import re

from rag.answering.asking.nouns import same_nouns
from rag.answering.asking.question import Asked
from rag.answering.choosing.amounts import WORDS_AFTER
from rag.answering.choosing.bare import bare_answers
from rag.answering.choosing.dating import reports
from rag.language.dates import DateMention, years_meant
from rag.language.facts import dates_of, quantities_of
from rag.language.folding import fold
from rag.language.words import stems, words
from rag.schema import Article, PartialDate

OF_THAT_YEAR = 0.8  # how well a date agrees with a year asked about
NEITHER = 0.5  # the value of a feature of which the question does not speak


def holds_wanted(asked: Asked, sentence: str, language: str) -> float:
    """How well (0..1) something in the sentence is of the kind that is wanted; 0.5 when no such kind is."""
    if asked.wanted in (None, "manner", "yes or no"):
        return NEITHER
    return max((bare.fit for bare in bare_answers(asked, sentence, language)), default=0.0)


def counts_the_thing(asked: Asked, sentence: str, language: str) -> float:
    """1 when a number of the sentence counts what the question counts, 0 when none does, 0.5 when it counts nothing."""
    if asked.counted is None:
        return NEITHER
    for number in quantities_of(sentence, language):
        following = words(sentence[number.end : number.end + 80])[:WORDS_AFTER]
        if same_nouns(asked.counted.stems) & set(stems(" ".join(word.text for word in following), language)):
            return 1.0
    return 0.0


def agrees_in_time(asked: Asked, sentence: str, article: Article) -> float:
    """How well (0..1) the sentence, or else its article's date, agrees with the time asked about; 0.5 when none is."""
    if not asked.dates:
        return NEITHER
    published = article.published
    told = dates_of(sentence, article.read_as)
    own = max((_agreement(sought, date, published) for sought in asked.dates for date in told), default=0.0)
    years = {sought.year for sought in asked.dates if sought.year and not sought.month}
    if published and years & years_beside(sentence, published):
        own = max(own, OF_THAT_YEAR)
    elif published and years and _opens_with_another_year(sentence, published, years):
        return 0.0
    reported = max((reports(published, sought) for sought in asked.dates), default=0.0) if published else 0.0
    return max(own, reported)


def _opens_with_another_year(sentence: str, published: PartialDate, years: set[int]) -> bool:
    """Whether a sentence begins with a year beside that of its article, which none of those asked about is."""
    opening = fold(sentence).lstrip(" «“\"'")
    opened = {published.year + step for step, told in _BESIDE.items() if told.match(opening)}
    return bool(opened) and not opened & years


def _agreement(sought: DateMention, told: DateMention, published: PartialDate | None) -> float:
    possible = years_meant(told, published)
    if sought.year and possible and sought.year not in possible:
        return 0.0
    if sought.month and told.month:
        if sought.month != told.month:
            return 0.0
        return 1.0 if not sought.day or sought.day == told.day else 0.6 if not told.day else 0.1
    return OF_THAT_YEAR if sought.year and not sought.month else 0.4


def years_beside(text: str, published: PartialDate) -> frozenset[int]:
    """The years beside its own that a text speaks of without naming them: "l'an dernier", "next year"."""
    folded = fold(text)
    return frozenset(published.year + step for step, told in _BESIDE.items() if told.search(folded))


_BESIDE = {
    -1: re.compile(r"\b(?:l'an(?:nee)? (?:derniere?|passee?)|il y a un an|last year|a year ago)\b"),
    1: re.compile(r"\b(?:l'an(?:nee)? prochaine?|dans un an|next year)\b"),
}
