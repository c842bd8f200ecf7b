"""Tests of which sentences set themselves against what was said before."""

from __future__ import annotations

import pytest

from rag import Article, Assistant
from rag.answering.choosing.contrasts import contrasts, reserves
from rag.language.folding import fold


@pytest.mark.parametrize(
    "sentence",
    [
        "Les organisateurs en revendiquent 9 000.",
        "La direction dément.",
        "Le Cambodge n'en compte que 17.",
        "Le ministère ne retient que 140 cas.",
        "Il assure que le mur tenait.",
        "« Le mur tenait », assure Anne Lemaire.",
        "La mairie, elle, parle de 900 personnes.",
        "Le syndicat s'en tient à cinq millions.",
        "The agency knows of three.",
        "« Pas un de plus », objecte Anne Lemaire.",
        "« Le retard est celui de la ville », riposte Paul Dorval.",
        "« Nous en sommes à 34 », dit le médecin.",
        "Le collectif l'évalue à 58 % seulement.",
        "L'entreprise n'admet que 49 départs.",
        "L'armée en a compté 71.",
        "La Commission juge ce montant très exagéré.",
        "L'association estime qu'ils sont 14 000.",
        "« Non, car il est antérieur », dit le ministre.",
        "Le parquet, convaincu du contraire, a fait appel.",
        "Le préfet parle de 60 000, car il compte aussi les absents.",
        "La Cour des comptes arrive à 520 millions.",
        "Des témoins désignent la garde du port.",
        "La défense soutient que le mur n'a coûté que 94 000 euros.",
    ],
)
def test_a_sentence_speaks_for_another_side(sentence: str) -> None:
    assert contrasts(fold(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Son premier adjoint assure l'intérim.",
        "118 décès sont imputables à la canicule.",
        "Il est parti en annonçant un appel.",
        "Le maintien de l'ordre a coûté deux millions.",
        "Le port emploie 300 marins.",
        "L'objectif est de 300 marins.",
        "Nonante marins l'ont vu.",
        "Non loin de là, 30 personnes ont été évacuées.",
        "La riposte israélienne a fait 40 morts.",
        "Celui de Brenne n'offre que 8 000 places.",
        "Il devait pourtant en coûter 8 millions.",
        "Les travaux en sont à leur dernière phase.",
        "No one in the building was hurt.",
        "Ce n'est qu'en 2019 que le port a fermé.",
        "Une tempête balaie la côte.",
        "Le préfet parle de la digue.",
        "Le ferry arrive à quai.",
        "La mairie soutient le club.",
        "Le juge désigné a déjà entendu 30 personnes.",
        "L'homme accusé avait déjà tué 5 personnes.",
        "Une équipe de 30 pompiers arrive à 8 heures.",
        "Le train arrive à 14 h 30.",
        "Un rassemblement en soutien au maire a réuni 200 personnes.",
        "Une autre explosion n'a fait que 5 blessés.",
    ],
)
def test_a_sentence_that_goes_on_does_not(sentence: str) -> None:
    assert not contrasts(fold(sentence))


@pytest.mark.parametrize(
    ("sentence", "doubts"),
    [
        ("Cette information n'a pas été confirmée de source officielle.", True),
        ("Ces chiffres n’ont pu être vérifiés de source indépendante.", True),
        ("L'annonce a aussitôt été démentie par la mairie.", True),
        ("The claim could not be independently verified.", True),
        ("That report was later denied.", True),
        ("Cette information a été confirmée par la mairie.", False),
        ("La mairie n'a pas confirmé sa venue.", False),
        ("The claims were denied by the court.", False),
        ("The platform has not confirmed when it stops.", False),
    ],
)
def test_what_casts_doubt_on_what_was_told_is_known(sentence: str, *, doubts: bool) -> None:
    assert reserves(fold(sentence)) == doubts


def test_a_doubt_is_shown_right_after_what_it_is_about_and_alone() -> None:
    text = (
        "Les marins danois ont quitté le port de Brenne, a déclaré le porte-parole de la ville. « Ils sont partis à "
        "l'aube, en bon ordre », a-t-il précisé. Cette information n'a pas été confirmée de source danoise. La mer est "
        "calme."
    )
    article = Article.from_text(text, id="port", published="2031-03-04", language="fr")
    with Assistant.from_articles([article]) as assistant:
        shown = [claim.text for claim in assistant.ask("Les marins danois ont-ils quitté Brenne ?").claims]
    assert shown[0].startswith("Les marins danois ont quitté")
    assert "Cette information n'a pas été confirmée de source danoise." in shown
