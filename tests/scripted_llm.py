"""A LlamaIndex LLM object that writes what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from llama_index.core.base.llms.types import CompletionResponse, LLMMetadata
from llama_index.core.llms import CustomLLM
from pydantic import Field


class ScriptedLLM(CustomLLM):
    """Calls `script` with the whole prompt and streams the pieces that come back."""

    script: Callable[[str], Any]
    asked: list[str] = Field(default_factory=list)

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata()

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        raise AssertionError("answers are streamed")

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Iterator[CompletionResponse]:
        self.asked.append(prompt)
        text = ""
        for delta in self.script(prompt):
            text += delta
            yield CompletionResponse(text=text, delta=delta)


def mark_of(prompt: str, words: str) -> str:
    """The mark of the passage that holds some words."""
    found = re.search(rf"^\S+ \[(\w+)\] .*\n.*{re.escape(words)}", prompt, re.MULTILINE)
    assert found, words
    return found.group(1)


def writing(*lines: tuple[str, str | None]) -> Callable[[str], list[str]]:
    """A script of lines, each with some words of the passage to cite for it."""

    def script(prompt: str) -> list[str]:
        return [f"{text} [{mark_of(prompt, words)}]\n" if words else f"{text}\n" for text, words in lines]

    return script
