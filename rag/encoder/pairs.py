"""Draws pairs that belong together: headline and article, sentence and neighbours, translations, questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.encoder.corpora import Corpora, Row, paragraphs, sentences
from rag.encoder.vocabulary import Vocabulary

Rows = NDArray[np.int32]

LONGEST_PASSAGE = 160  # tokens
DROPPED = 0.3  # share of the words of a text that are left out, so that no pair is known by a few of them
SHORT = 4  # words of a text of which none is left out


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of texts as rows of the embedding matrix; pairs of one group are no negatives of each other."""

    queries: Sequence[Rows]
    passages: Sequence[Rows]
    groups: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of pair: how often it is drawn, relative to the others, and how."""

    name: str
    weight: float
    draw: Callable[[np.random.Generator, int], Batch]


class Texts:
    """Many texts, tokenised once and kept as one long array of rows."""

    def __init__(self, texts: Sequence[str], vocabulary: Vocabulary) -> None:
        lengths: list[int] = [0]
        parts: list[Rows] = []
        for start in range(0, len(texts), 5_000):
            for encoding in vocabulary.tokenizer.encode_batch_fast(
                list(texts[start : start + 5_000]), add_special_tokens=False
            ):
                rows = vocabulary.rows[encoding.ids]
                parts.append(rows[rows > 0])
                lengths.append(len(parts[-1]))
        self.rows: Rows = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
        self._ends = np.cumsum(lengths)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def span(self, first: int, end: int) -> Rows:
        """Texts `first` to `end`, the last not included, as one."""
        return self.rows[self._ends[first] : self._ends[end]]


def training_sources(corpora: Corpora, vocabulary: Vocabulary) -> list[Source]:
    """Every kind of pair that the encoder learns from; the weights were chosen on the held-out sets."""
    news_fr = News(corpora.training_news, vocabulary)
    news_en = News(corpora.rows("news_en"), vocabulary)
    found = [
        Source("headline, French", 3.0, news_fr.headlines),
        Source("neighbours, French", 3.0, news_fr.neighbours),
        Source("heading, French", 1.0, news_fr.headings),
        Source("headline, English", 1.0, news_en.headlines),
        Source("neighbours, English", 1.0, news_en.neighbours),
    ]
    parallel = {
        "parallel_news": (2.0, corpora.parallel_news(held_out=False)),
        "parallel_tatoeba": (1.5, corpora.rows("parallel_tatoeba")),
        "parallel_captions": (0.3, corpora.rows("parallel_captions")),
    }
    for name, (weight, rows) in parallel.items():
        found.append(Source(name, weight, aligned(((row["fr"], row["en"]) for row in rows), vocabulary)))
    questions = {"qa_fr_piaf": 0.6, "qa_fr_afriqa": 0.12, "qa_en_afriqa": 0.6, "qa_en_shifts": 1.5}
    for name, weight in questions.items():
        found.append(Source(name, weight, asked(corpora.questions(name, held_out=False), vocabulary)))
    asked_twice = ((row["question_fr"], row["question_en"]) for row in corpora.rows("questions_fr_en_mintaka"))
    found.append(Source("questions_fr_en_mintaka", 0.1, aligned(asked_twice, vocabulary)))
    found.append(Source("entailments, French", 0.1, aligned(_entailments(corpora), vocabulary)))
    return found


class News:
    """Articles as sentences, from which headlines, headings and single sentences are taken as queries."""

    def __init__(self, rows: Iterable[Row], vocabulary: Vocabulary) -> None:
        texts: list[str] = []
        spans: list[tuple[int, int, int]] = []  # title, end, sentences of the heading
        for row in rows:
            if not row["title"]:
                continue
            heading = sentences(" ".join((row.get("heading") or "").split()))
            body = [sentence for part in paragraphs({"article": row["article"]}) for sentence in sentences(part)]
            if len(heading) + len(body) >= 3:
                spans.append((len(texts), len(texts) + 1 + len(heading) + len(body), len(heading)))
                texts += [row["title"], *heading, *body]
        self._texts = Texts(texts, vocabulary)
        self._spans = spans

    def headlines(self, random: np.random.Generator, size: int) -> Batch:
        """A headline and its article, or a few sentences from near its beginning."""

        def pair(title: int, end: int, _: int) -> tuple[Rows, Rows]:
            first, last = title + 1, end
            if random.random() < 0.5:
                first += int(random.integers(0, min(end - title - 2, 4) + 1))
                last = min(end, first + int(random.integers(2, 7)))
            return self._texts.span(title, title + 1), self._texts.span(first, last)

        return self._batch(random, size, pair)

    def headings(self, random: np.random.Generator, size: int) -> Batch:
        """The paragraph that opens an article, and the rest of it."""

        def pair(title: int, end: int, heading: int) -> tuple[Rows, Rows]:
            body = title + 1 + (heading or 1)
            return self._texts.span(title + 1, body), self._texts.span(min(body, end - 1), end)

        return self._batch(random, size, pair)

    def neighbours(self, random: np.random.Generator, size: int) -> Batch:
        """A sentence and those around it: the inverse cloze task (Lee, Chang, Toutanova, 2019)."""

        def pair(title: int, end: int, _: int) -> tuple[Rows, Rows]:
            chosen = int(random.integers(title + 1, end))
            width = int(random.integers(2, 6))
            first = max(title + 1, chosen - int(random.integers(0, width + 1)))
            last = min(end, first + width + 1)
            around = [self._texts.span(first, chosen), self._texts.span(min(chosen + 1, last), last)]
            if random.random() < 0.1:
                around = [self._texts.span(first, last)]
            if random.random() < 0.3:
                around.insert(0, self._texts.span(title, title + 1))
            return self._texts.span(chosen, chosen + 1), np.concatenate(around)

        return self._batch(random, size, pair)

    def _batch(
        self, random: np.random.Generator, size: int, pair: Callable[[int, int, int], tuple[Rows, Rows]]
    ) -> Batch:
        chosen = random.choice(len(self._spans), min(size, len(self._spans)), replace=False)
        return batch_of([(*pair(*self._spans[place]), int(place)) for place in chosen])


def aligned(pairs: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> Callable[[np.random.Generator, int], Batch]:
    """Draws two texts that say the same, other words of them each time."""
    left, right = zip(*pairs, strict=True)
    queries, passages = Texts(left, vocabulary), Texts(right, vocabulary)

    def draw(random: np.random.Generator, size: int) -> Batch:
        chosen = random.choice(len(queries), min(size, len(queries)), replace=False)
        spans = [(queries.span(n, n + 1), passages.span(n, n + 1), int(n)) for n in chosen]
        return batch_of([(thinned(query, random), thinned(passage, random), n) for query, passage, n in spans])

    return draw


def asked(rows: Sequence[Row], vocabulary: Vocabulary) -> Callable[[np.random.Generator, int], Batch]:
    """Draws questions with the passage that answers them; questions on one passage are no negatives of each other."""
    number = {context: place for place, context in enumerate(dict.fromkeys(row["context"] for row in rows))}
    passage_of = [number[row["context"]] for row in rows]
    queries, passages = Texts([row["question"] for row in rows], vocabulary), Texts(list(number), vocabulary)

    def draw(random: np.random.Generator, size: int) -> Batch:
        chosen = [int(place) for place in random.choice(len(rows), min(size, len(rows)), replace=False)]
        numbered = [(question, passage_of[question]) for question in chosen]
        return batch_of([(queries.span(n, n + 1), passages.span(place, place + 1), place) for n, place in numbered])

    return draw


def thinned(rows: Rows, random: np.random.Generator) -> Rows:
    """A text without some of its words; whole when it is short."""
    kept = random.random(len(rows)) >= DROPPED
    return rows[kept] if len(rows) >= SHORT and kept.any() else rows


def _entailments(corpora: Corpora) -> Iterable[tuple[str, str]]:
    for name in ("nli_fr_rte3_dev", "nli_fr_sick", "nli_fr_xnli_dev"):
        for row in corpora.rows(name):
            if row["label"] == "entailment":
                yield row["premise"], row["hypothesis"]


def batch_of(pairs: Iterable[tuple[Rows, Rows, int]]) -> Batch:
    """A batch of (query, passage, group); a pair of which a text has no known word is left out."""
    kept = [(query, passage[:LONGEST_PASSAGE], group) for query, passage, group in pairs if len(query) and len(passage)]
    queries, passages, groups = zip(*kept, strict=True)
    return Batch(queries, passages, np.array(groups))
