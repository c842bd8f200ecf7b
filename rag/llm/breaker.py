"""Lets an endpoint rest that has failed several times in a row, so that nobody waits for it in vain."""

from __future__ import annotations

import threading
import time

FAILURES = 5  # in a row
REST = 30.0  # seconds


class Breaker:
    """Counts failures in a row. Of the packages for this, the best kept one runs one guarded call at a time."""

    def __init__(self, failures: int = FAILURES, rest: float = REST) -> None:
        self._most, self._rest = failures, rest
        self._failures = 0
        self._resting_until = 0.0
        self._lock = threading.Lock()

    def lets_through(self) -> bool:
        """Whether to try now; after a rest one caller may, and the others rest on until it is known how that went."""
        with self._lock:
            if self._failures < self._most:
                return True
            if time.monotonic() < self._resting_until:
                return False
            self._resting_until = time.monotonic() + self._rest
            return True

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._resting_until = time.monotonic() + self._rest

    def worked(self) -> None:
        with self._lock:
            self._failures = 0
