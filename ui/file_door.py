"""Lets a request name no file but those uploaded here: Gradio fetches and copies what it names before we see it."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_REQUEST = 8_000_000  # bytes; what is larger has been refused by its stated length already


class FileDoor:
    """Reads the JSON of each request that may start something, and refuses it for any `path` that is no upload."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD") or scope["path"] == _UPLOAD:
            await self._app(scope, receive, send)
            return
        messages, body = await _whole(receive)
        if refusal := _refusal(body):
            await refusal(scope, receive, send)
            return

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self._app(scope, replay, send)


def is_upload(path: object) -> bool:
    """Whether this names a file that was uploaded to Gradio's own folder, with no link or dots leading out of it."""
    from gradio.utils import get_upload_folder  # gradio takes five seconds to import

    if not isinstance(path, str) or not path or "\0" in path:
        return False
    try:
        place = Path(path).resolve(strict=True)
        return place.is_file() and place.is_relative_to(Path(get_upload_folder()).resolve())
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return False


_UPLOAD = "/gradio_api/upload"


async def _whole(receive: Receive) -> tuple[list[Message], bytes]:
    """Every message of a request's body, and the body."""
    messages, size = [], 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body") or size > LARGEST_REQUEST:
            return messages, b"".join(part.get("body", b"") for part in messages)


def _refusal(body: bytes) -> PlainTextResponse | None:
    if len(body) > LARGEST_REQUEST:
        return PlainTextResponse("The request is too large.", 413)
    if not body:
        return None
    try:
        json.loads(body, object_pairs_hook=_checked)
    except _NoUpload:
        return PlainTextResponse("Only files uploaded to this page can be read.", 400)
    except (ValueError, RecursionError):
        return PlainTextResponse("The request is not JSON.", 400)
    return None


class _NoUpload(Exception):
    """A request names a file that was not uploaded here."""


def _checked(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # The pairs rather than the dict: of a key given twice, another parser may believe the other one.
    for key, value in pairs:
        if key == "path" and not is_upload(value):
            raise _NoUpload
    return dict(pairs)
