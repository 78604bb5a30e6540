"""Stand-alone pages, opened from a folder as a reader without a connection would."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from components.basics import messages
from components.basics.messages import _
from components.basics.us_states import STATE_NAMES
from components.exhibits.registry import EXHIBITS
from components.exports.offline_page import page_bytes
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.browser.conftest import (
    DESK,
    HEIGHT,
    PHONE,
    SHIPPED,
    await_that,
    in_languages,
    let_images_fail,
    said,
    serious_violations,
    wait_until,
)
from tests.frozen import FOLDER
from tests.unit.factories import make_projects, make_view

TENNESSEE = ProjectFilter(state=("TN",))
LINK = "https://pledge.example/?state=TN"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"

Open = Callable[..., Page]


@cache
def baseline(folder: Path) -> Baseline:
    return Baseline.of(load(folder))


def view_of(folder: Path) -> View:
    """Return what a data folder has on Tennessee, in the present language."""
    return baseline(folder).in_language().view(TENNESSEE)


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the page of an exhibit; fail on any request, dialog, console or script error."""
    pages: list[Page] = []
    faults: list[str] = []

    def open_file(
        exhibit: str, view: View | None = None, *, width: int = DESK, scheme: str = "light"
    ) -> Page:
        file = tmp_path / f"{exhibit}.html"
        shown = EXHIBITS[exhibit].of(view or view_of(FOLDER))
        file.write_bytes(page_bytes(shown, link=LINK))
        page = chromium.new_page(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        pages.append(page)
        page.on("request", lambda asked: faults.append(asked.url))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda box: faults.append(box.message))
        page.goto(file.as_uri())
        drawn = "canvas" if exhibit == "map" else ".main-svg"
        page.locator(f"#drawing {drawn}").first.wait_for()
        assert faults.pop(0) == file.as_uri()
        return page

    yield open_file
    for page in pages:
        page.close()
    assert faults == []


def await_drawing(page: Page) -> None:
    """Wait until the drawing is as wide as its place and nothing in the page changes any more."""
    wait_until(
        page,
        """() => {
            const before = window.pledgeSeen
            const box = document.querySelector("#drawing")
            const {width, height} = box.getBoundingClientRect()
            const drawn = box.querySelector("canvas, .main-svg")?.getBoundingClientRect().width
            window.pledgeSeen = `${width} ${height} ${document.body.innerHTML}`
            return Math.abs(drawn - width) < 1 && before === window.pledgeSeen
        }""",
    )


@pytest.mark.parametrize(
    ("exhibit", "language"),
    in_languages(EXHIBITS, also_japanese=["map", "by-project", "timeline"]),
    indirect=["language"],
)
def test_it_draws_without_a_connection_at_any_width(
    open_page: Open, exhibit: str, language: str
) -> None:
    view = view_of(SHIPPED if language == messages.JAPANESE else FOLDER)
    page = open_page(exhibit, view, width=PHONE, scheme="dark")
    assert page.locator("html").get_attribute("lang") == language
    assert_is_sound(page, PHONE)
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    page.emulate_media(color_scheme="light")
    assert_is_sound(page, DESK)


def assert_is_sound(page: Page, width: int) -> None:
    """The drawing fills the window and is no wider, and axe finds nothing serious."""
    await_drawing(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("#drawing").bounding_box()
    assert box
    assert box["width"] > 0.85 * min(width, 928) - 48
    assert serious_violations(page) == []


def test_a_bar_tells_its_amount_when_pointed_at(open_page: Open) -> None:
    page = open_page("by-state")
    page.locator("#drawing .bars path").first.hover(force=True)
    expect(page.locator(".hoverlayer text").first).to_be_visible()


def test_the_map_tells_its_states_and_zooms(open_page: Open, language: str) -> None:
    page = open_page("map")
    canvas = page.locator("#drawing canvas").first
    box = canvas.bounding_box()
    assert box
    tennessee = box["x"] + box["width"] * 0.69, box["y"] + box["height"] * 0.585
    tooltip = page.locator("#tooltip")

    def tells() -> bool:
        page.mouse.move(tennessee[0] - 3, tennessee[1])
        page.mouse.move(*tennessee)
        return tooltip.is_visible()

    await_that(page, tells)
    expect(tooltip).to_contain_text(STATE_NAMES["TN"])
    expect(tooltip).to_contain_text(said("Up to $40B announced", "発表額：最大400億ドル"))

    before = canvas.screenshot()
    page.get_by_role("button", name=_("Zoom in")).click()
    await_that(page, lambda: canvas.screenshot() != before)


def test_hostile_text_runs_nothing(open_page: Open) -> None:
    view = make_view(make_projects(("plant", "OH", 33.3), project=HOSTILE), title=HOSTILE)
    page = open_page("by-project", view)
    page.locator("summary").click()
    expect(page.locator("table")).to_contain_text(HOSTILE)
    let_images_fail(page)


def test_it_prints_light_with_its_table(open_page: Open, tmp_path: Path) -> None:
    page = open_page("by-state", scheme="dark")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("table")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
