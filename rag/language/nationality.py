"""Forms adjectives of nationality: "britannique" of the United Kingdom, "allemandes" where "françaises" stood."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from rag.language.folding import fold
from rag.language.gazetteer import things


def adjective(thing: str, language: str) -> str | None:
    """The adjective of a country, by its ISO 3166 code: the masculine singular in French; None when it is not known."""
    listed = _countries().get(thing, {}).get("english" if language == "en" else "french", ())
    return listed[0] if listed else None


def in_the_form_of(other: str, thing: str) -> str | None:
    """The French adjective of a country in the gender and number of another ("allemandes", of DE, like "françaises").

    None where either adjective is not known.
    """
    lemma = adjective(thing, "fr")
    for model in (adjective(code, "fr") for code in sorted(things(other))):
        for feminine in (False, True):
            for plural in (False, True):
                if lemma and model and fold(french_form(model, feminine=feminine, plural=plural)) == fold(other):
                    return french_form(lemma, feminine=feminine, plural=plural)
    return None


def french_form(adjective: str, *, feminine: bool, plural: bool) -> str:
    """The form of a French adjective of nationality, given its masculine singular."""
    form = adjective
    if feminine:
        ending = next((ending for ending in _FEMININE if adjective.endswith(ending)), "")
        stem = adjective.removesuffix(ending) + _FEMININE[ending] if ending else adjective
        form = stem if ending or adjective.endswith(("è", "é")) else adjective + "e"
    return form + "s" if plural and not form.endswith("s") else form


_FEMININE = {"ien": "ienne", "éen": "éenne", "ton": "tonne", "grec": "grecque", "turc": "turque", "e": "e"}


@lru_cache(maxsize=1)
def _countries() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).with_name("names.json")
    countries: dict[str, dict[str, list[str]]] = json.loads(path.read_text(encoding="utf-8"))["countries"]
    return countries
