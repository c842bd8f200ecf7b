"""Holds the assistant that the page asks, and puts a newer one in its place when the articles have changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from rag.index import SyncReport
from rag.schema import Answer, Article, Finding, Skipped
from rag.settings import Settings
from ui.feedback import feedback_file


class Assistant(Protocol):
    """What the page needs of `rag.Assistant`."""

    @property
    def articles(self) -> tuple[Article, ...]: ...

    @property
    def place(self) -> Path | None: ...

    @property
    def removed(self) -> Mapping[str, tuple[str, ...]]: ...

    @property
    def skipped(self) -> tuple[Skipped, ...]: ...

    @property
    def synced(self) -> SyncReport: ...

    @property
    def writes(self) -> bool: ...

    @property
    def passage_counts(self) -> Mapping[str, int]: ...

    def article(self, article_id: str) -> Article | None: ...

    def stream(
        self,
        question: str,
        history: Sequence[tuple[str, str]] = (),
        as_of: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        outlets: Sequence[str] = (),
        passages: int | None = None,
        quotes_only: bool = False,
    ) -> Iterator[Answer]: ...

    def check(self, text: str) -> tuple[Finding, ...]: ...

    def reopened(self) -> Assistant: ...


class Newsroom:
    """The newest assistant over one corpus; read `assistant` for each question and never keep it."""

    def __init__(self, assistant: Assistant, settings: Settings | None = None) -> None:
        """Begin with an assistant."""
        self.settings = settings or Settings()
        self._assistant = assistant
        self._refreshing = threading.Lock()

    @property
    def assistant(self) -> Assistant:
        return self._assistant

    @property
    def folder(self) -> Path | None:
        """Where articles can be added; None when the corpus is one file or lives in memory."""
        place = self._assistant.place
        return place if place is not None and place.is_dir() else None

    @property
    def feedback(self) -> Path | None:
        """Where what readers think of answers is kept; None when the corpus lives in memory."""
        return feedback_file(self._assistant.place, self.settings)

    def article(self, article_id: str) -> Article | None:
        """The article of that id as the newest assistant knows it, or None."""
        return self._assistant.article(article_id)

    def refresh(self) -> Assistant:
        """Read the corpus again, one refresh at a time, and return the newest assistant.

        The one before is let go, not closed: the answers that it is writing go on.

        Raises:
            RagError: the corpus could not be opened; the assistant before stays.
        """
        with self._refreshing:
            self._assistant = self._assistant.reopened()
            return self._assistant
