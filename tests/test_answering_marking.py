"""Tests of lines and marks: however a stream is cut up, and whatever a model puts around its marks."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.llms.openai_like import OpenAILike
from llm_server import event

from rag import Settings
from rag.answering.prose.marking import (
    LONGEST_LINE,
    MOST_CHARACTERS,
    Marked,
    WrittenLine,
    holds_markup,
    is_whole,
    lines,
    marked,
)
from rag.llm import Call, Message, open_writer

WRITTEN = (
    "<think>« 5 200 » ?\r\nOui.</think>\r\n"
    "L’été à Évian : 5 200 €. [k7f3]\n\n- Déjà <thé> vu. [m2x9, k7f3]\u2028Fin [99"
)
LINES = ["L’été à Évian : 5 200 €. [k7f3]", "- Déjà <thé> vu. [m2x9, k7f3]", "Fin [99"]


def test_lines_end_where_any_program_ends_them() -> None:
    assert [line.text for line in lines([WRITTEN])] == LINES
    assert [line.ended for line in lines([WRITTEN])] == [True, True, False]


def test_every_cut_in_two_gives_the_same_lines() -> None:
    for place in range(len(WRITTEN) + 1):
        assert [line.text for line in lines([WRITTEN[:place], WRITTEN[place:]])] == LINES


@settings(max_examples=200)
@given(st.data())
def test_any_cutting_of_any_text_gives_the_same_lines(data: st.DataObject) -> None:
    alphabet = st.sampled_from([*"<think>/ab[]9\n\r\u2028é", "<think>", "</think>", "x" * 700])
    written = "".join(data.draw(st.lists(alphabet, max_size=40)))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(written)), max_size=12)))
    pieces = [written[start:end] for start, end in zip([0, *cuts], [*cuts, len(written)], strict=True)]
    assert list(lines(pieces)) == list(lines([written]))


class Bytes(httpx.SyncByteStream):
    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self.parts


def test_every_cut_of_the_bytes_of_a_stream_gives_the_same_lines() -> None:
    sent = event({"content": "Déjà 5 200 €. [k7f3]\nFin. [99]"}, "stop") + b"data: [DONE]\n\n"
    parts: list[bytes] = []

    def answered(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Bytes(parts))

    client = httpx.Client(transport=httpx.MockTransport(answered))
    llm = OpenAILike(model="m", api_base="http://127.0.0.1/v1", api_key="-", is_chat_model=True, http_client=client)
    writer = open_writer(Settings(), llm)
    assert writer is not None
    for cut in [*([sent[:place], sent[place:]] for place in range(len(sent))), [bytes([byte]) for byte in sent]]:
        parts[:] = cut
        written = writer.write([Message("user", "?")], Call(20))
        assert [line.text for line in lines(piece.text for piece in written)] == ["Déjà 5 200 €. [k7f3]", "Fin. [99]"]


def test_a_line_without_end_is_not_given() -> None:
    assert list(lines(["Bien.\n", "x" * (LONGEST_LINE + 1), "\nApres.\n"])) == [WrittenLine("Bien.")]


def test_a_model_that_goes_on_and_on_is_not_read_to_the_end() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "Encore une ligne.\n"

    assert sum(len(line.text) for line in lines(endless())) <= MOST_CHARACTERS
    assert list(lines("<think>" + "hm " * 100_000 for _ in range(9))) == []


@pytest.mark.parametrize(
    ("line", "text", "marks"),
    [
        ("Erbil est la capitale. [k7f3]", "Erbil est la capitale.", ("k7f3",)),
        ("Erbil est la capitale [k7f3].", "Erbil est la capitale.", ("k7f3",)),
        ("Erbil [k7f3] est la capitale.[m2x9]", "Erbil est la capitale.", ("k7f3", "m2x9")),
        ("Erbil. [k7f3][k7f3]", "Erbil.", ("k7f3",)),
        ("Erbil. [k7f3, m2x9; 99]", "Erbil.", ("k7f3", "m2x9", "99")),
        ("Erbil. 【K7F3】", "Erbil.", ("k7f3",)),
        ("Erbil. [source k7f3] [^1]", "Erbil.", ("k7f3", "1")),
        ("Erbil (k7f3).", "Erbil.", ("k7f3",)),
        ("Erbil (1991).", "Erbil (1991).", ()),
        ("Le tribunal [de commerce] a jugé.", "Le tribunal [de commerce] a jugé.", ()),
        ("- **Erbil** est la capitale. [k7f3]", "Erbil est la capitale.", ("k7f3",)),
        ("1. Erbil. [k7f3]", "Erbil.", ("k7f3",)),
        ("2 * 3 * 4 = 24 ** non", "2 * 3 * 4 = 24 ** non", ()),
        ("[k7f3]", "", ("k7f3",)),
    ],
)
def test_marks_are_taken_off_however_they_are_written(line: str, text: str, marks: tuple[str, ...]) -> None:
    assert marked(line, {"k7f3", "m2x9"}) == Marked(text, marks)


@pytest.mark.parametrize(
    ("line", "whole"), [("Fin. [k7f3]", True), ("Fin.", True), ("Fin [k7", False), ("Et la", False)]
)
def test_a_line_that_was_cut_is_known_by_its_end(line: str, whole: bool) -> None:
    assert is_whole(line) == whole


@pytest.mark.parametrize(
    "text",
    [
        "[x](http://e.example)",
        "![x]",
        "www.e.example",
        "<img src=x>",
        "a`b",
        "javascript:alert(1)",
        "&lt;b",
        "a\u200bb",
        "@all",
    ],
)
def test_what_a_page_would_act_upon_is_markup(text: str) -> None:
    assert holds_markup(f"Selon la mairie, {text} dit-on.")


@pytest.mark.parametrize(
    "text", ["À 18 h, 5 < 6 & 7 > 2 : « oui » — 3 % (env.) n° 4; l'été.", "R&D, AT&T et l’euro à 1,10 $."]
)
def test_plain_prose_is_no_markup(text: str) -> None:
    assert not holds_markup(text)


@pytest.mark.parametrize(
    "unit", ["1", "[", "]", "[1", "1,", "(1", "**", "<think>", "<", "- ", "1. ", " [k7f3]", " .", "&#1"]
)
def test_hostile_lines_take_linear_time(unit: str) -> None:
    line = unit * (10_000 // len(unit))
    started = time.thread_time()
    marked(line, {"k7f3"})
    is_whole(line)
    holds_markup(line)
    list(lines([line]))
    assert time.thread_time() - started < 0.5
