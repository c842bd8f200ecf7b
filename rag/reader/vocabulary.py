"""Cuts the vocabulary of a hundred languages down to the pieces that French and English texts use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from tokenizers import Tokenizer

from rag.encoder.corpora import Corpora, paragraphs
from rag.reader.base import UNKNOWN, unigram_tokenizer
from rag.reader.corpora import ENGLISH_SETS, FRENCH_SETS, questions

TOKENS = 33_000  # 12.8 MB in whole numbers of 8 bits
AT_ONCE = 2_000  # texts


def kept_pieces(corpora: Corpora, pieces: list[tuple[str, float]]) -> list[int]:
    """The numbers of the pieces to keep, in order: signs of one character, then the most used of both languages."""
    tokenizer = unigram_tokenizer(pieces)
    shares: Counter[int] = Counter()  # of the pieces that each language uses, added up
    for texts in (french_texts(corpora), english_texts(corpora)):
        used = _used(tokenizer, texts)
        whole = used.total()
        shares.update({number: count / whole for number, count in used.items()})
    signs = [
        number
        for number, (piece, _) in enumerate(pieces)
        if len(piece) == 1 and (ord(piece) < 0x250 or number in shares)
    ]
    kept = dict.fromkeys([*range(UNKNOWN + 1), *signs])
    kept.update(dict.fromkeys(islice((number for number, _ in shares.most_common()), TOKENS)))
    return sorted(list(kept)[:TOKENS])


def french_texts(corpora: Corpora) -> Iterator[str]:
    """The French texts whose pieces are counted."""
    for row in corpora.training_news:
        yield from [row["title"] or "", *paragraphs(row)]
    yield from (row["fr"] for row in corpora.parallel_news(held_out=False))
    yield from _asked(corpora, FRENCH_SETS)


def english_texts(corpora: Corpora) -> Iterator[str]:
    """The English texts whose pieces are counted."""
    for row in corpora.rows("news_en"):
        yield from [row["title"] or "", *paragraphs(row)]
    yield from (row["en"] for row in corpora.parallel_news(held_out=False))
    yield from _asked(corpora, ENGLISH_SETS)


def _asked(corpora: Corpora, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        rows = questions(corpora, name, held_out=False)
        yield from dict.fromkeys(row["context"] for row in rows)
        yield from (row["question"] for row in rows)


def _used(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    used: Counter[int] = Counter()
    rest = iter(texts)
    while part := list(islice(rest, AT_ONCE)):
        for cut in tokenizer.encode_batch_fast(part, add_special_tokens=False):
            used.update(cut.ids)
    return used
