"""Answers in the articles' own words: the sentences that bear on the question, or a plain no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from rag.answering.bridging import bridge
from rag.answering.judgement import answer_model, sentence_model, signs
from rag.answering.question import Asked
from rag.answering.sentences import Candidate, Scores, candidates, features, things_named
from rag.index.embedding import Encoder
from rag.language.folding import fold
from rag.language.sentences import sentence_spans, unwrapped
from rag.schema import Answer, Article, Citation, Claim, Evidence
from rag.settings import Settings

ALIKE = 0.7  # Jaccard similarity of stems from which two sentences say the same
SECOND_BEST = 0.35  # share of the best sentence's probability that a further sentence needs
LONGEST_QUOTE = 600  # characters, when a quote takes in the sentence before it


def answer_from_quotes(
    asked: Asked,
    evidence: Sequence[Evidence],
    articles: Mapping[str, Article],
    encoder: Encoder,
    settings: Settings,
) -> Iterator[Answer]:
    """Answer with the best one to `settings.sentences` sentences of the evidence, verbatim.

    Yields:
        Ever fuller Answers; only the last one is complete.
    """
    answer = Answer(asked.text, asked.language, evidence=tuple(evidence), complete=False)
    yield answer
    sentences = candidates(evidence, articles)
    if not sentences:
        yield _declined(answer, _REASONS["nothing"][asked.language])
        return
    asked = bridge(asked, evidence, articles, encoder)
    described = features(asked, sentences, articles, encoder)
    scores = sentence_model().probability(described)
    if reason := _objection(asked, sentences, described, scores, settings):
        yield _declined(answer, reason)
        return
    for sentence in _chosen(sentences, scores, settings.sentences):
        article = articles[sentence.evidence.passage.article_id]
        claim = _quoted(sentence, article, number=len(answer.claims) + 1)
        if not any(_overlaps(claim, shown) for shown in answer.claims):
            answer = replace(answer, claims=(*answer.claims, claim))
            yield answer
    yield replace(answer, complete=True)


def _objection(
    asked: Asked, sentences: Sequence[Candidate], described: Scores, scores: Scores, settings: Settings
) -> str | None:
    """Why the best sentence is not good enough to be shown as an answer; None when it is."""
    if missing := _missing(asked, sentences):
        return _REASONS["name"][asked.language].format(", ".join(missing))
    if float(answer_model().probability(signs(asked, sentences, described, scores))[0]) >= settings.answer_floor:
        return None
    return _REASONS["weak"][asked.language]


def _missing(asked: Asked, sentences: Sequence[Candidate]) -> list[str]:
    """What the question names and the articles do not: countries and bodies by any of their names, others by word."""
    there = frozenset[str]().union(*(things_named(sentence.text, "fr") for sentence in sentences))
    places = [asked.text[place.start : place.end] for place in asked.places if not place.things & there]
    known_places = {fold(asked.text[place.start : place.end]) for place in asked.places if place.things & there}
    names = [name.word for name in asked.names if not name.known and fold(name.word) not in known_places]
    return list(dict.fromkeys([*places, *names]))


_REASONS = {
    "nothing": {
        "fr": "Aucun passage ne correspond à la question.",
        "en": "No passage matches the question.",
    },
    "weak": {
        "fr": "Les passages les plus proches ne disent pas ce qui est demandé.",
        "en": "The nearest passages do not say what is asked.",
    },
    "name": {
        "fr": "Aucun article ne parle de : {}.",
        "en": "No article mentions: {}.",
    },
}


def _declined(answer: Answer, reason: str) -> Answer:
    return replace(answer, abstained=True, reason=reason, complete=True)


def _chosen(sentences: Sequence[Candidate], scores: Scores, limit: int) -> list[Candidate]:
    """The best sentences, best first, none saying the same as a better one."""
    chosen: list[Candidate] = []
    for position in np.argsort(-scores, kind="stable"):
        if len(chosen) == limit or scores[position] < SECOND_BEST * scores.max():
            break
        sentence = sentences[int(position)]
        if not any(_alike(sentence, other) for other in chosen):
            chosen.append(sentence)
    return chosen


def _alike(one: Candidate, other: Candidate) -> bool:
    union = one.stems | other.stems
    same_place = one.evidence.passage.article_id == other.evidence.passage.article_id and one.start == other.start
    return same_place or len(one.stems & other.stems) >= ALIKE * max(len(union), 1)


def _overlaps(one: Claim, other: Claim) -> bool:
    mine, theirs = one.citations[0], other.citations[0]
    return mine.article_id == theirs.article_id and mine.start < theirs.end and theirs.start < mine.end


def _quoted(sentence: Candidate, article: Article, number: int) -> Claim:
    start = _start_with_subject(sentence, article)
    quote = article.text[start : sentence.end]
    citation = Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        start=start,
        end=sentence.end,
        quote=quote,
    )
    return Claim(text=quote, citations=(citation,), verdict="quoted", as_of=article.published)


# A sentence that opens so leans on the one before it (folded).
_LEANING = re.compile(
    r"(il|ils|elle|elles|celui-ci|celle-ci|ceux-ci|celles-ci|cela|ceci|c'est|ce dernier|cette derniere"
    r"|(ce|cet|cette|ces) [a-z]+|he|she|it|they|this|that|these|those)\b"
)


def _start_with_subject(sentence: Candidate, article: Article) -> int:
    """Where to begin the quote: one sentence earlier when this one leans on it and both stand in one paragraph."""
    if not _LEANING.match(fold(sentence.text[:40])):
        return sentence.start
    paragraph = article.text.rfind("\n", 0, sentence.start) + 1
    window = max(paragraph, sentence.end - LONGEST_QUOTE)
    before = article.text[window : sentence.start]
    earlier = list(unwrapped(before, sentence_spans(before, article.language or "fr")))
    if not earlier or (window > paragraph and len(earlier) == 1):
        return sentence.start
    return window + earlier[-1][0]
