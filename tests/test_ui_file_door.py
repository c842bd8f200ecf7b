"""A request may name uploaded files and nothing else: not what lies on this machine, not what must be fetched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.file_door import LARGEST_REQUEST, FileDoor

JOIN = "/gradio_api/queue/join"
META = {"meta": {"_type": "gradio.FileData"}}


@pytest.fixture
def uploaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file as Gradio keeps an upload, in a folder of its own."""
    folder = tmp_path / "uploads" / "0f3a"
    folder.mkdir(parents=True)
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    file = folder / "article.txt"
    file.write_text("Le maire inaugure la piscine.")
    return file


@pytest.fixture
def client() -> TestClient:
    async def echo(request: Request) -> Response:
        return Response(await request.body())

    app = Starlette(routes=[Route(path, echo, methods=["POST", "GET"]) for path in (JOIN, "/gradio_api/upload")])
    app.add_middleware(FileDoor)
    return TestClient(app)


def body(path: object) -> dict[str, object]:
    return {"data": [None, [{"path": path, **META}]], "fn_index": 3, "session_hash": "x"}


def test_an_uploaded_file_passes_and_the_request_arrives_whole(client: TestClient, uploaded: Path) -> None:
    sent = json.dumps(body(str(uploaded)))
    answer = client.post(JOIN, content=sent)
    assert (answer.status_code, answer.text) == (200, sent)


@pytest.mark.parametrize(
    "path",
    [
        *("http://127.0.0.1/", "http://example.com/a", "HTTPS://example.com/a.txt", "//example.com/a", "ftp://x/y"),
        *("/etc/passwd", "../../x", "", ".", "a\0b", None, 7, ["/etc/passwd"], {"path": "/etc/passwd"}),
    ],
    ids=repr,
)
def test_any_other_path_is_refused_wherever_it_stands(client: TestClient, uploaded: Path, path: object) -> None:
    for sent in (body(path), {"data": [{"deep": [{"path": path}]}]}, {"event_data": {"path": path}}):
        assert client.post(JOIN, json=sent).status_code == 400


@pytest.mark.parametrize("tail", ["../../outside.txt", "link.txt", "..", "missing.txt"])
def test_no_link_and_no_dots_lead_out_of_the_upload_folder(client: TestClient, uploaded: Path, tail: str) -> None:
    outside = uploaded.parent.parent.parent / "outside.txt"
    outside.write_text("secret")
    (uploaded.parent / "link.txt").symlink_to(outside)
    assert client.post(JOIN, json=body(f"{uploaded.parent}/{tail}")).status_code == 400


def test_a_path_given_twice_is_refused_for_either(client: TestClient, uploaded: Path) -> None:
    good, bad = json.dumps(str(uploaded)), '"/etc/passwd"'
    for first, second in ((good, bad), (bad, good)):
        assert client.post(JOIN, content=f'{{"path": {first}, "path": {second}}}').status_code == 400


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"[" * 100_000, 400), (b"no json", 400), (b"\xff\xfe{", 400), (b" " * (LARGEST_REQUEST + 1), 413)],
    ids=["deep", "no json", "half utf-16", "large"],
)
def test_what_cannot_be_read_is_refused(client: TestClient, content: bytes, status: int) -> None:
    assert client.post(JOIN, content=content).status_code == status


def test_the_upload_itself_and_what_only_asks_pass_unread(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", content=b'{"path": "/etc/passwd"}').status_code == 200
    assert client.get(JOIN).status_code == 200
