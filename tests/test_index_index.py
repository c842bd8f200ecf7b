"""One contract for every place where an index can live: on disk, in memory, and with a Chroma server."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
from hashing_encoder import FailingEncoder, HashingEncoder, invented
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import CorpusError, EncoderError, IndexLocked, IndexOutdated, SettingsError, StoreError
from rag.index import Index
from rag.schema import Article
from rag.settings import Settings

Opener = Callable[..., Index]
PLACES = ["disk", "memory", "disk, searched by Chroma", "server, searched by Chroma"]
KEPT = [place for place in PLACES if place != "memory"]  # by a process that ends


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("chroma_server")
    arguments = [str(command), "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder)]
    server = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _await(url, server)
        yield url
    finally:
        server.kill()
        server.wait()


def _await(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx.get(f"{url}/api/v2/heartbeat", timeout=1).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the Chroma server did not start")


@pytest.fixture(params=PLACES)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens an index of the kind at hand; what a test leaves open is closed."""
    place, _, searched = str(request.param).partition(", ")
    chosen = replace(Settings(), lock_wait=0.2)
    if place == "server":
        chosen = replace(chosen, chroma_url=request.getfixturevalue("server_url"))
    left: list[Index] = []

    def open_one(encoder: HashingEncoder | None = None, **options: bool) -> Index:
        folder = None if place == "memory" else tmp_path / "index"
        most = {"most_vectors": 0} if searched else {}
        left.append(Index.open(folder, chosen, encoder or HashingEncoder(), **options, **most))
        return left[-1]

    yield open_one
    for index in left:
        index.close()


def articles_of(index: Index) -> set[str]:
    return {passage.article_id for passage in index.passages.values()}


def found(index: Index, question: str) -> str:
    """The article whose passage is nearest to a question."""
    return index.passages[index.dense(question, 1)[0][0]].article_id


def test_a_sync_reports_what_it_did_and_a_second_one_does_nothing(opened: Opener) -> None:
    encoder = HashingEncoder()
    index = opened(encoder)
    articles = [invented(number) for number in (2, 1, 3)]
    first = index.sync(articles)
    assert (first.new, first.changed, first.removed, first.unchanged) == (
        ("article-0001", "article-0002", "article-0003"), (), (), (),
    )  # fmt: skip
    assert first.embedded == len(index.passages) == len(encoder.embedded)
    second = index.sync(articles)
    assert second.unchanged == first.new
    assert (second.new, second.changed, second.removed, second.embedded) == ((), (), (), 0)


def test_an_edit_of_one_word_is_noticed_and_the_old_text_is_gone(opened: Opener) -> None:
    index = opened()
    index.sync([invented(1), invented(2)])
    before = dict(index.passages)
    report = index.sync([invented(1, word="voilier"), invented(2)])
    assert (report.changed, report.unchanged) == (("article-0001",), ("article-0002",))
    assert found(index, "Départ du voilier 1 Le voilier numéro 1") == "article-0001"
    assert index.lexical("voilier", 5)
    assert not any("navire numéro 1 " in passage.text for passage in index.passages.values())
    gone = set(before) - set(index.passages)
    assert gone
    assert not gone & {passage_id for passage_id, _ in index.dense("navire numéro 1", 100)}


@pytest.mark.parametrize(
    "change",
    [{"title": "Autre titre"}, {"outlet": "Autre journal"}, {"url": "https://example.org/a"}, {"language": "en"}],
    ids=lambda change: next(iter(change)),
)
def test_a_change_beside_the_text_is_noticed(change: dict[str, str]) -> None:
    with Index.open(None, Settings(), HashingEncoder()) as index:
        index.sync([invented(1)])
        assert index.sync([replace(invented(1), **change)]).changed == ("article-0001",)
        assert index.sync([replace(invented(1), **change)]).changed == ()


def test_a_removed_article_is_gone(opened: Opener) -> None:
    index = opened()
    index.sync([invented(1), invented(2)])
    assert index.sync([invented(2)]).removed == ("article-0001",)
    assert articles_of(index) == {"article-0002"}
    assert {index.passages[passage_id].article_id for passage_id, _ in index.dense("Brest1", 50)} == {"article-0002"}
    assert index.lexical("Brest1", 5) == []


def test_an_index_can_become_empty_and_be_filled_again(opened: Opener) -> None:
    index = opened()
    index.sync([invented(1)])
    assert index.sync([]).removed == ("article-0001",)
    assert (dict(index.passages), index.dense("navire", 5), index.lexical("navire", 5)) == ({}, [], [])
    assert index.sync([invented(1)]).new == ("article-0001",)
    assert found(index, "navire") == "article-0001"


@pytest.mark.parametrize("opened", KEPT, indirect=True)
def test_a_reopened_index_answers_as_before_without_embedding(opened: Opener) -> None:
    articles = [invented(number) for number in range(20)]
    with opened() as index:
        index.sync(articles)
        before = (index.dense("capitaine Kermadec7", 30), index.lexical("capitaine Kermadec7", 30))
    encoder = HashingEncoder()
    index = opened(encoder)
    assert (index.dense("capitaine Kermadec7", 30), index.lexical("capitaine Kermadec7", 30)) == before
    assert index.sync(articles).embedded == 0
    assert encoder.embedded == []


def test_every_place_gives_the_same_passages_in_the_same_order(opened: Opener) -> None:
    articles = [invented(number, published=f"20{10 + number % 10}") for number in range(60)]
    articles += [replace(article, id=f"{article.id}-again") for article in articles]  # every passage has its twin
    index = opened()
    index.sync(articles)
    questions = ["Quel navire a quitté Brest ?", "capitaine Kermadec12", "mars", "Son équipage compte 9 marins"]
    windows = [(None, None), (20120101, None), (None, 20151231), (20130101, 20161231)]
    for question in questions:
        for since, until in windows:
            inside = {
                passage_id: score
                for passage_id, score in index.dense_scores(question, tuple(index.passages)).items()
                if _is_within(index, articles, passage_id, since, until)
            }
            expected = sorted(inside.items(), key=lambda pair: (-pair[1], pair[0]))
            assert index.dense(question, 25, since=since, until=until) == expected[:25]


def _is_within(index: Index, articles: list[Article], passage_id: str, since: int | None, until: int | None) -> bool:
    [article] = [one for one in articles if one.id == index.passages[passage_id].article_id]
    assert article.published
    year = article.published.year * 10_000
    return (since is None or year + 101 >= since) and (until is None or year + 1231 <= until)


def test_a_window_of_days_holds_whole_articles_and_none_without_a_date(opened: Opener) -> None:
    index = opened()
    dates = ["2020", "2020-01", "2020-01-07", None, "2021-03-01"]
    index.sync([invented(number, published=date) for number, date in enumerate(dates)])

    def within(since: int | None, until: int | None) -> set[str]:
        dense = {index.passages[one].article_id for one, _ in index.dense("navire", 50, since=since, until=until)}
        lexical = {index.passages[one].article_id for one, _ in index.lexical("navire", 50, since=since, until=until)}
        assert dense == lexical
        return {str(dates[int(article_id[-4:])]) for article_id in dense}

    assert within(None, None) == {"2020", "2020-01", "2020-01-07", "None", "2021-03-01"}
    assert within(20200101, 20201231) == {"2020", "2020-01", "2020-01-07"}
    assert within(20200101, 20200131) == {"2020-01", "2020-01-07"}
    assert within(20200107, 20200107) == {"2020-01-07"}
    assert within(20200102, None) == {"2020-01-07", "2021-03-01"}
    assert within(None, 20201231) == {"2020", "2020-01", "2020-01-07"}
    assert within(20300101, None) == set()


def test_an_encoder_that_fails_midway_leaves_the_old_article_answering(opened: Opener) -> None:
    index = opened(FailingEncoder("naufrage"))
    index.sync([invented(1), invented(2)])
    with pytest.raises(EncoderError):
        index.sync([invented(1, word="naufrage"), invented(2)])
    assert articles_of(index) == {"article-0001", "article-0002"}
    assert found(index, "Départ du navire 1 Le navire numéro 1") == "article-0001"
    assert index.lexical("naufrage", 5) == []
    assert index.sync([invented(1), invented(2)]).embedded == 0


def test_what_was_stored_before_a_failure_answers_and_is_not_embedded_again(opened: Opener) -> None:
    encoder = FailingEncoder("naufrage")
    index = opened(encoder)
    articles = [invented(number) for number in range(400)]
    stored: list[str] = []
    with pytest.raises(EncoderError):
        index.sync([*articles[:-1], invented(399, word="naufrage")], stored=stored.extend)
    assert 0 < len(stored) < 400
    assert articles_of(index) == set(stored)
    assert index.passages[index.lexical("Kermadec3", 1)[0][0]].article_id == "article-0003"
    assert len(index.dense("navire", 1_000)) == len(index.passages)
    already = len(encoder.embedded)
    report = index.sync(articles)
    assert set(report.unchanged) == set(stored)
    assert report.embedded == len(index.passages) - already


class Faulty(HashingEncoder):
    def __init__(self, fault: Callable[[np.ndarray], np.ndarray]) -> None:
        super().__init__()
        self.fault = fault

    def embed_passages(self, texts: object) -> np.ndarray:
        return self.fault(super().embed_passages(texts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fault",
    [
        lambda rows: rows * 0,
        lambda rows: rows * np.nan,
        lambda rows: rows * np.inf,
        lambda rows: rows * 2,
        lambda rows: rows[1:],
        lambda rows: rows[:, 1:],
        lambda rows: rows[0],
    ],
    ids=["zeros", "NaN", "infinity", "length 2", "a row too few", "another dimension", "no matrix"],
)
def test_what_is_not_a_vector_is_refused_and_the_old_state_stays(
    fault: Callable[[np.ndarray], np.ndarray], tmp_path: Path
) -> None:
    with Index.open(tmp_path / "index", Settings(), HashingEncoder()) as index:
        index.sync([invented(1)])
    with Index.open(tmp_path / "index", Settings(), Faulty(fault)) as index:
        with pytest.raises(EncoderError, match="RAG_EMBED_MODEL"):
            index.sync([invented(1, word="voilier"), invented(2)])
        assert articles_of(index) == {"article-0001"}
        assert found(index, "navire") == "article-0001"


def test_a_question_without_a_known_word_finds_nothing(opened: Opener) -> None:
    class Strict(HashingEncoder):
        def embed_queries(self, texts: object) -> np.ndarray:
            return np.zeros((1, 256), dtype=np.float32) if texts == ["你好"] else super().embed_queries(texts)  # type: ignore[arg-type]

    index = opened(Strict())
    index.sync([invented(1)])
    assert index.dense("你好", 5) == []
    assert index.lexical("你好", 5) == []
    assert index.dense("navire", 0) == index.lexical("navire", 0) == []


def test_hostile_articles_are_stored_as_they_are(opened: Opener) -> None:
    index = opened()
    texts = ["\ud800 seul.", "Un nul\0ici.", "'; DROP TABLE passages; --", "{context_str} {{7*7}}", "é" * 2_500]
    articles = [Article.from_text(text, id=f"a'\ud800{number}", outlet="\udfff") for number, text in enumerate(texts)]
    articles.append(Article(id="blank", title="", text=" \n "))
    index.sync(articles)
    by_id = {article.id: article for article in articles}
    for passage in index.passages.values():
        assert by_id[passage.article_id].text[passage.start : passage.end] == passage.text
    assert articles_of(index) == set(by_id) - {"blank"}
    assert index.dense("\ud800 seul", 3)
    assert index.lexical("\ud800 DROP TABLE", 3)
    assert index.sync(articles).unchanged == tuple(sorted(by_id))


def test_two_articles_with_one_id_are_refused(opened: Opener) -> None:
    index = opened()
    with pytest.raises(CorpusError, match="'article-0001'"):
        index.sync([invented(1), invented(1, word="voilier")])
    assert not index.passages


VERSIONS = st.dictionaries(st.integers(0, 6), st.sampled_from(["navire", "voilier", "canot"]), max_size=6)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpora=st.lists(VERSIONS, min_size=1, max_size=4))
def test_an_index_depends_on_the_last_articles_alone_and_syncing_twice_equals_once(
    corpora: list[dict[int, str]],
) -> None:
    with Index.open(None, Settings(), HashingEncoder()) as travelled:
        for corpus in corpora:
            travelled.sync([invented(number, word) for number, word in corpus.items()])
        articles = [invented(number, word) for number, word in corpora[-1].items()]
        again = travelled.sync(articles)
        assert (again.embedded, set(again.unchanged)) == (0, {article.id for article in articles})
        with Index.open(None, Settings(), HashingEncoder()) as direct:
            direct.sync(articles)
            assert dict(travelled.passages) == dict(direct.passages)
            for question in ("navire", "voilier 3", "marins"):
                assert travelled.dense(question, 9) == direct.dense(question, 9)
                assert travelled.lexical(question, 9) == direct.lexical(question, 9)


@pytest.mark.parametrize("opened", KEPT, indirect=True)
def test_another_encoder_is_refused_until_the_index_is_rebuilt(opened: Opener) -> None:
    articles = [invented(1), invented(2)]
    with opened() as index:
        index.sync(articles)
    with pytest.raises(IndexOutdated, match=r"encoder 'hashing' instead of 'other'; run `depeche index .* --rebuild`"):
        opened(HashingEncoder("other"))
    with opened(HashingEncoder("other"), rebuild=True) as index:
        assert index.sync(articles).new == ("article-0001", "article-0002")
        assert found(index, "Brest2") == "article-0002"
    with opened(HashingEncoder("other")) as index:
        assert index.sync(articles).embedded == 0


@pytest.mark.parametrize("opened", KEPT, indirect=True)
def test_a_rebuild_that_is_given_up_leaves_the_old_index_answering(opened: Opener, tmp_path: Path) -> None:
    with opened() as index:
        index.sync([invented(1), invented(2)])
    with opened(FailingEncoder("naufrage"), rebuild=True) as index, pytest.raises(EncoderError):
        index.sync([invented(1), invented(2, word="naufrage")])
    with opened() as index:
        assert index.sync([invented(1), invented(2)]).embedded == 0
        assert found(index, "Brest2") == "article-0002"
    assert len(list((tmp_path / "index").glob("generation-*"))) == 1


@pytest.mark.parametrize("opened", KEPT, indirect=True)
def test_a_rebuilt_index_takes_the_place_of_the_old_one_on_disk(opened: Opener, tmp_path: Path) -> None:
    with opened() as index:
        index.sync([invented(1)])
    with opened(rebuild=True) as index:
        index.sync([invented(1)])
    assert [place.name for place in (tmp_path / "index").glob("generation-*")] == ["generation-0002"]
    with opened() as index:
        assert found(index, "navire") == "article-0001"


@pytest.mark.parametrize("opened", KEPT, indirect=True)
def test_a_second_opening_in_the_same_process_shares_the_index(opened: Opener) -> None:
    first = opened()
    first.sync([invented(1)])
    second = opened()
    assert found(second, "navire") == "article-0001"
    second.sync([invented(2)])
    assert articles_of(first) == {"article-0002"}
    with pytest.raises(IndexOutdated):
        opened(HashingEncoder("other"))
    with pytest.raises(IndexLocked, match="close it"):
        opened(rebuild=True)
    first.close()
    assert found(second, "navire") == "article-0002"


def test_indexes_in_memory_are_each_their_own() -> None:
    with (
        Index.open(None, Settings(), HashingEncoder(), most_vectors=0) as one,
        Index.open(None, Settings(), HashingEncoder(), most_vectors=0) as other,
    ):
        one.sync([invented(1)])
        other.sync([invented(2)])
        assert found(one, "navire") == "article-0001"
        assert found(other, "navire") == "article-0002"


def test_a_closed_index_says_so_and_closing_twice_is_no_error(opened: Opener) -> None:
    index = opened()
    index.sync([invented(1)])
    index.close()
    index.close()
    with pytest.raises(StoreError, match=r"the index, or the assistant that uses it, was closed; open it again$"):
        index.dense("navire", 1)


def test_a_forgotten_index_locks_nobody_out(tmp_path: Path) -> None:
    index = Index.open(tmp_path / "index", Settings(), HashingEncoder())
    index.sync([invented(1)])
    del index
    gc.collect()
    with Index.open(tmp_path / "index", Settings(), HashingEncoder(), rebuild=True) as index:
        assert not index.passages


def test_questions_are_answered_while_a_sync_goes_on(opened: Opener) -> None:
    index = opened()
    index.sync([invented(number) for number in range(50)])
    voices: list[str] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            moment = index.now()
            [(passage_id, _)] = moment.lexical("Kermadec7", 1)
            voices.append(moment.passages[passage_id].article_id)
            near = moment.dense("capitaine Kermadec7", 3)
            assert [moment.passages[passage_id].id for passage_id, _ in near] == [passage_id for passage_id, _ in near]
            assert len(near) == 3

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        index.sync([invented(number, word="voilier") for number in range(200)])
    finally:
        done.set()
        asking.join()
    assert set(voices) == {"article-0007"}
    assert len(voices) > 1
    assert articles_of(index) == {f"article-{number:04d}" for number in range(200)}


def test_a_moment_keeps_its_passages_when_another_who_shares_the_index_syncs(opened: Opener) -> None:
    index = opened()
    index.sync([invented(1)])
    moment = index.now()
    before = dict(moment.passages)
    index.sync([invented(1, word="voilier")])
    assert dict(moment.passages) == before
    assert not before.keys() & index.now().passages.keys()
    assert before.keys() >= {passage_id for passage_id, _ in moment.lexical("navire", 5)} > set()


def test_two_syncs_at_once_come_one_after_the_other(opened: Opener) -> None:
    index = opened()
    articles = [invented(number) for number in range(40)]
    reports = []
    threads = [threading.Thread(target=lambda: reports.append(index.sync(articles))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(report.new) for report in reports) == [0, 40]


def test_passages_come_in_order_of_article_and_place(opened: Opener) -> None:
    index = opened()
    index.sync([invented(number) for number in (3, 1, 2)])
    places = [(passage.article_id, passage.start) for passage in index.passages.values()]
    assert places == sorted(places)
    assert all(passage_id == passage.id for passage_id, passage in index.passages.items())


def test_the_frequency_of_a_term_counts_its_passages(opened: Opener) -> None:
    index = opened()
    index.sync([invented(number) for number in range(10)])
    assert index.frequency("brest7") == 1
    assert index.frequency("unheard") == 0
    assert index.frequency("equipag") == 10


ADDRESSES = ["localhost:8000", "ftp://here", "http://", "http://host:x", "http://me:secret@host", "http://host/a", "x"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_is_none_is_a_settings_error(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"RAG_CHROMA_URL.*; write http://127") as refusal:
        Index.open(tmp_path / "index", replace(Settings(), chroma_url=url), HashingEncoder())
    assert "secret" not in str(refusal.value)


def test_a_server_that_is_down_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:  # bound but not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        down = replace(Settings(), chroma_url=url)
        with (
            Index.open(tmp_path / "index", down, HashingEncoder()) as index,
            pytest.raises(StoreError, match=r"RAG_CHROMA_URL='http.*`chroma run"),
        ):
            index.sync([invented(1)])


def test_an_index_moves_to_a_server_and_back_without_embedding(server_url: str, tmp_path: Path) -> None:
    articles = [invented(number) for number in range(30)]
    with Index.open(tmp_path / "index", Settings(), HashingEncoder()) as index:
        index.sync(articles)
        expected = index.dense("capitaine Kermadec7", 9)
    for url in (server_url, None):
        encoder = HashingEncoder()
        moved = replace(Settings(), chroma_url=url)
        with Index.open(tmp_path / "index", moved, encoder, most_vectors=0) as index:
            assert index.sync(articles).embedded == 0
            assert index.dense("capitaine Kermadec7", 9) == expected
        assert encoder.embedded == []


def test_an_unchanged_corpus_is_opened_and_searched_without_chroma(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", Settings(), HashingEncoder()) as index:
        index.sync([invented(1)])
    program = (
        "import sys; from pathlib import Path; from hashing_encoder import HashingEncoder, invented;"
        "from rag.index import Index; from rag.settings import Settings;"
        f"index = Index.open(Path({str(tmp_path / 'index')!r}), Settings(), HashingEncoder());"
        "assert index.sync([invented(1)]).unchanged and index.dense('navire', 1) and index.lexical('navire', 1);"
        "assert 'chromadb' not in sys.modules and 'llama_index' not in sys.modules"
    )
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, "PYTHONPATH": path})
