"""The command line of the harness: `depeche eval run | score | compare | show | report | validate | ...`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, TypeAlias

from eval import commands
from eval.run import SEEDS
from rag.errors import RagError, UsageError
from rag.settings import Settings

USAGE = 1
EPILOG = (
    "exit codes: 0 done, 1 asked wrongly or failed, 2 the question set is invalid, "
    "3 answers failed to come (those that came are kept), 100 below a floor or worse than the run compared with"
)


def main(arguments: Sequence[str]) -> int:
    """Run one command of the harness and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except UsageError as error:
        print(f"depeche eval: {error}", file=sys.stderr)
        return USAGE
    except RagError as error:
        print(f"depeche eval: {error}", file=sys.stderr)
        return error.exit_code


class _Parser(argparse.ArgumentParser):
    """Ends with the exit code that this harness has for usage errors; 2 is for question sets."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="depeche eval", description="Measure how good the answers are, and how fast.", epilog=EPILOG)
    adder = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    _add_run(adder)
    _add_stored(adder)
    _add_exchange(adder)
    _add_measures(adder)
    return parser


Adder: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _add_run(adder: Adder) -> None:
    run = adder.add_parser("run", help="ask a question set, score the answers, hold the floors")
    run.add_argument("set", nargs="?", metavar="SET", help="name of a set or a .jsonl file (default: all that ship)")
    run.add_argument("--set", dest="set_named", metavar="SET", help="the same, as an option")
    run.add_argument("--corpus", type=Path, metavar="PATH", help="its articles, when they do not come with the set")
    run.add_argument("--split", choices=("dev", "test"), help="only this half of the set (default: both)")
    run.add_argument(
        "--only", action="append", default=[], metavar="FIELD=VALUE", help="only these: type=date, lang=en"
    )
    run.add_argument("--sample", type=_count, metavar="N", help="so many questions, drawn with the seed")
    run.add_argument("--seed", type=int, default=0, metavar="S", help="of sample and intervals (default: 0)")
    run.add_argument("--repeat", type=_count, default=1, metavar="K", help="ask each question K times (default: 1)")
    run.add_argument("--llm", metavar="MODEL", help="let this model of the configured endpoint (RAG_LLM_URL) write")
    run.add_argument("--price", type=_price, metavar="IN,OUT", help="of a million tokens read and written")
    run.add_argument("--out", type=Path, metavar="FOLDER", help="keep the run there; an interrupted one goes on")
    run.add_argument("--floors", type=Path, metavar="FILE", help="floors to hold (default: those that ship)")
    run.add_argument("--show", action="store_true", help="print each answer that is not right")
    run.set_defaults(run=lambda options: commands.run(options, _settings(options)))


def _add_stored(adder: Adder) -> None:
    """What works on run folders and question sets."""
    score = adder.add_parser("score", help="score the stored answers of a run anew")
    score.add_argument("folder", type=Path, metavar="RUN")
    score.add_argument("--corpus", type=Path, metavar="PATH", help="where the articles of the run are now")
    score.set_defaults(run=commands.score)

    score.add_argument("--judge", choices=("t1", "t3"), default="t1", help="t3: let the configured model judge too")

    compare = adder.add_parser("compare", help="set two runs side by side, paired by question")
    compare.add_argument("a", type=Path, metavar="RUN_A")
    compare.add_argument("b", type=Path, metavar="RUN_B")
    compare.add_argument("--fail-on-regression", action="store_true", help="exit code 100 when RUN_B is worse")
    compare.set_defaults(run=commands.compare_runs)

    show = adder.add_parser("show", help="show one question of a run: found, answered, cited, missed")
    show.add_argument("folder", type=Path, metavar="RUN")
    show.add_argument("id", metavar="ID")
    show.set_defaults(run=commands.show)

    report = adder.add_parser("report", help="write a report of a run into its folder")
    report.add_argument("folder", type=Path, metavar="RUN")
    report.add_argument("-f", "--formats", default="html", help="of html,md,junit,csv (default: html)")
    report.add_argument("--against", type=Path, metavar="RUN_B", help="a run to compare it with")
    report.add_argument("--language", choices=("fr", "en"), default="fr", help="of the report (default: fr)")
    report.set_defaults(run=commands.report)

    validate = adder.add_parser("validate", help="check a question set against its articles")
    validate.add_argument("set", metavar="SET", help="name of a set or a .jsonl file")
    validate.add_argument("--corpus", type=Path, metavar="PATH", help="its articles")
    validate.set_defaults(run=commands.validate)


def _add_exchange(adder: Adder) -> None:
    exporting = adder.add_parser("export", help="write a run for another tool")
    exporting.add_argument("folder", type=Path, metavar="RUN")
    exporting.add_argument("--to", choices=("ragas", "llamaindex", "trec"), required=True)
    exporting.add_argument("--out", type=Path, required=True, metavar="FILE")
    exporting.set_defaults(run=commands.export)

    importing = adder.add_parser("import", help="make a question set of a test set from another tool")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--from", dest="shape", choices=("ragas", "llamaindex"), required=True)
    importing.add_argument("--corpus", type=Path, required=True, metavar="PATH", help="the articles it is about")
    importing.add_argument("--out", type=Path, required=True, metavar="SET.jsonl")
    importing.set_defaults(run=commands.import_)


def _add_measures(adder: Adder) -> None:
    """What measures something else than a question set."""
    judging = adder.add_parser("judge-check", help="compare a judge of support with people")
    judging.add_argument("labels", type=Path, metavar="LABELS.jsonl", help="claim, passages, supported, kind")
    judging.add_argument("--judge", choices=("t0", "t1", "t3"), default="t1", help="(default: t1, the verifier)")
    judging.add_argument("--run", dest="folder", type=Path, metavar="RUN", help="correct the faithfulness of this run")
    judging.set_defaults(run=commands.judge_check)

    candidates = adder.add_parser("candidates", help="list what readers liked and disliked, as questions to be")
    candidates.add_argument("--corpus", type=Path, default=SEEDS, metavar="PATH", help="asked about (default: seeds)")
    candidates.add_argument("--file", type=Path, metavar="FEEDBACK.jsonl", help="what the chat stored, when moved")
    candidates.set_defaults(run=commands.candidates)

    checking = adder.add_parser("checks", help="measure the check of statements")
    checking.add_argument("--corpus", type=Path, default=SEEDS, metavar="PATH", help="folder or file (default: seeds)")
    checking.add_argument("--split", choices=("dev", "test"), help="only this half (default: both)")
    checking.set_defaults(run=commands.checks)

    testing = adder.add_parser("self-test", help="test the verifier on minimal pairs made from a corpus")
    testing.add_argument("--corpus", type=Path, default=SEEDS, metavar="PATH", help="folder or file (default: seeds)")
    testing.add_argument("--pairs", type=_count, default=2_000, help="pairs to make (default: 2000)")
    testing.set_defaults(run=commands.self_test)

    timing = adder.add_parser("bench", help="time importing and asking beside LlamaIndex's tutorial path")
    timing.add_argument("--corpus", type=Path, metavar="PATH", help="articles to take (default: made-up ones)")
    timing.add_argument("--sizes", default="50,2000", metavar="N,N", help="passages (default: 50,2000)")
    timing.add_argument("--rounds", type=_count, default=3, metavar="K", help="of each step (default: 3)")
    timing.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw how the figures grow")
    timing.set_defaults(run=commands.bench)


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of 1 or more")
    return number


def _price(text: str) -> tuple[float, float]:
    try:
        read, written = map(float, text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} are not two prices; write 0.15,0.60") from error
    return read, written


def _settings(options: argparse.Namespace) -> Settings:
    settings = Settings()
    return replace(settings, llm="endpoint", llm_model=options.llm) if options.llm else settings
