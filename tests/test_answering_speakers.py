"""Tests of who says a sentence: named in it, beside its quotation, or meant by a pronoun."""

from __future__ import annotations

import time

import pytest
from conftest import SEEDS

from rag.answering.composing.speakers import speaker
from rag.language.sentences import sentence_spans


def who(article: str, sentence: str, language: str = "fr") -> str | None:
    """Who says the sentence of the article that begins with these words."""
    start = article.index(sentence)
    end = next(end for begin, end in sentence_spans(article, language) if begin <= start < end)
    return speaker(article, start, end, language)


FRENCH = [
    ("Selon la préfecture, le pont est fermé.", "la préfecture"),
    ("Le pont est fermé, selon le porte-parole du ministère.", "le porte-parole du ministère"),
    ("D'après Anne Dorval, maire de Valmer, le pont est fermé.", "Anne Dorval"),
    ("Le pont est fermé, a déclaré mardi le général Luc Arnal.", "le général Luc Arnal"),
    ("Le pont est fermé, a indiqué à l'AFP Anne Dorval.", "Anne Dorval"),
    (
        "Le pont est fermé, a annoncé jeudi soir dans un communiqué la ministre de la Défense.",
        "la ministre de la Défense",
    ),
    ("Le pont est fermé, explique la présidente du syndicat, Anne Dorval.", "la présidente du syndicat"),
    ("« Le pont est fermé », assure le maire sur son compte.", "le maire"),
    ("La ministre a affirmé que le pont était fermé.", "La ministre"),
    ("M. Arnal a répété lundi que le pont était fermé.", "M. Arnal"),
    ("Anne Dorval, maire de Valmer, assure que le pont est fermé.", "Anne Dorval"),
    ("Mais le maire a de nouveau déclaré que le pont était fermé.", "le maire"),
    ("Les autorités ont confirmé vendredi la fermeture du pont.", "Les autorités"),
    ("Le maire a déclaré : « Le pont est fermé ».", "Le maire"),
    ("Le pont est fermé, comme l'a dit le maire.", "le maire"),
]
ENGLISH = [
    ("The bridge is closed, according to the ministry.", "the ministry"),
    ("According to Anne Dorval, the bridge is closed.", "Anne Dorval"),
    ("“The bridge is closed,” said Mayor Anne Dorval.", "Mayor Anne Dorval"),
    ("“The bridge is closed,” Dorval told reporters.", "Dorval"),
    ("The minister said the bridge was closed.", "The minister"),
    ("Luc Arnal, a city spokesman, said the bridge was closed.", "Luc Arnal"),
    ("The bridge is closed, the city council said in a statement.", "the city council"),
]
SPEECHLESS = [
    "Le pont est fermé depuis lundi.",
    "Les horaires changent selon la saison.",
    "Cette information n'a pas été confirmée de source officielle.",
    "Le maire n'a pas précisé que le pont était fermé.",
    "Le pont est fermé, est-il écrit à l'entrée.",
    "Il a dit que le pont était fermé.",
    "Qui l'a dit ?",
]


@pytest.mark.parametrize(("sentence", "source"), FRENCH, ids=[case[0][:50] for case in FRENCH])
def test_a_french_source_is_named_in_its_own_words(sentence: str, source: str) -> None:
    assert who(f"Le fleuve monte.\n{sentence}", sentence[:12]) == source


@pytest.mark.parametrize(("sentence", "source"), ENGLISH, ids=[case[0][:50] for case in ENGLISH])
def test_an_english_source_is_named_in_its_own_words(sentence: str, source: str) -> None:
    assert who(f"The river rises.\n{sentence}", sentence[:12], "en") == source


@pytest.mark.parametrize("sentence", SPEECHLESS)
def test_nobody_is_named_where_nobody_speaks(sentence: str) -> None:
    assert who(sentence, sentence[:8]) is None


def test_every_sentence_of_a_quotation_is_its_speakers() -> None:
    article = "« Le pont est fermé. La route est ouverte », a déclaré le maire. Le fleuve monte."
    assert who(article, "« Le pont") == "le maire"
    assert who(article, "La route") == "le maire"
    assert who(article, "Le fleuve") is None


def test_a_quotation_may_follow_its_speaker() -> None:
    article = "Le maire a averti : « Le pont est fermé. La route est ouverte. » Le fleuve monte."
    assert who(article, "La route") == "Le maire"


def test_a_pronoun_means_the_nearest_speaker_of_its_gender_and_number() -> None:
    article = (
        "Le pont est fermé, a dit le maire. La route est ouverte, a indiqué la préfète. "
        "« Le fleuve monte », a-t-elle ajouté. Elle précise que le port est sûr."
    )
    assert who(article, "« Le fleuve") == "la préfète"
    assert who(article, "Elle précise") == "la préfète"


def test_a_pronoun_that_fits_no_speaker_is_left_alone() -> None:
    assert (
        who("Les pompiers ont dit que le pont est fermé. « Le fleuve monte », a-t-elle ajouté.", "« Le fleuve") is None
    )


def test_this_official_is_who_was_named_before() -> None:
    article = "Le pont est fermé, a dit le général Luc Arnal. La route est ouverte, a indiqué ce haut responsable."
    assert who(article, "La route") == "le général Luc Arnal"


def test_the_speakers_of_the_first_corpus() -> None:
    article = (SEEDS / "002_98b7e4b0f8293a60.txt").read_text(encoding="utf-8")
    spokesman = "le porte-parole des forces armées irakiennes le général de division Abdel Karim Khalaf"
    assert who(article, "Les forces françaises se sont retirées") == spokesman
    assert who(article, "« Les forces françaises ont quitté") == spokesman
    assert who(article, "Cette information") is None
    assert who(article, "Khalaf a signalé") == "Khalaf"


def test_what_is_found_is_always_in_the_article() -> None:
    for path in SEEDS.glob("0*.txt"):
        article = path.read_text(encoding="utf-8")
        for start, end in sentence_spans(article):
            found = speaker(article, start, end, "fr")
            assert found is None or found in article


@pytest.mark.parametrize("noise", ["«" * 10_000, '"' * 10_000, "(" * 10_000, "1" * 10_000, "a dit que " * 1_000])
def test_hostile_text_costs_no_more_than_its_length(noise: str) -> None:
    article = f"Le pont est fermé. {noise} a dit le maire."
    began = time.thread_time()
    speaker(article, 0, 18, "fr")
    speaker(article, len(article) - 20, len(article), "fr")
    assert time.thread_time() - began < 1
