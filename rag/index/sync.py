"""Brings an index up to date with the articles of a corpus, in batches of which a kill costs one at most."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rag.errors import CorpusError
from rag.index.catalogue import Entry, content_hash
from rag.index.lexical import terms
from rag.index.passages import embedded_text, split
from rag.index.shelf import Shelf
from rag.index.store import Record, days
from rag.index.vectors import embedded
from rag.schema import Article, Passage

if TYPE_CHECKING:
    from rag.index.embedding import Encoder


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync found and did, as article ids in order."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    embedded: int = 0  # passages embedded now


def synchronise(
    shelf: Shelf,
    articles: Sequence[Article],
    encoder: Encoder,
    *,
    progress: bool = False,
    stored: Callable[[tuple[str, ...]], None] | None = None,
) -> SyncReport:
    """Store new and changed articles and forget the others; see Index.sync."""
    with shelf.writing:
        report = _differences(articles, shelf.catalogue.content_hashes())
        if not (report.new or report.changed or report.removed) and shelf.settled:
            return report
        wanted = {*report.new, *report.changed}
        pending = sorted((article for article in articles if article.id in wanted), key=lambda article: article.id)
        count = 0
        shelf.unsettle()
        try:
            with _bar(len(pending), shown=progress) as bar:
                for batch in _batches(pending):
                    count += _store(batch, shelf, encoder)
                    bar.update(len(batch))
                    if stored:
                        stored(tuple(article.id for article, _ in batch))
            shelf.catalogue.remove(report.removed)
        finally:
            shelf.refresh()  # what is stored by now answers, also where a later batch failed
        shelf.settle()  # only now: until here questions were answered from what was there before
        return replace(report, embedded=count)


_BATCH = 256  # passages
_Cut = tuple[Article, tuple[Passage, ...]]


def _differences(articles: Sequence[Article], known: Mapping[str, str]) -> SyncReport:
    hashes = {article.id: content_hash(article) for article in articles}
    if len(hashes) < len(articles):
        [(twice, _)] = Counter(article.id for article in articles).most_common(1)
        raise CorpusError(f"two articles have the id {twice!r}; give each its own")
    return SyncReport(
        new=tuple(sorted(hashes.keys() - known.keys())),
        changed=tuple(sorted(one for one in hashes.keys() & known.keys() if hashes[one] != known[one])),
        removed=tuple(sorted(known.keys() - hashes.keys())),
        unchanged=tuple(sorted(one for one in hashes.keys() & known.keys() if hashes[one] == known[one])),
    )


def _bar(total: int, *, shown: bool) -> Any:
    from tqdm import tqdm  # only an import draws one

    return tqdm(total=total, desc="index", unit=" articles", delay=1, disable=not shown, file=sys.stderr)


def _batches(articles: Sequence[Article]) -> Iterator[list[_Cut]]:
    """Articles cut into passages, about as many passages at a time as are worth one transaction."""
    batch: list[_Cut] = []
    for article in articles:
        batch.append((article, split(article)))
        if sum(len(passages) for _, passages in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _store(batch: Sequence[_Cut], shelf: Shelf, encoder: Encoder) -> int:
    """Embed a batch, then write it to Chroma, then commit it to the catalogue; return the number of passages."""
    texts = [embedded_text(article, passage) for article, passages in batch for passage in passages]
    rows = iter(embedded(encoder.embed_passages, texts, encoder.dimension) if texts else ())
    entries = [
        Entry(article, tuple(_record(article, passage, next(rows).tobytes()) for passage in passages))
        for article, passages in batch
    ]
    shelf.store().upsert([record for entry in entries for record in entry.records])
    shelf.catalogue.write(entries)
    return len(texts)


def _record(article: Article, passage: Passage, vector: bytes) -> Record:
    first_day, last_day = days(article)
    return Record(
        passage=passage,
        title=article.title,
        outlet=article.outlet or "",
        language=article.language or "",
        published=str(article.published or ""),
        first_day=first_day,
        last_day=last_day,
        vector=vector,
        terms=terms(article.title, passage.text, article.language or ""),
    )
