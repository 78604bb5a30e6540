"""The server: routes and middleware around the dashboard, and the process that runs them."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from threading import Thread
from typing import Any, Final

import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from components.basics import stylesheet
from components.basics.palette import ICON
from components.serving import (
    api,
    assets,
    calendar,
    chart_images,
    crawlers,
    feed,
    health,
    request_log,
    settings,
)
from components.serving.assets import Assets, Library
from components.serving.guard import OPEN, SHARED, Guard
from components.serving.http_timeouts import TimeoutProtocol
from components.serving.page_shells import PageShells
from components.serving.problems import Problem
from components.serving.request_log import RequestLog
from components.serving.responder import RepeatedAnswers, Responder
from components.serving.settings import Settings, SettingsError
from components.serving.shell import ICON_PATH, Shell
from components.views import store

logger = logging.getLogger(__name__)

POLL_S: Final = 1.0
"""How often the data folder is checked for changes, whether or not anybody visits."""

MAX_MESSAGE: Final = 2_000_000
"""At most so many bytes has a message from a page; a few hundred as a rule."""

KEEP_ALIVE_S: Final = 65
"""Longer than what proxies use, so that it is they who close an idle connection."""

PING_S: Final = 20
BACKLOG: Final = 1024
MORE_CONNECTIONS: Final = 1024
"""How many connections there may be beside those of visits, most of them kept open for more."""

USAGE_ERROR: Final = 2


def settings_or_exit() -> Settings:
    """Return the settings of this process; a wrong one ends it with one line."""
    try:
        return settings.read(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        sys.exit(USAGE_ERROR)


def app_arguments(chosen: Settings) -> dict[str, Any]:
    """Return the arguments of ``st.App``: routes, middleware, lifespan, error handlers."""
    responder = Responder(chosen, store.shared(chosen.data))
    library = Library(cache=chosen.cache)
    routes = [
        *api.routes(responder),
        *feed.routes(responder),
        *calendar.routes(responder),
        *chart_images.routes(responder),
        *health.routes(responder.store),
        *crawlers.routes(responder),
        Route(ICON_PATH, _icon),
    ]
    return {
        "routes": routes,
        "middleware": [
            Middleware(RequestLog),
            Middleware(Guard, settings=chosen),
            Middleware(RepeatedAnswers, responder=responder),
            Middleware(Assets, library=library),
            Middleware(
                PageShells,
                responder=responder,
                shell=_shell(library),
                taken=_first_segments(routes),
            ),
        ],
        "lifespan": lambda _: _lifespan(responder, library),
        "on_script_error": request_log.log_script_error,
        "exception_handlers": {Problem: _problem, HTTPException: _http_error},
    }


def run(app: ASGIApp, chosen: Settings) -> int:
    """Serve until SIGTERM or SIGINT; return the exit code."""
    request_log.set_up(chosen.log_level)
    try:
        listening = _listen(chosen.address, chosen.port)
    except OSError as error:
        reason = error.strerror or error
        print(f"Cannot listen on {chosen.address}:{chosen.port}: {reason}", file=sys.stderr)
        return 1
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=TimeoutProtocol,
        ws="websockets-sansio",
        ws_max_size=MAX_MESSAGE,
        ws_ping_interval=PING_S,
        ws_ping_timeout=PING_S,
        # Messages to a page shrink to a sixth.
        ws_per_message_deflate=True,
        # Visits are limited by the guard: who comes beyond them still gets pages and files.
        limit_concurrency=chosen.connections + MORE_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=chosen.drain_seconds,
        forwarded_allow_ips=",".join(chosen.trusted_proxies),
        server_header=False,
        access_log=False,
        log_config=None,
        lifespan="on",
    )
    host, port = listening.getsockname()[:2]
    logger.info("Listening on %s, port %d.", host, port)
    # For whoever typed the command; the log on standard error is for programs.
    print(f"The dashboard is on http://{chosen.address}:{port}", flush=True)
    server = uvicorn.Server(config)
    # Uvicorn raises the signal again after its shutdown: that must not change the exit code.
    signal.signal(signal.SIGTERM, lambda *_: None)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    return 0 if server.started else 1


def _listen(address: str, port: int) -> socket.socket:
    """Return a listening socket with TCP_NODELAY: answers are not held back for an ACK."""
    family, kind, protocol, _, where = socket.getaddrinfo(
        address, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
    )[0]
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listening.bind(where)
    listening.listen(BACKLOG)
    listening.setblocking(False)  # noqa: FBT003  # The standard library takes it by position.
    return listening


@asynccontextmanager
async def _lifespan(responder: Responder, library: Library) -> AsyncIterator[Mapping[str, Any]]:
    """Read the data and poll it for changes; compress what is not compressed yet."""
    request_log.unify_loggers()
    first = library.needed(assets.FIRST)
    Thread(target=library.prepare, args=[first], name="compress", daemon=True).start()
    await run_in_threadpool(responder.store.read)
    polling = asyncio.create_task(_poll(responder), name="poll the data folder")
    try:
        yield {}
    finally:
        polling.cancel()


async def _poll(responder: Responder) -> None:
    while True:
        await asyncio.sleep(POLL_S)
        await run_in_threadpool(responder.store.read)


def _shell(library: Library) -> Shell:
    for name in library.missing((*assets.FIRST, *assets.MAP)):
        logger.warning("Streamlit has no file %s: it is not preloaded.", name)
    index = library.source / "index.html"
    heavy = next(iter(library.named(assets.HEAVY)), "")
    needed = library.needed(assets.FIRST)
    shell = Shell(
        index.read_text("utf-8"),
        needed=needed,
        later=library.needed(assets.MAP),
        heavy=heavy,
        large=library.large(needed),
        style=library.faces(assets.PREFIX) + stylesheet.before_theme(),
    )
    if not shell.is_known:
        logger.warning("Streamlit's index.html has changed: it is served unchanged.")
    return shell


def _first_segments(routes: list[BaseRoute]) -> frozenset[str]:
    return frozenset(
        str(getattr(route, "path", "")).strip("/").partition("/")[0] for route in routes
    )


async def _icon(_: Request) -> Response:
    headers = {"cache-control": "public, max-age=86400"}
    return FileResponse(ICON, headers=headers, media_type="image/svg+xml")


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    response = error.response()
    if request.url.path.startswith(SHARED):
        response.headers.update(OPEN)
    return response


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = Problem(error.status_code, error.detail, "", headers=error.headers or {})
    return await _problem(request, problem)
