import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from components.serving.guard import Guard, address_of, is_host_allowed, page_policy
from components.serving.settings import Settings
from tests.unit.serving.conftest import Serve


@pytest.mark.parametrize(
    ("host", "is_allowed"),
    [
        ("localhost", True),
        ("localhost:8501", True),
        ("LOCALHOST.:80".lower(), True),
        ("a.example.org", True),
        ("example.org", False),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("localhost@evil.example", False),
        ("localhost/evil", False),
        ("localhost:port", False),
        ("", False),
        ("[::1]:8501", True),
    ],
)
def test_a_host_is_allowed_by_name_whatever_its_port(host: str, is_allowed: bool):
    assert is_host_allowed(host, ("localhost", "*.example.org", "::1")) == is_allowed


def test_a_star_allows_any_host_but_none():
    assert is_host_allowed("anything.example", ("*",))
    assert not is_host_allowed("", ("*",))


def test_an_unknown_host_is_told_nothing(client: TestClient):
    answer = client.get("/api/v1/projects", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert answer.json()["title"] == "Unknown host"
    assert "evil" not in answer.text


def test_two_hosts_are_none(client: TestClient):
    answer = client.get("/", headers=[("host", "localhost"), ("host", "evil.example")])
    assert answer.status_code == 400


def test_health_is_told_under_any_host(client: TestClient):
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"host": "10.1.2.3:8501"}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_everything_is_read_only(client: TestClient, method: str):
    answer = client.request(method, "/_stcore/upload_file/a/b")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_request_has_no_body(client: TestClient):
    assert client.request("GET", "/api/v1/projects", content=b"x").status_code == 413
    chunked = client.request("GET", "/api/v1/projects", content=iter([b"x"]))
    assert chunked.status_code == 413


def test_an_endless_address_is_refused(client: TestClient):
    assert client.get("/api/v1/projects", params={"state": "T" * 8000}).status_code == 414


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/interact",
        "/_stcore/upload_file/a/b",
        "/_stcore/script-health-check",
        "/projects/_stcore/health",
        "/component/evil/index.html",
    ],
)
def test_what_no_page_needs_is_closed(client: TestClient, path: str):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/_stcore/health", "/_stcore/host-config", "/_stcore/bidi-components/a/b", "/media/x"]
)
def test_what_pages_need_goes_through(client: TestClient, path: str):
    assert client.get(path).text == "Streamlit"


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/projects", "/readyz", "/media/x", "/nowhere", "/x/y"]
)
def test_every_answer_is_marked_safe(client: TestClient, path: str):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"].replace("wasm-unsafe-eval", "")


def test_a_file_opened_by_itself_runs_nothing(client: TestClient):
    assert client.get("/media/x").headers["content-security-policy"].endswith("sandbox")


def test_only_data_and_pictures_may_be_loaded_by_other_sites(client: TestClient):
    paths = {"/": "same-origin", "/api/v1/projects": "cross-origin", "/feed.atom": "cross-origin"}
    for path, policy in paths.items():
        assert client.get(path).headers["cross-origin-resource-policy"] == policy


def test_a_secure_line_is_to_stay_one(client: TestClient):
    assert "strict-transport-security" not in client.get("/").headers
    secure = TestClient(client.app, base_url="https://localhost")
    assert "max-age" in secure.get("/").headers["strict-transport-security"]


def test_a_page_is_framed_by_none_and_a_card_by_whom_the_settings_name():
    settings = Settings(frame_ancestors=("https://news.example",))
    page = page_policy(settings, scripts=["sha256-x"], is_card=False)
    card = page_policy(settings, scripts=["sha256-x"], is_card=True)
    assert "frame-ancestors 'self';" in page
    assert "frame-ancestors https://news.example;" in card
    assert "script-src 'self' blob: 'wasm-unsafe-eval' 'sha256-x';" in page


@pytest.mark.parametrize(
    ("client", "whose"),
    [
        (("192.0.2.7", 1), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (("2001:db8::1", 1), "2001:db8::/64"),
        (("2001:db8::2:0:0:1", 1), "2001:db8::/64"),
        (("::ffff:192.0.2.7", 1), "192.0.2.7"),
        (("<evil>", 1), ""),
        (None, ""),
    ],
)
def test_an_address_of_the_newer_kind_counts_by_its_network(client: Any, whose: str):
    assert address_of({"client": client}) == whose


def test_one_address_has_so_many_open_pages_and_no_more(serve: Serve):
    opened: list[Any] = []
    release = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        opened.append(scope)
        await release.wait()

    async def attempt(guard: Guard) -> list[Any]:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "websocket", "path": "/", "client": ("192.0.2.7", 1)}
        await guard(scope | {"headers": [(b"host", b"localhost")]}, receive, send)
        return sent

    async def visits() -> None:
        guard = Guard(app, Settings(visits_per_address=2))
        pages = [asyncio.create_task(attempt(guard)) for _ in range(2)]
        await asyncio.sleep(0)
        refused = await attempt(guard)
        assert [message["type"] for message in refused] == ["websocket.accept", "websocket.close"]
        assert refused[1]["code"] == 1013
        release.set()
        await asyncio.gather(*pages)
        assert await attempt(guard) == []
        assert guard._connections == {}

    # In a thread of its own: browser tests before may have left a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(visits())).result()
    assert len(opened) == 3


def test_a_refusal_may_be_read_by_pages_of_other_sites_too(client: TestClient):
    answer = client.post("/api/v1/projects")
    assert answer.status_code == 405
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.post("/").headers


def test_a_body_that_is_not_read_closes_the_connection(client: TestClient):
    answer = client.request("GET", "/api/v1/projects", content=b"x")
    assert answer.headers["connection"] == "close"


def test_a_websocket_from_an_unknown_host_is_refused(client: TestClient):
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers={"host": "evil.example"}),
    ):
        pass
