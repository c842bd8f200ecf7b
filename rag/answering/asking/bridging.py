"""Bridges words that the articles do not use: a question's term is also looked for as its nearest words there.

That is how an English question meets French articles, and how a capital stands for its country, with no dictionary:
the encoder was trained to give words of one meaning one direction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.answering.asking.question import Asked, Term
from rag.answering.asking.vocabulary import stems_of, word_vectors, words_of
from rag.index.embedding import Encoder
from rag.index.vectors import products
from rag.schema import Article, Evidence

OUTSTANDING = 4.5  # standard deviations by which a word must be nearer to a term than the words of the evidence are
FEWEST = 30  # words of evidence below which nothing can be called outstanding


def bridge(asked: Asked, evidence: Sequence[Evidence], articles: Mapping[str, Article], encoder: Encoder) -> Asked:
    """Give each term that no passage of the evidence contains the stems of the words there that are nearest to it.

    Args:
        evidence: the passages found; only their words can be bridged to.
    """
    if not encoder.word_by_word:  # a transformer has no meaning for a lone word, and takes seconds for hundreds
        return asked
    vocabulary = _vocabulary(evidence, articles)
    there = frozenset[str]().union(*vocabulary.values())
    absent = [term for term in asked.terms if not term.stems & there]
    if not absent or len(vocabulary) < FEWEST:
        return asked
    vectors = word_vectors(encoder).of(list(vocabulary))
    cosines = products(encoder.embed_queries([term.word for term in absent]), vectors)
    bridged: dict[Term, Term] = {}
    for term, row in zip(absent, cosines, strict=True):
        floor = float(row.mean() + OUTSTANDING * row.std())
        near = [found for found, cosine in zip(vocabulary.values(), row, strict=True) if cosine >= floor]
        bridged[term] = replace(term, stems=term.stems.union(*near), known=term.known or bool(near))
    return replace(
        asked,
        terms=tuple(bridged.get(term, term) for term in asked.terms),
        names=tuple(bridged.get(name, name) for name in asked.names),
    )


def _vocabulary(evidence: Sequence[Evidence], articles: Mapping[str, Article]) -> dict[str, frozenset[str]]:
    """The words of the evidence in lower case, each with its stems; words that carry no meaning have none."""
    found: dict[str, frozenset[str]] = {}
    for item in evidence:
        language = articles[item.passage.article_id].read_as
        for word in words_of(item.passage.text):
            if word not in found:
                found[word] = stems_of(word, language)
    return {word: own for word, own in found.items() if own}
