"""Runs a question set: asks, keeps the answers, scores them; an interrupted run goes on where it stopped."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import timing
from eval.asking import Asked, ask_all
from eval.description import describe, differences
from eval.questions import SETS, read_questions
from eval.runs import as_answer, as_row, read_json, read_lines, read_run, same_corpus, write_json, write_lines
from eval.schema import Plan, Question, Scored
from eval.scoring import score
from eval.summary import summarise
from rag import Assistant, Settings
from rag.corpus import read_corpus
from rag.errors import UsageError

NAMES = ("seeds", "chronique", "regions", "affaires", "news")
CORPORA = Path(__file__).parent / "corpora"
SEEDS = Path(__file__).parent.parent / "seeds"


@dataclass(frozen=True, slots=True)
class Result:
    """A run that has come to its end."""

    plan: Plan
    questions: tuple[Question, ...]
    asked: tuple[Asked, ...]
    scores: tuple[Scored, ...]
    metrics: Mapping[str, Any]
    timings: Mapping[str, Any]

    @property
    def errors(self) -> dict[str, str]:
        """What failed, by question."""
        return {asked.id: asked.error for asked in self.asked if asked.error}

    @property
    def unasked(self) -> int:
        """How many questions were not asked because too many before them failed."""
        return len(self.questions) * self.plan.repeat - len(self.asked)


def plan_for(name: str, corpus: Path | None = None) -> Plan:
    """The plan for a set that ships, by its name, or for a file of questions.

    Raises:
        UsageError: there is no such set, or it is not known which articles it is about.
    """
    questions = Path(name) if name.endswith(".jsonl") else SETS / f"{name}.jsonl"
    if not questions.is_file():
        raise UsageError(f"there is no question set {name!r}; name one of {NAMES} or a .jsonl file")
    own = SEEDS if questions.stem == "seeds" else CORPORA / questions.stem
    if corpus is None and not own.is_dir():
        raise UsageError(f"the articles of the set {name!r} do not come with it; name them with --corpus PATH")
    return Plan(questions, corpus or own)


def run(plan: Plan, settings: Settings, out: Path | None = None, *, progress: bool = False) -> Result:
    """Ask and score; everything is kept in the folder `out` when one is named.

    Raises:
        QuestionSetError: the set has a line that cannot be right.
        UsageError: there is nothing to ask, or the folder holds another run.
    """
    with Assistant.open(plan.corpus, settings, progress=progress) as assistant:
        articles = {article.id: article for article in assistant.articles}
        questions = chosen(read_questions(plan.questions, articles), plan)
        info = describe(plan, assistant.articles, settings)
        done = _entered(out, info, questions) if out else ()
        known = {(asked.id, asked.repeat) for asked in done}
        asking = ask_all(
            assistant, questions, plan.repeat, known=known, with_model=settings.llm != "none", progress=progress
        )
        with _kept(out) as keep:
            asked = (*done, *(keep(one) for one in asking))
    order = {question.id: place for place, question in enumerate(questions)}
    asked = tuple(sorted(asked, key=lambda one: (one.repeat, order[one.id])))
    by_id = {question.id: question for question in questions}
    scores = tuple(score(by_id[one.id], one.answer, articles, one.repeat) for one in asked)
    metrics = summarise(questions, scores, plan.seed)
    result = Result(
        plan, questions, asked, scores, metrics, timing.summarise([one.timing for one in asked], plan.price)
    )
    if out:
        _finish(out, info, result)
    return result


def rescore(folder: Path, corpus: Path | None = None) -> Mapping[str, Any]:
    """Score the stored answers of a run anew, and keep that.

    Args:
        corpus: where the run's articles are now, when they were moved.

    Raises:
        CorpusError: the articles are not those that were asked about.
    """
    stored = read_run(folder)
    read = read_corpus(corpus or Path(stored.info["corpus"]["path"])).articles
    same_corpus(stored, read)
    articles = {article.id: article for article in read}
    by_id = {question.id: question for question in stored.questions}
    scores = [score(by_id[id_], answer, articles, repeat) for (id_, repeat), answer in stored.answers.items()]
    metrics = summarise(stored.questions, scores, stored.info["seed"])
    write_lines(folder / "scores.jsonl", map(as_row, scores))
    write_json(folder / "metrics.json", metrics)
    return metrics


def chosen(questions: Sequence[Question], plan: Plan) -> tuple[Question, ...]:
    """The questions that a plan asks, in the order of the set.

    Raises:
        UsageError: it names a field that there is not, or leaves no question.
    """
    kept = [question for question in questions if plan.split in (None, question.split)]
    for name, value in plan.only:
        if name not in ONLY:
            raise UsageError(f"--only {name}={value}: questions cannot be chosen by {name!r}; use one of {ONLY}")
        kept = [question for question in kept if str(getattr(question, name)) == value]
    if plan.sample is not None and plan.sample < len(kept):
        drawn = random.Random(plan.seed).sample(range(len(kept)), plan.sample)
        kept = [kept[place] for place in sorted(drawn)]
    if not kept:
        raise UsageError(f"no question of {plan.name!r} is left to ask; loosen --split, --only or --sample")
    return tuple(kept)


ONLY = ("type", "lang", "split", "id", "cluster", "conflict")


def _entered(out: Path, info: Mapping[str, Any], questions: Sequence[Question]) -> tuple[Asked, ...]:
    """What the folder of a run already holds; a new folder is made ready."""
    there = read_json(out / "run.json")
    if there:
        if different := differences(there, info):
            raise UsageError(f"{str(out)!r} holds another run ({', '.join(different)} differ); name another --out")
        return _stored(out)
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{str(out)!r} holds something that is no run; name a new folder with --out")
    out.mkdir(parents=True, exist_ok=True)
    write_lines(out / "questions.jsonl", (json.loads(question.line) for question in questions))
    write_json(out / "run.json", {**info, "name": out.name, "started": _now(), "finished": None})
    return ()


def _stored(out: Path) -> tuple[Asked, ...]:
    """The answers that came before an interruption; those that failed are asked again."""
    seconds = {(line["id"], line["repeat"]): line for line in read_lines(out / "timings.jsonl")}
    found = []
    for line in read_lines(out / "answers.jsonl"):
        taken = seconds.get((line["id"], line["repeat"]))
        if line["answer"] and taken:
            stages = {"seconds": list(taken["stages"].items())}
            found.append(Asked(line["id"], line["repeat"], as_answer(line["answer"] | stages), None, taken["seconds"]))
    write_lines(out / "answers.jsonl", (asked.row for asked in found))
    write_lines(out / "timings.jsonl", (asked.timing for asked in found))
    return tuple(found)


@contextmanager
def _kept(out: Path | None) -> Iterator[Any]:
    """A function that keeps what was asked at once, so that an interruption loses nothing."""
    if out is None:
        yield lambda asked: asked
        return
    with (
        (out / "answers.jsonl").open("a", encoding="utf-8") as answers,
        (out / "timings.jsonl").open("a", encoding="utf-8") as timings,
    ):

        def keep(asked: Asked) -> Asked:
            for file, row in ((timings, asked.timing), (answers, asked.row)):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
            return asked

        yield keep


def _finish(out: Path, info: Mapping[str, Any], result: Result) -> None:
    write_lines(out / "answers.jsonl", (asked.row for asked in result.asked))
    write_lines(out / "timings.jsonl", (asked.timing for asked in result.asked))
    write_lines(out / "scores.jsonl", map(as_row, result.scores))
    write_json(out / "metrics.json", result.metrics)
    write_json(out / "timings.json", result.timings)
    started = read_json(out / "run.json")
    info = started | {"questions": len(result.questions), "errors": len(result.errors), "finished": _now()}
    if started["finished"] is None and result.plan.split != "dev":
        info["test_runs"] = _count_test_run(out.parent, info["set"]["sha256"])
    write_json(out / "run.json", info)


def _count_test_run(parent: Path, sha256: str) -> int:
    """How often the held-out half of a set was run from this folder, this time included."""
    counts = read_json(parent / "test_runs.json")
    counts[sha256] = counts.get(sha256, 0) + 1
    write_json(parent / "test_runs.json", counts)
    return int(counts[sha256])


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
