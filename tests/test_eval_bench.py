"""The bench: what it times is equal for both sides, and its table says what was measured."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from eval.bench import growth
from eval.bench_corpus import articles_for, write_corpus
from eval.bench_rounds import Row, _changed
from eval.cli import main
from rag.corpus import read_corpus
from rag.index.passages import split


def test_made_up_articles_are_the_same_for_a_seed() -> None:
    one, same, other = (list(islice(articles_for(None, seed), 3)) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_articles_are_written_until_they_make_so_many_passages(tmp_path: Path) -> None:
    questions = write_corpus(articles_for(None, 0), tmp_path / "articles", 40)
    written = read_corpus(tmp_path / "articles").articles
    assert len(written) == len(questions)
    assert 35 <= sum(len(split(article)) for article in written) <= 60
    assert all(article.published for article in written)


def test_articles_of_a_corpus_come_in_a_seeded_order(seeds: Path) -> None:
    orders = [[article.id for article in articles_for(seeds, seed)] for seed in (1, 1, 2, 3)]
    assert orders[0] == orders[1]
    assert len({tuple(order) for order in orders}) > 1


def test_one_article_in_a_thousand_is_changed_and_changed_back(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("Un texte.", encoding="utf-8")
    with _changed(tmp_path) as count:
        texts = [file.read_text(encoding="utf-8") for file in sorted(tmp_path.iterdir())]
        assert (count, sum(text != "Un texte." for text in texts)) == (1, 1)
    assert {file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {"Un texte."}


def test_a_row_says_median_spread_and_ratio() -> None:
    row = Row("first import", [2.0, 1.0, 3.0], [40.0], aim=">= 20x")
    assert row.ratio == 20
    assert " ".join(str(row).split()) == "first import 2 s (1-3) 40 s 20.0x >= 20x"
    assert "—" in str(Row("cold start", [1.0]))
    assert Row("cold start", [1.0]).ratio is None


def test_growth_is_a_slope_on_log_log_axes() -> None:
    measured = [(10, {"import": Row("import", [1.0], [2.0])}), (1000, {"import": Row("import", [10.0], [200.0])})]
    lines = list(growth(measured))
    assert lines[-1].split() == ["import", "0.50", "1.00"]


def test_sizes_must_be_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--sizes", "many"]) == 1
    assert "50,2000" in capsys.readouterr().err


@pytest.mark.slow
def test_a_bench_of_a_few_passages_prints_its_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--sizes", "10,30", "--rounds", "1", "--plot", str(tmp_path / "plot.svg")]) == 0
    printed = capsys.readouterr().out
    assert "unchanged, again (0 encoded)" in printed
    assert "growth from 10 to 30 passages" in printed
    assert (tmp_path / "plot.svg").stat().st_size > 1000
