"""What makes an answer right: what is said, within how many words, under which article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from eval_stand_in import ARTICLE, ARTICLES, OTHER, answer, citation, claim, evidence, question

from eval.scoring import judge, right, score, verbatim, word_limit
from rag.schema import Answer

TUESDAY = claim("Il rouvrira mardi, selon la mairie.")
LONG = " ".join(["long"] * 60)
SIDES = [{"value": "mardi", "sources": ["pont-1"]}, {"value": "pas avant mai", "sources": ["pont-2"]}]
MAY = claim("Le pont ne rouvrira pas avant mai.", citation("pas avant mai", OTHER, 2))
UNANSWERABLE = {"answerable": False, "type": "absent", "answers": [], "gold": []}
NUGGETS = [{"id": "a", "must": ["mardi"]}, {"id": "b", "must": ["mairie"]}]
THREE = [{"kind": "list", "value": ["mardi", "mercredi", "jeudi"]}]


@pytest.mark.parametrize(
    ("fields", "given", "outcome"),
    [
        pytest.param({}, answer(TUESDAY), "right", id="said-and-cited"),
        pytest.param({}, answer(claim("Le pont est fermé.")), "wrong", id="not-said"),
        pytest.param({}, answer(claim("mardi", citation("pas avant mai", OTHER))), "wrong", id="wrong-article"),
        pytest.param({}, answer(), "declined", id="declined"),
        pytest.param({}, answer(claim(LONG, citation("Le pont est fermé.")), TUESDAY), "wrong", id="too-late"),
        pytest.param({}, answer(claim(LONG, citation("Il rouvrira mardi")), short="mardi"), "right", id="bare-first"),
        pytest.param({"forbidden": ["mairie"]}, answer(TUESDAY), "wrong", id="forbidden"),
        pytest.param(UNANSWERABLE, answer(), "rightly declined", id="rightly-declined"),
        pytest.param(UNANSWERABLE, answer(TUESDAY), "invented", id="invented"),
        pytest.param({"type": "conflict", "sides": SIDES}, answer(TUESDAY, MAY), "right", id="both-sides"),
        pytest.param({"type": "conflict", "sides": SIDES}, answer(TUESDAY), "partial", id="one-side"),
        pytest.param(
            {"type": "conflict", "sides": SIDES},
            answer(claim(LONG, citation("Le pont est fermé.")), TUESDAY, MAY),
            "right",
            id="sides-have-more-words",
        ),
        pytest.param({"type": "list", "answers": THREE}, answer(TUESDAY), "right", id="list-f1-of-a-half"),
        pytest.param(
            {"type": "list", "answers": THREE}, answer(TUESDAY, short="mardi, lundi, hier"), "partial", id="list-below"
        ),
        pytest.param({"type": "reason", "nuggets": NUGGETS}, answer(TUESDAY), "right", id="all-nuggets"),
        pytest.param(
            {"type": "reason", "nuggets": NUGGETS}, answer(claim("Il rouvrira mardi")), "partial", id="half-the-nuggets"
        ),
        pytest.param(
            {"answers": [{"kind": "date", "value": "2031-03-11"}]},
            answer(claim("en mars 2031", citation("Il rouvrira mardi"))),
            "partial",
            id="coarser-date",
        ),
    ],
)
def test_the_outcome_of_an_answer(tmp_path: Path, fields: dict[str, Any], given: Answer, outcome: str) -> None:
    asked = question(tmp_path, **fields)
    assert judge(asked, given)[0] == outcome
    assert right(asked, given) == (outcome in ("right", "rightly declined"))


def test_an_old_source_of_a_side_is_told_from_a_missing_one(tmp_path: Path) -> None:
    asked = question(tmp_path, type="conflict", sides=SIDES)
    misled = claim("Le pont ne rouvrira pas avant mai.", citation("Le pont est fermé."))
    assert judge(asked, answer(TUESDAY, misled))[1] == ("side 2 (('pont-2',)) is not cited",)
    assert judge(asked, answer(TUESDAY))[1] == ("side 2 (('pont-2',)) is not stated",)


def test_sixty_words_are_enough_but_for_lists_and_several_facts(tmp_path: Path) -> None:
    assert word_limit(question(tmp_path)) == 60
    assert word_limit(question(tmp_path, sides=SIDES)) == 120
    assert word_limit(question(tmp_path, type="list", answers=THREE)) == 120


def test_an_answer_that_failed_to_come_is_not_scored(tmp_path: Path) -> None:
    failed = score(question(tmp_path), None, ARTICLES)
    assert (failed.outcome, failed.values) == ("error", {})


def test_all_metrics_of_a_right_answer(tmp_path: Path) -> None:
    found = (evidence(OTHER, 0, 30), evidence(ARTICLE, 0, 40))
    scored = score(question(tmp_path), answer(TUESDAY, evidence=found, confidence=0.7), ARTICLES)
    expected = {
        "right": 1, "right@60": 1, "truthfulness": 1, "contains@60": 1, "words": 6, "declined": 0, "confidence": 0.7,
        "span_recall@5": 1, "mrr@10": 0.5, "article_hit@5": 1, "redundancy@5": 0, "cite_recall": 1, "cite_precision": 1,
        "gold_cite_precision": 1, "gold_cite_recall": 1, "quote_exact": 1, "faithful_t0": 1, "faithful_t1": 1,
        "truncation": 1, "language_match": 1,
    }  # fmt: skip
    assert {name: scored.values[name] for name in expected} == pytest.approx(expected)
    assert scored.gold == (("pont-1", 19, 36, 2),)
    assert not {"stale", "leakage", "list_f1", "nuggets_all", "invented", "both_sides"} & set(scored.values)


def test_what_was_never_said_or_found_is_not_scored(tmp_path: Path) -> None:
    declined = score(question(tmp_path), answer(), ARTICLES)
    assert declined.values["span_recall@5"] == 0
    assert not {"cite_recall", "faithful_t1", "words", "gold_cite_precision"} & set(declined.values)
    assert declined.values["confidence"] is None
    unanswerable = score(question(tmp_path, **UNANSWERABLE), answer(TUESDAY), ARTICLES)
    assert unanswerable.values["invented"] == 1
    assert not {"span_recall@5", "contains@60", "declined"} & set(unanswerable.values)


def test_a_day_asked_about_is_scored_as_such(tmp_path: Path) -> None:
    asked = question(tmp_path, type="as_of", as_of="2031-03-12")
    assert score(asked, answer(TUESDAY), ARTICLES).values["as_of_right"] == 1


def test_a_list_and_nuggets_have_figures_of_their_own(tmp_path: Path) -> None:
    listed = score(question(tmp_path, type="list", answers=THREE), answer(TUESDAY), ARTICLES).values
    assert (listed["list_precision"], listed["list_recall"]) == (1, pytest.approx(1 / 3))
    explained = score(question(tmp_path, nuggets=NUGGETS), answer(TUESDAY), ARTICLES).values
    assert (explained["nuggets_vital"], explained["nuggets_all"]) == (1, 1)


def test_verbatim_is_all_or_nothing() -> None:
    assert verbatim(answer(TUESDAY), ARTICLES)
    assert verbatim(answer(), ARTICLES)
    assert not verbatim(answer(TUESDAY), {})
