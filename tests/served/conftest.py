"""The server as a process of its own, asked over sockets as the world asks it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.browser.conftest import ROOT, free_port
from tests.frozen import FOLDER

READY_SECONDS = 120
STOP_SECONDS = 60
ANSWER_SECONDS = 240
"""A picture may wait for the browser to start, and for every page, on a machine that is busy."""


@dataclass
class Server:
    """A running serve.py: its address, its process, and the file that its log goes to."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **options: object) -> httpx2.Response:
        return httpx2.get(f"{self.address}{path}", timeout=ANSWER_SECONDS, **options)  # type: ignore[arg-type]

    def wait_for(self, test: Callable[[], bool], *, seconds: float = 60) -> None:
        """Wait until something is so; fails where it never is."""
        deadline = time.monotonic() + seconds
        while not test():
            assert time.monotonic() < deadline, f"not within {seconds} s"
            time.sleep(0.05)

    def wait_until_ready(self) -> None:
        """Wait until it answers; fails where it has ended."""
        self.wait_for(lambda: _is_ready(self), seconds=READY_SECONDS)

    def status(self) -> str:
        return str(self.get("/readyz").json()["status"])

    def send_raw(self, request: bytes, *, wait_seconds: float = 5) -> bytes:
        """Send bytes as they are and give all that comes back until the line is closed."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait_seconds) as line:
            line.sendall(request)
            answer = b""
            try:
                while part := line.recv(65536):
                    answer += part
            except (ConnectionResetError, TimeoutError):
                pass
            return answer

    def stop(self) -> int:
        """Ask it to end as an operator does, and give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)


@contextmanager
def started(log: Path, **settings: str) -> Iterator[Server]:
    """Run serve.py until it is ready, and end it whatever happens."""
    server = launch(log, free_port(), **settings)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.process.kill()
        server.process.wait()


def launch(log: Path, port: int, **settings: str) -> Server:
    """Start serve.py; whoever does must end it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PLEDGE_")}
    where = {"PLEDGE_ADDRESS": "127.0.0.1", "PLEDGE_PORT": str(port), "KALEIDO": "off"}
    where |= {"PLEDGE_DATA": str(FOLDER)}
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "serve.py"],
            cwd=ROOT,
            env=own | where | settings,
            # The log is what goes to standard error.
            stdout=subprocess.DEVNULL,
            stderr=file,
        )
    return Server(port, process, log)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Return a function that runs a server under some settings, ended with the test."""
    running: list[AbstractContextManager[Server]] = []

    def start(**settings: str) -> Server:
        context = started(tmp_path / f"log-{len(running)}.txt", **settings)
        running.append(context)
        return context.__enter__()

    yield start
    for context in running:
        context.__exit__(None, None, None)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run one server for all tests of a module."""
    with started(tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


def _is_ready(server: Server) -> bool:
    assert server.process.poll() is None, server.log.read_text("utf-8")
    try:
        return server.get("/healthz").status_code == 200
    except httpx2.TransportError:
        return False
