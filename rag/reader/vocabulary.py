"""Makes the reader's vocabulary: the English pieces that texts use, frequent French words whole, and a start for each.

A new French word starts as the English words that translate it (IBM Model 1 on parallel sentences), else as those
that stand near it among the vectors of the bundled encoder, else as the pieces it was cut into; so the English body
understands much of a French sentence before it has read one. The idea of starting from aligned words: Minixhofer,
Paischer, Rekabsaz: WECHSEL, 2022.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from rag.encoder.corpora import Corpora, paragraphs
from rag.index.static_model import read_static_model
from rag.reader.corpora import ENGLISH_SETS, FRENCH_SETS, questions
from rag.reader.lexicon import SURE, Lexicon, fold

Vectors = NDArray[np.float32]

UNKNOWN = "[UNK]"
SPECIAL = ("[PAD]", UNKNOWN, "[CLS]", "[SEP]", "[MASK]")
TOKENS = 41_000  # 15.7 MB in whole numbers of 8 bits
SEEN = 4  # times a piece is used, to be kept
NEAR = 0.45  # cosine similarity of words that stand near each other
ENCODER = Path(__file__).parents[1] / "encoder"


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """A tokenizer and the vectors its tokens start from."""

    tokenizer: Tokenizer
    vectors: Vectors  # (tokens, dimension)


def build_vocabulary(corpora: Corpora, pieces: Mapping[str, int], vectors: Vectors, lexicon: Lexicon) -> Beginning:
    """Choose the tokens and where each starts.

    Args:
        pieces: the vocabulary of the English model, piece to row.
        vectors: its word vectors, of shape (pieces, dimension).
    """
    french, english = _count(french_texts(corpora)), _count(english_texts(corpora))
    tokens = _chosen(french, english, pieces)
    start = _Start(pieces, vectors, lexicon, english)
    foreign = [word for word in tokens if word in french and _french(word, french, english)]
    meant = start.meanings(foreign)
    rows = [meant[token] if token in meant else start.pieced(token) for token in tokens]
    tokenizer = bert_tokenizer({token: place for place, token in enumerate(tokens)})
    return Beginning(tokenizer, np.asarray(rows, dtype=np.float32))


def french_texts(corpora: Corpora) -> Iterator[str]:
    """The French texts whose words are counted."""
    for row in corpora.training_news:
        yield from [row["title"] or "", *paragraphs(row)]
    yield from (row["fr"] for row in (*corpora.parallel_news(held_out=False), *corpora.rows("parallel_tatoeba")))
    yield from _asked(corpora, FRENCH_SETS)


def english_texts(corpora: Corpora) -> Iterator[str]:
    """The English texts whose words are counted."""
    for row in corpora.rows("news_en"):
        yield from [row["title"] or "", *paragraphs(row)]
    yield from (row["en"] for row in (*corpora.parallel_news(held_out=False), *corpora.rows("parallel_tatoeba")))
    yield from _asked(corpora, ENGLISH_SETS)


class _Start:
    """Finds where a token starts, from the vectors of the English model."""

    def __init__(
        self, pieces: Mapping[str, int], vectors: Vectors, lexicon: Lexicon, english: Mapping[str, int]
    ) -> None:
        self._pieces, self._vectors, self._lexicon = pieces, vectors, lexicon
        self._old = bert_tokenizer(dict(pieces))
        self._known = sorted(word for word in pieces if len(word) > 1 and english.get(word, 0) >= 20)

    def meanings(self, words: list[str]) -> dict[str, Vectors]:
        """The words for which English words are found, each with the mean of those, as long as they are."""
        near = dict(zip(words, self._near(words), strict=True))
        found: dict[str, Vectors] = {}
        for word in words:
            others = [(other, sure) for other, sure in self._lexicon.french.get(word, ()) if sure >= SURE]
            others = others or near[word]
            if others:
                found[word] = self._mean(others)
        return found

    def pieced(self, token: str) -> Vectors:
        """The vector of a token that the English model has, else the mean of those of its pieces."""
        if token in self._pieces:
            return np.asarray(self._vectors[self._pieces[token]])
        rows = self._old.encode(token.removeprefix("##"), add_special_tokens=False).ids
        return np.asarray(self._vectors[rows].mean(axis=0))

    def _mean(self, others: list[tuple[str, float]]) -> Vectors:
        weights = np.array([sure for _, sure in others], dtype=np.float32)
        weights /= weights.sum()
        rows = np.array([self.pieced(other) for other, _ in others])
        mean = weights @ rows
        length = float(weights @ np.linalg.norm(rows, axis=1))
        return np.asarray(mean * length / max(float(np.linalg.norm(mean)), 1e-6))

    def _near(self, words: list[str]) -> Iterator[list[tuple[str, float]]]:
        encoder = read_static_model(ENCODER)
        english = _normalised(encoder.embed(self._known))
        for begin in range(0, len(words), 1_000):
            alike = _normalised(encoder.embed(words[begin : begin + 1_000])) @ english.T
            best = np.argsort(-alike, axis=1)[:, :4]
            for row, places in zip(alike, best, strict=True):
                yield [(self._known[p], float(np.exp((row[p] - 1) / 0.08))) for p in places if row[p] >= NEAR]


def _chosen(french: Counter[str], english: Counter[str], pieces: Mapping[str, int]) -> list[str]:
    """The special tokens, the pieces that texts use, and the most frequent French words."""
    old = bert_tokenizer(dict(pieces))
    used: Counter[str] = Counter()
    for word, count in english.items():
        used.update(dict.fromkeys(old.encode(word, add_special_tokens=False).tokens, count))
    signs = [piece for piece in pieces if len(piece.removeprefix("##")) == 1 and ord(piece[-1]) < 0x2100]
    kept = dict.fromkeys([*SPECIAL, *signs])
    kept.update(dict.fromkeys(piece for piece in pieces if used[piece] >= SEEN))
    rare = [word for word, count in french.items() if count <= SEEN]
    for word in rare:  # the rest of French is made of pieces: keep those that it needs most
        used.update(old.encode(word, add_special_tokens=False).tokens)
    kept.update(dict.fromkeys(piece for piece in pieces if used[piece] >= 3 * SEEN and piece.startswith("##")))
    for word, _ in french.most_common():
        if len(kept) >= TOKENS:
            break
        if len(word) <= 24 and not word.isdigit():
            kept[word] = None
    return list(kept)


def _french(word: str, french: Counter[str], english: Counter[str]) -> bool:
    """Whether a word is much more French than English: "pays" is, "on" is not."""
    shares = french[word] / french.total(), english[word] / english.total()
    return len(word) > 1 and not word.isdigit() and shares[0] > 8 * shares[1]


def _asked(corpora: Corpora, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        rows = questions(corpora, name, held_out=False)
        yield from dict.fromkeys(row["context"] for row in rows)
        yield from (row["question"] for row in rows)


def _count(texts: Iterable[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for text in texts:
        words.update(_WORD.findall(fold(text)))
    return words


def bert_tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    """BERT's way of cutting. No token is special to it, so that a text that says "[SEP]" is cut like any other."""
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=64))
    folded = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
    tokenizer.normalizer = normalizers.Sequence([folded, normalizers.Replace("œ", "oe")])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def _normalised(rows: NDArray[Any]) -> Vectors:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


_WORD = re.compile(r"[^\W_]+")
