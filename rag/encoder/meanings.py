"""Gives each row of the vocabulary a first meaning: what a sentence encoder of both languages says of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.encoder.vocabulary import Vocabulary, folded, words

Meanings = NDArray[np.float32]  # (rows, dimension of the teacher), rows of length 1 or 0
Spellings = Mapping[int, Sequence[tuple[str, float]]]  # row to its most frequent words, as spelt, and their shares

MOST = 4  # spellings of a row
EVENED = 0.75  # how far directions are brought to one strength: 0 not at all, 1 wholly
FAINT = 0.01  # strength below which a direction is noise, against the strongest
BATCH = 4_096  # pieces of words
BEGIN, PADDING, END = 0, 1, 2  # the teacher's signs


def spellings(vocabulary: Vocabulary, french: Iterable[str], english: Iterable[str]) -> Spellings:
    """The words of each row with their case and accents, each language counted in shares of its own words."""
    shares: Counter[str] = Counter()
    for texts in (french, english):
        counts = Counter(word for text in texts for word in words(text))
        total = counts.total()
        shares.update({word: count / total for word, count in counts.items()})
    tokens = vocabulary.tokenizer.get_vocab()
    found: dict[int, list[tuple[str, float]]] = {}
    for word, share in shares.most_common():
        token = tokens.get(folded(word))
        if token is not None and len(word) > 1:
            known = found.setdefault(int(vocabulary.rows[token]), [])
            if len(known) < MOST:
                known.append((word, share))
    return found


def first_meanings(row_count: int, spelt: Spellings, teacher: Path) -> Meanings:
    """What the teacher says of the words of each row, without what all words share; zero for rows without words.

    Args:
        teacher: folder of multilingual-e5-small as `rag.reader.base` writes it.
    """
    rows = np.array([row for row, known in spelt.items() for _ in known])
    weights = np.array([share for known in spelt.values() for _, share in known]) ** 0.5
    taught = _taught([word for known in spelt.values() for word, _ in known], teacher)
    meanings = np.zeros((row_count, taught.shape[1]), dtype=np.float32)
    np.add.at(meanings, rows, (taught - taught.mean(axis=0)) * weights[:, None])
    filled = list(spelt)
    meanings[filled] = _evened(_normalised(meanings[filled]))
    return meanings


def _evened(meanings: Meanings) -> Meanings:
    """The meanings with their strong directions weakened, so that words differ in more than a few ways."""
    centred = meanings - meanings.mean(axis=0)
    _, strengths, directions = np.linalg.svd(centred, full_matrices=False)
    strengths /= strengths[0]
    kept = strengths > FAINT
    return _normalised(centred @ directions[kept].T / strengths[kept] ** EVENED @ directions[kept])


def _taught(texts: Sequence[str], teacher: Path) -> Meanings:
    """The teacher's vector of each word, asked for as a query: the mean over its pieces."""
    # Late: importing it takes about ten seconds, which training without a teacher need not cost.
    import torch
    from tokenizers import Tokenizer
    from transformers import BertModel

    # In 16 bits: a third of the time, and vectors that differ by less than 0.001.
    model = BertModel.from_pretrained(teacher, add_pooling_layer=False, dtype=torch.bfloat16).eval()
    tokenizer = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    encodings = tokenizer.encode_batch_fast([f"query: {text}" for text in texts], add_special_tokens=False)
    pieces = [[BEGIN, *encoding.ids, END] for encoding in encodings]
    taught = np.zeros((len(texts), model.config.hidden_size), dtype=np.float32)
    for places in _batches(pieces):
        longest = max(len(pieces[place]) for place in places)
        padded = torch.tensor([pieces[place] + [PADDING] * (longest - len(pieces[place])) for place in places])
        mask = (padded != PADDING).long()
        with torch.inference_mode():
            states = model(input_ids=padded, attention_mask=mask).last_hidden_state.float()
        taught[places] = ((states * mask[:, :, None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)).numpy()
    return _normalised(taught)


def _batches(pieces: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Places of texts of about one length, as many as fit a batch."""
    batch: list[int] = []
    for place in sorted(range(len(pieces)), key=lambda place: len(pieces[place])):
        if batch and (len(batch) + 1) * len(pieces[place]) > BATCH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _normalised(rows: NDArray[Any]) -> Meanings:
    normalised: Meanings = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return normalised
