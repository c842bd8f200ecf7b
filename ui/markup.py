"""Builds HTML of untrusted text: the one place where text becomes markup and where a link may lead outside."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import NewType
from urllib.parse import urlsplit

from rag.corpus.characters import visible

Html = NewType("Html", str)  # made by `escape` and `element` only

LONGEST_TITLE = 160  # characters shown
LONGEST_ADDRESS = 2_000


def escape(text: str) -> Html:
    """Text of an article, a file name, a url, a question or a model as inert HTML; what cannot be seen is dropped."""
    return Html(html.escape(visible(text), quote=True))


def element(name: str, attributes: Mapping[str, str | None], *inner: Html) -> Html:
    """One element; attribute values are escaped, an attribute that is None is left out."""
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if value is not None)
    return Html(f"<{name}{written}>{''.join(inner)}</{name}>")


def shortened(text: str, limit: int = LONGEST_TITLE) -> str:
    """One line of at most `limit` characters, cut at a word where there is one."""
    line = " ".join(visible(text[: 8 * limit]).split())
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
