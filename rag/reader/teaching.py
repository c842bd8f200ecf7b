"""Teaches the English model French: a translation shall mean what the English sentence means to the original.

Reimers, Gurevych: Making Monolingual Sentence Embeddings Multilingual using Knowledge Distillation, 2020. Beyond the
last layer, earlier ones are drawn along too; and a share of the texts mixes both languages word by word (Qin and
others: CoSDA-ML, 2020), which ties single words in their surroundings.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from rag.reader.lexicon import Lexicon, mixed
from rag.reader.network import Network, Teacher, padded
from rag.reader.windows import Signs

LAYERS = (2, 4, 6)
FRENCH, MIXED = 0.7, 0.2  # shares of the texts; the rest stays English
TOKENS_AT_ONCE = 2_400
LONGEST = 64  # tokens
WARM = 0.05  # share of the time until the learning rate is full
FRESH = 8  # the rate of what starts from nothing, against that of the body
RATES = (1.2e-4, 4e-4)  # of the body, of the word vectors


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence for the pupil and the English one that it shall mean, as tokens of each."""

    pupil: list[int]
    teacher: list[int]


def teach(
    network: Network, teacher: Teacher, batches: Iterator[Sequence[Pair]], *, minutes: float
) -> Iterator[tuple[float, float]]:
    """Learn from batch after batch until the time is over; yield the share of the time that is gone, and the loss."""
    optimizer = rated(network, *RATES)
    began, share = time.monotonic(), 0.0
    network.train()
    while share < 1:
        set_rates(optimizer, slope(share, WARM))
        batch = next(batches)
        with torch.autocast(network.device.type, dtype=torch.bfloat16):
            wanted = teacher.means(*padded([pair.teacher for pair in batch], network.device), LAYERS)
            given = network.means(*padded([pair.pupil for pair in batch], network.device), LAYERS)
        loss = torch.stack([_distance(*both) for both in zip(given, wanted, strict=True)]).sum()
        advance(network, optimizer, loss)
        share = (time.monotonic() - began) / 60 / minutes
        yield share, float(loss.detach())


def pair_batches(
    pairs: Sequence[tuple[str, str]], pupil: Tokenizer, teacher: Tokenizer, lexicon: Lexicon, seed: int = 0
) -> Iterator[list[Pair]]:
    """Batches of sentences of like length, without end. `pairs` holds (French, English)."""
    lot = random.Random(seed)
    while True:
        order = lot.sample(pairs, len(pairs))
        for begin in range(0, len(order), 6_000):
            part = [
                Pair(signed(pupil, _told(french, english, lexicon, lot)), signed(teacher, english))
                for french, english in order[begin : begin + 6_000]
            ]
            batches = list(cut(sorted(part, key=lambda pair: len(pair.pupil)), TOKENS_AT_ONCE))
            yield from lot.sample(batches, len(batches))


def cut(pairs: Sequence[Pair], tokens: int) -> Iterator[list[Pair]]:
    """Runs of sorted pairs that come to so many tokens."""
    batch: list[Pair] = []
    for pair in pairs:
        if batch and (len(batch) + 1) * len(pair.pupil) > tokens:
            yield batch
            batch = []
        batch.append(pair)
    yield batch


def rated(network: Network, body: float, words: float) -> torch.optim.AdamW:
    """An optimizer with one rate for the body and one for the word vectors."""
    vectors = network.body.embeddings.word_embeddings.weight
    apart = (vectors, network.shared)
    rest = [one for one in network.parameters() if one.requires_grad and all(one is not other for other in apart)]
    groups = [
        {"params": rest, "peak": body, "weight_decay": 0.01},
        {"params": [network.shared], "peak": FRESH * body, "weight_decay": 0.0},
    ]
    if vectors.requires_grad:
        groups.append({"params": [vectors], "peak": words, "weight_decay": 0.0})
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), fused=True)


def set_rates(optimizer: torch.optim.Optimizer, factor: float) -> None:
    """Set every rate to a share of its peak."""
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * factor


def slope(share: float, warm: float) -> float:
    """Up from 0 to 1 while it warms, then down to almost 0."""
    return min(share / warm, 1.0) * max(1 - share, 0.02)


def advance(network: Network, optimizer: torch.optim.Optimizer, loss: torch.Tensor) -> None:
    """One step down."""
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)


def _told(french: str, english: str, lexicon: Lexicon, lot: random.Random) -> str:
    """What the pupil reads: French, English with French words, or English."""
    draw = lot.random()
    if draw < FRENCH:
        return french
    return mixed(english, lexicon.english, 0.5, lot) if draw < FRENCH + MIXED else english


def signed(tokenizer: Tokenizer, text: str) -> list[int]:
    """The tokens of a sentence between the signs that begin and end it."""
    signs = Signs.of(tokenizer)
    return [signs.begin, *tokenizer.encode(text, add_special_tokens=False).ids[: LONGEST - 2], signs.between]


def _distance(given: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """How far the given means are from the wanted ones, against how far these are from each other."""
    spread = (wanted - wanted.mean(dim=0)).square().sum(dim=1).mean()
    return (given - wanted).square().sum(dim=1).mean() / spread
