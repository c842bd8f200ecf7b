"""Makes a network again of a released reader, so that it can learn on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import BertConfig

from rag.reader.half_bytes import unpacked
from rag.reader.network import LONGEST, Network
from rag.reader.reading import WEIGHTS
from rag.reader.whole_numbers import matrix

HEADS = 12
_NORMS = {"first_norm": "attention.output.LayerNorm", "second_norm": "output.LayerNorm"}
_PRODUCTS = {"mixed": "attention.output.dense", "wide": "intermediate.dense", "narrow": "output.dense"}


def restored(folder: Path) -> Network:
    """The network of the reader in a folder, as exact as its whole numbers are.

    Raises:
        OSError: the weights cannot be read.
        KeyError: they are of another layout.
    """
    stored = {part.name: numpy_helper.to_array(part) for part in onnx.load(folder / WEIGHTS).graph.initializer}
    words = unpacked(torch.tensor(stored["words"]), torch.tensor(stored["scales"])).numpy()
    layers = 1 + max(int(name.split(".")[1]) for name in stored if name.startswith("layers."))
    network = Network(
        BertConfig(
            vocab_size=words.shape[0],
            hidden_size=words.shape[1],
            num_hidden_layers=layers,
            num_attention_heads=HEADS,
            intermediate_size=stored["layers.0.wide.bias"].shape[0],
            max_position_embeddings=LONGEST,
        )
    )
    weights = {
        "body.embeddings.word_embeddings.weight": words,
        "body.embeddings.position_embeddings.weight": stored["places"],
        "body.embeddings.token_type_embeddings.weight": stored["kinds.weight"],
        **_both(stored, "norm", "body.embeddings.LayerNorm"),
        **_both(stored, "edges", "tokens"),
        **_both(stored, "whole.0", "whole.0"),
        **_both(stored, "whole.2", "whole.2"),
    }
    for number in range(layers):
        weights |= _layer(stored, number)
    network.load_state_dict({name: torch.tensor(value) for name, value in weights.items()})
    return network


def _layer(stored: Mapping[str, NDArray[np.float32]], number: int) -> dict[str, NDArray[np.float32]]:
    there, here = f"layers.{number}", f"body.encoder.layer.{number}"
    weights: dict[str, NDArray[np.float32]] = {}
    parts = zip(np.split(matrix(stored, f"{there}.weight").T, 3), np.split(stored[f"{there}.bias"], 3), strict=True)
    for name, (weight, bias) in zip(("query", "key", "value"), parts, strict=True):
        weights[f"{here}.attention.self.{name}.weight"] = weight
        weights[f"{here}.attention.self.{name}.bias"] = bias
    for name, own in _PRODUCTS.items():
        weights[f"{here}.{own}.weight"] = matrix(stored, f"{there}.{name}.weight").T
        weights[f"{here}.{own}.bias"] = stored[f"{there}.{name}.bias"]
    for name, own in _NORMS.items():
        weights |= _both(stored, f"{there}.{name}", f"{here}.{own}")
    return weights


def _both(stored: Mapping[str, NDArray[np.float32]], there: str, here: str) -> dict[str, NDArray[np.float32]]:
    return {f"{here}.{part}": stored[f"{there}.{part}"] for part in ("weight", "bias")}
