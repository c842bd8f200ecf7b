"""Builds the tokenizer: frequent words of both languages whole, one row for words of one stem, pieces for the rest."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import Stemmer
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece
from tokenizers.trainers import WordPieceTrainer

UNKNOWN = "[UNK]"
PIECES = 8_000  # parts of words
LETTERS = 150  # characters that pieces are made of
LONGEST = 30  # characters of a word that is kept whole


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A tokenizer, and for each of its tokens the row that holds its vector."""

    tokenizer: Tokenizer
    rows: NDArray[np.int32]

    @property
    def row_count(self) -> int:
        return int(self.rows.max()) + 1


def build_vocabulary(french: Iterable[str], english: Iterable[str], *, tokens: int, rows: int) -> Vocabulary:
    """Choose the tokens: by frequency, each language counted in shares of its own words, until one limit is reached.

    Words of one stem ("soldat", "soldats") share a row, which costs nothing and teaches the rare form what the
    frequent one means. A word is stemmed as French unless it is at least three times more frequent in English.
    """
    counts = {"french": _count(french), "english": _count(english)}
    growing = _Growing(tokens, rows)
    pieces = _pieces(counts["french"] + counts["english"])
    for piece in pieces:
        if piece.startswith("##") or len(piece) <= 2:
            growing.add(piece, piece)
    spare = len(pieces) // 3  # rows kept for the beginnings of rare words
    for word, language in _by_frequency(counts):
        growing.add(word, _stem(word, language), spare=spare)
    for piece in pieces:
        growing.add(piece, piece)
    model = WordPiece(growing.tokens, unk_token=UNKNOWN, max_input_chars_per_word=64)
    return Vocabulary(_tokenizer(model), np.array(growing.row_of_token, dtype=np.int32))


def words(text: str) -> list[str]:
    """The words of a text as they are spelt."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def folded(text: str) -> str:
    """A text in lower case and without accents, as the tokenizer reads it."""
    return _ACCENT.sub("", unicodedata.normalize("NFD", text.lower().replace("œ", "oe")))


class _Growing:
    """A vocabulary that takes tokens until it is full."""

    def __init__(self, most_tokens: int, most_rows: int) -> None:
        self.tokens = {UNKNOWN: 0}
        self.row_of_token = [0]
        self._rows = {UNKNOWN: 0}
        self._most_tokens, self._most_rows = most_tokens, most_rows

    def add(self, token: str, key: str, spare: int = 0) -> None:
        """Add a token under the row of its key if there is room, leaving `spare` rows for others."""
        full = key not in self._rows and len(self._rows) >= self._most_rows - spare
        if full or token in self.tokens or len(self.tokens) >= self._most_tokens:
            return
        self.tokens[token] = len(self.tokens)
        self.row_of_token.append(self._rows.setdefault(key, len(self._rows)))


def _by_frequency(counts: dict[str, Counter[str]]) -> list[tuple[str, str]]:
    """Words, the most frequent first, with the language to stem them in."""
    totals = {language: words.total() for language, words in counts.items()}

    def share(word: str, language: str) -> float:
        return counts[language][word] / totals[language]

    def stemmed_as(word: str) -> str:
        return "french" if 3 * share(word, "french") >= share(word, "english") else "english"

    known_words = {word for known in counts.values() for word in known if len(word) <= LONGEST}
    often = [word for word in known_words if sum(known[word] for known in counts.values()) > 1]
    often.sort(key=lambda word: (-share(word, "french") - share(word, "english"), word))
    return [(word, stemmed_as(word)) for word in often]


def _stem(word: str, language: str) -> str:
    return word if word.isdigit() or len(word) < 4 else str(_STEMMERS[language].stemWord(word))


def _count(texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(folded(text)))
    return counts


def _pieces(counts: Counter[str]) -> list[str]:
    """The parts of words that a WordPiece trainer finds, each word taken as often as the logarithm of its count."""
    times = {word: count.bit_length() for word, count in counts.items() if count > 1}
    seen: Counter[str] = Counter()
    for word, repeated in times.items():
        seen.update(dict.fromkeys(word, repeated))
    trainer = WordPieceTrainer(
        vocab_size=PIECES,
        special_tokens=[UNKNOWN],
        limit_alphabet=LETTERS,
        initial_alphabet=sorted(seen, key=lambda letter: (-seen[letter], letter))[:LETTERS],  # else ties fall at random
        show_progress=False,
    )
    tokenizer = _tokenizer(WordPiece(unk_token=UNKNOWN))
    tokenizer.train_from_iterator((word for word, repeated in times.items() for _ in range(repeated)), trainer)
    return sorted(tokenizer.get_vocab(), key=lambda piece: (len(piece), piece))


def _tokenizer(model: WordPiece) -> Tokenizer:
    """Lower case, no accents, no punctuation; no token depends on more than its word, so words can be remembered."""
    tokenizer = Tokenizer(model)
    folded = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
    tokenizer.normalizer = normalizers.Sequence([folded, normalizers.Replace("œ", "oe")])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), behavior="removed")
    return tokenizer


_STEMMERS = {language: Stemmer.Stemmer(language) for language in ("french", "english")}
_WORD = re.compile(r"[^\W_]+")
_ACCENT = re.compile("[\u0300-\u036f]+")
