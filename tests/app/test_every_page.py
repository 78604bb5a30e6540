"""Every page, for every project, every state and every value of the filter."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from components.basics.formatting import format_date
from components.views.filters import OFFERED
from components.views.view import Baseline
from tests.app.page import Page, Visit, is_literal, plain
from tests.frozen import rows_in

NAMES = {
    "overview": "Overview",
    "projects": "Projects",
    "states": "States",
    "changes": "Changes",
    "agreements": "Agreements",
    "interests": "Interests",
    "about": "About",
}
SAFE_LINK = re.compile(r"https?://|\./|([a-z]+|feed\.atom|api/v1/changes\.csv)(\?|$)|#[a-z-]+$")
LEAD = re.compile(r"^\*\*((?:\\.|[^*\\])+)\*\*")
LIVE = re.compile(r"(?<!\\)(?:<|\]\(|\$|:red|:material|\*\*bold|`code|~~no|&lt)")
"""What the hostile texts contain, where it is not escaped by a backslash."""

DAYS = ("2025-01-01", "2026-02-16", "2026-02-17", "2026-03-19", "2026-05-02")
"""Days before the signing, then around both tranches and the first loans."""


def baseline_of(page: Page) -> Baseline:
    view, *_ = page.test.session_state["visit"]
    known: Baseline = view.baseline
    return known


def queries(baseline: Baseline) -> list[dict[str, str]]:
    """Return the parameters of no filter, then of every value of every facet."""
    facets = (*OFFERED, "project")
    return [{}, *({facet: value} for facet in facets for value in baseline.vocabulary.of(facet))]


def has_project(query: dict[str, str]) -> bool:
    """Return whether a shipped project has the one value that a link names."""
    columns = {"sector": "sector", "state": "states", "tranche": "tranche", "project": "project_id"}
    held = {
        facet: {value for row in rows_in("investments") for value in row[column].split(";")}
        for facet, column in columns.items()
    } | {"stage": {"announced", "financed"}}
    return all(value in held[facet] for facet, value in query.items())


def navigation(page: Page) -> ElementTree.Element:
    (found,) = [
        element
        for piece in page.markup
        for element in piece.iter("nav")
        if element.get("aria-label") == "Pages"
    ]
    return found


def expect_frame(page: Page, name: str) -> None:
    """Check what every page has: one title, links to all pages, the note on the data."""
    assert len(page.test.title) == 1
    links = {"".join(link.itertext()): link for link in navigation(page).iter("a")}
    assert set(NAMES.values()) <= set(links)
    assert [text for text, link in links.items() if link.get("aria-current")] == [name]
    assert "Announced amounts are what the governments said, not money spent." in page.captions[-1]


def labels(page: Page) -> list[str]:
    """Return the labels of all widgets, which Streamlit reads as Markdown."""
    protos = [proto for node in page.test if (proto := getattr(node, "proto", None))]
    return [text for proto in protos if isinstance(text := getattr(proto, "label", None), str)]


def expect_nothing_live(page: Page) -> None:
    """Check that no text of a file takes effect as HTML, Markdown or an address."""
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
        # The fixed texts are Markdown; what they take from the data is escaped.
        assert own or is_literal(LEAD.sub(r"\1", text)), text
        assert not LIVE.search(text), text
    for label in labels(page):
        assert not LIVE.search(label), label


@pytest.mark.parametrize("script", NAMES)
def test_a_page_opens_over_every_project_every_state_and_every_value(visit: Visit, script: str):
    page = visit(script)
    baseline = baseline_of(page)
    for query in queries(baseline):
        page.go(**query)
        expect_frame(page, NAMES[script])
        says_so = script in {"overview", "projects"} or (
            script == "states" and "state" not in query
        )
        expected = ["No project"] if says_so and not has_project(query) else []
        assert [plain(notice)[:10] for notice in page.notices] == expected, query


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


@pytest.mark.parametrize("script", NAMES)
def test_a_page_opens_on_every_day_over_every_project_and_some_states(visit: Visit, script: str):
    page = visit(script)
    projects = [{"project": project_id} for project_id in baseline_of(page).vocabulary.project]
    for day in DAYS:
        for query in ({}, {"state": "TN"}, {"state": "WY"}, {"tranche": "2"}, *projects):
            page.go(**query, as_of=day)
            expect_frame(page, NAMES[script])
            shown = format_date(day)
            assert f"Data as of 10 October 2026, shown as known on {shown}," in page.captions[-1]
            assert f"As known on {shown}: projects, stages, totals" in page.text
            assert page.query == {name: [value] for name, value in query.items()} | {"as_of": [day]}


@pytest.mark.parametrize("script", NAMES)
def test_nothing_in_a_hostile_folder_is_live_on_past_days_or_among_found_rows(
    visit: Visit, hostile: Path, script: str
):
    own: dict[str, list[dict[str, str]]] = {
        "projects": [{"search": "<script>"}, {"search": "日本"}, {"sort": "-milestone"}],
        "changes": [{"since": "2029-01-01"}, {"since": "2031-05-06"}],
        "agreements": [{"search": "<script>"}, {"search": "日本"}],
        "interests": [{"search": "<script>"}, {"search": "日本"}],
    }
    page = visit(script)
    days = [{"as_of": day} for day in ("2029-01-15", "2030-06-01", "2030-07-01")]
    late = [{"project": "alone", "as_of": "2030-05-01"}, {"state": "TX", "as_of": "2030-05-01"}]
    for query in (*days, *late, *own.get(script, [])):
        page.go(**query)
        expect_frame(page, NAMES[script])
        expect_nothing_live(page)


@pytest.mark.parametrize(
    ("script", "query", "exhibits"),
    [
        pytest.param("overview", {}, ["stages", "over-time"], id="overview"),
        pytest.param("projects", {"project": "alone"}, ["timeline"], id="project"),
        pytest.param("states", {"state": "TX"}, ["state-map"], id="state"),
    ],
)
def test_nothing_in_a_hostile_folder_is_live_in_tables_and_menus(
    visit: Visit, hostile: Path, script: str, query: dict[str, str], exhibits: list[str]
):
    page = visit(script, **query)
    for exhibit in exhibits:
        page.test.toggle(key=f"table-{exhibit}").set_value(True)
        expect_nothing_live(page.run())
        expect_nothing_live(page.click(f"download-{exhibit}"))


@pytest.mark.parametrize("script", NAMES)
def test_every_page_says_when_sources_were_searched_and_where_nothing_was_found(
    visit: Visit, script: str
):
    searched = (
        "Sources were last searched on 26 November 2026; what was found reaches to 10 October 2026."
    )
    page = visit(script, state="TN")
    assert f"{searched} Nothing was found for 180 days or more on " in page.captions[-1]
    has_filter = script in {"overview", "projects", "states", "changes"}
    assert ("Pennsylvania" not in page.captions[-1]) == has_filter
    assert "last searched" not in page.go(as_of="2026-10-09").captions[-1]


def test_the_page_of_one_project_says_since_when_nothing_was_found(visit: Visit):
    page = visit("projects", project="gas-pa")
    assert page.captions[-1].endswith("Nothing found since 20 March 2026, for at least six months.")
    page.go(project="portsmouth-gas", state="PA")
    assert "Nothing" not in page.captions[-1]


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
    assert ("the last one known is 2026-10-10" in plain(page.notices[0])) == (parameter == "as_of")


@pytest.mark.parametrize("script", [name for name in NAMES if name != "projects"])
def test_a_project_nobody_knows_is_named_on_every_page(visit: Visit, script: str):
    page = visit(script, project="smr")
    assert "project=smr" in plain(page.notices[0])
