"""A real OpenAI-compatible server on loopback whose behaviour a test chooses, faults included."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

import trustme

from rag import Settings
from rag.settings import Secret

KEY = "sk-loopback-0123456789abcdef"


@dataclass
class Exchange:
    """One request, and the means to answer it."""

    handler: BaseHTTPRequestHandler
    body: dict[str, Any]
    headers: dict[str, str]
    path: str

    @property
    def prompt(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    def refuse(self, status: int, body: str, sort: str = "application/json", **headers: str) -> None:
        data = body.encode()
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", sort)
        self.handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(data)

    def begin(self, sort: str = "text/event-stream; charset=utf-8") -> None:
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", sort)
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()

    def send(self, data: bytes) -> None:
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def stream(self, text: str, ending: str | None = "stop", *, done: bool = True, size: int = 7) -> None:
        """A whole answer as servers send it."""
        self.begin()
        self.send(b"".join(events(text, ending, done=done, size=size)))

    def wait_until_left(self, most: float = 20.0) -> float:
        """Seconds until the client has gone."""
        connection, started = self.handler.connection, time.monotonic()
        connection.settimeout(most)
        try:
            while connection.recv(1024):
                pass
        except OSError:
            pass
        return time.monotonic() - started

    def reset(self) -> None:
        """Hang up without a word, as a process does that is killed."""
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.handler.connection.close()


Behaviour = Callable[[Exchange], None]


@dataclass
class LlmServer:
    """The server; `behave` may be changed between questions."""

    behave: Behaviour
    authority: trustme.CA | None = None  # whose certificate it shows; without one it speaks plain HTTP
    exchanges: list[Exchange] = field(default_factory=list)

    def __enter__(self) -> LlmServer:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.answer(
                    Exchange(self, body, {name.lower(): value for name, value in self.headers.items()}, self.path)
                )

            def do_GET(self) -> None:
                models = {"object": "list", "data": [{"id": "small", "object": "model"}]}
                Exchange(self, {}, {}, self.path).refuse(200, json.dumps(models))

            def log_message(self, *_: object) -> None: ...

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None: ...

        self._http = Server(("127.0.0.1", 0), Handler)
        self.url = f"{'https' if self.authority else 'http'}://127.0.0.1:{self._http.server_port}/v1"
        if self.authority:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.authority.issue_cert("127.0.0.1").configure_cert(context)
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def answer(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)
        self.behave(exchange)

    def settings(self, deadline: float = 10.0, **others: Any) -> Settings:
        return Settings(
            **{
                "llm": "endpoint",
                "llm_url": self.url,
                "llm_model": "small",
                "llm_api_key": Secret(KEY),
                "llm_deadline": deadline,
                **others,
            }
        )


def event(delta: dict[str, Any] | None, ending: str | None = None, **more: Any) -> bytes:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": ending}]
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "small", "choices": choices, **more}
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


def events(text: str, ending: str | None = "stop", *, done: bool = True, size: int = 7) -> Iterable[bytes]:
    yield event({"role": "assistant", "content": ""})
    yield from (event({"content": text[place : place + size]}) for place in range(0, len(text), size))
    if ending:
        yield event({}, ending)
        yield event(None, usage={"prompt_tokens": 321, "completion_tokens": 45, "total_tokens": 366})
    if done:
        yield b"data: [DONE]\n\n"


def closed_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
