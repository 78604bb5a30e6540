"""The request log: what the server logs, as JSON lines, each with the id of its request."""

import logging
import re
import sys
import time
import traceback
from contextvars import ContextVar
from secrets import token_hex
from typing import Final, TextIO

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.serving.guard import with_common_headers
from components.serving.problems import Problem

logger = logging.getLogger(__name__)

REQUEST_ID: Final = "x-request-id"
GIVEN_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""A request id from a proxy is used if it has only these characters, which harm no log."""

SLOW_S: Final = 5
"""An answer that takes longer is logged."""

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def set_up(level: str) -> None:
    """Log everything to standard error as JSON lines."""
    logging.basicConfig(level=level.upper(), handlers=[handler()], force=True)
    unify_loggers()
    # Below warnings they only repeat what we log ourselves.
    for name in ("kaleido", "choreographer", "watchdog"):
        logging.getLogger(name).setLevel(logging.WARNING)


def unify_loggers() -> None:
    """Send what Streamlit's and uvicorn's own loggers write through our handler."""
    for name, other in list(logging.root.manager.loggerDict.items()):
        is_foreign = name.partition(".")[0] in ("streamlit", "uvicorn")
        if is_foreign and isinstance(other, logging.Logger):
            other.handlers.clear()
            # Without handlers, uvicorn logs no line for every request.
            other.propagate = name != "uvicorn.access"


def handler(stream: TextIO | None = None) -> logging.Handler:
    """Return a handler that writes records as JSON lines, by default to standard error."""
    writer = logging.StreamHandler(stream or sys.stderr)
    writer.setFormatter(
        JsonFormatter(
            "%(levelname)s %(name)s %(message)s",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "traceback"},
            timestamp="time",
            # uvicorn's own, for a terminal.
            reserved_attrs=[*RESERVED_ATTRS, "color_message"],
            json_ensure_ascii=False,
        )
    )
    writer.addFilter(_add_request_id)
    return writer


def log_script_error(error: Exception) -> None:
    """Log a page that failed; the visitor sees Streamlit's own message (``on_script_error``)."""
    lines = "".join(traceback.format_exception(error))
    logger.error("A page failed.", extra={"traceback": lines})


class RequestLog:
    """Middleware: gives each request an id, logs failed and slow ones, hides error details."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; an uncaught error becomes a 500 that names only the request id."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = given if GIVEN_ID.fullmatch(given) else token_hex(16)
        _request_id.set(request_id)
        started = time.monotonic()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = (REQUEST_ID.encode(), request_id.encode())
                message["headers"] = [*message["headers"], own]
            await send(message)

        about = {"method": scope.get("method", "WEBSOCKET"), "path": scope["path"][:200]}
        try:
            await self._app(scope, receive, send_with_id)
        except Exception:
            logger.exception("A request failed.", extra=about)
            if scope["type"] == "http" and not status:
                await _internal_error(request_id)(
                    scope, receive, with_common_headers(scope, send_with_id)
                )
            return
        seconds = time.monotonic() - started
        if scope["type"] == "http" and (status >= 500 or seconds > SLOW_S):
            extra = about | {"status": status, "seconds": round(seconds, 3)}
            logger.warning("A request was refused or slow.", extra=extra)


def _internal_error(request_id: str) -> ASGIApp:
    detail = f"Something failed on this server. Its log knows it as {request_id}."
    return Problem(500, "Internal error", detail).response()


def _add_request_id(record: logging.LogRecord) -> bool:
    request_id = _request_id.get()
    if request_id:
        record.request_id = request_id
    return True
