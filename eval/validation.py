"""Says what cannot be right about a question: a quote that no article holds, a day that hides its gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eval.metrics.wording import normalised
from eval.schema import ANSWERABLE, COMPARATORS, CONFLICTS, EITHER, UNANSWERABLE, Question
from rag.language.folding import APOSTROPHES
from rag.schema import Article, PartialDate


def complaints(question: Question, articles: Mapping[str, Article] | None) -> Iterator[str]:
    """What cannot be right about one question, each beginning with the field that is to be mended.

    Args:
        articles: what the gold quotes are looked up in; None to trust them.
    """
    yield from _misnamed(question)
    yield from _misanswered(question)
    yield from _unbalanced(question)
    if articles is not None:
        yield from _misquoted(question, articles)


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands in a text, whatever the apostrophes, quotation marks, dashes and spaces of either."""
    start = text.find(quote)
    if start < 0:
        start = text.translate(_TYPOGRAPHY).find(quote.translate(_TYPOGRAPHY))
    return (start, start + len(quote)) if start >= 0 else None


# One character for one, so that offsets stay.
_TYPOGRAPHY = {
    **{ord(mark): "'" for mark in APOSTROPHES},
    **{ord(mark): '"' for mark in "«»“”„‟″"},
    **{ord(mark): "-" for mark in "‐‑‒–—−"},
    **{ord(mark): " " for mark in "\n\t\u00a0\u2009\u202f"},
}


def _misnamed(question: Question) -> Iterator[str]:
    if not question.id.strip() or not question.question.strip():
        yield f"id {question.id!r} or question {question.question!r} is empty; write both"
    if question.split not in ("dev", "test"):
        yield f"split {question.split!r} is not known; write 'dev' or 'test'"
    if question.lang not in ("fr", "en"):
        yield f"lang {question.lang!r} is not known; write 'fr' or 'en'"
    if question.conflict is not None and question.conflict not in CONFLICTS:
        yield f"conflict {question.conflict!r} is not known; use one of {CONFLICTS}"
    types = EITHER + (ANSWERABLE if question.answerable is True else UNANSWERABLE)
    if question.type not in types:
        yield f"type {question.type!r} does not go with answerable {question.answerable!r}; use one of {types}"
    if any(gold.relevance not in (1, 2) for gold in question.gold):
        yield "gold: rel is neither 2 (bears the answer) nor 1 (context); write one of them"


def _misanswered(question: Question) -> Iterator[str]:
    for accepted in question.answers:
        if accepted.comparator not in (None, *COMPARATORS):
            yield f"answers: comparator {accepted.comparator!r} is not known; use one of {COMPARATORS}"
    for wording in (wording for accepted in question.answers for wording in accepted.wordings):
        if not normalised(wording, question.lang):
            yield f"answers: {wording!r} says nothing without its articles and punctuation; write what is to be said"
    if question.type == "list" and [accepted.kind for accepted in question.answers] != ["list"]:
        yield "answers of a list are its items; write one object of kind 'list'"


def _unbalanced(question: Question) -> Iterator[str]:
    """A question that can be answered says how and from where; another says neither."""
    stated = bool(question.answers or question.sides or question.nuggets)
    if {question.answerable, stated, bool(question.gold)} not in ({True}, {False}):
        yield (
            f"answerable is {question.answerable!r} with {len(question.answers)} answers, {len(question.sides)} sides, "
            f"{len(question.nuggets)} nuggets and {len(question.gold)} gold quotes; an answerable question has gold "
            "and one of the others, another has none of them"
        )
    if question.type == "conflict" and not question.sides:
        yield "sides are missing; write what each side says, with its sources"
    if question.valid_from and question.valid_to and question.valid_to.last_day < question.valid_from.first_day:
        yield f"valid_to {question.valid_to} is before valid_from {question.valid_from}; exchange them"


def _misquoted(question: Question, articles: Mapping[str, Article]) -> Iterator[str]:
    for item in question.gold:
        article = articles.get(item.article_id)
        if article is None:
            yield f"gold article {item.article_id!r} is not in the corpus; mend the id or name the set's own corpus"
        elif not item.quote.strip() or locate(item.quote, article.text) is None:
            yield f"gold quote {item.quote!r} is not in article {item.article_id!r}; copy it letter for letter"
        elif question.as_of and not known(article.published, question.as_of):
            yield f"as_of {question.as_of} hides gold article {item.article_id!r} of {article.published}; move it later"
    for source in (source for side in question.sides for source in side.sources):
        if source not in articles:
            yield f"sides: source {source!r} is not in the corpus; mend the id"


def known(published: PartialDate | None, as_of: PartialDate) -> bool:
    """Whether a date lies wholly before the end of that day; what is undated is never known."""
    return published is not None and published.last_day <= as_of.last_day
