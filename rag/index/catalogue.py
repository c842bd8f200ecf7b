"""Records in one SQLite file which articles, passages and vectors an index holds, and what it was built with."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import StoreError
from rag.index.home import corpus_of
from rag.index.store import Record, Vectors, as_matrix, days
from rag.schema import Article, Passage

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One article on its way into the catalogue, cut into passages and embedded."""

    article: Article
    records: tuple[Record, ...]


def content_hash(article: Article) -> str:
    """A hash of all that is indexed of an article: one changed letter gives another."""
    content = [article.title, article.text, str(article.published), article.outlet, article.url, article.language]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


class Catalogue:
    """The catalogue of one index; safe to use from several threads.

    An article is stored once its row is committed here; its vectors are in Chroma by then.

    Raises:
        StoreError: the file is damaged, is not a catalogue, or cannot be written.
    """

    def __init__(self, path: Path | None, facts: Mapping[str, str] | None = None) -> None:
        """Open the catalogue at `path` (None: in memory); with `facts`, create it and note them."""
        self._path = path
        self._lock = threading.RLock()
        with self._errors():
            self._connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
            try:
                self._create(facts) if facts is not None else self._check()
            except BaseException:
                self._connection.close()
                raise

    def facts(self) -> dict[str, str]:
        """What the index was built with and where its vectors are."""
        return dict(self._rows("SELECT key, value FROM facts"))

    def note(self, **facts: str) -> None:
        """Write facts down, each in place of what was noted under its name."""
        with self._transaction():
            self._write_facts(facts)

    def content_hashes(self) -> dict[str, str]:
        """The content hash of every article that is stored, by article id."""
        return {_text(key): value for key, value in self._rows("SELECT id, content_hash FROM articles")}

    def passage_ids(self) -> set[str]:
        return {passage_id for (passage_id,) in self._rows("SELECT id FROM passages")}

    def count(self) -> int:
        """The number of passages that are stored."""
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    def write(self, entries: Sequence[Entry]) -> None:
        """Store articles with their passages, each in place of its old self, all or none of them."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM articles WHERE id = ?", [(_bytes(one.article.id),) for one in entries])
            connection.executemany(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_article_row(entry.article) for entry in entries],
            )
            connection.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                [_passage_row(record) for entry in entries for record in entry.records],
            )

    def remove(self, article_ids: Iterable[str]) -> None:
        """Forget articles and their passages."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM articles WHERE id = ?", [(_bytes(one),) for one in article_ids])

    def passages(self) -> list[tuple[Passage, int, int]]:
        """Every passage, with the first and the last day of its article, in order of article id and place."""
        rows = self._rows(f"SELECT {_PASSAGE}, a.first_day, a.last_day {_FROM} ORDER BY p.article_id, p.start")
        return [(_passage(row), first_day, last_day) for *row, first_day, last_day in rows]

    def terms(self) -> Iterator[tuple[str, ...]]:
        """The terms of every passage, in the order of `passages()`."""
        for (terms,) in self._rows("SELECT terms FROM passages ORDER BY article_id, start"):
            yield _split_terms(terms)

    def rewrite_terms(self, terms_of: Callable[[Record], tuple[str, ...]], **facts: str) -> None:
        """Replace the terms of every passage and note facts, all at once."""
        ids = sorted(self.passage_ids())
        with self._transaction() as connection:
            for records in self.records(ids):
                connection.executemany(
                    "UPDATE passages SET terms = ? WHERE id = ?",
                    [(_bytes(_SEPARATOR.join(terms_of(record))), record.passage.id) for record in records],
                )
            self._write_facts(facts)

    def vectors(self) -> Vectors:
        """The vectors of all passages as rows, in the order of `passages()`."""
        return as_matrix([row[0] for row in self._rows("SELECT vector FROM passages ORDER BY article_id, start")])

    def vectors_of(self, ids: Sequence[str]) -> dict[str, bytes]:
        """The vectors of the passages given, of those that are stored."""
        query = "SELECT id, vector FROM passages WHERE id IN ({})"
        return {passage_id: vector for rows in self._rows_of(query, ids) for passage_id, vector in rows}

    def records(self, ids: Sequence[str]) -> Iterator[list[Record]]:
        """The passages given as they were stored, in batches."""
        facts = "a.title, a.outlet, a.language, a.published, a.first_day, a.last_day, p.vector, p.terms"
        for rows in self._rows_of(f"SELECT {_PASSAGE}, {facts} {_FROM} WHERE p.id IN ({{}})", ids):
            yield [_record(row) for row in rows]

    def damage(self) -> str | None:
        """What SQLite finds wrong with the file, or None."""
        finding = str(self._rows("PRAGMA integrity_check(1)")[0][0])
        return None if finding == "ok" else finding

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _create(self, facts: Mapping[str, str]) -> None:
        self._connection.executescript(_SCHEMA)
        self.note(**facts)

    def _check(self) -> None:
        (application,) = self._connection.execute("PRAGMA application_id").fetchone()
        if application != _APPLICATION:
            raise sqlite3.DatabaseError("it is not a catalogue of this program")
        self._connection.execute("PRAGMA foreign_keys = ON")

    def _write_facts(self, facts: Mapping[str, str]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())

    def _rows(self, query: str, parameters: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        with self._errors(), self._lock:
            return self._connection.execute(query, parameters).fetchall()

    def _rows_of(self, query: str, ids: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of `query`, whose {} is to be the ids, for a few hundred ids at a time."""
        for first in range(0, len(ids), _BATCH):
            batch = ids[first : first + _BATCH]
            yield self._rows(query.format(", ".join("?" * len(batch))), batch)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._errors(), self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn what SQLite raises into a StoreError that names the next step."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"the catalogue {str(self._path)!r} cannot be used ({error}); free some disk space or set RAG_INDEX_DIR"
            ) from error
        except (sqlite3.DatabaseError, ValueError, UnicodeError) as error:
            corpus = corpus_of(self._path.parent.parent) if self._path else "CORPUS"
            raise StoreError(
                f"the catalogue {str(self._path)!r} is damaged ({error}); run `depeche index {corpus} --rebuild`"
            ) from error


_APPLICATION = 0x44455045  # SQLite's application_id of our catalogues: "DEPE"
# Texts are kept as bytes: what comes out of a file name or of JSON may hold lone surrogates, which TEXT refuses.
_SCHEMA = f"""
PRAGMA foreign_keys = ON;
BEGIN;
PRAGMA application_id = {_APPLICATION};
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id BLOB PRIMARY KEY, content_hash TEXT NOT NULL, title BLOB NOT NULL, outlet BLOB NOT NULL,
    language BLOB NOT NULL, published BLOB NOT NULL, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL
);
CREATE TABLE passages (
    id TEXT PRIMARY KEY, article_id BLOB NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL,
    terms BLOB NOT NULL
);
CREATE UNIQUE INDEX passages_in_order ON passages (article_id, start);
COMMIT;
"""
_SEPARATOR = "\n"  # no term holds one
_BATCH = 500  # SQLite takes 999 parameters at least
_PASSAGE = "p.id, p.article_id, p.start, p.end, p.text"
_FROM = "FROM passages AS p JOIN articles AS a ON a.id = p.article_id"


def _article_row(article: Article) -> tuple[Any, ...]:
    facts = (article.title, article.outlet or "", article.language or "", str(article.published or ""))
    return (_bytes(article.id), content_hash(article), *(_bytes(fact) for fact in facts), *days(article))


def _passage_row(record: Record) -> tuple[Any, ...]:
    passage = record.passage
    text, terms = _bytes(passage.text), _bytes(_SEPARATOR.join(record.terms))
    return (passage.id, _bytes(passage.article_id), passage.start, passage.end, text, record.vector, terms)


def _passage(row: Sequence[Any]) -> Passage:
    passage_id, article_id, start, end, text = row
    return Passage(passage_id, _text(article_id), start, end, _text(text))


def _record(row: Sequence[Any]) -> Record:
    title, outlet, language, published = (_text(fact) for fact in row[5:9])
    first_day, last_day, vector, terms = row[9:]
    return Record(
        _passage(row[:5]), title, outlet, language, published, first_day, last_day, vector, _split_terms(terms)
    )


def _split_terms(stored: bytes) -> tuple[str, ...]:
    return tuple(_text(stored).split(_SEPARATOR)) if stored else ()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogatepass")
