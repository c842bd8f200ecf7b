"""Makes what the reader learns from: a question, a run of sentences around its answer or without it, and the truth."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Tokenizer

from rag.encoder.corpora import Row
from rag.language.sentences import sentence_spans
from rag.reader.lexicon import Lexicon, Translations, mixed
from rag.reader.matching import asked_stems, matches
from rag.reader.windows import QUESTION_TOKENS, Signs

WITHOUT, ELSEWHERE = 0.20, 0.05  # shares of passages that lost their answer sentence, and of other passages
WHOLE = 0.25  # share of passages that are as long as they may be
SHORTEST, LONGEST = 40, 190  # tokens of a passage
SWITCHED = {"en": 0.4, "fr": 0.2}  # shares of English passages with French words, of French questions with English


@dataclass(frozen=True, slots=True)
class Example:
    """Tokens and truth. Place 0 is CLS, which stands for "not here"; `sentence` numbers tokens from 1 by sentence."""

    ids: list[int]
    kinds: list[int]
    sentence: list[int]  # of each token: 0 for CLS, -1 where there is none
    strengths: list[float]  # of each token: how telling its word is, if the question has it
    start: int
    end: int

    @property
    def gold(self) -> int:
        return self.sentence[self.start]


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with its sentences and its answer, as (start, end) in characters."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    answer: tuple[int, int]


class ExampleMaker:
    """Turns questions into examples, each time another cut of the passage."""

    def __init__(self, tokenizer: Tokenizer, lexicon: Lexicon, seed: int) -> None:
        self._tokenizer, self._signs, self._lexicon = tokenizer, Signs.of(tokenizer), lexicon
        self._lot = random.Random(seed)

    def example(self, row: Row, other: Row) -> Example:
        """An example of the question of a row; `other` lends its passage for one that does not answer."""
        question, passage = row["question"], marked(row)
        french = row["lang"] == "fr"
        if self._lot.random() < SWITCHED[row["lang"]]:
            words = self._lexicon.french if french else self._lexicon.english
            question = mixed(question, words, self._lot.uniform(0.3, 0.9), self._lot)
            passage = passage if french else switched(passage, words, self._lot)
        return self._cut(question, passage, other)

    def _cut(self, question: str, passage: Marked, other: Row) -> Example:
        lot = self._lot.random()
        if lot < ELSEWHERE and other["context"] != passage.text:
            strange = marked(other)
            return self._built(question, strange, list(range(len(strange.sentences))), answered=False)
        gold = _holding(passage)
        rest = [place for place in range(len(passage.sentences)) if place not in gold]
        if rest and lot < ELSEWHERE + WITHOUT:
            return self._built(question, passage, rest, answered=False)
        return self._built(question, passage, gold, answered=True)

    def _built(self, question: str, passage: Marked, places: list[int], *, answered: bool) -> Example:
        """Sentences of a passage after the question: around the given ones if answered, else some of the given ones."""
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_TOKENS]
        cut = [self._encoded(passage, place) for place in range(len(passage.sentences))]
        most = LONGEST if self._lot.random() < WHOLE else self._lot.randint(SHORTEST, LONGEST)
        kept = self._grown(places, cut, most) if answered else self._run(places, cut, most)
        ids, sentence, spots = [], [], []
        for number, place in enumerate(kept, 1):
            for token, begin, end in cut[place]:
                ids.append(token)
                sentence.append(number)
                spots.append((begin, end))
        strengths = matches(asked_stems(question), passage.text, spots)
        hits = [
            spot for spot, (begin, end) in enumerate(spots) if begin < passage.answer[1] and passage.answer[0] < end
        ]
        head = [self._signs.begin, *asked, self._signs.between]
        room = len(head)
        first = max(0, hits[0] - LONGEST + 30) if answered and hits else 0
        part = slice(first, first + LONGEST)
        ids, sentence, strengths = ids[part], sentence[part], strengths[part]
        inside = [hit - first for hit in hits if first <= hit < first + LONGEST] if answered else []
        return Example(
            ids=[*head, *ids, self._signs.between],
            kinds=[0] * room + [1] * (len(ids) + 1),
            sentence=[0, *[-1] * (room - 1), *sentence, -1],
            strengths=[*[0.0] * room, *strengths, 0.0],
            start=room + inside[0] if inside else 0,
            end=room + inside[-1] if inside else 0,
        )

    def _encoded(self, passage: Marked, place: int) -> list[tuple[int, int, int]]:
        start, end = passage.sentences[place]
        cut = self._tokenizer.encode(passage.text[start:end], add_special_tokens=False)
        return [(token, start + a, start + b) for token, (a, b) in zip(cut.ids, cut.offsets, strict=True)]

    def _grown(self, gold: list[int], cut: Sequence[Sequence[object]], most: int) -> list[int]:
        """The gold sentences with neighbours on either side while there is room."""
        first, last = gold[0], gold[-1]
        size = sum(len(cut[place]) for place in range(first, last + 1))
        while True:
            near = [
                place for place in (first - 1, last + 1) if 0 <= place < len(cut) and size + len(cut[place]) <= most
            ]
            if not near:
                return list(range(first, last + 1))
            place = self._lot.choice(near)
            first, last, size = min(first, place), max(last, place), size + len(cut[place])

    def _run(self, places: list[int], cut: Sequence[Sequence[object]], most: int) -> list[int]:
        """Some of the sentences, in order, while there is room."""
        begin = self._lot.randrange(len(places))
        kept, size = [places[begin]], len(cut[places[begin]])
        for place in (*places[begin + 1 :], *places[:begin]):
            if size + len(cut[place]) > most:
                break
            kept.append(place)
            size += len(cut[place])
        return sorted(kept)


def marked(row: Row) -> Marked:
    """The passage of a question with its sentences and its answer."""
    text, start = row["context"], row["answer_start"]
    return Marked(text, tuple(sentence_spans(text, row["lang"])), (start, start + len(row["answers"][0])))


def switched(passage: Marked, words: Translations, lot: random.Random) -> Marked:
    """The passage with some of its words in the other language; sentences and answer move along."""
    share = lot.uniform(0.1, 0.6)
    edges = sorted({0, len(passage.text), *passage.answer, *(edge for span in passage.sentences for edge in span)})
    moved, text = {0: 0}, ""
    for begin, end in pairwise(edges):
        text += mixed(passage.text[begin:end], words, share, lot)
        moved[end] = len(text)
    sentences = tuple((moved[begin], moved[end]) for begin, end in passage.sentences)
    return Marked(text, sentences, (moved[passage.answer[0]], moved[passage.answer[1]]))


def example_batches(
    sets: Mapping[str, Sequence[Row]],
    shares: Callable[[], Mapping[str, float]],
    maker: ExampleMaker,
    *,
    tokens: int,
    seed: int,
) -> Iterator[list[Example]]:
    """Batches of examples of like length, without end.

    Args:
        shares: how much each set is drawn from just now.
        tokens: most tokens of a batch, filled up.
    """
    lot = random.Random(seed)
    streams = {name: _endless(rows, lot) for name, rows in sets.items()}
    while True:
        now = shares()
        names = lot.choices(list(now), list(now.values()), k=480)
        examples = sorted((maker.example(*next(streams[name])) for name in names), key=lambda one: len(one.ids))
        batches: list[list[Example]] = [[]]
        for one in examples:
            if batches[-1] and (len(batches[-1]) + 1) * len(one.ids) > tokens:
                batches.append([])
            batches[-1].append(one)
        yield from lot.sample(batches, len(batches))


def _endless(rows: Sequence[Row], lot: random.Random) -> Iterator[tuple[Row, Row]]:
    """Each row with another one near it, in the order of the file, which is by article."""
    while True:
        for place in lot.sample(range(len(rows)), len(rows)):
            yield rows[place], rows[(place + lot.randint(1, 30)) % len(rows)]


def _holding(passage: Marked) -> list[int]:
    start, end = passage.answer
    return [place for place, (begin, stop) in enumerate(passage.sentences) if begin < end and start < stop] or [0]


def without_answer(row: Row) -> Row | None:
    """The row with its passage minus the sentences that hold the answer; None when nothing is left."""
    passage = marked(row)
    gold = _holding(passage)
    rest = [passage.text[a:b] for place, (a, b) in enumerate(passage.sentences) if place not in gold]
    return {**row, "context": " ".join(rest), "answers": []} if rest else None
