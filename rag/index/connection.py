"""Connects to Chroma, inside this process or on a server, and says in plain words why it failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from rag.errors import SettingsError, StoreError
from rag.settings import Settings, prepare_environment


def check_address(settings: Settings) -> SplitResult | None:
    """The parts of RAG_CHROMA_URL, or None where Chroma runs inside this process.

    Raises:
        SettingsError: it is not the address of a server.
    """
    if settings.chroma_url is None:
        return None
    try:
        parts = urlsplit(settings.chroma_url)
        sound = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if "@" in settings.chroma_url:  # not shown: what stands before it is a secret
        raise SettingsError("RAG_CHROMA_URL holds a user name, which is of no use here; write http://127.0.0.1:8000")
    if not sound or parts.path.strip("/") or parts.query:
        raise SettingsError(
            f"RAG_CHROMA_URL={settings.chroma_url!r} is not the address of a server; write http://127.0.0.1:8000"
        )
    return parts


def connect(folder: Path | None, settings: Settings) -> Any:
    """A Chroma client of the configured server, else of `folder`, else in memory.

    Raises:
        SettingsError: RAG_CHROMA_URL is not the address of a server.
        StoreError: the server does not answer, or the folder cannot be used.
    """
    address = check_address(settings)
    prepare_environment()
    with chroma_errors(settings.chroma_url):
        if address:
            _await_server(settings.chroma_url or "")
        return _client(folder, address)


def disconnect(client: Any) -> None:
    """Close a client, and the connections to a server that Chroma leaves open."""
    client.close()
    for session in _sessions(client):
        session.close()


@contextmanager
def chroma_errors(url: str | None) -> Iterator[None]:
    """Turn what Chroma and its transport raise into a StoreError that names the next step."""
    import httpx  # chromadb imports it too, which takes one to two seconds
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        if url:
            raise StoreError(
                f"the Chroma server at RAG_CHROMA_URL={url!r} failed ({reason}); start it with"
                " `chroma run --host 127.0.0.1 --path FOLDER`, or unset RAG_CHROMA_URL"
            ) from error
        raise StoreError(
            f"Chroma failed ({reason}); see whether the disk is full, then run `depeche doctor`"
        ) from error


_PATIENCE = 5.0  # seconds a server may take to say that it is there
_LONGEST_ANSWER = 60.0  # seconds it may take to answer, or to store a batch


def _client(folder: Path | None, address: SplitResult | None) -> Any:
    import chromadb  # see above

    quiet = chromadb.config.Settings(anonymized_telemetry=False)
    if address:
        secure = address.scheme == "https"
        port = address.port or (443 if secure else 80)
        client = chromadb.HttpClient(host=str(address.hostname), port=port, ssl=secure, settings=quiet)
        for session in _sessions(client):
            session.timeout = _LONGEST_ANSWER
        return client
    if folder:
        return chromadb.PersistentClient(str(folder), settings=quiet)
    return chromadb.EphemeralClient(settings=quiet)


def _sessions(client: Any) -> list[Any]:
    """The connections of a client to a server, which Chroma gives no time limit and never closes."""
    servers = [getattr(one, "_server", None) for one in (client, getattr(client, "_admin_client", None))]
    sessions = [getattr(server, "_session", None) for server in servers]
    return [session for session in sessions if session is not None]


def _await_server(url: str) -> None:
    """Ask the server for a sign of life; Chroma's own client would wait for one without end."""
    import httpx  # see above

    httpx.get(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=_PATIENCE).raise_for_status()
