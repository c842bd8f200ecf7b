"""Runs and question sets in the shapes of other tools, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ir_measures
import pytest
from eval_stand_in import ARTICLE, ARTICLES, OTHER, answer, claim, evidence, question
from ir_measures import RR, R, Success, nDCG

from eval.exchange import export, read_foreign, read_trec, reference
from eval.questions import read_questions
from eval.runs import Run
from eval.schema import Question, QuestionSetError
from eval.scoring import score
from rag.errors import UsageError
from rag.schema import Answer


def stored(questions: Sequence[Question], answers: Sequence[Answer]) -> Run:
    pairs = list(zip(questions, answers, strict=True))
    scores = tuple(score(asked, given, ARTICLES) for asked, given in pairs)
    return Run(Path(), {}, tuple(questions), {(asked.id, 0): given for asked, given in pairs}, {}, scores, {}, {})


@pytest.fixture
def run(tmp_path: Path) -> Run:
    gold = [{"doc": "pont-1", "quote": "Le pont est fermé"}, {"doc": "pont-2", "quote": "pas avant mai", "rel": 1}]
    questions = [question(tmp_path, id="q-1"), question(tmp_path, id="q-2", gold=gold)]
    found = (
        (evidence(OTHER, 0, 34), evidence(ARTICLE, 19, 55)),
        (evidence(OTHER, 0, 34), evidence(ARTICLE, 40, 90), evidence(ARTICLE, 0, 18)),
    )
    said = claim("Il rouvrira mardi, selon la mairie.")
    return stored(questions, [answer(said, evidence=passages) for passages in found])


def test_our_figures_are_those_of_ir_measures_on_what_we_export(run: Run, tmp_path: Path) -> None:
    qrels, found = export(run, "trec", tmp_path / "out" / "run")
    theirs = ir_measures.iter_calc(
        [nDCG @ 10, RR @ 10, R @ 5, Success @ 5],
        list(ir_measures.read_trec_qrels(str(qrels))),
        list(ir_measures.read_trec_run(str(found))),
    )
    compared = 0
    names = {"nDCG@10": "ndcg@10", "RR@10": "mrr@10", "R@5": "span_recall@5", "Success@5": "hit@5"}
    for one in theirs:
        ours = next(scored.values for scored in run.scores if scored.id == one.query_id)
        assert ours[names[str(one.measure)]] == pytest.approx(one.value, abs=1e-6)
        compared += 1
    assert compared == 8


def test_trec_files_are_read_back(run: Run, tmp_path: Path) -> None:
    qrels, found = export(run, "trec", tmp_path / "run")
    assert read_trec(qrels)["q-2"] == {"pont-1:0-17": 2, "pont-2:20-33": 1}
    assert list(read_trec(found)["q-1"].values()) == [2, 1]
    qrels.write_text("q 0 d", encoding="utf-8")
    with pytest.raises(UsageError, match=r"run\.qrels:1"):
        read_trec(qrels)


@pytest.mark.parametrize("shape", ["ragas", "llamaindex"])
def test_an_exported_set_comes_back_with_its_gold(run: Run, tmp_path: Path, shape: str) -> None:
    (path,) = export(run, shape, tmp_path / "out.json")
    rows = read_foreign(path, shape, ARTICLES)
    (tmp_path / "set.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    back = read_questions(tmp_path / "set.jsonl", ARTICLES)
    assert [asked.question for asked in back] == [asked.question for asked in run.questions]
    assert [[gold.quote for gold in asked.gold] for asked in back] == [
        ["Il rouvrira mardi"],
        ["Le pont est fermé", "pas avant mai"],
    ]


def test_a_ragas_sample_has_what_was_found_and_said(run: Run, tmp_path: Path) -> None:
    (path,) = export(run, "ragas", tmp_path / "samples.jsonl")
    sample = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert sample["response"] == run.answers["q-1", 0].text  # type: ignore[union-attr]
    assert sample["reference"] == "mardi"
    assert len(sample["retrieved_contexts"]) == 2


def test_a_context_that_stands_in_no_article_is_refused(tmp_path: Path) -> None:
    sample = {"user_input": "Quand ?", "reference": "demain", "reference_contexts": ["Nulle part."]}
    (tmp_path / "foreign.jsonl").write_text(json.dumps(sample), encoding="utf-8")
    with pytest.raises(QuestionSetError, match="stands in no article"):
        read_foreign(tmp_path / "foreign.jsonl", "ragas", ARTICLES)


@pytest.mark.parametrize(("text", "shape"), [("{", "ragas"), ("{}", "llamaindex"), ('{"question": "?"}', "ragas")])
def test_another_file_is_refused(tmp_path: Path, text: str, shape: str) -> None:
    (tmp_path / "foreign.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="name another"):
        read_foreign(tmp_path / "foreign.json", shape, ARTICLES)


def test_an_unknown_shape_is_refused(run: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'csv'"):
        export(run, "csv", tmp_path / "out")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"answers": [{"kind": "number", "value": 12, "unit": "%"}]}, "12 %"),
        ({"answers": [{"kind": "date", "value": "2031-03"}]}, "2031-03"),
        ({"answers": [{"kind": "list", "value": [["Alpha", "A"], "Bêta"]}], "type": "list"}, "Alpha, Bêta"),
        (
            {"sides": [{"value": "mardi", "label": "mairie", "sources": []}, {"value": 3, "sources": []}]},
            "mardi (mairie) / 3",
        ),
        ({"answers": [], "nuggets": [{"id": "n", "must": [["mardi", "mercredi"], "mairie"]}]}, "mardi mairie"),
        ({"answers": [{"kind": "bool", "value": False}]}, "False"),
    ],
)
def test_a_reference_is_one_accepted_answer_in_words(tmp_path: Path, fields: dict[str, Any], expected: str) -> None:
    assert reference(question(tmp_path, **fields)) == expected
