"""Dates and disagreements on answers one can score by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from eval_stand_in import ARTICLES, OTHER, answer, citation, claim, question

from eval.metrics import time_and_conflict as metric
from eval.metrics.said import within
from eval.schema import Question
from rag.schema import Answer

TUESDAY = {"value": "mardi", "sources": ["pont-1"], "label": "mairie"}
MAY = {"value": "pas avant mai", "sources": ["pont-2"]}
SAYS_TUESDAY = claim("Il rouvrira mardi, selon la mairie.")
SAYS_MAY = claim("Le pont ne rouvrira pas avant mai.", citation("pas avant mai", OTHER, 2))  # undated, of no outlet


def sides(folder: Path, given: Answer, *stated: dict[str, Any]) -> tuple[Question, tuple[metric.Heard, ...]]:
    asked = question(folder, type="conflict", conflict="opinion", sides=list(stated or (TUESDAY, MAY)))
    return asked, metric.heard(asked, within(given, 120))


def test_both_sides_must_be_stated_and_cited(tmp_path: Path) -> None:
    _, heard = sides(tmp_path, answer(SAYS_TUESDAY, SAYS_MAY))
    assert [(side.stated, side.cited) for side in heard] == [(True, True), (True, True)]
    assert (metric.side_recall(heard), metric.both_sides(heard)) == (1, 1)
    _, heard = sides(tmp_path, answer(SAYS_TUESDAY))
    assert (metric.side_recall(heard), metric.both_sides(heard)) == (0.5, 0)


def test_a_side_under_the_wrong_source_is_not_cited(tmp_path: Path) -> None:
    misled = claim("Le pont ne rouvrira pas avant mai.", citation("Le pont est fermé."))
    _, heard = sides(tmp_path, answer(SAYS_TUESDAY, misled))
    assert (heard[1].stated, heard[1].cited) == (True, False)
    assert metric.side_recall(heard) == 0.5


def test_a_bare_answer_alone_states_but_does_not_cite(tmp_path: Path) -> None:
    _, heard = sides(tmp_path, answer(claim("Le pont est fermé."), short="mardi"))
    assert (heard[0].stated, heard[0].cited) == (True, False)


def test_a_side_is_dated_by_its_source_or_its_own_words(tmp_path: Path) -> None:
    _, heard = sides(tmp_path, answer(SAYS_TUESDAY, SAYS_MAY))
    assert [side.dated for side in heard] == [True, True]  # 12 March 2031; "mai"
    undated = {"value": "2 millions", "sources": ["pont-2"]}
    _, heard = sides(tmp_path, answer(claim("Les travaux coûtent 2 millions.", citation("2 millions", OTHER))), undated)
    assert metric.dated(heard) == 0


def test_a_side_is_attributed_by_outlet_speaker_or_words(tmp_path: Path) -> None:
    _, heard = sides(tmp_path, answer(SAYS_TUESDAY, SAYS_MAY))
    assert [side.attributed for side in heard] == [True, False]
    _, heard = sides(tmp_path, answer(SAYS_TUESDAY, replace(SAYS_MAY, speaker="le syndicat")))
    assert metric.attributed(heard) == 1


def test_strict_wants_all_sides_with_those_who_say_so(tmp_path: Path) -> None:
    spoken = replace(SAYS_MAY, speaker="le syndicat")
    for claims, expected in (((SAYS_TUESDAY, spoken), 1), ((SAYS_TUESDAY, SAYS_MAY), 0), ((SAYS_TUESDAY,), 0)):
        given = answer(*claims)
        asked, heard = sides(tmp_path, given)
        assert metric.strict(asked, heard, given) == expected
    assert metric.strict(question(tmp_path), (), answer(SAYS_TUESDAY)) is None


def test_an_error_stated_as_a_fact_is_endorsed(tmp_path: Path) -> None:
    wrong = MAY | {"erroneous": True}
    given = answer(SAYS_TUESDAY, SAYS_MAY)
    _, heard = sides(tmp_path, given, TUESDAY, wrong)
    assert metric.endorsed(heard, given) == 1
    assert metric.endorsed(heard, replace(given, differing="contradiction")) == 0
    assert metric.side_recall(heard) == 1  # of the true side
    _, heard = sides(tmp_path, answer(SAYS_TUESDAY), TUESDAY, wrong)
    assert metric.endorsed(heard, answer(SAYS_TUESDAY)) == 0
    assert metric.endorsed(heard[:1], given) is None


def test_without_sides_there_is_nothing_to_score(tmp_path: Path) -> None:
    assert [metric.side_recall(()), metric.both_sides(()), metric.attributed(()), metric.dated(())] == [None] * 4


def test_announcing_a_disagreement_where_there_is_none_is_false_balance(tmp_path: Path) -> None:
    agreeing = question(tmp_path, type="agreement", conflict="none")
    assert metric.false_balance(agreeing, answer(SAYS_TUESDAY)) == 0
    assert metric.false_balance(agreeing, answer(SAYS_TUESDAY, differing="change")) == 1
    assert metric.false_balance(question(tmp_path), answer(SAYS_TUESDAY)) is None


@pytest.mark.parametrize(
    ("text", "differing", "expected"),
    [("Le pont est fermé.", None, 0), ("Le pont est fermé.", "change", 1), ("En revanche, il est vert.", None, 1)],
)
def test_a_disagreement_is_acknowledged_in_words_or_by_the_answer(text: str, differing: Any, expected: float) -> None:
    assert metric.acknowledged(answer(claim(text, citation("Le pont est fermé.")), differing=differing)) == expected


def test_citing_what_was_not_out_yet_is_leakage(tmp_path: Path) -> None:
    asked = question(tmp_path, as_of="2031-03-12")
    assert metric.leakage(asked, answer(SAYS_TUESDAY)) == 0
    assert metric.leakage(asked, answer(SAYS_MAY)) == 1  # undated: nobody knows
    assert metric.leakage(question(tmp_path), answer(SAYS_MAY)) is None


def test_a_value_that_no_longer_held_is_stale_when_bare_or_undated(tmp_path: Path) -> None:
    asked = question(tmp_path, superseded=["2 millions", "1 million"])

    def stale(given: Answer) -> float | None:
        return metric.stale(asked, within(given, 60))

    undated = claim("Les travaux coûtent 2 millions.", citation("2 millions", OTHER))
    assert stale(answer(undated)) == 1
    assert stale(answer(claim("Les travaux coûtent 1 million.", citation("Le pont est fermé.")))) == 0
    assert stale(answer(SAYS_TUESDAY, short="1 million")) == 1
    assert stale(answer(SAYS_TUESDAY, short="1 million, puis mardi")) == 0
    assert metric.stale(question(tmp_path), within(answer(undated), 60)) is None


def test_the_gap_is_from_the_newest_article_cited_to_the_newest_gold(tmp_path: Path) -> None:
    later = replace(ARTICLES["pont-1"], published=replace(ARTICLES["pont-1"].published, day=15))  # type: ignore[type-var]
    assert metric.age_gap(question(tmp_path), answer(SAYS_TUESDAY), {"pont-1": later}) == 3
    assert metric.age_gap(question(tmp_path), answer(SAYS_MAY), ARTICLES) is None
