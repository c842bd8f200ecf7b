"""Stands between the network and the chat: known hosts, our own origin, known paths, bounded bodies, safe headers."""

from __future__ import annotations

import asyncio
import base64
import hmac
import re

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.file_door import FileDoor

LARGEST_BODY = 8_000_000  # bytes; room for an over-long question to be declined in words
LARGEST_UPLOAD = 64_000_000  # bytes of all files sent at once; of each, Gradio takes ten million
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104
AFTER_A_WRONG_PASSWORD = 0.5  # seconds before the refusal
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def guard(app: FastAPI, host: str, password: str = "") -> None:
    """Put the guards in front of every route of `app`: headers outermost, then the host, the password, the doors.

    Args:
        host: the address the app listens on, allowed as a Host beside the loopback names. On all addresses of a
            machine every Host is allowed, for a password keeps out pages that were led here by a false name.
        password: asked of everyone, unless it is empty.
    """
    bracketed = f"[{host}]" if ":" in host else host
    hosts = ["*"] if host in EVERY_ADDRESS and password else [*LOOPBACK, bracketed]
    app.add_middleware(FileDoor)
    app.add_middleware(_Door)
    if password:
        app.add_middleware(_Login, password=password)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    app.add_middleware(_SafeHeaders)


class _SafeHeaders:
    """Sets the security headers on every response, refusals included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _Login:
    """Asks for the password, under any name, as HTTP itself does (RFC 7617); a browser then sends it along."""

    def __init__(self, app: ASGIApp, password: str) -> None:
        self._app = app
        self._expected = password.encode()
        self._refusing = asyncio.Semaphore(4)  # so that nobody guesses faster by asking more at once

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._knows(Headers(scope=scope).get("authorization", "")):
            await self._app(scope, receive, send)
            return
        if Headers(scope=scope).get("authorization"):
            async with self._refusing:
                await asyncio.sleep(AFTER_A_WRONG_PASSWORD)
        asks = {"WWW-Authenticate": 'Basic realm="Depeche", charset="UTF-8"'}
        await PlainTextResponse("A password is needed.", 401, headers=asks)(scope, receive, send)

    def _knows(self, authorization: str) -> bool:
        scheme, _, sent = authorization.partition(" ")
        try:
            _, _, password = base64.b64decode(sent, validate=True).partition(b":")
        except ValueError:
            return False
        return scheme.lower() == "basic" and hmac.compare_digest(password, self._expected)


class _Door:
    """Lets through only what our own page asks for, with bodies of a known and bounded size."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    # The Host was checked before; a page of another host, or of another program on this one, has another origin.
    if origin is not None and origin.lower().partition("://")[2] != headers.get("host", "").lower():
        return PlainTextResponse("Requests from other sites are refused.", 403)
    if not _SERVED.fullmatch(scope["path"]):
        return PlainTextResponse("Not found.", 404)
    if scope["method"] not in ("GET", "HEAD"):
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return PlainTextResponse("The size of the request must be given.", 411)
        if int(length) > (LARGEST_UPLOAD if scope["path"] == _UPLOAD else LARGEST_BODY):
            return PlainTextResponse("The request is too large.", 413)
    return None


_UPLOAD = "/gradio_api/upload"

# What the page of this chat asks for, and no more: Gradio also serves files, a proxy, monitoring and an API.
_SERVED = re.compile(
    r"/|/theme\.css|/favicon\.ico|/robots\.txt|/manifest\.json|/config|/(assets|static|svelte)/.+"
    r"|/gradio_api/(queue/(join|data)|upload|upload_progress|cancel|reset|startup-events|app_id|heartbeat/[^/]+)"
)

# Gradio needs inline scripts and `new Function` to build its page. Inline event handlers, the usual way in for text
# that became markup, stay forbidden, and nothing may be fetched from or sent to another host.
_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
