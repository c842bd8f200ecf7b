"""Tests of what each of the answerer's models is fitted on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rag import Article
from rag.answering.asking.question import analyse
from rag.answering.choosing.describing import FEATURES
from rag.answering.choosing.exams import Exam, is_worded
from rag.answering.choosing.fit import Models, _fit_models, _signs_of
from rag.answering.choosing.judgement import SIGNS
from rag.answering.choosing.sentences import candidates
from rag.schema import Evidence, Passage

TEXT = (
    "La digue a cédé en raison de la forte pluie. « La digue est vieille », dit un pêcheur. "
    "Le marché ouvre à midi ce dimanche."
)


def exam(
    seed: int, answers: tuple[int, ...], *, held_out: bool = False, only_further: bool = False, why: str = "pluie"
) -> Exam:
    """A question on three sentences, of which the places in `answers` answer; those have higher features."""
    articles = {"a": Article.from_text(TEXT, id="a", language="fr")}
    found = candidates([Evidence(Passage("a", "a", 0, len(TEXT), TEXT), 1.0, 1.0, 1.0)], articles)
    truths = np.isin(np.arange(len(found)), answers)
    described = np.random.default_rng(seed).random((len(found), len(FEATURES))) + truths[:, None]
    asked = analyse("Pourquoi la digue a-t-elle cédé ?", lambda stem: 1, 10)
    own, said = not only_further, described.astype(np.float32)
    return Exam(held_out, own, asked, found, said, truths, articles, only_further=only_further, accepted=[why])


def fitted(exams: list[Exam], *, missed: float = 1.0) -> Models:
    return _fit_models(exams, [one.described for one in exams], FEATURES, SIGNS, _signs_of(exams), missed=missed)


def missed_exam(seed: int) -> Exam:
    """A question of which the one sentence that answers has the lowest features, so that three others are shown."""
    one = exam(seed, ())
    article = Article.from_text(f"{TEXT} La digue rouvre lundi.", id="a", language="fr")
    passage = Passage("a", "a", 0, len(article.text), article.text)
    found = candidates([Evidence(passage, 1.0, 1.0, 1.0)], {"a": article})
    truths = np.arange(len(found)) == len(found) - 1
    described = one.described[:1] + np.where(truths, -1, 1)[:, None].astype(np.float32)
    return replace(one, sentences=found, described=described, answers=truths, articles={"a": article})


PLAIN = [exam(seed, answers) for seed, answers in enumerate([(0,), (1,), (2,), (0, 1), (), ()])]
PLAIN += [exam(8, (0,), why="la forte pluie"), exam(9, (0,), why="l'âge")]


@pytest.mark.parametrize(
    ("more", "moves_ranking", "moves_further"),
    [
        (exam(7, (1, 2), only_further=True), False, True),
        (exam(7, (1, 2)), True, True),
        (exam(7, (), only_further=True), False, False),
        (exam(7, (1, 2), held_out=True), False, False),
    ],
    ids=["sources that differ", "our own", "answered by none", "held out"],
)
def test_each_model_is_fitted_on_the_exams_that_are_for_it(
    more: Exam, moves_ranking: bool, moves_further: bool
) -> None:
    before, after = fitted(PLAIN), fitted([*PLAIN, more])
    ranked = np.array_equal(before.ranking.sentence.weights, after.ranking.sentence.weights)
    judged = np.array_equal(before.answer.weights, after.answer.weights)
    assert (not ranked, not judged) == (moves_ranking, moves_ranking)
    assert np.array_equal(before.further.weights, after.further.weights) != moves_further


def test_an_answer_is_expected_to_be_right_as_often_as_those_fitted_on_are() -> None:
    exams = [*PLAIN, *(exam(seed, (0,)) for seed in range(30, 40)), missed_exam(40)]
    ranking = fitted(exams).ranking
    told = [ranking.verdict(number, one) for number, one in enumerate(exams)]
    assert not told[-1][1][0]
    signs, truths = np.concatenate([rows for rows, _ in told]), np.concatenate([right for _, right in told])
    strict, mild = (fitted(exams, missed=missed).answer for missed in (1.0, 0.15))
    assert strict.probability(signs).mean() == pytest.approx(truths.mean(), abs=0.001)
    np.testing.assert_allclose(strict.weights, mild.weights, atol=1e-4)
    assert strict.bias < mild.bias


@pytest.mark.parametrize("held_out", [False, True])
def test_what_is_the_bare_answer_is_learned_from_answers_that_would_be_shown(*, held_out: bool) -> None:
    wrong = [exam(seed, (0,), held_out=held_out, why="l'âge") for seed in range(20, 30)]
    before, after = fitted(PLAIN), fitted([*PLAIN, *wrong])
    assert np.array_equal(before.bare.weights, after.bare.weights) is held_out
    if not held_out:
        assert after.bare.bias < before.bare.bias


@pytest.mark.parametrize(
    ("text", "accepted", "right"),
    [
        ("en raison de la forte pluie", ["la forte pluie"], True),
        ("forte pluie", ["la forte pluie"], True),
        ("la", ["la forte pluie de dimanche"], False),
        ("près de 1 200 marins", ["1.200"], True),
        ("200 marins", ["1.200 marins du port"], False),
        ("la forte pluie et puis, un soir de mai, le vent du large sur le port", ["la forte pluie"], False),
        ("la forte pluie", [], False),
    ],
)
def test_a_bare_answer_is_right_in_the_accepted_words_or_number(text: str, accepted: list[str], right: bool) -> None:
    assert is_worded(text, accepted) is right
