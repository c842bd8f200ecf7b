"""Prints the tables of the reader's model card: `python -m rag.reader.evaluate --data FOLDER`."""

from __future__ import annotations

import argparse
import json
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from rag.encoder.corpora import Corpora, Row
from rag.language.folding import fold
from rag.language.sentences import sentence_spans
from rag.language.words import stems
from rag.reader.corpora import ENGLISH_SETS, FRENCH_SETS, news_questions, unseen_questions
from rag.reader.decoding import Span
from rag.reader.examples import Marked, marked, without_answer
from rag.reader.reading import Reader, read_reader

CROSSED = Path(__file__).with_name("crossed.json")  # English questions on held-out French passages, by id
DRAWS = 1_000  # of the bootstrap
NEIGHBOURS = 1  # sentences on either side that are read along


def main() -> None:
    """Measure the reader on the questions that are held out and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public sets (*.jsonl.gz)")
    parser.add_argument("--sets", type=Path, default=Path("eval/sets"), help="folder with training/*.jsonl")
    parser.add_argument("--reader", type=Path, default=Path(__file__).parent, help="folder of the reader")
    parser.add_argument("--most", type=int, default=800, help="questions of each set at most")
    arguments = parser.parse_args()
    reader, corpora = read_reader(arguments.reader), Corpora(arguments.data)
    print("| set | questions | overlap | first, read whole | first, sentence by sentence | F1 | exact | AUROC |")
    print("|---|---|---|---|---|---|---|---|")
    for name in (*FRENCH_SETS, *ENGLISH_SETS):
        rows = drawn(unseen_questions(corpora, name), arguments.most)
        print(line(name, reader, rows, deprived(rows)), flush=True)
    crossed = json.loads(CROSSED.read_text(encoding="utf-8"))
    french = [row for row in unseen_questions(corpora, "qa_fr_piaf") if row["id"] in crossed]
    print(line("of these 100, asked in French", reader, french, deprived(french)))
    english = [{**row, "question": crossed[row["id"]]} for row in french]
    print(line("the same, asked in English", reader, english, deprived(english)))
    news = news_questions(corpora, arguments.sets, held_out=True)
    answered, absent = ([row for row in news if bool(row["answers"]) == told] for told in (True, False))
    print(line("our own, news", reader, drawn(answered, arguments.most), drawn(absent, arguments.most)))
    print(timing(reader, [row["context"] for row in french]))


def line(name: str, reader: Reader, rows: Sequence[Row], absent: Sequence[Row]) -> str:
    """One line of the table.

    Args:
        absent: questions with a text that does not answer them.
    """
    spans = [reader.read(row["question"], [row["context"]])[0] for row in rows]
    first = [_holds(marked(row), span.start) for row, span in zip(rows, spans, strict=True)]
    single = [sentence_first(reader, row) for row in rows]
    shared = [
        max(token_f1(span.text, answer) for answer in row["answers"]) for row, span in zip(rows, spans, strict=True)
    ]
    exact = [any(_terms(span.text) == _terms(a) for a in row["answers"]) for row, span in zip(rows, spans, strict=True)]
    cells = [told_with_interval(values) for values in (overlap_first(rows), first, single, shared, exact)]
    return f"| {name} | {len(rows)} | {' | '.join(cells)} | {separation(reader, spans, absent)} |"


def sentence_first(reader: Reader, row: Row) -> bool:
    """Whether the sentence that holds the answer scores highest when each is read with its neighbours."""
    passage = marked(row)
    texts, within = with_neighbours(passage)
    scores = [span.score for span in reader.read(row["question"], texts, within)]
    start, end = passage.sentences[int(np.argmax(scores))]
    return start < passage.answer[1] and passage.answer[0] < end


def with_neighbours(passage: Marked) -> tuple[list[str], list[tuple[int, int]]]:
    """Each sentence with those beside it, and where in this text it stands itself."""
    texts, within = [], []
    for place, (start, end) in enumerate(passage.sentences):
        begin = passage.sentences[max(0, place - NEIGHBOURS)][0]
        stop = passage.sentences[min(len(passage.sentences) - 1, place + NEIGHBOURS)][1]
        texts.append(passage.text[begin:stop])
        within.append((start - begin, end - begin))
    return texts, within


def overlap_first(rows: Sequence[Row]) -> list[bool]:
    """Whether the sentence that shares the rarest words with the question holds the answer: the simplest rival."""
    passages = {row["context"]: frozenset(stems(row["context"], row["lang"])) for row in rows}
    seen = Counter(stem for known in passages.values() for stem in known)
    found = []
    for row in rows:
        passage, asked = marked(row), set(stems(row["question"], row["lang"]))
        weights = {stem: np.log(1 + len(passages) / (1 + seen[stem])) for stem in asked}
        cut = [set(stems(passage.text[start:end], row["lang"])) for start, end in passage.sentences]
        scores = [sum(weights[stem] for stem in asked & words) for words in cut]
        start, end = passage.sentences[int(np.argmax(scores))]
        found.append(start < passage.answer[1] and passage.answer[0] < end)
    return found


def deprived(rows: Sequence[Row]) -> list[Row]:
    """The rows, each without the sentences that hold its answer, as far as anything is left."""
    return [row for row in map(without_answer, rows) if row]


def separation(reader: Reader, spans: Sequence[Span], absent: Sequence[Row]) -> str:
    """AUROC of texts that answer, by what was found in them, against those that do not."""
    answerable = [span.answerable for span in spans]
    without = [reader.read(row["question"], [row["context"]])[0].answerable for row in absent]
    lot = np.random.default_rng(0)
    draws = [_auroc(_redrawn(answerable, lot), _redrawn(without, lot)) for _ in range(200)]
    return f"{_auroc(answerable, without):.3f} ({np.quantile(draws, 0.025):.3f}-{np.quantile(draws, 0.975):.3f})"


def token_f1(given: str, wanted: str) -> float:
    """Share of the words that both have, as SQuAD counts it, without articles of either language."""
    mine, theirs = _terms(given), _terms(wanted)
    shared = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * shared / (len(mine) + len(theirs)) if shared else float(mine == theirs)


def told_with_interval(values: Iterable[float]) -> str:
    """The mean with a 95 % bootstrap interval over the questions."""
    numbers = np.array(list(values), dtype=np.float64)
    draws = np.random.default_rng(0).choice(numbers, (DRAWS, len(numbers))).mean(axis=1)
    return f"{numbers.mean():.3f} ({np.quantile(draws, 0.025):.3f}-{np.quantile(draws, 0.975):.3f})"


def drawn(rows: Sequence[Row], most: int) -> list[Row]:
    """So many of the rows, always the same."""
    return sorted(rows, key=lambda row: zlib.crc32(row["question"].encode()))[:most]


def timing(reader: Reader, passages: Sequence[str]) -> str:
    """Median times of a call, in milliseconds."""
    words = " ".join(passages).split()
    five = [" ".join(words[begin : begin + 120]) for begin in range(0, 600, 120)]
    cut = [
        text for passage in passages[:12] for text in with_neighbours(Marked(passage, _sentences(passage), (0, 1)))[0]
    ]
    told = []
    for texts in (five, cut[:10]):
        times = []
        for _ in range(15):
            began = time.perf_counter()
            reader.read("Combien de personnes ont pris part à la rencontre, et où a-t-elle eu lieu ?", texts)
            times.append((time.perf_counter() - began) * 1000)
        length = sum(len(text.split()) for text in texts) / len(texts)
        told.append(f"{len(texts)} passages of {length:.0f} words: {np.median(times):.0f} ms")
    return "; ".join(told)


def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))


def _holds(passage: Marked, place: int) -> bool:
    """Whether the sentence at a place of the passage holds the answer."""
    return any(
        start <= place < end and start < passage.answer[1] and passage.answer[0] < end
        for start, end in passage.sentences
    )


def _redrawn(values: Sequence[float], lot: np.random.Generator) -> list[float]:
    return [values[place] for place in lot.integers(len(values), size=len(values))]


def _auroc(there: Sequence[float], absent: Sequence[float]) -> float:
    """How often a passage with an answer gets more than one without; a tie counts half."""
    more = np.array(there)[:, None] - np.array(absent)
    return float((more > 0).mean() + (more == 0).mean() / 2)


def _terms(text: str) -> list[str]:
    return [word for word in _WORD.findall(fold(text)) if word not in _ARTICLES]


_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "the", "a", "an"})

if __name__ == "__main__":
    main()
