"""``make links``, against a server in this process: no test leaves the machine."""

import csv
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from components.exports import link_check
from components.exports.link_check import NOT_WEB, Answer, check, main
from tests.unit.conftest import DataFolder

ROUTES = {
    "/ok": (200, ""),
    "/moved": (301, "/ok"),
    "/moved-308": (308, "/moved"),
    "/found": (302, "/ok"),
    "/moved-to-found": (301, "/found"),
    "/found-then-moved": (302, "/moved"),
    "/moved-to-nothing": (301, "/nothing"),
    "/moved-to-place": (301, "/ok#there"),
    "/nothing": (404, ""),
    "/gone": (410, ""),
    "/login": (401, ""),
    "/forbidden": (403, ""),
    "/too-many": (429, ""),
    "/broken": (500, ""),
    "/loop": (302, "/loop"),
    "/to-ftp": (301, "ftp://files.example/a"),
    "/to-password": (302, "http://me:secret@files.example/a"),
    "/to-nonsense": (302, "http://[files.example/"),
}
"""Path -> HTTP status, and where it redirects to."""

HEAD_FAILS = {"/head-403": 403, "/head-404": 404, "/head-405": 405, "/head-501": 501}
"""Path -> HTTP status of HEAD; GET is answered with 200 and a body that never comes."""


class Site(ThreadingHTTPServer):
    """What the addresses lead to; remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.lock = threading.Lock()
        self.at_once: Counter[str] = Counter()
        self.most_at_once: Counter[str] = Counter()
        self.both_are_here = threading.Barrier(2, timeout=10)
        self.closes = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_HEAD(self) -> None:
        site = self.server
        site.asked.append(f"{self.command} {self.path}")
        site.headers.append(dict(self.headers))
        if self.path == "/silent":
            site.closes.wait()
            return
        if self.path == "/both":
            site.both_are_here.wait()
        if self.path.startswith("/slow"):
            self.count_at_once(self.headers["Host"].partition(":")[0])
        status, location = ROUTES.get(self.path, (200, ""))
        if self.path.startswith("/slow-to"):
            status, location = 302, site.url("/slow")
        if self.command == "HEAD":
            status = HEAD_FAILS.get(self.path, status)
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        # GET never gets them: whoever read the body would fail.
        self.send_header("Content-Length", "1000")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()

    def count_at_once(self, host: str) -> None:
        site = self.server
        with site.lock:
            site.at_once[host] += 1
            site.most_at_once[host] = max(site.most_at_once[host], site.at_once[host])
        time.sleep(0.01)
        with site.lock:
            site.at_once[host] -= 1

    def log_message(self, format: str, *args: object) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(link_check, "PAUSE_SECONDS", 0.0)
    with Site() as started:
        serving = threading.Thread(target=started.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield started
        started.closes.set()
        started.shutdown()
        serving.join()


def answer_of(url: str) -> Answer:
    return check([url])[url]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        pytest.param("/ok", Answer("ok", 200), id="ok"),
        pytest.param("/found", Answer("ok", 200), id="302"),
        pytest.param("/found-then-moved", Answer("ok", 200), id="302-then-301"),
        pytest.param("/nothing", Answer("dead", 404, note="Not Found"), id="404"),
        pytest.param("/gone", Answer("dead", 410, note="Gone"), id="410"),
        pytest.param("/moved-to-nothing", Answer("dead", 404, note="Not Found"), id="301-to-404"),
        pytest.param("/login", Answer("refused", 401, note="Unauthorized"), id="401"),
        pytest.param("/forbidden", Answer("refused", 403, note="Forbidden"), id="403"),
        pytest.param("/too-many", Answer("refused", 429, note="Too Many Requests"), id="429"),
        pytest.param("/broken", Answer("no answer", 500, note="Internal Server Error"), id="500"),
        pytest.param("/loop", Answer("dead", 302, note="more than 10 redirects"), id="loop"),
        pytest.param("/to-ftp", Answer("dead", 301, note=NOT_WEB), id="to-ftp"),
        pytest.param("/to-password", Answer("dead", 302, note=NOT_WEB), id="to-password"),
    ],
)
def test_an_answer_says_what_became_of_an_address(site: Site, path: str, answer: Answer):
    assert answer_of(site.url(path)) == answer


@pytest.mark.parametrize(
    ("path", "now_at"),
    [
        pytest.param("/moved", "/ok", id="301"),
        pytest.param("/moved-308", "/ok", id="308-then-301"),
        pytest.param("/moved-to-found", "/found", id="301-then-302"),
        pytest.param("/moved#here", "/ok#here", id="keeps-the-place-on-the-page"),
        pytest.param("/moved-to-place#here", "/ok#there", id="names-a-place-on-the-page"),
    ],
)
def test_an_address_has_moved_as_far_as_permanent_redirects_lead(
    site: Site, path: str, now_at: str
):
    assert answer_of(site.url(path)) == Answer("moved", 200, site.url(now_at))


@pytest.mark.parametrize("path", HEAD_FAILS)
def test_where_head_fails_get_decides_and_its_body_is_not_read(site: Site, path: str):
    assert answer_of(site.url(path)) == Answer("ok", 200)
    assert site.asked == [f"HEAD {path}", f"GET {path}"]


@pytest.mark.parametrize("path", ["/ok", "/login", "/too-many"])
def test_what_head_settles_is_asked_once(site: Site, path: str):
    answer_of(site.url(path))
    assert site.asked == [f"HEAD {path}"]


def test_a_redirect_to_nonsense_is_no_answer_and_not_followed(site: Site):
    answer = answer_of(site.url("/to-nonsense"))
    assert (answer.status, answer.note) == ("no answer", "no connection, or no valid address")


def test_a_server_that_does_not_answer_is_asked_twice_and_not_waited_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(link_check, "TIMEOUTS", (5.0, 0.05))
    assert answer_of(site.url("/silent")) == Answer("no answer", note="it took too long")
    assert len(site.asked) <= 2


def test_a_refused_connection_is_no_answer(site: Site):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        answer = answer_of(f"http://127.0.0.1:{nobody.getsockname()[1]}/")
    assert answer == Answer("no answer", note="no connection, or no valid address")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://127.0.0.1:{port}/ok", "javascript:alert(1)", "http://[1/ok",
     "http:///ok", "http://me:secret@127.0.0.1:{port}/ok", "//127.0.0.1:{port}/ok"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_not_asked(site: Site, address: str):
    assert answer_of(address.format(port=site.server_port)) == Answer("dead", note=NOT_WEB)
    assert site.asked == []


def test_an_address_in_two_sources_is_asked_once(site: Site):
    assert len(check([site.url("/ok"), site.url("/gone"), site.url("/ok")])) == 2
    assert Counter(site.asked)["HEAD /ok"] == 1


def test_a_host_is_asked_one_at_a_time_by_whatever_way_one_gets_there(site: Site):
    paths = [site.url(f"/slow-{number}") for number in range(4)]
    elsewhere = [site.url(f"/slow-to-{number}", host="localhost") for number in range(4)]
    answers = check([*paths, *elsewhere])
    assert {answer.status for answer in answers.values()} == {"ok"}
    assert site.most_at_once == {"127.0.0.1": 1, "localhost": 1}


def test_hosts_are_asked_at_the_same_time(site: Site):
    """Each answer waits for the other request."""
    answers = check([site.url("/both"), site.url("/both", host="localhost")])
    assert [answer.status for answer in answers.values()] == ["ok", "ok"]


def test_a_host_is_left_alone_between_two_requests(site: Site, monkeypatch: pytest.MonkeyPatch):
    waits: list[float] = []
    clock = SimpleNamespace(monotonic=lambda: 100.0, sleep=waits.append)
    monkeypatch.setattr(link_check, "time", clock)
    monkeypatch.setattr(link_check, "PAUSE_SECONDS", 7.0)
    check([site.url("/moved"), site.url("/gone")])
    assert site.asked == ["HEAD /moved", "HEAD /ok", "HEAD /gone", "GET /gone"]
    assert waits == [0.0, 7.0, 7.0, 7.0]


def test_a_site_is_told_who_asks_and_no_password(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    answer_of(site.url("/ok"))
    (headers,) = site.headers
    assert headers["User-Agent"] == "pledge tracker link check"
    assert "Authorization" not in headers


@pytest.fixture
def shipped(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A data folder that the command finds."""
    monkeypatch.setenv("PLEDGE_DATA", str(folder.path))
    return folder


def test_the_report_has_a_row_for_each_source_with_an_address(
    site: Site, shipped: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    source = shipped.rows["sources.csv"][0]
    shipped.set("sources.csv", row=2, url=site.url("/moved"))
    shipped.add("sources.csv", **source | {"source_id": "daily-2026", "url": site.url("/gone")})
    shipped.add("sources.csv", **source | {"source_id": "echo-2026", "url": site.url("/gone")})
    out = tmp_path / "new" / "links.csv"
    assert main(["--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as opened:
        header, *rows = csv.reader(opened)
    gone = ["The Courier", site.url("/gone"), "dead", "410", "", "Gone"]
    assert header == ["source_id", "publisher", "url", "status", "http_status", "now_at", "note"]
    assert rows == [
        ["courier-2026", "The Courier", site.url("/moved"), "moved", "200", site.url("/ok"), ""],
        ["daily-2026", *gone],
        ["echo-2026", *gone],
    ]
    assert capsys.readouterr().out.splitlines() == [
        "2 addresses: 0 ok, 1 moved, 1 dead, 0 refused, 0 no answer",
        f"dead: daily-2026, '{site.url('/gone')}': Gone",
        f"dead: echo-2026, '{site.url('/gone')}': Gone",
        f"moved: courier-2026, '{site.url('/moved')}': {site.url('/ok')}",
        f"The report is {out}.",
    ]


def test_sources_without_an_address_make_an_empty_report(
    shipped: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    shipped.set("sources.csv", row=2, url="")
    assert main(["--out", str(tmp_path / "links.csv")]) == 0
    assert capsys.readouterr().out.startswith("0 addresses: 0 ok")
    assert (tmp_path / "links.csv").read_text("utf-8").count("\n") == 1


def test_faulty_data_are_named_and_nothing_is_asked(
    site: Site, shipped: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    shipped.set("sources.csv", row=2, url=site.url("/ok"), language="English")
    assert main(["--out", str(tmp_path / "links.csv")]) == 1
    assert "sources.csv, row 2, language" in capsys.readouterr().err
    assert site.asked == []


def test_a_report_that_cannot_be_written_is_named_before_anything_is_asked(
    site: Site, shipped: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    shipped.set("sources.csv", row=2, url=site.url("/ok"))
    (tmp_path / "file").touch()
    assert main(["--out", str(tmp_path / "file" / "links.csv")]) == 1
    assert str(tmp_path / "file") in capsys.readouterr().err
    assert site.asked == []
