"""Opens one generation of an index in a process of its own and says whether its Chroma is sound (exit code 0)."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from rag.errors import StoreError
from rag.index.agreement import fault
from rag.index.catalogue import Catalogue
from rag.index.store import open_store
from rag.settings import Settings


def probe(generation: Path) -> str | None:
    """What is wrong with the vectors of a generation, or None; a badly damaged Chroma ends the process instead."""
    catalogue = Catalogue(generation / "catalogue.sqlite3")
    try:
        name = catalogue.facts()["collection"]
        store = open_store(generation / "chroma", name, replace(Settings(), chroma_url=None))
        try:
            return fault(store, catalogue)
        finally:
            store.close()
    except StoreError as error:
        return str(error)
    finally:
        catalogue.close()


if __name__ == "__main__":
    sys.exit(probe(Path(sys.argv[1])))
