"""Tests of taking the courtesies off a question."""

from __future__ import annotations

import pytest

from rag.answering.asking.courtesy import to_the_point


@pytest.mark.parametrize(
    ("question", "point"),
    [
        ("Bonjour, pourriez-vous me dire quand le pont ouvre ?", "Quand le pont ouvre ?"),
        ("Could you tell me which team she joined?", "Which team she joined?"),
        ("J'aimerais savoir de quelle ville il vient, merci d'avance", "De quelle ville il vient"),
        ("Peut-on savoir combien ?", "Combien ?"),
        ("Est-ce qu'on sait combien il coûte ?", "Combien il coûte ?"),
        ("Do we know who sank it?", "Who sank it?"),
        ("Merci. Et les Britanniques ?", "Et les Britanniques ?"),
        ("Combien de marins, s'il vous plaît ?", "Combien de marins ?"),
        ("Combien de marins ? Merci !", "Combien de marins ?"),
        ("Where is it, please?", "Where is it?"),
        ("ok, why?", "why?"),
        ("dis-moi combien de marins", "combien de marins"),
        # What asks for yes or no stays, and so does what has no question in it.
        ("Savez-vous si le maire vient ?", "Savez-vous si le maire vient ?"),
        ("Bonjour", "Bonjour"),
        ("Merci !", "Merci !"),
        ("Qui a dit merci ?", "Qui a dit merci ?"),
        ("Qui a écrit « Bonjour tristesse » ?", "Qui a écrit « Bonjour tristesse » ?"),
        ("Combien de marins ?", "Combien de marins ?"),
    ],
)
def test_only_the_question_is_left(question: str, point: str) -> None:
    assert to_the_point(question) == point


@pytest.mark.parametrize("hostile", ["merci. " * 80, "tell me " * 70, "(" * 600, "? merci " * 70, "9" * 10_000])
def test_hostile_questions_are_taken_as_they_are_or_cut_in_linear_time(hostile: str) -> None:
    assert to_the_point(hostile) in hostile or to_the_point(hostile).lower() in hostile.lower()
