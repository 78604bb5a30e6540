"""A Streamlit server on loopback, running while it is measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

HOST: Final = "127.0.0.1"
ROOT: Final = Path(__file__).parents[1]
START_WITHIN_S: Final = 60
STOP_WITHIN_S: Final = 10


@contextmanager
def running(script: Path, *, data: Path | None = None) -> Iterator[int]:
    """Serve a script with ``streamlit run`` and yield the port; always stop it."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = [f"--server.port={port}", f"--server.address={HOST}", "--server.fileWatcherType=none"]
    environment = {"PLEDGE_DATA": str(data)} if data else {}
    with _running([*command, *options], environment, port, health="/_stcore/health"):
        yield port


@contextmanager
def serving(**environment: str) -> Iterator[int]:
    """Serve the dashboard with serve.py and yield the port; always stop it."""
    with serving_process(**environment) as (port, _):
        yield port


@contextmanager
def serving_process(**environment: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Serve the dashboard with serve.py; yield the port and the process."""
    port = free_port()
    where = {"PLEDGE_PORT": str(port), "PLEDGE_ADDRESS": HOST}
    command = [sys.executable, "serve.py"]
    with _running(command, where | environment, port, health="/readyz") as process:
        yield port, process


@contextmanager
def running_command(command: list[str]) -> Iterator[int]:
    """Run a server that takes its port as its last argument; yield the port."""
    port = free_port()
    with _running([*command, str(port)], {}, port, health="/"):
        yield port


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], port: int, *, health: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server from the repository's root; yield once it is healthy, then stop it."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(process, f"http://{HOST}:{port}{health}")
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_healthy(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped with exit code {process.returncode}.")
        try:
            with urlopen(address, timeout=1) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"The server was not up within {START_WITHIN_S} seconds.")
