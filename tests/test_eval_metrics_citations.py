"""Citations and faithfulness on answers one can score by hand, with a judge that knows what it is told."""

from __future__ import annotations

import pytest
from eval_stand_in import ARTICLE, ARTICLES, OTHER, citation, claim

from eval.metrics import citations, faithfulness
from eval.metrics.citations import Judge
from eval.metrics.retrieval import Span
from rag.schema import Article, Citation, Claim

CLOSED, MAY, COSTS = (
    citation("Le pont est fermé."),
    citation("pas avant mai", OTHER, 2),
    citation("2 millions", OTHER, 3),
)


def judge(*sufficient: set[int]) -> Judge:
    """A judge for whom the citations of these numbers, or more, bear a sentence out."""

    def decide(claim: Claim, cited: tuple[Citation, ...]) -> float:
        return float(any(numbers <= {one.number for one in cited} for numbers in sufficient))

    return decide


BOTH = [claim("Le pont est fermé.", CLOSED, MAY), claim("Il est vert.", COSTS)]


@pytest.mark.parametrize(
    ("sufficient", "recall", "precision"),
    [
        pytest.param([{1}], 1 / 2, 1 / 3, id="one-does-and-the-other-adds-nothing"),
        pytest.param([{1, 2}], 1 / 2, 2 / 3, id="both-are-needed"),
        pytest.param([{1}, {2}], 1 / 2, 2 / 3, id="each-does-alone"),
        pytest.param([{1}, {3}], 1, 2 / 3, id="every-sentence-is-borne-out"),
        pytest.param([], 0, 0, id="nothing-is"),
    ],
)
def test_recall_and_precision_by_hand(sufficient: list[set[int]], recall: float, precision: float) -> None:
    assert citations.recall(BOTH, judge(*sufficient)) == pytest.approx(recall)
    assert citations.precision(BOTH, judge(*sufficient)) == pytest.approx(precision)


def test_a_sentence_without_citation_is_not_borne_out() -> None:
    bare = [Claim("Le pont est fermé.", (), "supported")]
    assert citations.recall(bare, judge(set())) == 0
    assert citations.precision(bare, judge(set())) is None
    assert (citations.uncited(bare), citations.per_claim(bare)) == (1, 0)
    assert (citations.uncited(BOTH), citations.per_claim(BOTH)) == (0, 1.5)


def test_no_sentences_cannot_be_scored() -> None:
    assert [citations.recall([], judge()), citations.uncited([]), citations.per_claim([])] == [None] * 3
    assert [citations.validity([], ARTICLES), citations.exactness([], ARTICLES), citations.f1(None, 1)] == [None] * 3
    assert [faithfulness.faithfulness([], judge()), faithfulness.truncation([])] == [None] * 2
    assert citations.f1(0.5, 1) == pytest.approx(2 / 3)
    assert citations.f1(0, 0) == 0


def test_gold_citations_hold_a_gold_span() -> None:
    gold = (Span("pont-1", 0, 18), Span("pont-1", 20, 37))
    assert citations.gold_precision([CLOSED, MAY], gold) == 0.5
    assert citations.gold_recall([CLOSED, MAY], gold) == 0.5
    assert citations.gold_precision([], gold) is None


def test_a_quote_is_exact_letter_for_letter() -> None:
    changed = {"pont-1": Article.from_text("Le pont est fermé !", id="pont-1"), "pont-2": OTHER}
    assert citations.exactness([CLOSED, MAY], ARTICLES) == 1
    assert citations.exactness([CLOSED, MAY], changed) == 0.5
    assert citations.validity([CLOSED, MAY], {"pont-1": ARTICLE}) == 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Le pont est fermé.", 1, id="verbatim"),
        pytest.param("le PONT est ferme", 1, id="folded"),
        pytest.param("Le pont est fermé", 1, id="a-piece-of-the-quote"),
        pytest.param("Le grand pont est fermé.", 0, id="a-word-put-in"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_verbatim_is_nine_tenths_in_one_piece(text: str, expected: float) -> None:
    assert faithfulness.verbatim(claim(text, CLOSED), (CLOSED,)) == expected


def test_the_verifier_judges_quotes_one_by_one_and_together() -> None:
    reopen = citation("Il rouvrira mardi, selon la mairie.")
    assert faithfulness.verified(claim("Le pont est fermé.", CLOSED), (CLOSED,)) == 1
    assert faithfulness.verified(claim("Le pont est ouvert.", CLOSED), (CLOSED, reopen)) == 0
    assert faithfulness.verified(claim("Le pont est fermé.", CLOSED), ()) == 0


@pytest.mark.parametrize(
    ("text", "distorted"),
    [
        ("Il rouvrira mardi, selon la mairie.", True),
        ("Mais le pont est fermé.", True),
        ("Cette mesure est provisoire.", True),
        ("However, it is closed.", True),
        ("« Le pont est fermé, a dit le maire.", True),
        ("Il y a un pont.", False),
        ("Ce mardi, le pont est fermé.", False),
        ("« Le pont est fermé », a dit le maire.", False),
        ("Le pont est fermé depuis mardi.", False),
    ],
)
def test_a_quote_that_leans_on_what_is_not_shown_is_distorted(text: str, distorted: bool) -> None:
    assert faithfulness.distorted(claim(text, CLOSED)) is distorted


def test_a_weekday_under_an_undated_source_is_distorted() -> None:
    assert faithfulness.truncation([claim("Le pont est fermé depuis mardi.", MAY), claim("Le pont est fermé.")]) == 0.5
    assert faithfulness.truncation([claim("Le pont est fermé.", CLOSED, verdict="supported")]) is None
