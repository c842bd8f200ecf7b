"""An honest small encoder and small invented articles, for tests of the index; child processes import it too."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.errors import EncoderError
from rag.index.passages import embedded_text, split
from rag.index.store import Record, days
from rag.schema import Article


class HashingEncoder:
    """A bag of words hashed into a few numbers; it remembers what it embedded."""

    word_by_word = False

    dimension = 256

    def __init__(self, fingerprint: str = "hashing") -> None:
        self.fingerprint = fingerprint
        self.embedded: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded.extend(texts)
        return self.embed_queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for word in text.lower().split():
            vector[zlib.crc32(word.encode()) % self.dimension] += 1
        return vector / np.float32(np.linalg.norm(vector))


class FailingEncoder(HashingEncoder):
    """The same, until it meets a word that it cannot bear."""

    def __init__(self, unbearable: str) -> None:
        super().__init__()
        self.unbearable = unbearable

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any(self.unbearable in text for text in texts):
            raise EncoderError(f"cannot embed {self.unbearable!r}; it is a test")
        return super().embed_passages(texts)


def invented(number: int, word: str = "navire", published: str | None = None) -> Article:
    """An article with words of its own; `word` is one that a test can look for or change."""
    voyage = f"Le {word} numéro {number} a quitté le port de Brest{number} lundi."
    crew = f"Son équipage compte {number + 3} marins."
    farewell = f"La capitaine Kermadec{number} a salué la foule. Elle reviendra en mars."
    return Article.from_text(
        f"{voyage} {crew}\n\n{farewell}",
        id=f"article-{number:04d}",
        title=f"Départ du {word} {number}",
        published=published,
        outlet="Le Phare",
        language="fr",
    )


def records(article: Article) -> list[Record]:
    """What is stored of an article."""
    first_day, last_day = days(article)
    return [
        Record(
            passage=passage,
            title=article.title,
            outlet=article.outlet or "",
            language=article.language or "",
            published=str(article.published or ""),
            first_day=first_day,
            last_day=last_day,
            vector=HashingEncoder().embed_passages([embedded_text(article, passage)])[0].tobytes(),
            terms=("terme",),
        )
        for passage in split(article)
    ]
