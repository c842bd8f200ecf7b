"""The chat over real HTTP on loopback: it streams, declines calmly, keeps strangers out and serves nothing else."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from ui_stand_in import ARTICLES, StandIn, serving

from rag.errors import SettingsError
from rag.settings import Settings
from ui.app import build_app, serve
from ui.newsroom import Newsroom
from ui.texts import FRENCH

QUESTION = "Combien de rames compte le dépôt de tramways de Valmont ?"


@pytest.fixture(scope="module")
def assistant() -> StandIn:
    return StandIn()


@pytest.fixture(scope="module")
def address(assistant: StandIn) -> Iterator[str]:
    """The chat, served with switches in the environment that would open it wide if they had an effect."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("SHARE", "MCP_SERVER", "SSR_MODE", "VIBE_MODE", "DEBUG", "PROFILING", "RUN_HISTORY"):
            environment.setenv(f"GRADIO_{name}", "True" if name != "DEBUG" else "1")
        environment.setenv("GRADIO_ALLOWED_PATHS", "/")
        environment.setenv("GRADIO_ROOT_PATH", "https://evil.example/")
        with serving(assistant) as url:
            yield url


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=20, trust_env=False) as opened:
        yield opened


class Session:
    """One reader's page, asking as a browser does: join the queue, then read the event stream."""

    def __init__(self, client: httpx.Client, name: str) -> None:
        self._client = client
        self._name = name
        config = client.get("/config").json()
        self._ids = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
        (memory,) = [part["id"] for part in config["components"] if part["type"] == "browserstate"]
        asking = next(one for one in config["dependencies"] if [self._ids["question"], "submit"] in one["targets"])
        self._fn_index = asking["id"]
        self._outputs = asking["outputs"]
        self._place_of_memory = asking["outputs"].index(memory)
        self.memory: object = None

    def ask(self, question: object, *limits: object) -> list[list[object]]:
        """Every state of the outputs, as sent; the first whole, later ones as Gradio's differences.

        Args:
            limits: since, until, as of, outlets and passages; nothing is limited when there are none.
        """
        self.join(question, *limits).raise_for_status()
        states = []
        with self._client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._name}) as events:
            for line in events.iter_lines():
                event = json.loads(line.removeprefix("data: ")) if line else {}
                if event.get("msg") in ("process_generating", "process_completed"):
                    assert event["success"], event
                    states.append(event["output"]["data"])
                if event.get("msg") == "process_completed":
                    break
        self.memory = states[0][self._place_of_memory]
        return states

    def join(self, question: object, *limits: object) -> httpx.Response:
        """Ask without waiting for the answer."""
        data = [question, self.memory, None, *(limits or ("", "", "", [], 8)), "llm"]
        body = {"data": data, "fn_index": self._fn_index, "session_hash": self._name}
        headers = {"Content-Type": "application/json"}
        return self._client.post("/gradio_api/queue/join", content=json.dumps(body), headers=headers)

    def part(self, state: list[object], name: str) -> str:
        """What one output shows."""
        return str(state[self._outputs.index(self._ids[name])])

    def last(self, question: object) -> str:
        """The conversation after the last change."""
        return self.part(self.ask(question)[-1], "conversation")


def test_an_answer_streams_and_ends_complete(client: httpx.Client, assistant: StandIn) -> None:
    session = Session(client, "streams")
    states = session.ask(QUESTION)
    assert len(states) >= 4
    assert 'aria-busy="true"' in session.part(states[0], "conversation")
    assert "42 rames" in session.part(states[-1], "conversation")
    assert 'aria-busy="false"' in session.part(states[-1], "conversation")
    assert "<blockquote" in session.part(states[-1], "latest")


def test_a_follow_up_is_asked_with_the_history_of_its_own_session(client: httpx.Client, assistant: StandIn) -> None:
    session, other = Session(client, "follows"), Session(client, "stranger")
    session.last(QUESTION)
    session.last("Et les conducteurs de tramways de Valmont ?")
    _, history = assistant.asked[-1]
    assert [question for question, _ in history] == [QUESTION]
    assert "Le dépôt de tramways" in history[0][1]
    other.last(QUESTION)
    assert assistant.asked[-1] == (QUESTION, ())


def test_a_broken_assistant_gives_a_calm_line_without_path_and_the_next_question_works(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    session = Session(client, "breaks")
    with caplog.at_level(logging.ERROR, logger="ui.asking"):
        shown = session.last("panne secrète")
    assert FRENCH.failed.split(".")[0] in shown
    assert "/home/reporter" not in shown
    assert "Traceback" not in shown
    assert [record.getMessage() for record in caplog.records] == ["a question could not be answered"]
    assert "42 rames" in session.last(QUESTION)


@pytest.mark.parametrize("length", [2_001, 3_000_000], ids=["just too long", "3 MB"])
def test_an_over_long_question_is_refused_politely(client: httpx.Client, assistant: StandIn, length: int) -> None:
    before = len(assistant.asked)
    shown = Session(client, f"long{length}").last("x" * length)
    assert f"{length} caractères" in shown
    assert len(shown) < 3_000
    assert len(assistant.asked) == before


@pytest.mark.parametrize(
    "question",
    ["", "   \n", "\u200b\u202e", None, 7, ["a"], {"a": 1}, "\x00\ud800", '"; DROP TABLE', "🦊" * 50],
    ids=repr,
)
def test_odd_questions_never_break_the_page(client: httpx.Client, question: object) -> None:
    session = Session(client, f"odd{abs(hash(repr(question)))}")
    session.ask(question)
    assert "42 rames" in session.last(QUESTION)


def test_an_empty_question_leaves_the_page_as_it_is(client: httpx.Client) -> None:
    assert Session(client, "empty").last("  ") == ""


def test_limits_reach_the_assistant_and_odd_ones_do_not_break_the_page(
    client: httpx.Client, assistant: StandIn
) -> None:
    session = Session(client, "limits")
    session.ask(QUESTION, "2019", "2020-02", "", ["AFP"], 50)
    assert assistant.limits == {"since": "2019", "until": "2020-02", "as_of": None, "outlets": ("AFP",), "passages": 50}
    for odd in ((None, None, None, None, 1), ("<b>", "", "", [], 8), ({}, [], 7, None, 1), ("2020-13", "", "", [], 8)):
        session.ask(QUESTION, *odd)
    assert "42 rames" in session.last(QUESTION)


def test_another_readers_conversation_is_found_by_its_unguessable_name_only(client: httpx.Client) -> None:
    session, stranger = Session(client, "holder"), Session(client, "guesser")
    assert "rames compte" in session.last(QUESTION)
    for guess in ({"conversation": "1"}, {"conversation": None}, "x", ["x"], {"conversation": {"$ne": ""}}):
        stranger.memory = guess
        assert stranger.part(stranger.ask("panne")[-1], "conversation").count("<article") == 1
    assert isinstance(session.memory, dict)
    assert stranger.memory["conversation"] != session.memory["conversation"]  # type: ignore[index]


@pytest.mark.parametrize("limits", [("", "", "", ["unknown"], 8), ("", "", "", [], 10**9)], ids=["outlet", "passages"])
def test_limits_that_the_page_does_not_offer_ask_nothing(
    client: httpx.Client, assistant: StandIn, limits: tuple[object, ...]
) -> None:
    before = len(assistant.asked)
    Session(client, f"unoffered{limits[-1]}").join("never asked", *limits)
    assert "42 rames" in Session(client, f"offered{limits[-1]}").last(QUESTION)
    assert [question for question, _ in assistant.asked[before:]] == [QUESTION]


def test_a_full_queue_refuses_at_once_and_then_serves_again(client: httpx.Client, assistant: StandIn) -> None:
    assistant.released.clear()
    answers = [Session(client, f"one of many {number}").join("attente") for number in range(50)]
    assert {answer.status_code for answer in answers} == {200, 503}
    assert "full" in answers[-1].text
    assistant.released.set()
    waiting = Session(client, "patient")
    while waiting.join(QUESTION).status_code == 503:
        time.sleep(0.1)
    assert "42 rames" in Session(client, "after all").last(QUESTION)


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css", "/nothing", "/gradio_api/file=/etc/passwd"])
def test_every_answer_carries_the_security_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    for directive in ("frame-ancestors 'none'", "script-src-attr 'none'", "connect-src 'self'", "img-src 'self' data:"):
        assert directive in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil", ""])
@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/queue/join", "/nothing"])
def test_a_foreign_host_is_refused_everywhere(client: httpx.Client, host: str, path: str) -> None:
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_names_of_this_machine_are_served(client: httpx.Client, host: str) -> None:
    port = client.base_url.port
    assert client.get("/", headers={"Host": f"{host}:{port}"}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:1", "https://127.0.0.1", "x", "http://["]
)
def test_a_foreign_origin_is_refused_and_nothing_happens(client: httpx.Client, assistant: StandIn, origin: str) -> None:
    before = len(assistant.asked)
    body = {"data": [QUESTION, None], "fn_index": 0, "session_hash": "foreign"}
    answer = client.post("/gradio_api/queue/join", json=body, headers={"Origin": origin})
    assert answer.status_code == 403
    assert client.get("/config", headers={"Origin": origin}).status_code == 403
    assert len(assistant.asked) == before


def test_our_own_origin_is_served(client: httpx.Client, address: str) -> None:
    body = {"session_hash": "own", "fn_index": 0, "event_id": "x"}
    assert client.post("/gradio_api/reset", json=body, headers={"Origin": address}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *(
            "file=/etc/passwd",
            "file=../../etc/passwd",
            "file=http://example.com/",
            "file/etc/passwd",
            "proxy=http://x/",
        ),
        *("run/ask", "api/ask", "call/ask", "call/v2/ask", "info", "openapi.json", "runs", "mcp/sse", "mcp/"),
        *("vibe-edit", "vibe-code", "profiling/traces", "component_server", "deep_link", "run/predict"),
        *("../monitoring", "../monitoring/summary", "../login", "../docs", "../openapi.json", "../pwa_icon"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_the_page_does_not_need_is_not_there(client: httpx.Client, method: str, path: str) -> None:
    request = client.build_request(method, "/", content=b"")
    target = path.removeprefix("../") if path.startswith("../") else f"gradio_api/{path}"
    request.url = request.url.copy_with(raw_path=f"/{target}".encode())
    answer = client.send(request)
    assert answer.status_code in (403, 404)
    assert "root:" not in answer.text


@pytest.mark.parametrize("path", ["/assets/../../../../etc/passwd", "/static/..%2f..%2f..%2f..%2fetc%2fpasswd"])
def test_assets_do_not_lead_out_of_their_folder(client: httpx.Client, path: str) -> None:
    request = client.build_request("GET", "/")
    request.url = request.url.copy_with(raw_path=path.encode())
    answer = client.send(request)
    assert answer.status_code in (400, 403, 404)
    assert "root:" not in answer.text


def test_a_body_too_large_or_of_unknown_size_is_refused(client: httpx.Client) -> None:
    assert client.post("/gradio_api/queue/join", content=b"x" * 8_000_001).status_code == 413
    pieces = (piece for piece in (b"{", b"}"))
    assert client.post("/gradio_api/queue/join", content=pieces).status_code == 411


def test_the_page_names_no_script_style_or_image_of_another_host(client: httpx.Client) -> None:
    page = client.get("/").text
    for attribute in ('src="http', "src='http", 'href="http', "url(http", "url('http", 'url("http'):
        assert attribute not in page
    assert "evil.example" not in page.replace("http://evil.example/p", "")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "news.example", "", "127.0.0.1.evil.example"])
def test_another_address_than_loopback_is_refused_before_anything_starts(host: str) -> None:
    def app(settings: Settings) -> object:
        return build_app(Newsroom(StandIn(), settings))

    for start in (lambda settings: serve(StandIn(), settings), app):
        with pytest.raises(SettingsError, match="RAG_HOST"):
            start(replace(Settings(), host=host))


def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = replace(Settings(), port=taken.getsockname()[1])
        with pytest.raises(SettingsError, match="RAG_PORT"):
            serve(StandIn(), settings)


def test_ctrl_c_ends_serving_quietly_even_with_a_page_open() -> None:
    program = (
        "from dataclasses import replace; from ui_stand_in import StandIn; from rag.settings import Settings\n"
        "from ui.app import serve; serve(StandIn(), replace(Settings(), port=int(__import__('sys').argv[1])))"
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    tests = Path(__file__).parent
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}"}
    with (
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", program, port],
            env=environment,
            text=True,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as serving_alone,
        httpx.Client(trust_env=False, timeout=60) as page,
    ):
        assert serving_alone.stdout is not None
        assert serving_alone.stdout.readline() == f"Dépêche: http://127.0.0.1:{port} (Ctrl-C stops it)\n"
        with page.stream("GET", f"http://127.0.0.1:{port}/gradio_api/heartbeat/open") as open_page:
            assert open_page.status_code == 200
            serving_alone.send_signal(signal.SIGINT)
            told, complained = serving_alone.communicate(timeout=30)
    assert (told, complained, serving_alone.returncode) == ("", "", 0)


def test_the_articles_are_all_the_page_needs_to_start() -> None:
    assert build_app(Newsroom(StandIn(ARTICLES[:1]))).routes
    assert build_app(Newsroom(StandIn(()))).routes
