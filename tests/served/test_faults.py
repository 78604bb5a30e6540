"""What goes wrong outside harms no visitor: bad data, bad clients, a full disk, a sudden end."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from benchmarks.session import Session, visiting
from tests.browser.conftest import ROOT
from tests.frozen import FOLDER
from tests.served.conftest import Server

Run = Callable[..., Server]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "data"))


@contextmanager
def visitors(server: Server, count: int) -> Iterator[list[Session]]:
    """Open some pages at once, each showing all."""
    contexts = [visiting(server.port) for _ in range(count)]
    sessions = [context.__enter__() for context in contexts]
    try:
        for session in sessions:
            session.show({}, page="")
        yield sessions
    finally:
        for context in contexts:
            with suppress(ConnectionClosed):
                context.__exit__(None, None, None)


def lines(server: Server) -> list[dict[str, object]]:
    """Read the log, every line of which is a JSON document."""
    return [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]


def test_garbage_in_a_data_file_and_back_again_goes_unnoticed_by_visitors(run: Run, data: Path):
    server = run(PLEDGE_DATA=str(data))
    good = (data / "investments.csv").read_bytes()
    totals = server.get("/api/v1/summary").json()["rows"]
    with visitors(server, 3) as sessions:
        for garbage in (b"\xff\xfe\x00garbage", b"", b"project_id\n" * 1000):
            (data / "investments.csv").write_bytes(garbage)
            server.wait_for(lambda: server.status() == "degraded")
            for session in sessions:
                session.show({"state": ["TN"]})
            assert server.get("/api/v1/summary").json()["rows"] == totals
            (data / "investments.csv").write_bytes(good)
            server.wait_for(lambda: server.status() == "ready")
            for session in sessions:
                session.show({})
    (data / "sources.csv").unlink()
    server.wait_for(lambda: server.status() == "degraded")
    assert server.get("/api/v1/sources").status_code == 200
    messages = [str(line["message"]) for line in lines(server)]
    assert any("investments.csv" in message for message in messages)


def test_sigterm_lets_visitors_go_with_a_sign_to_come_back(run: Run):
    # They are no answers under way, for which it would wait so long.
    server = run(PLEDGE_DRAIN_SECONDS="600")
    with visitors(server, 3) as sessions:
        assert server.stop() == 0
        for session in sessions:
            # 1012: the server restarts, come again.
            with pytest.raises(ConnectionClosed) as closed:
                session.show({})
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1012
    assert not [line for line in lines(server) if line["level"] == "ERROR"]


def test_sigint_ends_it_too(run: Run):
    server = run()
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(60) == 0


def test_oversized_headers_are_refused_and_nobody_else_notices(server: Server):
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: " + b"a" * 100_000 + b"\r\n\r\n"
    answer = server.send_raw(request)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431")
    many = b"".join(b"X-%d: a\r\n" % number for number in range(5_000))
    answer = server.send_raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + many + b"\r\n")
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert server.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close"
        b"\r\n\r\nffffffffffffffff\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\r\n" * 1000,
        b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 99\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(server: Server, request_bytes: bytes):
    answer = server.send_raw(request_bytes, wait_seconds=2)
    assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 501"))
    assert b"Traceback" not in answer
    assert server.get("/healthz").status_code == 200


def is_open(line: socket.socket) -> bool:
    """Return whether the server has sent nothing on a connection and left it open."""
    try:
        line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return True
    except ConnectionResetError:
        pass
    return False


def test_clients_that_dawdle_are_let_go_and_hold_nobody_up(server: Server):
    """Two hundred lines on which a request comes by a letter at a time, or not at all."""
    dawdlers = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(200)]
    try:
        for line in dawdlers[::2]:
            line.sendall(b"GET / HTTP/1.1\r\nHost: local")
        assert server.get("/api/v1/summary").status_code == 200
        # Whoever had to wait for them would be answered when all are gone.
        assert any(is_open(line) for line in dawdlers)
        deadline = time.monotonic() + 60
        for line in dawdlers:
            line.settimeout(max(deadline - time.monotonic(), 0.1))
            with suppress(ConnectionResetError):
                assert line.recv(100) == b""
    finally:
        for line in dawdlers:
            line.close()


@pytest.mark.parametrize("more", [b"\r\n", b"G"], ids=["blank", "begun"])
def test_a_line_that_is_kept_open_for_nothing_is_let_go_too(server: Server, more: bytes):
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b""
        while b"alive" not in answer:
            answer += line.recv(4096)
        line.sendall(more)
        # What is left of the answer, then the end.
        while line.recv(4096):
            pass


def test_a_visitor_who_reads_nothing_holds_nobody_up(server: Server):
    with visitors(server, 2) as (deaf, other):
        for state in ("TN", "TX", "OH", "GA") * 5:
            deaf._connection.send(deaf.message({"state": [state]}))
        assert other.show({"state": ["TN"]}).size > 0


def test_a_message_that_is_none_or_too_large_ends_that_visit_alone(server: Server):
    with visitors(server, 3) as (garbled, large, other):
        garbled._connection.send(b"\xff" * 100)
        with suppress(ConnectionClosed):
            large._connection.send(b"\x00" * 3_000_000)
            large.show({})
        other.show({"state": ["TN"]})


def test_an_empty_cache_folder_that_cannot_be_filled_harms_nothing(run: Run, tmp_path: Path):
    (tmp_path / "full").write_text("a file where a folder should be")
    server = run(PLEDGE_CACHE=str(tmp_path / "full"))
    page = server.get("/")
    assert page.status_code == 200
    script = page.text.partition('type="module" crossorigin src="')[2].partition('"')[0]
    answer = server.get(script)
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers
    server.wait_for(
        lambda: any("No compressed files" in str(line["message"]) for line in lines(server))
    )


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("PLEDGE_PORT", "eighty", "PLEDGE_PORT is 'eighty'. Allowed: 0 to 65535."),
        ("PLEDGE_PROT", "80", "PLEDGE_PROT is an unknown setting. Did you mean PLEDGE_PORT?"),
        ("PLEDGE_ADDRESS", "192.0.2.1", "Cannot listen on 192.0.2.1"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(setting: str, value: str, words: str):
    from tests.browser.conftest import free_port

    environment = {"PATH": "", "PLEDGE_PORT": str(free_port()), setting: value}
    done = subprocess.run(
        [sys.executable, "serve.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
        text=True,
    )
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert len(said) == 1
    assert said[0].startswith(words)


def test_the_log_names_no_visitor_and_every_line_is_a_document(server: Server):
    for line in lines(server):
        assert {"time", "level", "logger", "message"} <= set(line)
