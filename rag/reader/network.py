"""Is the reader while it learns: transformer layers over question and passage, three numbers for each token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from transformers import BertConfig, BertModel

LAYERS = 8  # of the twelve that the base has: the last ones shape sentence vectors, which nobody asks for here
STEP = 16  # tokens
LONGEST = 256  # tokens of a question and a window of its passage, with three signs between them


@dataclass(frozen=True, slots=True)
class Logits:
    """What the network says; the place of the first token stands for "not here"."""

    start: torch.Tensor  # (texts, tokens)
    end: torch.Tensor
    evidence: torch.Tensor
    answerable: torch.Tensor  # (texts,)


class Network(nn.Module):  # type: ignore[misc]  # torch is not typed here
    """BERT with a start, an end and an evidence logit for each token, and an answerable logit for the whole."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.body = BertModel(config, add_pooling_layer=False)
        self.tokens = nn.Linear(config.hidden_size, 3)
        self.whole = nn.Sequential(
            nn.Linear(config.hidden_size, config.hidden_size), nn.Tanh(), nn.Linear(config.hidden_size, 1)
        )

    @property
    def device(self) -> torch.device:
        return self.tokens.weight.device

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor) -> Logits:
        """Read texts, each array of shape (texts, tokens)."""
        hidden = self.body(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        start, end, evidence = self.tokens(hidden).float().unbind(dim=2)
        return Logits(start, end, evidence, self.whole(hidden[:, 0]).float().squeeze(1))


def beginning(base: Path, pieces: Sequence[int]) -> Network:
    """A network with the first layers of the base and the vectors of some of its pieces."""
    body = BertModel.from_pretrained(base, add_pooling_layer=False)
    config = BertConfig(**{**body.config.to_dict(), "vocab_size": len(pieces), "num_hidden_layers": LAYERS})
    network = Network(config)
    weights = {name: value for name, value in body.state_dict().items() if "encoder.layer." not in name}
    weights["embeddings.word_embeddings.weight"] = body.embeddings.word_embeddings.weight[list(pieces)]
    kinds = body.embeddings.token_type_embeddings.weight
    weights["embeddings.token_type_embeddings.weight"] = kinds[[0, 0]]  # the base knows one kind of text alone
    for place in range(LAYERS):
        prefix = f"encoder.layer.{place}."
        weights |= {prefix + name: value for name, value in body.encoder.layer[place].state_dict().items()}
    network.body.load_state_dict(weights)
    return network


def averaged(one: Network, other: Network, *, share: float) -> Network:
    """The other network with its weights moved towards those of one, by a share (0..1) of the way.

    The mean of weights before and after learning on reads better than either (Wortsman et al. 2022, "Robust fine-tuning
    of zero-shot models").
    """
    before, after = one.state_dict(), other.state_dict()
    mean = {name: torch.lerp(value, before[name], share) for name, value in after.items() if value.is_floating_point()}
    other.load_state_dict(after | mean)
    return other


def read_network(checkpoint: Path) -> Network:
    """A network from a checkpoint that `write_network` made."""
    stored = torch.load(checkpoint, weights_only=True)
    network = Network(BertConfig(**stored["config"]))
    network.load_state_dict(stored["weights"])
    return network


def write_network(network: Network, checkpoint: Path) -> None:
    """Write a checkpoint aside, then move it into place."""
    aside = checkpoint.with_suffix(".part")
    torch.save({"config": network.body.config.to_dict(), "weights": network.state_dict()}, aside)
    aside.replace(checkpoint)


def padded(rows: Sequence[Sequence[int]], device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of numbers as one array filled up with 0, and where it holds numbers of a row.

    Its width is a multiple of `STEP`: each new shape costs a CPU the making of its kernels.
    """
    size = -(-max(map(len, rows)) // STEP) * STEP
    array = torch.tensor([[*row] + [0] * (size - len(row)) for row in rows], device=device)
    mask = torch.tensor([[1] * len(row) + [0] * (size - len(row)) for row in rows], device=device)
    return array, mask
