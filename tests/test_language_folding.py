import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.folding import fold, fold_in_place

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’État œuvre", "l'etat oeuvre"),
        ("ÇA ET LÀ", "ca et la"),
        ("e\u0301te\u0301", "ete"),
        ("5\u00a0200 et 5\u202f200", "5 200 et 5 200"),
        ("sol\u00addats al\u200blemands", "soldats allemands"),
        ("Łódź, Tromsø, Straße", "lodz, tromso, strasse"),
        ("ﬁn de l‘ère", "fin de l'ere"),
    ],
    ids=["apostrophe and ligature", "capitals", "combining", "spaces", "hidden", "opened", "typeset"],
)
def test_spellings_a_reader_takes_for_the_same_fold_alike(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_no_character_folds_to_something_that_folds_further() -> None:
    folded = fold("".join(map(chr, range(sys.maxunicode + 1))))
    assert fold(folded) == folded


@given(ANY_TEXT, ANY_TEXT)
def test_folding_a_text_is_folding_its_parts(first: str, second: str) -> None:
    assert fold(first + second) == fold(first) + fold(second)


@given(ANY_TEXT.filter(lambda text: "´" not in text))
def test_a_composed_and_a_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)


@given(ANY_TEXT)
def test_folding_in_place_keeps_every_offset(text: str) -> None:
    folded = fold_in_place(text)
    assert len(folded) == len(text)
    assert fold(folded) == fold(text)
