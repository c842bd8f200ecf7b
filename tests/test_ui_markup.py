"""Text becomes inert markup, and only plain http and https addresses become links."""

import html
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.corpus.characters import visible
from ui.markup import element, escape, outside_host, shortened


@given(st.text(st.characters()))
def test_escaped_text_holds_no_markup_and_nothing_that_cannot_be_encoded(text: str) -> None:
    escaped = escape(text)
    assert not set("<>\"'") & set(escaped)
    assert html.unescape(escaped) == visible(text)
    escaped.encode()


@given(st.text(st.characters(categories=["Cc", "Cs"])))
def test_of_control_and_surrogate_characters_only_newlines_and_tabs_stay(text: str) -> None:
    assert set(visible(text)) <= {"\n", "\t"}


@pytest.mark.parametrize(
    "hidden",
    [
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\xad",
        "\x00",
        "\x1b",
        "\x9b",
        "\U000e0041",
        "\U0001d173",
        "\u2063",
        "\ufe0f",
    ],
    ids=lambda hidden: unicodedata.name(hidden, f"U+{ord(hidden):04X}"),
)
def test_what_cannot_be_seen_is_dropped(hidden: str) -> None:
    assert escape(f"a{hidden}b") == "ab"


def test_french_typography_stays() -> None:
    text = "« L’œuvre »\u00a0: 5\u202f200 €, J.-C., naïf — fin…"
    assert html.unescape(escape(text)) == text


def test_an_attribute_cannot_be_left() -> None:
    assert element("p", {"title": '" onclick="alert(1)', "id": None}, escape("<b>")) == (
        '<p title="&quot; onclick=&quot;alert(1)">&lt;b&gt;</p>'
    )


@given(st.text(), st.integers(10, 200))
def test_a_shortened_text_is_one_line_within_its_limit(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert "\n" not in short


def test_a_title_is_cut_at_a_word() -> None:
    assert shortened("Le retrait des troupes de la coalition", limit=24) == "Le retrait des troupes…"


def test_a_megabyte_of_title_is_cut_at_once() -> None:
    started = time.thread_time()
    assert len(shortened("é" * 1_000_000)) == 160
    assert time.thread_time() - started < 0.1


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://news.example/a?b=1&c=2#d", "news.example"),
        ("http://news.example:8080/", "news.example:8080"),
        ("HTTPS://News.Example/", "news.example"),
    ],
)
def test_http_and_https_addresses_lead_to_their_host(url: str, host: str) -> None:
    assert outside_host(url) == host


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "data:text/html,<b>", "vbscript:x", "file:///etc/passwd", "ftp://a.example/"),
        *("//evil.example/", "/relative", "evil.example", "", " java\tscript:alert(1)", "https://", "http:///path"),
        *("https://bank.example@evil.example/", "https://a.example\\@evil.example/", "https://a.example/\u202egpj"),
        *("https://a.example:99999999/", "https://[::1", "https://a.example/a b", "https://a.example/" + "a" * 3_000),
    ],
)
def test_other_addresses_make_no_link(url: str) -> None:
    assert outside_host(url) is None
