"""A whole edition of two projects, without pictures; its PDF files are stand-ins."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from components.basics.byte_cache import ByteCache
from components.edition import plan
from components.edition.__main__ import main
from components.edition.ledger import NAME
from components.exports import briefing, files, sheet_pdf
from tests.app.folders import (
    HOSTILE_LINK,
    HOSTILE_NAME,
    HOSTILE_TEXT,
    milestone,
    project,
    source,
    write_folder,
)

BASE, APP = "https://example.org/pledge/", "https://live.example.org/"
NAMED = '"><script>alert(1)</script><a href="nothing">'

Write = Callable[..., int]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("editions")


@pytest.fixture(scope="module")
def write(root: Path) -> Iterator[Write]:
    """Return a function that writes an edition into a folder by the command."""
    rows = [project("yard", project=NAMED), project("dock", states="TX", amount="")]
    data = write_folder(
        root / "data",
        rows,
        milestones=[milestone("yard", stage="note", event=HOSTILE_TEXT)],
        sources=[source(publisher=HOSTILE_NAME, title=HOSTILE_TEXT, url=HOSTILE_LINK)],
        title=HOSTILE_NAME,
    )

    def run(name: str, *more: str) -> int:
        out = ["--out", str(root / name), "--base", BASE, "--data", str(data)]
        return main([*out, "--no-pictures", "--quiet", *more])

    with pytest.MonkeyPatch.context() as patch:
        for variable in ("PLEDGE_DATA", "KALEIDO"):
            patch.setenv(variable, "off")  # The command sets both; they are put back after it.
        for module, name in ((sheet_pdf, "sheet_bytes"), (briefing, "briefing_bytes")):
            patch.setattr(module, name, lambda *_, link, **__: f"PDF of {link}".encode())
        patch.setattr(files, "CACHE", ByteCache[bytes]())
        yield run


@pytest.fixture(scope="module")
def first(write: Write, root: Path) -> dict[str, bytes]:
    """Write an edition, which no test changes, and return its files."""
    assert write("first") == 0
    return contents(root / "first")


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_two_editions_are_equal_and_only_what_changed_is_made_anew(
    write: Write, root: Path, first: dict[str, bytes], capsys: pytest.CaptureFixture[str]
):
    assert write("again") == 0
    assert first == contents(root / "again")
    capsys.readouterr()
    assert write("again") == 0
    assert f": 0 files written, {len(first) - 1:,} kept, 0 removed" in capsys.readouterr().out

    less = write_folder(root / "less", [project("yard", project=NAMED)])
    assert write("again", "--data", str(less)) == 0
    assert " 0 removed" not in capsys.readouterr().out
    now = contents(root / "again")
    assert "projects/dock/index.html" in first.keys() - now.keys()
    assert "states/TX/index.html" in now


def test_every_page_is_a_document_without_scripts_whose_links_are_relative(
    first: dict[str, bytes],
):
    pages = pages_of(first)
    assert {"index.html", "projects/yard/index.html", "changes/state/OH/index.html"} < pages.keys()
    for name, page in pages.items():
        assert page.startswith("<!DOCTYPE html>"), name
        assert "<script" not in page, name
        assert page.count("<h1>") == 1, name
        assert f'<link rel="canonical" href="{BASE}{name.removesuffix("index.html")}">' in page
        links = re.findall(r'<a\s[^>]*href="([^"]*)"', page)
        assert [link for link in links if link.startswith(("/", "?", plan.ORIGIN, BASE))] == []


def pages_of(files: dict[str, bytes]) -> dict[str, str]:
    """Return the pages of an edition but for the one that no address has."""
    return {name: body.decode() for name, body in files.items() if name.endswith("index.html")}


def test_every_page_is_there_in_japanese_and_names_the_other(first: dict[str, bytes]):
    pages = pages_of(first)
    english = {name for name in pages if not name.startswith("ja/")}
    assert pages.keys() - english == {f"ja/{name}" for name in english}
    tag = '<link rel="alternate" hreflang="{}" href="{}{}">'
    for name in english:
        place = name.removesuffix("index.html")
        for page, language in ((pages[name], "en"), (pages[f"ja/{name}"], "ja")):
            assert f'<html lang="{language}">' in page
            assert tag.format("en", BASE, place) in page
            assert tag.format("ja", f"{BASE}ja/", place) in page
            assert tag.format("x-default", BASE, place) in page


def test_japanese_pages_lead_to_japanese_pages_and_files(first: dict[str, bytes]):
    page = pages_of(first)["ja/states/OH/index.html"]
    links = re.findall(r'<a\s[^>]*href="(\.[^"]*)"', page)
    inside = [one for one in links if not one.startswith("../../../")]
    assert "../../projects/yard/" in inside
    assert "../../feed/state/OH.atom" in inside
    # Out of the folder leads only the switch to the same page in English.
    assert set(links) - set(inside) <= {"../../../states/OH/"}
    assert "このページは静的なファイルで、2031年" in page


def test_files_beside_japanese_pages_are_japanese(first: dict[str, bytes]):
    rows = list(csv.DictReader(io.StringIO(first["ja/api/v1/projects/state/OH.csv"].decode())))
    assert rows[0]["about_link"] == f"{BASE}ja/state/OH/"
    atom = first["ja/feed/state/OH.atom"].decode()
    assert 'xml:lang="ja"' in atom
    assert f'href="{BASE}ja/feed/state/OH.atom"' in atom
    assert f'href="{BASE}ja/projects/yard/"' in atom
    sheets = [body for name, body in first.items() if name.startswith("ja/") and "sheet_oh" in name]
    assert sheets == [f"PDF of {BASE}ja/states/OH/".encode()] * 2
    assert not {"ja/icon.svg", "ja/robots.txt", "ja/sitemap.xml", "ja/style.css"} & first.keys()


def test_the_sitemap_has_every_page_with_its_other_language(first: dict[str, bytes]):
    sitemap = first["sitemap.xml"].decode()
    places = re.findall("<loc>([^<]*)</loc>", sitemap)
    addresses = [f"{BASE}{name.removesuffix('index.html')}" for name in pages_of(first)]
    assert sorted(places) == sorted(addresses)
    assert f"{BASE}ja/next/state/OH/" in places
    for place in places:
        assert f'hreflang="ja" href="{place}"' in sitemap or f'"en" href="{place}"' in sitemap


def test_an_address_without_a_file_has_a_page_that_holds_in_any_folder(first: dict[str, bytes]):
    page = first["404.html"].decode()
    assert re.findall(r'(?:href|src)="([^"]*)"', page) == [
        f"{BASE}icon.svg", f"{BASE}style.css", BASE, f"{BASE}ja/",
    ]  # fmt: skip
    assert "Page not found" in page
    assert '<section lang="ja"><h2>ページが見つかりません</h2>' in page
    assert "404" not in first["sitemap.xml"].decode()


class Parts(HTMLParser):
    """What a document consists of: its elements and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"@{name}" for name, _ in attrs)}
        self.found |= {f"{value}"[:11] for name, value in attrs if name in ("href", "src")}


def test_no_text_of_the_data_is_markup(first: dict[str, bytes]):
    parts = Parts()
    for name, body in first.items():
        if name.endswith(".html"):
            parts.feed(body.decode())
    assert "&lt;script&gt;alert(1)" in first["projects/yard/index.html"].decode()
    assert not parts.found & {"script", "img", "iframe", "object", "base", "javascript:"}
    assert [part for part in parts.found if part.startswith("@on")] == []


def test_files_carry_the_addresses_of_the_edition(first: dict[str, bytes]):
    found = first
    assert all(plan.ORIGIN.encode() not in body for name, body in found.items() if name != NAME)
    rows = list(csv.DictReader(io.StringIO(found["api/v1/projects/state/OH.csv"].decode())))
    assert rows[0]["about_link"] == f"{BASE}state/OH/"
    assert BASE in json.dumps(json.loads(found["api/v1/projects.json"]))
    assert f"<loc>{BASE}projects/yard/</loc>".encode() in found["sitemap.xml"]
    assert f'href="{BASE}feed/state/OH.atom"'.encode() in found["feed/state/OH.atom"]
    assert f"Sitemap: {BASE}sitemap.xml".encode() in found["robots.txt"]
    sheets = [body for name, body in found.items() if re.match("files/.*sheet_oh", name)]
    assert sheets == [f"PDF of {BASE}states/OH/".encode()] * 2


def test_what_files_cannot_do_leads_to_the_app_or_is_not_there(
    write: Write, root: Path, first: dict[str, bytes]
):
    assert write("with", "--app", APP) == 0
    alone = first["projects/index.html"].decode()
    with_app = (root / "with" / "projects" / "index.html").read_text(encoding="utf-8")
    assert "<form" not in alone
    assert "form-action &#39;none&#39;" in alone
    assert f'<form method="get" action="{APP}projects">' in with_app
    assert "form-action https://live.example.org" in with_app
    assert 'class="inside">Sector</a>' in alone
    assert f'class="inside" href="{APP}projects?sort=sector">Sector</a>' in with_app
    assert f'<a href="{APP}projects">This page in the live app</a>' in with_app


def test_a_link_to_nothing_is_an_error_that_names_page_and_link(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(plan, "FILES", plan.FILES - {"calendar.ics"})
    assert write("broken") == 1
    lines = capsys.readouterr().err.splitlines()
    assert "/next leads to nothing at calendar.ics" in lines
    assert "/next?lang=ja leads to nothing at calendar.ics?lang=ja" in lines
    assert all(" leads to nothing at calendar.ics" in line for line in lines)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--base", "example.org"], "--base 'example.org' is not a web address such as https://"),
        (["--base", "https://a.example/?x=1"], "--base 'https://a.example/?x=1' is not a web"),
        (["--base", 'https://a.example/"><x'], "is not a web address"),
        (["--app", "javascript:alert(1)"], "--app 'javascript:alert(1)' is not a web address"),
        (["--data", "/nowhere"], "--data '/nowhere' is not a folder."),
        (["--what"], "unrecognized arguments: --what"),
    ],
)
def test_a_wrong_argument_is_told_in_one_line(
    write: Write, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as ended:
        write("wrong", *more)
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_folder_with_other_files_is_refused_in_one_line(
    write: Write, root: Path, capsys: pytest.CaptureFixture[str]
):
    (root / "mine").mkdir()
    (root / "mine" / "thesis.txt").write_text("years")
    assert write("mine") == 2
    assert "--out: " in capsys.readouterr().err
    assert list(contents(root / "mine")) == ["thesis.txt"]
