"""The door to embedding models: prefixes, fingerprints, damage, and models of other kinds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from rag.errors import EncoderError
from rag.index.embedding import BUNDLED_FOLDER, PrefixedEncoder, Vectors, open_encoder
from rag.index.static_model import CHECKSUMS, TOKENIZER, WEIGHTS, read_static_model
from rag.settings import Settings


@dataclass
class Remembering:
    """A model that keeps what it was asked for and answers with rows that have no length."""

    dimension: int = 4
    digest: str = "a model"
    asked: tuple[str, ...] = ()
    value: float = 0.0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked = tuple(texts)
        return np.full((len(texts), self.dimension), self.value, dtype=np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "encoder"
    copy.mkdir()
    for name in (WEIGHTS, TOKENIZER, CHECKSUMS):
        shutil.copy(BUNDLED_FOLDER / name, copy / name)
    return copy


def test_prefixes_come_before_every_text() -> None:
    model = Remembering()
    encoder = PrefixedEncoder(model, "query: ", "passage: ")
    encoder.embed_queries(["un", "deux"])
    assert model.asked == ("query: un", "query: deux")
    encoder.embed_passages(["trois"])
    assert model.asked == ("passage: trois",)


@pytest.mark.parametrize("value", [0.0, float("nan"), float("inf"), -3.0], ids=str)
def test_whatever_a_model_returns_rows_have_length_1(value: float) -> None:
    rows = PrefixedEncoder(Remembering(value=value)).embed_passages(["a", "b"])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows() -> None:
    assert open_encoder(Settings()).embed_passages([]).shape == (0, open_encoder(Settings()).dimension)


def test_the_fingerprint_tells_models_and_prefixes_apart() -> None:
    encoders = [
        PrefixedEncoder(Remembering()),
        PrefixedEncoder(Remembering(digest="another model")),
        PrefixedEncoder(Remembering(), query_prefix="query: "),
        PrefixedEncoder(Remembering(), passage_prefix="query: "),
    ]
    assert len({encoder.fingerprint for encoder in encoders}) == len(encoders)
    assert PrefixedEncoder(Remembering()).fingerprint == encoders[0].fingerprint


def test_the_settings_reach_the_encoder() -> None:
    plain, prefixed = open_encoder(Settings()), open_encoder(replace(Settings(), query_prefix="query: "))
    assert plain.fingerprint != prefixed.fingerprint


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER, CHECKSUMS])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(EncoderError, match=name):
        read_static_model(folder)


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER])
def test_one_changed_byte_is_noticed(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(bytes(content))
    with pytest.raises(EncoderError, match=f"{name}.*damaged"):
        read_static_model(folder)


@pytest.mark.parametrize("content", ["", "[1]", "null", '{"other": "file"}'], ids=["empty", "list", "null", "other"])
def test_checksums_that_say_nothing_are_an_error(folder: Path, content: str) -> None:
    (folder / CHECKSUMS).write_text(content, encoding="utf-8")
    with pytest.raises(EncoderError):
        read_static_model(folder)


def test_weights_that_do_not_fit_the_tokenizer_are_an_error(folder: Path) -> None:
    tokenizer = json.loads((folder / TOKENIZER).read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    del vocabulary[max(vocabulary, key=lambda token: int(vocabulary[token]))]
    content = json.dumps(tokenizer).encode()
    (folder / TOKENIZER).write_bytes(content)
    _bless(folder)
    with pytest.raises(EncoderError, match="shapes"):
        read_static_model(folder)


def test_a_tokenizer_of_another_kind_is_an_error(folder: Path) -> None:
    (folder / TOKENIZER).write_text('{"a": 1}', encoding="utf-8")
    _bless(folder)
    with pytest.raises(EncoderError, match="of another kind"):
        read_static_model(folder)


def test_pickled_weights_are_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(EncoderError, match="pickled weights"):
        open_encoder(replace(Settings(), embed_model=str(tmp_path)))


@pytest.mark.slow
def test_a_folder_that_is_no_model_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    with pytest.raises(EncoderError, match="RAG_EMBED_MODEL"):
        open_encoder(replace(Settings(), embed_model=str(tmp_path)))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # what torch and transformers say of themselves
def test_the_bundled_folder_opens_as_any_sentence_transformers_model() -> None:
    bundled = open_encoder(Settings())
    other = open_encoder(replace(Settings(), embed_model=str(BUNDLED_FOLDER)))
    texts = ["Le parlement a voté la loi.", "The parliament passed the law."]
    np.testing.assert_allclose(other.embed_passages(texts), bundled.embed_passages(texts), atol=1e-3)
    assert other.dimension == bundled.dimension
    assert other.fingerprint != bundled.fingerprint
    np.testing.assert_allclose(np.linalg.norm(other.embed_queries(["", "😀"]), axis=1), 1, atol=1e-4)


def _bless(folder: Path) -> None:
    """Write checksums that agree with the files, as a wrong release would."""
    import hashlib

    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (WEIGHTS, TOKENIZER)}
    (folder / CHECKSUMS).write_text(json.dumps(sums), encoding="utf-8")
