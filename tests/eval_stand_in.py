"""Makes questions and answers for tests of the harness: only what a test is about has to be written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.questions import read_questions
from eval.schema import Question
from rag.schema import Answer, Article, Citation, Claim, Evidence, Language, PartialDate, Passage

ARTICLE = Article.from_text(
    "Le pont est fermé. Il rouvrira mardi, selon la mairie. Les travaux coûtent 1,5 million d'euros.",
    id="pont-1",
    title="Le pont",
    published="2031-03-12",  # a Wednesday
    outlet="Le Phare",
)
OTHER = Article.from_text("Le pont ne rouvrira pas avant mai. Les travaux coûtent 2 millions d'euros.", id="pont-2")
ARTICLES = {article.id: article for article in (ARTICLE, OTHER)}


def question(folder: Path, **fields: Any) -> Question:
    """A question read from a set of one, so that tests use the shapes that users write."""
    row = {
        "id": "q-1",
        "split": "dev",
        "question": "Quand le pont rouvre-t-il ?",
        "type": "fact",
        "lang": "fr",
        "answerable": True,
        "answers": ["mardi"],
        "gold": [{"doc": "pont-1", "quote": "Il rouvrira mardi"}],
    }
    path = folder / "one.jsonl"
    path.write_text(json.dumps(row | fields), encoding="utf-8")
    return read_questions(path, ARTICLES)[0]


def citation(quote: str, article: Article = ARTICLE, number: int = 1) -> Citation:
    """A citation of words that stand in an article."""
    start = article.text.index(quote)
    place = (start, start + len(quote), quote)
    return Citation(number, article.id, article.title, article.outlet, article.published, article.url, *place)


def claim(text: str, *citations: Citation, **fields: Any) -> Claim:
    """A sentence of an answer; without citations it cites itself as a quote of the article."""
    return Claim(text, citations or (citation(text),), fields.pop("verdict", "quoted"), **fields)


def answer(*claims: Claim, language: Language = "fr", **fields: Any) -> Answer:
    """An answer of some sentences, or one that declines when there are none."""
    return Answer("?", language, claims, abstained=fields.pop("abstained", not claims), **fields)


def evidence(article: Article, start: int, end: int) -> Evidence:
    """A passage found."""
    return Evidence(Passage(f"{article.id}:{start}", article.id, start, end, article.text[start:end]), 0.5, 1.0, 0.5)


def date(text: str) -> PartialDate:
    """A date, short to write."""
    return PartialDate.parse(text)
