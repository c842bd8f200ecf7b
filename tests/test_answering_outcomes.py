"""Tests of keeping what was demanded apart from what was decided."""

from __future__ import annotations

import numpy as np
import pytest

from rag import Article
from rag.answering.asking.question import analyse
from rag.answering.choosing.outcomes import OF_A_DEMAND, with_outcome
from rag.answering.choosing.sentences import candidates
from rag.schema import Evidence, Passage

FRENCH = (
    "Le parquet avait requis 18 ans de prison contre lui. La justice l'a condamné lundi à 16 ans de prison. "
    "Il a été condamné alors qu'il risquait 20 ans de prison. Le verdict a été lu dans le calme du tribunal."
)
ENGLISH = (
    "Prosecutors had sought 18 years in prison for him. The judge sentenced him on Monday to 16 years. "
    "He was convicted although he faced 20 years in prison. The verdict was read out in a calm courtroom."
)


@pytest.mark.parametrize(
    ("question", "text", "kept"),
    [
        ("À combien d'années de prison a-t-il été condamné ?", FRENCH, [OF_A_DEMAND, 1, 1, 1]),
        ("Quelle peine lui a été infligée ?", FRENCH, [OF_A_DEMAND, 1, 1, 1]),
        ("Combien d'années de prison le parquet a-t-il requises ?", FRENCH, [1, 1, 1, 1]),
        ("Qui a condamné l'attaque ?", FRENCH, [1, 1, 1, 1]),
        ("Que risquait-il avant d'être condamné ?", FRENCH, [1, 1, 1, 1]),
        ("Combien d'années passe-t-il en prison ?", FRENCH, [1, 1, 1, 1]),
        ("How long was he sentenced to?", ENGLISH, [OF_A_DEMAND, 1, 1, 1]),
        ("What sentence did prosecutors seek?", ENGLISH, [1, 1, 1, 1]),
    ],
)
def test_where_a_decision_is_asked_for_demands_are_less_likely(question: str, text: str, kept: list[float]) -> None:
    article = Article.from_text(text, id="a")
    found = candidates([Evidence(Passage("a", "a", 0, len(text), text), 1.0, 1.0, 1.0)], {"a": article})
    scores = np.full(len(found), 0.8, dtype=np.float32)
    asked = analyse(question, lambda stem: 1, 10)
    assert with_outcome(asked, found, scores) == pytest.approx(0.8 * np.array(kept))
