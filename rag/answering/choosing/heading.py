"""Says under which heading a passage is read: the title of its article, with names that the passage leaves out."""

from __future__ import annotations

from functools import lru_cache

from rag.answering.asking.question import Asked
from rag.language.facts import names_of, things_of
from rag.language.folding import fold
from rag.language.gazetteer import things
from rag.language.names import name_words
from rag.language.sentences import sentence_spans
from rag.language.words import words
from rag.schema import Article, Passage

TITLE = 160  # characters of a title that are read
ARTICLES = 256  # whose words are remembered


def heading(asked: Asked, article: Article, passage: Passage) -> str:
    """The title, and in brackets the names of the question that stand elsewhere in the article alone.

    A passage tells of "the plant" that the article has named before. A reader that is asked about the plant of that
    name, and shown the passage, would take it for another one.
    """
    title, language = article.title[:TITLE], article.read_as
    shown = f"{title}\n{passage.text}"
    further = []
    for name in names_of(asked.text, asked.language):
        meant, telling = things(name.text), frozenset(word for word in name_words(name.text) if len(word) > 2)
        if meant:
            told, there = bool(meant & things_of(shown, language)), bool(meant & _things(article.text, language))
        else:
            told, there = bool(telling & _words(shown)), bool(telling) and telling <= _article_words(article.text)
        if there and not told:
            further.append(name.text)
    return f"{title} ({', '.join(dict.fromkeys(further))})" if further else title


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word.text) for word in words(text))


@lru_cache(maxsize=ARTICLES)
def _article_words(text: str) -> frozenset[str]:
    return _words(text)


@lru_cache(maxsize=ARTICLES)
def _things(text: str, language: str) -> frozenset[str]:
    return frozenset[str]().union(
        *(things_of(text[start:end], language) for start, end in sentence_spans(text, language))
    )
