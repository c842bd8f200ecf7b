"""Carries requests to the one endpoint that the user configured: bounded in time and size, tried again when it helps.

The key is put into the request here and nowhere else, so that no client, log or error above ever holds it.
"""

from __future__ import annotations

import datetime
import json
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

import httpcore
import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, retry_if_result, stop_after_attempt
from tenacity.wait import wait_random_exponential

from rag.llm.call import Call
from rag.llm.refusals import is_too_long, kind_of, message
from rag.llm.troubles import one_line, trouble
from rag.llm.wire import GuardedBackend
from rag.settings import Secret

ATTEMPTS = 3
CONNECTING = 5.0  # seconds
MOST_BYTES = 4_000_000  # of one answer
MOST_ERROR_BYTES = 65_536
OPTIONAL = ("stream_options", "temperature", "max_tokens")  # servers differ in which of these they take
PASSING = {408, 425, 429, 500, 502, 503, 504, 529}  # states that may be over in a moment


@dataclass(frozen=True, slots=True)
class Place:
    """Where requests go, and what is known of the server there."""

    url: str  # as shown: without user, password and query
    model: str
    key: Secret
    stall: float = 10.0  # seconds without a byte, once the model has begun
    unwanted: set[str] = field(default_factory=set)  # of OPTIONAL, those that the server has refused


class EndpointTransport(httpx.BaseTransport):
    """One call's way to the endpoint. Whatever goes wrong is raised as a ModelError."""

    def __init__(self, place: Place, call: Call, trusted: ssl.SSLContext | None = None) -> None:
        self._place, self._call = place, call
        self._pool = httpcore.ConnectionPool(
            ssl_context=trusted, max_keepalive_connections=0, network_backend=GuardedBackend(call)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self._call.patience = None
        answer = self._with_patience(request)
        while answer.status_code >= 400 and self._refuses_an_option(answer):
            answer = self._with_patience(request)
        if answer.status_code >= 300:
            raise self._refusal(answer)
        sort = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.method == "POST" and sort != "text/event-stream":
            answer.close()
            raise trouble("protocol", url=self._place.url, said=sort or "nothing")
        return answer

    def close(self) -> None:
        self._pool.close()

    def _with_patience(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request; a fault that may pass is waited for twice, if there is time."""
        attempts = Retrying(
            retry=retry_if_result(lambda answer: answer.status_code in PASSING and not is_too_long(answer))
            | retry_if_exception(lambda error: isinstance(error, httpcore.NetworkError | httpcore.RemoteProtocolError)),
            wait=_pause,
            stop=lambda state: stop_after_attempt(ATTEMPTS)(state) or state.upcoming_sleep >= self._call.remaining,
            sleep=self._call.wait,
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        try:
            answer: httpx.Response = attempts(self._attempt, request)
        except httpcore.TimeoutException as error:
            raise self._late(error) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise trouble("unreachable", url=self._place.url, said=self._shown(error)) from error
        return answer

    def _attempt(self, request: httpx.Request) -> httpx.Response:
        body = _without(self._place.unwanted, request.content)
        carried = {name: value for name, value in request.headers.items() if not _is_private(name)}
        carried["content-length"] = str(len(body))
        if self._place.key:
            carried["authorization"] = f"Bearer {self._place.key.reveal()}"
        remaining = self._call.remaining
        timeout = {"connect": min(CONNECTING, remaining), "read": remaining, "write": remaining, "pool": remaining}
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=[("host", request.url.netloc.decode("ascii")), *carried.items()],
                content=body,
                extensions={"timeout": timeout},
            )
        )
        kept = [(name, value) for name, value in answer.headers if name.lower() in (b"content-type", b"retry-after")]
        told = httpx.Headers(kept)
        if answer.status < 300:
            return httpx.Response(answer.status, headers=told, stream=_Body(answer, self))
        try:
            return httpx.Response(answer.status, headers=told, content=_beginning(answer))
        finally:
            answer.close()

    def _refuses_an_option(self, answer: httpx.Response) -> bool:
        """Whether the server complains of something that can be left out; it is, from now on."""
        if answer.status_code not in (400, 422) or is_too_long(answer):
            return False
        refused = {option for option in OPTIONAL if option in answer.text} - self._place.unwanted
        self._place.unwanted.update(refused)
        return bool(refused)

    def _refusal(self, answer: httpx.Response) -> Exception:
        status, said = answer.status_code, self._shown(message(answer))
        kind = kind_of(answer)
        if kind == "protocol":
            said = f"HTTP {status}"
        return trouble(kind, url=self._place.url, model=self._place.model, status=status, said=said)

    def _late(self, error: Exception) -> Exception:
        if self._call.over:
            return trouble("slow", seconds=self._call.seconds)
        return trouble("unreachable", url=self._place.url, said=self._shown(error))

    def _shown(self, said: str | Exception) -> str:
        text, key = str(said) or type(said).__name__, self._place.key.reveal()
        return one_line(text.replace(key, "(hidden)") if key else text)

    def began(self) -> None:
        """From now on the model should not pause for long; before its first words it may, to read the passages."""
        self._call.patience = self._place.stall

    def broken(self, error: Exception) -> Exception:
        """What to raise when the answer breaks off in the middle."""
        if isinstance(error, httpcore.TimeoutException):
            if self._call.over:
                return trouble("slow", seconds=self._call.seconds)
            return trouble("stalled", url=self._place.url, seconds=self._place.stall)
        return trouble("broke off", url=self._place.url, said=self._shown(error))


class _Body(httpx.SyncByteStream):
    """The bytes of an answer as they come, no more of them than anybody could want."""

    def __init__(self, answer: httpcore.Response, carrier: EndpointTransport) -> None:
        self._answer, self._carrier = answer, carrier

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        stream = self._answer.iter_stream()
        while True:
            try:
                part = next(stream, None)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise self._carrier.broken(error) from error
            if part is None:
                return
            self._carrier.began()
            read += len(part)
            if read > MOST_BYTES:
                raise self._carrier.broken(ValueError(f"more than {MOST_BYTES} bytes"))
            yield part

    def close(self) -> None:
        self._answer.close()


_JITTER = wait_random_exponential(multiplier=0.25, max=2)


def _pause(state: RetryCallState) -> float:
    """Seconds to the next attempt: what the server asks for, or full jitter."""
    failed = state.outcome is None or state.outcome.failed
    asked = "" if failed or state.outcome is None else state.outcome.result().headers.get("retry-after", "")
    if re.fullmatch(r"\d{1,9}", asked):
        return float(asked)
    try:
        day = parsedate_to_datetime(asked)
        return max(0.0, (day - datetime.datetime.now(datetime.timezone.utc)).total_seconds())
    except (TypeError, ValueError):
        return float(_JITTER(state))


def _without(unwanted: set[str], body: bytes) -> bytes:
    if not body or not unwanted:
        return body
    asked = json.loads(body)
    return json.dumps({name: value for name, value in asked.items() if name not in unwanted}).encode()


def _is_private(name: str) -> bool:
    """Headers that are set here, or tell of this machine what no server needs to know."""
    return name in {"host", "authorization", "content-length", "accept-encoding"} or name.startswith("x-stainless")


def _beginning(answer: httpcore.Response) -> bytes:
    read = b""
    for part in answer.iter_stream():
        read += part
        if len(read) >= MOST_ERROR_BYTES:
            break
    return read[:MOST_ERROR_BYTES]
