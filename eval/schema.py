"""The nouns of the harness: what a question, an accepted answer, a side and a score are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from rag.errors import CorpusError
from rag.schema import PartialDate

ANSWERABLE = (
    *("number", "date", "fact", "list", "reason", "paraphrase", "conflict", "english", "noisy"),
    *("synthesis", "comparison", "superseded", "agreement"),
)
UNANSWERABLE = ("absent", "wrong_entity", "false_premise", "boilerplate", "out_of_range")
EITHER = ("as_of", "follow_up", "injection")  # whether the articles answer depends on the day or on the turns before
CONFLICTS = ("none", "complementary", "discrepancy", "opinion", "outdated", "error")

Kind = Literal["span", "number", "date", "list", "bool"]
COMPARATORS = ("more", "less", "about")


class QuestionSetError(CorpusError):
    """A question set has a line that cannot be right."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Gold:
    """Words of an article that answer a question."""

    article_id: str
    quote: str
    relevance: int = 2  # 2 bears the answer, 1 gives context


@dataclass(frozen=True, slots=True)
class Accepted:
    """An answer that is accepted, and how it is compared with what was said."""

    kind: Kind
    wordings: tuple[str, ...] = ()  # any one of these words it
    number: float | None = None
    unit: str | None = None  # "%" or a currency sign
    comparator: str | None = None  # one of COMPARATORS, when it must be said
    tolerance: float = 0.0  # by how much a number may be off
    date: PartialDate | None = None
    items: tuple[tuple[str, ...], ...] = ()  # of a list, each with its wordings
    truth: bool | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says where sources differ."""

    value: Accepted
    label: str = ""  # who says so
    sources: tuple[str, ...] = ()  # ids of articles; empty: any gold article
    date: PartialDate | None = None
    erroneous: bool = False


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact that a longer answer should hold: of each group of wordings, one."""

    id: str
    vital: bool
    must: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer must say and cite."""

    id: str
    split: str  # "dev" may be looked at, "test" is held out
    question: str
    type: str
    lang: str
    answerable: bool
    answers: tuple[Accepted, ...]  # any one of these is right
    gold: tuple[Gold, ...]  # any one of these articles must be cited
    as_of: PartialDate | None = None  # the day after which nothing is known
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    history: tuple[tuple[str, str], ...] = ()  # earlier turns, oldest first, as (question, answer text)
    conflict: str | None = None  # one of CONFLICTS
    sides: tuple[Side, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    forbidden: tuple[str, ...] = ()  # stating one is wrong
    superseded: tuple[str, ...] = ()  # was right once; to be stated with its date only
    story: str = ""  # questions about one story are not independent of each other
    tags: Mapping[str, Any] = field(default_factory=dict)
    line: str = ""  # the line it was read from

    @property
    def cluster(self) -> str:
        """The story, or else the first gold article, or else the question alone."""
        return self.story or (self.gold[0].article_id if self.gold else self.id)


Outcome = Literal["right", "partial", "wrong", "declined", "rightly declined", "invented", "error"]


@dataclass(frozen=True, slots=True)
class Scored:
    """What one answer is worth."""

    id: str
    repeat: int  # which time the question was asked, from 0
    outcome: Outcome
    values: Mapping[str, float | None]  # by metric; absent: does not apply; None: could not be scored
    gold: tuple[tuple[str, int, int, int], ...] = ()  # article id, start, end, relevance of each gold span
    notes: tuple[str, ...] = ()  # why it is not right


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask, of which corpus."""

    questions: Path
    corpus: Path
    split: str | None = None  # "dev" or "test"; None: both
    only: tuple[tuple[str, str], ...] = ()  # field of a question and the value that it must have
    sample: int | None = None  # so many questions, drawn with the seed
    seed: int = 0
    repeat: int = 1  # times each question is asked
    price: tuple[float, float] | None = None  # of a million tokens read and written

    @property
    def name(self) -> str:
        return self.questions.stem

    @property
    def whole(self) -> bool:
        """Whether every question of the set is asked."""
        return not self.only and self.split is None and self.sample is None
