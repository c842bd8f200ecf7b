"""Tests of taking the courtesies off a question."""

from __future__ import annotations

import pytest

from rag.answering.asking.courtesy import is_only_polite, to_the_point


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
        ("Bonjour ! Combien de morts ?", "Combien de morts ?"),
        ("Bonjour pourriez-vous me dire quand le pont ouvre ?", "Quand le pont ouvre ?"),
        ("Dis moi qui dirige le port", "Qui dirige le port"),
        ("Merci de me dire quand le pont ouvre", "Quand le pont ouvre"),
        ("Please could you tell me who won?", "Who won?"),
        ("When did it open, thanks in advance?", "When did it open?"),
        ("Combien de marins, s'il vous plaît\u00a0?", "Combien de marins\u00a0?"),
        ("dis-moi combien de marins", "combien de marins"),
        # What asks for yes or no stays, and so does what has no question in it.
        ("Savez-vous si le maire vient ?", "Savez-vous si le maire vient ?"),
        ("Bonjour", "Bonjour"),
        ("Merci !", "Merci !"),
        ("Qui a dit merci ?", "Qui a dit merci ?"),
        ("Qui a écrit « Bonjour tristesse » ?", "Qui a écrit « Bonjour tristesse » ?"),
        ("Combien de marins ?", "Combien de marins ?"),
        ("Who said please?", "Who said please?"),
        ("Que signifie SVP ?", "Que signifie SVP ?"),
        ("Who wrote 'Yes, please'?", "Who wrote 'Yes, please'?"),
        ("Hello! magazine paid how much?", "Hello! magazine paid how much?"),
    ],
)
def test_only_the_question_is_left(question: str, point: str) -> None:
    assert to_the_point(question) == point


@pytest.mark.parametrize("hostile", ["merci. " * 80, "tell me " * 70, "(" * 600, "? merci " * 70, ", svp" * 110])
def test_hostile_questions_take_linear_time(hostile: str) -> None:
    assert to_the_point(hostile).lower() in hostile.lower()


@pytest.mark.parametrize(
    "turn",
    [
        "merci",
        "Merci beaucoup !",
        "ok",
        "Bonjour",
        "Parfait, merci.",
        "Thank you very much",
        "d'accord",
        "Good evening",
    ],
)
def test_thanks_ask_nothing(turn: str) -> None:
    assert is_only_polite(turn)


@pytest.mark.parametrize(
    "turn",
    [
        "Merci à qui ?",
        "Bonjour, où est le pont ?",
        "OK Corral",
        "Bien mal acquis",
        "1 merci",
        "accord",
        "note",
        "evening",
    ],
)
def test_what_is_more_than_thanks_asks_something(turn: str) -> None:
    assert not is_only_polite(turn)
