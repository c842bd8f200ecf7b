"""Scores one answer: is it right, and what do all the metrics say of it."""

from __future__ import annotations

from collections.abc import Mapping

from eval.metrics import citations, correctness, faithfulness, retrieval, time_and_conflict
from eval.metrics.retrieval import Span
from eval.metrics.said import WORDS, WORDS_LONG, Said, joined, shown, within
from eval.metrics.wording import states_one
from eval.schema import Outcome, Question, Scored
from eval.validation import locate
from rag.schema import Answer, Article

LONG = ("list", "conflict", "synthesis", "comparison")
Values = dict[str, float | None]


def score(question: Question, answer: Answer | None, articles: Mapping[str, Article], repeat: int = 0) -> Scored:
    """Score an answer; None in its place is an answer that failed to come, which is not the same as a wrong one."""
    if answer is None:
        return Scored(question.id, repeat, "error", {}, notes=("no answer came",))
    gold = gold_spans(question, articles)
    outcome, notes = judge(question, answer)
    values: Values = {"right": float(outcome in ("right", "rightly declined"))}
    values |= _abstention(question, answer) | _citations(answer, gold, articles) | _time(question, answer, articles)
    if not answer.abstained and answer.short:
        values["bare_right"] = correctness.bare_right(question, answer.short)
    values["language_match"] = float(answer.language == question.lang)
    if question.answerable:
        values |= _retrieval(answer, gold)
        values |= _correctness(question, answer, outcome)
    places = tuple((span.article_id, span.start, span.end, span.relevance) for span in gold)
    return Scored(question.id, repeat, outcome, values, places, notes)


def judge(question: Question, answer: Answer, limit: int | None = None) -> tuple[Outcome, tuple[str, ...]]:
    """Whether an answer is right, and if not, why.

    Right is an answer that states what it must within the word limit, states nothing forbidden and cites a gold
    article. What it must state: all true sides, each dated and cited; else of a list so many items that F1 is 0.5;
    else all vital nuggets; else any one accepted answer.
    """
    if not question.answerable:
        return ("rightly declined", ()) if answer.abstained else ("invented", ("the articles do not say it",))
    if answer.abstained:
        return "declined", (answer.reason or "declined",)
    said = within(answer, limit or word_limit(question))
    degree, notes = _stated(question, said)
    if states_one(question.forbidden, joined(said)):
        return "wrong", ("states what is forbidden", *notes)
    if not {gold.article_id for gold in question.gold} & {citation.article_id for citation in answer.citations}:
        return "wrong", ("cites no gold article", *notes)
    return ("right" if degree == 1 else "partial" if degree > 0 else "wrong"), notes


def right(question: Question, answer: Answer) -> bool:
    """Whether an answer is right, or rightly declines."""
    return judge(question, answer)[0] in ("right", "rightly declined")


def word_limit(question: Question) -> int:
    """60 words; 120 for lists, explanations of several facts and sources that differ."""
    return WORDS_LONG if question.type in LONG or question.sides else WORDS


def gold_spans(question: Question, articles: Mapping[str, Article]) -> tuple[Span, ...]:
    """Where the gold quotes stand; a quote whose article is not there is left out."""
    found = []
    for gold in question.gold:
        article = articles.get(gold.article_id)
        place = locate(gold.quote, article.text) if article else None
        if place:
            found.append(Span(gold.article_id, *place, gold.relevance))
    return tuple(found)


def verbatim(answer: Answer, articles: Mapping[str, Article]) -> bool:
    """Every quote is, letter for letter, what the article says at its offsets."""
    return citations.exactness(answer.citations, articles) in (None, 1)


def _stated(question: Question, said: tuple[Said, ...]) -> tuple[float, tuple[str, ...]]:
    """How far what must be said is said (1 all, between 0 and 1 a part), with a note for what is not."""
    if question.sides:
        return _sides_stated(question, said)
    lists = [accepted for accepted in question.answers if accepted.kind == "list"]
    if lists:
        f1 = max(correctness.list_scores(accepted, said)[2] for accepted in lists)
        return (1.0 if f1 >= correctness.LIST_F1 else f1), (() if f1 == 1 else (f"list F1 {f1:.2f}",))
    if question.nuggets:
        vital, share = correctness.nugget_scores(question.nuggets, said)
        return (1.0 if vital == 1 else share if share >= 0.5 else 0.0), (
            () if vital == 1 else (f"nuggets {share:.2f}",)
        )
    best = max(correctness.degree(accepted, said) for accepted in question.answers)
    return best, (() if best == 1 else ("no accepted answer is stated",))


def _sides_stated(question: Question, said: tuple[Said, ...]) -> tuple[float, tuple[str, ...]]:
    sides = [side for side in time_and_conflict.heard(question, said) if not side.side.erroneous]
    notes = []
    for number, side in enumerate(sides, start=1):
        lacks = [word for word in ("stated", "cited", "dated") if not getattr(side, word)]
        if lacks:
            notes.append(f"side {number} ({side.side.label or side.side.sources}) is not {lacks[0]}")
    return 1 - len(notes) / max(len(sides), 1), tuple(notes)


def _retrieval(answer: Answer, gold: tuple[Span, ...]) -> Values:
    found = [Span(e.passage.article_id, e.passage.start, e.passage.end) for e in answer.evidence]
    if not gold:
        return {}
    ranks = retrieval.first_ranks(found, gold)
    return {
        "span_recall@5": retrieval.span_recall(ranks, 5),
        "span_recall@10": retrieval.span_recall(ranks, 10),
        "all_support@5": retrieval.all_support(ranks, 5),
        "hit@5": retrieval.hit(ranks, 5),
        "mrr@10": retrieval.reciprocal_rank(ranks, 10),
        "ndcg@10": retrieval.ndcg(ranks, gold, 10),
        "article_hit@5": retrieval.article_hit(found, gold, 5),
        "redundancy@5": retrieval.redundancy(found, 5),
    }


TRUTHFULNESS: dict[Outcome, float] = {"right": 1.0, "partial": 0.5, "declined": 0.0, "wrong": -1.0}  # CRAG, 2024


def _correctness(question: Question, answer: Answer, outcome: Outcome) -> Values:
    """Correctness of what is said; an answer that declines states nothing."""
    values: Values = {"truthfulness": TRUTHFULNESS[outcome]}
    for limit in (WORDS, WORDS_LONG):
        said = within(answer, limit)
        values[f"right@{limit}"] = float(judge(question, answer, limit)[0] == "right")
        values[f"contains@{limit}"] = correctness.contains(question, said)
        values[f"token_f1@{limit}"] = correctness.best_f1(question, said)
    said = within(answer, word_limit(question))
    values["exact"] = correctness.exact(question, said)
    for kind in ("number", "date"):
        values[kind if kind == "date" else "numeric"] = correctness.of_kind(question, said, kind)
    for accepted in (accepted for accepted in question.answers if accepted.kind == "list"):
        scores = correctness.list_scores(accepted, said)
        values |= dict(zip(("list_precision", "list_recall", "list_f1"), scores, strict=True))
    if question.nuggets:
        values["nuggets_vital"], values["nuggets_all"] = correctness.nugget_scores(question.nuggets, said)
    if question.forbidden:
        values["forbidden"] = float(states_one(question.forbidden, joined(said)))
    if not answer.abstained:
        values["words"] = float(len(joined(within(answer, 10**6)).split()))
    return {name: value for name, value in values.items() if value is not None}


def _citations(answer: Answer, gold: tuple[Span, ...], articles: Mapping[str, Article]) -> Values:
    """Citations and faithfulness of an answer that says something."""
    claims = shown(answer)
    if not claims:
        return {}
    recall = citations.recall(claims, faithfulness.verified)
    precision = citations.precision(claims, faithfulness.verified)
    values: Values = {
        "cite_recall": recall,
        "cite_precision": precision,
        "cite_f1": citations.f1(recall, precision),
        "cite_validity": citations.validity(answer.citations, articles),
        "quote_exact": citations.exactness(answer.citations, articles),
        "cites_per_claim": citations.per_claim(claims),
        "uncited": citations.uncited(claims),
        "faithful_t0": faithfulness.faithfulness(claims, faithfulness.verbatim),
        "faithful_t1": faithfulness.faithfulness(claims, faithfulness.verified),
        "truncation": faithfulness.truncation(claims),
    }
    if gold:
        values["gold_cite_precision"] = citations.gold_precision(answer.citations, gold)
        values["gold_cite_recall"] = citations.gold_recall(answer.citations, gold)
    return values


def _abstention(question: Question, answer: Answer) -> Values:
    values: Values = {"confidence": answer.confidence}
    name = "declined" if question.answerable else "invented"
    return values | {name: float(answer.abstained == question.answerable)}


def _time(question: Question, answer: Answer, articles: Mapping[str, Article]) -> Values:
    said = within(answer, word_limit(question))
    sides = time_and_conflict.heard(question, said)
    values: Values = {
        "leakage": time_and_conflict.leakage(question, answer),
        "stale": time_and_conflict.stale(question, said),
        "age_gap_days": time_and_conflict.age_gap(question, answer, articles),
        "false_balance": time_and_conflict.false_balance(question, answer),
        "side_recall": time_and_conflict.side_recall(sides),
        "both_sides": time_and_conflict.both_sides(sides),
        "attributed": time_and_conflict.attributed(sides),
        "dated": time_and_conflict.dated(sides),
        "endorsed": time_and_conflict.endorsed(sides, answer),
        "conflict_strict": time_and_conflict.strict(question, sides, answer),
    }
    if question.type == "as_of" or (question.as_of and question.tags.get("pair")):
        values["as_of_right"] = float(right(question, answer))
    if question.sides:
        values["acknowledged"] = time_and_conflict.acknowledged(answer)
    return {name: value for name, value in values.items() if value is not None}
