"""Builds the tokenizer: frequent words of both languages whole, one row for words of one stem, pieces for the rest."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import Stemmer
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece
from tokenizers.trainers import WordPieceTrainer

UNKNOWN = "[UNK]"
PIECES = 8_000  # parts of words
LONGEST = 30  # characters of a word that is kept whole


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A tokenizer, for each of its tokens the row that holds its vector, and the words that rows were made for."""

    tokenizer: Tokenizer
    rows: NDArray[np.int32]
    french: Mapping[int, str]  # row to its most frequent word, where that is hardly an English one
    english: Mapping[int, str]  # the same for words that English texts use

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
    french_words: dict[int, str] = {}
    english_words: dict[int, str] = {}
    for word, stemmed_as, used_in in _by_frequency(counts):
        row = growing.add(word, _stem(word, stemmed_as), spare=spare)
        if row is not None:
            (english_words if used_in == "english" else french_words).setdefault(row, word)
    for piece in pieces:
        growing.add(piece, piece)
    model = WordPiece(growing.tokens, unk_token=UNKNOWN, max_input_chars_per_word=64)
    hardly_english = {row: word for row, word in french_words.items() if row not in english_words}
    rows_of_tokens = np.array(growing.row_of_token, dtype=np.int32)
    return Vocabulary(_tokenizer(model), rows_of_tokens, hardly_english, english_words)


class _Growing:
    """A vocabulary that takes tokens until it is full."""

    def __init__(self, most_tokens: int, most_rows: int) -> None:
        self.tokens = {UNKNOWN: 0}
        self.row_of_token = [0]
        self._rows = {UNKNOWN: 0}
        self._most_tokens, self._most_rows = most_tokens, most_rows

    def add(self, token: str, key: str, spare: int = 0) -> int | None:
        """Add a token under the row of its key, leaving `spare` rows for others; None when there is no room."""
        full = key not in self._rows and len(self._rows) >= self._most_rows - spare
        if full or token in self.tokens or len(self.tokens) >= self._most_tokens:
            return None
        self.tokens[token] = len(self.tokens)
        self.row_of_token.append(self._rows.setdefault(key, len(self._rows)))
        return self.row_of_token[-1]


def _by_frequency(counts: dict[str, Counter[str]]) -> list[tuple[str, str, str]]:
    """Words, the most frequent first, with the language to stem them in and the language that uses them."""
    totals = {language: words.total() for language, words in counts.items()}

    def share(word: str, language: str) -> float:
        return counts[language][word] / totals[language]

    def stemmed_as(word: str) -> str:
        return "french" if 3 * share(word, "french") >= share(word, "english") else "english"

    def used_in(word: str) -> str:
        english = counts["english"][word] >= 3 and 3 * share(word, "english") >= share(word, "french")
        return "english" if english else "french"

    words = {word for known in counts.values() for word in known if len(word) <= LONGEST}
    often = [word for word in words if sum(known[word] for known in counts.values()) > 1]
    often.sort(key=lambda word: (-share(word, "french") - share(word, "english"), word))
    return [(word, stemmed_as(word), used_in(word)) for word in often]


def _stem(word: str, language: str) -> str:
    return word if word.isdigit() or len(word) < 4 else str(_STEMMERS[language].stemWord(word))


def _count(texts: Iterable[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for text in texts:
        words.update(_WORD.findall(_ACCENT.sub("", unicodedata.normalize("NFD", text.lower().replace("œ", "oe")))))
    return words


def _pieces(counts: Counter[str]) -> list[str]:
    """The parts of words that a WordPiece trainer finds, each word taken as often as the logarithm of its count."""
    tokenizer = _tokenizer(WordPiece(unk_token=UNKNOWN))
    trainer = WordPieceTrainer(vocab_size=PIECES, special_tokens=[UNKNOWN], limit_alphabet=150, show_progress=False)
    repeated = (word for word, count in counts.items() if count > 1 for _ in range(count.bit_length()))
    tokenizer.train_from_iterator(repeated, trainer)
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
