"""Turns the bytes of a file into text, in whatever usual encoding they are, and tells text from binary noise."""

from __future__ import annotations

import codecs
import re

from rag.errors import CorpusError

# Bytes that are not UTF-8 are cp1252 in this trade. charset-normalizer is asked only where most letters would be
# accented: of 300 French articles saved as cp1252 it takes 44 for Central European or Baltic, and of their first 300
# characters 78.


def decode(data: bytes) -> str:
    """The text that `data` encodes: UTF-8, UTF-16 with its mark, cp1252, latin-1, or what else its letters show.

    A UTF-8 text with a few stray bytes stays UTF-8, and the stray bytes are read as cp1252.

    Raises:
        CorpusError: the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if kind := _kind(data):
        raise CorpusError(f"is {kind}, not text; convert it to .txt, .md, .html or .jsonl")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_mixed(data)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "compressed data"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
)
_SAMPLE = 65_536
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_MOST_CONTROL = 0.02  # share of control characters above which bytes are no text
_ASCII = bytes(range(128))
_MOST_ACCENTED = 0.3  # share of bytes that are no ASCII; in French it is below 0.1
_STRAY = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[^\x00-\x7f\udc80-\udcff]")


def _kind(data: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    sample = data[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    return "binary data" if b"\0" in sample or control > _MOST_CONTROL * len(sample) else None


def _decode_mixed(data: bytes) -> str:
    text = data.decode("utf-8", "surrogateescape")
    if len(_FOREIGN.findall(text)) > 2 * len(_STRAY.findall(text)):
        return _STRAY.sub(lambda match: _western(bytes([ord(match[0]) - 0xDC00])), text)
    sample = data[:_SAMPLE]
    if len(sample.translate(None, _ASCII)) > _MOST_ACCENTED * len(sample):
        # Late: needed for few files.
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        return data.decode(best.encoding, "replace") if best else _western(data)
    return _western(data)


def _western(data: bytes) -> str:
    """The text in cp1252, or in latin-1 for the five bytes that cp1252 leaves undefined."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
