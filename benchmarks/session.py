"""A visit over a real WebSocket, in the protocol a browser speaks with Streamlit."""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.server import HOST

Query = dict[str, list[str]]

RUN_WITHIN_S: Final = 60


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the page: the time from the request to the last message, and the bytes of all."""

    seconds: float
    size: int


class Session:
    """One visitor; every ``show`` is a rerun with another link."""

    def __init__(self, connection: ClientConnection) -> None:
        """Use an open connection."""
        self._connection = connection
        self._page = ""
        self._buttons: dict[str, str] = {}

    def show(self, query: Query, *, page: str | None = None, press: Sequence[str] = ()) -> Run:
        """Request the page of a link, and wait until the server has sent all of it.

        ``page`` is its path, "" for the first, None for the current one. ``press`` names buttons
        of earlier runs that are pressed together.
        """
        message = self.message(query, page=page, press=press)
        started = time.perf_counter()
        self._connection.send(message)
        size = self._receive_run()
        return Run(seconds=time.perf_counter() - started, size=size)

    def message(self, query: Query, *, page: str | None = None, press: Sequence[str] = ()) -> bytes:
        """Return the message by which a browser requests a page; arguments as in ``show``."""
        message = BackMsg()
        for label in press:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = self._buttons[label], True
        message.rerun_script.query_string = urlencode(query, doseq=True)
        if page is None:
            message.rerun_script.page_script_hash = self._page
        else:
            message.rerun_script.page_name = page
        message.rerun_script.context_info.color_scheme = "light"
        written: bytes = message.SerializeToString()
        return written

    def _acknowledge_at_once(self) -> None:
        """Make Linux acknowledge packets at once: a server's next packet may wait for that.

        The 40 ms of delay would count as the server's. The kernel resets the option: it is set
        before each message.
        """
        if hasattr(socket, "TCP_QUICKACK"):
            self._connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _receive_run(self) -> int:
        size = 0
        deadline = time.monotonic() + RUN_WITHIN_S
        while True:
            self._acknowledge_at_once()
            frame = self._connection.recv(timeout=max(deadline - time.monotonic(), 0))
            message = ForwardMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())
            size += len(frame)
            match message.WhichOneof("type"):
                case "new_session":
                    self._page = message.new_session.page_script_hash
                case "delta" if message.delta.new_element.WhichOneof("type") == "button":
                    button = message.delta.new_element.button
                    self._buttons[button.label] = button.id
                case "delta" if message.delta.new_element.WhichOneof("type") == "exception":
                    raise RuntimeError(f"The page failed: {message.delta.new_element.exception}")
                case "script_finished":
                    if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                        return size
                    if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                        raise RuntimeError("The page does not compile.")


@contextmanager
def visiting(port: int) -> Iterator[Session]:
    """Open a session without compression, so that sizes are those of the messages themselves."""
    with connect(
        f"ws://{HOST}:{port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        compression=None,
        max_size=None,
    ) as connection:
        yield Session(connection)
