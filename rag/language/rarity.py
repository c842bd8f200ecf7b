"""Says how often a stem occurs in news in general, so that a small corpus does not take its rare words for telling.

frequencies.json was counted on French and English news by `python -m rag.language.rarity --data FOLDER`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from rag.language.words import ANALYSIS_VERSION, stems

FREQUENCIES = Path(__file__).with_name("frequencies.json")
UNLISTED = 20  # passages per 100 000 that contain a stem which is not listed
LISTED = 50  # passages per 100 000 from which a stem is listed
PRIOR = 500  # passages of news in general that are added to the corpus's own


def rarity(stems_of_a_word: frozenset[str], frequency: int, passages: int) -> float:
    """How telling a word is: the inverse document frequency over the corpus and a prior of news in general.

    Args:
        stems_of_a_word: the forms it may have in either language; the commonest counts.
        frequency: passages of the corpus that contain it.
        passages: passages of the corpus.

    Returns:
        A number above 0, about 0.5 for "year" and 9 for a word seen nowhere.
    """
    general = max(_frequencies().get(stem, UNLISTED) for stem in stems_of_a_word) / 100_000
    return math.log(1 + (passages + PRIOR) / (frequency + PRIOR * general + 0.01))


def is_common(stems_of_a_word: Iterable[str]) -> bool:
    """Whether news in general has a word often enough for it to be no misspelling."""
    return not _frequencies().keys().isdisjoint(stems_of_a_word)


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, int]:
    stored = json.loads(FREQUENCIES.read_text(encoding="utf-8"))
    assert stored["analysis"] == ANALYSIS_VERSION, f"{FREQUENCIES.name} is of another analysis; count it again"
    return dict(stored["stems"])


def main() -> None:
    """Count the stems of French and English news and write frequencies.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with news_fr.jsonl.gz and news_en.jsonl.gz")
    folder = parser.parse_args().data
    listed: dict[str, int] = {}
    for language in ("fr", "en"):
        counts: Counter[str] = Counter()
        total = 0
        for passage in _passages(folder / f"news_{language}.jsonl.gz"):
            counts.update(set(stems(passage, language)))
            total += 1
        for stem, count in counts.items():
            share = round(100_000 * count / total)
            if share >= LISTED and not stem.isdigit():
                listed[stem] = max(share, listed.get(stem, 0))
    stored = {"analysis": ANALYSIS_VERSION, "stems": dict(sorted(listed.items()))}
    FREQUENCIES.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _passages(path: Path, most: int = 120_000) -> Iterator[str]:
    """Paragraphs of news, short ones joined to about sixty words."""
    found = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["article"] if isinstance(row["article"], str) else "\n".join(row["article"])
            gathered: list[str] = []
            for paragraph in text.split("\n"):
                gathered += paragraph.split()
                if len(gathered) >= 60:
                    yield " ".join(gathered)
                    found, gathered = found + 1, []
            if found >= most:
                return


if __name__ == "__main__":
    main()
