"""Writes what the answerer shows the reader for our own questions: `python -m rag.answering.choosing.showing --help`.

The reader learns from it to tell one sentence from all the others that it meets in use: those of the passages that a
search finds in all articles that questions are asked about, each under its heading, asked as the answerer asks. Held
out are the questions that the reader never learns from (`rag.encoder.written.is_news_held_out`).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from rag.answering.asking.framing import unframed
from rag.answering.choosing.exams import looked_at
from rag.answering.choosing.judgement import model
from rag.answering.choosing.reading import shown
from rag.answering.choosing.sentences import Candidate
from rag.answering.followup import standalone
from rag.encoder.corpora import Corpora
from rag.encoder.written import articles_of, documents_of, is_news_held_out, written_questions
from rag.index import Index
from rag.index.embedding import Encoder, open_encoder
from rag.language.folding import fold, fold_in_place
from rag.reader.together import ANSWERS, NEITHER, NOT
from rag.schema import Article
from rag.settings import Settings

SHORTEST = 3  # characters of an accepted answer by which a sentence elsewhere is told to answer too
Row = dict[str, Any]


def main() -> None:
    """Write a line for each question whose answer is among what is read, and for those that have none."""
    parser = argparse.ArgumentParser(description="write what the answerer shows the reader for our own questions")
    parser.add_argument("--data", type=Path, required=True, help="folder of the news articles (*.jsonl.gz)")
    parser.add_argument("--sets", type=Path, default=Path("eval/sets"), help="folder with training/*.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--most", type=int, default=13_000, help="questions taken of each language (default 13 000)")
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8") as out:
        for row in shown_questions(options.data, options.sets, options.most):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def shown_questions(data: Path, sets: Path, most: int) -> Iterator[Row]:
    """What is shown for our own questions that the reader may learn from; see `rag.reader.together.read_rows`."""
    written, corpora, encoder = written_questions(sets), Corpora(data), open_encoder(Settings())
    documents = documents_of(written)
    for lang in ("fr", "en"):
        rows = [row for row in corpora.rows(f"news_{lang}") if row["id"] in set(documents)]
        articles = {article.id: article for article in articles_of(rows)}
        own = [
            row
            for row, document in zip(written, documents, strict=True)
            if document in articles and not is_news_held_out(document)
        ]
        random.Random(0).shuffle(own)
        with Index.open(None, Settings(), encoder) as index:
            index.sync(tuple(articles.values()))
            for row in tqdm(own[:most], desc=lang):
                if told := shown_question(row, index, articles, encoder):
                    yield told


def shown_question(row: Row, index: Index, articles: Mapping[str, Article], encoder: Encoder) -> Row | None:
    """What is shown for one question; None where it has an answer, but none of its sentences is among it."""
    put = looked_at(unframed(standalone(row["question"], row.get("history", ()))), index, articles, encoder)
    if put is None:
        return None
    asked, sentences, described = put
    scores = model("sentence").probability(described)
    passages: list[Row] = []
    for one in shown(asked, sentences, scores, articles):
        labels = [_label(row, sentences[place]) for place in one.places]
        answering = [spot for spot, label in zip(one.spots, labels, strict=True) if label == ANSWERS]
        passages.append(
            {
                "question": one.question,
                "text": one.text,
                "sentences": [[*spot, label] for spot, label in zip(one.spots, labels, strict=True)],
                "answer": _answer(row, answering, one.text),
            }
        )
    answers = any(label == ANSWERS for passage in passages for *_, label in passage["sentences"])
    if row["gold"] and not answers:
        return None
    return {"id": row["id"], "answered": bool(row["gold"]), "passages": passages}


def _label(row: Row, sentence: Candidate) -> int:
    """Whether a sentence answers: with a quote that proves it; one that has the words of the answer may do so too."""
    article_id = sentence.evidence.passage.article_id
    for gold in row["gold"]:
        if gold["doc"] == article_id and (gold["quote"] in sentence.text or sentence.text in gold["quote"]):
            return ANSWERS
    folded = fold(sentence.text)
    return NEITHER if any(len(one) >= SHORTEST and fold(one) in folded for one in _worded(row)) else NOT


def _answer(row: Row, answering: Sequence[tuple[int, int]], text: str) -> tuple[int, int] | None:
    """Where the words of the answer stand in one of the sentences that prove it."""
    folded = fold_in_place(text)
    for start, end in answering:
        for answer in _worded(row):
            place = folded.find(fold_in_place(answer), start, end)
            if place >= 0:
                return place, place + len(answer)
    return None


def _worded(row: Row) -> list[str]:
    return [answer for answer in row["answers"] if isinstance(answer, str)]


if __name__ == "__main__":
    main()
