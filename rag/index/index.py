"""Finds passages by meaning and by word in an index that follows its corpus."""

from __future__ import annotations

import copy
import weakref
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from rag.errors import StoreError
from rag.index.passages import well_formed
from rag.index.shelf import Shelf, borrow, give_back
from rag.index.snapshot import Snapshot
from rag.index.spelling import Spelling, written
from rag.index.store import Vectors, VectorStore, as_matrix
from rag.index.sync import SyncReport, synchronise
from rag.index.vectors import embedded_question, exact_cosines, nearest
from rag.schema import Article, Passage
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.index.embedding import Encoder

# Up to this many passages (200 MB of 512 dimensions) all vectors are held in memory and compared one by one; beyond
# it Chroma's search names the candidates. On 20 000 passages comparing takes 1 ms and is exact, within a window of
# days too; Chroma takes 4 ms for 98 % of the nearest hundred, and 50 to 100 ms within a window.
MOST_VECTORS_IN_MEMORY = 100_000


class Index:
    """The passages of one corpus; it may be used from several threads, and a sync lets questions go on.

    A process that has the same index open twice shares it. Use it in a `with` block or close it.
    """

    def __init__(self, shelf: Shelf, encoder: Encoder) -> None:
        """Take over a borrowed shelf; `Index.open` makes them."""
        self._shelf = shelf
        self._encoder = encoder
        self._pinned: Snapshot | None = None
        self._origin: Index | None = None  # kept alive by the moments taken of it
        self._last_question: tuple[str, Vectors | None] | None = None
        self._close = weakref.finalize(self, give_back, shelf)  # an index that is forgotten locks nobody out

    @classmethod
    def open(
        cls,
        folder: Path | None,
        settings: Settings,
        encoder: Encoder,
        *,
        rebuild: bool = False,
        most_vectors: int = MOST_VECTORS_IN_MEMORY,
    ) -> Index:
        """Open the index in `folder`, which is made if need be.

        Args:
            folder: see index_folder; None for an index in memory, of which nothing is written.
            rebuild: begin a new index, which replaces the old one at the end of its first sync.
            most_vectors: passages up to which vectors are compared in memory; with more, Chroma searches.

        Raises:
            IndexLocked: another process holds the index still after `settings.lock_wait` seconds.
            IndexOutdated: it was built with another encoder, schema or passages.
            StoreError: it is damaged, or the folder cannot be used.
            SettingsError: the address of the Chroma server cannot be read.
        """
        return cls(borrow(folder, settings, encoder.fingerprint, most_vectors, rebuild=rebuild), encoder)

    def sync(
        self,
        articles: Sequence[Article],
        *,
        progress: bool = False,
        stored: Callable[[tuple[str, ...]], None] | None = None,
    ) -> SyncReport:
        """Make the index hold these articles, in their present form, and no others.

        Unchanged articles are not embedded again. Until it is done, questions are answered from what was there
        before; when it fails, from that and the articles stored by then.

        Args:
            progress: show a bar on stderr when it takes more than a second.
            stored: called with the ids of each batch of articles as soon as nothing can undo it.

        Raises:
            CorpusError: two articles have the same id.
            EncoderError: the encoder gave something other than vectors; nothing of it was stored.
            StoreError: the disk is full or the Chroma server does not answer.
        """
        return synchronise(self._opened(), articles, self._encoder, progress=progress, stored=stored)

    def now(self) -> Index:
        """This index as it is at this moment, for several calls that are to agree while a sync may go on.

        It is closed with the index that it is taken of. Its passages are those of the articles last synced when it
        was taken, by whoever shares the index in this process. Their texts may be newer than the articles that the
        caller holds, which he therefore compares with `passages` before he quotes from them.
        """
        moment = copy.copy(self)
        moment._pinned = self._snapshot
        moment._origin = self
        return moment

    @property
    def passages(self) -> Mapping[str, Passage]:
        """Every passage by its id, in order of article id and place."""
        return self._snapshot.passages

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of one article, in order of place; none for an unknown one."""
        snapshot = self._snapshot

        def article(passage_id: str) -> str:
            return snapshot.passages[passage_id].article_id

        first = bisect_left(snapshot.ids, article_id, key=article)
        after = bisect_right(snapshot.ids, article_id, lo=first, key=article)
        return tuple(snapshot.passages[passage_id] for passage_id in snapshot.ids[first:after])

    def dense(
        self,
        question: str,
        limit: int,
        *,
        since: int | None = None,
        until: int | None = None,
        articles: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """The passages nearest in meaning, as (passage id, cosine), best first; equal ones in order of id.

        Args:
            since, until: days as yyyymmdd; only articles published within them, none that has no date.
            articles: the ids of the only articles to look at; None for all.
        """
        shelf, snapshot, query = self._opened(), self._snapshot, self._embedded(question)
        if query is None or not snapshot.ids or limit < 1:
            return []
        if snapshot.vectors is not None:
            return nearest(snapshot.vectors, snapshot.ids, query, limit, snapshot.window(since, until, articles))
        found = _nearest_with_ties(shelf.store(), query, limit, since, until)
        cosines = {passage_id: cosine for passage_id, cosine in found if passage_id in snapshot.passages}
        if articles is not None:
            cosines = {key: cosine for key, cosine in cosines.items() if snapshot.passages[key].article_id in articles}
        cosines |= self.dense_scores(question, tuple(cosines))  # exact, so that equal passages tie
        return sorted(cosines.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def dense_scores(self, question: str, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of the question with each of the passages given, by passage id; unknown ids are left out."""
        shelf, snapshot, query = self._opened(), self._snapshot, self._embedded(question)
        if query is None:
            return {}
        if snapshot.vectors is not None:
            known = [passage_id for passage_id in ids if passage_id in snapshot.places]
            rows = snapshot.vectors[[snapshot.places[passage_id] for passage_id in known]] if known else None
        else:
            stored = shelf.catalogue.vectors_of(ids)
            known, rows = list(stored), as_matrix(list(stored.values()))
        return dict(zip(known, exact_cosines(rows, query), strict=True)) if known and rows is not None else {}

    def lexical(
        self,
        question: str,
        limit: int,
        *,
        since: int | None = None,
        until: int | None = None,
        articles: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """The passages that share rare words with the question, as (passage id, BM25 > 0), best first.

        Args:
            since, until, articles: as in `dense`.
        """
        snapshot = self._snapshot
        return snapshot.lexical.search(question, limit, snapshot.window(since, until, articles))

    def frequency(self, stem: str) -> int:
        """The number of passages that contain a stem of rag.language.words."""
        return self._snapshot.lexical.frequency(stem)

    def as_written(self, word: str, spelling: Spelling = "same") -> str | None:
        """A word of a question as the passages write it, with its accents and capitals; None when none has it.

        Args:
            spelling: the same word, or one that is heard the same, or one that is so but for a slip or two.
        """
        return written(word, self._snapshot.lexical, self._snapshot.passages, spelling)

    def close(self) -> None:
        """Let go of the index; closing it twice is no error, using it afterwards is."""
        self._close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _snapshot(self) -> Snapshot:
        current = self._opened().snapshot
        return self._pinned or current

    def _opened(self) -> Shelf:
        if not self._close.alive:
            raise StoreError("the index, or the assistant that uses it, was closed; open it again")
        return self._shelf

    def _embedded(self, question: str) -> Vectors | None:
        """The vector of a question, remembered for the next call; None where no word of it says anything."""
        last = self._last_question
        if last is None or last[0] != question:
            vector = embedded_question(self._encoder.embed_queries, well_formed(question), self._encoder.dimension)
            last = self._last_question = (question, vector)
        return last[1]


_MARGIN = 50  # candidates beyond what is asked for, some of which may not be catalogued any more
_ROUNDING = 1e-5  # cosines nearer to each other than this may be equal


def _nearest_with_ties(
    store: VectorStore, query: Vectors, limit: int, since: int | None, until: int | None
) -> list[tuple[str, float]]:
    """What the store finds, down to the last passage that may be as near as the one at `limit`."""
    count = limit + _MARGIN
    while True:
        [found] = store.nearest(query[None, :], count, since, until)
        if len(found) < count or found[-1][1] < found[limit - 1][1] - _ROUNDING:
            return found
        count *= 4
