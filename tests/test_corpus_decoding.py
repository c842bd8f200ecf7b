from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rag.corpus.decoding import decode
from rag.errors import CorpusError

FRENCH = "« L’été, où l’œuvre a coûté 5 200 € », a-t-il dit… Noël à Aÿ – ça va."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_french_text_keeps_every_letter(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


def test_latin_1_keeps_every_letter() -> None:
    text = FRENCH.replace("’", "'").replace("œ", "oe").replace("€", "EUR").replace("…", "...").replace("–", "-")
    assert decode(text.encode("latin-1")) == text


def test_a_stray_byte_does_not_spoil_a_utf_8_text() -> None:
    assert decode(FRENCH.encode() + b" caf\xe9") == f"{FRENCH} café"
    assert decode((FRENCH * 3).encode()[:-1].rsplit(b" ", 1)[0] + b" \xc3") == (FRENCH * 3).rsplit(" ", 1)[0] + " Ã"


def test_another_alphabet_is_told_by_its_letters() -> None:
    russian = "Президент сообщил, что войска будут выведены из региона до конца года. " * 5
    assert decode(russian.encode("cp1251")) == russian


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04abc", "a zip archive"),
        (b"\x7fELF\x02", "a program"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"some text\0and more", "binary data"),
        (b"\x01\x02\x03\x04 abc", "binary data"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, kind: str) -> None:
    with pytest.raises(CorpusError, match=kind):
        decode(data)


@given(some.text(alphabet=some.characters(exclude_categories=["Cc", "Cs"])))
def test_utf_8_text_is_read_as_it_is(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


@given(some.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except CorpusError:
        return
    assert text or not data.strip(b"\xef\xbb\xbf\xff\xfe")
