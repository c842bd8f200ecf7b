"""Reads passages for a question with the bundled network, through onnxruntime and tokenizers alone: no torch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, reduce
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.errors import ReaderError
from rag.language.sentences import sentence_spans
from rag.reader.decoding import LOWEST, Calibration, Found, Numbers, Span, better, score, spans_inside
from rag.reader.windows import Signs, Window, windows

# Tokens and kinds, each of shape (1, size)
Run = Callable[[NDArray[np.int64], NDArray[np.int64]], tuple[Numbers, float]]

WEIGHTS, TOKENIZER, DESCRIPTION = "reader.onnx", "tokenizer.json", "reader.json"
AT_ONCE = 2  # windows read at the same time, each by one thread: two threads at one window are slower


class Reader:
    """Finds the answer in passages; safe to share between threads, and the same for the same input."""

    def __init__(self, tokenizer: Tokenizer, run: Run, calibration: Calibration) -> None:
        self._tokenizer, self._run, self._calibration = tokenizer, run, calibration
        self._signs = Signs.of(tokenizer)

    def read(
        self, question: str, passages: Sequence[str], within: Sequence[tuple[int, int]] | None = None
    ) -> tuple[Span, ...]:
        """The best answer of each passage, each read for itself: its score does not depend on the others.

        Args:
            within: for each passage, the characters (start, end) that its span has to begin in; the rest of the passage
                is only read along, as the neighbours of a sentence are.
        """
        places = within if within is not None else [(0, len(passage)) for passage in passages]
        sentences = [_inside(passage, place) for passage, place in zip(passages, places, strict=True)]
        found = self.find([question] * len(passages), passages, sentences)
        return tuple(
            self.span(passage, reduce(better, spans, None)) for passage, spans in zip(passages, found, strict=True)
        )

    def find(
        self, questions: Sequence[str], passages: Sequence[str], sentences: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[tuple[Found | None, ...], ...]:
        """The best span inside each of the sentences of each passage, as logits; None where no word can be seen.

        Args:
            questions: what each passage is read for.
            sentences: of each passage, as (start, end) in its characters; a passage is read once for all of them.
        """
        best: list[list[Found | None]] = [[None] * len(places) for places in sentences]
        shown = windows(list(questions), list(passages), self._tokenizer, self._signs)
        for window, numbers in zip(shown, _at_once().map(self._numbers, shown), strict=True):
            known = best[window.passage]
            found = spans_inside(window, *numbers, sentences[window.passage])
            best[window.passage] = [better(*both) for both in zip(known, found, strict=True)]
        return tuple(map(tuple, best))

    def span(self, passage: str, found: Found | None) -> Span:
        """What was found in a passage, as words of it, with how probable it is that the passage answers."""
        if found is None:
            return Span(0, 0, "", LOWEST, 0.0)
        start, end = _whole_words(passage, found.start, found.end)
        return Span(start, end, passage[start:end], max(score(found), LOWEST), self._calibration.probability(found))

    def _numbers(self, window: Window) -> tuple[Numbers, float]:
        ids = np.array([[*window.head, *window.tokens, self._signs.between]], dtype=np.int64)
        kinds = np.array([[0] * len(window.head) + [1] * (len(window.tokens) + 1)], dtype=np.int64)
        return self._run(ids, kinds)


@lru_cache(maxsize=1)
def _at_once() -> ThreadPoolExecutor:
    """The threads that read; they are shared, and started when the first text is read."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reader")


@lru_cache(maxsize=1)
def read_reader(folder: Path) -> Reader:
    """Read a reader and compare it with its checksums.

    Raises:
        ReaderError: a file is missing, is not the one that was released, or has another layout.
    """
    contents = {name: _content(folder / name) for name in (WEIGHTS, TOKENIZER, DESCRIPTION)}
    try:
        description = json.loads(contents[DESCRIPTION])
        checksums, calibration = description["checksums"], Calibration(**description["calibration"])
    except (KeyError, TypeError, ValueError) as error:
        raise ReaderError(f"{DESCRIPTION} in {str(folder)!r} cannot be read ({error!r}); {_RESTORE}") from error
    for name in (WEIGHTS, TOKENIZER):
        found = hashlib.sha256(contents[name]).hexdigest()
        if checksums.get(name) != found:
            raise ReaderError(f"{name} in {str(folder)!r} is damaged: its checksum is {found[:12]!r}; {_RESTORE}")
    try:
        return Reader(Tokenizer.from_buffer(contents[TOKENIZER]), open_session(contents[WEIGHTS]), calibration)
    except Exception as error:  # tokenizers and onnxruntime raise nothing narrower
        raise ReaderError(f"the reader in {str(folder)!r} is of another kind ({error}); {_RESTORE}") from error


def open_session(content: bytes) -> Run:
    """The network of an ONNX file, as a function."""
    # Late: it costs start-up time that a program without the reader need not pay.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps what the longest passage needed
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def run(ids: NDArray[np.int64], kinds: NDArray[np.int64]) -> tuple[Numbers, float]:
        tokens, whole = session.run(["tokens", "whole"], {"ids": ids, "kinds": kinds})
        return tokens, float(whole[0])

    return run


def _inside(passage: str, place: tuple[int, int]) -> list[tuple[int, int]]:
    """The sentences of a passage, as far as they lie in a place."""
    cut = ((max(start, place[0]), min(end, place[1])) for start, end in sentence_spans(passage))
    return [(start, end) for start, end in cut if start < end]


def _whole_words(passage: str, start: int, end: int) -> tuple[int, int]:
    """The span without spaces around it and without a word or number cut in two."""
    while start < end and passage[start].isspace():
        start += 1
    while end > start and passage[end - 1].isspace():
        end -= 1
    while start > 0 and passage[start - 1].isalnum() and passage[start].isalnum():
        start -= 1
    while end < len(passage) and passage[end - 1].isalnum() and passage[end].isalnum():
        end += 1
    return start, end


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReaderError(f"the reader cannot be read: {str(path)!r} ({error.strerror}); {_RESTORE}") from error


_RESTORE = "restore the folder from a fresh copy of the project, or set RAG_READER=none"
