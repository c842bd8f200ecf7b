"""Translates terms between French and English, so that a question finds words of articles in the other language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from rag.schema import Language

LEXICON = Path(__file__).parent.parent / "encoder" / "lexicon.json"


def expand(terms: Iterable[str], from_language: Language) -> tuple[str, ...]:
    """The likely translations of some terms of BM25 (see rag.language.words.stems), the terms themselves left out.

    Args:
        from_language: the language of the terms; the translations are terms of the other one.

    Returns:
        Each translation once, in the order of the terms, the likelier first; a term that is not known gives none.
    """
    given = dict.fromkeys(terms)
    found = (translation for term in given for translation in _translations(from_language).get(term, ()))
    return tuple(dict.fromkeys(translation for translation in found if translation not in given))


@lru_cache(maxsize=2)
def _translations(from_language: Language) -> Mapping[str, tuple[str, ...]]:
    content = json.loads(LEXICON.read_text(encoding="utf-8"))
    return {term: tuple(translations) for term, translations in content[from_language].items()}
