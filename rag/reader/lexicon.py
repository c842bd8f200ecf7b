"""Learns which French and English words translate each other, and mixes both languages with that."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from rag.encoder.corpora import Corpora
from rag.encoder.lexicon_training import align

Translations = Mapping[str, tuple[tuple[str, float], ...]]  # of a word: others, with how sure they are

SURE = 0.1  # geometric mean of both translation probabilities
SEEN = 2.0  # times, expected
MOST = 4  # translations of a word
LONGEST = 40  # words of a sentence that is aligned


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which words translate each other, as they are written without accents."""

    french: Translations  # French to English
    english: Translations


def build_lexicon(corpora: Corpora) -> Lexicon:
    """Align the words of all parallel sentences, both ways."""
    pairs = ((_WORD.findall(fold(french)), _WORD.findall(fold(english))) for french, english in parallel(corpora))
    alignment = align((french, english) for french, english in pairs if max(len(french), len(english)) <= LONGEST)
    sides: tuple[dict[str, list[tuple[str, float]]], ...] = (defaultdict(list), defaultdict(list))
    kept = np.flatnonzero((alignment.sureness >= SURE) & (alignment.seen >= SEEN))
    for place in kept[np.argsort(-alignment.sureness[kept], kind="stable")]:
        french = alignment.french[alignment.pairs[0][place]]
        english = alignment.english[alignment.pairs[1][place]]
        sureness = float(alignment.sureness[place])
        sides[0][french].append((english, sureness))
        sides[1][english].append((french, sureness))
    return Lexicon(*({word: tuple(others[:MOST]) for word, others in side.items()} for side in sides))


def mixed(text: str, translations: Translations, share: float, lot: random.Random) -> str:
    """The text with a share of its words in the other language, where a translation is known."""

    def other(word: re.Match[str]) -> str:
        known = translations.get(fold(word[0]))
        if not known or lot.random() > share:
            return word[0]
        return lot.choices([term for term, _ in known], [sure for _, sure in known])[0]

    return _LETTERS.sub(other, text)


def parallel(corpora: Corpora) -> Iterator[tuple[str, str]]:
    """Every text that the training sets have in both languages, French first."""
    rows = [
        *corpora.parallel_news(held_out=False),
        *corpora.rows("parallel_tatoeba"),
        *corpora.rows("parallel_captions"),
    ]
    yield from ((row["fr"], row["en"]) for row in rows)
    yield from ((row["question_fr"], row["question_en"]) for row in corpora.rows("questions_fr_en_mintaka"))
    for french, english in zip(corpora.rows("similarity_fr"), corpora.rows("similarity_en"), strict=True):
        yield french["premise"], english["premise"]
        yield french["hypothesis"], english["hypothesis"]


def fold(text: str) -> str:
    """Lower case without accents: how the tokenizer sees a text."""
    return _ACCENT.sub("", unicodedata.normalize("NFD", text.lower().replace("œ", "oe")))


_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ACCENT = re.compile("[\u0300-\u036f]+")
