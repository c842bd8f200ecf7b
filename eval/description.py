"""Describes a run: set, corpus, settings, versions, and the hash by which two runs are known to be the same."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import rag
from eval.runs import FORMAT, hashed
from eval.schema import Plan
from rag import Settings
from rag.schema import Article
from rag.settings import Secret

LIBRARY = Path(rag.__file__).parent
PACKAGES = ("depeche", "numpy", "chromadb", "llama-index-core", "bm25s", "tokenizers", "PyStemmer", "rapidfuzz")


def describe(plan: Plan, articles: Sequence[Article], settings: Settings) -> dict[str, Any]:
    """What run.json says of a run before it starts."""
    info: dict[str, Any] = {
        "format": FORMAT,
        "set": {
            "name": plan.name,
            "sha256": hashlib.sha256(plan.questions.read_bytes()).hexdigest(),
        },
        "corpus": {"path": str(plan.corpus), "sha256": hashed(articles), "articles": len(articles)},
        "split": plan.split,
        "only": [f"{name}={value}" for name, value in plan.only],
        "sample": plan.sample,
        "seed": plan.seed,
        "repeat": plan.repeat,
        "settings": _in_words(settings),
        "versions": _versions(),
    }
    return info | {"config": _hash(info)}


def differences(one: Mapping[str, Any], other: Mapping[str, Any], prefix: str = "") -> list[str]:
    """The names of what two descriptions do not share, as "settings.passages"."""
    found = []
    for name in sorted({*one, *other} - _PASSING):
        mine, theirs = one.get(name), other.get(name)
        if isinstance(mine, dict) and isinstance(theirs, dict):
            found += differences(mine, theirs, f"{prefix}{name}.")
        elif mine != theirs:
            found.append(f"{prefix}{name}")
    return found


# Not what was measured, but when and where.
_PASSING = {
    "name",
    "config",
    "started",
    "finished",
    "questions",
    "errors",
    "test_runs",
    "path",
}


def _in_words(settings: Settings) -> dict[str, str]:
    """The settings as text; where things are and secrets are left out."""
    left_out = {"index_dir", "chroma_url", "lock_wait", "host", "port", "password", "llm_url", "llm_api_key"}
    told = {part.name: getattr(settings, part.name) for part in fields(settings) if part.name not in left_out}
    return {name: str(value) for name, value in told.items() if not isinstance(value, Secret)}


def _versions() -> dict[str, str]:
    found = {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "code": _code(),
    }
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # a source tree that nobody installed
            found[name] = "unknown"
    return found


@lru_cache(maxsize=1)
def _code() -> str:
    """A hash of the library's own code and models, which a version number in development does not tell apart."""
    digest = hashlib.sha256()
    for path in sorted(path for path in LIBRARY.rglob("*") if path.suffix in {".py", ".json", ".safetensors", ".onnx"}):
        digest.update(f"{path.relative_to(LIBRARY)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _hash(info: Mapping[str, Any]) -> str:
    told = {name: value for name, value in info.items() if name not in _PASSING}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
