"""Weighs the words that may be the bare answer, by their kind, by what the reader reads and by what else is found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, Wanted
from rag.answering.choosing.amounts import end_of_unit, is_of_something_else, start_of_bound
from rag.answering.choosing.bare import bare_answers, enumeration, is_led_to
from rag.answering.choosing.bareness import borne_out, trimmed, unpaired
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.sentences import Candidate, Scores, log_odds
from rag.answering.choosing.telling import asks_who_did, asks_who_tells, only_tells
from rag.language.facts import names_of
from rag.language.folding import fold, fold_in_place
from rag.language.names import same_name
from rag.language.stop_words import STOP_WORDS

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


def of_the_kind(asked: Asked, sentence: str, language: str) -> list[Bare]:
    """What in a sentence is of the kind that is wanted, each trimmed to what belongs to it."""
    return [trimmed(bare, asked, sentence, language) for bare in bare_answers(asked, sentence, language)]


@dataclass(frozen=True)
class Offer:
    """A sentence with what it offers as the bare answer, the likeliest first."""

    asked: Asked
    sentence: Candidate
    found: Sequence[Bare]  # what is of the kind that is wanted
    share: float  # its score as a share (0..1) of the best one

    @cached_property
    def offered(self) -> list[Bare]:
        """What is of the kind that is wanted, as the neural reader sees it."""
        return borne_out(self.found, self.sentence, self.asked)

    @cached_property
    def read(self) -> Bare | None:
        """The words that answer, as the neural reader has them, without the marks around them."""
        if self.sentence.words is None:
            return None
        first, last = self.sentence.words
        start, end = _bared(self.sentence.text[first:last])
        start, end = first + start, first + end + self._second_half(first + start, first + end)
        text = self.sentence.text[start:end]
        return Bare(start, end, 0.0, fold(text)) if text and not self._only_names_the_asked(text) else None

    def _second_half(self, start: int, end: int) -> int:
        """The characters of a complement that goes on: "la sécurité de l'ambassade" and then "et de l'aéroport"."""
        if self.asked.wanted in (*AMOUNTS, "person", "date"):
            return 0
        more = _AND_OF.match(self.sentence.text, end)
        return len(more[0]) if more and _OF.search(self.sentence.text, start, end) else 0

    def _only_names_the_asked(self, text: str) -> bool:
        """Whether some words are but the name of somebody whom the question names: "Jean Dorval", asked of Dorval."""
        if self.asked.wanted not in ("person", "definition") or _CHOICE.search(fold(self.asked.text)):
            return False
        question = self.asked.text
        names = [one for one in names_of(question, self.asked.language) if not _OWNS.search(question[: one.start])]
        names = [
            one for one in names if not question[one.end :].startswith(("'s", "’s"))
        ]  # whose daughter bears it too
        return any(same_name(text, one.text) for one in names)

    @property
    def possible(self) -> list[Bare]:
        """All that may be the bare answer: what is of the kind that is wanted, and the words read."""
        places = {(bare.start, bare.end) for bare in self.offered}
        more = self.read and (self.read.start, self.read.end) not in places
        every = [*self.offered, self.read] if self.read and more else self.offered
        told = [bare for bare in every if self._may_be(bare)]
        if asks_who_tells(self.asked.text, self.asked.language):
            return [bare for bare in told if only_tells(self.sentence.text, bare.end)] or told
        return told

    def fullest(self, place: int) -> int:
        """Of what may be the answer, what has the number at a place with most around it: "5 millions d'euros"."""
        text, chosen = self.sentence.text, self.possible[place]
        alike = self.asked.wanted in AMOUNTS and numbers_in(text[chosen.start : chosen.end])
        wider = [
            other
            for other, bare in enumerate(self.possible)
            if bare.start <= chosen.start
            and chosen.end <= bare.end
            and numbers_in(text[bare.start : bare.end]) == alike
        ]
        return max(wider, key=lambda other: self.possible[other].end - self.possible[other].start) if alike else place

    def _may_be(self, bare: Bare) -> bool:
        """Whether words do not plainly say something else: a country that is none, "the region", another's age."""
        text = self.sentence.text
        if all(fold(word) in _EMPTY for word in _WORD.findall(text[bare.start : bare.end])):
            return False
        if self.asked.wanted == "country":
            return any(one.start < bare.end and bare.start < one.end for one in self.offered)
        if self.asked.wanted == "place":
            own = text[bare.start : bare.end]  # with a capital, "le Nord" is a place
            return not (own.islower() and _NOWHERE.fullmatch(fold(own)))
        if self.asked.wanted == "person" and asks_who_did(self.asked.text, self.asked.language):
            return not only_tells(text, bare.end)
        return not is_of_something_else(self.asked, text, bare.start, bare.end)

    def whole(self, bare: Bare) -> Bare:
        """A number with its bound, unit and noun, a place with those beside it, a whole name, a day with "le"."""
        if self.asked.wanted == "place":
            folded = fold_in_place(self.sentence.text)
            located = [one for one in self.found if is_led_to(folded, one.start)]
            run = enumeration(located, self.sentence.text) if located else None
            inside = run is not None and run.start <= bare.start and bare.end <= run.end
            return replace(run, fit=bare.fit) if run and inside else bare
        if self.asked.wanted not in AMOUNTS:
            return replace(bare, start=_beginning(self.sentence.text, bare.start, self.asked.wanted))
        wider = [one for one in self.offered if one.start <= bare.start and bare.end <= one.end and one.fit >= SURE]
        found, text = wider[0] if wider else bare, self.sentence.text
        present = _PRESENT.search(text, found.start, found.end)
        end = present.start() if present else end_of_unit(text, found.end)
        return replace(found, start=start_of_bound(text, found.start), end=end, fit=bare.fit)

    @property
    def said(self) -> tuple[str, float] | None:
        """What it says most likely, and how sure that is."""
        if self.read:
            return self.sentence.text[self.read.start : self.read.end], self.sentence.answerable
        best = next((bare for bare in self.offered if bare.fit >= POSSIBLE), None)
        return (self.sentence.text[best.start : best.end], best.fit) if best else None


def _beginning(sentence: str, start: int, wanted: Wanted | None) -> int:
    """Where a name or a day begins, with what stands right before it: "Anne" of "Marie Lemaire", "le" of "3 mai"."""
    left = max(0, start - 40)
    before = None
    if wanted == "person" and sentence[start].isupper():
        before = _GIVEN_NAMES.search(sentence, left, start)
    elif wanted == "date" and sentence[start].isdigit():
        before = _ARTICLE.search(sentence, left, start)
    return before.start() if before else start


def bare_signs(first: Offer, others: Sequence[Offer], confidence: float) -> Scores:
    """Describe each of what a sentence offers by numbers of about 0..1, the logits among them of about -2..2.

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
                float(bool(_NUMBER.search(text)) or (first.asked.wanted in AMOUNTS and bare.fit >= POSSIBLE)),
                float(first.asked.wanted in AMOUNTS),
            )
        )
    return np.asarray(rows, dtype=np.float32).reshape(-1, len(BARE_SIGNS))


def _shared(one: Bare, other: Bare) -> tuple[int, int]:
    """The characters that two have in common, and those from the first to the last of both."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0), max(one.end, other.end) - min(one.start, other.start)


def _elsewhere(text: str, others: Sequence[Offer]) -> tuple[float, float]:
    """How surely (0..1) another sentence says the same words, and how surely one says others."""
    weights = {True: 0.0, False: 0.0}
    for other in others:
        if other.said:
            said, sure = other.said
            same = _says_the_same(text, said)
            weights[same] = max(weights[same], other.share * sure)
    return weights[True], weights[False]


def _says_the_same(one: str, other: str) -> bool:
    mine, theirs = numbers_in(one), numbers_in(other)
    if mine and theirs:
        return mine <= theirs or theirs <= mine
    words = [frozenset(_WORD.findall(fold(text))) for text in (one, other)]
    common = len(words[0] & words[1])
    return common > 0 and common >= ALIKE * min(len(words[0]), len(words[1]))


def numbers_in(text: str) -> frozenset[str]:
    """The figures of the numbers that a text has: "2.000 dollars" has 2000."""
    return frozenset(re.sub(r"\D", "", found) for found in _NUMBER.findall(text))


def _bared(text: str) -> tuple[int, int]:
    """Where the words of a text begin and end, without marks at its edges and what follows half a pair of them."""
    start, end, changed = 0, len(text), True
    while changed and start < end:
        before = start, end
        while (
            start < end and text[start] in _EDGES and not (text[start] in "-–" and text[start + 1 : end][:1].isdigit())
        ):
            start += 1
        while start < end and text[end - 1] in _EDGES and not _ABBREVIATED.search(text, start, end):
            end -= 1
        place = unpaired(text[start:end])
        if place is not None:
            start, end = (start + 1, end) if place == 0 else (start, start + place)
        elif text[start:end][:1] in _OPENING and unpaired(text[start + 1 : end - 1]) is None:
            start, end = start + 1, end - 1
        changed = (start, end) != before
    return start, end


_GIVEN_NAMES = re.compile(  # neither the first word of a sentence, nor whose minister somebody is
    r"(?<=[^\W_] )(?<! d[ue] )(?<! l[ea] )(?<! the )(?<! of )(?:[A-ZÀ-Þ][\w’'-]+ ){1,3}$"
)
_ARTICLE = re.compile(r"\ble $")
_PRESENT = re.compile(r"(?<=\w) (?:présent|déployé|stationné|basé|engagé|mobilisé)e?s?(?: (?:là|sur place))?$")
_NOWHERE = re.compile(
    r"(?:a l'|dans l[ea'] ?|au |en |the |in the )?"
    r"(?:nord|sud|est|ouest|north|south|east|west|region|pays|country|zone)|sur place|there"
)
_OF = re.compile(r" (?:de |du |des |d['’]|of )")
_AND_OF = re.compile(r" (?:et|and) (?:de la |de l['’]|du |of the )[\w'’-]+(?: [\w'’-]+){0,2}(?=[,.;:)]|$)")
_OWNS = re.compile(r"\b(?:de|à|of|to) $|\bd['’]$")
_CHOICE = re.compile(r"\b(?:ou|or)\b")  # one of those named may be the answer
_EDGES = " ,;:.\u00a0\u202f-–"
_OPENING = ("«", "“", "(", '"')
_ABBREVIATED = re.compile(r"\b(?:[^\W\d_]\.[^\W\d_]|[A-Z]|Jr|Sr|Inc|Ltd|Co|Corp|etc)\.$")
_NUMBER = re.compile(r"\d+(?:[.,\s\u00a0\u202f]\d+)*")
_WORD = re.compile(r"\w+")
_EMPTY = frozenset[str]().union(*STOP_WORDS.values())
