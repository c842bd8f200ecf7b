"""Exchanges runs and question sets with other tools: RAGAS, LlamaIndex and the tools that read TREC files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.metrics.retrieval import Span, holds
from eval.runs import Run, write_lines
from eval.schema import Question, QuestionSetError
from eval.validation import locate
from rag.errors import UsageError
from rag.language.detection import question_language
from rag.schema import Answer, Article

Row = dict[str, Any]


def export(run: Run, shape: str, out: Path) -> tuple[Path, ...]:
    """Write a run in the shape of another tool; returns the files written.

    Args:
        shape: "ragas" (JSON lines of SingleTurnSample), "llamaindex" (a LabelledRagDataset) or "trec" (qrels and run).

    Raises:
        UsageError: the shape is not known.
    """
    if shape not in WRITERS:
        raise UsageError(f"the shape {shape!r} is not known; use one of {sorted(WRITERS)}")
    out.parent.mkdir(parents=True, exist_ok=True)
    return WRITERS[shape](run, out)


def _export_ragas(run: Run, out: Path) -> tuple[Path, ...]:
    """One SingleTurnSample a line: docs.ragas.io/en/stable/concepts/components/eval_sample."""
    rows = [
        {
            "user_input": question.question,
            "retrieved_contexts": [evidence.passage.text for evidence in answer.evidence],
            "response": answer.text,
            "reference": reference(question),
            "reference_contexts": [gold.quote for gold in question.gold],
        }
        for question, answer in _answered(run)
    ]
    write_lines(out, rows)
    return (out,)


def _export_llamaindex(run: Run, out: Path) -> tuple[Path, ...]:
    """The file that LabelledRagDataset.from_json reads; of the questions, not of the answers."""
    human = {"model_name": "", "type": "human"}
    examples = [
        {
            "query": question.question,
            "query_by": human,
            "reference_contexts": [gold.quote for gold in question.gold],
            "reference_answer": reference(question),
            "reference_answer_by": human,
        }
        for question in run.questions
    ]
    out.write_text(json.dumps({"examples": examples}, ensure_ascii=False, indent=1), encoding="utf-8")
    return (out,)


def _export_trec(run: Run, out: Path) -> tuple[Path, ...]:
    """Files for trec_eval, ir_measures and ranx; a document is a gold span, or a passage that is first to hold none.

    A passage that is first to hold two spans takes two places, so figures are ours where none does.
    """
    scores = {score.id: score for score in run.scores if score.repeat == 0}
    qrels, found = [], []
    for question, answer in _answered(run):
        gold = [Span(*place) for place in scores[question.id].gold]
        qrels += [f"{question.id} 0 {_name(span)} {span.relevance}" for span in gold]
        ranked = list(_ranked(answer, gold))
        found += [
            f"{question.id} Q0 {name} {rank} {len(ranked) - rank + 1} depeche"
            for rank, name in enumerate(ranked, start=1)
        ]
    paths = out.with_suffix(".qrels"), out.with_suffix(".run")
    for path, lines in zip(paths, (qrels, found), strict=True):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return paths


WRITERS: Mapping[str, Callable[[Run, Path], tuple[Path, ...]]] = {
    "ragas": _export_ragas,
    "llamaindex": _export_llamaindex,
    "trec": _export_trec,
}


def _answered(run: Run) -> Iterator[tuple[Question, Answer]]:
    for question in run.questions:
        if answer := run.answers.get((question.id, 0)):
            yield question, answer


def _ranked(answer: Answer, gold: Sequence[Span]) -> Iterator[str]:
    seen: set[str] = set()
    for evidence in answer.evidence:
        passage = Span(evidence.passage.article_id, evidence.passage.start, evidence.passage.end)
        new = [_name(span) for span in gold if holds(passage, span) and _name(span) not in seen]
        seen.update(new)
        yield from new or [f"passage:{evidence.passage.id}"]


def _name(span: Span) -> str:
    """The name of a gold span; TREC files are cut at spaces."""
    return f"{'_'.join(span.article_id.split())}:{span.start}-{span.end}"


def reference(question: Question) -> str:
    """One accepted answer in words: for tools that know of a single one."""
    if question.sides:
        return " / ".join(
            " ".join([*side.value.wordings[:1], f"({side.label})" if side.label else ""]).strip()
            or f"{side.value.number:g}"
            for side in question.sides
        )
    for accepted in question.answers:
        if accepted.items:
            return ", ".join(wordings[0] for wordings in accepted.items)
        if accepted.wordings:
            return accepted.wordings[0]
        if accepted.number is not None:
            return f"{accepted.number:g} {accepted.unit or ''}".strip()
        return str(accepted.date if accepted.date else accepted.truth)
    return " ".join(group[0] for nugget in question.nuggets for group in nugget.must)


def read_foreign(path: Path, shape: str, articles: Mapping[str, Article]) -> list[Row]:
    """Rows of a question set from a test set that another tool made; its contexts must stand in our articles.

    Args:
        shape: "ragas" (JSON lines or a list) or "llamaindex" (a LabelledRagDataset).

    Raises:
        UsageError: the file cannot be read.
        QuestionSetError: a context stands in no article.
    """
    try:
        samples = _SAMPLES[shape](path.read_text(encoding="utf-8"))
        return [_row(number, *sample, articles) for number, sample in enumerate(samples, start=1)]
    except KeyError as error:
        raise UsageError(f"{str(path)!r} is not of the shape {shape!r}: {error} is missing; name another") from error
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{str(path)!r} cannot be read as {shape!r} ({error}); name another file") from error


Sample = tuple[str, str, Sequence[str]]  # question, reference answer, reference contexts


def _ragas_samples(text: str) -> list[Sample]:
    rows = (
        json.loads(text) if text.lstrip().startswith("[") else [json.loads(line) for line in text.splitlines() if line]
    )
    return [(row["user_input"], row.get("reference") or "", row.get("reference_contexts") or []) for row in rows]


def _llamaindex_samples(text: str) -> list[Sample]:
    rows = json.loads(text)["examples"]
    return [(row["query"], row.get("reference_answer") or "", row.get("reference_contexts") or []) for row in rows]


_SAMPLES: Mapping[str, Callable[[str], list[Sample]]] = {"ragas": _ragas_samples, "llamaindex": _llamaindex_samples}


def _row(number: int, question: str, answer: str, contexts: Sequence[str], articles: Mapping[str, Article]) -> Row:
    gold = [_gold(number, context, articles) for context in contexts]
    answerable = bool(gold and answer.strip())
    return {
        "id": f"import-{number:03}",
        "split": "dev",
        "question": question,
        "type": "fact" if answerable else "absent",
        "lang": question_language(question),
        "answerable": answerable,
        "answers": [answer] if answerable else [],
        "gold": gold if answerable else [],
    }


def _gold(number: int, context: str, articles: Mapping[str, Article]) -> Row:
    for article in articles.values():
        place = locate(context, article.text)
        if place:
            return {"doc": article.id, "quote": article.text[place[0] : place[1]]}
    raise QuestionSetError(
        f"sample {number}: the context {context[:60]!r} stands in no article; import it with its corpus"
    )


def read_trec(path: Path) -> dict[str, dict[str, float]]:
    """The relevances of a qrels file (four columns) or the scores of a run file (six), by question and document.

    Raises:
        UsageError: a line has another number of columns, or no number where one belongs.
    """
    found: dict[str, dict[str, float]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        columns = line.split()
        try:
            value = float(columns[{4: 3, 6: 4}[len(columns)]])
        except (KeyError, ValueError) as error:
            raise UsageError(f"{path.name}:{number} is no line of a qrels or run file; mend {line[:60]!r}") from error
        found.setdefault(columns[0], {})[columns[2]] = value
    return found
