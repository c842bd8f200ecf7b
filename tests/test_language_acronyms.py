"""Tests of names that a text gives with their acronym."""

from __future__ import annotations

import time

import pytest

from rag.language.acronyms import defined, other_forms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("la fusée Valmer Launch System (VLS) part", [("Valmer Launch System", "VLS")]),
        ("l'Agence régionale du littoral (ARL) dit", [("Agence régionale du littoral", "ARL")]),
        ("la Ligue des droits de l'Océan (LDO)", [("Ligue des droits de l'Océan", "LDO")]),
        ("Côte-de-Valmer Mobilités (CDVM)", []),  # a small word counts for no letter inside
        ("the Port Workers Guild-Union of Divers (PWG-UD)", [("Port Workers Guild-Union of Divers", "PWG-UD")]),
        ("selon l'ARL (Agence régionale du littoral),", [("Agence régionale du littoral", "ARL")]),
        ("Paul Dorval (LV), la maire (PS) et le port (PR)", []),
        ("un port (très grand) et (VLS)", []),
        ("Valmer Launch System(VLS)", []),
        ("lundi soir, une ambulance (SUA)", []),
    ],
)
def test_an_acronym_stands_for_the_words_that_begin_with_its_letters(text: str, found: list[tuple[str, str]]) -> None:
    assert list(defined(text)) == found


PASSAGE = "La fusée Valmer Launch System (VLS) part lundi."


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("How much is a Valmer Launch System launch?", (("Valmer Launch System", "VLS"),)),
        ("How much is a valmer launch system launch?", (("valmer launch system", "VLS"),)),
        ("Combien coûte le VLS ?", (("VLS", "Valmer Launch System"),)),
        ("Is the Valmer Launch System the VLS?", ()),
        ("Combien coûte le vls ?", ()),
        ("Combien coûte le EVLS ?", ()),
    ],
)
def test_a_name_of_the_question_has_the_other_form_that_a_passage_gives(
    question: str, forms: tuple[tuple[str, str], ...]
) -> None:
    assert other_forms(question, ["Il pleut.", PASSAGE]) == forms


def test_a_party_after_a_person_is_not_her_name() -> None:
    assert other_forms("Que dit le PS ?", ["Paule Simon (PS) part."]) == ()
    assert other_forms("Que dit le PS ?", ["Paule Simon (PS) part. Le Parti socialiste (PS) reste."]) == (
        ("PS", "Parti socialiste"),
    )


@pytest.mark.parametrize(
    "noise", ["(" * 20_000, "A" * 20_000, "A " * 10_000, "(AB" * 7_000, "AB (" * 5_000, "(AB) " * 4_000]
)
def test_hostile_text_costs_little(noise: str) -> None:
    began = time.thread_time()
    defined(noise)
    other_forms(noise[:1_000], [noise])
    assert time.thread_time() - began < 1
