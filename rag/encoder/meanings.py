"""Gives each row of the vocabulary a first meaning: from an English sentence encoder, carried over to French words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.encoder.lexicon_training import Alignment
from rag.encoder.vocabulary import Vocabulary
from rag.language.words import stems

Meanings = NDArray[np.float32]  # (rows, dimension of the teacher), rows of length 1 or 0

LIKELY = 0.05  # least sureness of a translation
SEEN = 1.0  # times, expected


def first_meanings(vocabulary: Vocabulary, teacher: Path, alignment: Alignment) -> Meanings:
    """What a teacher says of the English words, and the mean of their translations for French ones; else zero.

    Args:
        teacher: folder of an English sentence-transformers model.
        alignment: which terms translate each other.
    """
    meanings = _taught(vocabulary, teacher)
    _translate(meanings, vocabulary, alignment)
    return meanings


def _taught(vocabulary: Vocabulary, teacher: Path) -> Meanings:
    """The teacher's vectors of the English words, without what all of them share."""
    # Late: importing it takes about ten seconds, which training without a teacher need not cost.
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(teacher), device="cpu", trust_remote_code=False, local_files_only=True)
    rows = list(vocabulary.english)
    taught = np.asarray(model.encode(list(vocabulary.english.values()), batch_size=256, show_progress_bar=False))
    meanings = np.zeros((vocabulary.row_count, taught.shape[1]), dtype=np.float32)
    meanings[rows] = _normalised(taught - taught.mean(axis=0))
    return meanings


def _translate(meanings: Meanings, vocabulary: Vocabulary, alignment: Alignment) -> None:
    """Give the rows of French words the mean of their translations, weighted by how sure these are."""
    row_of_english = {term: row for row, word in vocabulary.english.items() for term in stems(word, "en")}
    row_of_french = {term: row for row, word in vocabulary.french.items() for term in stems(word, "fr")}
    likely = (alignment.sureness > LIKELY) & (alignment.seen > SEEN)
    for french, english, sureness in zip(
        *(side[likely] for side in alignment.pairs), alignment.sureness[likely], strict=True
    ):
        row = row_of_french.get(alignment.french[french])
        source = row_of_english.get(alignment.english[english])
        if row is not None and source is not None:
            meanings[row] += sureness * meanings[source]
    meanings[:] = _normalised(meanings)


def _normalised(rows: NDArray[Any]) -> Meanings:
    normalised: Meanings = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return normalised
