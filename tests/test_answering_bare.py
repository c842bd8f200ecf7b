"""Tests of finding the bare answer inside a sentence."""

from __future__ import annotations

import pytest

from rag.answering.asking.question import Asked, analyse
from rag.answering.choosing.bare import bare_answers, enumeration

SURE = 0.8


def asked(question: str) -> Asked:
    """The question put to a corpus of a hundred passages that contain every stem ten times."""
    return analyse(question, lambda stem: 10, 100)


def surely(question: str, sentence: str, language: str = "fr") -> list[str]:
    found = bare_answers(asked(question), sentence, language)
    return [sentence[bare.start : bare.end] for bare in found if bare.fit >= SURE]


FOUND = [
    ("Combien de marins comptait l'équipage ?", "Les 14 marins et 30 passagers sont saufs.", "14 marins"),
    ("Combien de marins comptait l'équipage ?", "Plus de 1.400 marins grecs ont débarqué.", "Plus de 1.400 marins"),
    ("Combien de marins norvégiens ?", "Il y avait 20 marins grecs et 30 marins norvégiens.", "30 marins norvégiens"),
    ("Combien de marins norvégiens ?", "Le plus gros équipage est norvégien (30 marins).", "30 marins"),
    ("Combien de soldats norvégiens ?", "La base compte 40 militaires norvégiens.", "40 militaires norvégiens"),
    ("How many sailors were saved?", "All 14 sailors were saved on Monday.", "14 sailors"),
    ("Combien de poids lourds passent ?", "On compte 87 poids lourds à midi.", "87 poids lourds"),
    ("Combien d'employés sont licenciés ?", "Pas moins de 750 employés sont licenciés.", "Pas moins de 750 employés"),
    ("Combien d'avions atterrissent ?", "Chaque jour deux avions atterrissent à Valmer.", "deux avions"),
    ("Combien de mètres cubes de glace ?", "Près de 300 mètres cubes de glace menacent.", "Près de 300 mètres cubes"),
    ("Où Oriane déplace-t-elle ses marins ?", "Ses marins du Mali iront vers le Niger.", "Niger"),
    ("Combien de mètres carrés ?", "La halle a 4 300 mètres carrés de salles.", "4 300 mètres carrés"),
    ("How many sailors are lost?", "No fewer than 14 sailors drowned.", "No fewer than 14 sailors"),
    (
        "Quelle amende risque-t-il ?",
        "L'amende est comprise entre 500 et 2.000 dollars.",
        "entre 500 et 2.000 dollars",
    ),
    ("How much is the fine?", "The fine is between $500 and $2,000.", "between $500 and $2,000"),
    ("Combien de marins embauche-t-on ?", "Le port embauche 20 à 30 marins.", "20 à 30 marins"),
    ("Combien de marins ?", "Entre 5 marins et 9 mousses sont à bord.", "5 marins"),
    (
        "De quelle magnitude était la secousse ?",
        "Une secousse d'une magnitude de 3,3 a réveillé l'île.",
        "magnitude de 3,3",
    ),
    (
        "Combien de marins norvégiens y a-t-il en Grèce ?",
        "La flotte compte 50 marins danois, 40 norvégiens et 30 grecs.",
        "40 norvégiens",
    ),
    ("Combien de marins norvégiens ?", "Les Norvégiens ont 70 marins en Grèce.", "70 marins"),
    ("Combien coûte le pont ?", "Le pont, long de 300 mètres, a coûté 12 millions d'euros.", "12 millions d'euros"),
    ("Quelle part du capital détient-il ?", "Il détient 23 % du capital depuis 4 ans.", "23 %"),
    ("Quel âge a la directrice ?", "La directrice, 54 ans, travaille depuis 12 mois au port.", "54 ans"),
    ("Pendant combien de temps ?", "La grève a duré trois semaines dans 12 ports.", "trois semaines"),
    ("Quand le pont a-t-il été inauguré ?", "Le pont a été inauguré le 7 mai 2031 par le maire.", "7 mai 2031"),
    ("Quand la foire a-t-elle lieu ?", "La foire se tient les 2 et 3 décembre à Valmer.", "2 et 3 décembre"),
    ("When was the poll taken?", "The poll was taken Aug. 13-17 in the port.", "Aug. 13-17"),
    ("When did they race?", "They raced on June 25 and 27 in the port.", "June 25 and 27"),
    ("When did they race?", "They raced on June 25 and 27 sailors watched.", "June 25"),
    ("En quelle année a-t-il ouvert ?", "Fermé le 4 juillet, le port avait ouvert en 1968.", "1968"),
    ("Qui dirige le port ?", "Le port est dirigé par Paul Dorval depuis mai.", "Paul Dorval"),
    ("Qui dirige l'équipage ?", "Chef de la Brigade Valmer Nord, Paul Dorval dirige l'équipage.", "Paul Dorval"),
    ("Dans quel pays le navire est-il immatriculé ?", "Le navire est immatriculé au Panama.", "Panama"),
    ("Où le ferry accoste-t-il ?", "Le ferry accoste désormais à Kerlouan.", "Kerlouan"),
    (
        "Pourquoi le port ferme-t-il ?",
        "Le port ferme en raison de la tempête, dit le maire.",
        "en raison de la tempête, dit le maire",
    ),
    (
        "Pourquoi la flotte part-elle ?",
        "La flotte est partie, a dit le roi, en invoquant la tempête de mai.",
        "en invoquant la tempête de mai",
    ),
    (
        "Qui est Paul Dorval ?",
        "Selon Paul Dorval, directeur du port de Valmer, tout va bien.",
        "directeur du port de Valmer",
    ),
]


@pytest.mark.parametrize(
    ("sentence", "bare"),
    [
        ("The firm announced 11,000 job cuts on Monday.", "11,000 job cuts"),
        ("The firm cut 11,000 jobs worldwide.", "11,000 jobs"),
        ("The firm lost a 90-job order.", "90-job"),
    ],
)
def test_an_english_noun_takes_in_the_one_that_it_qualifies(sentence: str, bare: str) -> None:
    assert surely("How many jobs did the firm cut?", sentence, "en")[:1] == [bare]


@pytest.mark.parametrize(("question", "sentence", "bare"), FOUND, ids=[bare for _, _, bare in FOUND])
def test_the_bare_answer_is_taken_letter_for_letter(question: str, sentence: str, bare: str) -> None:
    assert surely(question, sentence)[:1] == [bare]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Combien de marins norvégiens ?", "Il y avait 20 marins grecs."),
        ("Combien de marins norvégiens y a-t-il en Grèce ?", "Il y a 20 marins danois en Grèce."),
        ("Combien de marins ?", "Le navire transportait 20 conteneurs."),
        ("Quand le port a-t-il fermé le 7 mai 2031 ?", "Le port a fermé le 7 mai 2031."),
        ("Qui accuse Paul Dorval ?", "Paul Dorval a été accusé."),
        ("Quelle société a bâti le pont ?", "Le pont est montré par la BBC et la NHK."),
        ("Que dit le maire ?", "Le maire dit que 30 marins sont saufs."),
        ("Le port est-il fermé ?", "Le port est fermé depuis le 7 mai."),
        ("Pourquoi le port ferme-t-il ?", "Le port ferme pour la semaine."),
        ("Combien de marins sont partis ?", "Une partie de ses 120 marins sont partis lundi."),
        ("How many sailors left?", "Half of the 120 sailors left on Monday."),
    ],
)
def test_nothing_is_taken_when_the_kind_is_not_surely_there(question: str, sentence: str) -> None:
    assert surely(question, sentence) == []


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert surely("Qui a rencontré Paul Dorval ?", "Paul Dorval a rencontré Anne Lemay.") == ["Anne Lemay"]


def test_of_two_the_one_nearest_to_the_words_of_the_question_comes_first() -> None:
    sentence = "Anne Lemay préside le comité de la foire, tandis que le port est dirigé par Paul Dorval."
    assert surely("Qui dirige le port ?", sentence)[0] == "Paul Dorval"


def test_an_english_number_goes_on_to_the_noun() -> None:
    sentence = "Oriane employs 13,000 regular workers."
    found = bare_answers(asked("How many people does Oriane employ?"), sentence, "en")
    assert sentence[found[0].start : found[0].end] == "13,000 regular workers"


def test_a_list_is_taken_whole() -> None:
    sentence = "Y participent la Grèce, l'Italie, le Portugal et Malte, selon le Panama."
    found = bare_answers(asked("Quels pays participent ?"), sentence, "fr")
    listed = enumeration(found, sentence)
    assert listed is not None
    assert sentence[listed.start : listed.end] == "Grèce, l'Italie, le Portugal et Malte"
    assert enumeration(found[:1], sentence) is None


@pytest.mark.parametrize("hostile", ["9" * 10_000, "(" * 10_000, "A " * 5_000, "1 " * 2_000, "le 7 mai " * 800])
@pytest.mark.parametrize("question", ["Combien ?", "Quand ?", "Qui ?", "Où ?", "Pourquoi ?", "Qui est Anne ?"])
def test_hostile_sentences_take_linear_time(question: str, hostile: str) -> None:
    for bare in bare_answers(asked(question), hostile, "fr"):
        assert 0 <= bare.start < bare.end <= len(hostile)


@pytest.mark.parametrize(
    ("question", "sentence", "bare"),
    [
        (
            "Quel poste occupe Paul Dorval ?",
            "Paul Dorval, chargé d'affaires à Kiev, a parlé.",
            ["chargé d'affaires à Kiev"],
        ),
        ("Quelle est la fonction de Paul Dorval ?", "Le ministre, Paul Dorval, est allé à Kiev.", []),
        ("Quel est le métier de Berg ?", "Paul Berg, et une technicienne de Brenne, sont là.", []),
        ("Quel bureau de poste a-t-on attaqué ?", "On a attaqué Valmer Poste.", []),
        ("Quel pays a envoyé des soldats ?", "La France a envoyé 500 soldats vers le Mali.", ["France", "Mali"]),
        ("Vers quel pays va Dorval ?", "Il va vers le Koweït avec les soldats qui sont en Irak.", ["Koweït"]),
        ("Dans quel pays est Dorval ?", "Il est en Irak.", ["Irak"]),
    ],
)
def test_who_asks_for_an_office_or_a_way_gets_no_other_name(question: str, sentence: str, bare: list[str]) -> None:
    assert surely(question, sentence) == bare
