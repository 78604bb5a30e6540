import gzip
import logging
import os
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.testclient import TestClient

from components.serving import assets, typefaces
from components.serving.assets import Assets, Library

BIG = b"export const words = `" + b"many words " * 500 + b"`"
FILES = {
    "js/index.aaaaaaaa.js": b'import{a}from"./part.bbbbbbbb.js";' + BIG,
    "js/part.bbbbbbbb.js": b'import"./deep.cccccccc.js";' + BIG,
    "js/deep.cccccccc.js": b"tiny",
    "js/Lazy.dddddddd.js": b'const load=()=>import("./Other.eeeeeeee.js");' + BIG,
    "js/Other.eeeeeeee.js": BIG,
    "css/index.ffffffff.css": BIG,
    "media/type.gggggggg.woff2": BIG,
    "js/unhashed.js": BIG,
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, body in FILES.items():
        path = tmp_path / "source" / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return Library(tmp_path / "source", cache=tmp_path / "cache")


@pytest.fixture
def client(library: Library) -> TestClient:
    app = Starlette(routes=[Mount("/", PlainTextResponse("as it is"))])
    return TestClient(Assets(app, library))


def get(client: TestClient, path: str, accepted: str = "br", **headers: str):
    return client.get(f"/static/{path}", headers={"accept-encoding": accepted} | headers)


def test_what_a_bundle_imports_is_needed_with_it(library: Library):
    assert library.needed(["index"]) == [
        "js/index.aaaaaaaa.js",
        "css/index.ffffffff.css",
        "js/part.bbbbbbbb.js",
        "js/deep.cccccccc.js",
    ] or set(library.needed(["index"])) == {
        "js/index.aaaaaaaa.js",
        "css/index.ffffffff.css",
        "js/part.bbbbbbbb.js",
        "js/deep.cccccccc.js",
    }


def test_what_a_bundle_may_load_later_is_not_needed(library: Library):
    assert library.needed(["Lazy"]) == ["js/Lazy.dddddddd.js"]


def test_a_name_that_no_file_has_is_left_out_and_told(library: Library):
    assert library.needed(["Renamed", "Other"]) == ["js/Other.eeeeeeee.js"]
    assert library.missing(["Renamed", "Other"]) == ["Renamed"]


def test_every_long_script_and_sheet_is_compressed_once(library: Library):
    assert library.prepare(["js/index.aaaaaaaa.js"])
    copies = {path.name: path for path in library.target.rglob("*") if path.is_file()}
    assert len(copies) == 2 * 5
    for path in copies.values():
        body = path.read_bytes()
        plain = brotli.decompress(body) if path.suffix == ".br" else gzip.decompress(body)
        assert plain == FILES[f"{path.parent.name}/{path.stem}"]
    written = {path: path.stat().st_mtime_ns for path in copies.values()}
    assert library.prepare()
    assert {path: path.stat().st_mtime_ns for path in copies.values()} == written


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None), ("br;q=0", None)],
)
def test_a_file_comes_in_the_coding_that_the_browser_takes(
    library: Library, client: TestClient, accepted: str, coding: str | None
):
    library.prepare()
    answer = get(client, "js/part.bbbbbbbb.js", accepted)
    assert answer.headers.get("content-encoding") == coding
    assert answer.content == FILES["js/part.bbbbbbbb.js"]
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]


def test_until_it_is_compressed_a_file_is_sent_uncompressed(library: Library, client: TestClient):
    early = get(client, "js/part.bbbbbbbb.js")
    assert "content-encoding" not in early.headers
    assert early.content == FILES["js/part.bbbbbbbb.js"]
    # A cache between would else send this to everybody, for a year.
    assert early.headers["vary"] == "Accept-Encoding"
    assert "immutable" in early.headers["cache-control"]
    same = {"if-none-match": early.headers["etag"]}
    assert get(client, "js/part.bbbbbbbb.js", **same).status_code == 304
    library.prepare()
    late = get(client, "js/part.bbbbbbbb.js", "identity")
    assert late.headers["etag"] == early.headers["etag"]
    assert get(client, "js/part.bbbbbbbb.js").headers["content-encoding"] == "br"


def test_type_is_compressed_already(library: Library, client: TestClient):
    library.prepare()
    answer = get(client, "media/type.gggggggg.woff2")
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "font/woff2"


def test_what_a_browser_has_is_not_sent_again(library: Library, client: TestClient):
    library.prepare()
    tags = set()
    for accepted in ("br", "gzip", "identity"):
        first = get(client, "js/part.bbbbbbbb.js", accepted)
        again = get(
            client, "js/part.bbbbbbbb.js", accepted, **{"if-none-match": first.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
        tags.add(first.headers["etag"])
    assert len(tags) == 3


def test_a_part_of_a_file_is_a_part_of_it_uncompressed(library: Library, client: TestClient):
    library.prepare()
    path = "js/part.bbbbbbbb.js"
    tag = get(client, path, "identity").headers["etag"]
    for accepted in ("identity", "br"):
        answer = get(client, path, accepted, range="bytes=10-19", **{"if-range": tag})
        assert (answer.status_code, answer.content) == (206, FILES[path][10:20])
        assert answer.headers["content-range"] == f"bytes 10-19/{len(FILES[path])}"
        assert answer.headers["etag"] == tag
        assert "content-encoding" not in answer.headers
    assert get(client, path, range="bytes=999999-").status_code == 416
    # What was begun compressed cannot be continued: it comes whole.
    compressed = get(client, path, "br").headers["etag"]
    for other in ('"another"', compressed):
        answer = get(client, path, "br", range="bytes=0-3", **{"if-range": other})
        assert (answer.status_code, answer.content) == (200, FILES[path])


def test_a_head_has_headers_alone(library: Library, client: TestClient):
    library.prepare()
    whole = get(client, "js/part.bbbbbbbb.js")
    head = client.head("/static/js/part.bbbbbbbb.js", headers={"accept-encoding": "br"})
    assert head.content == b""
    for name in ("content-length", "etag", "content-encoding", "vary", "cache-control"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("path", ["js/none.js", "..%2fsecret", "%2e%2e/%2e%2e/x", "js/"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str):
    answer = get(client, path)
    assert answer.status_code == 404
    assert "immutable" not in answer.headers["cache-control"]


def test_other_files_and_paths_are_left_to_the_app(client: TestClient):
    assert get(client, "js/unhashed.js").text == "as it is"
    assert client.get("/other").text == "as it is"
    assert client.post("/static/js/part.bbbbbbbb.js").text == "as it is"


def test_a_folder_that_cannot_be_written_harms_nothing(
    library: Library, client: TestClient, caplog: pytest.LogCaptureFixture
):
    library.target.parent.mkdir()
    library.target.write_text("a file is in the way")
    with caplog.at_level(logging.WARNING):
        assert not library.prepare()
    assert "No compressed files are cached" in caplog.text
    assert get(client, "js/part.bbbbbbbb.js").content == FILES["js/part.bbbbbbbb.js"]


def test_a_full_disk_leaves_no_half_written_file(
    library: Library, client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    def fill(path: Path, body: bytes) -> int:
        with path.open("wb") as file:
            file.write(body[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill)
    assert not library.prepare()
    assert [path for path in library.target.rglob("*") if path.is_file()] == []
    assert get(client, "js/part.bbbbbbbb.js").content == FILES["js/part.bbbbbbbb.js"]


def test_a_cache_that_is_emptied_while_the_server_runs_harms_nothing(
    library: Library, client: TestClient
):
    library.prepare()
    assert get(client, "js/part.bbbbbbbb.js").headers["content-encoding"] == "br"
    for path in library.target.rglob("*.br"):
        path.unlink()
    assert get(client, "js/part.bbbbbbbb.js").headers["content-encoding"] == "br"
    late = get(client, "js/Other.eeeeeeee.js")
    assert "content-encoding" not in late.headers
    assert late.content == FILES["js/Other.eeeeeeee.js"]


def test_replicas_agree_on_the_tags_of_a_file(library: Library, tmp_path: Path):
    """Whatever the times of the files, and however hard each compressed them."""
    other = Library(library.source, cache=tmp_path / "other")
    assert library.prepare(["js/part.bbbbbbbb.js"])
    assert other.prepare()
    os.utime(other.target / "js/part.bbbbbbbb.js.br", (1, 1))
    app = Starlette()
    first, second = (TestClient(Assets(app, one)) for one in (library, other))
    for accepted in ("br", "gzip", "identity"):
        tag = get(first, "js/part.bbbbbbbb.js", accepted).headers["etag"]
        again = get(second, "js/part.bbbbbbbb.js", accepted, **{"if-none-match": tag})
        assert again.status_code == 304


def test_the_installed_streamlit_has_every_bundle_that_is_announced(tmp_path: Path):
    library = Library(cache=tmp_path)
    assert library.missing(assets.FIRST) == []
    assert len(library.needed(assets.FIRST)) > 80
    large = library.large(library.needed(assets.FIRST))
    assert 5 < len(large) < 15
    assert any("PlotlyChart" in path for path in large)
    assert len(library.needed([assets.HEAVY])) > 10
    assert library.needed([assets.HEAVY])[0].startswith("js/PlotlyChart.")


def test_the_smaller_copy_of_a_font_is_sent_once_there_is_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    path = "media/SourceSansVF-Upright.ttf.hhhhhhhh.woff2"
    font = library.source / "static" / path
    font.write_bytes(b"whole")
    monkeypatch.setattr(typefaces, "smaller", lambda _font, *, name: f"small {name}".encode())
    client = TestClient(Assets(Starlette(), library))
    assert library.file(path) == font
    library.shrink()
    assert get(client, path).content == b"small Pledge Sans"
    assert get(client, path).headers["content-type"] == "font/woff2"
    assert get(client, path, range="bytes=0-4").content == b"small"
    assert library.typefaces == {path: library.file(path)}
