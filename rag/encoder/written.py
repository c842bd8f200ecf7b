"""Reads our own questions on news that nothing is measured with, and says which of them nothing learns from."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.corpus import read_corpus
from rag.encoder.corpora import Row, place_of
from rag.schema import Article

NEWS_HELD_OUT = 0.2  # share of the articles that our questions are asked about


def written_questions(sets: Path) -> list[Row]:
    """Our own questions on news that nothing is measured with, one file of the folder "training" after the other."""
    files = sorted((sets / "training").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def documents_of(asked: Sequence[Row]) -> list[str]:
    """The article that each question was made up for; one that none answers stands after those on its article."""
    documents, document = [], ""
    for row in asked:
        document = row["gold"][0]["doc"] if row["gold"] else document
        documents.append(document)
    return documents


def is_news_held_out(document: str) -> bool:
    """Whether our questions on a news article are kept apart from encoder and reader, to fit the answerer on."""
    return place_of(document) < NEWS_HELD_OUT


def articles_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Article, ...]:
    """The articles of the news data, read as those of a folder are."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, "news.jsonl")
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return read_corpus(file).articles
