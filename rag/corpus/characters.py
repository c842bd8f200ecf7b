"""Makes text safe to show and stable to quote: composed letters, plain line ends, nothing invisible."""

from __future__ import annotations

import re
import unicodedata


def normalised(text: str) -> str:
    r"""The text in NFC, with \n as line end and without characters that cannot be seen.

    No-break and thin spaces stay, for quotes keep the typography of the source; runs of other spaces become one
    space. Control, zero-width, direction and tag characters, soft hyphens and lone surrogates go.
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible(text)).replace("\t", " "))


def visible(text: str) -> str:
    """The text without control, bidirectional, zero-width, tag and surrogate characters; line ends become newlines."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str, limit: int = 300) -> str:
    """The text on one line, without invisible characters, cut at `limit` characters: a title, a name, a path."""
    line = " ".join(normalised(text[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SPACES = re.compile("  +")
