"""Tests of the settings: read from the environment, refused when wrong, told in the README."""

from __future__ import annotations

import os
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from conftest import REPOSITORY

from rag.errors import SettingsError
from rag.settings import Secret, Settings, prepare_environment


def test_defaults_need_no_environment() -> None:
    for field in fields(Settings):
        assert getattr(Settings(), field.name) == field.metadata["default"]


def test_the_environment_sets_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_PASSAGES", "5")
    assert Settings().passages == 5
    assert replace(Settings(), passages=3).passages == 3


def test_a_prefix_keeps_its_space_and_a_folder_its_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_QUERY_PREFIX", "query: ")
    monkeypatch.setenv("RAG_INDEX_DIR", "~/indexes")
    assert Settings().query_prefix == "query: "
    assert Settings().index_dir == Path.home() / "indexes"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RAG_PASSAGES", "many"),
        ("RAG_PASSAGES", "-1"),
        ("RAG_DENSE_WEIGHT", "1.5"),
        ("RAG_LOCK_WAIT", "nan"),
        ("RAG_LLM", "gpt"),
    ],
)
def test_a_wrong_value_is_named_with_its_meaning(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as caught:
        Settings()
    assert repr(value) in str(caught.value)
    assert "it means" in str(caught.value)


def test_a_key_shows_itself_only_to_who_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_LLM_API_KEY", " sk-secret\n")
    settings = Settings()
    assert settings.llm_api_key.reveal() == "sk-secret"
    assert "sk-secret" not in f"{settings!r} {settings.llm_api_key} {settings.llm_api_key!r} {asdict(settings)}"
    assert settings == replace(settings)
    assert settings != replace(settings, llm_api_key=Secret("another"))


def test_telemetry_is_off_whatever_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GRADIO_ANALYTICS_ENABLED", "ANONYMIZED_TELEMETRY"):
        monkeypatch.setenv(name, "True")
    monkeypatch.delenv("HF_HUB_DISABLE_TELEMETRY", raising=False)
    prepare_environment()
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert os.environ["ANONYMIZED_TELEMETRY"] == "False"
    assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"


def test_tiktoken_reads_the_files_that_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    prepare_environment()
    assert list(Path(os.environ["TIKTOKEN_CACHE_DIR"]).iterdir())


def test_the_readme_tells_every_setting() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    for field in fields(Settings):
        assert f"`{field.metadata['name']}`" in readme
