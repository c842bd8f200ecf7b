"""Holds the rules of the house: who imports whom, where foreign types stop, what import costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import REPOSITORY

import rag

# From the ground up: a module may import rooms of a lower number, and its own room.
FLOORS = {
    "rag.schema": 0,
    "rag.errors": 0,
    "rag.settings": 1,
    "rag.requests": 1,
    "rag.laps": 1,
    "rag.language": 2,
    "rag.corpus": 3,
    "rag.index": 4,
    "rag.encoder": 5,
    "rag.llm": 5,
    "rag.retrieval": 5,
    "rag.reader": 6,
    "rag.answering": 7,
    "rag.finding": 8,
    "rag.assistant": 9,
    "rag.doctor": 9,
    "rag": 10,
    "rag.cli": 11,
    "rag.__main__": 12,
    "eval": 12,
    "ui": 12,
}

# A package from outside, and the only places that may know it.
BORDERS = {
    "chromadb": ("rag/index/", "eval/tutorial.py", "eval/bench_steps.py"),
    "llama_index": ("rag/index/", "rag/llm/", "eval/tutorial.py", "eval/evaluators.py"),
    "sentence_transformers": ("rag/index/embedding.py", "rag/encoder/"),
    "torch": ("rag/index/embedding.py", "rag/encoder/", "rag/reader/"),
    "onnxruntime": ("rag/reader/",),
    "gradio": ("ui/",),
    "httpcore": ("rag/llm/",),
    "tenacity": ("rag/llm/",),
    "matplotlib": ("eval/reporting/figures.py", "eval/bench.py"),
    "jinja2": ("eval/reporting/page.py",),
    "trafilatura": ("rag/corpus/",),
}

MODULES = sorted(path for room in ("rag", "ui", "eval") for path in (REPOSITORY / room).rglob("*.py"))


def room(module: str) -> str:
    """The longest known name that a module's dotted name begins with."""
    parts = module.split(".")
    return next(name for end in range(len(parts), 0, -1) if (name := ".".join(parts[:end])) in FLOORS)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_run_downwards_only(path: Path) -> None:
    own = room(dotted(path))
    for name in imports(path):
        if name.split(".")[0] not in ("rag", "ui", "eval"):
            continue
        if own == "rag.cli" and name.split(".")[0] in ("ui", "eval"):
            continue  # the one file that may reach up, inside its commands
        other = room(name)
        assert other == own or FLOORS[other] < FLOORS[own], f"{dotted(path)} imports {name}"
        assert not (own in ("ui", "eval") and other in ("ui", "eval") and own != other)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_foreign_packages_stop_at_their_room(path: Path) -> None:
    place = path.relative_to(REPOSITORY).as_posix()
    for name in imports(path):
        allowed = BORDERS.get(name.split(".")[0])
        assert allowed is None or place.startswith(allowed), f"{place} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_every_module_opens_with_a_sentence(path: Path) -> None:
    sentence = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert sentence
    assert sentence[0].isupper()


def test_the_environment_is_read_in_one_place() -> None:
    readers = [path for path in MODULES if "os.environ" in path.read_text() or "getenv" in path.read_text()]
    assert [dotted(path) for path in readers] == ["rag.settings"]


def test_nothing_trusts_remote_code_or_opens_pickles() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert "trust_remote_code=True" not in text, path
        assert "chromadb.server" not in text, path
        assert not {"pickle", "joblib", "dill"} & set(imports(path)), path


def test_public_names_are_there() -> None:
    for name in rag.__all__:
        assert getattr(rag, name).__module__.startswith("rag.")


@pytest.mark.parametrize("statement", ["import rag", "import rag.cli", "from rag import Assistant, Settings"])
def test_import_is_light(statement: str) -> None:
    heavy = ("torch", "chromadb", "llama_index", "gradio", "sentence_transformers", "trafilatura", "transformers")
    script = f"{statement}\nimport sys\nprint([name for name in {heavy!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
