"""Tests of the prompts: each is there in both languages, has the blanks it needs, and fills in nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.llm import prompts
from rag.llm.prompts import prompt

BLANKS = {
    "rules": {"no", "good", "other"},
    "question": {"evidence", "fence", "question", "no"},
    "standalone": {"history", "fence", "question"},
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", BLANKS)
def test_a_prompt_is_filled_in(name: str, language: str) -> None:
    values = {blank: f"$question {{{blank}}}" for blank in BLANKS[name]}
    filled = prompt(name, language, **values)
    assert filled.count("$") == filled.count("$question {")
    for value in values.values():
        assert value in filled


def test_blanks_and_values_agree() -> None:
    with pytest.raises(ModelError, match=r"rules-fr\.md.*\$good, \$no, \$other, \$surplus"):
        prompt("rules", "fr", no="", good="", other="", surplus="")
    with pytest.raises(ModelError, match=r"rules-en\.md"):
        prompt("rules", "en", no="")


def test_a_prompt_that_is_gone_is_named() -> None:
    with pytest.raises(ModelError, match=r"farewell-fr\.md.*restore it"):
        prompt("farewell", "fr")


def test_the_readme_names_every_prompt() -> None:
    told = Path(prompts.FOLDER, "README.md").read_text(encoding="utf-8")
    for path in set(prompts.FOLDER.glob("*.md")) - {prompts.FOLDER / "README.md"}:
        assert f"`{path.name}`" in told
