"""A line between browser and server that can be cut, refuse, or swallow what is sent on it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Literal

Mode = Literal["open", "refuse", "swallow", "down"]

SOCKET_PATH = b"/_stcore/stream"
REFUSAL = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
CHUNK = 65_536


class Detour:
    """Forwards connections to a server.

    ``mode`` is what happens from now on: ``refuse`` answers requests for a WebSocket with 403,
    ``swallow`` forwards nothing more but keeps the connections, ``down`` accepts none.
    """

    def __init__(self, port: int) -> None:
        """Listen on a free port; ``port`` is the server's."""
        self.mode: Mode = "open"
        self._server = port
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End every connection, as a network that goes away."""
        for one in self._open:
            _end(one)
        self._open = []

    def close(self) -> None:
        """End every connection and listen no more."""
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            head = b"" if self.mode == "down" else client.recv(CHUNK)
            if self.mode == "refuse" and SOCKET_PATH in head.partition(b"\r\n")[0]:
                client.sendall(REFUSAL)
                return
            if not head:
                return
            with socket.create_connection(("127.0.0.1", self._server)) as server:
                self._open += [client, server]
                server.sendall(head)
                Thread(target=self._forward, args=[server, client], daemon=True).start()
                self._forward(client, server)

    def _forward(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while received := source.recv(CHUNK):
                if self.mode != "swallow":
                    target.sendall(received)
        _end(source)
        _end(target)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


@contextmanager
def detour(address: str) -> Iterator[Detour]:
    """Open a detour to the server at an address."""
    opened = Detour(int(address.rpartition(":")[2]))
    try:
        yield opened
    finally:
        opened.close()
