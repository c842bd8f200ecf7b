"""Draws our own questions on news with the passage, or the sentence, that answers them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.encoder.corpora import Corpora, Row
from rag.encoder.pairs import Batch, Rows, Source, Texts, batch_of, thinned
from rag.encoder.vocabulary import Vocabulary
from rag.encoder.written import articles_of, documents_of, is_news_held_out, written_questions
from rag.index.passages import embedded_text, split
from rag.language.sentences import sentence_spans
from rag.schema import Article

WEIGHT = 10.0  # of either kind of pair; the other sources have 16 together
OF_ONE_ARTICLE = 12  # most questions on one article in a batch of few articles
FEW_ARTICLES = 0.6  # share of the batches whose texts are of few articles, and so hard to tell apart
TITLED = 0.4  # share of the batches of sentences in which each stands after the title of its article


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, and where it is answered: the passage and the sentence with the quote that proves the answer."""

    question: str
    language: str  # that it is asked in
    article: Article
    passage: str  # as the index embeds it
    sentence: str


def answered_questions(corpora: Corpora, sets: Path, *, held_out: bool) -> list[Answered]:
    """Our own questions that a news article answers, one for each quote that proves it.

    Articles on which the encoder is measured otherwise are left out of what it learns from.
    """
    written = written_questions(sets)
    measured = {row["id"] for row in corpora.held_out_news}
    asked: dict[str, list[Row]] = defaultdict(list)
    for row, document in zip(written, documents_of(written), strict=True):
        apart = is_news_held_out(document)
        if apart == held_out and (held_out or document not in measured):
            asked[document].append(row)
    news = [row for name in ("news_fr", "news_en") for row in corpora.rows(name) if row["id"] in asked]
    return [found for article in articles_of(news) for found in _answered(article, asked[article.id])]


def _answered(article: Article, asked: Sequence[Row]) -> list[Answered]:
    passages = split(article)
    sentences = sentence_spans(article.text, article.read_as)
    found: list[Answered] = []
    for row in asked:
        for gold in row["gold"]:
            place = article.text.find(gold["quote"]) if gold["doc"] == article.id else -1
            passage = next((one for one in passages if one.start <= place < one.end), None)
            sentence = next((article.text[start:end] for start, end in sentences if start <= place < end), None)
            if passage and sentence:
                embedded = embedded_text(article, passage)
                found.append(Answered(row["question"], row["lang"], article, embedded, sentence))
    return found


def own_sources(asked: Sequence[Answered], vocabulary: Vocabulary) -> list[Source]:
    """Two kinds of pair: question and passage, question and sentence."""
    drawn = _Drawn.of(asked, vocabulary)
    return [Source("passages", WEIGHT, drawn.passages), Source("sentences", WEIGHT, drawn.sentences)]


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """The texts of our questions as rows; `same_passage` and `same_sentence` have one number for equal texts."""

    questions: Texts
    passages_of: Texts
    sentences_of: Texts
    titles: Texts
    same_passage: Sequence[int]
    same_sentence: Sequence[int]
    on_article: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, asked: Sequence[Answered], vocabulary: Vocabulary) -> _Drawn:
        on_article: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(asked):
            on_article[one.article.id].append(number)
        return cls(
            Texts([one.question for one in asked], vocabulary),
            Texts([one.passage for one in asked], vocabulary),
            Texts([one.sentence for one in asked], vocabulary),
            Texts([one.article.title for one in asked], vocabulary),
            _numbered([one.passage for one in asked]),
            _numbered([f"{one.article.id} {one.sentence}" for one in asked]),
            on_article,
        )

    def passages(self, random: np.random.Generator, size: int) -> Batch:
        return batch_of(
            (thinned(_row(self.questions, n), random), _row(self.passages_of, n), self.same_passage[n])
            for n in self._chosen(random, size)
        )

    def sentences(self, random: np.random.Generator, size: int) -> Batch:
        before = [self.titles] if random.random() < TITLED else []
        return batch_of(
            (
                thinned(_row(self.questions, n), random),
                np.concatenate([_row(texts, n) for texts in (*before, self.sentences_of)]),
                self.same_sentence[n],
            )
            for n in self._chosen(random, size)
        )

    def _chosen(self, random: np.random.Generator, size: int) -> list[int]:
        if random.random() >= FEW_ARTICLES:
            return list(map(int, random.permutation(len(self.questions))[:size]))
        articles = list(self.on_article.values())
        chosen: list[int] = []
        for place in random.permutation(len(articles)):
            chosen += map(int, random.permutation(articles[place])[:OF_ONE_ARTICLE])
            if len(chosen) >= size:
                break
        return chosen[:size]


def _row(texts: Texts, number: int) -> Rows:
    return texts.span(number, number + 1)


def _numbered(texts: Sequence[str]) -> list[int]:
    number = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return [number[text] for text in texts]
