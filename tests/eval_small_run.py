"""Writes a run folder of five questions by hand, small enough to count and as hostile as text can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.questions import read_questions
from eval.runs import as_row, write_json, write_lines
from eval.schema import Outcome, Scored
from eval.summary import summarise

HOSTILE = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)>\"' {{ 7 * 7 }} \u202egnp.exe`|[x](https://evil.example)"
FORMULA = '=HYPERLINK("https://evil.example")'
PASSAGE = f"Le phare compte 42 marches. {HOSTILE} Le gardien habite en bas."
GOLD = (0, 27)  # "Le phare compte 42 marches."
GUARD = "the number 43 is not in the passage <b>"

Row = dict[str, Any]


def write_run(folder: Path, name: str = "petit", *, outcome: Outcome = "right", ndcg: float = 1.0) -> Path:
    """A scored run in `folder/name`; the first question's outcome and nDCG are as given."""
    path = folder / name
    path.mkdir(parents=True)
    write_lines(path / "questions.jsonl", QUESTIONS)
    questions = read_questions(path / "questions.jsonl", None)
    write_lines(path / "answers.jsonl", ANSWERS)
    values = {**SCORES[0].values, "ndcg@10": ndcg, "right": float(outcome == "right")}
    first = replace(SCORES[0], outcome=outcome, values=values)
    scores = (first, *SCORES[1:])
    write_lines(path / "scores.jsonl", map(as_row, scores))
    write_json(path / "metrics.json", summarise(questions, scores, 0, rounds=50))
    spent: Row = {"repeat": 0, "seconds": 0.05, "stages": {}, "tokens": None}
    write_lines(path / "timings.jsonl", [spent | {"id": row["id"]} for row in ANSWERS])
    total = {"p50": 0.05, "p95": 0.05, "mean": 0.05, "n": 5}
    write_json(path / "timings.json", {"total": total, "stages": {}, "peak_rss_mb": 300.0, "tokens": None})
    write_json(path / "run.json", INFO | {"name": name})
    return path


def _question(id_: str, text: str, type_: str, **more: Any) -> Row:
    row: Row = {"id": id_, "split": "dev", "question": text, "type": type_, "lang": "fr", "answerable": True}
    gold = [{"doc": "phare", "quote": "Le phare compte 42 marches."}]
    return row | {"answers": ["42"], "gold": gold, "cluster": id_, **more}


UNANSWERABLE: Mapping[str, Any] = {"answerable": False, "answers": [], "gold": []}
QUESTIONS = [
    _question("p-1", "Combien de marches compte le phare ?", "number"),
    _question("p-2", f"Qui habite en bas ? {HOSTILE}", "fact", forbidden=[HOSTILE], history=[[HOSTILE, "Oui."]]),
    _question("p-3", FORMULA, "absent", **UNANSWERABLE),
    _question(f"p-4{HOSTILE}", "Combien de gardiens ?", "number"),
    _question("p-5", "Combien de phares ?", "number"),
]


def _citation(start: int, end: int, bare: list[int] | None = None) -> Row:
    about = {"number": 1, "article_id": "phare", "title": HOSTILE, "outlet": HOSTILE, "published": "2031-05-02"}
    return about | {"url": "javascript:alert(3)", "start": start, "end": end, "quote": PASSAGE[start:end], "bare": bare}


def _answer(text: str, claims: list[Row], **more: Any) -> Row:
    passage = {"id": "1", "article_id": "phare", "start": 0, "end": len(PASSAGE), "text": PASSAGE}
    evidence = [{"passage": passage, "score": 0.9, "lexical": 2.0, "dense": 0.4}]
    return {"question": "?", "language": "fr", "text": text, "claims": claims, "evidence": evidence, **more}


def _claim(text: str, citation: Row, verdict: str = "quoted", guard: str | None = None) -> Row:
    return {"text": text, "citations": [citation], "verdict": verdict, "guard": guard, "speaker": None}


def _line(id_: str, answer: Row | None, error: str | None = None) -> Row:
    return {"id": id_, "repeat": 0, "answer": answer, "error": error}


_RIGHT = _answer("42", [_claim(PASSAGE[:27], _citation(*GOLD, bare=[16, 18]))], short="42")
_WRONG = _answer(FORMULA, [_claim("Il y a 43 marches.", _citation(*GOLD), "unsupported", GUARD)])
ANSWERS = [
    _line("p-1", _RIGHT),
    _line("p-2", _WRONG),
    _line("p-3", _answer(HOSTILE, [_claim(HOSTILE, _citation(28, 60))])),
    _line(f"p-4{HOSTILE}", _answer("", [], abstained=True, reason=HOSTILE)),
    _line("p-5", None, f"the model failed {HOSTILE}"),
]
SCORES = (
    Scored("p-1", 0, "right", {"right": 1.0, "ndcg@10": 1.0, "confidence": 0.9, "date": None}, (("phare", *GOLD, 2),)),
    Scored("p-2", 0, "wrong", {"right": 0.0, "ndcg@10": 0.5, "confidence": 0.7}, (("phare", *GOLD, 2),), (HOSTILE,)),
    Scored("p-3", 0, "invented", {"right": 0.0, "invented": 1.0, "confidence": 0.8}, (), ("not in the articles",)),
    Scored(f"p-4{HOSTILE}", 0, "declined", {"right": 0.0, "declined": 1.0, "confidence": 0.1}, (), (HOSTILE,)),
    Scored("p-5", 0, "error", {}, (), ("no answer came",)),
)  # fmt: skip
INFO: Row = {
    "format": 1,
    "set": {"name": HOSTILE, "sha256": "ab" * 32},
    "corpus": {"path": "phares", "sha256": "cd" * 32, "articles": 1},
    "split": "dev",
    "only": [HOSTILE],
    "sample": None,
    "seed": 0,
    "repeat": 1,
    "settings": {"llm_model": HOSTILE},
    "versions": {"python": "3.11"},
    "config": "ef" * 32,
    "started": "2031-05-02T10:00:00+00:00",
    "finished": None,
    "questions": 5,
    "errors": 1,
}
