"""Tests of the reader's door: offsets that hold, finite scores for any text, errors that name the way out."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import REPOSITORY, SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.corpus import read_corpus
from rag.errors import ReaderError
from rag.reader import Reader, Span, open_reader
from rag.settings import Settings

FOLDER = REPOSITORY / "rag" / "reader"
FILES = ("reader.onnx", "tokenizer.json", "reader.json")
DATA = REPOSITORY.parent / "shared" / "data"

PASSAGE = (
    "La Tour Eiffel a été construite par Gustave Eiffel pour l'Exposition universelle de 1889. "
    "Elle mesure 324 mètres. Des millions de visiteurs y montent chaque année."
)


@pytest.fixture(scope="session")
def reader() -> Reader:
    opened = open_reader(Settings())
    assert opened is not None
    return opened


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def test_none_means_no_reader() -> None:
    assert open_reader(replace(Settings(), reader="none")) is None


def test_a_folder_with_a_reader_can_be_named(copied: Path) -> None:
    assert open_reader(replace(Settings(), reader=str(copied))) is not None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Combien de mètres mesure la Tour Eiffel ?", "324"),
        ("Qui a construit la Tour Eiffel ?", "Gustave Eiffel"),
        ("How many metres does the Eiffel Tower measure?", "324"),
    ],
)
def test_the_answer_is_found(reader: Reader, question: str, answer: str) -> None:
    span = reader.read(question, [PASSAGE])[0]
    assert answer in span.text
    assert PASSAGE[span.start : span.end] == span.text


def test_a_passage_that_answers_is_surer_than_one_that_does_not(reader: Reader) -> None:
    other = "Les fraises se récoltent au printemps. Le prix du kilo reste stable sur les marchés."
    there, absent = reader.read("Qui a construit la Tour Eiffel ?", [PASSAGE, other])
    assert there.score > absent.score
    assert there.answerable > absent.answerable


def test_what_a_passage_scores_does_not_depend_on_its_company(reader: Reader) -> None:
    alone = reader.read("Qui a construit la tour ?", [PASSAGE])
    together = reader.read("Qui a construit la tour ?", ["Rien à voir.", PASSAGE, PASSAGE * 9])
    assert together[1] == alone[0]


def test_a_span_stays_within_the_place_it_is_asked_for(reader: Reader) -> None:
    start = PASSAGE.index("Elle mesure")
    place = (start, start + len("Elle mesure 324 mètres."))
    span = reader.read("Qui a construit la Tour Eiffel ?", [PASSAGE], within=[place])[0]
    assert place[0] <= span.start < span.end <= place[1]


def test_a_span_does_not_cut_a_number(reader: Reader) -> None:
    passage = "Le viaduc est long de 2460 mètres et haut de 343 mètres."
    span = reader.read("Quelle est la longueur du viaduc ?", [passage])[0]
    assert not passage[span.end : span.end + 1].isalnum()
    assert not passage[max(0, span.start - 1) : span.start].isalnum()


def test_the_end_of_a_long_passage_is_read(reader: Reader) -> None:
    filler = "Le marché ouvre à huit heures et les clients arrivent peu à peu. " * 20
    span = reader.read("Qui a construit la Tour Eiffel ?", [filler + PASSAGE])[0]
    assert span.start >= len(filler)


@pytest.mark.parametrize(
    "passage",
    [
        "",
        " \n\t",
        "!!! ... ???",
        "1234 5678",
        "\x00\x01\ufeff",
        "東京は日本の首都です",
        "<s> </s> <pad> [SEP]",
        "é" * 500,
        "🙂" * 80,
    ],
    ids=["empty", "blank", "signs", "digits", "controls", "another script", "special words", "one long word", "emoji"],
)
def test_any_passage_gets_a_finite_score(reader: Reader, passage: str) -> None:
    for question in ("Qui ?", "", "?" * 400, "combien de mots " * 300):
        span = reader.read(question, [passage])[0]
        assert_sound(span, passage)


def test_no_passages_have_no_spans(reader: Reader) -> None:
    assert reader.read("Qui ?", []) == ()


@given(passage=st.text(max_size=300), question=st.text(max_size=60))
@settings(max_examples=25)
def test_offsets_hold_for_any_text(reader: Reader, passage: str, question: str) -> None:
    assert_sound(reader.read(question, [passage])[0], passage)


def test_offsets_hold_where_the_seeds_begin(reader: Reader) -> None:
    for article in read_corpus(SEEDS).articles:
        text = article.text[:500]
        assert_sound(reader.read("Combien de soldats ont été tués ?", [text])[0], text)


@pytest.mark.slow
def test_offsets_hold_in_the_whole_seeds(reader: Reader) -> None:
    for article in read_corpus(SEEDS).articles:
        assert_sound(reader.read("Combien de soldats ont été tués ?", [article.text])[0], article.text)


@pytest.mark.slow
def test_offsets_hold_in_news_articles(reader: Reader) -> None:
    if not DATA.is_dir():
        pytest.skip("the news articles are not here")
    from rag.encoder.corpora import Corpora

    for row in Corpora(DATA).rows("news_fr")[:200]:
        text = row["article"] if isinstance(row["article"], str) else "\n".join(row["article"])
        assert_sound(reader.read(row["title"] or "Qui ?", [text])[0], text)


@pytest.mark.slow
def test_fifty_thousand_characters_are_read(reader: Reader) -> None:
    text = (PASSAGE + " ") * 300
    assert_sound(reader.read("Qui ?", [text[:50_000]])[0], text)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_names_the_way_without_a_reader(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ReaderError, match="RAG_READER=none") as caught:
        open_reader(replace(Settings(), reader=str(copied)))
    assert name in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_names_the_way_without_a_reader(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 0xFF
    (copied / name).write_bytes(bytes(content))
    with pytest.raises(ReaderError, match="RAG_READER=none"):
        open_reader(replace(Settings(), reader=str(copied)))


def test_files_of_another_kind_are_refused(tmp_path: Path) -> None:
    import hashlib

    contents = {"reader.onnx": b"no network", "tokenizer.json": b"{}"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    description = {
        "checksums": {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
        "calibration": {"bias": 0, "margin": 1, "evidence": 1, "whole": 1},
    }
    (tmp_path / "reader.json").write_text(json.dumps(description))
    with pytest.raises(ReaderError, match="another kind"):
        open_reader(replace(Settings(), reader=str(tmp_path)))


def test_reading_needs_no_torch_and_little_memory() -> None:
    program = """
import re, sys
from pathlib import Path
from rag.reader import open_reader
from rag.settings import Settings
open_reader(Settings()).read("Qui ?", ["Le maire de la ville a ouvert la séance. " * 30] * 5)
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print("torch" in sys.modules, "transformers" in sys.modules, int(peak) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    torch, transformers, megabytes = done.stdout.split()
    assert (torch, transformers) == ("False", "False")
    assert int(megabytes) <= 300


def test_the_weights_stay_small() -> None:
    assert sum((FOLDER / name).stat().st_size for name in FILES) <= 30_000_000


def assert_sound(span: Span, passage: str) -> None:
    assert 0 <= span.start <= span.end <= len(passage)
    assert passage[span.start : span.end] == span.text
    assert math.isfinite(span.score)
    assert 0 <= span.answerable <= 1
