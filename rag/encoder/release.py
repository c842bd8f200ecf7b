"""Writes an encoder as a sentence-transformers folder: whole numbers of 8 bits, a scale for each token, checksums."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from rag.encoder.vocabulary import Vocabulary

MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
CONFIGURATION = {
    "model_type": "SentenceTransformer",
    "similarity_fn_name": "cosine",
    "prompts": {"query": "", "document": ""},
}


def release(vocabulary: Vocabulary, vectors: NDArray[np.float32], folder: Path) -> None:
    """Write the files of the model aside, then move each into the folder; the checksums go last.

    Each row of `vectors` is stored as whole numbers from -127 to 127; beside it stand, for each token, its row and
    what to multiply it with. sentence-transformers reads this as the embeddings, mapping and weights of model2vec.
    """
    largest = np.abs(vectors).max(axis=1)
    scale = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    whole = np.rint(vectors / scale[:, None]).astype(np.int8)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".release-") as aside:
        tensors = {"embeddings": whole, "mapping": vocabulary.rows, "weights": scale[vocabulary.rows]}
        save_file(tensors, Path(aside, "model.safetensors"))
        vocabulary.tokenizer.save(str(Path(aside, "tokenizer.json")), pretty=False)
        Path(aside, "modules.json").write_text(_json(MODULES), encoding="utf-8")
        Path(aside, "config_sentence_transformers.json").write_text(_json(CONFIGURATION), encoding="utf-8")
        checksums = {
            name: hashlib.sha256(Path(aside, name).read_bytes()).hexdigest()
            for name in ("model.safetensors", "tokenizer.json")
        }
        Path(aside, "checksums.json").write_text(_json(checksums), encoding="utf-8")
        for name in (*checksums, "modules.json", "config_sentence_transformers.json", "checksums.json"):
            Path(aside, name).chmod(0o644)  # safetensors writes files that only their owner may read
            Path(aside, name).replace(folder / name)


def read_released(folder: Path) -> tuple[Vocabulary, NDArray[np.float32]]:
    """The vocabulary and the vectors of an encoder that was released into a folder, to train them on."""
    tensors = load_file(folder / "model.safetensors")
    rows = tensors["mapping"].astype(np.int32)
    scale = np.zeros(len(tensors["embeddings"]), dtype=np.float32)
    scale[rows] = tensors["weights"]
    return Vocabulary(Tokenizer.from_file(str(folder / "tokenizer.json")), rows), tensors["embeddings"] * scale[:, None]


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"
