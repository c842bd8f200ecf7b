"""Writes a run as JUnit XML, so that a build server lists each question as a test."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml  # writes only; nothing foreign is parsed

from eval.runs import Run, read_lines
from eval.schema import Question, Scored
from rag.corpus.characters import visible

WELL = ("right", "rightly declined")


def junit_of(run: Run) -> str:
    """One test suite for each type of question; a question passes if its answer is right or rightly declined."""
    times = {(row["id"], row["repeat"]): row["seconds"] for row in read_lines(run.path / "timings.jsonl")}
    suites: dict[str, list[tuple[Question, Scored]]] = {}
    questions = {question.id: question for question in run.questions}
    for score in run.scores:
        suites.setdefault(questions[score.id].type, []).append((questions[score.id], score))
    root = Xml.Element("testsuites", _counted(run.scores, sum(times.values())) | {"name": _text(run.info["name"])})
    for name, members in sorted(suites.items()):
        scores = [score for _, score in members]
        spent = sum(times.get((score.id, score.repeat), 0.0) for score in scores)
        suite = Xml.SubElement(root, "testsuite", {"name": _text(name)} | _counted(scores, spent))
        properties = Xml.SubElement(suite, "properties")
        for key in ("config", "seed", "split"):
            Xml.SubElement(properties, "property", {"name": key, "value": _text(str(run.info.get(key)))})
        for question, score in members:
            _add(suite, run, question, score, times.get((score.id, score.repeat), 0.0))
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _add(suite: Xml.Element, run: Run, question: Question, score: Scored, seconds: float) -> None:
    again = f" ({score.repeat + 1})" if score.repeat else ""
    named = {
        "classname": _text(f"{run.info['set']['name']}.{question.type}"),
        "name": _text(f"{question.id}{again} {question.question}"),
        "time": f"{seconds:.3f}",
    }
    case = Xml.SubElement(suite, "testcase", named)
    key = (score.id, score.repeat)
    if score.outcome == "error":
        Xml.SubElement(case, "error", {"message": _text(run.errors.get(key, "failed"))})
    elif score.outcome not in WELL:
        told = {"message": _text("; ".join(score.notes) or score.outcome), "type": _text(score.outcome)}
        answer = run.answers.get(key)
        Xml.SubElement(case, "failure", told).text = _text(answer.text if answer else "")


def _counted(scores: list[Scored] | tuple[Scored, ...], seconds: float) -> dict[str, str]:
    errors = sum(score.outcome == "error" for score in scores)
    failures = sum(score.outcome not in WELL for score in scores) - errors
    return {
        "tests": str(len(scores)),
        "failures": str(failures),
        "errors": str(errors),
        "time": f"{seconds:.3f}",
    }


def _text(text: str) -> str:
    """Text as XML may hold it: without control characters and the two last code points of each plane."""
    return _FORBIDDEN.sub("", visible(text))


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
