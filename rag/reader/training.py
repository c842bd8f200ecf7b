"""Teaches a network to read: where an answer stands, in which sentence, or that none does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import torch
from torch.nn import functional

from rag.reader.examples import Example
from rag.reader.network import Logits, Network, padded

WARM = 0.05  # share of the time until the learning rate is full
RATE, FRESH = 1.2e-4, 5.0  # of the body, and how much faster what starts from nothing learns
EVIDENCE, ANSWERABLE = 1.0, 0.5  # weights of the losses, against that of start and end
NEVER = -1e4

Batch = TypeVar("Batch")


def train(
    network: Network,
    batches: Iterator[Batch],
    loss_of: Callable[[Network, Batch], torch.Tensor],
    *,
    minutes: float,
    rate: float = RATE,
    fresh: float = FRESH,
    compiled: bool = False,
    still: int = 0,
) -> Iterator[tuple[float, float]]:
    """Learn from batch after batch until the time is over; yield the share of the time that is gone, and the loss.

    Vectors of pieces and places stay as they are: the few texts here know too few of them.

    Args:
        loss_of: how far the network is from reading a batch rightly.
        fresh: how much faster than the body the three numbers for each token and the one for the whole learn.
        compiled: whether the layers are compiled first, which needs a C++ compiler and half a minute.
        still: so many of the lowest layers stay as they are too, >= 0; three of eight save a quarter of the time.
    """
    _hasten(network, compiled=compiled)
    embeddings = network.body.embeddings
    vectors = [embeddings] if still else [embeddings.word_embeddings, embeddings.position_embeddings]
    for part in (*vectors, *network.body.encoder.layer[:still]):
        part.requires_grad_(False)
    optimizer = _optimizer(network, rate, fresh)
    began, share = time.monotonic(), 0.0
    while share < 1:
        network.train()
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * min(share / WARM, 1.0) * max(1 - share, 0.01)
        loss = loss_of(network, next(batches))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        share = (time.monotonic() - began) / 60 / minutes
        yield share, float(loss.detach())


def _hasten(network: Network, *, compiled: bool) -> None:
    """Make a step short: on two cores, 0.34 s in place of 0.88 s for 1 800 tokens.

    Attention as plain products is compiled to less than torch's own takes backwards on a CPU. Dropout took a third of
    a step, and no example is seen twice alike: its passage is cut anew each time.
    """
    network.body.set_attn_implementation("eager")
    for part in network.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = 0.0
    if compiled:
        for layer in network.body.encoder.layer:
            layer.compile(dynamic=True)


def _optimizer(network: Network, rate: float, faster: float) -> torch.optim.AdamW:
    body = [one for one in network.body.parameters() if one.requires_grad]
    fresh = [*network.tokens.parameters(), *network.whole.parameters()]
    groups = [
        {"params": body, "peak": rate, "weight_decay": 0.01},
        {"params": fresh, "peak": faster * rate, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), fused=True)


def loss_alone(network: Network, batch: Sequence[Example]) -> torch.Tensor:
    """How far the network is from reading each example rightly, taken alone."""
    device = network.device
    ids, mask = padded([one.ids for one in batch], device)
    kinds, _ = padded([one.kinds for one in batch], device)
    places, _ = padded([[place + 1 for place in one.sentence] for one in batch], device)  # 0: none, 1: "not here"
    logits = quickly(network, ids, mask, kinds)
    start, end = (torch.tensor([getattr(one, edge) for one in batch], device=device) for edge in ("start", "end"))
    gold = torch.tensor([one.gold for one in batch], device=device)
    nowhere = places == 0
    spans = functional.cross_entropy(logits.start.masked_fill(nowhere, NEVER), start)
    spans = spans + functional.cross_entropy(logits.end.masked_fill(nowhere, NEVER), end)
    evidence = functional.cross_entropy(_by_sentence(logits, places), gold)
    answerable = functional.binary_cross_entropy_with_logits(logits.answerable, (gold > 0).float())
    return spans / 2 + EVIDENCE * evidence + ANSWERABLE * answerable


def quickly(network: Network, ids: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor) -> Logits:
    """What the network says, in half the bits where the machine has instructions for these."""
    with torch.autocast(ids.device.type, dtype=torch.bfloat16, enabled=has_bfloat16(ids.device)):
        logits: Logits = network(ids, mask, kinds)
    return logits


def has_bfloat16(device: torch.device) -> bool:
    """Whether a machine has instructions for bfloat16; a CPU without them takes many times as long as in 32 bits."""
    if device.type != "cpu":
        return True
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def _by_sentence(logits: Logits, places: torch.Tensor) -> torch.Tensor:
    """The mean evidence of each sentence's tokens; column 0 is that of "not here"."""
    inside = functional.one_hot(places)[:, :, 1:].float()  # (texts, tokens, sentences)
    counts = inside.sum(dim=1)
    means = torch.einsum("bt,bts->bs", logits.evidence, inside) / counts.clamp(min=1)
    return means.masked_fill(counts == 0, NEVER)
