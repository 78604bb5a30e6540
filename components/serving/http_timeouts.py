"""Patience: HTTP/1.1 for clients that may be slow, but neither endlessly nor at endless length."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from components.serving.guard import MAX_HEADERS, MAX_TARGET

HEAD_WITHIN_S: Final = 10
"""A client that takes longer to ask for something is let go."""

MAX_HEAD: Final = 2 * (MAX_HEADERS + MAX_TARGET)
"""Bytes after which a request is cut off whose head has no end; the guard refuses smaller ones."""


class TimeoutProtocol(HttpToolsProtocol):
    """Uvicorn's, which by itself waits for ever for the rest of a request."""

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._limit: asyncio.TimerHandle | None = None
        self._begin_to_wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; while it is but part of a head, go on waiting."""
        super().data_received(data)
        if self._limit is not None:
            self._head_size += len(data)
            if self._head_size > MAX_HEAD:
                self._give_up()
        elif self._is_idle():
            # Bytes that begin no request: they have ended uvicorn's own wait.
            self._begin_to_wait()

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        super().on_message_begin()
        if self._limit is None:
            self._begin_to_wait()

    def on_headers_complete(self) -> None:
        """Wait no longer: somebody asks for something."""
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer: nobody is there."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_idle(self) -> bool:
        """Tell whether nothing is under way, and nobody waits for what comes next."""
        cycle: RequestResponseCycle | None = self.cycle
        is_answered = cycle is None or cycle.response_complete
        is_ours = self.transport.get_protocol() is self and not self.transport.is_closing()
        return is_ours and is_answered and self.timeout_keep_alive_task is None

    def _begin_to_wait(self) -> None:
        self._head_size = 0
        self._limit = self.loop.call_later(HEAD_WITHIN_S, self._give_up)

    def _stop_waiting(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _give_up(self) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.close()
