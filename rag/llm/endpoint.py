"""Makes LlamaIndex's OpenAILike for the OpenAI-compatible endpoint of the settings, over our own transport."""

from __future__ import annotations

import importlib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import httpx

from rag.llm.call import Call
from rag.llm.transport import EndpointTransport, Place
from rag.llm.troubles import one_line, trouble
from rag.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

MOST_TOKENS = 1_000  # that the model may write
CONTEXT = 16_384  # tokens; LlamaIndex wants a number, and a server with less room says so


class Endpoint:
    """The endpoint that the settings name; nothing is connected until a model is opened and asked."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.llm_url or ""
        self.place = Place(_shown(self._url), settings.llm_model or "", settings.llm_api_key)

    def prepare(self) -> None:
        """Import now what takes seconds, so that the first question need not wait for it."""
        importlib.import_module("llama_index.llms.openai_like")
        importlib.import_module("openai.resources.chat")  # which the client would import only when asked

    @contextmanager
    def opened(self, call: Call) -> Iterator[LLM]:
        """The model, for one call; its connections are closed afterwards.

        Raises:
            ModelError: the settings cannot be those of an endpoint.
        """
        self._check()
        from llama_index.llms.openai_like import OpenAILike  # takes seconds to import

        transport = EndpointTransport(self.place, call, self._trusted if self._url.startswith("https") else None)
        with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
            yield OpenAILike(
                model=self.place.model,
                api_base=self._url,
                api_key="-",  # the transport adds the real one
                is_chat_model=True,
                context_window=CONTEXT,
                max_tokens=MOST_TOKENS,
                temperature=0.0,
                max_retries=0,  # the transport knows better when
                timeout=call.seconds,
                http_client=client,
                additional_kwargs={"stream_options": {"include_usage": True}},
            )

    def discreet(self, text: str) -> str:
        """The text without the key, which an endpoint might write."""
        key = self.place.key.reveal()
        return text.replace(key, "(hidden)") if key else text

    def models(self, call: Call) -> tuple[str, ...]:
        """The names of the models that the endpoint has; none when it does not tell."""
        with httpx.Client(transport=EndpointTransport(self.place, call, self._trusted), trust_env=False) as client:
            listed = client.get(f"{self._url.rstrip('/')}/models").json()
        found = listed.get("data", ()) if isinstance(listed, dict) else ()
        return tuple(one_line(str(model["id"])) for model in found if isinstance(model, dict) and "id" in model)

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()

    def _check(self) -> None:
        if not _is_address(self._url):
            raise trouble("address", url=self.place.url)
        if httpx.URL(self._url).userinfo or httpx.URL(self._url).query:  # httpx writes addresses into its log
            raise trouble("secrets", url=self.place.url)
        if not self.place.model:
            raise trouble("unnamed", url=self.place.url)
        key = self.place.key.reveal()
        if not (key.isascii() and key.isprintable()):
            raise trouble("key form")


def _is_address(url: str) -> bool:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        return False
    return parsed.scheme in ("http", "https") and bool(parsed.host)


def _shown(url: str) -> str:
    """An address without what may be secret in it: user, password, query."""
    try:
        parsed = httpx.URL(url)
        return str(parsed.copy_with(userinfo=b"", query=None, fragment=None)) if parsed.host else url
    except (httpx.InvalidURL, ValueError):
        return one_line(url)
