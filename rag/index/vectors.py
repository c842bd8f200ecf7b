"""Checks what an encoder returns and ranks stored vectors by cosine, exactly and always in the same order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import EncoderError
from rag.index.store import Vectors

Mask = NDArray[np.bool_]


def embedded(embed: Callable[[Sequence[str]], Any], texts: Sequence[str], dimension: int) -> Vectors:
    """The vectors that an encoder gives for texts, one row each.

    Raises:
        EncoderError: not one finite row of length 1 for each text.
    """
    vectors = np.asarray(embed(texts), dtype=np.float32)
    if vectors.shape != (len(texts), dimension):
        raise _refusal(f"gave an array of shape {vectors.shape!r} instead of {(len(texts), dimension)!r}")
    lengths = np.linalg.norm(vectors, axis=1)
    faulty = np.flatnonzero(~(np.abs(lengths - 1) < _TOLERANCE))  # NaN is not near 1 either
    if faulty.size:
        first = int(faulty[0])
        raise _refusal(f"gave a vector of length {float(lengths[first])!r} instead of 1 for {texts[first][:40]!r}")
    return vectors


def embedded_question(embed: Callable[[Sequence[str]], Any], question: str, dimension: int) -> Vectors | None:
    """The vector of one question; None where the encoder knows none of its words and gives zeros.

    Raises:
        EncoderError: it is neither zeros nor a finite vector of length 1.
    """
    given = np.asarray(embed([question]), dtype=np.float32)
    if given.shape == (1, dimension) and not given.any():
        return None
    row: Vectors = embedded(lambda _: given, [question], dimension)[0]
    return row


def products(one: Vectors, other: Vectors) -> Vectors:
    """The scalar product of each row of one array, (n, dimension), with each of another, (m, dimension): (n, m).

    Not a matrix product: BLAS spreads it over threads, which wait for each other where other processes work. A question
    then took half as long again; on an idle machine it made no difference.
    """
    result: Vectors = np.einsum("ik,jk->ij", one, other)
    return result


def nearest(
    vectors: Vectors, ids: Sequence[str], query: Vectors, limit: int, mask: Mask | None = None
) -> list[tuple[str, float]]:
    """The `limit` rows nearest to `query` as (id, cosine), best first; equal ones in order of id.

    Args:
        mask: True for the rows that may be found.
    """
    scores = products(vectors, query[None])[:, 0]
    candidates = np.arange(len(ids)) if mask is None else np.flatnonzero(mask)
    if limit < len(candidates):
        among = scores[candidates]
        least = np.partition(among, len(among) - limit)[len(among) - limit]
        candidates = candidates[among >= least - _ROUNDING]
    cosines = exact_cosines(vectors[candidates], query)
    found = zip((ids[int(place)] for place in candidates), cosines, strict=True)
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


def exact_cosines(vectors: Vectors, query: Vectors) -> list[float]:
    """The cosine of each row with `query`, summed row by row.

    A matrix product may round one and the same row differently at different places; equal passages must tie.
    """
    products = vectors.astype(np.float64) * query.astype(np.float64)
    return [float(cosine) for cosine in products.sum(axis=1)]


_TOLERANCE = 1e-3
_ROUNDING = 1e-5  # more than a product of float32 unit vectors is off


def _refusal(what: str) -> EncoderError:
    return EncoderError(f"the embedding model {what}; nothing of it was stored: choose another RAG_EMBED_MODEL")
