"""Writes a trained network as ONNX in whole numbers of 8 bits, with its tokenizer, calibration and checksums."""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from rag.reader.decoding import Calibration
from rag.reader.half_bytes import packed, unpacked
from rag.reader.network import LONGEST, Network
from rag.reader.reading import DESCRIPTION, TOKENIZER, WEIGHTS
from rag.reader.whole_numbers import Text, in_whole_numbers

OPSET = 17
SHOWN, TOKENS = 32, 200  # texts of so many tokens by chance, of which the ranges of activations are taken
UNFITTED = Calibration(bias=0.0, margin=0.3, evidence=0.3, whole=0.3)


def release(network: Network, tokenizer: Tokenizer, folder: Path, calibration: Calibration = UNFITTED) -> None:
    """Write the files aside, then move each into the folder; the one with the checksums goes last."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".release-") as place:
        aside = Path(place)
        export(network, aside / WEIGHTS)
        tokenizer.save(str(aside / TOKENIZER), pretty=False)
        describe(aside, calibration)
        for name in (WEIGHTS, TOKENIZER, DESCRIPTION):
            (aside / name).chmod(0o644)
            (aside / name).replace(folder / name)


def describe(folder: Path, calibration: Calibration) -> None:
    """Write the calibration and the checksums of what lies in the folder."""
    checksums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (WEIGHTS, TOKENIZER)}
    description = {"checksums": checksums, "calibration": calibration.told()}
    (folder / DESCRIPTION).write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


def export(network: Network, path: Path, *, whole_numbers: bool = True) -> None:
    """Write the network as ONNX for one text at a time: `ids` and `kinds` of shape (1, tokens).

    One at a time: no padding to compute, and what a passage scores cannot depend on its company.
    """
    example = torch.ones((1, 8), dtype=torch.int64)
    exact = path.with_suffix(".float.onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that needs no further package is announced to go
        torch.onnx.export(
            _Exported(network).eval(),
            (example, example),
            str(exact),
            input_names=["ids", "kinds"],
            output_names=["tokens", "whole"],
            dynamic_axes={"ids": {1: "size"}, "kinds": {1: "size"}, "tokens": {0: "size"}},
            opset_version=OPSET,
            dynamo=False,
        )
    if not whole_numbers:
        exact.replace(path)
        return
    onnx.save(in_whole_numbers(onnx.load(exact), _by_chance(network)), path)
    exact.unlink()


def _by_chance(network: Network) -> list[Text]:
    """Texts of tokens drawn by chance, always the same: they use the channels much as real ones do."""
    dice, size = np.random.default_rng(0), network.body.config.vocab_size
    ids = dice.integers(0, size, (SHOWN, 1, TOKENS))
    kinds = np.ones((1, TOKENS), dtype=np.int64)
    kinds[:, : TOKENS // 8] = 0
    return [{"ids": one, "kinds": kinds} for one in ids]


class _Exported(nn.Module):  # type: ignore[misc]  # torch is not typed here
    """The same network in few operations: one text, no padding, queries, keys and values in one product."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        body = network.body
        self._heads = int(body.config.num_attention_heads)
        words, scales = packed(body.embeddings.word_embeddings.weight)
        self.register_buffer("words", words)
        self.register_buffer("scales", scales)
        self.register_buffer("places", body.embeddings.position_embeddings.weight.detach()[:LONGEST].half())
        self.kinds = body.embeddings.token_type_embeddings
        self.norm = body.embeddings.LayerNorm
        self.layers = nn.ModuleList(_Layer(layer) for layer in body.encoder.layer)
        self.edges, self.whole = network.tokens, network.whole

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        ids, kinds = ids[0], kinds[0]
        words = unpacked(self.words[ids], self.scales[ids])
        hidden = self.norm(words + self.places[: ids.shape[0]].float() + self.kinds(kinds))
        for layer in self.layers:
            hidden = layer(hidden, self._heads)
        return self.edges(hidden), self.whole(hidden[:1])[0]


class _Layer(nn.Module):  # type: ignore[misc]
    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        own, after = layer.attention.self, layer.attention.output
        parts = (own.query, own.key, own.value)
        self.weight = nn.Parameter(torch.cat([part.weight for part in parts]).detach().T.contiguous())
        self.bias = nn.Parameter(torch.cat([part.bias for part in parts]).detach())
        self.mixed, self.first_norm = _Product(after.dense), after.LayerNorm
        self.wide, self.narrow = _Product(layer.intermediate.dense), _Product(layer.output.dense)
        self.second_norm = layer.output.LayerNorm

    def forward(self, hidden: torch.Tensor, heads: int) -> torch.Tensor:
        size = hidden.shape[1] // heads
        every = (hidden @ self.weight + self.bias).view(-1, 3, heads, size)
        query, key, value = every[:, 0].transpose(0, 1), every[:, 1].permute(1, 2, 0), every[:, 2].transpose(0, 1)
        attention = torch.softmax(query @ key / math.sqrt(size), dim=-1)
        heard = (attention @ value).transpose(0, 1).reshape(-1, heads * size)
        hidden = self.first_norm(hidden + self.mixed(heard))
        return self.second_norm(hidden + self.narrow(functional.gelu(self.wide(hidden))))


class _Product(nn.Module):  # type: ignore[misc]
    """A linear layer that is exported as a product and a sum, which is what can be told in whole numbers."""

    def __init__(self, linear: nn.Module) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(linear.weight.detach().T.contiguous()), linear.bias

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        return hidden @ self.weight + self.bias
