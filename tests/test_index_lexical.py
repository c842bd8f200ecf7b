"""BM25 over our analysis: exact, in a steady order, saved and loaded, rebuilt when damaged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rag.index.lexical import Lexical, terms
from rag.language.words import stems

TEXTS = ["Le bateau quitte le port.", "Le bateau coule.", "La mairie ferme le port.", "Le bateau quitte le port."]
IDS = ["d", "b", "c", "a"]


def built(texts: Sequence[str], ids: Sequence[str] = IDS) -> Lexical:
    return Lexical.build(ids, [terms("", text, "fr") for text in texts])


def test_scores_are_those_of_the_formula_of_lucene() -> None:
    rows = [stems(text, "fr") for text in TEXTS]
    average = sum(map(len, rows)) / len(rows)
    weight = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    expected = weight * 1 / (1 + 0.9 * (1 - 0.4 + 0.4 * len(rows[2]) / average))
    [(passage_id, score)] = built(TEXTS).search("mairie", 5)
    assert passage_id == "c"
    assert score == pytest.approx(expected, rel=1e-5)


def test_equal_passages_come_in_order_of_id() -> None:
    assert [passage_id for passage_id, _ in built(TEXTS).search("quitter le port", 5)] == ["a", "d", "c"]
    assert [passage_id for passage_id, _ in built(TEXTS).search("quitter le port", 1)] == ["a"]


def test_only_passages_that_share_a_term_are_found() -> None:
    assert {passage_id for passage_id, _ in built(TEXTS).search("bateaux", 9)} == {"a", "b", "d"}
    assert built(TEXTS).search("zeppelin", 9) == []
    assert built(TEXTS).search("", 9) == []
    assert built(TEXTS).search("bateaux", 0) == []


def test_a_mask_hides_passages() -> None:
    hidden = np.array([True, False, True, False])
    assert {passage_id for passage_id, _ in built(TEXTS).search("bateaux", 9, hidden)} == {"d"}
    assert built(TEXTS).search("bateaux", 9, np.zeros(4, dtype=bool)) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [([], []), (["..."], []), (["le la les"], []), (["bateau"], ["d"]), (["bateau", ""], ["d"])],
    ids=["no passage", "no word", "stop words alone", "one passage", "an empty one beside it"],
)
def test_small_corpora_are_no_exception(texts: list[str], expected: list[str], tmp_path: Path) -> None:
    lexical = built(texts, IDS[: len(texts)])
    lexical.save(tmp_path / "bm25")
    loaded = Lexical.load(tmp_path / "bm25", IDS[: len(texts)])
    assert loaded
    for one in (lexical, loaded):
        assert [passage_id for passage_id, _ in one.search("bateau", 9)] == expected


def test_the_title_counts_and_accents_case_and_endings_do_not() -> None:
    lexical = Lexical.build(["x"], [terms("Élections à la MAIRIE", "Les étrangères ont voté.", "fr")])
    for question in ("élection", "ELECTIONS", "mairies", "etrangère", "voter"):
        assert lexical.search(question, 1), question


def test_what_is_loaded_answers_as_what_was_saved(tmp_path: Path) -> None:
    lexical = built(TEXTS)
    lexical.save(tmp_path / "bm25")
    loaded = Lexical.load(tmp_path / "bm25", IDS)
    assert loaded
    for question in ("bateau", "quitter le port", "mairie", "rien"):
        assert loaded.search(question, 9) == lexical.search(question, 9)
    assert loaded.frequency("bateau") == lexical.frequency("bateau") == 3


@pytest.mark.parametrize("name", ["data.csc.index.npy", "vocab.index.json", "params.index.json", "checksums.json"])
@pytest.mark.parametrize("damage", ["gone", "cut", "altered"])
def test_what_is_damaged_is_not_loaded(name: str, damage: str, tmp_path: Path) -> None:
    built(TEXTS).save(tmp_path / "bm25")
    file = tmp_path / "bm25" / name
    content = file.read_bytes()
    file.unlink()
    if damage == "cut":
        file.write_bytes(content[: len(content) // 2])
    if damage == "altered":
        file.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    assert Lexical.load(tmp_path / "bm25", IDS) is None


def test_what_was_saved_for_other_passages_is_not_loaded(tmp_path: Path) -> None:
    built(TEXTS).save(tmp_path / "bm25")
    assert Lexical.load(tmp_path / "bm25", IDS[:2]) is None


def test_nothing_is_drawn_on_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    built(TEXTS).save(tmp_path / "bm25")
    Lexical.load(tmp_path / "bm25", IDS)
    assert capfd.readouterr() == ("", "")
