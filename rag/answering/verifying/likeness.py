"""Says how alike two texts are, and which words of one mean what words of the other mean, by the encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rag.answering.verifying.opposites import are_opposite
from rag.answering.verifying.pairing import Pairing
from rag.answering.verifying.statements import Statement, Unit
from rag.index.embedding import Encoder, Vectors

KIN = (
    0.34  # cosine of two words; of words listed as opposites, 2 pairs of 615 reach it, of those of one meaning a third
)
MOST_REMEMBERED = 20_000  # texts; 40 MB


@dataclass(frozen=True)
class Likeness:
    """The likeness of texts and words by an encoder; what was embedded is remembered.

    It may be used from several threads.
    """

    encoder: Encoder
    _vectors: dict[str, Vectors] = field(default_factory=dict, repr=False)

    def __call__(self, one: str, other: str) -> float:
        """The cosine of two texts in either language, -1..1."""
        vectors = self._embedded([one, other])
        return float(vectors[0] @ vectors[1])

    def widened(self, pairing: Pairing) -> Pairing:
        """A pairing in which a word of the claim that the window lacks counts as said where the window has its kin.

        Opposites are used alike, so that their vectors may be near: they are no kin.
        """
        unsaid = [unit for place, unit in enumerate(pairing.said) if unit.kind == "word" and not pairing.says(place)]
        stated = [unit for unit in pairing.there if unit.kind == "word"]
        if not unsaid or not stated or not self.encoder.word_by_word:  # a transformer has no meaning for a lone word
            return pairing
        mine, theirs = self._words(unsaid), self._words(stated)
        language = pairing.window[0].language
        near = (mine @ theirs.T) >= KIN
        for place, other in zip(*np.nonzero(near), strict=True):
            near[place, other] = not are_opposite(unsaid[place], stated[other], language)
        kin = {
            (unit.start, unit.end): unit.keys.union(*(stated[place].keys for place in np.flatnonzero(row)))
            for unit, row in zip(unsaid, near, strict=True)
            if row.any()
        }
        if not kin:
            return pairing
        return Pairing(tuple(_with_keys(statement, kin) for statement in pairing.claim), pairing.window)

    def _words(self, units: Sequence[Unit]) -> Vectors:
        return self._embedded([unit.text.lower() for unit in units])

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        found = {text: vector for text in texts if (vector := self._vectors.get(text)) is not None}
        if missing := [text for text in dict.fromkeys(texts) if text not in found]:
            fresh = dict(zip(missing, self.encoder.embed_passages(missing), strict=True))
            if len(self._vectors) > MOST_REMEMBERED:
                self._vectors.clear()
            self._vectors.update(fresh)
            found |= fresh
        return np.stack([found[text] for text in texts])


def _with_keys(statement: Statement, kin: Mapping[tuple[int, int], frozenset[str]]) -> Statement:
    units = tuple(replace(unit, keys=kin.get((unit.start, unit.end), unit.keys)) for unit in statement.units)
    return replace(statement, units=units)
