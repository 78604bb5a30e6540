from typing import Any

import pytest
from starlette.testclient import TestClient

from components.basics import messages
from components.basics.byte_cache import ByteCache
from components.exports import chromium, files, pictures
from components.exports.chromium import PictureError
from tests.unit.serving.conftest import Serve

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="700" height="400"></svg>'


class Draws:
    """A Chromium that draws at once, and counts."""

    def __init__(self) -> None:
        self.sizes: list[tuple[str, float]] = []

    def draw(self, figure: Any, *, kind: str, scale: float = 1) -> bytes:
        self.sizes.append((kind, round(figure.layout.width * scale)))
        return SVG if kind == "svg" else b"\x89PNG"


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Draws:
    draws = Draws()
    monkeypatch.setattr(chromium, "shared", lambda: draws)
    monkeypatch.setattr(files, "CACHE", ByteCache())
    return draws


def test_a_picture_has_an_address(client: TestClient):
    answer = client.get("/charts/by-state.svg?state=TN")
    assert answer.status_code == 200
    assert answer.text.endswith("</metadata></svg>")
    assert "<desc" in answer.text
    assert answer.headers["content-type"] == "image/svg+xml"
    assert 'filename="us-japan-pledge_by-state_tn_' in answer.headers["content-disposition"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_picture_is_drawn_once(client: TestClient, drawn: Draws):
    first = client.get("/charts/by-state.png")
    assert client.get("/charts/by-state.png").content == first.content
    tag = {"if-none-match": first.headers["etag"]}
    assert client.get("/charts/by-state.png", headers=tag).status_code == 304
    assert len(drawn.sizes) == 1


@pytest.mark.parametrize(
    ("query", "width"),
    [
        ("", 1400),
        ("?size=1x", 700),
        ("?size=1200x630", 1200),
        ("?size=85mm", 1004),
        ("?size=1080x1920", 1080),
        ("?size=170mm&notes=short", 2008),
    ],
)
def test_a_png_comes_in_the_sizes_of_the_exports_and_no_other(
    client: TestClient, drawn: Draws, query: str, width: int
):
    assert client.get(f"/charts/map.png{query}").status_code == 200
    assert drawn.sizes == [("png", width)]


@pytest.mark.parametrize(
    "query",
    ["?size=99999x99999", "?size=", "?size=1x&size=2x", "?notes=none", "?state=ZZ", "?card=map"],
)
def test_no_other_size_or_parameter_is_drawn(client: TestClient, drawn: Draws, query: str):
    answer = client.get(f"/charts/map.png{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] in ("size", "notes", "state", "card")
    assert drawn.sizes == []


def test_what_others_append_and_the_case_of_names_draw_nothing_new(
    client: TestClient, drawn: Draws
):
    client.get("/charts/map.png?size=1x&state=TN")
    answer = client.get("/charts/map.png?SIZE=1x&STATE=TN&msclkid=x&_hsenc=y")
    assert answer.status_code == 200
    assert {width for _, width in drawn.sizes} == {700}


@pytest.mark.parametrize("path", ["nothing.svg", "by-state.gif", "by-state", ".svg"])
def test_what_is_no_picture_is_not_found(client: TestClient, path: str):
    answer = client.get(f"/charts/{path}")
    assert answer.status_code == 404
    assert "by-state" in answer.json()["detail"]


def test_nothing_is_not_drawn(client: TestClient):
    answer = client.get("/charts/by-state.svg?state=WY")
    assert answer.status_code == 404
    assert "Wyoming" in answer.json()["detail"]


def test_new_pictures_are_limited_for_one_address(serve: Serve):
    client = serve(pictures_per_minute=1)
    assert client.get("/charts/by-state.svg").status_code == 200
    assert client.get("/charts/by-state.svg?state=TN").status_code == 429
    assert client.get("/charts/by-state.svg").status_code == 200
    assert client.get("/api/v1/projects").status_code == 200


def test_without_a_browser_there_is_no_picture_at_the_moment(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: Any, **__: Any) -> bytes:
        raise PictureError("no Chromium in /opt/secret")

    monkeypatch.setattr(Draws, "draw", fail)
    answer = client.get("/charts/by-state.svg")
    assert answer.status_code == 503
    assert "secret" not in answer.text
    assert answer.headers["retry-after"] == "30"


def test_a_picture_of_each_language_is_drawn_in_it_and_cached_apart(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    seen: list[tuple[str, str]] = []
    draw = pictures.picture_bytes

    def note(*exhibit: Any, link: str, **rest: Any) -> bytes:
        seen.append((messages.language(), link))
        return draw(*exhibit, link=link, **rest)

    monkeypatch.setattr(pictures, "picture_bytes", note)
    for query in ("", "?lang=ja", "", "?lang=ja"):
        answer = client.get(f"/charts/by-state.svg{query}", headers={"accept-language": "ja"})
        assert answer.headers["content-language"] == ("ja" if query else "en")
    assert seen == [("en", "http://localhost/"), ("ja", "http://localhost/?lang=ja")]


def test_nothing_to_draw_is_said_in_the_language_that_is_asked_for(client: TestClient):
    for query, language in (("", "en"), ("&lang=ja", "ja")):
        answer = client.get(f"/charts/by-state.svg?state=WY{query}")
        assert (answer.status_code, answer.headers["content-language"]) == (404, language)
