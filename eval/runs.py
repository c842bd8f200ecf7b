"""Keeps runs in folders: what was asked, with which settings, every answer, its time and its scores."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from eval.questions import read_questions
from eval.schema import Question, Scored
from rag.errors import CorpusError, UsageError
from rag.schema import Answer, Article, PartialDate

FORMAT = 1  # of a run folder

Key = tuple[str, int]  # id of a question and which time it was asked
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Run:
    """A stored run."""

    path: Path
    info: Mapping[str, Any]  # run.json
    questions: tuple[Question, ...]
    answers: Mapping[Key, Answer | None]
    errors: Mapping[Key, str]
    scores: tuple[Scored, ...]
    metrics: Mapping[str, Any]  # metrics.json; empty when the run is not scored yet
    timings: Mapping[str, Any]  # timings.json; the same


def read_run(folder: Path) -> Run:
    """Read a run folder.

    Raises:
        UsageError: it is no run folder, or of another format.
    """
    info = read_json(folder / "run.json")
    if not info:
        raise UsageError(f"{str(folder)!r} holds no run; name a folder that `depeche eval run --out` wrote")
    if info.get("format") != FORMAT:
        raise UsageError(
            f"{str(folder)!r} was written in format {info.get('format')!r}, this version reads {FORMAT}; run it again"
        )
    lines = list(read_lines(folder / "answers.jsonl"))
    return Run(
        path=folder,
        info=info,
        questions=read_questions(folder / "questions.jsonl", None),
        answers={_key(line): as_answer(line["answer"]) if line["answer"] else None for line in lines},
        errors={_key(line): line["error"] for line in lines if line["error"]},
        scores=tuple(_from_json(Scored, line) for line in read_lines(folder / "scores.jsonl")),
        metrics=read_json(folder / "metrics.json"),
        timings=read_json(folder / "timings.json"),
    )


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object of a run folder; empty when the file is not there.

    Raises:
        UsageError: the file is damaged.
    """
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{str(path)!r} cannot be read ({error}); run or score it again") from error


def read_lines(path: Path) -> Iterable[dict[str, Any]]:
    """The objects of a file of JSON lines; a last line that an interruption cut off is left out."""
    if not path.exists():
        return
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            yield json.loads(line)
        except ValueError as error:
            if number == len(lines):  # no line end: it was being written
                return
            raise UsageError(f"{str(path)!r}, line {number} is damaged ({error}); run it again") from error


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write an object so that a reader never sees half of it."""
    whole = path.with_name(f"{path.name}.new")
    whole.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    whole.replace(path)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON lines in the place of those that were there."""
    whole = path.with_name(f"{path.name}.new")
    whole.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    whole.replace(path)


def as_row(score: Scored) -> dict[str, Any]:
    """Scores as a line of scores.jsonl; figures to six digits."""
    values = {name: None if value is None else round(value, 6) for name, value in sorted(score.values.items())}
    return dataclasses.asdict(score) | {"values": values}


def as_answer(stored: Mapping[str, Any]) -> Answer:
    """An Answer from what its `to_dict()` gave."""
    return _from_json(Answer, stored)


def hashed(articles: Iterable[Article]) -> str:
    """A hash of all that scoring and answering read of a corpus."""
    digest = hashlib.sha256()
    for article in sorted(articles, key=lambda article: article.id):
        digest.update(f"{article.id}\0{article.title}\0{article.published}\0{article.text}\0".encode(errors="replace"))
    return digest.hexdigest()


def same_corpus(run: Run, articles: Iterable[Article]) -> None:
    """Refuse articles that are not those which were asked about.

    Raises:
        CorpusError: they differ from those of the run.
    """
    if hashed(articles) != run.info["corpus"]["sha256"]:
        raise CorpusError(
            f"the corpus {run.info['corpus']['path']!r} changed since the run {run.path.name!r}; its answers cannot be "
            "scored against other articles, so run it again"
        )


def _key(line: Mapping[str, Any]) -> Key:
    return line["id"], line["repeat"]


def _from_json(kind: type[T], value: Mapping[str, Any]) -> T:
    """A dataclass from JSON types; fields that are not there keep their defaults, others are left out."""
    hints = typing.get_type_hints(kind)
    names = [part.name for part in dataclasses.fields(kind) if part.name in value]  # type: ignore[arg-type]
    return kind(**{name: _read(hints[name], value[name]) for name in names})


def _read(hint: Any, value: Any) -> Any:
    origin, of = typing.get_origin(hint), typing.get_args(hint)
    if value is None or origin is Literal:
        return value
    if origin in (types.UnionType, typing.Union):
        return _read(next(one for one in of if one is not type(None)), value)
    if origin is tuple:
        kinds = [of[0]] * len(value) if of[-1] is Ellipsis else of
        return tuple(_read(one, item) for one, item in zip(kinds, value, strict=True))
    if hint is PartialDate:
        return PartialDate.parse(value)
    return _from_json(hint, value) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else value
