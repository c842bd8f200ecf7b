"""Prints the table of the model card: `python -m rag.encoder.evaluate --data DIR`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from rag.encoder.benchmarks import Benchmark, benchmarks
from rag.encoder.corpora import Corpora
from rag.index.embedding import Encoder, open_encoder
from rag.index.lexicon import expand
from rag.language.words import query_stems, stems
from rag.schema import Language
from rag.settings import Settings, prepare_environment

Scores = NDArray[np.float32]  # (queries, passages)
Ranks = NDArray[np.float64]  # of the passage that belongs to each query

WEIGHTS = (0.2, 0.4, 0.6, 0.8)  # of the dense score in a convex combination
CANDIDATES = 100  # of each side, as in retrieval


def main() -> None:
    """Measure the encoder that the settings name (the bundled one unless RAG_EMBED_MODEL says otherwise)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets (*.jsonl.gz)")
    parser.add_argument("--sets", type=Path, default=Path("eval/sets"), help="folder with training/*.jsonl")
    arguments = parser.parse_args()
    prepare_environment()
    encoder = open_encoder(Settings())
    print(f"fingerprint {encoder.fingerprint}, {encoder.dimension} dimensions")
    measured = [
        (benchmark, {name: ranks(scores, np.array(benchmark.gold)) for name, scores in _rankings(benchmark, encoder)})
        for benchmark in benchmarks(Corpora(arguments.data), arguments.sets)
    ]
    for title, measure in (("MRR@10", reciprocal), ("First is right", right)):
        print(f"\n| {title} | queries / passages | {' | '.join(_COLUMNS)} |\n{'|---' * (len(_COLUMNS) + 2)}|")
        for benchmark, found in measured:
            cells = [_interval(found[column], measure) if column in found else "" for column in _COLUMNS]
            size = f"{len(benchmark.queries)} / {len(benchmark.passages)}"
            print(f"| {' | '.join([benchmark.name, size, *cells])} |")


def ranks(scores: Scores, gold: NDArray[np.int64]) -> Ranks:
    """The rank of each query's passage, from 1; a passage that scores the same counts as half a better one."""
    own = scores[np.arange(len(gold)), gold][:, None]
    found: Ranks = 0.5 + (scores > own).sum(axis=1) + (scores == own).sum(axis=1) / 2
    return found


def reciprocal(found: Ranks) -> NDArray[np.float64]:
    """1 / rank within the first ten, else 0: the terms of MRR@10."""
    terms: NDArray[np.float64] = np.where(found <= 10, 1 / found, 0.0)
    return terms


def right(found: Ranks) -> NDArray[np.float64]:
    """1 where the first passage is the right one."""
    hits: NDArray[np.float64] = (found == 1).astype(np.float64)
    return hits


def convex(dense: Scores, lexical: Scores, weight: float) -> Scores:
    """Mix scores that were brought to 0..1, as retrieval does; what is not among a side's candidates gets 0 from it."""
    mixed: Scores = weight * _to_unit_range(dense, floor=None) + (1 - weight) * _to_unit_range(lexical, floor=0.0)
    return mixed


def reciprocal_rank_fusion(dense: Scores, lexical: Scores, constant: int = 60) -> Scores:
    """The sum of 1 / (constant + rank) (Cormack, Clarke, Buettcher, 2009)."""
    places = [np.argsort(np.argsort(-side, axis=1, kind="stable"), axis=1) + 1 for side in (dense, lexical)]
    fused: Scores = sum((1 / (constant + place) for place in places), np.zeros(1)).astype(np.float32)
    return fused


def lexical_scores(benchmark: Benchmark, terms: Callable[[str], list[str]] = query_stems) -> Scores:
    """BM25 of every passage for every query."""
    index = bm25s.BM25()
    index.index([stems(passage, benchmark.written_in) for passage in benchmark.passages], show_progress=False)
    rows = np.zeros((len(benchmark.queries), len(benchmark.passages)), dtype=np.float32)
    for row, query in zip(rows, benchmark.queries, strict=True):
        if known := [term for term in terms(query) if term in index.vocab_dict]:
            row[:] = index.get_scores(known)
    return rows


def _rankings(benchmark: Benchmark, encoder: Encoder) -> Iterator[tuple[str, Scores]]:
    queries, passages = encoder.embed_queries(benchmark.queries), encoder.embed_passages(benchmark.passages)
    dense = queries @ passages.T
    yield "dense", dense
    lexical = lexical_scores(benchmark)
    yield "BM25", lexical
    if benchmark.asked_in != benchmark.written_in:
        lexical = lexical_scores(benchmark, partial(_translated_stems, asked_in=benchmark.asked_in))
        yield "BM25 with the lexicon", lexical
    yield "rank fusion", reciprocal_rank_fusion(dense, lexical)
    for weight in WEIGHTS:
        yield f"convex {weight}", convex(dense, lexical, weight)


_COLUMNS = ("dense", "BM25", "BM25 with the lexicon", "rank fusion", *(f"convex {weight}" for weight in WEIGHTS))


def _translated_stems(query: str, asked_in: Language) -> list[str]:
    return list(dict.fromkeys([*query_stems(query), *expand(stems(query, asked_in), asked_in)]))


def _to_unit_range(scores: Scores, floor: float | None) -> Scores:
    last = min(CANDIDATES, scores.shape[1]) - 1
    worst_taken = -np.partition(-scores, last, axis=1)[:, [last]]
    least = worst_taken if floor is None else np.full_like(worst_taken, floor)
    span = np.maximum(scores.max(axis=1, keepdims=True) - least, 1e-9)
    scaled: Scores = np.where(scores >= worst_taken, (scores - least) / span, 0)
    return scaled


def _interval(found: Ranks, measure: Callable[[Ranks], NDArray[np.float64]]) -> str:
    """The mean of a measure and its 95 % bootstrap interval over the queries."""
    values = measure(found)
    random = np.random.default_rng(0)
    means = [values[random.integers(0, len(values), len(values))].mean() for _ in range(2_000)]
    low, high = np.quantile(means, (0.025, 0.975))
    return f"{values.mean():.3f} ({low:.3f}-{high:.3f})"


if __name__ == "__main__":
    main()
