"""Lists the sentences that may be quoted, and those of them nearest to the question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rag.answering.asking.question import Asked
from rag.answering.asking.vocabulary import sentence_vectors
from rag.answering.choosing.addressing import addresses_assistant
from rag.index.embedding import Encoder
from rag.index.vectors import products
from rag.language.sentences import is_heading, sentence_spans, unwrapped
from rag.language.words import stems
from rag.schema import Article, Evidence

Scores = npt.NDArray[np.float32]

FEWEST_WORDS = 4  # of a sentence that can be quoted
MOST, MOST_TO_READ = 24, 60  # sentences looked at closely, and those where a reader looks at the best of them again
PASSAGES_REMEMBERED = 2_048  # about 20 MB
LEAD = 300  # characters before a passage or a sentence that say of whom or what it goes on to speak


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the evidence that may be quoted: `article.text[start:end]`."""

    evidence: Evidence
    start: int
    end: int
    text: str
    stems: frozenset[str]
    words: tuple[int, int] | None = None  # those that answer, as the neural reader has it: `text[slice(*words)]`
    answerable: float = 0.0  # how likely it answers, as the neural reader has it
    further: float = 0.0  # how likely it answers too, beside the best sentence

    @property
    def spot(self) -> tuple[str, int]:
        """What tells it from all others: its article, and where it begins there."""
        return self.evidence.passage.article_id, self.start


def log_odds(probabilities: Scores) -> Scores:
    """The probabilities (n,) as logits, those of 0 and 1 as finite ones."""
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    odds: Scores = np.log(clipped / (1 - clipped))
    return odds


def candidates(evidence: Sequence[Evidence], articles: Mapping[str, Article]) -> list[Candidate]:
    """Every sentence of the evidence that can prove something, in order: no headings, no questions, no orders."""
    return [candidate for found in evidence for candidate in _of_one(found, articles[found.passage.article_id])]


def shortlist(
    asked: Asked,
    sentences: Sequence[Candidate],
    articles: Mapping[str, Article],
    encoder: Encoder,
    *,
    most: int = MOST,
) -> list[Candidate]:
    """The sentences, `most` of them, that a quick look finds nearest to the question, in their order.

    The sentence that answers is among the first 24 for 94 questions of 100 for which it is there at all.
    """
    if len(sentences) <= most:
        return list(sentences)
    titled = [f"{article_of(sentence, articles).title} {sentence.text}" for sentence in sentences]
    vectors = sentence_vectors(encoder).of([*(sentence.text for sentence in sentences), *titled])
    alike, titled_alike = np.split(products(vectors, encoder.embed_queries([asked.text]))[:, 0], 2)
    shared = np.asarray([asked.coverage(one.stems) / 2 + one.evidence.score for one in sentences], dtype=np.float32)
    best = np.argsort(-(alike + titled_alike + shared), kind="stable")[:most]
    return [sentences[place] for place in sorted(best.tolist())]


def _of_one(found: Evidence, article: Article) -> Iterator[Candidate]:
    offset = found.passage.start
    for start, end, text, own in quotable(found.passage.text, article.read_as):
        yield Candidate(found, offset + start, offset + end, text, own)


@lru_cache(maxsize=PASSAGES_REMEMBERED)
def quotable(passage: str, language: str) -> tuple[tuple[int, int, str, frozenset[str]], ...]:
    """The sentences of a passage that can prove something: where they stand, their text and stems."""
    whole = unwrapped(passage, sentence_spans(passage, language))
    dashed = ((start, end, _DASH.match(passage, start, end)) for start, end in whole)
    spans = [(dash.end() if dash else start, end) for start, end, dash in dashed]
    texts = [(start, end, passage[start:end]) for start, end in spans]
    return tuple(
        (start, end, text, frozenset(stems(text, language)))
        for start, end, text in texts
        if len(text.split()) >= FEWEST_WORDS
        and not text.endswith((":", "?"))
        and not addresses_assistant(text)
        and not is_heading(passage, start, end)
    )


_DASH = re.compile(r"[–—] +(?=[A-ZÀ-Þ])")  # left of the town and agency that stood before it


def article_of(sentence: Candidate, articles: Mapping[str, Article]) -> Article:
    """The article that a sentence stands in."""
    return articles[sentence.evidence.passage.article_id]
