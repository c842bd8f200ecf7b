"""Collects what becomes of an answer while a language model writes it: its claims, its numbers, its time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rag.language.folding import fold
from rag.llm import Piece
from rag.schema import Answer, Citation, Claim


@dataclass(slots=True)
class Draft:
    """An answer while it is being written."""

    answer: Answer
    lines: int = 0
    declined: bool = False
    ending: str | None = None
    _seen: set[str] = field(default_factory=set)
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    @property
    def proven(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.answer.claims if claim.verdict == "supported")

    @property
    def unproven(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.answer.claims if claim.verdict == "unsupported")

    def is_new(self, text: str) -> bool:
        """Whether no line has said this before."""
        known = fold(text) in self._seen
        self._seen.add(fold(text))
        return not known

    def add(self, claim: Claim) -> None:
        citations = tuple(replace(citation, number=self._number(citation)) for citation in claim.citations)
        self.answer = replace(self.answer, claims=(*self.answer.claims, replace(claim, citations=citations)))

    def count(self, piece: Piece) -> None:
        self.ending = piece.ending or self.ending
        if piece.tokens:
            self.answer = replace(self.answer, tokens=piece.tokens)

    def spend(self, stage: str, seconds: float) -> None:
        spent = dict(self.answer.seconds)
        spent[stage] = spent.get(stage, 0.0) + seconds
        self.answer = replace(self.answer, seconds=tuple(spent.items()))

    def _number(self, citation: Citation) -> int:
        """The number of a quote: the one it has already, or the next."""
        return self._numbers.setdefault((citation.article_id, citation.start, citation.end), len(self._numbers) + 1)
