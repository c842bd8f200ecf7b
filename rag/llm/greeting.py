"""Tries the endpoint of the settings with one word, for the doctor."""

from __future__ import annotations

import time

import httpx

from rag.errors import ModelError
from rag.llm.call import Call
from rag.llm.endpoint import Endpoint
from rag.llm.troubles import trouble
from rag.llm.writer import Message, Writer
from rag.settings import Settings


def greet(settings: Settings) -> str:
    """Have the model say something, and tell how long that took.

    Raises:
        ModelError: it cannot be used; where its name may be wrong, with the names that the endpoint knows.
    """
    endpoint, started = Endpoint(settings), time.perf_counter()
    endpoint.prepare()
    try:
        pieces = list(Writer(endpoint).write([Message("user", "Say: ready")], Call(settings.llm_deadline)))
    except ModelError as error:
        if error.kind == "not found" and (known := _known(endpoint, settings)):
            told = {language: f"{text} ({known})" for language, text in error.told.items()}
            raise ModelError(error.kind, told) from error
        raise
    if not pieces:
        raise trouble("empty")
    return f"{endpoint.place.model} at {endpoint.place.url} answered in {time.perf_counter() - started:.1f} s"


MOST_NAMES = 8


def _known(endpoint: Endpoint, settings: Settings) -> str:
    try:
        return ", ".join(endpoint.models(Call(settings.llm_deadline))[:MOST_NAMES])
    except (ModelError, httpx.HTTPError, ValueError):
        return ""
