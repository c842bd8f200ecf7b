"""Teaches a network that knows both languages to read: where an answer stands, in which sentence, or that none does."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import torch
from torch.nn import functional

from rag.reader.examples import Example
from rag.reader.network import Logits, Network, padded
from rag.reader.teaching import advance, rated, set_rates, slope

WARM = 0.06  # share of the time until the learning rate is full
RATES = (1e-4, 1e-4)  # of the body, of the word vectors
EVIDENCE, ANSWERABLE = 1.0, 0.5  # weights of the losses, against that of start and end
NEVER = -1e4


def train(
    network: Network, batches: Iterator[Sequence[Example]], *, minutes: float, rates: tuple[float, float] = RATES
) -> Iterator[tuple[float, float]]:
    """Learn from batch after batch until the time is over; yield the share of the time that is gone, and the loss."""
    optimizer = rated(network, *rates)
    began, share = time.monotonic(), 0.0
    while share < 1:
        network.train()
        set_rates(optimizer, slope(share, WARM))
        loss = _loss(network, next(batches))
        advance(network, optimizer, loss)
        share = (time.monotonic() - began) / 60 / minutes
        yield share, float(loss.detach())


def _loss(network: Network, batch: Sequence[Example]) -> torch.Tensor:
    device = network.device
    ids, mask = padded([one.ids for one in batch], device)
    kinds, _ = padded([one.kinds for one in batch], device)
    shared, _ = padded([one.strengths for one in batch], device)
    places, _ = padded([[place + 1 for place in one.sentence] for one in batch], device)  # 0: no sentence, 1: CLS
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits = network(ids, mask, kinds, shared)
    start, end = (torch.tensor([getattr(one, edge) for one in batch], device=device) for edge in ("start", "end"))
    gold = torch.tensor([one.gold for one in batch], device=device)
    nowhere = places == 0
    spans = functional.cross_entropy(logits.start.masked_fill(nowhere, NEVER), start)
    spans = spans + functional.cross_entropy(logits.end.masked_fill(nowhere, NEVER), end)
    evidence = functional.cross_entropy(_by_sentence(logits, places), gold)
    answerable = functional.binary_cross_entropy_with_logits(logits.answerable, (gold > 0).float())
    return spans / 2 + EVIDENCE * evidence + ANSWERABLE * answerable


def _by_sentence(logits: Logits, places: torch.Tensor) -> torch.Tensor:
    """The mean evidence of each sentence's tokens; column 0 is that of CLS."""
    inside = functional.one_hot(places)[:, :, 1:].float()  # (texts, tokens, sentences)
    counts = inside.sum(dim=1)
    means = torch.einsum("bt,bts->bs", logits.evidence, inside) / counts.clamp(min=1)
    return means.masked_fill(counts == 0, NEVER)
