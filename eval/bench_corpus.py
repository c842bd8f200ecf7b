"""Makes the folders of articles that are timed: from a corpus given by its path, or from sentences that ship."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from rag.corpus import read_corpus
from rag.index.passages import split
from rag.language.sentences import sentence_spans
from rag.schema import Article, first_words

HERE = Path(__file__).parent
SHIPPED = (HERE.parent / "seeds", HERE / "corpora" / "chronique")


def write_corpus(articles: Iterable[Article], folder: Path, passages: int) -> list[str]:
    """Write articles as files until they make so many passages; returns a question for each.

    Every other one of two programs can read such files: the title, the date, the text.
    """
    folder.mkdir(parents=True)
    questions, made = [], 0
    for number, article in enumerate(articles):
        if made >= passages:
            break
        date = f"date {article.published}\n\n" if article.published else ""
        (folder / f"{number:06}.txt").write_text(f"{article.title}\n\n{date}{article.text}\n", encoding="utf-8")
        made += len(split(article))
        questions.append(first_words(article.title, 120))
    return questions


def articles_for(corpus: Path | None, seed: int) -> Iterator[Article]:
    """The articles to time on: those of a corpus in a seeded order, or made-up ones without end."""
    if corpus is None:
        return _made_up(seed)
    read = list(read_corpus(corpus).articles)
    random.Random(seed).shuffle(read)
    return iter(read)


def _made_up(seed: int) -> Iterator[Article]:
    """Articles of ten sentences each, drawn from those that ship, with numbers of their own."""
    dice = random.Random(seed)
    sentences = [
        article.text[start:end]
        for place in SHIPPED
        if place.is_dir()
        for article in read_corpus(place).articles
        for start, end in sentence_spans(article.text, article.read_as)
    ]
    for number in count():
        drawn = dice.sample(sentences, 10)
        text = "\n\n".join(f"{sentence} ({dice.randrange(10**6)})" for sentence in drawn)
        day = f"{dice.randrange(2015, 2025)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        yield Article.from_text(text, id=f"made-{number}", title=first_words(drawn[0]), published=day, language="fr")
