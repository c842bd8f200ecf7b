"""Tests of what speaks for showing a sentence beside the best one."""

from __future__ import annotations

import numpy as np
import pytest

from rag import Article, Settings
from rag.answering.asking.question import analyse
from rag.answering.choosing.describing import FEATURES
from rag.answering.choosing.further import FURTHER_SIGNS, SHARED, further_signs
from rag.answering.choosing.judgement import judge, model
from rag.answering.choosing.sentences import Candidate, Scores, candidates, log_odds
from rag.index.embedding import open_encoder
from rag.reader import open_reader
from rag.schema import Evidence, Passage

HERE = (
    "Le maire dit que la digue a cédé sous la pluie. Le préfet dément, en revanche, toute rupture de la digue. "
    "« La digue est vieille et malade », a soupiré un pêcheur. Le marché du port ouvre à midi le dimanche."
)
ELSEWHERE = "La digue de Brenne a cédé aussi pendant la tempête."


def corpus() -> tuple[dict[str, Article], list[Candidate]]:
    """Two articles by id, and their five sentences, each article one passage."""
    articles = {text: Article.from_text(text, id=text, language="fr") for text in (HERE, ELSEWHERE)}
    passages = [Passage(text, text, 0, len(text), text) for text in articles]
    return articles, candidates([Evidence(passage, 1.0, 1.0, 1.0) for passage in passages], articles)


def told(question: str, scores: Scores) -> dict[str, Scores]:
    """What is said of the five sentences, whose features are their places: a row for each of FURTHER_SIGNS."""
    _, found = corpus()
    described = np.repeat(np.arange(len(found), dtype=np.float32)[:, None], len(FEATURES), axis=1)
    columns = further_signs(analyse(question, lambda stem: 1, 10), found, described, scores).T
    assert columns.dtype == np.float32
    return dict(zip(FURTHER_SIGNS, columns, strict=True))


def test_contradiction_quotation_and_article_are_told() -> None:
    said = told("Pourquoi la digue a-t-elle cédé ?", np.array([0.9, 0.2, 0.2, 0.1, 0.4], dtype=np.float32))
    assert said["sets itself against what was said"].tolist() == [0, 1, 0, 0, 0]
    assert said["has quotation marks"].tolist() == [0, 0, 1, 0, 0]
    assert said["in the article of the best sentence"].tolist() == [1, 1, 1, 1, 0]
    for name in SHARED:
        assert said[name].tolist() == [0, 1, 2, 3, 4]


def test_what_follows_the_best_sentence_is_near_it_and_what_comes_before_is_not() -> None:
    said = told("Pourquoi la digue a-t-elle cédé ?", np.array([0.1, 0.9, 0.2, 0.1, 0.4], dtype=np.float32))
    before, itself, after, later, elsewhere = said["nearness after the best sentence"].tolist()
    assert before == itself == elsewhere == 0
    assert 1 >= after > later > 0.5


@pytest.mark.parametrize(("question", "times"), [("La digue a-t-elle cédé ?", 1), ("Qui a vu céder la digue ?", 0)])
def test_the_score_counts_by_itself_where_yes_or_no_is_wanted(question: str, times: int) -> None:
    scores = np.array([0.9, 0.2, 0.2, 0.1, 0.4], dtype=np.float32)
    said = told(question, scores)
    assert said["probability, as logit, where yes or no is wanted"] == pytest.approx(times * log_odds(scores))
    assert said["probability, as logit"] == pytest.approx(log_odds(scores))


def test_log_odds_of_certainty_are_finite() -> None:
    assert np.isfinite(log_odds(np.array([0, 0.5, 1], dtype=np.float32))).all()


@pytest.mark.parametrize("setting", ["none", "bundled"])
def test_each_sentence_that_is_judged_knows_how_likely_it_answers_too(setting: str) -> None:
    settings = Settings(reader=setting)
    asked, articles, found = analyse("Pourquoi la digue a-t-elle cédé ?", lambda stem: 1, 10), *corpus()
    judged = judge(asked, found, articles, open_encoder(settings), open_reader(settings))
    told = [one.further for one in judged.sentences]
    assert all(0 < chance < 1 for chance in told)
    assert len(set(told)) == len(found)


@pytest.mark.parametrize("name", ["further", "further, read"])
def test_another_side_is_worth_more_than_what_scores_as_well(name: str) -> None:
    said = told("La digue a-t-elle cédé ?", np.array([0.9, 0.2, 0.2, 0.2, 0.2], dtype=np.float32))
    rows = np.column_stack([said[column] * (column not in SHARED) for column in FURTHER_SIGNS])
    _, against, quoted, plain, elsewhere = model(name).probability(rows).tolist()
    assert against > plain > elsewhere
    assert quoted > plain
