"""Scores every sentence of the evidence by how likely it answers the question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rag.answering.expected import counts_the_thing, holds_wanted, holds_year
from rag.answering.question import Asked
from rag.index.embedding import Encoder
from rag.language.gazetteer import mentions
from rag.language.sentences import sentence_spans, unwrapped
from rag.language.words import stems
from rag.schema import Article, Evidence

Scores = npt.NDArray[np.float32]

FEWEST_WORDS = 4  # of a sentence that can be quoted
OPENING = 500  # characters of an article that, with its title, say what all of it is about

FEATURES = (
    "coverage of the sentence",
    "coverage of the sentence, its neighbours and the opening",
    "coverage of the passage and the opening",
    "coverage of the sentence, of what the opening leaves",
    "names in the passage and the opening",
    "countries and bodies in the sentence, its neighbours and the title",
    "countries and bodies in the passage and the opening",
    "similarity of the sentence",
    "similarity of the title and the sentence",
    "similarity of the passage",
    "score of the passage",
    "rank of the passage",
    "wanted kind of answer present",
    "thing counted beside a number",
    "year asked about present",
    "length of the sentence",
    "place of the sentence in the article",
    "coverage times similarity of the sentence",
    "coverage of the sentence, less the best one",
    "similarity of the sentence, less the best one",
    "similarity of the title and the sentence, less the best one",
    "similarity of the passage, less the best one",
)
COMPARED = tuple(FEATURES.index(name.removesuffix(", less the best one")) for name in FEATURES if "less" in name)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the evidence that may be quoted: `article.text[start:end]`."""

    evidence: Evidence
    start: int
    end: int
    text: str
    stems: frozenset[str]


def candidates(evidence: Sequence[Evidence], articles: Mapping[str, Article]) -> list[Candidate]:
    """Every sentence of the evidence that can prove something, in order: no headings, no questions."""
    return [candidate for found in evidence for candidate in _of_one(found, articles[found.passage.article_id])]


def features(asked: Asked, sentences: Sequence[Candidate], articles: Mapping[str, Article], encoder: Encoder) -> Scores:
    """Describe each sentence by numbers of about 0..1.

    Returns:
        An array of shape (sentences, FEATURES).
    """
    passages = list(dict.fromkeys(sentence.evidence.passage for sentence in sentences))
    rank = {passage.id: place for place, passage in enumerate(passages)}
    texts = [sentence.text for sentence in sentences]
    titled = [f"{_article(sentence, articles).title} {sentence.text}" for sentence in sentences]
    vectors = encoder.embed_passages([*texts, *titled, *(passage.text for passage in passages)])
    alike, titled_alike, near = np.split(
        vectors @ encoder.embed_queries([asked.text])[0], [len(sentences), 2 * len(sentences)]
    )
    rows = []
    for position, (sentence, around) in enumerate(zip(sentences, _surroundings(sentences, articles), strict=True)):
        article, place = _article(sentence, articles), rank[sentence.evidence.passage.id]
        language = article.language or "fr"
        rows.append(
            (
                asked.coverage(sentence.stems),
                asked.coverage(around.neighbours),
                asked.coverage(around.passage),
                asked.coverage_of_rest(sentence.stems, around.opening),
                asked.name_coverage(around.passage),
                asked.place_coverage(around.near_things),
                asked.place_coverage(around.things),
                float(alike[position]),
                float(titled_alike[position]),
                float(near[place]),
                sentence.evidence.score,
                1 / (1 + place),
                holds_wanted(asked, sentence.text, language),
                counts_the_thing(asked, sentence.text, language),
                holds_year(asked, sentence.text, article),
                min(len(sentence.text) / 300, 1.0),
                1 / (1 + sentence.start / 500),
            )
        )
    single = np.asarray(rows, dtype=np.float32)
    coverage, likeness, titled_likeness, nearness = (single[:, column] for column in COMPARED)
    less_best = [column - column.max() for column in (coverage, likeness, titled_likeness, nearness)]
    return np.column_stack([single, coverage * likeness, *less_best]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The stems around a sentence, and the countries and bodies named there."""

    opening: frozenset[str]  # of the article's title and opening
    neighbours: frozenset[str]  # of these, the sentence and the ones beside it
    passage: frozenset[str]  # of the opening and the passage
    near_things: frozenset[str]  # in the title, the sentence and the ones beside it
    things: frozenset[str]  # in the opening and the passage


def _of_one(found: Evidence, article: Article) -> Iterator[Candidate]:
    language = article.language or "fr"
    passage, offset = found.passage.text, found.passage.start
    for start, end in unwrapped(passage, sentence_spans(passage, language)):
        text = passage[start:end]
        if len(text.split()) >= FEWEST_WORDS and not text.endswith((":", "?")):
            yield Candidate(found, offset + start, offset + end, text, frozenset(stems(text, language)))


def _surroundings(sentences: Sequence[Candidate], articles: Mapping[str, Article]) -> list[_Surroundings]:
    by_passage: dict[str, list[Candidate]] = {}
    for sentence in sentences:
        by_passage.setdefault(sentence.evidence.passage.id, []).append(sentence)
    found: list[_Surroundings] = []
    for siblings in by_passage.values():
        article = _article(siblings[0], articles)
        language = article.language or "fr"
        beginning = f"{article.title}\n{article.text[:OPENING]}"
        opening = frozenset(stems(beginning, language))
        passage = opening.union(*(sibling.stems for sibling in siblings))
        own = [things_named(sibling.text, language) for sibling in siblings]
        title = things_named(article.title, language)
        things = things_named(beginning, language).union(*own)
        for position in range(len(siblings)):
            beside = slice(max(0, position - 1), position + 2)
            neighbours = opening.union(*(sibling.stems for sibling in siblings[beside]))
            found.append(_Surroundings(opening, neighbours, passage, title.union(*own[beside]), things))
    return found


@lru_cache(maxsize=20_000)
def things_named(text: str, language: str) -> frozenset[str]:
    """The countries, peoples, governments and international bodies that a text names."""
    return frozenset[str]().union(*(mention.things for mention in mentions(text, language)))


def _article(sentence: Candidate, articles: Mapping[str, Article]) -> Article:
    return articles[sentence.evidence.passage.article_id]
