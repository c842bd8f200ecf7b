"""Turns files into articles: reads, cleans and dates them, and says what was left out and why."""

from rag.corpus.editing import article_from_upload
from rag.corpus.reading import Corpus, read_corpus

__all__ = ["Corpus", "article_from_upload", "read_corpus"]
