import gzip
import json
import random

import pytest
from conftest import REPOSITORY

from eval.rewordings import Sentence
from eval.selftest import PERTURBATIONS, Row, SelfTest, minimal_pairs, self_test
from rag.schema import Article

FRENCH = Sentence(
    text=(
        "Mardi 7 janvier, le général Paul Martin (chef des armées) a rencontré Anne Berg au Mali, où 5 200 soldats ne "
        "sont pas armés et où deux otages auraient péri, selon la police."
    ),
    passage="Le général compte 300 avions.",
    article="Paul Martin, Anne Berg et Marc Dupuis sont partis au Niger.",
    language="fr",
    elsewhere="Tout autre chose est arrivé hier.",
)
ENGLISH = Sentence(
    text=(
        "On Tuesday, officials (in Oslo) said that Paul Martin will meet Anne Berg in Mali on January 7, that 5,200 "
        "soldiers are not armed and that two hostages may be dead."
    ),
    passage="The general has 300 planes.",
    article="Paul Martin, Anne Berg and Mark Hill left for Niger.",
    language="en",
    elsewhere="Something else happened yesterday.",
)


@pytest.mark.parametrize(
    ("kind", "sentence", "old", "new"),
    [
        ("parenthesis dropped", FRENCH, " (chef des armées)", ""),
        ("tail dropped", ENGLISH, ", that 5,200 soldiers are not armed and that two hostages may be dead", ""),
        ("number from the passage", FRENCH, "5 200", "300"),
        ("number from the passage", ENGLISH, "5,200", "300"),
        ("number respelled", ENGLISH, "5,200", "5200"),
        ("negation removed", FRENCH, "ne sont pas", "sont"),
        ("negation removed", ENGLISH, "are not", "are"),
        ("hedge removed", FRENCH, "auraient", "ont"),
        ("hedge removed", ENGLISH, "may", "will"),
        ("speaker removed", FRENCH, ", selon la police", ""),
    ],
)
def test_a_perturbation_changes_one_thing(kind: str, sentence: Sentence, old: str, new: str) -> None:
    claims = {PERTURBATIONS[kind][1](sentence, random.Random(seed)) for seed in range(20)}
    assert sentence.text.replace(old, new) in claims


@pytest.mark.parametrize("sentence", [FRENCH, ENGLISH], ids=["French", "English"])
@pytest.mark.parametrize("kind", [kind for kind, (legitimate, _) in PERTURBATIONS.items() if not legitimate])
def test_what_must_fail_is_never_the_sentence_itself(kind: str, sentence: Sentence) -> None:
    for seed in range(20):
        assert PERTURBATIONS[kind][1](sentence, random.Random(seed)) != sentence.text


def test_figures_are_those_one_counts_by_hand() -> None:
    table = SelfTest((Row("verbatim", True, 10, 9), Row("number changed", False, 20, 4), Row("month", False, 0, 0)))
    assert table.refused_legitimate == pytest.approx(0.1)
    assert table.balanced_accuracy == pytest.approx((0.9 + 0.8) / 2)
    assert "balanced accuracy 0.850" in str(table)
    assert "legitimate rewrites refused 10.0 %" in str(table)


def test_the_same_seed_gives_the_same_pairs() -> None:
    articles = _seeds()
    assert minimal_pairs(articles, 100, 1) == minimal_pairs(list(articles), 100, 1)
    assert minimal_pairs(articles, 100, 1) != minimal_pairs(articles, 100, 2)
    assert len(minimal_pairs(articles, 20, 1)) <= 20


def test_no_articles_give_an_empty_table() -> None:
    assert all(row.count == 0 for row in self_test([]).rows)


def test_the_verifier_tells_pairs_of_the_seeds_apart() -> None:
    table = self_test(_seeds(), pairs=400)
    assert table.balanced_accuracy >= 0.95, table
    assert table.refused_legitimate <= 0.05, table


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_verifier_tells_pairs_of_the_news_apart(language: str) -> None:
    place = REPOSITORY.parent / "shared" / "data" / f"news_{language}.jsonl.gz"
    if not place.exists():
        pytest.skip(f"needs {place.name} beside the repository")
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line, _ in zip(lines, range(3_000), strict=False)]
    articles = [
        Article.from_text(record["article"], title=record["title"], language=language, id=record["id"])
        for record in records
        if any(character.isalnum() for character in record["article"])
    ]
    table = self_test(articles, pairs=2_000)
    assert table.balanced_accuracy >= 0.97, table
    assert table.refused_legitimate <= 0.03, table


def _seeds() -> list[Article]:
    places = sorted((REPOSITORY / "seeds").glob("*.txt"))
    return [Article.from_text(place.read_text(encoding="utf-8"), id=place.stem, language="fr") for place in places]
