"""Lists what readers thought of answers as proposals for a question set; none is gold before somebody makes it so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.errors import CorpusNotFound, UsageError

LARGEST_FILE = 50_000_000  # bytes


@dataclass(slots=True)
class Candidate:
    """A question that readers judged the answer of, with the last thing said of each answer."""

    question: str
    language: str
    opinions: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # by what was answered

    @property
    def liked(self) -> int:
        return sum(1 for opinion in self.opinions.values() if opinion["liked"])

    def to_dict(self, number: int) -> dict[str, Any]:
        """The proposal as a line of a question set that no run takes: its split and its type are to be chosen."""
        good = [opinion for opinion in self.opinions.values() if opinion["liked"] and not opinion.get("abstained")]
        quotes = {(one["article"], one["quote"]): None for opinion in good for one in opinion.get("citations", ())}
        return {
            "id": f"candidate-{number:03d}",
            "split": "proposal",
            "question": self.question,
            "type": "",
            "lang": self.language,
            "answerable": bool(quotes),
            "answers": list(dict.fromkeys(opinion["short"] for opinion in good if opinion.get("short"))),
            "gold": [{"doc": article, "quote": quote} for article, quote in quotes],
            "liked": self.liked,
            "disliked": len(self.opinions) - self.liked,
            "why": list(dict.fromkeys(opinion["why"] for opinion in self.opinions.values() if opinion.get("why"))),
        }


def candidates(file: Path) -> tuple[Candidate, ...]:
    """The questions of a feedback file; those whose answers were disliked most come first.

    Raises:
        CorpusNotFound: there is no such file.
        UsageError: it is too large to be feedback of ours.
    """
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{str(file)!r} has more than {LARGEST_FILE} bytes; give the file of a chat's feedback")
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise CorpusNotFound(
            f"no feedback in {str(file)!r}; like or dislike answers in `depeche chat` first, over the same corpus"
        ) from error
    found: dict[str, Candidate] = {}
    for opinion in _opinions(lines):
        asked = opinion.get("standalone") or opinion["question"]
        candidate = found.setdefault(asked, Candidate(asked, opinion.get("language", "fr")))
        answered = json.dumps([opinion.get("short"), opinion.get("claims"), opinion.get("abstained")])
        candidate.opinions[answered] = opinion
    return tuple(sorted(found.values(), key=lambda one: one.liked - len(one.opinions)))


def list_candidates(file: Path) -> int:
    """Print the proposals as JSON lines; return the exit code."""
    for number, candidate in enumerate(candidates(file), 1):
        print(json.dumps(candidate.to_dict(number), ensure_ascii=False))
    return 0


def _opinions(lines: list[str]) -> Iterator[Mapping[str, Any]]:
    """The lines that are opinions; a line that a full disk or an editor has cut is passed over."""
    for line in lines:
        try:
            opinion = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(opinion, dict) and isinstance(opinion.get("question"), str) and "liked" in opinion:
            yield opinion
