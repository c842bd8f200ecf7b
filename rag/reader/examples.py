"""Makes what the reader learns from: a question, a run of sentences around its answer or without it, and the truth."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tokenizers import Tokenizer

from rag.encoder.corpora import Row
from rag.language.folding import fold
from rag.language.sentences import sentence_spans
from rag.reader.swapping import Kind, swapped
from rag.reader.windows import QUESTION_TOKENS, Signs, titled

WITHOUT, ELSEWHERE = 0.18, 0.14  # shares of passages that lost their answer sentence, and of others that a search finds
NEAR = 0.7  # share of passages without an answer that are cut where one would be looked for
SWAPPED = 0.08  # share of questions with an answer that are asked about somebody or some time else instead
WHOLE = 0.25  # share of passages that are as long as they may be
TITLED = 0.5  # share of passages that follow the title of their article
SHORTEST, LONGEST = 40, 190  # tokens of a passage
PLAIN, MISSPELT = 0.12, 0.06  # shares of questions without capitals, accents and signs, and of those with a slip


@dataclass(frozen=True, slots=True)
class Example:
    """Tokens and truth. Place 0 stands for "not here"; `sentence` numbers tokens from 1 by sentence."""

    ids: list[int]
    kinds: list[int]
    sentence: list[int]  # of each token: 0 for the first, -1 where there is none
    start: int
    end: int

    @property
    def gold(self) -> int:
        return self.sentence[self.start]


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with its sentences and its answer, as (start, end) in characters; an empty answer is none."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    answer: tuple[int, int]
    also: frozenset[int] = frozenset()  # the sentences, by number, that answer as well: neither right nor wrong


class ExampleMaker:
    """Turns questions into examples, each time another cut of the passage.

    A row has a question, the title and the text (`context`) of an article, its answers with the place of the first,
    other texts that a search finds for the question (`others`), with names in them (`names`), places where its text
    answers as well (`also`), and, without answers, those where one would be looked for (`near`).
    """

    def __init__(self, tokenizer: Tokenizer, seed: int) -> None:
        self._tokenizer, self._signs = tokenizer, Signs.of(tokenizer)
        self._lot = random.Random(seed)

    def example(self, row: Row) -> Example:
        """An example of the question of a row."""
        question, lot = noisy(row["question"], self._lot), self._lot.random()
        others = row.get("others", ())
        if others and lot < ELSEWHERE:
            strange = unanswered(self._lot.choice(others), row["lang"])
            return self._built(question, strange, list(range(len(strange.sentences))), "", around=False)
        passage = marked(row)
        gold = _holding(passage)
        rest = [place for place in range(len(passage.sentences)) if place not in passage.also.union(gold)]
        near = _at(passage, row.get("near", ())) if self._lot.random() < NEAR else []
        if not gold and near:
            return self._built(question, passage, [self._lot.choice(near)], row["title"], around=True)
        if not gold or (rest and lot < ELSEWHERE + WITHOUT):
            return self._built(question, passage, rest, row["title"], around=False)
        if lot < ELSEWHERE + WITHOUT + SWAPPED:
            names: dict[Kind, list[str]] = row.get("names", {})
            other = swapped(question, passage.text + (row["title"] or ""), row["lang"], names=names, lot=self._lot)
            if other:
                return self._built(other, unanswered(passage.text, row["lang"]), gold, row["title"], around=True)
        return self._built(question, passage, gold, row["title"], around=True)

    def _built(self, question: str, passage: Marked, places: list[int], title: str, *, around: bool) -> Example:
        """Sentences of a passage after the question: around the given ones, or some of the given ones."""
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_TOKENS]
        cut = [self._encoded(passage, place) for place in range(len(passage.sentences))]
        most = LONGEST if self._lot.random() < WHOLE else self._lot.randint(SHORTEST, LONGEST)
        kept = self._grown(places, cut, most) if around else self._run(places, cut, most)
        ids, sentence, spots = [], [], []
        for number, place in enumerate(kept, 1):
            for token, begin, end in cut[place]:
                ids.append(token)
                sentence.append(-1 if place in passage.also else number)
                spots.append((begin, end))
        hits = [
            spot for spot, (begin, end) in enumerate(spots) if begin < passage.answer[1] and passage.answer[0] < end
        ]
        head = [self._signs.begin, *asked, self._signs.between]
        above = self._titled(title)
        room = len(head) + len(above)
        size = LONGEST - len(above)
        first = max(0, hits[0] - size + 30) if hits else 0
        part = slice(first, first + size)
        ids, sentence = ids[part], sentence[part]
        inside = [hit - first for hit in hits if first <= hit < first + size]
        return Example(
            ids=[*head, *above, *ids, self._signs.between],
            kinds=[0] * len(head) + [1] * (len(above) + len(ids) + 1),
            sentence=[0, *[-1] * (room - 1), *sentence, -1],
            start=room + inside[0] if inside else 0,
            end=room + inside[-1] if inside else 0,
        )

    def _titled(self, title: str) -> list[int]:
        if not title or self._lot.random() > TITLED:
            return []
        return self._tokenizer.encode(titled(title, ""), add_special_tokens=False).ids[: LONGEST // 3]

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
    size = len(row["answers"][0]) if row["answers"] else 0
    passage = Marked(text, tuple(sentence_spans(text, row["lang"])), (start, start + size))
    return replace(passage, also=frozenset(_at(passage, row.get("also", ()))) - set(_holding(passage)))


def unanswered(text: str, language: str) -> Marked:
    """A passage without an answer."""
    return Marked(text, tuple(sentence_spans(text, language)), (0, 0))


def noisy(question: str, lot: random.Random) -> str:
    """The question, now and then as people type it in a hurry."""
    draw = lot.random()
    if draw < PLAIN:
        return fold(question).rstrip(" ?.!").replace("'", lot.choice("' "))
    words = question.split()
    long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if draw < PLAIN + MISSPELT and long:
        place = lot.choice(long)
        spot = lot.randrange(1, len(words[place]) - 1)
        letters = list(words[place])
        if lot.random() < 0.5:
            letters[spot], letters[spot + 1] = letters[spot + 1], letters[spot]
        else:
            del letters[spot]
        words[place] = "".join(letters)
    return " ".join(words)


def example_batches(
    sets: Mapping[str, Sequence[Row]], shares: Mapping[str, float], maker: ExampleMaker, *, tokens: int, seed: int
) -> Iterator[list[Example]]:
    """Batches of examples of like length, without end.

    Args:
        shares: how much each set is drawn from.
        tokens: most tokens of a batch, filled up.
    """
    lot = random.Random(seed)
    streams = {name: _endless(rows, lot) for name, rows in sets.items()}
    while True:
        names = lot.choices(list(shares), list(shares.values()), k=480)
        examples = sorted((maker.example(next(streams[name])) for name in names), key=lambda one: len(one.ids))
        batches: list[list[Example]] = [[]]
        for one in examples:
            if batches[-1] and (len(batches[-1]) + 1) * len(one.ids) > tokens:
                batches.append([])
            batches[-1].append(one)
        yield from lot.sample(batches, len(batches))


def _endless(rows: Sequence[Row], lot: random.Random) -> Iterator[Row]:
    while True:
        yield from lot.sample(rows, len(rows))


def _at(passage: Marked, spots: Sequence[int]) -> list[int]:
    """The sentences in which some characters of the passage stand."""
    return [
        place for place, (begin, stop) in enumerate(passage.sentences) if any(begin <= spot < stop for spot in spots)
    ]


def _holding(passage: Marked) -> list[int]:
    """The sentences that hold the answer."""
    start, end = passage.answer
    return [place for place, (begin, stop) in enumerate(passage.sentences) if begin < end and start < stop]


def without_answer(row: Row) -> Row | None:
    """The row with its passage minus the sentences that hold the answer; None when nothing is left."""
    passage = marked(row)
    gold = _holding(passage)
    answering = passage.also.union(gold)
    rest = [passage.text[a:b] for place, (a, b) in enumerate(passage.sentences) if place not in answering]
    return {**row, "context": " ".join(rest), "answers": []} if rest else None
