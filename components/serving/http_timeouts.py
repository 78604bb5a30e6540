"""HTTP timeouts: closes connections whose client is too slow, or sends too much, to ask."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from components.serving.guard import MAX_HEADERS, MAX_TARGET

HEAD_TIMEOUT_S: Final = 10
"""A client whose request line and headers take longer is disconnected."""

MAX_HEAD: Final = 2 * (MAX_HEADERS + MAX_TARGET)
"""At most so many bytes of request line and headers are read; the guard's own limit is lower."""


class TimeoutProtocol(HttpToolsProtocol):
    """Uvicorn's protocol, which has no timeout of its own for the head of a request."""

    def connection_made(self, transport: Any) -> None:
        """Start the timeout for the first request."""
        super().connection_made(transport)
        self._timeout: asyncio.TimerHandle | None = None
        self._start_timeout()

    def data_received(self, data: bytes) -> None:
        """Parse what was received; close the connection when a head grows too long."""
        super().data_received(data)
        if self._timeout is not None:
            self._head_size += len(data)
            if self._head_size > MAX_HEAD:
                self._close()
        elif self._is_idle():
            # Bytes that begin no request, such as blank lines, have stopped uvicorn's own timeout.
            self._start_timeout()

    def on_message_begin(self) -> None:
        """Start the timeout for the rest of a head."""
        super().on_message_begin()
        if self._timeout is None:
            self._start_timeout()

    def on_headers_complete(self) -> None:
        """Stop the timeout: there is a request."""
        self._stop_timeout()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timeout: the client is gone."""
        self._stop_timeout()
        super().connection_lost(exc)

    def _is_idle(self) -> bool:
        """Return whether no request is being answered and no other timeout is running."""
        cycle: RequestResponseCycle | None = self.cycle
        is_answered = cycle is None or cycle.response_complete
        is_ours = self.transport.get_protocol() is self and not self.transport.is_closing()
        return is_ours and is_answered and self.timeout_keep_alive_task is None

    def _start_timeout(self) -> None:
        self._head_size = 0
        self._timeout = self.loop.call_later(HEAD_TIMEOUT_S, self._close)

    def _stop_timeout(self) -> None:
        if self._timeout is not None:
            self._timeout.cancel()
            self._timeout = None

    def _close(self) -> None:
        self._stop_timeout()
        if not self.transport.is_closing():
            self.transport.close()
