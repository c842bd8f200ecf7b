"""Tests of what each of the answerer's models is fitted on."""

from __future__ import annotations

import numpy as np
import pytest

from rag import Article
from rag.answering.asking.question import analyse
from rag.answering.choosing.exams import Exam
from rag.answering.choosing.fit import Models, _fit_models, _signs_of
from rag.answering.choosing.judgement import SIGNS
from rag.answering.choosing.sentences import FEATURES, candidates
from rag.schema import Evidence, Passage

TEXT = "La digue a cédé sous la pluie. « La digue est vieille », dit un pêcheur. Le marché ouvre à midi ce dimanche."


def exam(seed: int, answers: tuple[int, ...], *, held_out: bool = False, only_further: bool = False) -> Exam:
    """A question on three sentences, of which the places in `answers` answer; those have higher features."""
    articles = {"a": Article.from_text(TEXT, id="a", language="fr")}
    found = candidates([Evidence(Passage("a", "a", 0, len(TEXT), TEXT), 1.0, 1.0, 1.0)], articles)
    truths = np.isin(np.arange(len(found)), answers)
    described = np.random.default_rng(seed).random((len(found), len(FEATURES))) + truths[:, None]
    asked = analyse("Pourquoi la digue a-t-elle cédé ?", lambda stem: 1, 10)
    own = not only_further
    return Exam(held_out, own, asked, found, described.astype(np.float32), truths, articles, only_further=only_further)


def fitted(exams: list[Exam]) -> Models:
    return _fit_models(exams, [one.described for one in exams], FEATURES, SIGNS, _signs_of(exams))


PLAIN = [exam(seed, answers) for seed, answers in enumerate([(0,), (1,), (2,), (0, 1), (), ()])]


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
