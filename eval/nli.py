"""Measures the verifier on pairs of sentences that people have labelled, and fits its learned part on half of them."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.selftest import minimal_pairs
from rag.answering.verify import support
from rag.answering.verifying import cohesion, guards
from rag.answering.verifying.likeness import Likeness
from rag.answering.verifying.statements import statements
from rag.answering.verifying.windows import names_in, paired, promising, says_enough, versions
from rag.corpus import read_corpus
from rag.index.embedding import open_encoder
from rag.schema import Article
from rag.settings import Settings

LABELS = ("entailment", "neutral", "contradiction")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A premise and a hypothesis, and whether the one follows from the other."""

    premise: str
    hypothesis: str
    label: str
    language: str = "fr"


def measure(files: Sequence[Path], *, held_out: bool = True) -> int:
    """Print how many hypotheses of each label the verifier accepts, with the encoder and without.

    Args:
        files: gzipped JSON lines with premise, hypothesis and label.
        held_out: only every second pair, the ones that nothing was fitted on.
    """
    likeness = Likeness(open_encoder(Settings()))
    print(f"{'accepted of':40}{'n':>6}" + "".join(f"{label:>15}" for label in LABELS) + f"{'ms':>7}")
    for file in files:
        pairs = read_pairs(file)[1 if held_out else 0 :: 2 if held_out else 1]
        for title, similarity in (("words alone", None), ("with the encoder", likeness)):
            accepted, started = Counter[str](), time.process_time()
            for pair in pairs:
                found = support(pair.hypothesis, [pair.premise], pair.language, similarity=similarity)
                accepted[pair.label] += found.verdict == "supported"
            took = 1000 * (time.process_time() - started) / max(1, len(pairs))
            every = Counter(pair.label for pair in pairs)
            shares = "".join(f"{accepted[label] / max(1, every[label]):15.3f}" for label in LABELS)
            print(f"{file.name.split('.')[0]:23}{title:17}{len(pairs):6}{shares}{took:7.1f}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `python -m eval.nli` and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.nli", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="gzipped lines: premise, hypothesis, label")
    parser.add_argument("--fit", type=Path, action="append", metavar="PATH", help="articles for minimal pairs: refit")
    options = parser.parse_args(arguments)
    if options.fit:
        fit(options.files, [article for place in options.fit for article in read_corpus(place).articles])
        return 0
    return measure(options.files)


def read_pairs(file: Path) -> list[LabelledPair]:
    """The pairs of one file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [LabelledPair(row["premise"], row["hypothesis"], row["label"]) for row in rows]


def fit(files: Sequence[Path], articles: Sequence[Article], pairs: int = 3_000) -> None:
    """Fit the cohesion model on the pairs that `measure` does not hold out, and on minimal pairs of articles.

    Each set and each of its two answers weigh the same, so that no set drowns another.
    """
    # Late: the harness needs it for nothing else.
    from sklearn.linear_model import LogisticRegression

    sets = [read_pairs(file)[::2] for file in files]
    made = minimal_pairs(articles, pairs, seed=5)
    for language in ("fr", "en"):
        own = [pair for pair in made if pair.language == language]
        sets.append(
            [LabelledPair(p.passage, p.claim, LABELS[0] if p.legitimate else LABELS[2], p.language) for p in own]
        )
    likeness = Likeness(open_encoder(Settings()))
    rows, right, weights = [], [], []
    for labelled in sets:
        windows = ((next(_windows(pair, likeness), None), pair.label == LABELS[0]) for pair in labelled)
        described = [(found, label) for found, label in windows if found]
        counts = Counter(label for _, label in described)
        for found, label in described:
            rows.append(found)
            right.append(label)
            weights.append(len(described) / counts[label])
    x, scale = np.asarray(rows), np.asarray(rows).std(axis=0) + 1e-6
    weight = np.asarray(weights) / np.mean(weights)
    model = LogisticRegression(C=0.3, max_iter=1_000).fit(x / scale, right, sample_weight=weight)
    stored = {
        "bias": round(float(model.intercept_[0]), 4),
        "weights": dict(zip(cohesion.FEATURES, (round(float(w), 4) for w in model.coef_[0] / scale), strict=True)),
    }
    cohesion.WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


def _windows(pair: LabelledPair, likeness: Likeness) -> Iterator[tuple[float, ...]]:
    """The features of each window that the learned part has to decide on, the best first."""
    read = [statements(pair.premise, pair.language)]
    claimed = versions(statements(pair.hypothesis, pair.language, names_in(read)))
    found = [paired(claimed[pair.language], window, likeness) for window in promising(claimed, read)]
    for pairing in sorted(found, key=lambda one: (-one.coverage, len(one.window))):
        failed = set(guards.failed_guards(pairing)) - {"evidence"}
        if says_enough(pairing, likeness) and not failed and not cohesion.is_shortened(pairing):
            yield cohesion.described_by(pairing)


if __name__ == "__main__":
    sys.exit(main())
