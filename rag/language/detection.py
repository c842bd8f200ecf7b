"""Tells the language of a text, and whether a question is to be answered in French or in English."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rag.language.folding import fold
from rag.language.stop_words import QUESTION_WORDS, STOP_WORDS, listed
from rag.schema import Language

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_as(code: str | None) -> Language:
    """The language by whose rules a text is read: English by its own, every other by those of French."""
    return "en" if code == "en" else "fr"


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language a text is written in; None when there is too little to say."""
    sample = text[:_SAMPLE]
    found = _words(sample)
    if sum(map(len, found)) < _FEWEST_LETTERS:
        return None
    if len(found) >= _ENOUGH_WORDS:
        for language, marks in _TELLTALE.items():
            if sum(word in marks for word in found) > _TELLTALE_SHARE * len(found):
                return language
    code, probability = _identifier().classify(sample)
    return str(code) if probability > _LIKELY else None


def question_language(text: str) -> Language:
    """The language to answer in: the question's, if it is French or English, and French when in doubt."""
    plain = function_word_language(text)
    if plain:
        return plain
    sample = text[:_SAMPLE].lower()
    if not any(character.isalpha() for character in sample):
        return "fr"
    scores: dict[str, float] = dict(_identifier().rank(sample))
    return "en" if scores["en"] > max(3 * scores["fr"], _LEAST) else "fr"


def function_word_language(text: str) -> Language | None:
    """French or English, whichever has more function words in a question; None when they are level.

    Question words count twice: a French name in an English question brings its particles ("Le", "de la").
    """
    folded = fold(text[:_SAMPLE])
    found = _words(folded)
    french, english = _votes(found, "fr") + len(_ELISION.findall(folded)), _votes(found, "en")
    if french == english:
        return None
    return "fr" if french > english else "en"


_SAMPLE = 3_000  # characters looked at: more do not change the answer
_FEWEST_LETTERS = 9
_ENOUGH_WORDS = 30
_TELLTALE_SHARE = 0.07  # reached by 99 of 100 news articles in their own language; by none in Spanish or Catalan
_TELLTALE = {
    "fr": listed("dans est pour une avec sur aux par cette ont qui pas sont leur mais ce ces du des il elle"),
    "en": listed("the and of that with was for from is are has have to"),
}
_LIKELY = 0.5  # probability below which py3langid is guessing
_LEAST = 1e-5  # probability below which a question is in neither language
_ELISION = re.compile(r"\b(?:[ldj]|qu|jusqu|lorsqu|puisqu)'(?=[aeiouyh])")
_ONLY: dict[str, frozenset[str]] = {
    language: frozenset(
        word
        for word in (STOP_WORDS[language] | QUESTION_WORDS[language]) - STOP_WORDS[other] - QUESTION_WORDS[other]
        if len(word) > 1
    )
    for language, other in (("fr", "en"), ("en", "fr"))
}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(text))


def _votes(found: Iterable[str], language: str) -> int:
    asking = QUESTION_WORDS[language] & _ONLY[language]
    return sum((word in _ONLY[language]) + (word in asking) for word in found)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # Late: the import and its model cost 0.8 s that few questions need.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
