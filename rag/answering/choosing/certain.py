"""Weighs the words that may be the bare answer, by their kind, by what the reader reads and by what else is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS
from rag.answering.choosing.bare import bare_answers
from rag.answering.choosing.bareness import borne_out, trimmed
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.sentences import Candidate, Scores, log_odds
from rag.language.folding import fold

BARE_SIGNS = (
    "of the wanted kind",
    "surely of the wanted kind",
    "the likeliest of its kind",
    "among the words read",
    "share with the words read",
    "answer in the passage, as logit",
    "confidence, as logit",
    "score of the sentence",
    "other values of the kind beside it",
    "other words in another sentence",
    "the same words in another sentence",
    "number of words",
    "has a number",
    "an amount is wanted",
)
OTHERS = 4  # best sentences but the first that are looked at for what they say instead
RIVALS = 3  # other values in a sentence, from which more are no worse
LONG = 20  # words
SURE = 0.8  # fit from which a value surely is of the kind
POSSIBLE = 0.5  # fit from which a value is one of the kind
ALIKE = 0.4  # share of its words, in the shorter of two, from which both say the same


@dataclass(frozen=True)
class Told:
    """A sentence with what it offers as the bare answer, the likeliest first."""

    asked: Asked
    sentence: Candidate
    language: str
    share: float  # its score as a share (0..1) of the best one

    @cached_property
    def offered(self) -> list[Bare]:
        """What is of the kind that is wanted."""
        text = self.sentence.text
        found = bare_answers(self.asked, text, self.language)
        return borne_out([trimmed(bare, self.asked, text, self.language) for bare in found], self.sentence, self.asked)

    @cached_property
    def read(self) -> Bare | None:
        """The words that answer, as the neural reader has them, without the marks around them."""
        if self.sentence.words is None:
            return None
        start, end = self.sentence.words
        text = self.sentence.text[start:end]
        lead = len(text) - len(text.lstrip(_AROUND))
        kept = _balanced(text.strip(_AROUND))
        return Bare(start + lead, start + lead + len(kept), 0.0, fold(kept)) if kept else None

    @property
    def possible(self) -> list[Bare]:
        """All that may be the bare answer: what is of the kind that is wanted, and the words read."""
        places = {(bare.start, bare.end) for bare in self.offered}
        more = self.read and (self.read.start, self.read.end) not in places
        return [*self.offered, self.read] if self.read and more else self.offered

    def with_noun(self, bare: Bare) -> Bare:
        """A number with the noun that it surely counts, where the words read leave that out."""
        if self.asked.wanted not in AMOUNTS:
            return bare
        wider = [one for one in self.offered if one.start <= bare.start and bare.end <= one.end and one.fit >= SURE]
        return replace(wider[0], fit=bare.fit) if wider else bare

    @property
    def said(self) -> tuple[str, float] | None:
        """What it says most likely, and how sure that is."""
        if self.read:
            return self.sentence.text[self.read.start : self.read.end], self.sentence.answerable
        best = next((bare for bare in self.offered if bare.fit >= POSSIBLE), None)
        return (self.sentence.text[best.start : best.end], best.fit) if best else None


def bare_signs(first: Told, others: Sequence[Told], confidence: float) -> Scores:
    """Describe each of what a sentence offers by numbers of about 0..1.

    Args:
        others: the best sentences beside it, which may say something else.
        confidence: how likely the answer is one, 0 to 1.

    Returns:
        An array of shape (len(first.possible), BARE_SIGNS).
    """
    answerable, sure = log_odds(np.asarray([first.sentence.answerable, confidence])).tolist()
    rows = []
    for bare in first.possible:
        text = first.sentence.text[bare.start : bare.end]
        rivals = {other.value for other in first.offered if other.value != bare.value and other.fit >= POSSIBLE}
        same, different = _elsewhere(text, others)
        overlap, whole = _shared(bare, first.read) if first.read else (0, 1)
        rows.append(
            (
                bare.fit,
                float(bare.fit >= SURE),
                float(bare in first.offered[:1]),
                float(overlap > 0),
                overlap / whole,
                answerable / 3 if first.read else 0.0,
                sure / 3,
                first.share,
                min(len(rivals), RIVALS) / RIVALS,
                different,
                same,
                min(len(text.split()), LONG) / LONG,
                float(bool(_NUMBER.search(text))),
                float(first.asked.wanted in AMOUNTS),
            )
        )
    return np.asarray(rows, dtype=np.float32).reshape(-1, len(BARE_SIGNS))


def _shared(one: Bare, other: Bare) -> tuple[int, int]:
    """The characters that two have in common, and those from the first to the last of both."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0), max(one.end, other.end) - min(one.start, other.start)


def _elsewhere(text: str, others: Sequence[Told]) -> tuple[float, float]:
    """How surely (0..1) another sentence says the same words, and how surely one says others."""
    weights = {True: 0.0, False: 0.0}
    for other in others:
        if other.said:
            said, sure = other.said
            same = _says_the_same(text, said)
            weights[same] = max(weights[same], other.share * sure)
    return weights[True], weights[False]


def _says_the_same(one: str, other: str) -> bool:
    numbers = [frozenset(_numbers(text)) for text in (one, other)]
    if numbers[0] & numbers[1]:
        return True
    words = [frozenset(_WORD.findall(fold(text))) for text in (one, other)]
    common = len(words[0] & words[1])
    return common > 0 and common >= ALIKE * min(len(words[0]), len(words[1]))


def _numbers(text: str) -> Iterator[str]:
    return (re.sub(r"\D", "", found) for found in _NUMBER.findall(text))


def _balanced(text: str) -> str:
    """The text up to a mark that has no other half in it."""
    for opening, closing in ("«»", "“”", "()", '""'):
        if (text.count(opening) % 2) if opening == closing else (text.count(opening) != text.count(closing)):
            return text[: max(text.rfind(opening), text.rfind(closing))].rstrip(_AROUND)
    return text


_AROUND = ' ,;:.«»"“”()\u00a0\u202f-–'
_NUMBER = re.compile(r"\d+(?:[.,\s\u00a0\u202f]\d+)*")
_WORD = re.compile(r"\w+")
