"""Where an index lives, who may enter, and what is refused."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hashing_encoder import HashingEncoder, invented

from rag.errors import IndexLocked, SettingsError, StoreError
from rag.index import Index, index_folder
from rag.index.home import Home, corpus_of
from rag.settings import Settings

IMPATIENT = replace(Settings(), lock_wait=0.2)
HOLDER = """
import sys
from pathlib import Path
from hashing_encoder import HashingEncoder
from rag.index import Index
from rag.settings import Settings
index = Index.open(Path(sys.argv[1]), Settings(), HashingEncoder())
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process_holding(folder: Path) -> Iterator[subprocess.Popen[str]]:
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()


def test_a_second_process_is_told_who_holds_the_index_and_what_to_do(tmp_path: Path) -> None:
    with (
        another_process_holding(tmp_path / "index") as holder,
        pytest.raises(IndexLocked, match=rf"in use by process {holder.pid}; close .*RAG_INDEX_DIR"),
    ):
        Index.open(tmp_path / "index", IMPATIENT, HashingEncoder())


def test_a_second_process_waits_for_the_first_to_end(tmp_path: Path) -> None:
    with another_process_holding(tmp_path / "index") as holder:
        assert holder.stdin
        holder.stdin.close()
        with Index.open(tmp_path / "index", replace(Settings(), lock_wait=30), HashingEncoder()) as index:
            assert index.sync([invented(1)]).new


def test_a_dead_holder_locks_nobody_out(tmp_path: Path) -> None:
    with another_process_holding(tmp_path / "index") as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert (tmp_path / "index" / "holder").read_text() == str(holder.pid)
        with Index.open(tmp_path / "index", IMPATIENT, HashingEncoder()) as index:
            assert index.sync([invented(1)]).new


def test_a_folder_of_another_program_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")
    with pytest.raises(StoreError, match=r"'thesis\.txt'; nothing was changed, set RAG_INDEX_DIR"):
        Index.open(tmp_path, IMPATIENT, HashingEncoder(), rebuild=True)
    assert [place.name for place in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_that_cannot_be_made_is_named_with_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="RAG_INDEX_DIR"):
        Index.open(tmp_path / "file" / "index", IMPATIENT, HashingEncoder())


def test_an_index_is_for_its_owner_alone(tmp_path: Path) -> None:
    with Index.open(tmp_path / "new" / "index", IMPATIENT, HashingEncoder()) as index:
        index.sync([invented(1)])
    assert (tmp_path / "new" / "index").stat().st_mode & 0o777 == 0o700


def test_a_missing_generation_is_named_and_a_rebuild_mends_it(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", IMPATIENT, HashingEncoder()) as index:
        index.sync([invented(1)])
    (tmp_path / "index" / "current").write_text("../elsewhere")
    with pytest.raises(StoreError, match=r"damaged: .*'\.\./elsewhere' .*--rebuild"):
        Index.open(tmp_path / "index", IMPATIENT, HashingEncoder())
    with Index.open(tmp_path / "index", IMPATIENT, HashingEncoder(), rebuild=True) as index:
        assert index.sync([invented(1)]).new
    with Index.open(tmp_path / "index", IMPATIENT, HashingEncoder()) as index:
        assert index.sync([invented(1)]).unchanged


def test_a_damaged_index_names_the_command_for_its_corpus(tmp_path: Path) -> None:
    folder = tmp_path / ".depeche" / "my news"
    folder.mkdir(parents=True)
    (folder / "current").write_text("generation-0001")
    with pytest.raises(StoreError, match=re.escape(f"run `depeche index '{tmp_path}/my news' --rebuild`")):
        Index.open(folder, IMPATIENT, HashingEncoder())


def test_a_generation_answers_once_it_is_adopted_and_the_others_go(tmp_path: Path) -> None:
    home = Home(tmp_path / "index", wait=0)
    try:
        assert home.current() is None
        first, second = home.begin(), home.begin()
        assert home.current() is None
        home.adopt(first)
        assert (home.current(), second.exists()) == (first, False)
    finally:
        home.release()


def test_the_index_lies_beside_the_corpus(tmp_path: Path) -> None:
    assert index_folder(tmp_path / "articles", Settings()) == tmp_path / ".depeche" / "articles"
    assert index_folder(tmp_path / "articles" / ".." / "articles", Settings()) == tmp_path / ".depeche" / "articles"
    assert index_folder(tmp_path / "news.jsonl", Settings()) == tmp_path / ".depeche" / "news.jsonl"


def test_the_index_of_a_linked_corpus_lies_beside_the_link(tmp_path: Path) -> None:
    (tmp_path / "system").mkdir()
    (tmp_path / "system" / "secrets").write_text("")
    (tmp_path / "mine").mkdir()
    linked = tmp_path / "mine" / "news.txt"
    linked.symlink_to(tmp_path / "system" / "secrets")
    assert index_folder(linked, Settings()) == tmp_path / "mine" / ".depeche" / "news.txt"


def test_a_path_without_a_name_has_that_of_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "articles" / "culture").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "articles")
    expected = tmp_path / ".depeche" / "articles"
    for given in (".", "./", "..//articles/", "culture/..", tmp_path / "articles" / "culture" / ".."):
        assert index_folder(Path(given), Settings()) == expected, given
    assert index_folder(Path("/"), Settings()) == Path("/.depeche/corpus")


def test_the_corpus_of_an_index_is_written_as_a_shell_takes_it() -> None:
    assert corpus_of(Path("/home/me/.depeche/news")) == "/home/me/news"
    assert corpus_of(Path("/home/me/.depeche/my news; all")) == "'/home/me/my news; all'"
    assert corpus_of(Path("/indexes/news-0a1b2c3d")) == "CORPUS"


def test_indexes_kept_elsewhere_are_told_apart_by_the_path_of_their_corpus(tmp_path: Path) -> None:
    elsewhere = replace(Settings(), index_dir=tmp_path / "indexes")
    one, other = (index_folder(tmp_path / place / "articles", elsewhere) for place in "ab")
    assert one != other
    assert one == index_folder(tmp_path / "a" / "articles", elsewhere)
    assert one.parent == tmp_path / "indexes"
    assert re.fullmatch(r"articles-[0-9a-f]{8}", one.name)


def test_an_index_inside_its_corpus_is_refused(tmp_path: Path) -> None:
    inside = replace(Settings(), index_dir=tmp_path / "articles" / "index")
    with pytest.raises(SettingsError, match="inside the corpus"):
        index_folder(tmp_path / "articles", inside)
