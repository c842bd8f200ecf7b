"""Trains the bundled encoder: `python -m rag.encoder.train --data DIR --output rag/encoder`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rag.encoder.corpora import Corpora, paragraphs
from rag.encoder.meanings import first_meanings, spellings
from rag.encoder.own_questions import answered_questions, own_sources
from rag.encoder.pairs import Texts, training_sources
from rag.encoder.release import read_released, release
from rag.encoder.training import Recipe, fit, learn_on
from rag.encoder.vocabulary import build_vocabulary
from rag.settings import prepare_environment

TOKENS = 76_000
ROWS = 44_000  # 22.5 MB at 512 dimensions
OUR_QUESTIONS = Recipe(steps=1_000, rate=0.01)


def main() -> None:
    """Choose the vocabulary and train, or go on from what was released, and write the encoder to the output folder."""
    arguments = _arguments()
    prepare_environment()
    corpora = Corpora(arguments.data)
    if not arguments.learn_on:
        begin(corpora, arguments.teacher, arguments.output, Recipe(steps=arguments.steps))
    learn_our_questions(corpora, arguments.sets, arguments.output)
    print(f"written to {arguments.output}")


def begin(corpora: Corpora, teacher: Path | None, output: Path, recipe: Recipe) -> None:
    """Train an encoder from the public data alone, from the meanings that a teacher gives to words."""
    french, english = list(_texts(corpora, "fr")), list(_texts(corpora, "en"))
    vocabulary = build_vocabulary(french, english, tokens=TOKENS, rows=ROWS)
    print(f"{len(vocabulary.rows)} tokens on {vocabulary.row_count} rows", flush=True)
    meanings = None
    if teacher:
        meanings = first_meanings(vocabulary.row_count, spellings(vocabulary, french, english), teacher)
        print(f"{int(meanings.any(axis=1).sum())} rows begin with a meaning", flush=True)
    counts = [np.bincount(Texts(texts, vocabulary).rows, minlength=vocabulary.row_count) for texts in (french, english)]
    shares = np.mean([count / count.sum() for count in counts], axis=0)
    release(vocabulary, fit(training_sources(corpora, vocabulary), shares, recipe, meanings), output)


def learn_our_questions(corpora: Corpora, sets: Path, output: Path) -> None:
    """Teach a released encoder our own questions on news, beside all else that it learned from."""
    vocabulary, vectors = read_released(output)
    asked = answered_questions(corpora, sets, held_out=False)
    print(f"{len(asked)} of our own questions", flush=True)
    sources = [*training_sources(corpora, vocabulary), *own_sources(asked, vocabulary)]
    release(vocabulary, learn_on(sources, vectors, OUR_QUESTIONS), output)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training sets (*.jsonl.gz)")
    parser.add_argument("--sets", type=Path, default=Path("eval/sets"), help="folder with training/*.jsonl")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent, help="folder of the encoder")
    parser.add_argument("--teacher", type=Path, help="folder of multilingual-e5-small; else words begin at random")
    parser.add_argument("--steps", type=int, default=2_500, help="batches of the first training (default 2500)")
    parser.add_argument("--learn-on", action="store_true", help="only teach the released encoder our own questions")
    return parser.parse_args()


def _texts(corpora: Corpora, language: str) -> Iterator[str]:
    """The texts whose words are counted: news, parallel sentences and the passages of the question sets."""
    news = corpora.training_news if language == "fr" else corpora.rows("news_en")
    for row in news:
        yield from [row["title"] or "", *paragraphs(row)]
    for row in (*corpora.parallel_news(held_out=False), *corpora.rows("parallel_tatoeba")):
        yield row[language]
    for name in {"fr": ("qa_fr_piaf", "qa_fr_afriqa"), "en": ("qa_en_shifts", "qa_en_afriqa")}[language]:
        yield from dict.fromkeys(row["context"] for row in corpora.questions(name, held_out=False))


if __name__ == "__main__":
    main()
