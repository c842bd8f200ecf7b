"""Describes each sentence that may be quoted by what it shares with the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rag.answering.asking.question import Asked
from rag.answering.asking.vocabulary import sentence_vectors
from rag.answering.asking.wanted import AMOUNTS, NAMED
from rag.answering.choosing.expected import NEITHER, agrees_in_time, counts_the_thing, holds_wanted
from rag.answering.choosing.nearness import Nearness, nearness
from rag.answering.choosing.sentences import LEAD, Candidate, Scores, article_of, quotable
from rag.index.embedding import Encoder
from rag.index.vectors import products
from rag.language.facts import things_of
from rag.language.gazetteer import is_country
from rag.language.words import stems
from rag.schema import Article

OPENINGS_REMEMBERED = 2_048  # with what leads to passages, about 12 MB
BEFORE = 2  # sentences before one that may name whom it speaks of
OPENING = 500  # characters of an article that, with its title, say what all of it is about

FEATURES = (
    "coverage of the sentence",
    "coverage of the sentence, its neighbours and the opening",
    "coverage of the passage and the opening",
    "coverage of the sentence, of what the opening leaves",
    "names in the sentence, its neighbours and the opening",
    "names in the passage and the opening",
    "countries and bodies in the sentence, its neighbours and the title",
    "countries and bodies in the passage and the opening",
    "similarity of the sentence",
    "similarity of the title and the sentence",
    "similarity of the passage",
    "score of the passage",
    "rank of the passage",
    "wanted kind of answer present",
    "no amount or date where one is wanted",
    "name of the wanted kind",
    "similarity of the sentence and its neighbours",
    "thing counted beside a number",
    "agreement with the time asked about",
    "nearness of the sentence",
    "nearness of the sentence, its neighbours and the opening",
    "nearness of the passage and the opening",
    "nearness of the sentence, without names",
    "nearness of the sentence, its neighbours and the opening, without names",
    "nearness of the term that fits least",
    "rank of the article",
    "length of the sentence",
    "place of the sentence in the article",
    "coverage times similarity of the sentence",
    "coverage of the sentence, less the best one",
    "similarity of the sentence, less the best one",
    "similarity of the title and the sentence, less the best one",
    "similarity of the passage, less the best one",
    "nearness of the sentence, less the best one",
)
NEARNESSES = tuple(name for name in FEATURES if name.startswith("nearness") and "less" not in name)
LAST = FEATURES.index("coverage times similarity of the sentence")
OF_ONE = FEATURES[:LAST]  # what one sentence has by itself; the rest follows from it, or from the others
COMPARED = tuple(FEATURES.index(name.removesuffix(", less the best one")) for name in FEATURES if "less" in name)


def features(asked: Asked, sentences: Sequence[Candidate], articles: Mapping[str, Article], encoder: Encoder) -> Scores:
    """Describe each sentence by numbers of about 0..1, those that compare it with the best one by -1..0.

    Returns:
        An array of shape (sentences, FEATURES).
    """
    passages = list(dict.fromkeys(sentence.evidence.passage for sentence in sentences))
    rank = {passage.id: place for place, passage in enumerate(passages)}
    leading = {name: place for place, name in enumerate(dict.fromkeys(passage.article_id for passage in passages))}
    texts = [sentence.text for sentence in sentences]
    titled = [f"{article_of(sentence, articles).title} {sentence.text}" for sentence in sentences]
    flanked = _with_neighbours(sentences)
    vectors = sentence_vectors(encoder).of([*texts, *titled, *flanked, *(passage.text for passage in passages)])
    count = len(sentences)
    alike, titled_alike, flanked_alike, near = np.split(
        products(vectors, encoder.embed_queries([asked.text]))[:, 0], [count, 2 * count, 3 * count]
    )
    said = _nearnesses(asked, sentences, articles, encoder)
    rows = []
    for position, (sentence, around) in enumerate(zip(sentences, _surroundings(sentences, articles), strict=True)):
        article, place = article_of(sentence, articles), rank[sentence.evidence.passage.id]
        language = article.read_as
        held = holds_wanted(asked, sentence.text, language)
        row = {
            "coverage of the sentence": asked.coverage(sentence.stems),
            "coverage of the sentence, its neighbours and the opening": asked.coverage(around.neighbours),
            "coverage of the passage and the opening": asked.coverage(around.passage),
            "coverage of the sentence, of what the opening leaves": asked.coverage_of_rest(
                sentence.stems, around.opening
            ),
            "names in the sentence, its neighbours and the opening": asked.name_coverage(around.neighbours),
            "names in the passage and the opening": asked.name_coverage(around.passage),
            "countries and bodies in the sentence, its neighbours and the title": max(
                asked.place_coverage(around.near_things), around.unplaced
            ),
            "countries and bodies in the passage and the opening": max(
                asked.place_coverage(around.things), around.unplaced
            ),
            "similarity of the sentence": alike[position],
            "similarity of the title and the sentence": titled_alike[position],
            "similarity of the passage": near[place],
            "score of the passage": sentence.evidence.score,
            "rank of the passage": 1 / (1 + place),
            "wanted kind of answer present": held,
            "no amount or date where one is wanted": held < NEITHER and asked.wanted in (*AMOUNTS, "date"),
            "name of the wanted kind": held if asked.wanted in NAMED else 0.0,
            "similarity of the sentence and its neighbours": flanked_alike[position],
            "thing counted beside a number": counts_the_thing(asked, sentence.text, language),
            "agreement with the time asked about": agrees_in_time(asked, sentence.text, article),
            **dict(zip(NEARNESSES, said[position], strict=True)),
            "rank of the article": 1 / (1 + leading[article.id]),
            "length of the sentence": min(len(sentence.text) / 300, 1.0),
            "place of the sentence in the article": 1 / (1 + sentence.start / 500),
        }
        rows.append([float(row[name]) for name in OF_ONE])
    single = np.asarray(rows, dtype=np.float32)
    compared = [single[:, column] for column in COMPARED]
    less_best = [column - column.max() for column in compared]
    return np.column_stack([single, compared[0] * compared[1], *less_best]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The stems around a sentence, and the countries and bodies named there."""

    opening: frozenset[str]  # of the article's title and opening
    neighbours: frozenset[str]  # of these, the sentence, two before it and the one after it
    passage: frozenset[str]  # of the opening, the passage and what leads to it
    near_things: frozenset[str]  # in the title, the sentence, two before it and the one after it
    things: frozenset[str]  # in the opening, the passage and what leads to it

    @property
    def unplaced(self) -> float:
        """0.5 where no country is named at all: at home nobody says which it is; else 0."""
        return 0.0 if any(map(is_country, self.things)) else NEITHER


def _nearnesses(
    asked: Asked, sentences: Sequence[Candidate], articles: Mapping[str, Article], encoder: Encoder
) -> Nearness:
    """The six features of nearness, (sentences, 6)."""
    openings = {article_of(sentence, articles).id: article_of(sentence, articles) for sentence in sentences}
    texts = [(sentence.text, article_of(sentence, articles).read_as) for sentence in sentences]
    texts += [(_beginning(article), article.read_as) for article in openings.values()]
    near = nearness(asked, texts, encoder)
    opening = {name: near[:, len(sentences) + place] for place, name in enumerate(openings)}
    weights = np.asarray([term.weight for term in asked.terms], dtype=np.float32)
    plain = np.asarray([term not in asked.names for term in asked.terms], dtype=bool)
    rows = np.zeros((len(sentences), 6), dtype=np.float32)
    for siblings in _by_passage(sentences):
        start = opening[article_of(sentences[siblings[0]], articles).id]
        whole = np.maximum(near[:, siblings].max(axis=1), start)
        for place, position in enumerate(siblings):
            around = np.maximum(near[:, siblings[max(0, place - 1) : place + 2]].max(axis=1), start)
            own = near[:, position]
            shares = [_share(part, weights) for part in (own, around, whole)]
            shares += [_share(part[plain], weights[plain]) for part in (own, around)]
            rows[position] = (*shares, around.min(initial=1.0))
    return rows


def _with_neighbours(sentences: Sequence[Candidate]) -> list[str]:
    """Each sentence with the ones beside it in its passage."""
    texts = [""] * len(sentences)
    for siblings in _by_passage(sentences):
        for place, position in enumerate(siblings):
            beside = siblings[max(0, place - 1) : place + 2]
            texts[position] = " ".join(sentences[neighbour].text for neighbour in beside)
    return texts


def _share(near: Nearness, weights: Nearness) -> float:
    return float(near @ weights / weights.sum()) if len(weights) else NEITHER


def _by_passage(sentences: Sequence[Candidate]) -> list[list[int]]:
    """The places of the sentences of each passage."""
    found: dict[str, list[int]] = {}
    for position, sentence in enumerate(sentences):
        found.setdefault(sentence.evidence.passage.id, []).append(position)
    return list(found.values())


def _beginning(article: Article) -> str:
    return f"{article.title}\n{article.text[:OPENING]}"


def _lead(article: Article, start: int) -> str:
    """The words before a place in an article."""
    before = article.text[max(0, start - LEAD) : start]
    return before if start <= LEAD else before.partition(" ")[2]


def _surroundings(sentences: Sequence[Candidate], articles: Mapping[str, Article]) -> list[_Surroundings]:
    found: dict[int, _Surroundings] = {}
    for places in _by_passage(sentences):
        passage, article = sentences[places[0]].evidence.passage, article_of(sentences[places[0]], articles)
        language = article.read_as
        beginning, lead = _beginning(article), _lead(article, passage.start)
        opening = _stems_of(beginning, language)
        there = quotable(passage.text, language)
        said = [_stems_of(lead, language), *(own for *_, own in there)]
        named = [things_of(lead, language), *(things_of(text, language) for _, _, text, _ in there)]
        title = things_of(article.title, language)
        whole = opening.union(*said), things_of(beginning, language).union(*named)
        order = {passage.start + start: place for place, (start, *_) in enumerate(there, start=1)}
        for position in places:
            place = order[sentences[position].start]
            beside = slice(max(0, place - BEFORE), place + 2)
            neighbours, near = opening.union(*said[beside]), title.union(*named[beside])
            found[position] = _Surroundings(opening, neighbours, whole[0], near, whole[1])
    return [found[position] for position in range(len(sentences))]


@lru_cache(maxsize=OPENINGS_REMEMBERED)
def _stems_of(text: str, language: str) -> frozenset[str]:
    return frozenset(stems(text, language))
