"""Says whether what a question asks for is stated: an accepted answer, items of a list, facts of an explanation."""

from __future__ import annotations

import re
from itertools import pairwise

from eval.metrics.said import Said, joined
from eval.metrics.values import date_score, states_number
from eval.metrics.wording import normalised, same, states, states_one, token_f1
from eval.schema import Accepted, Nugget, Question
from rag.language.sentences import sentence_spans

LIST_F1 = 0.5  # from which a list is right


def degree(accepted: Accepted, said: tuple[Said, ...]) -> float:
    """How far an accepted answer is stated, 0..1; a list by the F1 of its items."""
    text = joined(said)
    if states_one(accepted.wordings, text):
        return 1.0
    if accepted.kind == "number":
        return float(any(states_number(accepted, part.text) for part in said))
    if accepted.kind == "date":
        return date_score(accepted, said)
    if accepted.kind == "list":
        return list_scores(accepted, said)[2]
    if accepted.kind == "bool":
        return float(polarity(said) is accepted.truth)
    return 0.0


def contains(question: Question, said: tuple[Said, ...]) -> float | None:
    """1 when any accepted answer is stated in full, else 0; None when the question has none of that kind."""
    single = [accepted for accepted in question.answers if accepted.kind != "list"]
    return float(any(degree(accepted, said) == 1 for accepted in single)) if single else None


def exact(question: Question, said: tuple[Said, ...]) -> float | None:
    """1 when the bare answer is an accepted wording and nothing else; None without a bare answer or a wording."""
    wordings = [wording for accepted in question.answers for wording in accepted.wordings]
    bare = next((part.text for part in said if part.claim is None), None)
    return float(any(same(wording, bare) for wording in wordings)) if wordings and bare else None


def bare_right(question: Question, bare: str | None) -> float | None:
    """1 when the bare answer states an accepted answer or a side, or is most of one; None without a bare answer.

    Of a list it has to be half right; what is left out of a wording may be no number and less than half of its words.
    Where nothing can be answered a bare answer is wrong.
    """
    if not bare:
        return None
    said = (Said(bare, None),)
    accepted = [*question.answers, *(side.value for side in question.sides)]
    wordings = [wording for one in accepted for wording in (*one.wordings, *(w for item in one.items for w in item))]
    nuggets = [group for nugget in question.nuggets for group in nugget.must]
    stated = any(degree(one, said) >= LIST_F1 for one in accepted) or any(states_one(group, bare) for group in nuggets)
    return float(stated or any(_is_most_of(bare, wording, question.lang) for wording in wordings))


def _is_most_of(bare: str, wording: str, language: str) -> bool:
    told, whole = normalised(bare, language), normalised(wording, language)
    numbers = {token for token in whole if token[:1].isdigit()}
    return states(bare, wording) and 2 * len(told) >= len(whole) and numbers <= set(told)


def best_f1(question: Question, said: tuple[Said, ...]) -> float | None:
    """Token F1 with the nearest accepted wording; None when no wording is given."""
    wordings = [wording for accepted in question.answers for wording in accepted.wordings]
    text = joined(said)
    return max(token_f1(wording, text) for wording in wordings) if wordings else None


def of_kind(question: Question, said: tuple[Said, ...], kind: str) -> float | None:
    """The best degree among the accepted answers of one kind; None when there are none."""
    found = [degree(accepted, said) for accepted in question.answers if accepted.kind == kind]
    return max(found, default=None)


def list_scores(accepted: Accepted, said: tuple[Said, ...]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a list.

    Recall is the share of items stated anywhere. Precision is the share of the bare answer's items that are wanted;
    quotes enumerate no items of their own, so without a bare answer it is 1 as soon as one item is stated.
    """
    text = joined(said)
    stated = sum(states_one(wordings, text) for wordings in accepted.items)
    if not stated:
        return 0.0, 0.0, 0.0
    recall = stated / len(accepted.items)
    bare = next((part.text for part in said if part.claim is None), None)
    named = _enumerated(bare) if bare else []
    wanted = [name for name in named if any(_meets(name, wordings) for wordings in accepted.items)]
    precision = len(wanted) / len(named) if named else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall)


_JOINTS = re.compile(r"\s*[,;\n]\s*(?:et |and |ou |or )?|\s+(?:et|and|ainsi que|as well as)\s+")


def _enumerated(bare: str) -> list[str]:
    return [name for name in _JOINTS.split(bare) if normalised(name, "fr")]


def _meets(name: str, wordings: tuple[str, ...]) -> bool:
    return states_one(wordings, name) or any(states(name, wording) for wording in wordings)


def polarity(said: tuple[Said, ...]) -> bool | None:
    """The yes or no with which an answer opens; None when it opens with neither."""
    opening = next(iter(normalised(said[0].text, "fr")), "") if said else ""
    return {"oui": True, "yes": True, "non": False, "no": False}.get(opening)


def nugget_scores(nuggets: tuple[Nugget, ...], said: tuple[Said, ...]) -> tuple[float, float]:
    """The share of vital nuggets stated in full, and of all nuggets with half credit for half of one.

    After the AutoNuggetizer of TREC RAG 2024 (Pradeep et al., 2024), with wordings in the place of its judge.
    """
    spans = [part.text[start:end] for part in said for start, end in sentence_spans(part.text)]
    windows = [*spans, *(f"{one} {other}" for one, other in pairwise(spans))]
    found = {nugget.id: max((_share(nugget, window) for window in windows), default=0.0) for nugget in nuggets}
    vital = [float(found[nugget.id] == 1) for nugget in nuggets if nugget.vital]
    credit = [1.0 if share == 1 else 0.5 if share >= 0.5 else 0.0 for share in found.values()]
    return (sum(vital) / len(vital) if vital else 1.0), sum(credit) / len(credit)


def _share(nugget: Nugget, window: str) -> float:
    return sum(states_one(group, window) for group in nugget.must) / len(nugget.must)
