"""Answers questions over a folder of news articles and proves every sentence with its exact words."""

from rag.assistant import Assistant
from rag.errors import RagError
from rag.schema import Answer, Article, Citation, Claim, Evidence, PartialDate, Passage
from rag.settings import Settings

__all__ = [
    "Answer",
    "Article",
    "Assistant",
    "Citation",
    "Claim",
    "Evidence",
    "PartialDate",
    "Passage",
    "RagError",
    "Settings",
]
