"""Reads a question set: one JSON object a line, refused with its line and field when it cannot be right."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.schema import Accepted, Gold, Nugget, Question, QuestionSetError, Side
from eval.validation import complaints
from rag.schema import Article, PartialDate

SETS = Path(__file__).parent / "sets"


def read_questions(path: Path, articles: Mapping[str, Article] | None) -> tuple[Question, ...]:
    """Read a question set of one JSON object a line.

    Args:
        articles: what the gold quotes are looked up in; None to trust them, as in a stored run.

    Raises:
        QuestionSetError: a line that cannot be right, named by its number and field.
    """
    questions: dict[str, Question] = {}
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path.name}:{number}"
        try:
            question = _question(json.loads(line), line.strip())
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise QuestionSetError(f"{place} is not a question ({error!r}); mend the line") from error
        if question.id in questions:
            raise QuestionSetError(f"{place}: id {question.id!r} is there twice; give each question its own")
        for complaint in complaints(question, articles):
            raise QuestionSetError(f"{place}: {complaint}")
        questions[question.id] = question
    if not questions:
        raise QuestionSetError(f"{path.name}:1: no question; write one JSON object a line")
    return tuple(questions.values())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{str(path)!r} cannot be read as a question set ({error}); name another") from error


REQUIRED = ("id", "split", "question", "type", "lang", "answerable", "answers", "gold")
OPTIONAL = (
    *("as_of", "valid_from", "valid_to", "history", "conflict", "sides", "nuggets", "forbidden", "superseded"),
    *("cluster", "tags", "provenance"),
)


def _question(row: dict[str, Any], line: str) -> Question:
    for name in ("answers", "gold", "history", "sides", "nuggets", "forbidden", "superseded"):
        _must_be(row.get(name, []), list, name)
    for name in ("id", "question", "type", "lang", "split", "cluster"):
        _must_be(row.get(name, "") if name == "cluster" else row[name], str, name)
    for name in ("tags", "provenance"):
        _must_be(row.get(name, {}), dict, name)
    if unknown := set(row) - {*REQUIRED, *OPTIONAL}:
        raise ValueError(f"{sorted(unknown)[0]} is no field of a question")
    return Question(
        **{name: row[name] for name in ("id", "split", "question", "type", "lang", "answerable")},
        answers=_answers(row["answers"], row["type"]),
        gold=tuple(Gold(item["doc"], item["quote"], int(item.get("rel", 2))) for item in row["gold"]),
        history=tuple(map(_turn, row.get("history", []))),
        as_of=_date(row, "as_of"),
        valid_from=_date(row, "valid_from"),
        valid_to=_date(row, "valid_to"),
        conflict=row.get("conflict"),
        sides=tuple(_side(item) for item in row.get("sides", [])),
        nuggets=tuple(_nugget(item) for item in row.get("nuggets", [])),
        forbidden=_wordings(row.get("forbidden", []), "forbidden"),
        superseded=_wordings(row.get("superseded", []), "superseded"),
        story=row.get("cluster", ""),
        tags=row.get("tags", {}),
        line=line,
    )


def _must_be(value: object, kind: type, name: str) -> None:
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {value!r}, not a {kind.__name__}")


def _turn(given: Any) -> tuple[str, str]:
    if not isinstance(given, list) or [type(text) for text in given] != [str, str]:
        raise TypeError(f"history holds {given!r}, not an earlier question and its answer; write [question, answer]")
    return given[0], given[1]


def _date(row: dict[str, Any], name: str) -> PartialDate | None:
    return None if row.get(name) is None else PartialDate.parse(row[name])


def _answers(given: list[Any], type_: str) -> tuple[Accepted, ...]:
    """The accepted answers; plain strings under "list" are the items of one list."""
    if type_ == "list" and given and all(isinstance(item, str) for item in given):
        return (_accepted({"kind": "list", "value": given}, "answers"),)
    return tuple(_accepted(item, "answers") for item in given)


def _accepted(given: Any, name: str) -> Accepted:
    if isinstance(given, str):
        return Accepted("span", _wordings([given], name))
    if name == "sides" and isinstance(given, (int, float)) and not isinstance(given, bool):
        return Accepted("number", number=float(given))
    if not isinstance(given, dict):
        raise TypeError(f"{name} holds {given!r}, neither text nor an object; write each as a string or an object")
    kind, value, aliases = given.get("kind", "span"), given["value"], _wordings(given.get("aliases", []), name)
    readers: dict[str, Callable[[], Accepted]] = {
        "span": lambda: Accepted("span", (*_wordings([value], name), *aliases)),
        "number": lambda: _number(given, aliases),
        "date": lambda: Accepted("date", aliases, date=PartialDate.parse(value)),
        "list": lambda: Accepted("list", items=tuple(_group(item, name) for item in value)),
        "bool": lambda: Accepted("bool", aliases, truth=bool(value)),
    }
    if kind not in readers:
        raise ValueError(f"{name}: kind {kind!r} is not known; use one of {sorted(readers)}")
    return readers[kind]()


def _number(given: dict[str, Any], aliases: tuple[str, ...]) -> Accepted:
    value = float(given["value"])
    tolerance = max(float(given.get("tol_abs", 0)), float(given.get("tol_rel", 0)) * abs(value))
    unit, comparator = given.get("unit"), given.get("comparator")
    return Accepted("number", aliases, number=value, unit=unit, comparator=comparator, tolerance=tolerance)


def _group(item: Any, name: str) -> tuple[str, ...]:
    wordings = _wordings([item] if isinstance(item, str) else item, name)
    if not wordings:
        raise ValueError(f"{name} has a group without wordings; write one at least")
    return wordings


def _side(item: dict[str, Any]) -> Side:
    value = _accepted(item["value"], "sides")
    value = replace(value, wordings=(*value.wordings, *_wordings(item.get("aliases", []), "sides")))
    sources = item.get("sources", [])
    _must_be(sources, list, "sides")
    return Side(
        value, item.get("label", ""), tuple(sources), _date(item, "date"), erroneous=bool(item.get("erroneous", False))
    )


def _nugget(item: dict[str, Any]) -> Nugget:
    if item.get("importance", "vital") not in ("vital", "okay"):
        raise ValueError(f"nuggets: importance {item['importance']!r} is not known; write 'vital' or 'okay'")
    must = tuple(_group(group, "nuggets") for group in item["must"])
    return Nugget(str(item["id"]), item.get("importance", "vital") == "vital", must)


def _wordings(given: list[Any], name: str) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(text, str) and text.strip() for text in given):
        raise TypeError(f"{name} holds something else than text in {given!r}; write each as a string")
    return tuple(given)
