"""Says what an index was built with beside its articles, and refuses one that was built with something else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rag.errors import IndexOutdated
from rag.index.catalogue import SCHEMA_VERSION, Catalogue
from rag.index.home import corpus_of
from rag.index.lexical import terms
from rag.index.passages import PASSAGES_VERSION
from rag.index.store import Record
from rag.language.words import ANALYSIS_VERSION


def versions(fingerprint: str) -> dict[str, str]:
    """What an index is built with beside the articles; with another of these it is another index."""
    return {
        "schema": str(SCHEMA_VERSION),
        "encoder": fingerprint,
        "passages": str(PASSAGES_VERSION),
        "analysis": str(ANALYSIS_VERSION),
    }


def check_versions(catalogue: Catalogue, built_with: Mapping[str, str], folder: Path) -> None:
    """Bring the terms of an older analysis up to date; any other difference is refused.

    Raises:
        IndexOutdated: the index in `folder` was built with another encoder, schema or passages.
    """
    found = catalogue.facts()
    other = [name for name, version in built_with.items() if found.get(name) != version]
    if other == ["analysis"]:  # it concerns BM25 alone, and the catalogue has the texts
        catalogue.rewrite_terms(_terms, analysis=built_with["analysis"])
    elif other:
        differences = ", ".join(f"{name} {found.get(name)!r} instead of {built_with[name]!r}" for name in other)
        raise IndexOutdated(
            f"the index {str(folder)!r} was built with {differences}; run `depeche index {corpus_of(folder)} --rebuild`"
        )


def _terms(record: Record) -> tuple[str, ...]:
    return terms(record.title, record.passage.text, record.language)
