"""Tests of the whole chain against a genuine OpenAI-compatible server with a tiny model, made on the spot."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import tiny_llm
from conftest import SEEDS
from llm_server import closed_port

from rag import Assistant, Settings
from rag.llm import Call, Message, open_writer
from rag.llm.greeting import greet

STARTING = 120  # seconds that the server may take

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of an endpoint that `transformers serve` offers."""
    model, cache = tmp_path_factory.mktemp("model"), tmp_path_factory.mktemp("cache")
    tiny_llm.make(model, "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))))
    port = closed_port()
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    program = Path(sys.executable).with_name("transformers")
    command = [program, "serve", str(model), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    log = cache / "log"
    with (
        log.open("w") as output,
        subprocess.Popen(command, env={**os.environ, **offline}, stdout=output, stderr=output) as process,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process, log)
            yield Settings(
                llm="endpoint", llm_url=f"http://127.0.0.1:{port}/v1", llm_model=str(model), llm_deadline=60.0
            )
        finally:
            process.terminate()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(address, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    pytest.fail(f"the server did not start: {log.read_text()[-2_000:]}")


def test_a_real_server_streams_through_the_whole_chain(settings: Settings, seeds: Path) -> None:
    with Assistant.open(seeds, settings) as assistant:
        answers = list(assistant.stream("Quelle est la capitale du Kurdistan irakien ?"))
    answer = answers[-1]
    assert answer.complete
    assert answers[0].mode == "generative"
    assert {"first words", "write"} <= dict(answer.seconds).keys()
    assert answer.mode == "extractive"  # gibberish proves nothing
    assert "Erbil" in answer.text
    assert answer.notice
    assert not [claim for claim in answer.claims if claim.verdict == "supported"]
    assert "articles ne prouvent rien" in answer.notice or "n'a rien écrit" in answer.notice


def test_its_words_come_piece_by_piece_and_are_counted(settings: Settings) -> None:
    writer = open_writer(settings)
    assert writer is not None
    pieces = list(writer.write([Message("user", "Bonjour")], Call(60)))
    assert len(pieces) > 2
    assert pieces[-1].ending or any(piece.ending for piece in pieces)
    assert any(piece.tokens and min(piece.tokens) > 0 for piece in pieces)


def test_the_doctor_reaches_it(settings: Settings) -> None:
    assert "answered in" in greet(settings)
