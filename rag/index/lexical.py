"""Ranks passages by BM25 over our own analysis and keeps the result on disk to be mapped into memory."""

from __future__ import annotations

import contextlib
import json
import shutil
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rag.index.lexicon import expand
from rag.index.passages import well_formed
from rag.index.vectors import Mask
from rag.language.detection import question_language
from rag.language.words import query_stems, stems


def terms(title: str, text: str, language: str) -> tuple[str, ...]:
    """What BM25 compares of a passage: its stems and those of its article's title."""
    return tuple(stems(well_formed(f"{title}\n{text}"), language))


class Lexical:
    """BM25 (the variant of Lucene) over the passages of one corpus."""

    def __init__(self, ids: Sequence[str], model: Any | None) -> None:
        """Wrap a bm25s model whose rows are `ids`; None where no passage has a term."""
        self._ids = ids
        self._model = model

    @classmethod
    def build(cls, ids: Sequence[str], terms_of_all: Iterable[Sequence[str]]) -> Lexical:
        """Weigh the terms of passages, given in the order of `ids`."""
        import bm25s  # it imports scipy, a quarter of a second

        vocabulary: dict[str, int] = {}
        rows = [[vocabulary.setdefault(term, len(vocabulary)) for term in found] for found in terms_of_all]
        if not vocabulary:
            return cls(ids, None)
        model = bm25s.BM25(method="lucene", k1=_K1, b=_B, backend="numpy")
        model.index((rows, vocabulary), create_empty_token=False, show_progress=False)
        return cls(ids, model)

    @classmethod
    def load(cls, place: Path, ids: Sequence[str]) -> Lexical | None:
        """What was saved at `place` for these passages; None where that is missing or damaged."""
        # It is only there to save time, so anything wrong with it has one answer: it is built again.
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, EOFError):
            return cls(ids, _load(place, len(ids)))
        return None

    def save(self, place: Path) -> None:
        """Write to a folder beside `place`, seal it with checksums, and only then give it its name."""
        draft = place.with_name(f"{place.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        if self._model is not None:
            self._model.save(draft, show_progress=False)
        checksums = {file.name: _checksum(file) for file in draft.iterdir()}
        (draft / _SEAL).write_text(json.dumps(checksums), encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)
        draft.rename(place)

    def search(self, question: str, limit: int, mask: Mask | None = None) -> list[tuple[str, float]]:
        """The best passages as (id, BM25), best first, equal ones in order of id; only those that share a term.

        Args:
            mask: True for the passages that may be found.
        """
        asked = well_formed(question)
        terms = query_stems(asked)
        known = self._known([*terms, *expand(terms, question_language(asked))])
        if not known or limit < 1:
            return []
        scores = self._model.get_scores_from_ids(known)  # type: ignore[union-attr]  # known terms come from it
        found = scores > 0 if mask is None else (scores > 0) & mask
        places = np.flatnonzero(found)
        if limit < len(places):
            among = scores[places]
            places = places[among >= np.partition(among, len(among) - limit)[len(among) - limit]]
        ranked = sorted(((self._ids[int(place)], float(scores[place])) for place in places), key=_best_first)
        return ranked[:limit]

    def frequency(self, stem: str) -> int:
        """The number of passages that contain a stem."""
        known = self._known([stem])
        if not known:
            return 0
        starts = self._model.scores["indptr"]  # type: ignore[union-attr]  # known terms come from it
        return int(starts[known[0] + 1] - starts[known[0]])

    def holding(self, stem: str, limit: int) -> list[str]:
        """The ids of the first passages that contain a stem."""
        known = self._known([stem])
        if not known:
            return []
        starts, places = (self._model.scores[name] for name in ("indptr", "indices"))  # type: ignore[union-attr]
        first = int(starts[known[0]])
        return [self._ids[int(place)] for place in places[first : min(first + limit, int(starts[known[0] + 1]))]]

    @cached_property
    def stems_by_letter(self) -> dict[str, list[str]]:
        """Every stem that some passage contains, by its first letter."""
        found: dict[str, list[str]] = {}
        for stem in self._model.vocab_dict if self._model else ():
            if stem:
                found.setdefault(stem[0], []).append(stem)
        return found

    def _known(self, terms: Sequence[str]) -> list[int]:
        if self._model is None:
            return []
        vocabulary = self._model.vocab_dict
        return [vocabulary[term] for term in terms if term in vocabulary]


# MRR@10 of 1 065 French questions over 637 passages: 0.774, without titles 0.755; with 1.5 and 0.75 0.768
_K1 = 0.9
_B = 0.4
_SEAL = "checksums.json"


def _best_first(pair: tuple[str, float]) -> tuple[float, str]:
    return -pair[1], pair[0]


def _load(place: Path, count: int) -> Any | None:
    """The model saved at `place`, None if it was saved without one; ValueError when it is not sound."""
    import bm25s  # it imports scipy, a quarter of a second

    checksums = json.loads((place / _SEAL).read_text(encoding="utf-8"))
    if any(_checksum(place / name) != checksum for name, checksum in checksums.items()):
        raise ValueError(f"{place} is damaged")
    if not checksums:
        return None
    model = bm25s.BM25.load(place, mmap=True, show_progress=False)
    if model.scores["num_docs"] != count:
        raise ValueError(f"{place} is of other passages")
    return model


def _checksum(file: Path) -> int:
    return zlib.crc32(file.read_bytes())
