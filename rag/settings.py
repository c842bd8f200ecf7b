"""Holds every setting in one frozen value and is the only reader of the environment (RAG_*)."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from rag.errors import SettingsError

T = TypeVar("T")


class Secret:
    """A text that shows itself only to who asks for it by name, never when it is printed."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "(hidden)" if self._text else "(none)"


def _setting(name: str, default: T, convert: Callable[[str], T], meaning: str) -> T:
    """A field that reads the environment variable `name` when a Settings is made."""

    def read() -> T:
        text = os.environ.get(name, "")
        if not text.strip():
            return default
        try:
            return convert(text)
        except ValueError as error:
            raise SettingsError(f"{name}={text!r} cannot be read ({error}); it means: {meaning}") from error

    value: T = field(default_factory=read, metadata={"name": name, "default": default, "meaning": meaning})
    return value


def _whole_number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("needs a whole number of 1 or more")
    return number


def _path(text: str) -> Path:
    return Path(text.strip()).expanduser()


def _share(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1:
        raise ValueError("needs a number from 0 to 1")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 86_400:
        raise ValueError("needs a number of seconds from 0 to 86400")
    return number


def _secret(text: str) -> Secret:
    return Secret(text.strip())


def _kind_of_model(text: str) -> str:
    kind = text.strip().lower()
    if kind not in {"none", "endpoint"}:
        raise ValueError("needs none or endpoint")
    return kind


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read, index, search and answer. Each field can be set by its environment variable.

    Raises:
        SettingsError: an environment variable has a value that cannot be used.
    """

    # Where things are
    index_dir: Path | None = _setting(
        "RAG_INDEX_DIR",
        None,
        _path,
        "folder that holds the indexes (default: .depeche beside the corpus)",
    )
    chroma_url: str | None = _setting(
        "RAG_CHROMA_URL", None, str.strip, "address of a Chroma server (default: Chroma inside this process)"
    )
    lock_wait: float = _setting("RAG_LOCK_WAIT", 5.0, _seconds, "seconds to wait for an index held by another process")

    # The encoder
    embed_model: str = _setting(
        "RAG_EMBED_MODEL", "bundled", str.strip, "bundled, or the name or folder of a sentence-transformers model"
    )
    query_prefix: str = _setting("RAG_QUERY_PREFIX", "", str, "text put before each question to embed (E5: 'query: ')")
    passage_prefix: str = _setting(
        "RAG_PASSAGE_PREFIX", "", str, "text put before each passage to embed (E5: 'passage: ')"
    )

    # The reader
    reader: str = _setting("RAG_READER", "bundled", str.strip, "bundled, none, or the folder of another reader")

    # Retrieval
    passages: int = _setting("RAG_PASSAGES", 8, _whole_number, "passages found for a question")
    per_article: int = _setting("RAG_PER_ARTICLE", 3, _whole_number, "passages taken from one article at most")
    dense_weight: float = _setting(
        "RAG_DENSE_WEIGHT", 0.8, _share, "weight of the embedding score against BM25, from 0 to 1"
    )

    # Answering
    answer_floor: float = _setting(
        "RAG_ANSWER_FLOOR", 0.45, _share, "an answer less sure than this is declined, from 0 to 1"
    )
    sentences: int = _setting("RAG_SENTENCES", 3, _whole_number, "sentences quoted in an answer at most")

    # The language model
    llm: str = _setting("RAG_LLM", "none", _kind_of_model, "none, or endpoint: an OpenAI-compatible one writes answers")
    llm_url: str | None = _setting(
        "RAG_LLM_URL", None, str.strip, "address of the endpoint, mostly with /v1 at its end"
    )
    llm_model: str | None = _setting("RAG_LLM_MODEL", None, str.strip, "name of the model, as the endpoint calls it")
    llm_api_key: Secret = _setting("RAG_LLM_API_KEY", Secret(), _secret, "key of the endpoint; it is never shown")
    llm_deadline: float = _setting(
        "RAG_LLM_DEADLINE", 30.0, _seconds, "seconds for one answer; then the quotes are shown without the model"
    )

    # The chat
    host: str = _setting("RAG_HOST", "127.0.0.1", str.strip, "address the chat listens on")
    port: int = _setting("RAG_PORT", 7860, _whole_number, "port the chat listens on")
    password: Secret = _setting(
        "RAG_PASSWORD", Secret(), _secret, "asked of who opens the chat; needed where RAG_HOST is not this machine"
    )


def prepare_environment() -> None:
    """Silence telemetry and busy waiting; call it before chromadb, llama_index, torch or gradio is imported.

    What the user has set stands, except for telemetry, which is always off.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # idle OpenMP threads that spin cost 500 ms a question
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ["ANONYMIZED_TELEMETRY"] = "False"  # chromadb
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    if "TIKTOKEN_CACHE_DIR" not in os.environ and (bundled := _bundled_tiktoken()):
        os.environ["TIKTOKEN_CACHE_DIR"] = str(bundled)


def _bundled_tiktoken() -> Path | None:
    """The tokenizer files that come inside llama-index-core; tiktoken downloads them when not told."""
    package = importlib.util.find_spec("llama_index")
    for place in (package.submodule_search_locations or ()) if package else ():
        folder = Path(place, "core", "_static", "tiktoken_cache")
        if folder.is_dir():
            return folder
    return None
