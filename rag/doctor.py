"""Examines the installation: what is there, what is configured, whether the index is sound, how to mend the rest."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rag.corpus import read_corpus
from rag.errors import RagError
from rag.index import index_folder
from rag.index.embedding import open_encoder
from rag.index.soundness import soundness
from rag.llm.greeting import greet
from rag.reader import open_reader
from rag.settings import Settings

PACKAGES = ("chromadb", "llama-index", "sentence-transformers", "gradio", "httpx", "torch")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its state, and whether it is well."""

    subject: str
    well: bool
    state: str


def examine(corpus: Path, settings: Settings) -> tuple[Finding, ...]:
    """Look at everything that answering questions over `corpus` needs; articles and answers stay as they are."""
    return (
        _python(),
        *_packages(),
        *_settings(settings),
        _tried("encoder", lambda: _encoder(settings)),
        _tried("reader", lambda: _reader(settings)),
        _tried("corpus", lambda: _corpus(corpus)),
        *_index(corpus, settings),
        _language_model(settings),
    )


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    well = (3, 10) <= sys.version_info[:2] <= (3, 13)
    return Finding(
        "python", well, found if well else f"{found}; use 3.10 to 3.13: make clean, make PYTHON=python3.12 chat"
    )


def _packages() -> Iterator[Finding]:
    for package in PACKAGES:
        try:
            yield Finding(package, True, version(package))
        except PackageNotFoundError:
            yield Finding(package, False, "not installed; run: make chat")


def _settings(settings: Settings) -> Iterator[Finding]:
    for field in fields(settings):
        value, default = getattr(settings, field.name), field.metadata["default"]
        origin = "default" if value == default else "set"
        shown = re.sub(r"//[^/@\s]*@", "//(hidden)@", str(value))
        yield Finding(field.metadata["name"], True, f"{shown} ({origin}): {field.metadata['meaning']}")


def _tried(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, look())
    except RagError as error:
        return Finding(subject, False, str(error))


def _encoder(settings: Settings) -> str:
    encoder = open_encoder(settings)
    return f"{settings.embed_model}, {encoder.dimension} dimensions, fingerprint {encoder.fingerprint}"


def _reader(settings: Settings) -> str:
    if open_reader(settings) is None:
        return "none; answers are found without it, more of them wrongly"
    return f"{settings.reader}, reads the likeliest passages once more"


def _corpus(corpus: Path) -> str:
    found = read_corpus(corpus)
    undated = sum(article.published is None for article in found.articles)
    skipped = sum(not item.taken for item in found.skipped)
    return f"{corpus}: {len(found.articles)} articles, {undated} without a date, {skipped} skipped"


def _language_model(settings: Settings) -> Finding:
    if settings.llm == "endpoint":
        return _tried("language model", lambda: greet(settings))
    idle = "; RAG_LLM_URL is set and not used: RAG_LLM=endpoint would" if settings.llm_url else ""
    return Finding("language model", True, f"none configured{idle}; answers are quotes from the articles")


def _index(corpus: Path, settings: Settings) -> Iterator[Finding]:
    try:
        encoder = open_encoder(settings)
    except RagError:
        return  # told under "encoder"
    try:
        folder = index_folder(corpus, settings)
        faults = soundness(folder, settings, encoder)
    except RagError as error:
        yield Finding("index", False, str(error))
        return
    if not faults:
        yield Finding("index", True, f"{folder}: sound")
    for fault in faults:
        yield Finding("index", False, fault)
