"""Builds HTML of untrusted text: the one place where text becomes markup and where a link may lead outside."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import NewType
from urllib.parse import urlsplit

from rag.corpus.characters import visible

Html = NewType("Html", str)  # made by `escape` and `element` only

LONGEST_TITLE = 160  # characters shown
LONGEST_TIGHT = 20  # characters
LONGEST_ADDRESS = 2_000


def escape(text: str) -> Html:
    """Text of an article, a file name, a url, a question or a model as inert HTML; what cannot be seen is dropped."""
    return Html(html.escape(visible(text), quote=True))


def element(name: str, attributes: Mapping[str, str | None], *inner: Html) -> Html:
    """One element; attribute values are escaped, an attribute that is None is left out."""
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if value is not None)
    end = "" if name in _WITHOUT_END else f"{''.join(inner)}</{name}>"
    return Html(f"<{name}{written}>{end}")


def emphasised(text: str, span: tuple[int, int] | None) -> Html:
    """The text, with the words at `span` set in bold; a span that does not lie in the text is left aside."""
    if span is None or not 0 <= span[0] < span[1] <= len(text):
        return escape(text)
    start, end = span
    return Html(escape(text[:start]) + strong(text[start:end]) + escape(text[end:]))


def strong(text: str) -> Html:
    """The words of a bare answer; a few of them stay on one line."""
    return element("strong", {"class": "bare tight" if len(text) <= LONGEST_TIGHT else "bare"}, escape(text))


def button(
    label: str, action: str, data: Mapping[str, str | int | None], attributes: Mapping[str, str | None] | None = None
) -> Html:
    """A button that asks the page's script for `action`, with the data that it needs."""
    told = {f"data-{key}": None if value is None else str(value) for key, value in data.items()}
    return element("button", {"type": "button", "data-act": action, **told, **(attributes or {})}, escape(label))


def shortened(text: str, limit: int = LONGEST_TITLE) -> str:
    """One line of at most `limit` characters, cut at a word where there is one."""
    line = _SPACES.sub(" ", visible(text[: 8 * limit])).strip()
    if len(line) <= limit and len(text) <= 8 * limit:
        return line
    kept = line[: limit - 1]
    at_word = kept.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else kept).rstrip(" ,;:") + "…"


def outside_host(url: str | None) -> str | None:
    """The host an article's url leads to, or None where no link may be made of it.

    Only plain http and https addresses count: no other scheme, no relative address, no user name before the host,
    nothing invisible inside.
    """
    if not url or len(url) > LONGEST_ADDRESS or url != visible(url) or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or "\\" in url:
        return None
    return f"{parts.hostname}:{port}" if port else parts.hostname


_SPACES = re.compile("[^\\S\u00a0\u202f]+")  # those at which a line may break; the others belong to the typography
_WITHOUT_END = ("input", "meta")  # elements that hold nothing
