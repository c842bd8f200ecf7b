"""Teaches the reader to compare: all passages of a question are read together, and one sentence of all is right.

What a passage scores when it is read alone says whether it answers better than nothing does, but not whether it answers
better than another one. So the scores of all sentences of a question, each less that of "not here" in its passage,
share one sum (Clark and Gardner 2018, "Simple and Effective Multi-Paragraph Reading Comprehension").
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from rag.reader.network import Network, padded
from rag.reader.training import quickly
from rag.reader.windows import Signs, Window, windows

NOT, ANSWERS, NEITHER = 0, 1, 2  # what a sentence is to a question; of the last kind nothing is learned
BEST, FURTHER = 3, 1  # windows without an answer that are read: the likeliest, and others by chance
MOST_ANSWERING = 2  # windows with an answer that are read
ALIKE = 64  # questions that are put in order of their length, so that batches have little to fill up


@dataclass(frozen=True, slots=True)
class Seen:
    """A window of a passage: of each token the number of its sentence, or -1; of each sentence what it is."""

    ids: list[int]
    first: int  # token of the passage
    sentences: list[int]  # of the tokens from the first one on, without the last sign
    labels: list[int]
    answer: tuple[int, int] | None  # its first and last token, counted from the first of the passage

    @property
    def answers(self) -> bool:
        return ANSWERS in self.labels


@dataclass(frozen=True, slots=True)
class Together:
    """A question with all that is read for it, the likeliest windows first."""

    answered: bool
    seen: tuple[Seen, ...]


def read_rows(file: Path, tokenizer: Tokenizer) -> Iterator[Together]:
    """The questions of a file that `rag.answering.choosing.showing` wrote."""
    signs = Signs.of(tokenizer)
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            passages = row["passages"]
            every = windows([one["question"] for one in passages], [one["text"] for one in passages], tokenizer, signs)
            yield Together(row["answered"], tuple(_seen(one, passages[one.passage], signs) for one in every))


def _seen(window: Window, passage: Mapping[str, Any], signs: Signs) -> Seen:
    sentences = [-1] * len(window.tokens)
    labels = [NOT] * len(passage["sentences"])
    for number, (start, end, label) in enumerate(passage["sentences"]):
        inside = [place for place, (begin, _) in enumerate(window.offsets) if start <= begin < end]
        for place in inside:
            sentences[place] = number
        labels[number] = label if inside else NOT
    answer = None
    if passage["answer"]:
        start, end = passage["answer"]
        inside = [place for place, (begin, stop) in enumerate(window.offsets) if begin < end and start < stop]
        answer = (inside[0], inside[-1]) if inside else None
    return Seen([*window.head, *window.tokens, signs.between], len(window.head), sentences, labels, answer)


def batches_together(rows: Sequence[Together], *, tokens: int, seed: int) -> Iterator[list[Together]]:
    """Batches of questions with some of what is read for each, without end.

    Args:
        tokens: most tokens of a batch, filled up.
    """
    lot = random.Random(seed)
    while True:
        order = lot.sample(rows, len(rows))
        for begin in range(0, len(order), ALIKE):
            some = sorted((_some(one, lot) for one in order[begin : begin + ALIKE]), key=_width)
            batches: list[list[Together]] = [[]]
            for one in some:
                count = sum(len(other.seen) for other in batches[-1]) + len(one.seen)
                if batches[-1] and count * _width(one) > tokens:
                    batches.append([])
                batches[-1].append(one)
            yield from lot.sample(batches, len(batches))


def _width(row: Together) -> int:
    return max(len(one.ids) for one in row.seen)


def _some(row: Together, lot: random.Random) -> Together:
    """A question with the windows that answer it, the likeliest others and some more by chance."""
    answering, others = [one for one in row.seen if one.answers], [one for one in row.seen if not one.answers]
    kept = lot.sample(answering, min(len(answering), MOST_ANSWERING))
    more = lot.sample(others[BEST:], min(len(others[BEST:]), FURTHER + int(not answering)))
    return Together(row.answered, (*kept, *others[:BEST], *more))


def loss_together(network: Network, batch: Sequence[Together]) -> torch.Tensor:
    """How far the network is from telling, of all that is read for each question, what answers it."""
    every = [one for row in batch for one in row.seen]
    ids, mask = padded([one.ids for one in every], network.device)
    kinds, _ = padded([[0] * one.first + [1] * (len(one.ids) - one.first) for one in every], network.device)
    logits = quickly(network, ids, mask, kinds)
    evidence: list[torch.Tensor | None] = []
    edges: list[torch.Tensor | None] = []
    begin = 0
    for row in batch:
        part = slice(begin, begin + len(row.seen))
        begin = part.stop
        evidence.append(_sentence_loss(row, logits.evidence[part]))
        edges += [_edge_loss(row, logits.start[part], 0), _edge_loss(row, logits.end[part], 1)]
    return _mean(evidence) + _mean(edges) + _whole_loss(every, logits.answerable) / 2


def _sentence_loss(row: Together, evidence: torch.Tensor) -> torch.Tensor | None:
    """The loss of the sentences; None where none of them is known to answer."""
    scores, right = [evidence.new_zeros(())], [not row.answered]
    for one, told in zip(row.seen, evidence, strict=True):
        own = told[one.first : one.first + len(one.sentences)] - told[0]
        numbers = torch.tensor(one.sentences, device=own.device)
        for number, label in enumerate(one.labels):
            inside = numbers == number
            if label != NEITHER and bool(inside.any()):
                scores.append(own[inside].mean())
                right.append(label == ANSWERS)
    return _missed(torch.stack(scores), right)


def _edge_loss(row: Together, edge: torch.Tensor, side: int) -> torch.Tensor | None:
    """The loss of the starts (side 0) or ends (1) of answers; None where it is not known where the answer stands."""
    scores, right = [edge.new_zeros(1)], [not row.answered]
    for one, told in zip(row.seen, edge, strict=True):
        places = [place for place, number in enumerate(one.sentences) if number >= 0 and one.labels[number] != NEITHER]
        scores.append(told[torch.tensor(places, dtype=torch.long, device=told.device) + one.first] - told[0])
        right += [one.answer is not None and place == one.answer[side] for place in places]
    return _missed(torch.cat(scores), right)


def _whole_loss(every: Sequence[Seen], answerable: torch.Tensor) -> torch.Tensor:
    known = [place for place, one in enumerate(every) if one.answers or NEITHER not in one.labels]
    truths = torch.tensor([float(every[place].answers) for place in known], device=answerable.device)
    return functional.binary_cross_entropy_with_logits(answerable[known], truths)


def _missed(scores: torch.Tensor, right: Sequence[bool]) -> torch.Tensor | None:
    """How far each right one is from standing before all wrong ones, in the mean; None where nothing is right.

    Right ones do not stand in each other's way: where sources differ, each has its own.
    """
    if not any(right):
        return None
    chosen = torch.tensor(right, device=scores.device)
    return functional.softplus(torch.logsumexp(scores[~chosen], 0) - scores[chosen]).mean()


def _mean(losses: Sequence[torch.Tensor | None]) -> torch.Tensor | float:
    known = [loss for loss in losses if loss is not None]
    return torch.stack(known).mean() if known else 0.0
