"""Refuses every connection and name look-up that would leave this machine."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

OWN_NAMES = {"localhost", "", None}


class OutsideConnection(Exception):
    """Something tried to reach another machine."""


def install() -> None:
    """Guard this process from now on; the refused attempts are raised where they happen."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _check(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _check(self, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        _check_host(host)
        return look_up(host, *arguments, **options)

    socket.socket.connect = guarded_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = guarded_look_up


def _check(connection: socket.socket, address: Any) -> None:
    if connection.family in (socket.AF_INET, socket.AF_INET6):
        _check_host(address[0])


def _check_host(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in OWN_NAMES or name == socket.gethostname():
        return
    try:
        loopback = ipaddress.ip_address(name).is_loopback or name == "0.0.0.0"
    except ValueError:
        loopback = False
    if not loopback:
        raise OutsideConnection(f"an outside connection was tried: {host!r}")
