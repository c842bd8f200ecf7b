"""Vectors are ranked exactly, and equal ones always in the same order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import EncoderError
from rag.index.vectors import embedded, embedded_question, nearest


def unit_rows(count: int, dimension: int, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(
    seed=st.integers(0, 10_000),
    copies=st.integers(1, 40),
    limit=st.integers(0, 50),
    masked=st.booleans(),
)
def test_the_nearest_are_those_of_a_plain_sort(seed: int, copies: int, limit: int, masked: bool) -> None:
    distinct = unit_rows(7, 33, seed)
    vectors = np.concatenate([distinct] * copies)
    ids = [f"{number * 7_919 % 1_000:03d}" for number in range(len(vectors))]
    mask = np.random.default_rng(seed).random(len(ids)) < 0.5 if masked else None
    query = unit_rows(1, 33, seed + 1)[0]
    cosines = [float(np.dot(row.astype(np.float64), query.astype(np.float64))) for row in distinct] * copies
    shown = [place for place in range(len(ids)) if mask is None or mask[place]]
    expected = sorted(shown, key=lambda place: (-round(cosines[place], 9), ids[place]))[:limit]
    if limit:
        found = nearest(vectors, ids, query, limit, mask)
        assert [passage_id for passage_id, _ in found] == [ids[place] for place in expected]
        assert [cosine for _, cosine in found] == pytest.approx([cosines[place] for place in expected])


def test_a_row_that_is_no_vector_is_named_with_its_text() -> None:
    rows = np.array([[1, 0], [0, 0]], dtype=np.float32)
    with pytest.raises(EncoderError, match=r"length 0\.0 instead of 1 for 'second'"):
        embedded(lambda texts: rows, ["first", "second"], 2)


def test_a_question_of_zeros_is_no_vector_and_one_of_nan_is_an_error() -> None:
    assert embedded_question(lambda texts: np.zeros((1, 2)), "?", 2) is None
    assert embedded_question(lambda texts: np.array([[0, 1]]), "?", 2) is not None
    with pytest.raises(EncoderError):
        embedded_question(lambda texts: np.full((1, 2), np.nan), "?", 2)
