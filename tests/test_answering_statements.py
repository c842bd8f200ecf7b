"""Tests of taking sentences apart."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rag.answering.verifying.statements import Statement, statements, worded

TEXTS = (
    "Le port (fermé lundi, selon la ville) rouvre. « Nous sommes prêts », a dit le maire ; il attend 200 navires.",
    "The harbour, closed on Monday, is open again.\nIt took 3 days [sic] - no more.",
    "",
)


def _clauses(statement: Statement) -> list[tuple[str, int, bool]]:
    """Each word with its place and whether it begins another clause than the word before it."""
    tokens = list(statement.tokens)
    begins = [True, *(one.clause != other.clause for one, other in pairwise(tokens))]
    return [(token.folded, token.start, new) for token, new in zip(tokens, begins, strict=False)]


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_read_for_their_words_alone_have_the_same_words_and_clauses(text: str) -> None:
    language = "en" if "harbour" in text else "fr"
    read, whole = worded(text, language), statements(text, language)
    assert [_clauses(one) for one in read] == [_clauses(one) for one in whole]
    assert [len(one.tokens) for one in read] == [len(one.tokens) for one in whole]


def test_the_clause_around_brackets_goes_on_after_them() -> None:
    tokens = {token.folded: token.clause for token in worded(TEXTS[0], "fr")[0].tokens}
    assert tokens["port"] == tokens["rouvre"] != tokens["ferme"]
