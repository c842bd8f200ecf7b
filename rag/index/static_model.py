"""Embeds texts as the mean of their tokens' vectors, with tokenizers and numpy alone: no torch, ready at once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import safetensors
from numpy.typing import NDArray
from safetensors.numpy import load as read_tensors
from tokenizers import Tokenizer

from rag.errors import EncoderError

WEIGHTS, TOKENIZER, CHECKSUMS = "model.safetensors", "tokenizer.json", "checksums.json"


@lru_cache(maxsize=1)
def read_static_model(folder: Path) -> StaticModel:
    """Read a static embedding model and compare it with the checksums beside it.

    The layout is one that sentence-transformers reads as a StaticEmbedding: `model.safetensors` holds rows of whole
    numbers (`embeddings`) and, for each token, its row (`mapping`) and what to multiply it with (`weights`).

    Raises:
        EncoderError: a file is missing, is not the one that was released, or has another layout.
    """
    contents = {name: _content(folder / name) for name in (WEIGHTS, TOKENIZER, CHECKSUMS)}
    found = {name: hashlib.sha256(contents[name]).hexdigest() for name in (WEIGHTS, TOKENIZER)}
    expected = _checksums(contents[CHECKSUMS], folder)
    for name, checksum in found.items():
        if expected.get(name) != checksum:
            raise EncoderError(f"{name} in {str(folder)!r} is damaged: its checksum is {checksum[:12]!r}; {_RESTORE}")
    tokenizer = _tokenizer(contents[TOKENIZER], folder)
    rows, row_of_token, weights = _tensors(contents[WEIGHTS], tokenizer.get_vocab_size(), folder)
    digest = hashlib.sha256("".join(found.values()).encode()).hexdigest()
    return StaticModel(tokenizer, rows, row_of_token, weights, digest)


@dataclass(slots=True, eq=False, repr=False)
class StaticModel:
    """A tokenizer and a vector for each of its tokens; safe to share between threads."""

    tokenizer: Tokenizer
    rows: NDArray[np.int8]  # (rows, dimension)
    row_of_token: NDArray[np.int64]
    weights: NDArray[np.float32]  # of each token; its vector is weight times row
    digest: str
    _known: _Words = field(init=False)

    def __post_init__(self) -> None:
        self._known = _Words(self.tokenizer)

    @property
    def word_by_word(self) -> bool:
        return True

    @property
    def dimension(self) -> int:
        return int(self.rows.shape[1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The sum of each text's token vectors: it has the direction of their mean; zero where no token is known."""
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            found = list(self._tokens(texts[start : start + _TEXTS_AT_ONCE]))
            few = [row for row, tokens in enumerate(found) if 0 < len(tokens) <= _FEW]
            if few:
                sums[[start + row for row in few]] = self._totals([found[row] for row in few])
            for row, tokens in enumerate(found, start):
                if len(tokens) > _FEW:
                    for first in range(0, len(tokens), _TOKENS_AT_ONCE):
                        sums[row] += self._total(np.array(tokens[first : first + _TOKENS_AT_ONCE], dtype=np.int64))
        return sums

    def _totals(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """The totals of texts of few tokens, such as lone words, for which one product each would be slow."""
        tokens = np.array(list(chain.from_iterable(texts)), dtype=np.int64)
        vectors = self.rows.take(self.row_of_token.take(tokens), axis=0) * self.weights.take(tokens)[:, None]
        firsts = np.cumsum([0, *(len(text) for text in texts[:-1])])
        totals: NDArray[np.float32] = np.add.reduceat(vectors, firsts, axis=0, dtype=np.float32)
        return totals

    def _total(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        vectors = self.rows.take(self.row_of_token.take(tokens), axis=0).astype(np.float32)
        total: NDArray[np.float32] = self.weights.take(tokens) @ vectors
        return total

    def _tokens(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """The tokens of each text. None spans a space or a stop, so that each word is tokenised once and remembered."""
        if len(self._known) > _WORDS_REMEMBERED:
            self._known = _Words(self.tokenizer)
        tokens_of = self._known.__getitem__
        for text in texts:
            yield list(chain.from_iterable(map(tokens_of, _BETWEEN_STOPS.findall(text))))


class _Words(dict[str, tuple[int, ...]]):
    """The tokens of the words that were asked for; threads may fill it together, since they fill in the same."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self._tokenizer = tokenizer

    def __missing__(self, word: str) -> tuple[int, ...]:
        tokens = tuple(self._tokenizer.encode(word, add_special_tokens=False).ids)
        if len(word) <= _LONGEST_REMEMBERED:
            self[word] = tokens
        return tokens


_RESTORE = "restore the folder from a fresh copy of the project, or set RAG_EMBED_MODEL to another model"
_BETWEEN_STOPS = re.compile(r"[^ \n.,;:!?'’\"()«»…-]+")
_WORDS_REMEMBERED = 100_000  # about 30 MB
_LONGEST_REMEMBERED = 64  # characters
_TEXTS_AT_ONCE = 256
_FEW = 8  # tokens
_TOKENS_AT_ONCE = 4_096  # of one text: 8 MB of vectors


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EncoderError(f"the encoder cannot be read: {str(path)!r} ({error.strerror}); {_RESTORE}") from error


def _checksums(content: bytes, folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads(content))
    except (TypeError, ValueError) as error:
        raise EncoderError(f"{CHECKSUMS} in {str(folder)!r} cannot be read ({error}); {_RESTORE}") from error


def _tokenizer(content: bytes, folder: Path) -> Tokenizer:
    try:
        return Tokenizer.from_buffer(content)
    except Exception as error:  # tokenizers raises nothing narrower
        raise EncoderError(f"{TOKENIZER} in {str(folder)!r} is of another kind ({error}); {_RESTORE}") from error


def _tensors(content: bytes, tokens: int, folder: Path) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    try:
        tensors = read_tensors(content)
        rows, weights = tensors["embeddings"], tensors["weights"]
        mapping = tensors.get("mapping", np.arange(len(rows)))
    except (KeyError, safetensors.SafetensorError) as error:
        raise EncoderError(f"{WEIGHTS} in {str(folder)!r} is of another kind ({error}); {_RESTORE}") from error
    if (
        rows.ndim != 2
        or not weights.shape == mapping.shape == (tokens,)
        or not 0 <= mapping.min() <= mapping.max() < len(rows)
    ):
        shapes = f"{rows.shape}, {mapping.shape} and {weights.shape} for {tokens} tokens"
        raise EncoderError(f"{WEIGHTS} in {str(folder)!r} has shapes that do not fit: {shapes}; {_RESTORE}")
    return rows, mapping.astype(np.int64), weights
