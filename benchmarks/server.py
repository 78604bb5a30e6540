"""A Streamlit server on loopback, up for as long as it is measured."""

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
    """Serve a script from the repository's root and give the port; stop it whatever happens."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = [f"--server.port={port}", f"--server.address={HOST}", "--server.fileWatcherType=none"]
    process = subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        env=os.environ | ({"PLEDGE_DATA": str(data)} if data else {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(process, port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_healthy(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped with exit code {process.returncode}.")
        try:
            with urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"The server was not up within {START_WITHIN_S} seconds.")
