"""Puts a question and a passage into windows of tokens that remember where in the passage they stand."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

from rag.language.folding import APOSTROPHES

QUESTION_TOKENS = 56
WINDOW_TOKENS = 190  # of the passage
STRIDE = 120  # tokens from the beginning of a window to that of the next


def titled(title: str, text: str) -> str:
    """A text as it is read after the title of its article, which says what all of it is about."""
    return f"{title} – {text}"


@dataclass(frozen=True, slots=True)
class Signs:
    """The tokens that stand around question and passage."""

    begin: int
    between: int

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> Signs:
        begin, between = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
        if begin is None or between is None:
            raise ValueError("the tokenizer has no <s> or no </s>")
        return cls(begin, between)


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens of a question and of a stretch of a passage; `offsets` are (start, end) in its characters."""

    passage: int  # its number among those that are read
    head: tuple[int, ...]  # begin, question, between
    tokens: tuple[int, ...]  # of the stretch
    offsets: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        return len(self.head) + len(self.tokens) + 1


def windows(questions: list[str], passages: list[str], tokenizer: Tokenizer, signs: Signs) -> list[Window]:
    """All windows of all passages, each with its own question; a passage without any token has none."""
    asked = tokenizer.encode_batch(questions, add_special_tokens=False)
    cuts = tokenizer.encode_batch(passages, add_special_tokens=False)
    found: list[Window] = []
    for number, (question, cut) in enumerate(zip(asked, cuts, strict=True)):
        head = (signs.begin, *question.ids[:QUESTION_TOKENS], signs.between)
        offsets = [_words_alone(passages[number], *offset) for offset in cut.offsets]
        for begin in range(0, max(len(cut.ids) - (WINDOW_TOKENS - STRIDE), 1), STRIDE):
            part = slice(begin, begin + WINDOW_TOKENS)
            if cut.ids:
                found.append(Window(number, head, tuple(cut.ids[part]), tuple(offsets[part])))
    return found


def _words_alone(text: str, start: int, end: int) -> tuple[int, int]:
    """The characters of a token without the space or apostrophe before it, which belongs to its piece."""
    while end - start > 1 and (text[start].isspace() or text[start] in APOSTROPHES):
        start += 1
    return start, end
