"""Turns questions and passages into vectors of length 1: the bundled encoder, or any sentence-transformers model."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import EncoderError
from rag.index.static_model import read_static_model
from rag.settings import Settings, prepare_environment

Vectors = NDArray[np.float32]

BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent.parent / "encoder"


class Encoder(Protocol):
    """What the index asks of an embedding model."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def fingerprint(self) -> str:
        """A short hash that changes with the weights, the tokenizer and the prefixes."""

    @property
    def word_by_word(self) -> bool:
        """Whether a text's vector is made of its words' alone, so that single words can be compared, and fast."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each question, always finite."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each passage, always finite."""


def open_encoder(settings: Settings) -> Encoder:
    """Load the embedding model that the settings name.

    Args:
        settings: `embed_model` is "bundled", or the name or folder of a sentence-transformers model;
            `query_prefix` and `passage_prefix` are put before every text.

    Raises:
        EncoderError: the model is missing, damaged or of another kind.
    """
    bundled = settings.embed_model == BUNDLED
    model = read_static_model(BUNDLED_FOLDER) if bundled else SentenceTransformersModel(settings.embed_model)
    return PrefixedEncoder(model, settings.query_prefix, settings.passage_prefix)


class Model(Protocol):
    """Something that embeds texts; what it returns need not have length 1."""

    @property
    def dimension(self) -> int: ...

    @property
    def digest(self) -> str:
        """A hash of everything that its vectors depend on."""

    @property
    def word_by_word(self) -> bool: ...

    def embed(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class PrefixedEncoder:
    """An encoder made of a model and of what the model wants to see before a question and before a passage."""

    model: Model
    query_prefix: str = ""
    passage_prefix: str = ""

    @property
    def dimension(self) -> int:
        return self.model.dimension

    @property
    def word_by_word(self) -> bool:
        return self.model.word_by_word

    @property
    def fingerprint(self) -> str:
        identity = "\0".join([self.model.digest, self.query_prefix, self.passage_prefix])
        return hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:16]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return _unit_rows(self.model.embed([_encodable(self.query_prefix + text) for text in texts]))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return _unit_rows(self.model.embed([_encodable(self.passage_prefix + text) for text in texts]))


class SentenceTransformersModel:
    """Any sentence-transformers model, on the CPU; calls from several threads wait for each other."""

    word_by_word = False

    def __init__(self, name: str) -> None:
        self._model = _load(name)
        self._lock = threading.Lock()
        self.dimension = int(self._model.get_embedding_dimension())
        self.digest = _digest_of(self._model)

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:  # concurrent calls of one tokenizer raise "Already borrowed"
            return np.array(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32)


_PICKLES = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib"}
_loading = threading.Lock()


def _load(name: str) -> Any:
    local = Path(name).is_dir()
    if local:
        _refuse_pickles(Path(name))
    prepare_environment()
    try:
        # Late: importing it takes about ten seconds, which the bundled encoder must not cost.
        from sentence_transformers import SentenceTransformer

        with _loading:  # loading two models at once has crashed in transformers
            return SentenceTransformer(
                name,
                device="cpu",
                trust_remote_code=False,
                local_files_only=local,
                model_kwargs={"use_safetensors": True},
            )
    except Exception as error:  # anything may come out of a folder that is no model
        raise EncoderError(
            f"the embedding model {name!r} cannot be loaded ({error}); "
            "set RAG_EMBED_MODEL to bundled, or to the name or folder of a sentence-transformers model with safetensors"
        ) from error


def _refuse_pickles(folder: Path) -> None:
    """Weights that are pickles can run code when they are opened."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in _PICKLES and not any(path.parent.glob("*.safetensors")):
            raise EncoderError(
                f"the embedding model {str(folder)!r} has pickled weights ({path.name}), which may run code; "
                "convert them to safetensors or set RAG_EMBED_MODEL to bundled"
            )


def _digest_of(model: Any) -> str:
    """A hash of a sentence-transformers model: its modules, its tokenizer and every weight."""
    digest = hashlib.sha256(str(model).encode())
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    if hasattr(tokenizer, "to_str"):
        digest.update(tokenizer.to_str().encode())
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.detach().contiguous().reshape(-1).numpy().view(np.uint8).data)
    return digest.hexdigest()


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _unit_rows(rows: Vectors) -> Vectors:
    """Bring every row to length 1, in place; a row without a direction gets one that lies near no text."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    lost = ~np.isfinite(lengths) | (lengths < 1e-12)
    rows[lost] = rows.shape[1] ** -0.5
    lengths[lost] = 1.0
    rows /= lengths[:, None]
    return rows
