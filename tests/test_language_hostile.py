"""Text made to hang or break a reader: every function of the room stays linear and raises nothing."""

import time
from collections.abc import Callable

import pytest

from rag.language.dates import date_mentions
from rag.language.detection import detect_language, question_language
from rag.language.folding import fold
from rag.language.numbers import quantities
from rag.language.sentences import sentence_spans
from rag.language.words import query_stems, stems, words

LENGTH = 30_000
HOSTILE = {
    "digits": "1",
    "open brackets": "(",
    "closed brackets": ")",
    "points": ".",
    "points and spaces": ". ",
    "closing quotes": ".»",
    "initials": "A.",
    "thousands by point": ".234",
    "thousands by space": " 234",
    "commas": "1,",
    "elisions": "l'",
    "elisions apart": "l' ",
    "combining marks": "e\u0301",
    "zero width": "\u200b",
    "number words": "cent ",
    "hyphenated numbers": "vingt-",
    "dates": "20 - ",
    "years": "2020 ",
    "weekdays": "lundi ",
    "dashes": "- ",
    "surrogates": "\ud800",
    "nul": "\0",
    "spaces": " ",
    "newlines": "\n",
}
READERS: dict[str, Callable[[str], object]] = {
    "fold": fold,
    "words": words,
    "stems": lambda text: stems(text, "fr"),
    "query stems": query_stems,
    "sentences": sentence_spans,
    "French quantities": quantities,
    "English quantities": lambda text: quantities(text, "en"),
    "dates": date_mentions,
    "language": detect_language,
    "question language": question_language,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_read_in_linear_time(kind: str, reader: str) -> None:
    text = "1" + HOSTILE[kind] * (LENGTH // len(HOSTILE[kind])) + "x"
    READERS[reader]("warm")
    started = time.process_time()
    READERS[reader](text)
    assert time.process_time() - started < 1.5
