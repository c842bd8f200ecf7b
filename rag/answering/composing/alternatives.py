"""Reads a question that leaves two things to choose from: "par un drone ou par une bombe ?", "parti ou resté ?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.answering.asking.nouns import same_nouns
from rag.answering.asking.question import Asked, Term
from rag.answering.composing.wordings import meanings
from rag.answering.verifying.statements import word_keys

ENOUGH = 0.4  # share of the words of an alternative that a sentence must say
OF_THE_REST = 0.5  # share of what the question says besides that it must say


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The two things that a question leaves to choose from, as their words with all that have the same meaning."""

    first: Sequence[Term]
    second: Sequence[Term]
    rest: Sequence[Term]  # the other words of the question

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all words of both."""
        return frozenset[str]().union(*(term.stems for term in (*self.first, *self.second)))

    def chosen(self, said: Iterable[frozenset[str]]) -> bool | None:
        """Whether a sentence with these words, each as its stems, says the first (True) or the second (False).

        None where it says both or neither.
        """
        keys = frozenset[str]().union(*said)
        first, second = (_share(side, keys) >= ENOUGH for side in (self.first, self.second))
        return None if first == second else first

    def are_of(self, said: frozenset[str]) -> bool:
        """Whether a sentence with these stems is about what is asked, whichever of the two it says."""
        return not self.rest or _share(self.rest, said) >= OF_THE_REST


def alternatives(asked: Asked) -> Alternatives | None:
    """What a question leaves to choose from; None for one that asks of one thing only whether it is so."""
    sign = _OR.search(asked.text) if asked.wanted == "yes or no" else None
    if sign is None:
        return None
    own = [term for term in asked.terms if not asked.is_placed(term) and not _is_time(asked, term)]
    before = [term for term in own if asked.text.find(term.word) < sign.start()]
    offered, after = (
        [term for term in own if term not in asked.names and (term in before) == is_first] for is_first in (True, False)
    )
    if _CLAUSE.search(asked.text, sign.end()):
        verbs = [verb.start() for verb in _VERB.finditer(asked.text, 0, sign.start())]
        offered = [term for term in offered if not verbs or asked.text.find(term.word) >= verbs[-1]]
    first = offered[-len(after) :]
    if not first or not after:
        return None
    rest = [term for term in before if term not in first]
    return Alternatives(*([_with_its_meaning(term, asked.language) for term in side] for side in (first, after, rest)))


def opposite(keys: frozenset[str]) -> frozenset[str]:
    """The stems of what is so where something is not: of "rester" where it is "quitter" that is denied."""
    return frozenset[str]().union(*(against for own, against in meanings() if own & keys))


def _with_its_meaning(term: Term, language: str) -> Term:
    own = same_nouns(term.stems | word_keys(term.word, language, abroad=True))
    return replace(term, stems=own.union(*(alike for alike, _ in meanings() if alike & own)))


def _share(side: Sequence[Term], keys: frozenset[str]) -> float:
    return sum(term.weight for term in side if term.stems & keys) / sum(term.weight for term in side)


def _is_time(asked: Asked, term: Term) -> bool:
    start = asked.text.find(term.word)
    return any(date.start <= start < date.end for date in asked.dates)


_OR = re.compile(  # what comes with it, or without, may be named in any sentence
    r"(?<!oui )(?<!plus )(?<!pour )(?<!yes )(?<!more )\b(?:ou|or)\b"
    r"(?! (?:(?:non|pas|not?|moins|less|que|avec|sans|with|without|alone)\b|qu['’]))"
)
_CLAUSE = re.compile(  # what is left to choose from is a whole clause, and not one thing of it
    r"(?i)\w-(?:t-)?(?:ils?|elles?|on)\b|\b(?:did|does|do|is|are|was|were|has|have|will) (?:he|she|it|they)\b"
)
_VERB = re.compile(r"(?i)\w+(?=-(?:t-)?(?:ils?|elles?|on)\b)|^\W*(?:did|does|do|is|are|was|were|has|have|will)\b")
