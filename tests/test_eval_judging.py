"""A language model judges a stored run: ours must quote, LlamaIndex's three stand beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from llm_server import KEY, Exchange, LlmServer

from eval.cli import main
from eval.judging import judge_run
from eval.runs import read_run

pytestmark = pytest.mark.slow  # importing the client of an endpoint takes seconds

PONT = "Le pont fermé\n\ndate 2031-03-12\n\nLe pont de Brelan est fermé. Le pont rouvrira le 20 mars, dit la mairie.\n"
ROW = {
    "id": "a", "split": "dev", "question": "Quand le pont de Brelan rouvrira-t-il ?", "type": "date", "lang": "fr",
    "answerable": True, "answers": ["20 mars"], "gold": [{"doc": "pont", "quote": "rouvrira le 20 mars"}],
}  # fmt: skip


def reply(exchange: Exchange) -> None:
    """As a judge with a proof; as LlamaIndex's evaluators want it, YES or a score of 4."""
    asked = exchange.prompt
    if "JSON" in asked:
        text = json.dumps({"verdict": "supported", "quote": "20 mars"})
    else:
        text = "YES" if "YES" in asked else "4.0\nMostly right."
    exchange.stream(text)


def test_a_model_judges_a_stored_run(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "pont.txt").write_text(PONT, encoding="utf-8")
    (tmp_path / "mine.jsonl").write_text(json.dumps(ROW), encoding="utf-8")
    run = tmp_path / "run"
    assert main(["run", str(tmp_path / "mine.jsonl"), "--corpus", str(tmp_path / "corpus"), "--out", str(run)]) == 0
    with LlmServer(reply) as server:
        metrics = judge_run(run, server.settings())
    assert all(exchange.headers["authorization"].endswith(KEY) for exchange in server.exchanges)
    assert metrics["metrics"]["faithful_t3"]["value"] == 1
    assert metrics["metrics"]["llamaindex_faithfulness"]["value"] == 1
    assert metrics["metrics"]["llamaindex_relevancy"]["value"] == 1
    assert metrics["metrics"]["llamaindex_correctness"]["value"] == 4
    assert read_run(run).metrics == metrics
