"""Reads the prompts, which are Markdown files with blanks, and fills them in."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Template

from rag.llm.troubles import trouble

FOLDER = Path(__file__).parents[2] / "prompts"


def prompt(name: str, language: str, **values: str) -> str:
    """The prompt `name` in a language, its blanks filled in; what stands in a value is never filled in.

    Raises:
        ModelError: there is no such file, or its blanks are not those that have values.
    """
    path = FOLDER / f"{name}-{language}.md"
    template = _template(path)
    blanks = {found.group("named") or found.group("braced") for found in template.pattern.finditer(template.template)}
    if blanks != set(values):
        raise trouble("blanks", name=path.name, wanted=", ".join(f"${blank}" for blank in sorted(values)))
    return template.substitute(values).strip()


@lru_cache(maxsize=16)
def _template(path: Path) -> Template:
    try:
        return Template(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise trouble("no prompt", name=path.name, said=error.strerror) from error
