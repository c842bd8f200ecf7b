"""The nouns of the house: what an article, a passage, a citation and an answer are."""

from __future__ import annotations

import calendar
import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from textwrap import shorten
from typing import Any, Literal

Verdict = Literal["quoted", "supported", "unsupported"]
Mode = Literal["extractive", "generative"]
Differing = Literal["change", "contradiction"]
Standing = Literal["supported", "contradicted", "mixed", "absent"]
Language = Literal["fr", "en"]

UNANSWERED: dict[str, str] = {
    "fr": "Les articles ne répondent pas à cette question.",
    "en": "The articles do not answer this question.",
}


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A calendar date known to the year, to the month or to the day.

    `str()` keeps the precision: "2020", "2020-01" or "2020-01-07". Ordering is by year, month and day,
    a missing part first.

    Raises:
        ValueError: the parts are not a date of the calendar.
    """

    year: int
    month: int = 0  # 0 when only the year is known
    day: int = 0  # 0 when only the month is known

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError(f"a date with a day needs a month: {self.year!r}, day {self.day!r}")
        datetime.date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read "2020", "2020-01", "2020-01-07" or an ISO timestamp; raise ValueError for anything else."""
        match = _DATE.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a date: {text[:40]!r}; write 2020, 2020-01 or 2020-01-07")
        year, month, day = (int(part or 0) for part in match.groups())
        try:
            return cls(year, month, day)
        except ValueError as error:
            raise ValueError(f"not a date: {text[:40]!r} ({error}); write 2020, 2020-01 or 2020-01-07") from error

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        if self.day:
            return self.first_day
        month = self.month or 12
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Article:
    """One news article; `text` is the cleaned body to which all offsets refer."""

    id: str
    title: str
    text: str
    published: PartialDate | None = None
    published_from: str | None = None  # "header", "metadata", "dateline" or "file name"
    outlet: str | None = None
    url: str | None = None
    language: str | None = None  # ISO 639-1 code
    path: str | None = None

    @property
    def read_as(self) -> Language:
        """The language in which its text is read: French, where it is in neither of the two."""
        return "en" if self.language == "en" else "fr"

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        title: str | None = None,
        published: str | datetime.date | PartialDate | None = None,
        outlet: str | None = None,
        url: str | None = None,
        language: str | None = None,
        id: str | None = None,
    ) -> Article:
        """Make an article of a text that is already clean; the text is kept as it is.

        Args:
            published: "2020", "2020-01", "2020-01-07", a date or a PartialDate.
            id: a name for it; without one, a hash of title, date and text.

        Raises:
            ValueError: the text has no letter or digit, or `published` is no date.
        """
        if not any(character.isalnum() for character in text):
            raise ValueError(f"an article needs text, got {text[:40]!r}")
        date = as_partial_date(published)
        name = id or hashlib.sha256(f"{title}\n{date}\n{text}".encode(errors="surrogatepass")).hexdigest()[:16]
        return cls(
            id=name,
            title=title or first_words(text),
            text=text,
            published=date,
            published_from="metadata" if date else None,
            outlet=outlet,
            url=url,
            language=language,
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in the corpus that was not taken in, and why; or what could not be read of an article that was."""

    source: str  # "folder/file.txt", or "folder/file.jsonl:37" for a line
    reason: str
    taken: bool = False  # True for a mere note: the article is taken in without what the reason names


@dataclass(frozen=True, slots=True)
class Passage:
    """A few consecutive sentences of one article: `article.text[start:end] == text`, always."""

    id: str
    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage found for one question."""

    passage: Passage
    score: float  # 0..1, fused
    lexical: float  # BM25, >= 0
    dense: float  # cosine, -1..1


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words that bear a claim out: `article.text[start:end] == quote`, always."""

    number: int  # the mark shown to the reader, from 1
    article_id: str
    title: str
    outlet: str | None
    published: PartialDate | None
    url: str | None
    start: int
    end: int
    quote: str
    bare: tuple[int, int] | None = None  # where the bare answer stands: `article.text[bare[0]:bare[1]]`, in the quote


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, with the quotes that bear it out."""

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict
    as_of: PartialDate | None = None  # the date of its source
    speaker: str | None = None  # who says it, in the article's words: "le porte-parole du ministère"
    guard: str | None = None  # the check that failed, when the verdict is "unsupported"
    aside: bool = False  # less sure to answer than the others, which stand before it, or than an answer should be

    @property
    def left_out(self) -> str | None:
        """Who says a quote that does not tell so itself; None where it does, or where nobody is known to."""
        is_told = self.verdict != "quoted" or not self.speaker or self.speaker.split()[-1] in self.text
        return None if is_told else self.speaker

    @property
    def word_for_word(self) -> tuple[Citation, ...]:
        """The citations that have the words of the claim, and all of one that is no quote."""
        return tuple(one for one in self.citations if one not in self.otherwise)

    @property
    def otherwise(self) -> tuple[Citation, ...]:
        """Of a quoted claim, the citations that agree with it in words of their own, which are not the claim's."""
        if self.verdict != "quoted":
            return ()
        own = _plain_words(self.text)
        quotes = {one: _plain_words(one.quote) for one in self.citations}
        return tuple(one for one, quote in quotes.items() if own not in quote and quote not in own)


def _plain_words(text: str) -> str:
    """A text with single spaces and plain apostrophes, which two prints of one sentence may have different."""
    return " ".join(text.replace("\u2019", "'").split())


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a question, or the plain statement that nothing was."""

    question: str
    language: Language
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    short: str | None = None  # the bare answer ("une trentaine") when there is one
    abstained: bool = False
    polite: bool = False  # the turn asked nothing, as thanks do
    reason: str | None = None  # why it was declined, in the question's language
    mode: Mode = "extractive"
    complete: bool = True
    standalone: str | None = None  # the question really searched for, when it leaned on an earlier turn
    differing: Differing | None = (
        None  # how the sources disagree; the claims then stand oldest first, each with its value
    )
    confidence: float | None = None  # 0..1, that the quotes answer the question; None when nothing was found to judge
    notice: str | None = None  # how the answer came about, when the reader should know: the model could not be reached
    seconds: tuple[tuple[str, float], ...] = field(default=(), compare=False)  # time taken, by stage
    tokens: tuple[int, int] | None = field(default=None, compare=False)  # read and written by the model

    @property
    def text(self) -> str:
        """The answer as read: the bare answer, how sources differ, each sentence with its source; or that none is."""
        if self.abstained:
            return (_INVITATION if self.polite else UNANSWERED)[self.language]
        shown = [claim for claim in self.claims if claim.verdict != "unsupported"]
        differing = [_DIFFERING[self.language][self.differing]] if self.differing else []
        told = [*([self.short] if self.short else []), *differing]
        told += [_written(claim, self.language) for claim in shown if not claim.aside]
        asides = [_written(claim, self.language) for claim in shown if claim.aside]
        return "\n".join([*told, *([LESS_SURE[self.language], *asides] if asides else [])])

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation shown, once, in order of its number."""
        by_number = {
            citation.number: citation
            for claim in self.claims
            if claim.verdict != "unsupported"
            for citation in claim.citations
        }
        return tuple(by_number[number] for number in sorted(by_number))

    @property
    def unquoted(self) -> frozenset[Citation]:
        """The citations whose words stand in no claim, and are to be shown with their source."""
        return frozenset(citation for claim in self.claims for citation in claim.otherwise)

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON types; dates keep their precision ("2020-01")."""
        return {"text": self.text, **_as_json(self)}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the articles say about one statement that somebody else made."""

    statement: str
    standing: Standing  # "absent": the articles do not speak of it
    language: Language
    supporting: tuple[Citation, ...] = ()  # oldest first; numbered through over all findings of one text
    contradicting: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()  # what comes nearest to an absent statement, where something comes near

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON types."""
        as_json: dict[str, Any] = _as_json(self)
        return as_json


def as_partial_date(value: str | datetime.date | PartialDate | None) -> PartialDate | None:
    """A date however it is given; raise ValueError for what is none."""
    if isinstance(value, datetime.date):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, str):
        return PartialDate.parse(value)
    if value is None or isinstance(value, PartialDate):
        return value
    raise ValueError(f"not a date: {value!r}; write '2020', '2020-01' or '2020-01-07'")


def first_words(text: str, limit: int = 90) -> str:
    """The first sentence of a text, cut at a word when it is longer than `limit` characters."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    line = " ".join(line[: 4 * limit].split())
    sentence = re.split(r"(?<=[.!?…])\s", line, maxsplit=1)[0]
    if len(sentence) <= limit:
        return sentence
    return sentence[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def date_in_words(date: PartialDate, language: str) -> str:
    """A date as a newspaper prints it: "7 janvier 2020", "January 2020", "1er mai 2021"."""
    month = MONTHS[language][date.month - 1] if date.month else ""
    day = "1er" if date.day == 1 and language == "fr" else str(date.day or "")
    return " ".join(part for part in (day, month, str(date.year)) if part)


MONTHS: dict[str, tuple[str, ...]] = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def quotation_marks(text: str, language: str) -> tuple[str, str]:
    """The marks to put around a quote: those of its language, or others when it has such marks itself."""
    if language == "fr":
        return ("“", "”") if set(text) & set("«»") else ("« ", " »")
    return ("‘", "’") if set(text) & set("“”") else ("“", "”")


def source(citation: Citation, language: str) -> str:
    """Outlet and date of a citation in one line: "Le Phare, 7 janvier 2020", "date inconnue"."""
    date = date_in_words(citation.published, language) if citation.published else _UNDATED[language]
    return ", ".join([" ".join(citation.outlet.split()), date] if citation.outlet else [date])


_DATE = re.compile(
    r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})"
    r"(?:[T ]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)?\s?(?:Z|[-+]\d\d(?::?\d\d)?)?)?)?)?"  # a time of the day
)
_UNDATED = {"fr": "date inconnue", "en": "undated"}


_INVITATION = {
    "fr": "Posez une question sur ce que disent les articles : qui, quand, où, combien, pourquoi.",
    "en": "Ask about what the articles say: who, when, where, how many, why.",
}
_DIFFERING: dict[str, dict[Differing, str]] = {
    "fr": {"change": "Ce qui change avec le temps :", "contradiction": "Les sources se contredisent :"},
    "en": {"change": "What changed over time:", "contradiction": "The sources contradict each other:"},
}
LESS_SURE = {"fr": "Réponse moins sûre :", "en": "A less certain answer:"}  # before what is shown aside
TO_THE_SAME_EFFECT = {
    "fr": "et dans le même sens",
    "en": "and to the same effect",
}  # what others say in words of their own


_ACCORDING_TO = {"fr": "selon", "en": "according to"}
_LONGEST_SPEAKER = 100  # characters


def _written(claim: Claim, language: str) -> str:
    opening, closing = quotation_marks(claim.text, language) if claim.verdict == "quoted" else ("", "")
    text = re.sub(r"\s*\n\s*", " ", claim.text)  # a quote may be wrapped over lines
    name = claim.left_out and shorten(claim.left_out, _LONGEST_SPEAKER, placeholder="…")
    said_by = f"{_ACCORDING_TO[language]} {name}, " if name else ""
    told = f"{opening}{text}{closing} {_marked(claim.word_for_word, language, said_by)}"
    otherwise = claim.otherwise
    return f"{told}, {TO_THE_SAME_EFFECT[language]} {_marked(otherwise, language)}" if otherwise else told


def _marked(citations: Sequence[Citation], language: str, said_by: str = "") -> str:
    sources = dict.fromkeys(source(citation, language) for citation in citations)
    return f"({said_by}{' ; '.join(sources)}) {''.join(f'[{citation.number}]' for citation in citations)}"


def _as_json(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    if is_dataclass(value):
        return {part.name: _as_json(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    return value
