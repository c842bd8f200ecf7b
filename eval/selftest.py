"""Tests the verifier on minimal pairs: real sentences left true must pass, and changed in one fact must fail."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval import falsehoods, rewordings
from eval.rewordings import Perturbation, Sentence
from rag.answering.verify import support
from rag.answering.verifying.windows import Similarity
from rag.index.passages import split
from rag.language.detection import detect_language
from rag.language.sentences import sentence_spans
from rag.schema import Article


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim made of a sentence, and the passage that sentence stands in."""

    kind: str
    legitimate: bool
    claim: str
    passage: str
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """How many claims of one kind were accepted."""

    kind: str
    legitimate: bool
    count: int
    accepted: int

    @property
    def right(self) -> int:
        return self.accepted if self.legitimate else self.count - self.accepted


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The verifier's figures on minimal pairs; str() is the table."""

    rows: tuple[Row, ...]

    @property
    def refused_legitimate(self) -> float:
        """The share (0..1) of legitimate rewrites that were refused."""
        return 1 - self._accuracy(legitimate=True)

    @property
    def balanced_accuracy(self) -> float:
        """The mean of the share of legitimate claims accepted and the share of others refused, 0..1."""
        return (self._accuracy(legitimate=True) + self._accuracy(legitimate=False)) / 2

    def _accuracy(self, *, legitimate: bool) -> float:
        rows = [row for row in self.rows if row.legitimate == legitimate]
        return sum(row.right for row in rows) / max(1, sum(row.count for row in rows))

    def __str__(self) -> str:
        lines = [f"{'kind':32}{'must':8}{'n':>6}{'accepted':>10}{'refused':>9}{'right':>8}"]
        for row in self.rows:
            right = f"{row.right / row.count:8.3f}" if row.count else f"{'—':>8}"
            must = "pass" if row.legitimate else "fail"
            lines.append(f"{row.kind:32}{must:8}{row.count:6}{row.accepted:10}{row.count - row.accepted:9}{right}")
        lines.append(f"balanced accuracy {self.balanced_accuracy:.3f}")
        lines.append(f"legitimate rewrites refused {100 * self.refused_legitimate:.1f} %")
        return "\n".join(lines)


def self_test(
    articles: Sequence[Article], pairs: int = 2000, seed: int = 0, similarity: Similarity | None = None
) -> SelfTest:
    """Judge minimal pairs made from the sentences of articles, as many of each kind as the articles yield.

    Args:
        pairs: how many in all; fewer when the articles hold too few sentences of some kind.
        seed: the same articles, number and seed give the same pairs.
        similarity: what the verifier may know of texts that are alike; see rag.answering.verify.
    """
    counts = dict.fromkeys(PERTURBATIONS, 0)
    accepted = dict.fromkeys(PERTURBATIONS, 0)
    for pair in minimal_pairs(articles, pairs, seed):
        counts[pair.kind] += 1
        found = support(pair.claim, [pair.passage], pair.language, similarity=similarity)
        accepted[pair.kind] += found.verdict == "supported"
    return SelfTest(
        tuple(Row(kind, legitimate, counts[kind], accepted[kind]) for kind, (legitimate, _) in PERTURBATIONS.items())
    )


def minimal_pairs(articles: Sequence[Article], pairs: int, seed: int) -> list[Pair]:
    """Claims made from the sentences of articles, spread evenly over the kinds."""
    dice = random.Random(seed)
    quota = -(-pairs // len(PERTURBATIONS))
    found: dict[str, list[Pair]] = {kind: [] for kind in PERTURBATIONS}
    for sentence in _sentences(dice.sample(articles, len(articles)), dice):
        for kind, (legitimate, perturb) in PERTURBATIONS.items():
            if len(found[kind]) < quota and (claim := perturb(sentence, dice)):
                found[kind].append(Pair(kind, legitimate, claim, sentence.passage, sentence.language))
        if all(len(known) == quota for known in found.values()):
            break
    return [pair for known in found.values() for pair in known][:pairs]


# What must pass, and what must fail.
PERTURBATIONS: dict[str, tuple[bool, Perturbation]] = {
    "verbatim": (True, rewordings.verbatim),
    "parenthesis dropped": (True, rewordings.without_parenthesis),
    "lead dropped": (True, rewordings.without_lead),
    "clauses reordered": (True, rewordings.reordered),
    "tail dropped": (True, rewordings.without_tail),
    "name shortened": (True, rewordings.with_surname),
    "number respelled": (True, rewordings.respelled_number),
    "number changed": (False, falsehoods.changed_number),
    "number from the passage": (False, falsehoods.number_from_passage),
    "month changed": (False, falsehoods.changed_month),
    "person swapped": (False, falsehoods.swapped_person),
    "country swapped": (False, falsehoods.swapped_country),
    "names exchanged": (False, falsehoods.exchanged_names),
    "numbers exchanged": (False, falsehoods.exchanged_numbers),
    "negation added": (False, falsehoods.negated),
    "negation removed": (False, falsehoods.affirmed),
    "hedge removed": (False, falsehoods.unhedged),
    "speaker removed": (False, falsehoods.unattributed),
    "another sentence": (False, falsehoods.another),
}

FEWEST_WORDS, MOST_WORDS = 10, 60  # of a sentence that is used


def _sentences(articles: Sequence[Article], dice: random.Random) -> Iterator[Sentence]:
    """The sentences of articles that are long enough to be changed, each with its passage."""
    for article in articles:
        language = article.language or detect_language(article.text)
        if language not in {"fr", "en"}:
            continue
        passages = split(article)
        cut = [[p.text[start:end] for start, end in sentence_spans(p.text, language)] for p in passages]
        for passage, own in zip(passages, cut, strict=True):
            others = [text for texts in cut if texts is not own for text in texts if _is_usable(text)]
            for text in own:
                if _is_usable(text):
                    elsewhere = dice.choice(others) if others else ""
                    yield Sentence(text, passage.text, article.text, language, elsewhere)


def _is_usable(text: str) -> bool:
    return FEWEST_WORDS <= len(text.split()) <= MOST_WORDS and text.endswith(".") and text[0].isupper()
