"""Does what the commands of the harness say, and prints it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from eval import exchange, judges, table
from eval.candidates import list_candidates
from eval.compare import compare
from eval.description import differences
from eval.floors import FLOORS, hold, read_floors
from eval.metrics.said import shown
from eval.questions import read_questions
from eval.run import Result, plan_for, rescore
from eval.run import run as run_plan
from eval.runs import Run, read_run, write_lines
from eval.schema import Plan, Question, Scored
from rag.corpus import read_corpus
from rag.errors import UsageError
from rag.index import feedback_file
from rag.schema import Answer
from rag.settings import Settings

FAILED, BELOW = 3, 100  # exit codes: answers that failed to come, floors that did not hold
SHIPPED = ("seeds", "chronique", "regions", "affaires")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run one set, or all that ship."""
    named = options.set or options.set_named
    if named:
        plan = _planned(plan_for(named, options.corpus), options)
        return _run_one(plan, settings, options, options.out, options.floors)
    codes = []
    for name in SHIPPED:
        try:
            plan = _planned(plan_for(name), options)
        except UsageError as error:
            print(f"{name}: skipped, {error}")
            continue
        codes.append(_run_one(plan, settings, options, options.out and options.out / name, options.floors or FLOORS))
        print()
    return max(codes, default=0)


def _planned(plan: Plan, options: argparse.Namespace) -> Plan:
    only = tuple(_field_and_value(text) for text in options.only)
    named = ("split", "sample", "seed", "repeat", "price")
    return replace(plan, only=only, **{name: getattr(options, name) for name in named})


def _field_and_value(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise UsageError(f"--only {text!r} names no field and value; write type=date")
    return name, value


def _run_one(plan: Plan, settings: Settings, options: argparse.Namespace, out: Path | None, floors: Path | None) -> int:
    result = run_plan(plan, settings, out, progress=sys.stderr.isatty())
    model = f"model {settings.llm_model}" if settings.llm != "none" else "extractive"
    title = f"{plan.name}{f' ({plan.split})' if plan.split else ''} · {plan.corpus} · {model}"
    print(table.table(title, result.metrics, result.timings))
    if options.show:
        _show_misses(result)
    for id_, error in result.errors.items():
        print(f"FAILED {id_}: {error}")
    if result.unasked:
        print(f"{result.unasked} questions were not asked, because those before them failed")
    if result.errors:
        return FAILED
    return _held(plan, result, floors)


def _held(plan: Plan, result: Result, path: Path | None) -> int:
    """Hold the floors of a set, when all of it was asked."""
    if path is None:
        return 0
    if not plan.whole:
        print("floors are held when a whole set is asked")
        return 0
    held = hold(read_floors(path), plan.name, result.metrics)
    for floor in held:
        print(floor)
    return 0 if all(floor.well for floor in held) else BELOW


def _show_misses(result: Result) -> None:
    by_id = {question.id: question for question in result.questions}
    answers = {(asked.id, asked.repeat): asked.answer for asked in result.asked}
    for score in result.scores:
        if score.outcome not in ("right", "rightly declined"):
            print()
            print("\n".join(_lines(by_id[score.id], score, answers[score.id, score.repeat])))


def score(options: argparse.Namespace) -> int:
    """Score a stored run anew."""
    metrics = rescore(options.folder, options.corpus)
    if options.judge == "t3":
        from eval.judging import judge_run  # llama_index takes seconds to import

        metrics = judge_run(options.folder, Settings())
    print(table.table(f"{options.folder.name} · scored anew", metrics, read_run(options.folder).timings))
    return 0


def compare_runs(options: argparse.Namespace) -> int:
    """Print two runs side by side."""
    a, b = read_run(options.a), read_run(options.b)
    comparison = compare(a, b)
    print(f"the runs differ in: {', '.join(differences(a.info, b.info)) or 'nothing that is recorded'}")
    print(comparison)
    for id_, one, other in comparison.changed:
        print(f"  {id_}: {one} -> {other}")
    return BELOW if options.fail_on_regression and comparison.worse else 0


def show(options: argparse.Namespace) -> int:
    """Print all about one question of a run."""
    stored = read_run(options.folder)
    question = next((question for question in stored.questions if question.id == options.id), None)
    if question is None:
        raise UsageError(f"the run {options.folder.name!r} did not ask {options.id!r}; see its questions.jsonl")
    for score in (score for score in stored.scores if score.id == options.id):
        answer = stored.answers[score.id, score.repeat]
        print("\n".join(_lines(question, score, answer)))
        for name, value in score.values.items():
            print(f"  {name:<22}{'—' if value is None else f'{value:.3f}'}")
        for rank, evidence in enumerate(answer.evidence if answer else (), start=1):
            passage = evidence.passage
            held = any(doc == passage.article_id and passage.start < end and start < passage.end
                       for doc, start, end, _ in score.gold)  # fmt: skip
            print(f"  {'*' if held else ' '}{rank:>2} {evidence.score:.3f} {passage.article_id} {_line(passage.text)}")
    return 0


def _lines(question: Question, score: Scored, answer: Answer | None) -> Iterator[str]:
    """A question, what was answered, and what was missed."""
    yield f"{question.id} {question.type} {score.outcome}: {question.question}"
    yield f"  missed: {'; '.join(score.notes)}" if score.notes else "  nothing missed"
    yield "  wanted: " + (" | ".join(_line(gold.quote) for gold in question.gold) or "no answer")
    if answer:
        yield from (f"  > {_line(line)}" for line in [*answer.text.splitlines(), answer.reason or ""] if line)


def _line(text: str) -> str:
    """Text of an article, safe for one line of a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:240]


def report(options: argparse.Namespace) -> int:
    """Write a report of a run."""
    from eval.report import write_report  # its plots take seconds to import

    formats = tuple(options.formats.split(","))
    for path in write_report(options.folder, formats, options.against, options.language):
        print(path)
    return 0


def validate(options: argparse.Namespace) -> int:
    """Check a question set."""
    plan = plan_for(options.set, options.corpus)
    articles = {article.id: article for article in read_corpus(plan.corpus).articles}
    questions = read_questions(plan.questions, articles)
    print(f"{plan.name}: {len(questions)} questions are well formed; every gold quote is in its article")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write a run for another tool."""
    for path in exchange.export(read_run(options.folder), options.to, options.out):
        print(path)
    return 0


def import_(options: argparse.Namespace) -> int:
    """Make a question set of a foreign one."""
    articles = {article.id: article for article in read_corpus(options.corpus).articles}
    rows = exchange.read_foreign(options.file, options.shape, articles)
    write_lines(options.out, rows)
    print(f"{options.out}: {len(read_questions(options.out, articles))} questions; read and complete them by hand")
    return 0


def judge_check(options: argparse.Namespace) -> int:
    """Compare a judge with people."""
    judge = _judge(options.judge)
    worth = judges.judge_check(options.judge, judge, judges.read_labels(options.labels))
    print(worth)
    if options.folder:
        verdicts = list(_verdicts(read_run(options.folder), judge))
        print(f"sentences of {options.folder.name} that it accepts: {sum(verdicts)} of {len(verdicts)}")
        rate = judges.corrected_interval(verdicts, worth) if verdicts else None
        print(f"corrected for its errors (Rogan and Gladen): {rate or '—'}")
    return 0


def _judge(name: str) -> judges.Judge:
    if name in judges.JUDGES:
        return judges.JUDGES[name]
    from eval.model_judge import model_judge  # httpx takes a third of a second to import

    return model_judge(Settings())


def _verdicts(stored: Run, judge: judges.Judge) -> Iterator[bool]:
    """The verdicts on every sentence shown in a run."""
    for answer in stored.answers.values():
        for claim in shown(answer) if answer else ():
            verdict = judge(claim.text, tuple(citation.quote for citation in claim.citations))
            if verdict is not None:
                yield verdict


def candidates(options: argparse.Namespace) -> int:
    """List what readers liked and disliked."""
    return list_candidates(options.file or feedback_file(options.corpus, Settings()))


def checks(options: argparse.Namespace) -> int:
    """Measure the check of statements."""
    from eval.checks import check_statements  # it loads the reader

    return check_statements(options.corpus, options.split)


def self_test(options: argparse.Namespace) -> int:
    """Test the verifier."""
    from eval.selftest import self_test as tested  # it reads the language tables

    print(tested(read_corpus(options.corpus).articles, options.pairs))
    return 0


def bench(options: argparse.Namespace) -> int:
    """Time importing and asking."""
    from eval.bench import bench as timed  # it starts other programs

    if not all(size.isdecimal() and int(size) for size in options.sizes.split(",")):
        raise UsageError(f"--sizes {options.sizes!r} are no numbers of passages; write 50,2000")
    return timed(options.corpus, [int(size) for size in options.sizes.split(",")], options.rounds, plot=options.plot)
