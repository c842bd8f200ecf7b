"""Measures how long each stage of an answer takes."""

from __future__ import annotations

import time


class Laps:
    """The stages that have ended, each with its seconds, since this was made."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.ended: tuple[tuple[str, float], ...] = ()

    def end(self, stage: str) -> None:
        """End a stage that began when the one before it ended."""
        self.ended = (*self.ended, (stage, self.since_last()))
        self._last = time.perf_counter()

    def since_last(self) -> float:
        """Seconds since the last stage ended."""
        return time.perf_counter() - self._last
