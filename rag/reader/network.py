"""Is the reader while it learns: six transformer layers over question and passage, four numbers for each token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from transformers import BertConfig, BertModel

SHARED_FROM = 2  # the layer that is first told which words question and passage share
LONGEST = 256  # tokens of a question and a window of its passage, with three signs between them


@dataclass(frozen=True, slots=True)
class Logits:
    """What the network says; the place of the first token (CLS) stands for "not here"."""

    start: torch.Tensor  # (texts, tokens)
    end: torch.Tensor
    evidence: torch.Tensor
    answerable: torch.Tensor  # (texts,)


class Network(nn.Module):  # type: ignore[misc]  # torch is not typed here
    """BERT with a start, an end and an evidence logit for each token, and an answerable logit for the whole."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.body = BertModel(config, add_pooling_layer=False)
        self.shared = nn.Parameter(torch.zeros(config.hidden_size))
        self.tokens = nn.Linear(config.hidden_size, 3)
        self.whole = nn.Sequential(
            nn.Linear(config.hidden_size, config.hidden_size), nn.Tanh(), nn.Linear(config.hidden_size, 1)
        )

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and so many of the first layers as they are: a third of the time is saved with two."""
        for part in (self.body.embeddings, *self.body.encoder.layer[:layers]) if layers else ():
            part.requires_grad_(False)

    @property
    def device(self) -> torch.device:
        return self.tokens.weight.device

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor, shared: torch.Tensor) -> Logits:
        """Read texts, each array of shape (texts, tokens); `shared` says how telling a word is that both texts have."""
        hidden = self.body.embeddings(input_ids=ids, token_type_ids=kinds)
        seen = mask.bool()[:, None, None, :]
        for place, layer in enumerate(self.body.encoder.layer):
            if place == SHARED_FROM:
                hidden = hidden + shared[:, :, None] * self.shared
            hidden = layer(hidden, seen)
        start, end, evidence = self.tokens(hidden).float().unbind(dim=2)
        return Logits(start, end, evidence, self.whole(hidden[:, 0]).float().squeeze(1))

    def means(self, ids: torch.Tensor, mask: torch.Tensor, layers: tuple[int, ...]) -> list[torch.Tensor]:
        """The mean of the tokens after some of the layers: what a sentence means, as the teacher has it."""
        every = self.body(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        return [_mean(every[layer], mask) for layer in layers]


class Teacher(nn.Module):  # type: ignore[misc]
    """The English model as it was published."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.body = BertModel.from_pretrained(folder, add_pooling_layer=False)
        self.eval()

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def means(self, ids: torch.Tensor, mask: torch.Tensor, layers: tuple[int, ...]) -> list[torch.Tensor]:
        every = self.body(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        return [_mean(every[layer], mask) for layer in layers]


def beginning(teacher: Teacher, vectors: torch.Tensor) -> Network:
    """A network with the body of the English model and the word vectors of a new vocabulary."""
    config = BertConfig(**{**teacher.body.config.to_dict(), "vocab_size": len(vectors)})
    network = Network(config)
    weights = {name: value for name, value in teacher.body.state_dict().items() if "word_embeddings" not in name}
    network.body.load_state_dict({**weights, "embeddings.word_embeddings.weight": vectors})
    return network


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


def padded(
    rows: Sequence[Sequence[int]] | Sequence[Sequence[float]], device: torch.device
) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of numbers as one array filled up with 0, and where it holds numbers of a row."""
    size = max(map(len, rows))
    array = torch.tensor([[*row] + [0] * (size - len(row)) for row in rows], device=device)
    mask = torch.tensor([[1] * len(row) + [0] * (size - len(row)) for row in rows], device=device)
    return array, mask


def _mean(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    weights = mask[:, :, None].to(hidden.dtype)
    return functional.normalize(((hidden * weights).sum(dim=1) / weights.sum(dim=1)).float(), dim=1)
