"""Reads what a server says when it refuses: what kind of trouble it is, and in which words."""

from __future__ import annotations

import json
import re

import httpx


def kind_of(answer: httpx.Response) -> str:
    """The kind of trouble (see rag.llm.troubles) that a refusal is."""
    status = answer.status_code
    if is_too_long(answer):
        return "too long"
    if status in (401, 403):
        return "key"
    if status in (404, 405):
        return "not found"
    if status == 429:
        return "busy"
    if status >= 500:
        return "failing"
    return "refused" if status >= 400 else "protocol"


def is_too_long(answer: httpx.Response) -> bool:
    """Whether the server says that the prompt is longer than the model's context."""
    return answer.status_code in (400, 413, 422, 500) and _NO_ROOM.search(answer.text.lower()) is not None


def message(answer: httpx.Response) -> str:
    """The words of a refusal, which most servers put into {"error": {"message": ...}}."""
    try:
        said = json.loads(answer.content)
    except (ValueError, RecursionError):
        return re.sub(r"<[^<>]{0,200}>", " ", answer.text)
    for name in ("error", "message", "detail"):
        if isinstance(said, dict) and name in said:
            said = said[name]
    return said if isinstance(said, str) else json.dumps(said)


_NO_ROOM = re.compile(
    r"context_length_exceeded|exceed_context_size|context (?:length|size|window)|maximum context|too many tokens"
    r"|prompt is too long|reduce the length|maximum input length"
)
