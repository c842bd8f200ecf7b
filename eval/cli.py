"""The command line of the harness: `depeche eval run | bench | self-test`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from eval.bench import bench
from eval.run import run
from eval.selftest import self_test
from rag.corpus import read_corpus

SEEDS = Path(__file__).parent.parent / "seeds"


def main(arguments: Sequence[str]) -> int:
    """Run one command of the harness and return its exit code."""
    parser = argparse.ArgumentParser(prog="depeche eval", description="Measure how good the answers are, and how fast.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    asking = commands.add_parser("run", help="ask a question set and count the right answers")
    asking.add_argument("--set", choices=("seeds", "news"), default="seeds", help="question set (default: seeds)")
    asking.add_argument("--corpus", type=Path, default=SEEDS, metavar="PATH", help="its articles (default: seeds)")
    asking.add_argument("--split", choices=("dev", "test"), help="only this half of the set (default: both)")
    asking.add_argument("--show", action="store_true", help="print each wrong answer")
    asking.set_defaults(run=lambda options: run(options.corpus, options.set, options.split, show=options.show))

    timing = commands.add_parser("bench", help="time opening and asking")
    timing.add_argument("--corpus", type=Path, default=SEEDS, metavar="PATH", help="folder or file (default: seeds)")
    timing.set_defaults(run=lambda options: bench(options.corpus))

    testing = commands.add_parser("self-test", help="test the verifier on minimal pairs made from a corpus")
    testing.add_argument("--corpus", type=Path, default=SEEDS, metavar="PATH", help="folder or file (default: seeds)")
    testing.add_argument("--pairs", type=int, default=2_000, help="pairs to make (default: 2000)")
    testing.set_defaults(run=lambda options: _self_test(options.corpus, options.pairs))

    options = parser.parse_args(arguments)
    return int(options.run(options))


def _self_test(corpus: Path, pairs: int) -> int:
    print(self_test(read_corpus(corpus).articles, pairs))
    return 0
