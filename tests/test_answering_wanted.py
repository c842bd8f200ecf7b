"""Tests of telling what kind of answer a question wants."""

from __future__ import annotations

import pytest

from rag.answering.asking.wanted import wanted_by, wants_several

KINDS = [
    ("Combien de ports la compagnie dessert-elle ?", "number"),
    ("How many ports are there?", "number"),
    ("À quelle vitesse soufflait le vent ?", "number"),
    ("Combien coûte le billet ?", "money"),
    ("À combien se monte le passif du port ?", "money"),
    ("Combien le maire a-t-il touché d'indemnités ?", "money"),
    ("Combien de primes ont été versées ?", "number"),
    ("À combien s'élève le nombre d'amendes ?", "number"),
    ("Combien ont écopé d'amendes ?", "number"),
    ("Quels bénéfices les patients en tirent-ils ?", "name"),
    ("Combien le pont de Valmer a-t-il coûté ?", "money"),
    ("Combien paient les passagers ?", "money"),
    ("Combien de ports ont été payés ?", "number"),
    ("Combien mesure le pont ?", "number"),
    ("Combien le pays compte-t-il de ports ?", "number"),
    ("Quelle est la teneur en plomb ?", "number"),
    ("Quelle amende la société a-t-elle payée ?", "money"),
    ("How much did it cost?", "money"),
    ("Quelle part du capital l'État détient-il ?", "share"),
    ("Quel âge a la directrice ?", "age"),
    ("How old is the bridge?", "age"),
    ("Pendant combien de temps le port est-il resté fermé ?", "duration"),
    ("How long did the strike last?", "duration"),
    ("Quand le port ouvre-t-il ?", "date"),
    ("Depuis quand ?", "date"),
    ("Et quand ?", "date"),
    ("En quelle année le pont a-t-il été bâti ?", "date"),
    ("Qui dirige le port ?", "person"),
    ("Par qui le port est-il dirigé ?", "person"),
    ("Quel ministre a inauguré le port ?", "person"),
    ("Who is the mayor of Valmer?", "person"),
    ("Qui est Paul Dorval ?", "definition"),
    ("Qui était le capitaine Paul Dorval ?", "definition"),
    ("Dans quel pays la compagnie est-elle née ?", "country"),
    ("Où accoste le ferry ?", "place"),
    ("ou accoste le ferry", "place"),
    ("Dans quelle ville accoste le ferry ?", "place"),
    ("Quelle entreprise a bâti le pont ?", "organisation"),
    ("Quelle couleur a le pont ?", "name"),
    ("Pourquoi le port ferme-t-il ?", "reason"),
    ("Qu'est-ce qui a provoqué la panne ?", "reason"),
    ("Comment le port a-t-il rouvert ?", "manner"),
    ("Le port ferme-t-il ?", "yes or no"),
    ("Est-ce que le port ferme ?", "yes or no"),
    ("Did the port close?", "yes or no"),
    ("Le maire a-t-il de quoi payer ?", "yes or no"),
    ("Le maire savait-il que le pont cédait ?", "yes or no"),
    ("Sait-on ce que le maire a répondu ?", None),
    ("Quelles sont les estimations du nombre de morts ?", "number"),
    ("Quelle est l'estimation des dettes du port ?", "money"),
    ("Le maire était-il là quand le port a fermé ?", "yes or no"),
    ("De quoi le maire est-il mort ?", None),
    ("Selon le maire, à quoi le port doit-il servir ?", None),
    ("À cause de quoi le port ferme-t-il ?", "reason"),
    ("Et les travaux, quand pourront-ils reprendre ?", "date"),
    ("À partir de quand les navires pourront-ils entrer ?", "date"),
    ("Pour quand a-t-il promis un rapport ?", "date"),
    ("Que dit le maire ?", None),
    ("Quel est le dernier coût connu du pont ?", "money"),
    ("Combien de temp dure la traversée", "duration"),
    ("prix billet ferry", "money"),
    ("nombre bateaux port", "number"),
    ("port rouge nombre bateaux arrivés", "number"),
    ("pollution rivière cause", "reason"),
    ("Le prix du billet monte", None),
    ("Le port ferme-t-il ? Pourquoi ?", "reason"),
    ("Quand le port ferme-t-il ? Dites-moi.", "date"),
    ("Qui l'a dit ? (Combien de marins sont partis ?)", "person"),  # what is in brackets was asked before
    ("Et finalement ? (Combien de marins sont partis ?)", "number"),
    ("Et finalement ? (Qui est Paul Dorval ?)", "definition"),
    ("Combien sont-ils ? (Le port ferme-t-il ? Pourquoi ?)", "number"),
    ("Et pourquoi ? (Combien gagne le maire (brut) ?)", "reason"),
    ("Qui l'a dit (le maire ou le préfet) ? (Combien de marins ?)", "person"),
    ("Le port de Valmer", None),
    # by the noun that is asked for
    ("Quelle enveloppe globale la ville a-t-elle votée ?", "money"),
    ("Quel est, en 2031, le montant de la redevance ?", "money"),
    ("Quelle fut la durée de la grève ?", "duration"),
    ("Dans quel délai le port doit-il répondre ?", "duration"),
    ("À quelle échéance le pont doit-il ouvrir ?", "date"),
    ("Quelle fraction des habitants a voté ?", "share"),
    ("Quel prix littéraire a reçu l'auteur ?", "name"),
    ("Quel prix l'actrice a-t-elle remporté ?", "name"),
    ("Combien coûte le prix du billet ?", "money"),
    ("Combien vaut le prix Nobel ?", "money"),
    ("Quel est le prix du contrat remporté par la ville ?", "money"),
    ("À quel prix la ville a-t-elle obtenu le terrain ?", "money"),
    ("Prix Nobel de la paix 2031", None),
    ("Which company raised prices?", "organisation"),
    ("Which foods affect weight?", "name"),
    ("What is the mayor's age?", "age"),
    ("What is the population of Fort Worth?", "number"),
    ("What will the low cost airline offer?", "name"),
    ("What did the prosecutor charge for murder?", "name"),
    ("How much have emissions fallen?", "number"),
    ("Hausse des impôts", None),
    ("Lesquels sont partis ?", "name"),
    ("Prix de l'énergie : que propose le maire aux habitants ?", None),
    ("Jour après jour, que font les marins ?", None),
    ("Poids lourds accident pont", None),
    ("Poids total des tubes", "number"),
    ("What was the average annual salary of a pilot?", "money"),
    ("What price tag was put on the ferry?", "money"),
    ("What was Valmer's total storm death toll on 3 May?", "number"),
    ("What top speed can the ferry reach?", "number"),
    ("What is the overall jobless rate?", "share"),
    ("What is the deadline for bids?", "date"),
    ("What was pushing up home prices?", "name"),
    ("Which minister quoted the price?", "person"),
    ("How much did the bridge weigh?", "number"),
    ("How much rain fell?", "number"),
    ("By how much did sales fall?", "number"),
    ("How much will the state pay?", "money"),
    ("How much the stadium cost?", "money"),
    ("How much more will it cost?", "money"),
    ("How much aid will the port receive?", "money"),
    ("How much?", "money"),
    ("How much did the temperature rise?", "number"),
    ("How much did they weigh in on the debate?", "money"),
    ("What did scientists learn from the probe?", "name"),
    ("What does the minister say about the cost of living?", "name"),
    ("What is Fort Worth known for?", "name"),
    ("How strong was the wind?", "number"),
    ("What sentence did the captain get?", "duration"),
    ("What made headlines in March?", "name"),
    ("What's behind the fall in prices?", "reason"),
    ("What did the repair cost?", "money"),
    ("What is the port worth?", "money"),
    ("What was the damage in dollars?", "money"),
    ("What did the mayor say at the port?", "name"),
    # telegrams
    ("Date de la remise des clés au nouveau capitaine du port de Valmer", "date"),
    ("Nombre de marins engagés par la compagnie depuis le début de la saison", "number"),
    ("Somme que la ville a versée pour la réparation de la grande jetée", "money"),
    ("Qu'est-ce qui a fait monter le prix ?", None),
    # reasons without "why"
    ("What led to the crash?", "reason"),
    ("What sparked the fire?", "reason"),
    ("Qu'est-ce qui explique la hausse ?", "reason"),
    ("À quoi est due la panne ?", "reason"),
    ("Comment s'explique la panne ?", "reason"),
    ("Comment s'appelle le maire ?", "name"),
    ("De quand date le pont ?", "date"),
    ("From when will the ferry run?", "date"),
]


@pytest.mark.parametrize(("question", "wanted"), KINDS, ids=[question for question, _ in KINDS])
def test_the_kind_of_answer_wanted_is_told_by_the_question_word(question: str, wanted: str | None) -> None:
    assert wanted_by(question) == wanted


def test_the_first_question_word_tells() -> None:
    assert wanted_by("Quelle réaction a eue le maire quand le port a fermé ?") == "name"
    assert wanted_by("Combien de marins qui vivent au port ont voté ?") == "number"


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Quels pays participent ?", True),
        ("Which countries take part?", True),
        ("Citez les ports fermés.", True),
        ("Quel pays participe ?", False),
        ("Which country takes part?", False),
    ],
)
def test_a_plural_asks_for_a_list(question: str, several: bool) -> None:
    assert wants_several(question) == several


HOSTILE = ["9" * 10_000, "(" * 10_000, "quel " * 2_000, "qui est " + "A " * 4_000, "? " * 5_000, "how much " * 1_000]


@pytest.mark.parametrize("hostile", [*HOSTILE, "what did a " * 900, "what is the price " * 600, "nombre " * 1_500])
def test_hostile_questions_take_linear_time(hostile: str) -> None:
    assert wanted_by(hostile) in {kind for _, kind in KINDS}
    assert wants_several(hostile) in {True, False}
