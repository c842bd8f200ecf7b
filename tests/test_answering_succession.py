"""Tests of the values that one thing has had, put side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rag import Article
from rag.answering.asking.framing import asks_for_changes, unframed
from rag.answering.asking.question import analyse
from rag.answering.choosing.sentences import candidates
from rag.answering.composing.composition import Composition, compose
from rag.schema import Evidence, Passage

PRICE = "Comment le prix de vente du port de Valmer a-t-il évolué ?"
OPENING = "Quelles dates d'ouverture ont été successivement annoncées pour le port de Valmer ?"


def composed(question: str, told: Sequence[tuple[str, str, float]]) -> Composition:
    """The answer to a question from sentences, each with the day of its article and its score."""
    articles = {
        str(place): Article.from_text(
            text, id=str(place), published=day, outlet="Le Phare", title="Le port", language="fr"
        )
        for place, (day, text, _) in enumerate(told)
    }
    passages = [Passage(one.id, one.id, 0, len(one.text), one.text) for one in articles.values()]
    found = candidates([Evidence(passage, 1.0, 1.0, 1.0) for passage in passages], articles)
    asked = replace(analyse(unframed(question), lambda stem: 1, 10), changing=asks_for_changes(question))
    scores = np.asarray([score for *_, score in told], dtype=np.float32)
    *_, last = compose(asked, found, scores, articles, limit=3)
    return last


def quotes(shown: Composition) -> list[str]:
    return [citation.quote for claim in shown.claims for citation in claim.citations]


@pytest.mark.parametrize(
    ("question", "changes"),
    [
        (PRICE, True),
        (OPENING, True),
        ("Comment le délai accordé au port a-t-il glissé ?", True),
        ("Comment le bilan a-t-il changé au fil des jours ?", True),
        ("How did the price of the port change?", True),
        ("Combien le port de Valmer coûte-t-il ?", False),
        ("Comment le port de Valmer a-t-il brûlé ?", False),
        ("Why did the price rise?", False),
        ("Comment les pertes du port ont-elles évolué ?", True),
        ("Comment a évolué le bilan du naufrage ?", True),
        ("Quelle a été l'évolution du prix du blé ?", True),
        ("Combien de jours successifs la grève a-t-elle duré ?", False),
        ("How has climate change affected farmers?", False),
        ("How did the minister respond to the fall of the government?", False),
    ],
)
def test_a_question_asks_for_changes_or_not(question: str, changes: bool) -> None:
    assert asks_for_changes(question) is changes


def test_what_each_article_tells_stands_side_by_side_with_the_oldest_first() -> None:
    told = [
        ("2031-04-03", "Le prix du port de Valmer a été ramené à 38 millions d'euros.", 0.9),
        ("2031-07-01", "Le port de Valmer a été cédé pour 36 millions d'euros.", 0.3),
        ("2031-01-23", "L'entourage du maire de Valmer parle de 42 millions d'euros.", 0.25),
    ]
    shown = composed(PRICE, told)
    assert shown.differing == "change"
    assert [quote.split(" millions")[0][-2:] for quote in quotes(shown)] == ["42", "38", "36"]
    assert shown.short is None


def test_a_weak_account_or_one_of_another_unit_is_left_out() -> None:
    told = [
        ("2031-04-03", "Le prix du port de Valmer a été ramené à 38 millions d'euros.", 0.9),
        ("2031-07-01", "Le port de Valmer a été cédé pour 36 millions d'euros.", 0.8),
        ("2031-01-23", "Le port de Valmer emploie 300 marins.", 0.8),
        ("2031-02-23", "Le phare de Valmer est assuré pour 9 millions d'euros.", 0.05),
        ("2031-03-23", "L'entrée du port de Valmer coûte 2 euros.", 0.8),
    ]
    assert len(quotes(composed(PRICE, told))) == 2


def test_an_article_on_a_delay_keeps_a_line_of_its_own() -> None:
    told = [
        ("2031-02-08", "Le port de Valmer ouvrira le 1er juillet.", 0.9),
        ("2031-05-23", "L'ouverture du port de Valmer, prévue le 1er juillet, est remise au 4 octobre.", 0.8),
        ("2031-09-02", "L'ouverture du port de Valmer, prévue le 4 octobre, est remise au 15 novembre.", 0.8),
    ]
    assert [quote[-15:] for quote in quotes(composed(OPENING, told))] == [
        "le 1er juillet.",
        "e au 4 octobre.",
        "au 15 novembre.",
    ]


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Comment les pertes du port ont-elles évolué depuis 2022 ?", "Quelles sont les pertes du port ?"),
        ("Comment l'aide au port a-t-elle évolué ?", "Quelle est l'aide au port ?"),
        ("Comment a évolué le bilan du naufrage ?", "Quel est le bilan du naufrage ?"),
        ("Quelle a été l'évolution de la dette du port ?", "Quelle est la dette du port ?"),
        ("How has climate change affected farmers?", "How has climate change affected farmers?"),
    ],
)
def test_what_has_changed_is_asked_for_plainly(question: str, plain: str) -> None:
    assert unframed(question) == plain


def test_many_that_agree_do_not_hide_what_changed() -> None:
    agreeing = [(f"2031-0{month}-03", "Le port de Valmer vaut 38 millions d'euros.", 0.9) for month in range(1, 7)]
    told = [*agreeing, ("2031-09-01", "Le port de Valmer ne vaut plus que 20 millions d'euros.", 0.8)]
    assert [quote.split(" millions")[0][-2:] for quote in quotes(composed(PRICE, told))][-1] == "20"


def test_sources_that_all_say_the_same_have_not_changed() -> None:
    told = [
        ("2031-04-03", "Le prix du port de Valmer est de 38 millions d'euros.", 0.9),
        ("2031-07-01", "Le port de Valmer vaut 38 millions d'euros.", 0.8),
    ]
    assert composed(PRICE, told).differing is None
