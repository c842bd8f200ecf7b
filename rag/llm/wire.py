"""Opens connections whose every read and write ends when the call they belong to is over."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from rag.llm.call import GLANCE, Call


class GuardedBackend(httpcore.NetworkBackend):
    """Connections for one call."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return GuardedStream(self._plain.connect_tcp(host, port, timeout, local_address, socket_options), self._call)


class GuardedStream(httpcore.NetworkStream):
    """A connection that is looked up from many times a second: has the call been given up?"""

    def __init__(self, inner: httpcore.NetworkStream, call: Call) -> None:
        self._inner, self._call = inner, call

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        limits = [limit for limit in (timeout, self._call.patience) if limit is not None]
        end = time.monotonic() + min(limits, default=self._call.remaining)
        while True:
            left = min(GLANCE, end - time.monotonic(), self._call.remaining)
            if left <= 0:
                raise httpcore.ReadTimeout
            try:
                return self._inner.read(max_bytes, left)
            except httpcore.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = self._call.remaining if timeout is None else min(timeout, self._call.remaining)
        if left <= 0:
            raise httpcore.WriteTimeout
        self._inner.write(buffer, left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return GuardedStream(self._inner.start_tls(ssl_context, server_hostname, timeout), self._call)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
