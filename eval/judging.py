"""Lets a language model judge the stored answers of a run, and keeps its verdicts beside the other scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.evaluators import WriterModel, evaluate_with_model
from eval.exchange import reference
from eval.judges import Judge
from eval.metrics.said import shown
from eval.model_judge import judge_with
from eval.runs import Run, as_row, read_run, write_json, write_lines
from eval.schema import Scored
from eval.summary import summarise
from rag.errors import UsageError
from rag.llm import open_writer
from rag.schema import Claim
from rag.settings import Settings


def judge_run(folder: Path, settings: Settings) -> Mapping[str, Any]:
    """Add tier 3 to the scores of a run: our own judge, and LlamaIndex's three; returns the new metrics.

    Raises:
        UsageError: no model is configured.
    """
    writer = open_writer(settings)
    if writer is None:
        raise UsageError("no language model is configured to judge; set RAG_LLM=endpoint and RAG_LLM_URL")
    judge, model = judge_with(writer, settings.llm_deadline), WriterModel(writer, settings.llm_deadline)
    run = read_run(folder)
    scores = list(_judged(run, judge, model))
    metrics = summarise(run.questions, scores, run.info["seed"])
    write_lines(folder / "scores.jsonl", map(as_row, scores))
    write_json(folder / "metrics.json", metrics)
    return metrics


def _judged(run: Run, judge: Judge, model: WriterModel) -> Iterator[Scored]:
    questions = {question.id: question for question in run.questions}
    for score in run.scores:
        answer, question = run.answers[score.id, score.repeat], questions[score.id]
        if answer is None or not shown(answer):
            yield score
            continue
        contexts = [evidence.passage.text for evidence in answer.evidence]
        found = evaluate_with_model(model, question.question, answer.text, contexts, reference(question))
        yield replace(score, values={**score.values, **found, "faithful_t3": _faithful(shown(answer), judge)})


def _faithful(claims: tuple[Claim, ...], judge: Judge) -> float | None:
    """The share of sentences with a verdict that are borne out; None when the judge gave none."""
    verdicts = [judge(claim.text, tuple(citation.quote for citation in claim.citations)) for claim in claims]
    known = [verdict for verdict in verdicts if verdict is not None]
    return sum(known) / len(known) if known else None
