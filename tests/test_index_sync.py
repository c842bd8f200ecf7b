"""A killed import costs no article that was reported stored, and the next one finishes the job."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest
from hashing_encoder import HashingEncoder, invented

from rag.index import Index
from rag.index.passages import embedded_text, split
from rag.schema import Article, Passage
from rag.settings import Settings

NEWS = Path(__file__).parents[2] / "shared" / "data" / "news_fr.jsonl.gz"
HERE = Path(__file__).parent
IMPORT = """
import sys
from pathlib import Path
from hashing_encoder import HashingEncoder
from rag.index import Index, sync
from rag.settings import Settings
from test_index_sync import corpus
sync._BATCH = 24  # more moments at which a kill can fall between two batches
with Index.open(Path(sys.argv[1]), Settings(), HashingEncoder()) as index:
    print("open", flush=True)
    index.sync(corpus(sys.argv[2]), stored=lambda ids: print(*ids, flush=True))
"""


def corpus(name: str) -> list[Article]:
    """Articles by the name of a corpus, so that a child process can have the same ones."""
    if name == "news":
        return news(500)
    if name == "nothing":
        return []
    return [invented(number, word=name) for number in range(150)]


def news(count: int) -> list[Article]:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [
        Article.from_text(
            row["article"] if isinstance(row["article"], str) else "\n\n".join(row["article"]),
            id=row["id"],
            title=row["title"],
            published=row["date"],
            language="fr",
        )
        for row in rows
    ]


def import_until_killed(folder: Path, name: str, batches: int, seconds: float) -> set[str]:
    """Import a corpus in a child process and kill -9 it some time after so many batches; what it reported stored."""
    path = os.pathsep.join([str(HERE), str(HERE.parent)])
    with subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(folder), name],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as child:
        assert child.stdout
        reported = [child.stdout.readline() for _ in range(batches + 1)]
        time.sleep(seconds)
        child.kill()
        reported += child.stdout.readlines()
    assert reported[0] == "open\n"
    return set("".join(reported[1:]).split())


def passages_by_article(index: Index) -> dict[str, tuple[Passage, ...]]:
    """What the index holds, article by article."""
    held: dict[str, tuple[Passage, ...]] = {}
    for passage in index.passages.values():
        held[passage.article_id] = (*held.get(passage.article_id, ()), passage)
    return held


def assert_each_answers(index: Index, articles: Sequence[Article]) -> None:
    """Each article is there, whole and in this very version, and passages of it are found by meaning and by word."""
    held = passages_by_article(index)
    for article in articles:
        assert held[article.id] == split(article)
    found = []
    for article in articles[:: len(articles) // 40 + 1]:
        first = held[article.id][0]
        assert first.id in dict(index.lexical(first.text, 20))
        assert first.id in index._shelf.store().ids()
        found.append(first.id in dict(index.dense(embedded_text(article, first), 5)))
    assert sum(found) >= 0.9 * len(found)  # Chroma's search is approximate: under load its graph may miss one of forty


def assert_survives(folder: Path, before: str, after: str, moments: Sequence[tuple[int, float]]) -> None:
    """Kill imports of `after` over an index of `before`, one after the other, then let one finish."""
    old, wanted = corpus(before), corpus(after)
    with Index.open(folder, Settings(), HashingEncoder()) as index:
        index.sync(old)
    stored: set[str] = set()
    for moment in moments:
        stored |= import_until_killed(folder, after, *moment)
        with Index.open(folder, Settings(), HashingEncoder(), most_vectors=0) as index:
            assert_each_answers(index, [article for article in wanted if article.id in stored])
            versions = [{article.id: split(article) for article in articles} for articles in (old, wanted)]
            held = passages_by_article(index)
            assert set(versions[0]) <= set(held)
            for article_id, passages in held.items():
                assert passages in [version.get(article_id) for version in versions], "neither old nor new"
    assert stored, "every kill fell before the first batch: there is nothing that this could have found"
    with Index.open(folder, Settings(), HashingEncoder(), most_vectors=0) as index:
        assert stored <= set(index.sync(wanted).unchanged)
        assert set(passages_by_article(index)) == {article.id for article in wanted}
        assert_each_answers(index, wanted)
    with Index.open(folder, Settings(), HashingEncoder()) as index:
        assert index.sync(wanted).embedded == 0


def moments(count: int, most_batches: int) -> list[tuple[int, float]]:
    """When to kill: after so many batches, and a random part of the time that one takes."""
    chance = random.Random(7)
    return [(chance.randint(0, most_batches), chance.uniform(0, 0.1)) for _ in range(count)]


def test_a_kill_during_the_first_import_costs_nothing_that_was_stored(tmp_path: Path) -> None:
    assert_survives(tmp_path / "index", "nothing", "navire", moments(2, most_batches=5))


def test_a_kill_while_articles_are_replaced_leaves_each_old_or_new(tmp_path: Path) -> None:
    assert_survives(tmp_path / "index", "navire", "voilier", moments(3, most_batches=5))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not NEWS.exists(), reason="the public news articles are not beside this repository")
def test_ten_kills_during_the_import_of_500_news_articles_cost_nothing_that_was_stored(tmp_path: Path) -> None:
    assert_survives(tmp_path / "index", "nothing", "news", moments(10, most_batches=9))
