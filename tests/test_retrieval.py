"""Tests of retrieval: fusion by hand, the cap per article, the window of days."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import Article, Assistant, Settings
from rag.index import Index
from rag.index.embedding import open_encoder
from rag.retrieval import LEADING, MOST_READ, Window, find, fuse, read_on, retrieve
from rag.schema import PartialDate

SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 1))


def test_scores_are_mixed_between_their_smallest_and_largest() -> None:
    dense = {"a": 0.9, "b": 0.5, "c": 0.1}
    lexical = {"b": 10.0, "d": 5.0}
    mixed = fuse(dense, lexical, dense_weight=0.4)
    assert mixed == pytest.approx({"a": 0.4, "b": 0.4 * 0.5 + 0.6, "c": 0.0, "d": 0.3})


@pytest.mark.parametrize(("weight", "first"), [(1.0, "near"), (0.0, "worded")])
def test_the_weight_decides_which_side_counts(weight: float, first: str) -> None:
    mixed = fuse({"near": 0.9, "worded": 0.1}, {"worded": 3.0}, weight)
    assert max(mixed, key=mixed.__getitem__) == first


@given(SCORES, SCORES.map(lambda scores: {key: abs(score) for key, score in scores.items()}), st.floats(0, 1))
def test_a_fused_score_is_between_0_and_1_and_nobody_is_lost(
    dense: dict[str, float], lexical: dict[str, float], weight: float
) -> None:
    mixed = fuse(dense, lexical, weight)
    assert set(mixed) == set(dense) | set(lexical)
    assert all(0 <= score <= 1 + 1e-9 for score in mixed.values())


def test_a_window_is_whole_days() -> None:
    window = Window(PartialDate(2020), PartialDate(2021, 2))
    assert (window.first, window.last) == (20200101, 20210228)
    assert Window().first is None


@pytest.fixture(scope="module")
def bridges() -> tuple[Article, ...]:
    paragraph = "Le pont de la ville est fermé à la circulation. Les travaux du pont dureront {} mois, dit la mairie."
    return tuple(
        Article.from_text(
            "\n\n".join(paragraph.format(months) for months in range(2, 12)), id=f"{year}", published=year
        )
        for year in ("2019-03-01", "2020-03", "2021")
    )


def test_one_article_does_not_crowd_out_the_others(bridges: tuple[Article, ...]) -> None:
    settings = replace(Settings(), per_article=2, passages=6)
    with Assistant.from_articles(bridges, settings) as assistant:
        answer = assistant.ask("Combien de mois dureront les travaux du pont ?")
    found = [item.passage.article_id for item in answer.evidence[: settings.passages]]
    for citation in answer.citations:  # what is quoted from further on in an article is evidence too
        passages = [item.passage for item in answer.evidence if item.passage.article_id == citation.article_id]
        assert any(passage.start < citation.end <= passage.end for passage in passages)
    assert len(found) == 6
    assert all(found.count(article.id) == 2 for article in bridges)


@pytest.mark.parametrize(
    ("window", "seen"),
    [
        ({"as_of": "2020-03-30"}, {"2019-03-01"}),  # March 2020 may be its 31st
        ({"as_of": "2020-03"}, {"2019-03-01", "2020-03"}),
        ({"as_of": "2018"}, set()),
        ({"since": "2020", "until": "2021"}, {"2020-03", "2021"}),
        ({"until": "2021", "as_of": "2019"}, {"2019-03-01"}),
    ],
    ids=["as of a day", "as of a month", "before all", "since and until", "until and as of"],
)
def test_nothing_published_outside_the_window_is_seen(
    bridges: tuple[Article, ...], window: dict[str, str], seen: set[str]
) -> None:
    with Assistant.from_articles(bridges) as assistant:
        answer = assistant.ask("Combien de mois dureront les travaux du pont ?", **window)  # type: ignore[arg-type]
    assert {evidence.passage.article_id for evidence in answer.evidence} == seen


def test_an_undated_article_is_outside_any_window() -> None:
    with Assistant.from_articles([Article.from_text("Le pont est fermé depuis lundi, dit la mairie.")]) as assistant:
        assert assistant.ask("Quel pont est fermé ?").evidence
        assert not assistant.ask("Quel pont est fermé ?", as_of="2030").evidence


def test_a_name_is_found_by_its_acronym_where_an_article_gives_both() -> None:
    texts = [
        "La fusée Valmer Launch System (VLS) est arrivée sur son pas de tir lundi matin, sous la pluie.",
        "Un tir du VLS coûte 40 millions d'euros à la région, selon la cour des comptes.",
        *(f"Le marché couvert numéro {number} de Brenne rouvre lundi, dit la mairie." for number in range(30)),
    ]
    articles = [Article.from_text(text, id=f"a{number}", title="", language="fr") for number, text in enumerate(texts)]
    question = "Combien coûte un tir du Valmer Launch System ?"
    with Index.open(None, Settings(), open_encoder(Settings())) as index:
        index.sync(articles)
        found = find(question, index, Settings())
    assert found.other_forms == (("Valmer Launch System", "VLS"),)
    assert {one.passage.article_id for one in found.passages} >= {"a0", "a1"}
    with Assistant.from_articles(articles) as assistant:
        answer = assistant.ask(question)
    assert answer.short == "40 millions d'euros"


def test_the_articles_that_lead_are_read_on_after_the_evidence(bridges: tuple[Article, ...]) -> None:
    settings = replace(Settings(), per_article=1, passages=2)
    question = "Combien de mois dureront les travaux du pont ?"
    with Index.open(None, settings, open_encoder(settings)) as index:
        index.sync(bridges)
        evidence = retrieve(question, index, settings)
        read = read_on(evidence, question, index)
        leading = {found.passage.article_id for found in evidence}
        expected = {passage for name in leading for passage in index.passages_of(name)}
        assert read[: len(evidence)] == evidence
        assert {found.passage for found in read} == expected
        assert len(read) == len(expected) <= LEADING * (MOST_READ + settings.per_article)
        assert max(found.score for found in read[len(evidence) :]) <= min(found.score for found in evidence)
        assert index.passages_of("unknown") == ()
    assert read_on((), question, index) == ()
