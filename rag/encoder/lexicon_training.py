"""Learns which French and English terms translate each other: `python -m rag.encoder.lexicon_training --data DIR`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.encoder.corpora import Corpora
from rag.language.words import stems
from rag.schema import Language

Shares = NDArray[np.float64]
Places = NDArray[np.int64]

ROUNDS = 6  # of expectation and maximisation
SURE = 0.15  # geometric mean of both translation probabilities
SEEN = 2.0  # times, expected
MOST = 2  # translations of a term


def main() -> None:
    """Read the parallel sentences, align their terms, and write the lexicon."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training sets (*.jsonl.gz)")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "lexicon.json")
    arguments = parser.parse_args()
    alignment = align(parallel_terms(Corpora(arguments.data)))
    content = {"fr": translations(alignment, "fr"), "en": translations(alignment, "en")}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    arguments.output.write_text(text + "\n", encoding="utf-8")
    print(f"{len(content['fr'])} French and {len(content['en'])} English terms written to {arguments.output}")


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Pairs of a French and an English term that stand in parallel sentences, and how surely they are translations."""

    french: tuple[str, ...]
    english: tuple[str, ...]
    pairs: tuple[Places, Places]  # places in `french` and in `english`
    sureness: Shares  # of each pair: geometric mean of p(English | French) and p(French | English)
    seen: Shares  # how often the pair is expected to be a translation


def align(sentences: Iterable[tuple[list[str], list[str]]]) -> Alignment:
    """Estimate translation probabilities by IBM Model 1 in both directions.

    The model: Brown, Della Pietra, Della Pietra, Mercer: The Mathematics of Statistical Machine Translation, 1993.
    A rare term is held back by one pretended occurrence; a term may also come from nowhere.
    """
    number_fr: dict[str, int] = {}
    number_en: dict[str, int] = {}
    cells = _Cells()
    for terms_fr, terms_en in sentences:
        cells.add(
            [number_fr.setdefault(term, len(number_fr)) for term in dict.fromkeys(terms_fr)],
            [number_en.setdefault(term, len(number_en)) for term in dict.fromkeys(terms_en)],
        )
    size = len(number_en)
    keys, pair = np.unique(np.concatenate(cells.french) * size + np.concatenate(cells.english), return_inverse=True)
    french, english = keys // size, keys % size
    to_english, seen_en = _estimate(pair, french, np.concatenate(cells.english_word), size)
    to_french, seen_fr = _estimate(pair, english, np.concatenate(cells.french_word), len(number_fr))
    sureness = np.sqrt(to_english * to_french)
    return Alignment(tuple(number_fr), tuple(number_en), (french, english), sureness, np.minimum(seen_en, seen_fr))


def translations(alignment: Alignment, from_language: Language) -> dict[str, list[str]]:
    """For each term the translations that are sure enough, the surest first; terms spelt alike are left out."""
    french, english = alignment.pairs
    sides = ((alignment.french, french), (alignment.english, english))
    (terms, term), (others, other) = sides if from_language == "fr" else sides[::-1]
    kept = np.flatnonzero((alignment.sureness >= SURE) & (alignment.seen >= SEEN))
    found: dict[str, list[str]] = {}
    for place in kept[np.argsort(-alignment.sureness[kept], kind="stable")]:
        source, target = terms[term[place]], others[other[place]]
        known = found.setdefault(source, [])
        if source != target and not source.isdigit() and len(known) < MOST:
            known.append(target)
    return {source: known for source, known in found.items() if known}


def parallel_terms(corpora: Corpora) -> Iterator[tuple[list[str], list[str]]]:
    """The terms of every sentence that the training sets have in both languages."""
    rows = [
        *corpora.parallel_news(held_out=False),
        *corpora.rows("parallel_tatoeba"),
        *corpora.rows("parallel_captions"),
    ]
    for row in rows:
        yield stems(row["fr"], "fr"), stems(row["en"], "en")
    for row in corpora.rows("questions_fr_en_mintaka"):
        yield stems(row["question_fr"], "fr"), stems(row["question_en"], "en")


class _Cells:
    """Every French term of a sentence against every English one, as flat arrays."""

    def __init__(self) -> None:
        self.french: list[Places] = []
        self.english: list[Places] = []
        self.french_word: list[Places] = []  # which occurrence of a French term, counted over all sentences
        self.english_word: list[Places] = []
        self._words_fr = self._words_en = 0

    def add(self, french: list[int], english: list[int]) -> None:
        shape = (len(french), len(english))
        self.french.append(np.repeat(np.array(french, dtype=np.int64), shape[1]))
        self.english.append(np.tile(np.array(english, dtype=np.int64), shape[0]))
        self.french_word.append(np.repeat(np.arange(self._words_fr, self._words_fr + shape[0]), shape[1]))
        self.english_word.append(np.tile(np.arange(self._words_en, self._words_en + shape[1]), shape[0]))
        self._words_fr += shape[0]
        self._words_en += shape[1]


def _estimate(pair: Places, given: Places, word: Places, size: int) -> tuple[Shares, Shares]:
    """For each pair the probability of its term given the other side's, and its expected count.

    Args:
        pair: for each cell, its pair.
        given: for each pair, the term that is given.
        word: for each cell, the occurrence that has to be explained.
        size: how many terms there are to explain.
    """
    probability = np.full(len(given), 1 / size)
    expected = probability
    for _ in range(ROUNDS):
        share = probability[pair]
        share /= (np.bincount(word, share) + 0.25 / size)[word]
        expected = np.bincount(pair, share)
        probability = expected / (np.bincount(given, expected) + 1.0)[given]
    return probability, expected


if __name__ == "__main__":
    main()
