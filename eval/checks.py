"""Measures the claim check: on statements written from reading, and on such as are made from any articles."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eval.selftest import PERTURBATIONS, minimal_pairs
from rag.assistant import Assistant
from rag.corpus import read_corpus
from rag.errors import CorpusError
from rag.schema import Article, Standing
from rag.settings import Settings

STANDINGS: tuple[Standing, ...] = ("supported", "contradicted", "mixed", "absent")
WRITTEN = Path(__file__).parent / "sets" / "checks.jsonl"
NOT_SUPPORTED: tuple[Standing, ...] = ("contradicted", "absent")
FALSE: dict[str, tuple[Standing, ...]] = dict.fromkeys(("hedge removed", "speaker removed"), (*NOT_SUPPORTED, "mixed"))
SEEDS = Path(__file__).parent.parent / "seeds"
HELD_OUT = 5  # one article in so many is left out of the corpus; what it says must not be found there


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, with the standings that are right."""

    kind: str
    text: str
    right: tuple[Standing, ...]
    gold: tuple[str, ...] = ()  # ids of articles, one of which must be cited; none when it does not matter
    split: str = "test"


@dataclass(frozen=True, slots=True)
class Row:
    """What was found of the statements of one kind."""

    kind: str
    found: tuple[int, ...]  # how many have each of STANDINGS
    right: int
    missed: int = 0  # how many stand as absent though articles tell of them
    near: int = 0  # and of these, how many have a quote from such an article as what comes nearest

    def __str__(self) -> str:
        count = sum(self.found)
        return f"{self.kind:32}{count:5}" + "".join(f"{n:14}" for n in self.found) + f"{self.right / count:8.3f}"


def check_statements(corpus: Path, split: str | None = None, most: int = 1_000) -> int:
    """Check statements against a corpus and print how they were found to stand.

    The statements written from reading are about the seeds, and used where the corpus holds their articles; others
    are made from its articles, a fifth of which is left out.

    Args:
        split: only this half of the written ones, "dev" or "test".
        most: statements to make.
    """
    articles = read_corpus(corpus).articles
    written = read_statements(WRITTEN)
    known = {article.id for article in articles}
    if known.issuperset(one for statement in written for one in statement.gold):
        asked = [statement for statement in written if split in (None, statement.split)]
        _print(f"written from reading ({split or 'both halves'})", judged(articles, asked))
    kept, left_out = halves(articles)
    _print("made from the articles", judged(kept, made_statements(kept, left_out, most)))
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `python -m eval.checks` and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.checks", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=SEEDS, metavar="PATH", help="folder or file (default: seeds)")
    parser.add_argument("--split", choices=("dev", "test"), help="only this half of the written statements")
    parser.add_argument("--statements", type=int, default=1_000, help="statements to make (default: 1000)")
    options = parser.parse_args(arguments)
    return check_statements(options.corpus, options.split, options.statements)


def read_statements(path: Path) -> tuple[Statement, ...]:
    """Read statements, one JSON object a line.

    Raises:
        CorpusError: a line that cannot be right, named by its number.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            right = tuple(row["standings"])
            found.append(Statement(row["kind"], row["statement"], right, tuple(row["gold"]), row["split"]))
        except (ValueError, TypeError, KeyError) as error:
            raise CorpusError(f"{path.name}:{number} is not a statement ({error!r}); mend the line") from error
        if not right or not set(right) <= set(STANDINGS) or row["split"] not in ("dev", "test"):
            raise CorpusError(f"{path.name}:{number}: {right!r} or {row['split']!r} is not known; mend the line")
    return tuple(found)


def made_statements(kept: Sequence[Article], left_out: Sequence[Article], most: int, seed: int = 0) -> list[Statement]:
    """Sentences of articles, reworded or made false, and sentences of articles that are not in the corpus."""
    dice = random.Random(seed)
    made = [
        Statement(pair.kind, pair.claim, ("supported",) if pair.legitimate else FALSE.get(pair.kind, NOT_SUPPORTED))
        for pair in minimal_pairs(kept, most, seed)
        if pair.kind != "another sentence"  # true, here: it stands elsewhere in the article
    ]
    foreign = [pair.claim for pair in minimal_pairs(left_out, most, seed) if pair.kind == "verbatim"]
    made += [Statement("from an article left out", text, ("absent",)) for text in foreign]
    return dice.sample(made, len(made))


def halves(articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
    """The articles that make the corpus, and those that are left out of it."""
    return (
        [article for place, article in enumerate(articles) if (place + 1) % HELD_OUT],
        list(islice(articles, HELD_OUT - 1, None, HELD_OUT)),
    )


def judged(articles: Sequence[Article], statements: Sequence[Statement]) -> Iterator[Row]:
    """What the claim check finds of statements, one row for each kind."""
    found: dict[str, Counter[Standing]] = {}
    right, missed, near = Counter[str](), Counter[str](), Counter[str]()
    with Assistant.from_articles(articles, Settings()) as assistant:
        for statement in statements:
            finding = assistant.check(statement.text)[0]
            cited = {citation.article_id for citation in (*finding.supporting, *finding.contradicting)}
            found.setdefault(statement.kind, Counter())[finding.standing] += 1
            at_home = not statement.gold or finding.standing == "absent" or bool(cited & set(statement.gold))
            right[statement.kind] += finding.standing in statement.right and at_home
            if statement.gold and finding.standing == "absent":
                missed[statement.kind] += 1
                near[statement.kind] += any(one.article_id in statement.gold for one in finding.nearest)
    for kind in sorted(found, key=lambda kind: [*PERTURBATIONS, kind].index(kind)):
        standings = tuple(found[kind][standing] for standing in STANDINGS)
        yield Row(kind, standings, right[kind], missed[kind], near[kind])


def _print(title: str, rows: Iterator[Row]) -> None:
    told = list(rows)
    print(f"{title:32}{'n':>5}" + "".join(f"{standing:>14}" for standing in STANDINGS) + f"{'right':>8}")
    for row in told:
        print(row)
    every = tuple(sum(row.found[place] for row in told) for place in range(len(STANDINGS)))
    if any(every):
        print(Row("all", every, sum(row.right for row in told)))
    if missed := sum(row.missed for row in told):
        print(
            f"absent though told of: {missed}; what comes nearest is from a right article: {sum(r.near for r in told)}"
        )


if __name__ == "__main__":
    sys.exit(main())
