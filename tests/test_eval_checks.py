import gzip
import json
from pathlib import Path

import pytest
from conftest import SEEDS

from eval import nli
from eval.checks import STANDINGS, WRITTEN, Statement, halves, judged, made_statements, read_statements
from rag.answering.verifying import cohesion
from rag.errors import CorpusError
from rag.schema import Article

ARTICLES = [
    Article.from_text(
        f"Le {day} janvier 2020, le général Paul Martin a rencontré {day}0 soldats norvégiens au Mali, près de Bamako. "
        "Les Touaregs n’ont pas quitté la région depuis la signature des accords de paix.",
        published="2020-01",
        language="fr",
        id=f"article-{day:02}",
    )
    for day in range(11, 21)
]


def test_written_statements_are_about_the_seeds_and_half_are_held_out() -> None:
    written = read_statements(WRITTEN)
    assert {split: sum(one.split == split for one in written) for split in ("dev", "test")} == {"dev": 78, "test": 78}
    assert {one for statement in written for one in statement.gold} <= {path.stem for path in SEEDS.glob("*.txt")}
    assert {statement.right[0] for statement in written} == set(STANDINGS)
    assert len({statement.text for statement in written}) == len(written)


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        '{"kind": "number"}',
        '{"kind": "n", "statement": "s", "standings": ["true"], "gold": [], "split": "dev"}',
        '{"kind": "n", "statement": "s", "standings": ["absent"], "gold": [], "split": "train"}',
    ],
    ids=["no json", "too few fields", "unknown standing", "unknown split"],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "checks.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"checks\.jsonl:1"):
        read_statements(path)


def test_articles_left_out_are_not_in_the_corpus() -> None:
    kept, left_out = halves(ARTICLES)
    assert len(left_out) == 2
    assert sorted([*kept, *left_out], key=lambda article: article.id) == ARTICLES


def test_statements_are_counted_by_how_they_were_found_to_stand() -> None:
    statements = [
        Statement("number", "Paul Martin a rencontré 120 soldats norvégiens au Mali.", ("supported",), ("article-12",)),
        Statement("number", "Le 12 janvier, Paul Martin a rencontré 120 soldats.", ("supported",), ("article-99",)),
        Statement("other", "Les Touaregs ont quitté la région depuis la signature.", ("contradicted", "absent")),
    ]
    number, other = judged(ARTICLES[1:2], statements)
    assert (number.kind, sum(number.found), number.right) == ("number", 2, 1)  # of the second, another is cited
    assert (other.found, other.right) == ((0, 1, 0, 0), 1)
    assert "1.000" in str(other)


def test_a_missed_statement_counts_as_near_where_what_comes_nearest_is_from_a_right_article() -> None:
    told = "Le colonel Paul Martin a salué 120 soldats norvégiens au camp de Gao."
    articles = [Article.from_text(told, id="gao", title="Au camp de Gao", language="fr")]
    statements = [
        Statement("plain", "Paul Martin a félicité les soldats de Norvège à Gao.", ("supported",), ("gao",)),
        Statement("plain", "Paul Martin a félicité les soldats de Norvège à Gao.", ("supported",), ("other",)),
        Statement("plain", "Le prix du pain a doublé à Oslo.", ("absent",)),
    ]
    (row,) = judged(articles, statements)
    assert (row.found[-1], row.missed, row.near) == (3, 2, 1)


def test_what_is_made_of_articles_says_what_is_right() -> None:
    made = made_statements(*halves(ARTICLES), most=60)
    right = {statement.kind: statement.right for statement in made}
    assert right["verbatim"] == ("supported",)
    assert right["number changed"] == ("contradicted", "absent")
    assert right["from an article left out"] == ("absent",)
    assert "another sentence" not in right
    assert made == made_statements(*halves(ARTICLES), most=60)


def test_labelled_pairs_are_measured_on_the_half_that_nothing_was_fitted_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "Paul Martin a rencontré 120 soldats norvégiens au Mali."
    rows = [
        {"premise": said, "hypothesis": said, "label": "entailment"},
        {"premise": said, "hypothesis": said, "label": "entailment"},
        {"premise": said, "hypothesis": "Il pleut sur Oslo.", "label": "neutral"},
        {"premise": said, "hypothesis": "Paul Martin n'a rencontré aucun soldat.", "label": "contradiction"},
    ]
    file = tmp_path / "pairs.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.write("\n".join(json.dumps(row) for row in rows))
    assert nli.measure([file]) == 0
    told = capsys.readouterr().out
    assert "pairs                  words alone           2          1.000          0.000          0.000" in told


def test_the_learned_part_names_each_of_its_weights() -> None:
    stored = json.loads(cohesion.WEIGHTS.read_text(encoding="utf-8"))
    assert tuple(stored["weights"]) == cohesion.FEATURES
