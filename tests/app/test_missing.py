"""The page for an unknown path; tests/browser tests it in a real browser."""

import pytest

from components.basics import messages
from components.views.site import PAGES
from tests.app.page import Page, Say, Visit, is_literal, plain

pytestmark = pytest.mark.usefixtures("language")

HOME = "https://pledge.example/"


def lost(visit: Visit, path: str, **query: str) -> Page:
    """Return the page for an address below the dashboard's that has no page of its own."""
    page = visit(**query)
    page.test.context = {"url": f"{HOME}{path}"}
    page.run()
    page.test.switch_page("components/pages/missing.py")
    return page.run()


@pytest.mark.parametrize(
    ("path", "nearest", "name"),
    [
        pytest.param("projcts", "projects", "Projects", id="misspelt"),
        pytest.param("State", "states", "States", id="singular and upper case"),
        pytest.param("abuot/", "about", "About", id="slash at the end"),
        pytest.param("en/agreement", "agreements", "Agreements", id="below a folder"),
        pytest.param("xyzzy", "./", "Overview", id="like none"),
    ],
)
def test_an_unknown_path_says_so_and_offers_the_nearest_page(
    visit: Visit, said: Say, path: str, nearest: str, name: str
):
    page = lost(visit, path)
    assert page.title == said("Page not found", context="page")
    (notice,) = page.notices
    asked = path.rstrip("/").rpartition("/")[2]
    assert plain(notice) == said("There is no page “{wanted}” here.", wanted=asked)
    title = said(name, context="page")
    line = said("Nearest: {links}", links=title)
    (_,) = [piece for piece in page.markup if "".join(piece.itertext()) == line]
    assert page.links[title] == nearest


def test_the_frame_is_there_with_no_page_marked(visit: Visit, language: str, said: Say):
    page = lost(visit, "nowhere")
    (pages,) = [
        nav
        for piece in page.markup
        for nav in piece.iter("nav")
        if nav.get("aria-label") == said("Pages")
    ]
    names = {"".join(link.itertext()) for link in pages.iter("a")}
    with messages.using(language):
        assert {info.title for info in PAGES.values()} <= names
    assert not [link for link in pages.iter("a") if link.get("aria-current")]
    note = {"en": "Data as of 10 October 2026, version ", "ja": "データは2026年10月10日時点、"}
    assert page.captions[-1].startswith(note[language])


def test_filter_and_day_go_along_to_the_nearest_page(visit: Visit, said: Say):
    page = lost(visit, "projcts", state="TX", as_of="2026-03-01")
    assert page.links[said("Projects", context="page")] == "projects?state=TX&as_of=2026-03-01"


def test_a_path_is_shown_as_plain_text_and_cut(visit: Visit, said: Say):
    page = lost(visit, "x" * 300)
    (notice,) = page.notices
    assert plain(notice) == said("There is no page “{wanted}” here.", wanted="x" * 39 + "…")
    assert is_literal(notice)


@pytest.mark.parametrize(
    "path", ["%E6%97%A5%E6%9C%AC", "%3Cscript%3E", "..%2F..", "a.b", "a b", "", "?state=TX"]
)
def test_a_path_that_can_be_no_page_opens_the_overview(visit: Visit, path: str):
    page = visit()
    page.test.context = {"url": f"{HOME}{path}"}
    assert page.run().title == "Japan's $550 billion U.S. investment pledge"
