"""Reads the public training sets and keeps the rows that are measured on apart from the rows that are trained on."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, Any]

HELD_OUT_NEWS = 1_500  # French articles
HELD_OUT_SENTENCES = "newstest2013"  # one year of parallel news
HELD_OUT_TITLES = 0.15  # share of the encyclopaedia articles that questions are asked about


@dataclass(frozen=True)
class Corpora:
    """The folder of training sets, one gzipped file of JSON lines each."""

    folder: Path

    @cached_property
    def held_out_news(self) -> list[Row]:
        return self._news_fr[:HELD_OUT_NEWS]

    @cached_property
    def training_news(self) -> list[Row]:
        """French news without the articles that are held out, and without those of the same headline."""
        kept_apart = {row["title"] for row in self.held_out_news}
        return [row for row in self._news_fr[HELD_OUT_NEWS:] if row["title"] not in kept_apart]

    def parallel_news(self, *, held_out: bool) -> list[Row]:
        """Parallel news sentences; a sentence that is held out is nowhere in the training part."""
        rows = self.rows("parallel_news")
        kept_apart = [row for row in rows if row["src"] == HELD_OUT_SENTENCES]
        if held_out:
            return kept_apart
        texts = {row["fr"] for row in kept_apart} | {row["en"] for row in kept_apart}
        return [row for row in rows if row["fr"] not in texts and row["en"] not in texts]

    def questions(self, name: str, *, held_out: bool) -> list[Row]:
        """Questions with their passage, split by the article that the passage is from.

        The same passage may stand under two titles: it then belongs to the part that is held out.
        """
        rows = self.rows(name)
        kept_apart = {row["context"] for row in rows if place_of(row["title"] or row["context"]) < HELD_OUT_TITLES}
        return [row for row in rows if (row["context"] in kept_apart) == held_out]

    def rows(self, name: str) -> list[Row]:
        with gzip.open(self.folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    @cached_property
    def _news_fr(self) -> list[Row]:
        rows = [row for row in self.rows("news_fr") if row["title"]]
        return sorted(rows, key=lambda row: place_of(row["id"]))


def paragraphs(row: Row) -> list[str]:
    """The paragraphs of a news article, its heading first."""
    text = f"{row.get('heading') or ''}\n{row['article']}"
    return [line for line in (" ".join(part.split()) for part in text.split("\n")) if line]


def sentences(text: str) -> list[str]:
    """Sentences of four words or more, by a plain rule: a wrong cut costs little in training."""
    return [part for part in _SENTENCE_END.split(text) if len(part.split()) >= 4]


_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\"]?\s+(?=[^\W\d_a-zà-ÿ]|[«“\"])")


def place_of(key: str) -> float:
    """A number from 0 to 1 that depends on the key alone: what lies below a share is kept apart."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:12], 16) / 16**12
