"""Who does not know the password sees nothing; the colours can be read by day and by night."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from ui_stand_in import StandIn

from rag.errors import SettingsError
from rag.settings import Secret, Settings
from ui.app import build_app
from ui.guard import guard
from ui.newsroom import Newsroom
from ui.page import style

PASSWORD = "trente-deux rames neuves"


def client(host: str = "127.0.0.1", password: str = PASSWORD) -> TestClient:
    app = FastAPI(openapi_url=None)
    app.get("/")(lambda: "the chat")
    guard(app, host, password)
    return TestClient(app, base_url="http://127.0.0.1:7860")


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/queue/join", "/nothing"])
def test_without_the_password_every_door_is_shut(path: str) -> None:
    answer = client().get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert "content-security-policy" in answer.headers


def test_with_the_password_the_chat_opens_under_any_name() -> None:
    for name in ("", "anna"):
        assert client().get("/", auth=(name, PASSWORD)).status_code == 200


@pytest.mark.parametrize(
    "authorization",
    ["Basic", "Basic ===", "Basic " + "A" * 100_000, "Bearer x", "Basic eDp5", "Basic \u00e9".encode("latin-1")],
    ids=["empty", "not base64", "long", "another scheme", "wrong", "not ASCII"],
)
def test_a_wrong_password_is_refused_after_a_pause(authorization: str | bytes) -> None:
    began = time.monotonic()
    assert client().get("/", headers={"Authorization": authorization}).status_code == 401  # type: ignore[dict-item]
    assert time.monotonic() - began >= 0.5


def test_on_all_addresses_any_host_may_ask_but_the_password_still_guards() -> None:
    opened = client("0.0.0.0")
    host = {"Host": "newsroom.example"}
    assert opened.get("/", headers=host).status_code == 401
    assert opened.get("/", headers=host, auth=("", PASSWORD)).status_code == 200
    assert opened.get("/", headers={**host, "Origin": "http://evil.example"}, auth=("", PASSWORD)).status_code == 403


def test_without_a_password_on_this_machine_nothing_is_asked() -> None:
    assert client(password="").get("/").status_code == 200


def test_another_address_is_served_with_a_good_password_only() -> None:
    open_to_all = replace(Settings(), host="0.0.0.0")
    for password, told in (("", "RAG_PASSWORD"), ("short", "5 characters")):
        with pytest.raises(SettingsError, match=told):
            build_app(Newsroom(StandIn(()), replace(open_to_all, password=Secret(password))))
    assert PASSWORD not in repr(replace(open_to_all, password=Secret(PASSWORD)))


@pytest.mark.parametrize("theme", [":root", ".dark"], ids=["by day", "by night"])
def test_text_stands_out_from_its_ground(theme: str) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 or more."""
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", style().partition(f"{theme} {{")[2].partition("}")[0]))
    pairs = [(text, ground) for text in ("ink", "muted", "accent") for ground in ("paper", "card", "side")]
    for text, ground in (*pairs, ("ink", "marker-soft"), ("marker-ink", "marker")):
        lighter, darker = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, ground)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
