"""Reads a question that leaves two things to choose from: "par un drone ou par une bombe ?", "parti ou resté ?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.answering.asking.nouns import same_nouns
from rag.answering.asking.question import Asked, Term
from rag.answering.composing.wordings import meanings
from rag.answering.verifying.statements import word_keys
from rag.language.folding import fold_in_place

ENOUGH = 0.4  # share of the words of an alternative that a sentence must say
OF_THE_REST = 0.5  # share of what the question says besides that it must say


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The two things that a question leaves to choose from, as their words with all that have the same meaning."""

    first: Sequence[Term]
    second: Sequence[Term]
    rest: Sequence[Term]  # the other words of the question

    @property
    def stems(self) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of all words of the one and of the other."""
        first, second = (frozenset[str]().union(*(term.stems for term in side)) for side in (self.first, self.second))
        return first, second

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
    """What a question leaves to choose from; None for one that asks of one thing only whether it is so.

    Also None where it names more than two things, numbers or nobody but somebody to do something.
    """
    text = fold_in_place(asked.text)
    sign = _OR[asked.language].search(asked.text) if asked.wanted == "yes or no" else None
    if sign is None or _NO_CHOICE.search(text, max(0, sign.start() - NEAR), sign.end() + NEAR):
        return None
    verbs = [verb.start() for verb in _VERB.finditer(text, 0, sign.start())]
    if not verbs or "," in text[verbs[-1] : sign.start()]:
        return None
    own = [term for term in asked.terms if not asked.is_placed(term) and not asked.is_of_a_date(term)]
    telling = [(asked.text.find(term.word), term) for term in own if term not in asked.names]
    if _CLAUSE.search(text, sign.end()):
        first = [term for place, term in telling if verbs[-1] <= place < sign.start()]
        second = [term for place, term in telling if place >= sign.end()]
    else:
        first = [term for place, term in telling if place < sign.start()]
        second = _before_preposition(text, [one for one in telling if one[0] >= sign.end()])
    first = first[-len(second) :]
    if not first or not second:
        return None
    rest = [term for term in own if term not in first and term not in second]
    return Alternatives(*([_with_its_meaning(term, asked.language) for term in side] for side in (first, second, rest)))


def _before_preposition(text: str, telling: Sequence[tuple[int, Term]]) -> list[Term]:
    """The first words of the second alternative; what a preposition leads to after them is said of both."""
    if not telling:
        return []
    led = _LED.search(text, telling[0][0])
    return [term for place, term in telling if led is None or place < led.start()]


def opposite(keys: frozenset[str]) -> frozenset[str]:
    """The stems of what is so where something is not: of "rester" where it is "quitter" that is denied."""
    return frozenset[str]().union(*(against for own, against in meanings() if own & keys))


def _with_its_meaning(term: Term, language: str) -> Term:
    own = same_nouns(term.stems | word_keys(term.word, language, abroad=True))
    return replace(term, stems=own.union(*(alike for alike, _ in meanings() if alike & own)))


def _share(side: Sequence[Term], keys: frozenset[str]) -> float:
    return sum(term.weight for term in side if term.stems & keys) / sum(term.weight for term in side)


NEAR = 24  # characters around "ou" in which it shows whether things are left to choose from
_NOT_SO = r"(?! (?:(?:non|pas|not?|moins|less|que|avec|sans|with|without|alone)\b|qu['’]))"  # what may stand anywhere
_OR = {
    "fr": re.compile(rf"(?i)(?<!oui )(?<!plus )(?<!pour )\bou\b{_NOT_SO}"),
    "en": re.compile(rf"(?i)(?<!yes )(?<!more )\bor\b{_NOT_SO}"),
}
_NUMBER = r"(?:\d+|une?|deux|trois|quatre|cinq|six|dix|one|two|three|four|five|six|ten|plusieurs|several)"
_NO_CHOICE = re.compile(
    rf"\b{_NUMBER} (?:ou|or)\b|\b(?:ou|or) (?!une? ){_NUMBER}\b|\b(?:tot ou tard|sooner or later)\b"
)
_CLAUSE = re.compile(  # folded: what is left to choose from is a whole clause, and not one thing of it
    r"\w-(?:t-)?(?:ils?|elles?|on)\b|\b(?:did|does|do|is|are|was|were|has|have|will) (?:he|she|it|they)\b"
)
_VERB = re.compile(
    r"(?<![-\w])\w+(?=-(?:t-)?(?:ils?|elles?|on)\b)|\best-ce qu[e']|^\W*(?:did|does|do|is|are|was|were|has|have|will)\b"
)
_LED = re.compile(r" (?:d[eu]|des|a|aux?|en|dans|pour|sur|qui|que|of|in|at|on|for|to|from|that|who) |\bd'|\bqu'")
