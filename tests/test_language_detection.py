import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.detection import detect_language, question_language

ARTICLES = {
    "fr": "Le gouvernement a annoncé mardi le retrait temporaire d’une partie de son personnel de la base, selon des "
    "sources de la coalition. La ministre a expliqué que la décision avait été prise après les attaques qui ont tué "
    "plusieurs soldats dans la région.",
    "en": "The government announced on Tuesday that a part of its personnel was leaving the base, according to sources "
    "in the coalition. The minister said that the decision had been taken after the attacks that killed several "
    "soldiers in the region.",
    "es": "El Gobierno anunció el martes que las tropas desplegadas en la base de la capital se retirarán de forma "
    "temporal, según fuentes de la coalición. La ministra de Defensa explicó que la decisión fue tomada tras los "
    "ataques de la semana pasada, en los que murieron varios soldados.",
    "ca": "El Govern de la Generalitat ha anunciat que les mesures entraran en vigor dimarts, segons ha explicat el "
    "conseller en una roda de premsa. Les entitats demanen que es reforcin les ajudes a les famílies del país.",
    "de": "Die Bundesregierung hat am Dienstag angekündigt, einen Teil der Soldaten aus dem Stützpunkt abzuziehen.",
    "it": "Il governo italiano ha annunciato martedì il ritiro temporaneo di una parte del personale dalla base, "
    "secondo quanto riferito da fonti della coalizione.",
}


@pytest.mark.parametrize("language", ARTICLES)
def test_the_language_of_a_paragraph_is_known(language: str) -> None:
    assert detect_language(ARTICLES[language]) == language


@pytest.mark.parametrize("text", ["", "   ", "123 456", "ok", "???", "\x00"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Combien de soldats français en Irak ?", "fr"),
        ("soldats francais irak combien", "fr"),
        ("COMBIEN DE SOLDATS ?", "fr"),
        ("qui dirige la coalition", "fr"),
        ("capitale kurdistan irakien", "fr"),
        ("l'otan part ?", "fr"),
        ("Pourquoi ?", "fr"),
        ("How many French soldiers are there?", "en"),
        ("WHO LEADS IT", "en"),
        ("What did Marine Le Pen say about the Pays de la Loire?", "en"),
        ("why", "en"),
        ("Who's leaving?", "en"),
        ("soldiers leaving bases", "en"),
        ("", "fr"),
        ("?", "fr"),
        ("2020", "fr"),
        ("联军有多少士兵", "fr"),
        ("Cuántos soldados españoles quedan", "fr"),
    ],
)
def test_a_question_is_answered_in_its_language_and_in_french_when_in_doubt(question: str, language: str) -> None:
    assert question_language(question) == language


def test_a_plain_question_is_decided_without_loading_a_model() -> None:
    program = (
        "import sys; from rag.language.detection import question_language as ask;"
        "assert ask('Combien de soldats ?') == 'fr' and ask('How many soldiers?') == 'en';"
        "assert 'py3langid' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@given(st.text(st.characters(codec=None)))
def test_any_text_has_a_language_to_answer_in(text: str) -> None:
    assert question_language(text) in {"fr", "en"}
    detected = detect_language(text)
    assert detected is None or len(detected) in {2, 3}
