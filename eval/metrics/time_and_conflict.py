"""Says whether an answer keeps dates apart and shows both sides where sources differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.metrics.correctness import degree
from eval.metrics.said import Said, shown
from eval.metrics.wording import states, states_one
from eval.schema import Question, Side
from eval.validation import known
from rag.language.dates import date_mentions
from rag.language.folding import fold
from rag.schema import Answer, Article


@dataclass(frozen=True, slots=True)
class Heard:
    """How one side came out in an answer."""

    side: Side
    stated: bool
    cited: bool  # a sentence that states it cites one of its sources
    dated: bool  # such a sentence shows a date: that of its source, or one of its own
    attributed: bool  # such a sentence says who says so


def heard(question: Question, said: tuple[Said, ...]) -> tuple[Heard, ...]:
    """Each side of a question, as it came out in the answer."""
    return tuple(_heard(side, question, said) for side in question.sides)


def _heard(side: Side, question: Question, said: tuple[Said, ...]) -> Heard:
    stating = [part for part in said if degree(side.value, (part,)) == 1]
    sources = set(side.sources or (gold.article_id for gold in question.gold))
    citing = [
        part
        for part in stating
        if part.claim and any(citation.article_id in sources for citation in part.claim.citations)
    ]
    return Heard(
        side,
        stated=bool(stating),
        cited=bool(citing),
        dated=any(part.published or _tells_date(part.text) for part in citing),
        attributed=any(_attributed(part, side) for part in citing),
    )


def _tells_date(text: str) -> bool:
    """Whether a text names a day and month, or a year."""
    return any(mention.month or mention.year for language in ("fr", "en") for mention in date_mentions(text, language))


def _attributed(part: Said, side: Side) -> bool:
    assert part.claim is not None
    named = part.claim.speaker or any(citation.outlet for citation in part.claim.citations)
    return bool(named or (side.label and states(side.label, part.text)) or _TELLING.search(fold(part.text)))


_TELLING = re.compile(
    r"\b(?:selon|d'apres|a (?:declare|affirme|annonce|indique|assure|precise|estime|dit|dementi|explique)|affirme|"
    r"assure|according to|said|says|announced|claimed|denied)\b"
)


def side_recall(sides: Sequence[Heard]) -> float | None:
    """The share of true sides that are stated and rightly cited; None without sides."""
    true = [side for side in sides if not side.side.erroneous]
    return sum(side.stated and side.cited for side in true) / len(true) if true else None


def both_sides(sides: Sequence[Heard]) -> float | None:
    """1 when every true side is stated and rightly cited, else 0; None without sides."""
    share = side_recall(sides)
    return None if share is None else float(share == 1)


def attributed(sides: Sequence[Heard]) -> float | None:
    """The share of the sides stated whose sentence says who says so; None when none is stated."""
    stated = [side for side in sides if side.cited]
    return sum(side.attributed for side in stated) / len(stated) if stated else None


def dated(sides: Sequence[Heard]) -> float | None:
    """The share of the sides stated that are shown with a date; None when none is stated."""
    stated = [side for side in sides if side.cited]
    return sum(side.dated for side in stated) / len(stated) if stated else None


def endorsed(sides: Sequence[Heard], answer: Answer) -> float | None:
    """1 when an erroneous side is stated as a fact, with nothing against it; None without an erroneous side."""
    erroneous = [side for side in sides if side.side.erroneous]
    if not erroneous:
        return None
    return float(any(side.stated for side in erroneous) and answer.differing is None)


def strict(question: Question, sides: Sequence[Heard], answer: Answer) -> float | None:
    """1 when all true sides are stated, cited and attributed and none that is false is endorsed, else 0.

    Where the sources differ because time went by, each must be dated too.
    """
    if not sides:
        return None
    good = both_sides(sides) == 1 and attributed(sides) == 1 and not endorsed(sides, answer)
    return float(good and (question.conflict != "outdated" or dated(sides) == 1))


def acknowledged(answer: Answer) -> float:
    """1 when the answer says that sources differ; a diagnostic only, as words are a poor sign of it."""
    return float(answer.differing is not None or bool(_DIFFERING.search(fold(answer.text))))


_DIFFERING = re.compile(
    r"\b(?:sources? (?:different|divergent|se contredisent)|en revanche|au contraire|tandis que|alors que|dement|"
    r"sources? (?:differ|disagree)|whereas|on the other hand|contradict\w*)\b"
)


def false_balance(question: Question, answer: Answer) -> float | None:
    """1 when an answer announces a disagreement where the sources agree; None where they do not."""
    return float(answer.differing is not None) if question.conflict == "none" else None


def leakage(question: Question, answer: Answer) -> float | None:
    """1 when an article is cited that was not out on the day asked about; None when no day was asked about."""
    if question.as_of is None:
        return None
    return float(any(not known(citation.published, question.as_of) for citation in answer.citations))


def stale(question: Question, said: tuple[Said, ...]) -> float | None:
    """1 when a value that no longer held is given as the answer or without a date; None where none is superseded.

    After SituatedQA (Zhang and Choi, EMNLP 2021): an answer that was right at another time.
    """
    if not question.superseded:
        return None
    bare = [part.text for part in said if part.claim is None]
    undated = [part.text for part in said if part.claim and part.published is None]
    return float(
        any(states_one(question.superseded, text) and not _accepted(question, text) for text in bare + undated)
    )


def _accepted(question: Question, text: str) -> bool:
    return any(states_one(accepted.wordings, text) for accepted in question.answers)


def age_gap(question: Question, answer: Answer, articles: Mapping[str, Article]) -> float | None:
    """Days between the newest gold article and the newest one cited; None when either has no date."""
    gold = [articles[g.article_id].published for g in question.gold if g.article_id in articles]
    days = [date.first_day for date in gold if date]
    cited = [c.published.first_day for claim in shown(answer) for c in claim.citations if c.published]
    return float((max(days) - max(cited)).days) if days and cited else None
