"""Fits a vector to each row of the vocabulary: a text shall lie nearer to its partner than to the rest of its batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from rag.encoder.meanings import Meanings
from rag.encoder.pairs import Batch, Source


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how fast to train."""

    steps: int
    dimension: int = 512
    batch: int = 1_024  # pairs
    rate: float = 0.02  # step of Adam, falling to a fiftieth
    scale: float = 20.0  # what cosines are multiplied with before the softmax
    seed: int = 0


_WARM_UP = 50  # steps
_TAKEN_EVERY = 10  # steps from one taking of the mean to the next
_MEANING = 4.0  # length of a meaning to begin with, against that of a random direction
_RARE = 1e-4  # share of all words from which a word counts as frequent


def fit(
    sources: Sequence[Source],
    shares: NDArray[np.float64],
    recipe: Recipe,
    meanings: Meanings | None = None,
    report: Callable[[str], None] = print,
) -> NDArray[np.float32]:
    """Train the vectors by symmetric in-batch contrast (InfoNCE), every batch from one source.

    Args:
        shares: for each row, its share of all words; frequent ones begin short, as in SIF weighting
            (Arora, Liang, Ma: A Simple but Tough-to-Beat Baseline for Sentence Embeddings, 2017).
        meanings: directions to begin with, mixed with random ones.

    Returns:
        One vector for each row of the vocabulary; the first row, for unknown words, is zero.
    """
    vectors, losses = _Vectors(_beginning(shares, recipe, meanings)), _Losses(report)
    for step, (name, batch) in enumerate(_drawn(sources, recipe)):
        rate = recipe.rate * min(1.0, (step + 1) / _WARM_UP) * max(0.02, 1 - step / recipe.steps)
        losses.add(name, vectors.learn(batch, recipe.scale, rate))
    return vectors.values


def learn_on(
    sources: Sequence[Source],
    values: NDArray[np.float32],
    recipe: Recipe,
    report: Callable[[str], None] = print,
) -> NDArray[np.float32]:
    """Train vectors on at an even rate, and return their mean over all steps but the first quarter.

    The mean finds more than the last vectors do, which know the questions by heart (Izmailov et al.: Averaging Weights
    Leads to Wider Optima and Better Generalization, 2018).
    """
    vectors, losses = _Vectors(torch.from_numpy(values.copy())), _Losses(report)
    total, taken = np.zeros(values.shape), 0
    for step, (name, batch) in enumerate(_drawn(sources, recipe)):
        if step >= recipe.steps // 4 and step % _TAKEN_EVERY == 0:
            total += vectors.values
            taken += 1
        losses.add(name, vectors.learn(batch, recipe.scale, recipe.rate * min(1.0, (step + 1) / _WARM_UP)))
    return (total / taken).astype(np.float32)


def _drawn(sources: Sequence[Source], recipe: Recipe) -> Iterator[tuple[str, Batch]]:
    """Each step's batch, all of it from one source, and the name of that."""
    random = np.random.default_rng(recipe.seed)
    chances = np.array([source.weight for source in sources]) / sum(source.weight for source in sources)
    for _ in range(recipe.steps):
        source = sources[random.choice(len(sources), p=chances)]
        yield source.name, source.draw(random, recipe.batch)


class _Losses:
    """The loss of each source, the last batches before all, told every hundred steps."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report, self._of, self._steps, self._began = report, dict[str, float](), 0, time.monotonic()

    def add(self, name: str, loss: float) -> None:
        self._of[name] = 0.8 * self._of.get(name, loss) + 0.2 * loss
        self._steps += 1
        if self._steps % 100 == 0:
            shown = "  ".join(f"{source} {value:.2f}" for source, value in sorted(self._of.items()))
            self._report(f"step {self._steps} after {time.monotonic() - self._began:.0f} s: {shown}")


def _beginning(shares: NDArray[np.float64], recipe: Recipe, meanings: Meanings | None) -> torch.Tensor:
    """Random directions and meanings, turned into the space of the encoder; the rarer the word, the longer."""
    generator = torch.Generator().manual_seed(recipe.seed)
    directions = torch.randn(len(shares), recipe.dimension, generator=generator) * recipe.dimension**-0.5
    if meanings is not None:
        size = max(recipe.dimension, meanings.shape[1])
        turn, _ = torch.linalg.qr(torch.randn(size, size, generator=generator))
        turned = torch.from_numpy(meanings) @ turn[: meanings.shape[1], : recipe.dimension]
        directions += _MEANING * directions.norm(dim=1, keepdim=True) * turned
    return directions * torch.tensor(1.6 * _RARE / (_RARE + shares), dtype=torch.float32)[:, None]


class _Vectors:
    """The vectors and the state of an Adam that moves only the rows of a batch, one step size for a whole row."""

    def __init__(self, beginning: torch.Tensor) -> None:
        self._values = beginning
        self._values[0] = 0
        self._momentum = torch.zeros_like(beginning)
        self._variance = torch.zeros(len(beginning))
        self._times = torch.zeros(len(beginning))

    @property
    def values(self) -> NDArray[np.float32]:
        values: NDArray[np.float32] = self._values.numpy()
        return values

    def learn(self, batch: Batch, scale: float, rate: float) -> float:
        """Take one step; return the loss before it."""
        texts = [*batch.queries, *batch.passages]
        rows = torch.from_numpy(np.concatenate(texts).astype(np.int64))
        begins = torch.from_numpy(np.cumsum([0, *(len(text) for text in texts[:-1])]))
        used, places = torch.unique(rows, return_inverse=True)
        part = self._values[used].requires_grad_()
        means = functional.normalize(functional.embedding_bag(places, part, begins, mode="mean"), dim=1)
        queries, passages = means[: len(batch.queries)], means[len(batch.queries) :]
        loss = _contrast(queries, passages, torch.from_numpy(batch.groups), scale)
        loss.backward()
        assert part.grad is not None
        with torch.no_grad():
            self._move(used, part.grad, rate)
        return float(loss.detach())

    def _move(self, used: torch.Tensor, gradient: torch.Tensor, rate: float) -> None:
        self._times[used] += 1
        times = self._times[used]
        momentum = self._momentum[used].lerp_(gradient, 0.1)
        self._momentum[used] = momentum
        squares = torch.linalg.vector_norm(gradient, dim=1).square_() / gradient.shape[1]
        variance = self._variance[used].lerp_(squares, 0.001)
        self._variance[used] = variance
        spread = (variance / (1 - 0.999**times)).sqrt_() + 1e-8
        self._values.index_add_(0, used, momentum * (-rate / (1 - 0.9**times) / spread)[:, None])


def _contrast(queries: torch.Tensor, passages: torch.Tensor, groups: torch.Tensor, scale: float) -> torch.Tensor:
    """How much a text prefers others to its partner, both ways."""
    scores = queries @ passages.T * scale
    same = groups[:, None] == groups[None, :]
    scores = scores.masked_fill(same.fill_diagonal_(False), -1e4)
    own = torch.arange(len(queries))
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2
