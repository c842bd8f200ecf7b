"""Names the two stages of a text on its way from a file to an article: as its source holds it, and cleaned."""

from __future__ import annotations

from dataclasses import dataclass

from rag.corpus.credits import header_date
from rag.schema import PartialDate

PUBLICATION_YEARS = range(1000, 2101)  # a year outside them is a slip or a stand-in for "unknown"


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its source holds it; what the source does not say is None."""

    id: str
    path: str  # "folder/file.txt", or "folder/file.jsonl:12" for a line
    text: str
    title: str | None = None
    published: PartialDate | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    file_name: str | None = None  # the stem of a file that holds this article only
    notes: tuple[str, ...] = ()  # what could not be read of it, one line each
    removed: tuple[str, ...] = ()  # text that reading has set aside already


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that was removed, and what it was."""

    kind: str  # "header", "dateline", "publication" or "boilerplate"
    text: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text, with what the removed lines told about it."""

    text: str
    title: str | None = None
    removed: tuple[Piece, ...] = ()
    outlet: str | None = None
    url: str | None = None
    tweets: tuple[str, ...] = ()  # signatures of the tweets that the text embeds, also of those it keeps

    @property
    def header_date(self) -> PartialDate | None:
        """The date of a header such as "date 2020-01"."""
        for header in self.headers:
            try:
                date = PartialDate.parse(header_date(header))
            except ValueError:
                continue
            if date.year in PUBLICATION_YEARS:
                return date
        return None

    @property
    def headers(self) -> tuple[str, ...]:
        return self._pieces("header")

    @property
    def datelines(self) -> tuple[str, ...]:
        return self._pieces("dateline")

    @property
    def publication_lines(self) -> tuple[str, ...]:
        return self._pieces("publication")

    def _pieces(self, kind: str) -> tuple[str, ...]:
        return tuple(piece.text for piece in self.removed if piece.kind == kind)
