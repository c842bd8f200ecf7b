"""A damaged index is found out in words that say what mends it, and what they say does mend it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hashing_encoder import HashingEncoder, invented

from rag.errors import StoreError
from rag.index import Index, soundness
from rag.index.agreement import fault_in_child
from rag.index.catalogue import Catalogue
from rag.index.passages import embedded_text, split
from rag.settings import Settings

ARTICLES = [invented(number) for number in range(1_100)]  # Chroma writes its search graph to disk from 1 000 rows on
SETTINGS = replace(Settings(), lock_wait=0.2)


@pytest.fixture(scope="module")
def sound_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound") / "index"
    with Index.open(folder, SETTINGS, HashingEncoder()) as index:
        index.sync(ARTICLES)
    return folder


@pytest.fixture
def folder(sound_index: Path, tmp_path: Path) -> Path:
    """A copy of a sound index, to be damaged."""
    return Path(shutil.copytree(sound_index, tmp_path / "index"))


def one(folder: Path, pattern: str) -> Path:
    [path] = folder.glob(f"generation-*/{pattern}")
    return path


def remove_graph(folder: Path) -> None:
    shutil.rmtree(one(folder, "chroma/*-*-*/header.bin").parent)


def remove_metadata(folder: Path) -> None:
    one(folder, "chroma/*-*-*/index_metadata.pickle").unlink()


def truncate_header(folder: Path) -> None:
    header = one(folder, "chroma/*-*-*/header.bin")
    header.write_bytes(header.read_bytes()[:20])


def scramble_database(folder: Path) -> None:
    one(folder, "chroma/chroma.sqlite3").write_bytes(b"not a database" * 1_000)


def test_a_sound_index_has_no_findings(folder: Path) -> None:
    assert soundness(folder, SETTINGS, HashingEncoder()) == ()


def test_where_there_is_no_index_the_command_that_builds_one_is_named(tmp_path: Path) -> None:
    for name, written in (("seeds", f"{tmp_path}/seeds"), ("my news", f"'{tmp_path}/my news'")):
        [finding] = soundness(tmp_path / ".depeche" / name, SETTINGS, HashingEncoder())
        assert finding.endswith(f"run `depeche index {written}`")
    assert not (tmp_path / ".depeche").exists()


def test_a_chroma_that_crashes_or_hangs_who_opens_it_does_so_in_a_child_process(folder: Path) -> None:
    truncate_header(folder)
    finding = fault_in_child(one(folder, "catalogue.sqlite3").parent, patience=8)
    assert finding
    assert "crashes" in finding or "does not open within 8 seconds" in finding


@pytest.mark.parametrize(
    "damage",
    [remove_graph, remove_metadata, pytest.param(truncate_header, marks=pytest.mark.slow), scramble_database],
)
def test_a_damaged_chroma_is_found_out_and_refilled_without_embedding(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    damage(folder)
    [finding] = soundness(folder, SETTINGS, HashingEncoder())
    assert "Chroma" in finding
    assert "depeche index CORPUS" in finding
    encoder = HashingEncoder()
    with Index.open(folder, SETTINGS, encoder, most_vectors=0) as index:
        assert len(index.sync(ARTICLES).unchanged) == len(ARTICLES)
        for article in ARTICLES[::200]:
            [passage] = split(article)
            assert passage.id in dict(index.dense(embedded_text(article, passage), 3))
    assert encoder.embedded == []
    assert soundness(folder, SETTINGS, HashingEncoder()) == ()


@pytest.mark.parametrize("damage", [remove_graph, remove_metadata, truncate_header, scramble_database])
def test_answers_do_not_depend_on_a_damaged_chroma(folder: Path, damage: Callable[[Path], None]) -> None:
    with Index.open(folder, SETTINGS, HashingEncoder()) as index:
        before = index.dense("capitaine Kermadec7", 9)
    damage(folder)
    with Index.open(folder, SETTINGS, HashingEncoder()) as index:
        assert index.sync(ARTICLES).embedded == 0
        assert index.dense("capitaine Kermadec7", 9) == before


def test_a_chroma_that_is_gone_is_filled_again_from_the_catalogue(folder: Path) -> None:
    shutil.rmtree(one(folder, "chroma"))
    encoder = HashingEncoder()
    with Index.open(folder, SETTINGS, encoder) as index:
        index.sync(ARTICLES)
    assert soundness(folder, SETTINGS, encoder) == ()
    assert encoder.embedded == []


def test_a_catalogue_of_another_kind_is_refused_with_the_command_that_rebuilds(folder: Path) -> None:
    one(folder, "catalogue.sqlite3").write_bytes(b"something else" * 500)
    with pytest.raises(StoreError, match=r"damaged .*depeche index CORPUS --rebuild"):
        Index.open(folder, SETTINGS, HashingEncoder())
    [finding] = soundness(folder, SETTINGS, HashingEncoder())
    assert "--rebuild" in finding
    with Index.open(folder, SETTINGS, HashingEncoder(), rebuild=True) as index:
        index.sync(ARTICLES[:5])
    assert soundness(folder, SETTINGS, HashingEncoder()) == ()


def test_a_damaged_catalogue_names_the_command_for_its_corpus(folder: Path, tmp_path: Path) -> None:
    one(folder, "catalogue.sqlite3").write_bytes(b"something else" * 500)
    (tmp_path / ".depeche").mkdir()
    folder = folder.rename(tmp_path / ".depeche" / "my news")
    with pytest.raises(StoreError, match=re.escape(f"run `depeche index '{tmp_path}/my news' --rebuild`")):
        Index.open(folder, SETTINGS, HashingEncoder())


def test_damaged_pages_of_the_catalogue_are_found_out(folder: Path) -> None:
    path = one(folder, "catalogue.sqlite3")
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 20_000] = b"\xff" * 20_000
    path.write_bytes(bytes(content))
    [finding, *_] = soundness(folder, SETTINGS, HashingEncoder())
    assert "--rebuild" in finding


def test_an_altered_passage_is_found_out(folder: Path) -> None:
    path = one(folder, "catalogue.sqlite3")
    content = path.read_bytes()
    assert b"Kermadec7 a" in content
    path.write_bytes(content.replace(b"Kermadec7 a", b"Kermadec9 a"))
    [finding] = soundness(folder, SETTINGS, HashingEncoder())
    assert finding.startswith("1 passages are not as they were stored")


def test_a_chroma_whose_opening_never_ended_is_opened_with_care(folder: Path) -> None:
    remove_metadata(folder)
    generation = one(folder, "catalogue.sqlite3").parent
    (generation / "chroma.doubtful").touch()
    with Index.open(folder, SETTINGS, HashingEncoder()) as index:
        assert index.sync(ARTICLES).embedded == 0
    assert not (generation / "chroma.doubtful").exists()
    assert soundness(folder, SETTINGS, HashingEncoder()) == ()


def test_an_import_that_did_not_end_is_told(folder: Path) -> None:
    catalogue = Catalogue(one(folder, "catalogue.sqlite3"))
    catalogue.note(vectors_in="")
    catalogue.close()
    [finding] = soundness(folder, SETTINGS, HashingEncoder())
    assert finding == "the last import did not come to its end; run `depeche index CORPUS`"


def test_an_outdated_index_is_a_finding_too(folder: Path) -> None:
    [finding] = soundness(folder, SETTINGS, HashingEncoder("other"))
    assert "'hashing' instead of 'other'" in finding
    assert "--rebuild" in finding
