"""Every page, over every project, every state and every value one can filter by."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from components.filters import OFFERED
from components.view import Baseline
from tests.app.page import Page, Visit, is_literal, plain

NAMES = {
    "overview": "Overview",
    "projects": "Projects",
    "states": "States",
    "changes": "Changes",
    "agreements": "Agreements",
    "interests": "Interests",
    "about": "About",
}
SAFE_LINK = re.compile(r"https?://|\./|[a-z]+(\?|$)|#[a-z-]+$")
LEAD = re.compile(r"^\*\*((?:\\.|[^*\\])+)\*\*")


def baseline_of(page: Page) -> Baseline:
    view, *_ = page.test.session_state["visit"]
    known: Baseline = view.baseline
    return known


def queries(baseline: Baseline) -> list[dict[str, str]]:
    """Give a link for no filter, then one for every value of every facet."""
    facets = (*OFFERED, "project")
    return [{}, *({facet: value} for facet in facets for value in baseline.vocabulary.of(facet))]


def navigation(page: Page) -> ElementTree.Element:
    (found,) = [
        element
        for piece in page.markup
        for element in piece.iter("nav")
        if element.get("aria-label") == "Pages"
    ]
    return found


def expect_frame(page: Page, name: str) -> None:
    """Check what stands on every page: one title, the way to all pages, the note on the data."""
    assert len(page.test.title) == 1
    links = {"".join(link.itertext()): link for link in navigation(page).iter("a")}
    assert set(NAMES.values()) <= set(links)
    assert [text for text, link in links.items() if link.get("aria-current")] == [name]
    assert "Announced amounts are what the governments said, not money spent." in page.captions[-1]


def expect_nothing_live(page: Page) -> None:
    """Check that no text of a file acts as HTML, Markdown or an address of its own."""
    for piece in page.markup:
        for element in piece.iter():
            assert element.tag not in {"script", "img", "iframe", "style", "object"}
            assert not [name for name in element.attrib if name.startswith("on")]
            if element.tag == "a":
                assert SAFE_LINK.match(element.attrib["href"]), element.attrib["href"]
    for html in page.test.html:
        assert not re.search(r"<(script|img|iframe)", html.value)
    own = page.has("about-what")
    for text in page.prose:
        # The standing texts are Markdown of ours; what they take from the data is literal.
        assert own or is_literal(LEAD.sub(r"\1", text)), text
        assert not re.search(r"(?<!\\)<|(?<!\\)\]\(|(?<!\\)\$|(?<!\\):red", text), text


@pytest.mark.parametrize("script", NAMES)
def test_a_page_opens_over_every_project_every_state_and_every_value(visit: Visit, script: str):
    page = visit(script)
    for query in queries(baseline_of(page)):
        page.go(**query)
        expect_frame(page, NAMES[script])
        assert page.notices == [] or not page.has("card-map"), query


@pytest.mark.parametrize("script", NAMES)
def test_a_page_opens_on_a_hostile_folder_and_nothing_in_it_is_live(
    visit: Visit, hostile: Path, script: str
):
    page = visit(script)
    baseline = baseline_of(page)
    has_filter = script in {"overview", "projects", "states", "changes"}
    for query in queries(baseline) if has_filter else [{}]:
        page.go(**query)
        expect_frame(page, NAMES[script])
        expect_nothing_live(page)


@pytest.mark.parametrize("script", ["agreements", "interests", "about"])
def test_a_page_that_no_filter_applies_to_says_the_same_under_any(visit: Visit, script: str):
    page = visit(script)
    whole = [line for line in page.text.splitlines() if "Overview" not in line]
    page.go(state="TN", stage="financed")
    assert [line for line in page.text.splitlines() if "Overview" not in line] == whole
    assert page.links["Projects"] == "projects?state=TN&stage=financed"


@pytest.mark.parametrize("script", NAMES)
def test_filter_and_day_go_along_to_every_other_page(visit: Visit, script: str):
    page = visit(script, state="TN", as_of="2026-05-02")
    links = {link.text: link.attrib["href"] for link in navigation(page).iter("a")}
    for name in NAMES.values():
        assert links[name].endswith("?state=TN&as_of=2026-05-02"), name


@pytest.mark.parametrize("script", NAMES)
@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"as_of": "2026-02-30"}, id="no such day"),
        pytest.param({"as_of": "2030-01-01"}, id="after the data"),
        pytest.param({"as_of": "yesterday"}, id="no day"),
        pytest.param({"as_of": "2026-3-1"}, id="not written as days are"),
        pytest.param({"sector": "<b>"}, id="unknown sector"),
        pytest.param({"colour": "blue"}, id="unknown parameter"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_named_on_every_page(visit: Visit, script: str, query):
    page = visit(script, **query)
    expect_frame(page, NAMES[script])
    ((parameter, value),) = query.items()
    assert f"{parameter}={value}" in plain(page.notices[0])
    assert ("2026-10-10, which is the last one known" in plain(page.notices[0])) == (
        parameter == "as_of"
    )


@pytest.mark.parametrize("script", [name for name in NAMES if name != "projects"])
def test_a_project_nobody_knows_is_named_on_every_page(visit: Visit, script: str):
    page = visit(script, project="smr")
    assert "project=smr" in plain(page.notices[0])
