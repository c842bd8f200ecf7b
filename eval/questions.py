"""Reads a question set and refuses one whose gold quotes are not in the articles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import CorpusError
from rag.schema import Article, PartialDate

SETS = Path(__file__).parent / "sets"

ANSWERABLE = ("number", "date", "fact", "list", "reason", "paraphrase", "conflict", "english", "noisy")
UNANSWERABLE = ("absent", "wrong_entity", "false_premise", "boilerplate")
EITHER = ("as_of", "follow_up")  # whether the articles answer depends on the day or on the turns before


@dataclass(frozen=True, slots=True)
class Gold:
    """Words of an article that answer a question."""

    article_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer must say and cite."""

    id: str
    split: str  # "dev" may be looked at, "test" is held out
    question: str
    type: str
    lang: str
    answerable: bool
    answers: tuple[str, ...]  # any one of these makes the answer right
    gold: tuple[Gold, ...]  # any one of these articles must be cited
    as_of: PartialDate | None = None  # the day after which nothing is known
    history: tuple[tuple[str, str], ...] = ()  # earlier turns, oldest first, as (question, answer text)


def read_questions(path: Path, articles: Mapping[str, Article]) -> tuple[Question, ...]:
    """Read a question set of one JSON object a line.

    Raises:
        CorpusError: a line that cannot be right, named by its number and field.
    """
    questions: dict[str, Question] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        place = f"{path.name}:{number}"
        try:
            question = _question(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CorpusError(f"{place} is not a question ({error!r}); mend the line") from error
        if question.id in questions:
            raise CorpusError(f"{place}: id {question.id!r} is there twice; give each question its own")
        for complaint in _complaints(question, articles):
            raise CorpusError(f"{place}: {complaint}")
        questions[question.id] = question
    return tuple(questions.values())


def _question(row: dict[str, Any]) -> Question:
    for name in ("answers", "gold", "history"):
        if not isinstance(row.get(name, []), list):
            raise TypeError(f"{name} is {row[name]!r}, not a list")
    read = {
        "answers": tuple(row["answers"]),
        "gold": tuple(Gold(item["doc"], item["quote"]) for item in row["gold"]),
        "as_of": PartialDate.parse(row["as_of"]) if "as_of" in row else None,
        "history": tuple((asked, answered) for asked, answered in row.get("history", [])),
    }
    return Question(**row | read)


def _complaints(question: Question, articles: Mapping[str, Article]) -> Iterator[str]:
    """What cannot be right about one question, each beginning with the field that is to be mended."""
    types = EITHER + (ANSWERABLE if question.answerable is True else UNANSWERABLE)
    if question.split not in ("dev", "test"):
        yield f"split {question.split!r} is not known; write 'dev' or 'test'"
    if question.lang not in ("fr", "en"):
        yield f"lang {question.lang!r} is not known; write 'fr' or 'en'"
    if question.type not in types:
        yield f"type {question.type!r} does not go with answerable {question.answerable!r}; use one of {types}"
    if not all(isinstance(accepted, str) and accepted.strip() for accepted in question.answers):
        yield f"answers {question.answers!r} holds something else than text; write each as a string"
    if {question.answerable, bool(question.answers), bool(question.gold)} not in ({True}, {False}):
        yield (
            f"answerable is {question.answerable!r} with {len(question.answers)} answers and {len(question.gold)} gold "
            "quotes; an answerable question has both, another has neither"
        )
    for item in question.gold:
        article = articles.get(item.article_id)
        if article is None or not item.quote.strip() or item.quote not in article.text:
            yield f"gold quote {item.quote!r} is not in article {item.article_id!r}; copy it letter for letter"
        elif question.as_of and not _known(article, question.as_of):
            yield f"as_of {question.as_of} hides gold article {item.article_id!r} of {article.published}; move it later"


def _known(article: Article, as_of: PartialDate) -> bool:
    """Whether the article's date lies wholly before the end of that day; an undated article is never known."""
    return article.published is not None and article.published.last_day <= as_of.last_day
