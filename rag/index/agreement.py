"""Makes Chroma hold the vectors that the catalogue says it holds, no more and no fewer, without embedding again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rag.index.catalogue import Catalogue
from rag.index.store import VectorStore, as_matrix


def agree(store: VectorStore, catalogue: Catalogue) -> None:
    """Add what the store lacks, from the vectors in the catalogue, and delete what is not catalogued."""
    present, catalogued = store.ids(), catalogue.passage_ids()
    for batch in catalogue.records(sorted(catalogued - present)):
        store.upsert(batch)
    store.delete(sorted(present - catalogued))


def fault(store: VectorStore, catalogue: Catalogue) -> str | None:
    """What is wrong with the vectors in the store, or None.

    Every passage must be there; a sample must find itself, for a damaged Chroma counts what its search cannot reach.
    """
    catalogued = sorted(catalogue.passage_ids())
    missing = len(set(catalogued) - store.ids())
    if missing:
        return f"{missing} of {len(catalogued)} passages are not in Chroma"
    sample = catalogued[:: len(catalogued) // _SAMPLE + 1]
    if not sample:
        return None
    found = store.nearest(as_matrix(list(catalogue.vectors_of(sample).values())), limit=1)
    lost = sum(not nearest or nearest[0][1] < _SAME for nearest in found)
    return f"{lost} of {len(sample)} passages tried are not found by Chroma's search" if lost else None


def fault_in_child(generation: Path, patience: float = 30.0) -> str | None:
    """The same for an embedded Chroma on disk, found out by a process of its own: a damaged one can crash or hang it.

    Args:
        patience: seconds after which it counts as hanging; a sound one takes two or three.
    """
    command = [sys.executable, "-m", "rag.index.probe", str(generation)]
    root = Path(__file__).parents[2]
    try:
        probe = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=patience, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return f"Chroma does not open within {patience:g} seconds"
    if probe.returncode < 0:
        return f"Chroma crashes when it is opened (signal {-probe.returncode})"
    return None if probe.returncode == 0 else probe.stderr.strip().rpartition("\n")[2]


_SAMPLE = 16  # passages
_SAME = 0.999  # cosine of a vector with itself, after rounding
