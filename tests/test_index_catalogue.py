"""The catalogue changes all at once or not at all, and knows what the index was built with."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hashing_encoder import HashingEncoder, invented, records

from rag.errors import IndexOutdated, StoreError
from rag.index import Index
from rag.index.catalogue import Catalogue, Entry, content_hash
from rag.schema import Article, PartialDate
from rag.settings import Settings


def entry(article: Article) -> Entry:
    return Entry(article, tuple(records(article)))


def test_a_write_that_fails_midway_changes_nothing() -> None:
    catalogue = Catalogue(None, {})
    catalogue.write([entry(invented(1)), entry(invented(2))])
    before = catalogue.passages()
    twice = entry(invented(3))
    with pytest.raises(StoreError):
        catalogue.write([entry(invented(1, word="voilier")), twice, replace(twice, article=invented(4))])
    assert catalogue.passages() == before
    catalogue.close()


def test_what_is_written_is_read_back_as_it_was() -> None:
    catalogue = Catalogue(None, {"schema": "1"})
    strange = Article(id="\ud800'é", title="\udfff", text="Un\0 texte. \ud83d")
    entries = [entry(invented(1)), entry(strange)]
    catalogue.write(entries)
    [first, second] = catalogue.passages()
    assert {first[0], second[0]} == {record.passage for one in entries for record in one.records}
    [batch] = catalogue.records([record.passage.id for record in entries[1].records])
    assert batch == list(entries[1].records)
    assert list(catalogue.terms()) == [("terme",), ("terme",)]
    assert catalogue.content_hashes()[strange.id] == content_hash(strange)
    assert catalogue.facts() == {"schema": "1"}
    catalogue.remove([strange.id])
    assert [passage.article_id for passage, _, _ in catalogue.passages()] == ["article-0001"]
    catalogue.close()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "t"},
        {"text": invented(1).text + "!"},
        {"published": PartialDate(2020)},
        {"outlet": None},
        {"url": "u"},
        {"language": "en"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_content_hash_changes_with_all_that_is_indexed(change: dict[str, object]) -> None:
    assert content_hash(replace(invented(1), **change)) != content_hash(invented(1))  # type: ignore[arg-type]


def test_the_content_hash_does_not_change_with_the_place_of_the_file() -> None:
    assert content_hash(replace(invented(1), path="/elsewhere")) == content_hash(invented(1))


def test_a_database_of_another_program_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite3"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a catalogue of this program"):
        Catalogue(path)
    assert path.read_bytes() == before


def altered(folder: Path, **facts: str) -> Path:
    """An index whose catalogue says that it was built with something else."""
    with Index.open(folder, Settings(), HashingEncoder()) as index:
        index.sync([invented(1), invented(2)])
    [path] = folder.glob("generation-*/catalogue.sqlite3")
    catalogue = Catalogue(path)
    catalogue.note(**facts)
    catalogue.close()
    return folder


@pytest.mark.parametrize("name", ["schema", "passages", "encoder"])
def test_another_version_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    folder = altered(tmp_path / ".depeche" / "corpus", **{name: "99"})
    with pytest.raises(IndexOutdated, match=rf"{name} '99' instead of .*run `depeche index {tmp_path}/corpus --reb"):
        Index.open(folder, Settings(), HashingEncoder())


def test_another_analysis_is_made_again_from_the_catalogue_without_embedding(tmp_path: Path) -> None:
    folder = altered(tmp_path / "index", analysis="0")
    [path] = folder.glob("generation-*/catalogue.sqlite3")
    catalogue = Catalogue(path)
    catalogue.rewrite_terms(lambda record: ("ancien",))
    catalogue.close()
    encoder = HashingEncoder()
    with Index.open(folder, Settings(), encoder) as index:
        assert index.lexical("ancien", 5) == []
        assert len(index.lexical("navire", 5)) == 2
        assert len(index.sync([invented(1), invented(2)]).unchanged) == 2
    assert encoder.embedded == []
