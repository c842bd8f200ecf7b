"""Tests of an endpoint that misbehaves: a real server on loopback, every fault, and an answer all the same."""

from __future__ import annotations

import datetime
import email.utils
import json
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from llm_server import KEY, Exchange, LlmServer, closed_port, event, events

from rag import Answer, Article, Assistant
from rag.cli import main
from rag.doctor import examine
from rag.errors import ModelError
from rag.llm import Call, Message, open_writer
from rag.llm.breaker import Breaker
from rag.llm.endpoint import Endpoint
from rag.llm.troubles import one_line
from rag.llm.writer import Writer
from rag.settings import Secret

FERRY = Article.from_text(
    "La compagnie Oriane a suspendu ses traversées vers l'île de Brume mardi. "
    "Elle invoque une panne du moteur principal. "
    "Quelque 340 passagers ont été logés dans des hôtels du port, selon la mairie.",
    id="ferry",
    title="Les traversées vers l'île de Brume suspendues",
    published="2022-03-08",
    outlet="Le Phare",
    language="fr",
)
HARBOUR = Article.from_text(
    "Le port de Valmer a accueilli 12 paquebots cet été. La capitainerie en attend 15 l'an prochain.",
    id="harbour",
    published="2022-09",
    language="fr",
)
QUESTION = "Combien de passagers ont été logés à l'hôtel ?"
PROSE = "Selon la mairie, quelque 340 passagers ont été logés dans des hôtels du port."
GRACE = 0.5  # seconds after the deadline in which the answer must be there


def mark(exchange: Exchange, article: str = "Le Phare") -> str:
    """The mark of the first passage of an outlet."""
    found = re.search(rf"^\S+ \[(\w+)\] {article}", exchange.prompt, re.MULTILINE)
    assert found
    return found.group(1)


def prose(exchange: Exchange) -> None:
    exchange.stream(f"{PROSE} [{mark(exchange)}]\n")


@pytest.fixture(scope="module")
def server() -> Iterator[LlmServer]:
    with LlmServer(prose) as running:
        yield running


@pytest.fixture(autouse=True)
def fresh(server: LlmServer) -> None:
    server.exchanges.clear()
    server.behave = prose


def ask(server: LlmServer, deadline: float = 8.0, question: str = QUESTION, **settings: Any) -> tuple[Answer, float]:
    """The answer of a new assistant, and the seconds it took."""
    with Assistant.from_articles([FERRY, HARBOUR], server.settings(deadline, **settings)) as assistant:
        started = time.monotonic()
        answer = assistant.ask(question)
        return answer, time.monotonic() - started


def assert_in_quotes(answer: Answer, *said: str) -> None:
    """The answer is the one made of quotes, and says why."""
    assert answer.mode == "extractive"
    assert "340 passagers" in answer.text
    assert answer.complete
    assert answer.notice
    assert answer.notice.startswith("Réponse faite de citations")
    for words in said:
        assert words in answer.notice
    assert len(answer.notice) < 500
    assert "\n" not in answer.notice
    assert KEY not in json.dumps(answer.to_dict())


def test_an_endpoint_that_works_writes_the_answer(server: LlmServer) -> None:
    answer, _ = ask(server)
    assert answer.mode == "generative"
    assert answer.text.endswith(f"{PROSE} (Le Phare, 8 mars 2022) [1]")
    assert [claim.text for claim in answer.claims] == [PROSE]
    assert answer.notice is None
    assert answer.tokens == (321, 45)
    assert [stage for stage, _ in answer.seconds] == ["retrieve", "quotes", "first words", "write", "check"]
    sent = server.exchanges[0]
    assert sent.path == "/v1/chat/completions"
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.body["model"] == "small"
    assert not [name for name in sent.headers if "stainless" in name]


def refusing(status: int, said: str = "no such luck", **headers: str) -> Callable[[Exchange], None]:
    body = json.dumps({"error": {"message": said}})
    return lambda exchange: exchange.refuse(status, body, **headers)


def in_turn(*behaviours: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
    remaining = list(behaviours)

    def behave(exchange: Exchange) -> None:
        remaining.pop(0)(exchange)

    return behave


def sending(*data: bytes, sort: str = "text/event-stream") -> Callable[[Exchange], None]:
    def behave(exchange: Exchange) -> None:
        exchange.begin(sort)
        for part in data:
            exchange.send(part)

    return behave


def resetting(exchange: Exchange) -> None:
    exchange.begin()
    exchange.send(b"".join(events(f"{PROSE} [{mark(exchange)}]\nLa", None, done=False)))
    exchange.reset()


def breaking_off_in_chunked_encoding(exchange: Exchange) -> None:
    exchange.handler.protocol_version = "HTTP/1.1"
    exchange.handler.send_response(200)
    exchange.handler.send_header("Content-Type", "text/event-stream")
    exchange.handler.send_header("Transfer-Encoding", "chunked")
    exchange.handler.end_headers()
    exchange.send(b"1f\r\n" + event({"content": "Selon"})[:20])
    exchange.handler.close_connection = True


@pytest.mark.parametrize(
    ("behave", "said"),
    [
        pytest.param(refusing(401), ["401", "no such luck", "RAG_LLM_API_KEY"], id="wrong key"),
        pytest.param(refusing(403), ["403", "RAG_LLM_API_KEY"], id="forbidden"),
        pytest.param(refusing(404, "model 'small' not found"), ["404", "RAG_LLM_MODEL", "/v1"], id="not found"),
        pytest.param(refusing(400), ["400", "RAG_LLM_MODEL"], id="bad request"),
        pytest.param(refusing(422), ["422"], id="unprocessable"),
        pytest.param(refusing(301, location="http://example.org/"), ["HTTP 301"], id="redirect"),
        pytest.param(
            lambda exchange: exchange.refuse(200, "<html><body>Welcome</body></html>", "text/html"),
            ["text/html", "RAG_LLM_URL", "/v1"],
            id="a web page",
        ),
        pytest.param(lambda exchange: exchange.refuse(200, "{}"), ["application/json"], id="no stream"),
        pytest.param(sending(), ["n'a rien écrit"], id="empty body"),
        pytest.param(sending(b'data: {"id": "c", "choi'), ["modèle"], id="truncated JSON"),
        pytest.param(sending(b'data: {"id": "c", "choi\n\n'), ["a échoué"], id="broken JSON"),
        pytest.param(sending(b"data: [1, 2]\n\n", b"data: [DONE]\n\n"), ["modèle"], id="wrong schema"),
        pytest.param(sending(event(None), b"data: [DONE]\n\n"), ["n'a rien écrit"], id="no choices"),
        pytest.param(sending(event({"content": None}, "stop")), ["n'a rien écrit"], id="null content"),
        pytest.param(sending(b'data: {"error": {"message": "GPU is out"}}\n\n'), ["GPU is out"], id="error event"),
        pytest.param(resetting, ["s'est interrompu"], id="reset in the middle"),
        pytest.param(breaking_off_in_chunked_encoding, ["s'est interrompu"], id="cut in the middle of a chunk"),
        pytest.param(refusing(429, retry_after="3600"), ["429", "plus tard"], id="far too busy"),
    ],
)
def test_a_fault_gives_the_quotes_and_says_what_came_back(
    server: LlmServer, behave: Callable[[Exchange], None], said: list[str]
) -> None:
    server.behave = behave
    answer, seconds = ask(server)
    assert_in_quotes(answer, *said)
    assert len(server.exchanges) == 1  # trying again would not have helped
    assert seconds < 2


@pytest.mark.parametrize("status", [429, 500, 529])
def test_what_may_pass_is_tried_twice_again(server: LlmServer, status: int) -> None:
    server.behave = refusing(status)
    answer, seconds = ask(server)
    assert_in_quotes(answer, str(status))
    assert len(server.exchanges) == 3
    assert seconds < 2.5
    server.exchanges.clear()
    server.behave = in_turn(refusing(status), refusing(status), prose)
    assert ask(server)[0].mode == "generative"


def test_a_server_that_asks_for_a_second_gets_it(server: LlmServer) -> None:
    server.behave = in_turn(refusing(429, retry_after="1"), prose)
    answer, seconds = ask(server)
    assert answer.mode == "generative"
    assert 1 <= seconds < 2


def test_a_server_may_name_the_hour(server: LlmServer) -> None:
    tomorrow = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    server.behave = refusing(503, retry_after=email.utils.format_datetime(tomorrow))
    answer, seconds = ask(server)
    assert_in_quotes(answer, "503")
    assert seconds < 1


def test_nobody_there_is_said_at_once(server: LlmServer) -> None:
    answer, seconds = ask(server, llm_url=f"http://127.0.0.1:{closed_port()}/v1")
    assert_in_quotes(answer, "rien ne répond à RAG_LLM_URL", "127.0.0.1")
    assert seconds < 2


def test_a_server_without_tls_is_not_spoken_to_in_tls(server: LlmServer) -> None:
    answer, _ = ask(server, llm_url=server.url.replace("http:", "https:"))
    assert_in_quotes(answer, "RAG_LLM_URL")


def test_a_server_is_spoken_to_in_tls_when_its_certificate_is_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trustme.CA()
    with LlmServer(prose, authority) as server:
        answer, _ = ask(server)
        assert_in_quotes(answer, "RAG_LLM_URL", "CERTIFICATE_VERIFY_FAILED")
        assert not server.exchanges
        authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        assert ask(server)[0].mode == "generative"
        server.behave = stalling
        answer, seconds = ask(server, deadline=0.7)
        assert_in_quotes(answer, "0.7 secondes")
        assert seconds < 0.7 + GRACE


def silent(exchange: Exchange) -> None:
    exchange.wait_until_left()


def stalling(exchange: Exchange) -> None:
    exchange.begin()
    exchange.send(b"".join(events(f"{PROSE} [{mark(exchange)}]\nLa", None, done=False)))
    exchange.wait_until_left()


def dripping_headers(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        exchange.send(f"X-Wait-{number}: 1\r\n".encode())
        time.sleep(0.05)


def dripping(exchange: Exchange) -> None:
    exchange.begin()
    for byte in b"".join(events("Selon la mairie, " * 50)):
        exchange.send(bytes([byte]))
        time.sleep(0.05)


@pytest.mark.parametrize("behave", [silent, stalling, dripping_headers, dripping], ids=lambda behave: behave.__name__)
def test_the_answer_is_there_half_a_second_after_the_deadline_at_the_latest(
    server: LlmServer, behave: Callable[[Exchange], None]
) -> None:
    server.behave = behave
    answer, seconds = ask(server, deadline=0.7)
    assert_in_quotes(answer, "0.7 secondes", "RAG_LLM_DEADLINE")
    assert 0.6 < seconds < 0.7 + GRACE


def test_a_model_that_falls_silent_is_not_waited_for_to_the_end(server: LlmServer) -> None:
    server.behave = stalling
    endpoint = Endpoint(server.settings())
    endpoint.place = type(endpoint.place)(endpoint.place.url, "small", Secret(KEY), stall=0.3)
    started = time.monotonic()
    with pytest.raises(ModelError, match="stopped in the middle"):
        list(Writer(endpoint).write([Message("user", "8s [abcd] Le Phare")], Call(20)))
    assert time.monotonic() - started < 2


def test_a_reader_who_leaves_ends_the_call(server: LlmServer) -> None:
    left = threading.Event()

    def behave(exchange: Exchange) -> None:
        stalling(exchange)
        left.set()

    server.behave = behave
    with Assistant.from_articles([FERRY, HARBOUR], server.settings(20)) as assistant:
        answers = assistant.stream(QUESTION)
        assert any(answer.claims for answer in answers)
        answers.close()  # type: ignore[attr-defined]
        assert left.wait(2)
    deadline = time.monotonic() + 2
    while any(thread.name == "language model" for thread in threading.enumerate()):
        assert time.monotonic() < deadline, "the thread that listened is still there"
        time.sleep(0.02)


def in_single_bytes(exchange: Exchange) -> None:
    exchange.begin()
    for byte in b"".join(events(f"{PROSE} [{mark(exchange)}]", size=40)):
        exchange.send(bytes([byte]))


def framed(change: Callable[[bytes], bytes]) -> Callable[[Exchange], None]:
    return lambda exchange: sending(change(b"".join(events(f"{PROSE} [{mark(exchange)}]"))))(exchange)


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(in_single_bytes, id="letters with accents cut in two"),
        pytest.param(framed(lambda data: data.replace(b"\n", b"\r\n")), id="CRLF"),
        pytest.param(framed(lambda data: data.replace(b"data: ", b"data:")), id="no space after data:"),
        pytest.param(framed(lambda data: b": hello\n\n" + data.replace(b"\n\n", b"\n\n: ping\n\n")), id="comments"),
        pytest.param(framed(lambda data: data.replace(b"data: [DONE]\n\n", b"")), id="no [DONE]"),
        pytest.param(
            lambda exchange: exchange.stream(f"{PROSE} [{mark(exchange)}]", None, done=False), id="no ending at all"
        ),
    ],
)
def test_a_stream_is_put_together_however_it_is_framed(server: LlmServer, behave: Callable[[Exchange], None]) -> None:
    server.behave = behave
    answer, _ = ask(server)
    assert answer.text.endswith(f"{PROSE} (Le Phare, 8 mars 2022) [1]")
    assert [claim.text for claim in answer.claims] == [PROSE]


def test_a_line_that_was_cut_off_is_not_an_answer(server: LlmServer) -> None:
    whole = f"{PROSE} [{{}}]\nLa compagnie a logé 340 passagers et"
    server.behave = lambda exchange: exchange.stream(whole.format(mark(exchange)), "length")
    answer, _ = ask(server)
    assert [claim.text for claim in answer.claims] == [PROSE]


def endless(text: str) -> Callable[[Exchange], None]:
    def behave(exchange: Exchange) -> None:
        exchange.begin()
        part = event({"content": text})
        try:
            while True:
                exchange.send(part)
        except OSError:
            pass

    return behave


@pytest.mark.parametrize(
    "text", ["bla ", "x" * 4_096, f"{PROSE}\n", "\n", ""], ids=["words", "letters", "lines", "blank", "nothing"]
)
def test_a_model_that_never_ends_is_cut(server: LlmServer, text: str) -> None:
    server.behave = endless(text)
    answer, seconds = ask(server, deadline=1.5)
    assert "340 passagers" in answer.text
    assert len([claim for claim in answer.claims if claim.verdict != "quoted"]) <= 1
    assert seconds < 1.5 + GRACE


def test_after_five_failures_in_a_row_the_endpoint_rests(server: LlmServer) -> None:
    server.behave = refusing(401)
    with Assistant.from_articles([FERRY, HARBOUR], server.settings()) as assistant:
        for _ in range(10):
            started = time.monotonic()
            answer = assistant.ask(QUESTION)
            assert time.monotonic() - started < 1
    assert len(server.exchanges) == 5
    assert_in_quotes(answer, "demi-minute", "depeche doctor")


def test_after_its_rest_one_question_tries_and_the_others_follow() -> None:
    breaker = Breaker(failures=2, rest=0.1)
    breaker.failed()
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()
    time.sleep(0.12)
    assert [breaker.lets_through(), breaker.lets_through()] == [True, False]
    breaker.worked()
    assert breaker.lets_through()


@pytest.mark.parametrize(
    "said",
    [
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens",
        "the request exceeds the available context size, try increasing it",
        "Please reduce the length of the input prompt.",
    ],
)
@pytest.mark.parametrize("status", [400, 500])
def test_passages_too_long_for_the_model_are_trimmed_once(server: LlmServer, status: int, said: str) -> None:
    room = 3_400  # characters
    long = [
        Article.from_text(
            f"Le port numéro {number} a logé {number} passagers. " + "La mer monte. " * 20, id=f"a{number}"
        )
        for number in range(300, 308)
    ]

    def behave(exchange: Exchange) -> None:
        if len(exchange.prompt) > room:
            refusing(status, said)(exchange)
        else:
            prose(exchange)

    server.behave = behave
    with Assistant.from_articles([FERRY, *long], server.settings()) as assistant:
        answer = assistant.ask(QUESTION)
    lengths = [len(exchange.prompt) for exchange in server.exchanges]
    assert len(lengths) == 2
    assert lengths[1] < lengths[0]
    assert (answer.mode == "generative") == (lengths[1] <= room)
    server.exchanges.clear()
    server.behave = refusing(status, said)
    answer, _ = ask(server)
    assert_in_quotes(answer, "contexte", "RAG_PASSAGES")
    assert len(server.exchanges) <= 2


def test_two_questions_at_once_are_kept_apart(server: LlmServer) -> None:
    both = threading.Barrier(2, timeout=10)

    def behave(exchange: Exchange) -> None:
        both.wait()
        if "paquebots" in exchange.prompt.rpartition("Question : ")[2]:
            time.sleep(0.1)
            exchange.stream(f"Le port de Valmer a accueilli 12 paquebots cet été. [{mark(exchange, 'septembre')}]\n")
        else:
            prose(exchange)

    server.behave = behave
    found: dict[str, Answer] = {}
    with Assistant.from_articles([FERRY, HARBOUR], server.settings()) as assistant:
        questions = [QUESTION, "Combien de paquebots le port de Valmer a-t-il accueillis ?"]
        threads = [
            threading.Thread(target=lambda asked=asked: found.update({asked: assistant.ask(asked)}))  # type: ignore[misc]
            for asked in questions
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [[citation.article_id for citation in found[asked].citations] for asked in questions] == [
        ["ferry"],
        ["harbour"],
    ]


@pytest.mark.parametrize("option", ["stream_options", "temperature", "max_tokens"])
def test_an_option_that_the_server_does_not_know_is_left_out_from_then_on(server: LlmServer, option: str) -> None:
    def behave(exchange: Exchange) -> None:
        if option in exchange.body:
            refusing(422, f"body.{option}: Extra inputs are not permitted")(exchange)
        else:
            prose(exchange)

    server.behave = behave
    with Assistant.from_articles([FERRY, HARBOUR], server.settings()) as assistant:
        assert assistant.ask(QUESTION).mode == "generative"
        assert assistant.ask(QUESTION).mode == "generative"
    assert [option in exchange.body for exchange in server.exchanges] == [True, False, False]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"llm_url": "127.0.0.1:11434/v1"}, ["RAG_LLM_URL", "127.0.0.1:11434/v1", "http://"]),
        ({"llm_url": "ftp://127.0.0.1/v1"}, ["RAG_LLM_URL", "http://"]),
        ({"llm_url": None}, ["RAG_LLM_URL", "http://"]),
        ({"llm_url": "http://[::1/v1"}, ["RAG_LLM_URL"]),
        ({"llm_url": "http://user:secrète@127.0.0.1/v1?key=secrète"}, ["RAG_LLM_URL", "RAG_LLM_API_KEY"]),
        ({"llm_model": None}, ["RAG_LLM_MODEL"]),
        ({"llm_api_key": Secret("clé\nsecrète")}, ["RAG_LLM_API_KEY"]),
    ],
    ids=["no scheme", "another scheme", "no address", "no address at all", "a password", "no model", "no key"],
)
def test_a_setting_that_cannot_be_used_is_named_and_the_quotes_are_given(
    server: LlmServer, settings: dict[str, Any], said: list[str]
) -> None:
    answer, _ = ask(server, **settings)
    assert_in_quotes(answer, *said)
    assert "secrète" not in str(answer.to_dict())
    assert not server.exchanges


def test_a_wrong_setting_is_named_as_often_as_one_asks(server: LlmServer) -> None:
    with Assistant.from_articles([FERRY], server.settings(llm_url="localhost")) as assistant:
        for _ in range(7):
            assert "RAG_LLM_URL='localhost'" in (assistant.ask(QUESTION).notice or "")


def test_an_english_question_gets_an_english_notice(server: LlmServer) -> None:
    server.behave = refusing(401)
    answer, _ = ask(server, question="How many passengers were put up in hotels?")
    assert answer.notice
    assert answer.notice.startswith("Answered in quotes, without the language model: the server")
    assert "check RAG_LLM_API_KEY" in answer.notice


def echoing_the_key(status: int) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.refuse(
        status, json.dumps({"error": {"message": f"bad header {exchange.headers['authorization']}"}})
    )


def echoing_in_the_answer(exchange: Exchange) -> None:
    exchange.stream(f"La clé est {exchange.headers['authorization']}. [{mark(exchange)}]\n{PROSE} [{mark(exchange)}]\n")


@pytest.mark.parametrize(
    "behave",
    [echoing_the_key(401), echoing_the_key(500), echoing_in_the_answer, resetting, prose],
    ids=["refused", "failing", "written", "reset", "well"],
)
def test_the_key_is_shown_nowhere(
    server: LlmServer, behave: Callable[[Exchange], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.behave = behave
    settings = server.settings()
    with Assistant.from_articles([FERRY, HARBOUR], settings) as assistant:
        answers = list(assistant.stream(QUESTION))
        writer = open_writer(settings)
        assert writer is not None
        raised: list[BaseException | None] = []
        try:
            list(writer.write([Message("user", "8s [abcd] Le Phare")], Call(5)))
        except ModelError as error:
            raised = [error, error.__cause__, error.__cause__ and error.__cause__.__cause__]
    shown = [
        caplog.text,
        repr(settings),
        repr(vars(assistant)),
        repr(vars(writer)),
        str([answer.to_dict() for answer in answers]),
        *(f"{error!r} {vars(error)}" for error in raised if error),
    ]
    assert not [text for text in shown if KEY in text]
    assert server.exchanges[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Bearer abc.def", "(hidden)"),
        ("key sk-proj-abcdef123456 is wrong", "key (hidden) is wrong"),
        ("two\r\nlines\x1b[31m", "two lines [31m"),
        ("x" * 1_000, "x" * 159 + "…"),
    ],
)
def test_what_a_server_says_is_shown_on_one_short_line(said: str, shown: str) -> None:
    assert one_line(said) == shown


def test_the_command_line_tells_mode_verdicts_guards_times_and_tokens(
    server: LlmServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ferry.txt").write_text(FERRY.text, encoding="utf-8")
    chosen = {"": "endpoint", "_URL": server.url, "_MODEL": "small", "_API_KEY": KEY}
    for name, value in chosen.items():
        monkeypatch.setenv(f"RAG_LLM{name}", value)
    false = "Quelque 350 passagers ont été logés, selon la mairie."
    server.behave = lambda exchange: exchange.stream(f"{PROSE}\n{false} [{mark(exchange, 'date')}]\n")
    asked = ["ask", QUESTION, "--corpus", str(tmp_path)]
    assert main([*asked, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["mode"] == "generative"
    assert [(claim["text"], claim["verdict"], claim["guard"]) for claim in answer["claims"]] == [
        (PROSE, "supported", None),
        (false, "unsupported", "numbers"),
    ]
    assert answer["tokens"] == [321, 45]
    assert dict(answer["seconds"]).keys() == {"retrieve", "quotes", "first words", "write", "check"}
    server.behave = refusing(401)
    assert main(asked) == 0
    told = capsys.readouterr()
    assert "340 passagers" in told.out
    assert told.err.splitlines()[-1].startswith("depeche: Réponse faite de citations, sans le modèle de langue")
    assert KEY not in told.out + told.err


def test_the_doctor_greets_the_model(server: LlmServer, tmp_path: Any) -> None:
    (tmp_path / "a.txt").write_text(FERRY.text, encoding="utf-8")

    def found(**settings: Any) -> tuple[bool, str]:
        findings = examine(tmp_path, server.settings(**settings))
        assert not [finding for finding in findings if KEY in finding.state]
        return next((finding.well, finding.state) for finding in findings if finding.subject == "language model")

    server.behave = lambda exchange: exchange.stream("ready")
    assert re.fullmatch(rf"small at {server.url} answered in \d+\.\d s", found()[1])
    server.behave = refusing(404, "model 'large' not found")
    well, state = found(llm_model="large")
    assert not well
    assert "RAG_LLM_MODEL='large'" in state
    assert state.endswith("(small)")
    assert not found(llm_url="localhost")[0]
    assert not found(llm_url=f"http://user:{KEY}@127.0.0.1/v1")[0]
    assert "RAG_LLM=endpoint" in found(llm="none")[1]
