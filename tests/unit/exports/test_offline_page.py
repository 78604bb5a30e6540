"""Stand-alone pages, read as HTML; tests/browser opens them."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from components.exhibits.registry import EXHIBITS
from components.exports.offline_page import page_bytes
from components.views.filters import ProjectFilter
from components.views.view import View
from tests.unit.factories import make_projects, make_view

LINK = "https://a.example/?state=OH"
HOSTILE = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)>"


class Reader(HTMLParser):
    """Collects the tags, the text outside scripts, and the scripts of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            about, text = self.scripts[-1]
            self.scripts[-1] = about, text + data
        else:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())

    @property
    def drawings(self) -> dict[str, Any]:
        (found,) = [text for about, text in self.scripts if about.get("id") == "drawings"]
        drawings: dict[str, Any] = json.loads(found)
        return drawings

    @property
    def policy(self) -> str:
        (found,) = [
            about["content"]
            for tag, about in self.tags
            if tag == "meta" and about.get("http-equiv") == "Content-Security-Policy"
        ]
        return str(found)


def small_view(**columns: Any) -> View:
    projects = make_projects(("plant", "OH", 33.3, "about"), ("reactor", "TN;AL", 40.0, "up_to"))
    return make_view(projects.assign(**columns), ProjectFilter())


def read(view: View, exhibit: str = "by-state", *, link: str = LINK) -> Reader:
    return Reader(page_bytes(EXHIBITS[exhibit].of(view), link=link))


@pytest.mark.parametrize("exhibit", list(EXHIBITS))
def test_every_exhibit_is_a_page_that_stands_alone(exhibit: str):
    page = read(small_view(), exhibit)
    made = EXHIBITS[exhibit].of(small_view())
    for words in (
        made.title,
        made.subtitle,
        "Announced amounts, not money spent.",
        "Sources: The Gazette",
        "Data as of 1 January 2027",
        "2026.1 (0123456789ab)",
        "CC BY 4.0",
        LINK,
    ):
        assert words in page.words
    described = [about.get("aria-label") for _, about in page.tags if about.get("role") == "img"]
    assert described == [made.alt]


@pytest.mark.parametrize("exhibit", list(EXHIBITS))
def test_nothing_in_it_is_loaded_from_anywhere(exhibit: str):
    page = read(small_view(), exhibit)
    assert not [about for _, about in page.tags if about.get("src")]
    assert [tag for tag, about in page.tags if about.get("href")] == ["a"]
    assert "default-src 'none'" in page.policy
    assert "connect-src 'none'" in page.policy


@pytest.mark.parametrize("exhibit", ["by-state", "map"])
def test_only_its_own_scripts_may_run(exhibit: str):
    page = read(small_view(), exhibit)
    programs = [text for about, text in page.scripts if "type" not in about]
    digests = [base64.b64encode(hashlib.sha256(p.encode()).digest()).decode() for p in programs]
    allowed = re.findall(r"'sha256-([^']+)'", page.policy)
    assert sorted(digests) == sorted(allowed)
    assert "'unsafe-inline'" not in page.policy.split("script-src")[1].split(";")[0]


@pytest.mark.parametrize("exhibit", ["by-state", "map"])
def test_no_control_character_is_in_it(exhibit: str):
    view = make_view(make_projects(("plant", "OH", 33.3), project="a\x01b\x1ac\x85d"))
    page = page_bytes(EXHIBITS[exhibit].of(view), link=LINK).decode()
    assert re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", page) == []
    if exhibit == "by-state":
        assert r"8BPS\0\x01" in page


def test_the_numbers_drawn_are_those_of_the_view():
    drawn = read(small_view()).drawings["drawn"]
    assert set(drawn) == {"light", "dark"}
    for figures in drawn.values():
        for figure in figures.values():
            amounts = [value for trace in figure["data"] for value in trace.get("x", [])]
            numbers = [value for value in amounts if isinstance(value, int | float)]
            assert {33.3, 40.0} <= set(numbers)


def test_the_table_holds_every_row_and_says_what_is_undisclosed():
    projects = make_projects(("plant", "OH", 33.3, "about"), ("mine", "TN"))
    words = read(make_view(projects), "by-project").words
    assert "Table, 2 rows" in words
    assert "The mine" in words
    assert "Undisclosed" in words
    assert "about $33.3B" in words


@pytest.mark.parametrize("exhibit", ["by-project", "map", "by-sector"])
def test_hostile_text_is_text(exhibit: str):
    view = make_view(
        make_projects(("plant", "OH", 33.3), project=HOSTILE, developer=HOSTILE), title=HOSTILE
    )
    page = read(view, exhibit)
    plain = read(small_view(), exhibit)
    assert len(page.scripts) == len(plain.scripts)
    assert not [about for tag, about in page.tags if tag == "img" or about.get("onerror")]
    assert HOSTILE in page.words


def test_a_link_that_is_no_web_address_is_text():
    page = read(small_view(), link="javascript:alert(1)")
    assert not [about for tag, about in page.tags if tag == "a"]
    assert "javascript:alert(1)" in page.words


def test_equal_views_give_equal_pages():
    first, second = (
        page_bytes(EXHIBITS["by-state"].of(view), link=LINK)
        for view in (small_view(), small_view())
    )
    assert first == second
