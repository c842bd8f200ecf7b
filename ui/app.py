"""Serves the chat on this machine: one FastAPI app with guards in front and Gradio's page behind them."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from rag.errors import SettingsError
from rag.settings import Settings, prepare_environment
from ui.newsroom import Newsroom

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ui.newsroom import Assistant


SHORTEST_PASSWORD = 12  # characters


def serve(assistant: Assistant, settings: Settings) -> None:
    """Serve the chat until Ctrl-C, after printing one line with its address; the assistant stays open.

    Raises:
        SettingsError: RAG_HOST opens the chat to other machines without a password, or RAG_PORT is taken.
    """
    _refuse_open_door(settings)
    with _listen(settings.host, settings.port) as listening:
        import uvicorn  # after the settings are known to be good; with gradio five seconds to import

        config = uvicorn.Config(
            build_app(Newsroom(assistant, settings)),
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,  # second; an open page holds a connection for ever
        )
        server = uvicorn.Server(config)
        # Pages still open when it stops are cut off, which uvicorn would tell with a traceback for each.
        logging.getLogger("uvicorn.error").addFilter(lambda _: not server.should_exit)
        shown = f"[{settings.host}]" if ":" in settings.host else settings.host
        print(f"Dépêche: http://{shown}:{listening.getsockname()[1]} (Ctrl-C stops it)", flush=True)  # noqa: T201
        # uvicorn raises it again after it has stopped.
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listening])


def build_app(newsroom: Newsroom) -> FastAPI:
    """The app as served, without a server.

    Raises:
        SettingsError: RAG_HOST opens the chat to other machines without a password.
    """
    _refuse_open_door(newsroom.settings)
    prepare_environment()
    # Gradio opens an event loop for each of its locks where none is running, and never closes them: so it gets one
    # that runs, in a thread of its own, because the caller may have one already.
    with ThreadPoolExecutor(max_workers=1) as builder:
        return builder.submit(asyncio.run, _assembled(newsroom)).result()


async def _assembled(newsroom: Newsroom) -> FastAPI:
    import gradio  # reads its telemetry switches when imported, and takes five seconds
    from fastapi import FastAPI

    from ui.guard import guard
    from ui.page import build_page, script, style
    from ui.theme import newspaper
    from ui.uploads import LARGEST_FILE

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    settings = newsroom.settings
    guard(app, settings.host, settings.password.reveal())
    # What is off is said to be off: several of these are otherwise read from GRADIO_* variables, or on.
    gradio.mount_gradio_app(
        app,
        build_page(newsroom),
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        footer_links=[],
        run_history=False,
        root_path="",
        allowed_paths=[],
        show_error=False,
        max_file_size=LARGEST_FILE,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=newspaper(),
        css=style(),
        head=script(),
    )
    return app


def _refuse_open_door(settings: Settings) -> None:
    try:
        loopback = settings.host == "localhost" or ipaddress.ip_address(settings.host).is_loopback
    except ValueError:
        loopback = False
    password = settings.password.reveal()
    if not loopback and not password:
        raise SettingsError(
            f"RAG_HOST={settings.host!r} would open the chat to other machines, and it has no password; "
            f"set RAG_PASSWORD ({SHORTEST_PASSWORD} characters or more), or leave RAG_HOST unset"
        )
    if password and len(password) < SHORTEST_PASSWORD:
        raise SettingsError(
            f"RAG_PASSWORD has {len(password)} characters, which is soon guessed; "
            f"set one of {SHORTEST_PASSWORD} or more"
        )


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"RAG_PORT={port!r} on {host} cannot be used ({error}); stop the program that has it, or set another port"
        ) from error
