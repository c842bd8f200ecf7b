"""What all tests share: the guarded network, the seeds, and a clean environment."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import socket_guard
from hypothesis import settings
from ui_browser import browser  # noqa: F401  # a fixture

from rag import Assistant, Settings
from rag.settings import prepare_environment

REPOSITORY = Path(__file__).parent.parent
SEEDS = REPOSITORY / "seeds"

for name in [name for name in os.environ if name.startswith("RAG_")]:
    del os.environ[name]
prepare_environment()
socket_guard.install()
settings.register_profile("untimed", deadline=None)  # how fast a machine is says nothing of the code
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the seeds, so that no test writes an index into the repository."""
    copy = tmp_path_factory.mktemp("corpus") / "seeds"
    shutil.copytree(SEEDS, copy)
    return copy


@pytest.fixture(scope="session")
def assistant(seeds: Path) -> Iterator[Assistant]:
    """The seeds, opened once for the tests that only ask."""
    with Assistant.open(seeds, Settings()) as opened:
        yield opened
