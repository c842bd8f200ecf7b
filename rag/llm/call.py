"""Holds one call to a language model to its deadline, and lets it be given up from outside."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")

AHEAD = 256  # pieces that a model may be ahead of its reader
GLANCE = 0.1  # seconds between two looks at whether the call was given up


class Call:
    """The time that one question may take of a model; once it is over, all that waits for the model stops."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.patience: float | None = None  # the longest pause within it, in seconds
        self._end = time.monotonic() + seconds
        self._given_up = threading.Event()

    @property
    def remaining(self) -> float:
        """Seconds left, 0 or more."""
        return 0.0 if self._given_up.is_set() else max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        return self.remaining <= 0

    def again(self) -> Call:
        """Another call with the same end, for a further request about the same question."""
        call = Call(self.seconds)
        call._end = self._end
        return call

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than the call lasts."""
        self._given_up.wait(min(seconds, self.remaining))

    def give_up(self) -> None:
        """End it now; a model that still writes is cut off within a moment."""
        self._given_up.set()


class Overdue(Exception):
    """The call was over before its model was done."""


def pieces(produce: Callable[[], Iterator[T]], call: Call) -> Iterator[T]:
    """Yield what a producer yields, which runs in a thread of its own, because some wait without any limit.

    When the reader of this iterator goes away, the call is given up.

    Raises:
        Overdue: the call was over first.
        Exception: whatever the producer raised.
    """
    made: queue.Queue[tuple[str, T | Exception | None]] = queue.Queue(AHEAD)
    threading.Thread(target=_produce, args=(produce, call, made), daemon=True, name="language model").start()
    try:
        while True:
            try:
                kind, piece = made.get(timeout=call.remaining)
            except queue.Empty:
                raise Overdue from None
            if kind == "end":
                return
            if isinstance(piece, Exception):
                raise piece
            yield piece  # type: ignore[misc]  # neither an end nor an error
    finally:
        call.give_up()


def _produce(
    produce: Callable[[], Iterator[T]], call: Call, made: queue.Queue[tuple[str, T | Exception | None]]
) -> None:
    try:
        for piece in produce():
            if not _handed_over(("piece", piece), call, made):
                return
        _handed_over(("end", None), call, made)
    except Exception as error:  # noqa: BLE001  # a model may raise anything; its reader gets it
        _handed_over(("error", error), call, made)


def _handed_over(
    item: tuple[str, T | Exception | None], call: Call, made: queue.Queue[tuple[str, T | Exception | None]]
) -> bool:
    """Give an item to the reader, if it still reads."""
    while not call.over:
        try:
            made.put(item, timeout=GLANCE)
        except queue.Full:
            continue
        return True
    return False
