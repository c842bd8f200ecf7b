"""Has a model write: any LlamaIndex LLM object, or the endpoint of the settings, within one deadline."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from rag.errors import ModelError, UsageError
from rag.llm.breaker import Breaker
from rag.llm.call import Call, Overdue, pieces
from rag.llm.troubles import one_line, trouble
from rag.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What came from the model at once: a few letters, or word that it is done."""

    text: str
    ending: str | None = None  # why it stopped, when it says so: "stop", "length", ...
    tokens: tuple[int, int] | None = None  # read and written so far, when it counts


class Models(Protocol):
    """Where a model comes from."""

    def opened(self, call: Call) -> AbstractContextManager[LLM]:
        """The model, for one call."""

    def discreet(self, text: str) -> str:
        """The text without what is secret about the model."""


def open_writer(settings: Settings, llm: object = None) -> Writer | None:
    """The writer for a given LLM object, or for the endpoint of the settings, or None when there is neither.

    Raises:
        UsageError: the object is no LlamaIndex LLM.
    """
    if llm is not None:
        if not callable(getattr(llm, "stream_chat", None)):
            raise UsageError(f"llm={one_line(repr(llm))} has no stream_chat; pass a LlamaIndex LLM object")
        return Writer(_Given(llm))
    if settings.llm == "none":
        return None
    from rag.llm.endpoint import Endpoint  # httpx takes a third of a second to import

    endpoint = Endpoint(settings)
    endpoint.prepare()
    return Writer(endpoint)


class Writer:
    """A model as the answers need it."""

    def __init__(self, models: Models, breaker: Breaker | None = None) -> None:
        self._models = models
        self._breaker = breaker or Breaker()

    def discreet(self, text: str) -> str:
        """What the model wrote, fit to be shown: without the key that it was asked with."""
        return self._models.discreet(text)

    def write(self, messages: Sequence[Message], call: Call) -> Generator[Piece, None, None]:
        """Yield what the model writes, as it writes it.

        Raises:
            ModelError: it cannot be reached, was too slow, broke off, refused or sent what no model sends.
        """
        if not self._breaker.lets_through():
            raise trouble("resting")
        call, began = call.again(), False
        try:
            for piece in pieces(lambda: self._pieces(messages, call), call):
                began = True
                yield piece
        except Overdue as error:
            self._breaker.failed()
            raise trouble("slow", seconds=call.seconds) from error
        except ModelError as error:
            if error.kind not in _NOT_ITS_FAULT:
                self._breaker.failed()
            raise
        except GeneratorExit:
            if began:
                self._breaker.worked()
            raise
        self._breaker.worked()

    def _pieces(self, messages: Sequence[Message], call: Call) -> Iterator[Piece]:
        from llama_index.core.llms import ChatMessage  # llama_index takes seconds to import

        try:
            with self._models.opened(call) as llm:
                asked = [ChatMessage(role=message.role, content=message.text) for message in messages]
                for response in llm.stream_chat(asked):
                    yield _piece(response)
        except Exception as error:
            raise _diagnosed(error) from error


_NOT_ITS_FAULT = {"too long", "address", "secrets", "unnamed", "key form"}  # of the endpoint, so it need not rest


class _Given:
    """An LLM object that the caller made, and that keeps its own connections."""

    def __init__(self, llm: Any) -> None:
        self._llm = llm

    def opened(self, call: Call) -> AbstractContextManager[LLM]:  # noqa: ARG002  # the reader keeps the deadline
        return nullcontext(self._llm)

    def discreet(self, text: str) -> str:
        return text


def _piece(response: Any) -> Piece:
    choices = _of(response.raw, "choices") or (None,)
    counted = [response.additional_kwargs.get(name) for name in ("prompt_tokens", "completion_tokens")]
    tokens = (int(counted[0]), int(counted[1])) if all(isinstance(count, int) for count in counted) else None
    return Piece(response.delta or "", _of(choices[0], "finish_reason"), tokens)


def _of(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def _diagnosed(error: BaseException) -> ModelError:
    """Our own error from beneath those that libraries put around it; failing that, what a stranger's error says."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ModelError):
            return seen
        seen = seen.__cause__
    said = one_line(f"{type(error).__name__}: {error}")
    return trouble("too long" if "context" in said.lower() and "length" in said.lower() else "other", said=said)
