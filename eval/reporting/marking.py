"""Cuts a passage into pieces: what a gold quote covers, what the answer cites, and the rest."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a passage, all of one kind."""

    text: str
    gold: bool
    cited: bool

    @property
    def kind(self) -> str:
        """ "gold", "cited", "both" or "plain"."""
        if self.gold and self.cited:
            return "both"
        return "gold" if self.gold else "cited" if self.cited else "plain"


def pieces(text: str, start: int, gold: Iterable[Span], cited: Iterable[Span]) -> tuple[Piece, ...]:
    """The pieces of a passage, in order; put together they are its text.

    Args:
        text: of a passage that begins at character `start` of its article.
        gold: spans of the article that bear the answer.
        cited: spans of the article that the answer quotes.
    """
    golden, quoted = (_inside(spans, start, start + len(text)) for spans in (gold, cited))
    cuts = sorted({0, len(text), *(edge - start for span in (*golden, *quoted) for edge in span)})
    found = (
        Piece(text[a:b], _covered(golden, start + a, start + b), _covered(quoted, start + a, start + b))
        for a, b in itertools.pairwise(cuts)
    )
    return tuple(piece for piece in found if piece.text)


def _inside(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]


def _covered(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in spans)
