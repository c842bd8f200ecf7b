"""Puts a question and a passage into windows of tokens that remember where in the passage they stand."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

from rag.reader.matching import asked_stems, matches

QUESTION_TOKENS = 56
WINDOW_TOKENS = 190  # of the passage
STRIDE = 120  # tokens from the beginning of a window to that of the next


@dataclass(frozen=True, slots=True)
class Signs:
    """The tokens that stand around question and passage."""

    begin: int
    between: int

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> Signs:
        begin, between = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
        if begin is None or between is None:
            raise ValueError("the tokenizer has no [CLS] or no [SEP]")
        return cls(begin, between)


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens of a question and of a stretch of a passage; `offsets` are (start, end) in its characters."""

    passage: int  # its number among those that are read
    head: tuple[int, ...]  # CLS, question, SEP
    tokens: tuple[int, ...]  # of the stretch
    offsets: tuple[tuple[int, int], ...]
    strengths: tuple[float, ...]  # of each token: how telling its word is, if the question has it

    @property
    def size(self) -> int:
        return len(self.head) + len(self.tokens) + 1


def windows(question: str, passages: list[str], tokenizer: Tokenizer, signs: Signs) -> list[Window]:
    """All windows of all passages; a passage without any token has none."""
    asked = tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_TOKENS]
    head = (signs.begin, *asked, signs.between)
    stems = asked_stems(question)
    found: list[Window] = []
    for number, cut in enumerate(tokenizer.encode_batch(passages, add_special_tokens=False)):
        strengths = matches(stems, passages[number], cut.offsets)
        for begin in range(0, max(len(cut.ids) - (WINDOW_TOKENS - STRIDE), 1), STRIDE):
            part = slice(begin, begin + WINDOW_TOKENS)
            if cut.ids:
                ids, offsets = tuple(cut.ids[part]), tuple(cut.offsets[part])
                found.append(Window(number, head, ids, offsets, tuple(strengths[part])))
    return found
