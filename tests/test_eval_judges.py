"""What a judge is worth: agreement with people by hand, corrected rates, a model that must prove its verdict."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest

from eval.cli import main
from eval.evaluators import SupportEvaluator
from eval.judges import (
    Labelled,
    by_copying,
    by_rule,
    corrected,
    corrected_interval,
    judge_check,
    kappa,
    read_labels,
)
from eval.model_judge import model_judge, read_verdict
from rag.errors import UsageError
from rag.settings import Settings

PASSAGES = ("Le pont est fermé depuis lundi. Il rouvrira le 20 mars.", "Le lac est à sec.")


def labelled(*pairs: tuple[bool, bool]) -> list[Labelled]:
    """Pairs of what a person found and what the judge below will say."""
    return [Labelled("yes" if verdict else "no", (), label, kind="a" if label else "b") for label, verdict in pairs]


def says_yes(claim: str, passages: tuple[str, ...]) -> bool | None:
    return None if claim == "?" else claim == "yes"


# Of 10 borne out 8 accepted, of 10 others 3: po 0.75, pe 0.55 * 0.5 + 0.45 * 0.5 = 0.5, kappa 0.5.
TWENTY = labelled(*[(True, True)] * 8, *[(True, False)] * 2, *[(False, True)] * 3, *[(False, False)] * 7)


def test_agreement_by_hand() -> None:
    worth = judge_check("test", says_yes, [*TWENTY, Labelled("?", (), True)])
    assert worth.kappa.value == pytest.approx(0.5)
    assert worth.sensitivity.value == pytest.approx(0.8)
    assert worth.specificity.value == pytest.approx(0.7)
    assert worth.kappa.low < 0.5 < worth.kappa.high
    assert worth.specificity.low < 0.7 < worth.specificity.high
    assert worth.unjudged == 1
    assert worth.may_gate
    assert "it may fail a build" in str(worth)
    assert "b                          10   0.700 right" in str(worth)


def test_a_judge_that_agrees_by_chance_may_not_gate() -> None:
    worth = judge_check("coin", says_yes, labelled((True, True), (True, False), (False, True), (False, False)))
    assert worth.kappa.value == 0
    assert not worth.may_gate
    assert "it may not fail a build" in str(worth)


def test_labels_of_one_kind_show_nothing() -> None:
    with pytest.raises(UsageError, match="add the kind that is missing"):
        judge_check("test", says_yes, labelled((True, True)))


def test_kappa_of_several_draws_at_once() -> None:
    labels = np.array([[1.0, 1, 0, 0], [1, 1, 0, 0]])
    assert kappa(labels, np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]])) == pytest.approx([1, -1])


def test_a_rate_is_corrected_for_the_errors_of_its_judge() -> None:
    # (0.6 + 0.7 - 1) / (0.8 + 0.7 - 1) = 0.6
    assert corrected(0.6, 0.8, 0.7) == pytest.approx(0.6)
    assert corrected(1.0, 0.8, 0.7) == 1
    assert corrected(0.1, 0.8, 0.7) == 0
    assert corrected(0.5, 0.5, 0.5) is None


def test_the_corrected_interval_is_wider_than_the_seen_one() -> None:
    worth = judge_check("test", says_yes, TWENTY * 20)
    rate = corrected_interval([True] * 120 + [False] * 80, worth)
    assert rate is not None
    assert rate.value == pytest.approx(0.6)
    assert rate.high - rate.low > 2 * 1.96 * (0.6 * 0.4 / 200) ** 0.5
    coin = judge_check("coin", says_yes, labelled((True, True), (True, False), (False, True), (False, False)))
    assert corrected_interval([True], coin) is None


@pytest.mark.parametrize(
    ("claim", "copied", "ruled"),
    [
        ("Le pont est fermé depuis lundi.", True, True),
        ("Le pont est ouvert depuis lundi.", False, False),
        ("Le lac est à sec.", True, True),
        ("La mer est à sec.", False, False),
    ],
)
def test_the_judges_without_a_model(claim: str, copied: bool, ruled: bool) -> None:
    assert by_copying(claim, PASSAGES) is copied
    assert by_rule(claim, PASSAGES) is ruled


def test_labels_are_read_and_a_judge_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"claim": "Le pont est fermé depuis lundi.", "passages": PASSAGES, "supported": True, "kind": "verbatim"},
        {"claim": "Le pont est fermé depuis mardi.", "passage": PASSAGES[0], "supported": False, "kind": "date"},
    ]
    labels = tmp_path / "labels.jsonl"
    labels.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert main(["judge-check", str(labels), "--judge", "t1"]) == 0
    assert "kappa             1.000" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"claim": "x", "passage": "y"}',
        '{"claim": "x", "passage": "y", "supported": "yes"}',
        '{"claim": 1, "passage": "y", "supported": true}',
    ],
)
def test_a_broken_label_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "labels.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=r"^labels\.jsonl:1"):
        read_labels(tmp_path / "labels.jsonl")
    with pytest.raises(UsageError, match="cannot be read"):
        read_labels(tmp_path / "nothing.jsonl")


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        pytest.param('{"verdict": "supported", "quote": "le PONT est fermé"}', True, id="proven"),
        pytest.param('Voici : {"verdict": "contradicted", "quote": "à sec"} !', False, id="among-other-words"),
        pytest.param('{"verdict": "partial", "quote": "à sec"}', False, id="a-part-is-not-enough"),
        pytest.param('{"verdict": "absent", "quote": ""}', False, id="absent-needs-no-proof"),
        pytest.param('{"verdict": "supported", "quote": "le pont est ouvert"}', None, id="made-up-quote"),
        pytest.param('{"verdict": "supported", "quote": ""}', None, id="no-quote"),
        pytest.param('{"verdict": "supported"}', None, id="quote-missing"),
        pytest.param('{"verdict": "maybe", "quote": "à sec"}', None, id="unknown-verdict"),
        pytest.param("supported", None, id="no-object"),
        pytest.param("{verdict}", None, id="no-json"),
        pytest.param("{" * 10_000, None, id="ten-thousand-brackets"),
    ],
)
def test_a_verdict_of_a_model_counts_when_its_quote_stands_in_a_passage(written: str, verdict: bool | None) -> None:
    assert read_verdict(written, PASSAGES) is verdict


class Scripted:
    """A model that writes what it is told to, and remembers what it was asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked: list[str] = []

    def stream_chat(self, messages: list[object]) -> object:
        from llama_index.core.llms import ChatMessage, ChatResponse

        self.asked += [message.content for message in messages]  # type: ignore[attr-defined]
        return iter([ChatResponse(message=ChatMessage(content=self.text), delta=self.text)])


def test_a_model_is_asked_in_the_language_of_the_claim_with_fenced_passages() -> None:
    model = Scripted('{"verdict": "supported", "quote": "Le lac est à sec."}')
    judge = model_judge(Settings(), model)
    assert judge("Le lac est entièrement à sec depuis hier.", PASSAGES) is True
    (asked,) = model.asked
    assert "Le lac est entièrement à sec depuis hier." in asked
    assert asked.startswith("Tu vérifies")
    fence = asked.split("portent", 1)[1].split()[0] if "portent" in asked else ""
    assert asked.count(fence) == 1 + 2 * len(PASSAGES)


def test_without_a_model_there_is_no_third_judge() -> None:
    with pytest.raises(UsageError, match="RAG_LLM"):
        model_judge(Settings())


def test_ours_is_an_evaluator_to_llamaindex() -> None:
    evaluator = SupportEvaluator()
    good = evaluator.evaluate(response="Le pont est fermé depuis lundi.", contexts=list(PASSAGES))
    assert (good.passing, good.score) == (True, 1)
    half = asyncio.run(
        evaluator.aevaluate(response="Le lac est à sec. Le pont est fermé depuis mardi.", contexts=list(PASSAGES))
    )
    assert (half.passing, half.score) == (False, 0.5)
    assert "mardi" in half.feedback
    assert evaluator.evaluate(response="", contexts=[]).invalid_result
    assert evaluator.get_prompts() == {}
