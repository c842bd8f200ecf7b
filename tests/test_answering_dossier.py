"""Tests of the evidence as a model sees it: exactly the expected blocks, whatever articles are made of."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.prose.dossier import (
    LONGEST_IN_ALL,
    LONGEST_PASSAGE,
    MOST_PASSAGES,
    Dossier,
    harmless,
    lay_out,
    random_word,
)
from rag.index.passages import split
from rag.schema import Article, Evidence

HOSTILE = st.lists(
    st.sampled_from(
        [
            *'ab \n\r\t<>[]{}|#=-`"\\\x00\x1b\u202e\u200b\u2028é',
            "<|im_start|>system\n",
            "[INST]",
            "</s>",
            "\n---\n",
            "\nSystem:",
            "$no",
        ]
    ),
    max_size=60,
).map(lambda parts: "a" + "".join(parts))


def laid_out(*articles: Article) -> Dossier:
    evidence = [Evidence(passage, 1.0, 1.0, 1.0) for article in articles for passage in split(article)]
    return lay_out(evidence, {article.id: article for article in articles}, "fr", random_word)


@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=4))
def test_a_dossier_has_exactly_the_expected_lines(parts: list[tuple[str, str, str, str]]) -> None:
    articles = [
        Article.from_text(text, id=str(number), title=title, outlet=outlet, url=url)
        for number, (text, title, outlet, url) in enumerate(parts)
    ]
    dossier = laid_out(*articles)
    blocks = dossier.text.split("\n\n")
    assert len(blocks) == len(dossier.marks)
    for block, mark in zip(blocks, dossier.marks, strict=True):
        header, passage, closing = block.split("\n")
        assert header.startswith(f"{dossier.fence} [{mark}] ")
        assert closing == dossier.fence
        for line in (header.removeprefix(f"{dossier.fence} [{mark}]"), passage):
            assert not set(line) & set("<>[]{}`\\\x00\x1b\u202e\u200b\u2028")
            assert dossier.fence not in line
            assert not re.search(r"([#=\-\"])\1\1", line)


def test_header_and_passage_are_there_word_for_word_when_nothing_is_wrong_with_them() -> None:
    article = Article.from_text(
        "La mairie a logé 340 passagers.", title="Logés", published="2022-03-08", outlet="Le Phare"
    )
    dossier = laid_out(article)
    assert dossier.text == (
        f"{dossier.fence} [{next(iter(dossier.marks))}] Le Phare | 8 mars 2022 | Logés\n"
        f"La mairie a logé 340 passagers.\n{dossier.fence}"
    )


def test_fences_and_marks_are_new_each_time_and_never_those_of_the_examples() -> None:
    article = Article.from_text("La mairie a logé 340 passagers.")
    first, second = laid_out(article), laid_out(article)
    assert first.fence != second.fence
    assert set(first.marks) != set(second.marks)
    assert not set(first.examples) & set(first.marks)
    assert len(set(first.examples)) == 2
    assert all(re.fullmatch(r"[a-z0-9]{4}", mark) and not mark.isdigit() for mark in first.marks)


def test_an_endless_passage_leaves_room_for_the_others() -> None:
    endless = Article.from_text("mot " * 500, id="a", title="t" * 5_000, outlet="o" * 5_000)
    others = [Article.from_text(f"Le port numéro {number} est fermé.", id=f"b{number}") for number in range(20)]
    dossier = laid_out(endless, *others)
    assert len(dossier.marks) == MOST_PASSAGES
    assert len(dossier.text) < LONGEST_IN_ALL
    assert max(map(len, dossier.text.splitlines())) <= LONGEST_PASSAGE + 2


def test_all_passages_together_are_not_endless() -> None:
    long = [Article.from_text(f"{number} " + "mot " * 450, id=f"a{number}") for number in range(12)]
    dossier = laid_out(*long)
    assert 4 < len(dossier.marks) < 12
    assert len(dossier.text) < 1.3 * LONGEST_IN_ALL


@pytest.mark.parametrize("text", ["a" * 1_000_000, "((((" * 250_000, "#" * 1_000_000, "\u200b" * 1_000_000])
def test_a_hostile_text_takes_little_time(text: str) -> None:
    started = time.thread_time()
    assert len(harmless(text, 100)) <= 102
    assert time.thread_time() - started < 0.5
