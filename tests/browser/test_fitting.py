"""What only a browser knows of small windows: labels stand clear, and a finger scrolls."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from components.basics.messages import _
from components.basics.us_states import STATE_NAMES
from tests.browser.conftest import (
    PATHS,
    PHONE,
    Visit,
    await_that,
    change_width,
    draw_finger_up,
    in_languages,
    listen,
    settle,
)

WIDTHS = (320, 375, 414, 768, 900, 1280)

LABELS_AMISS = """() => {
    const SLACK_PX = 1, OVERLAP_PX = 2
    const written = (text) => text.textContent.trim() && text.checkVisibility()
    const box = (text) => Object.assign(text.getBoundingClientRect(), { says: text.textContent })
    const common = (one, other, from, to) =>
        Math.min(one[to], other[to]) - Math.max(one[from], other[from])
    const meet = (one, other) => common(one, other, "left", "right") > OVERLAP_PX
        && common(one, other, "top", "bottom") > OVERLAP_PX
    return [...document.querySelectorAll(".js-plotly-plot")].flatMap((plot) => {
        const frame = plot.getBoundingClientRect()
        const labels = [...plot.querySelectorAll("svg text")].filter(written).map(box)
        const cut = labels.filter((one) => one.left < frame.left - SLACK_PX
            || one.right > frame.right + SLACK_PX || one.top < frame.top - SLACK_PX
            || one.bottom > frame.bottom + SLACK_PX)
        const pairs = labels.flatMap((one, place) => labels.slice(place + 1)
            .filter((other) => meet(one, other)).map((other) => `${one.says} on ${other.says}`))
        return [...cut.map((one) => `cut: ${one.says}`), ...pairs]
    })
}"""
"""Which labels of charts leave their chart or lie on another by more than two pixels."""


CHARTS = (
    "/",
    "/?state=TN",
    "/?sector=nuclear-power",
    "/?state=PA",
    "/?state=OR",
    "/projects?project=portsmouth-gas",
    "/states?state=PA",
)


@pytest.mark.parametrize(
    ("path", "language"),
    in_languages(CHARTS, also_japanese=["/", "/projects?project=portsmouth-gas"]),
    indirect=["language"],
)
def test_labels_stand_clear_in_every_width(visit_translated: Visit, path: str) -> None:
    page = visit_translated(path, width=WIDTHS[0])
    amiss = list(amiss_at(page, WIDTHS[0]))
    for width in WIDTHS[1:]:
        change_width(page, width)
        amiss += amiss_at(page, width)
    assert amiss == []


TABLES_CUT = """() => [...document.querySelectorAll(".stHtml .scroll")]
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .map((one) => `scrolls: ${one.textContent.slice(0, 40)}`)"""
"""Which tables do not fit."""


@pytest.mark.parametrize(
    ("path", "language"),
    in_languages(PATHS, also_japanese=["/companies", "/agreements"]),
    indirect=["language"],
)
def test_tables_fit_every_window(visit_translated: Visit, path: str) -> None:
    page = visit_translated(path, width=WIDTHS[0])
    amiss = page.evaluate(TABLES_CUT)
    for width in WIDTHS[1:]:
        change_width(page, width)
        amiss += [f"{width}: {one}" for one in page.evaluate(TABLES_CUT)]
    assert amiss == []


HOVERS_CUT = """(plot) => {
    const frame = plot.getBoundingClientRect()
    return [...plot.querySelectorAll(".hoverlayer .hovertext")]
        .map((text) => Object.assign(text.getBoundingClientRect(), { says: text.textContent }))
        .filter(({ left, right }) => left < frame.left - 1 || right > frame.right + 1)
        .map(({ says }) => says)
}"""
TOOLTIP_CUT = """(map) => {
    const frame = map.getBoundingClientRect()
    const tip = map.querySelector(".deck-tooltip")
    const { left, right, top, bottom } = tip.getBoundingClientRect()
    const is_inside = left >= frame.left - 1 && right <= frame.right + 1
        && top >= frame.top - 1 && bottom <= frame.bottom + 1
    return [tip.textContent, is_inside]
}"""


TOLD = {
    "by-state": "/",
    "by-project": "/",
    "timeline": "/projects?project=gas-pa",
}
"""Charts that say something under the pointer -> the page of each."""


@pytest.mark.parametrize(
    ("card", "language"),
    in_languages(TOLD, also_japanese=["by-project", "timeline"]),
    indirect=["language"],
)
def test_what_a_chart_says_under_the_pointer_is_no_wider_than_it(
    visit_translated: Visit, card: str
) -> None:
    page = visit_translated(TOLD[card], width=WIDTHS[0])
    plot = page.locator(f".st-key-card-{card} .js-plotly-plot")
    marks = plot.locator(".point path, path.point").all()
    assert marks
    for mark in marks:
        mark.scroll_into_view_if_needed()
        mark.hover(force=True)
        expect(plot.locator(".hovertext")).not_to_have_count(0)
        assert plot.evaluate(HOVERS_CUT) == []


CORNERS = [
    (width, *corner) for width in WIDTHS[:3] for corner in ((0.92, 0.2, "ME"), (0.09, 0.9, "AK"))
]
"""Widths of the window, each with a state at an edge of the map and where on it that is."""


@pytest.mark.parametrize(
    ("corner", "language"), in_languages(CORNERS, also_japanese=CORNERS[:1]), indirect=["language"]
)
def test_what_the_map_says_under_the_pointer_stays_inside_it(
    visit_translated: Visit, corner: tuple[int, float, float, str]
) -> None:
    width, x, y, state = corner
    page = visit_translated("/", width=width)
    name = STATE_NAMES[state]
    state_map = page.get_by_test_id("stDeckGlJsonChart")
    state_map.scroll_into_view_if_needed()
    box = state_map.bounding_box()
    assert box

    def said() -> list[Any]:
        page.mouse.move(box["x"] + x * box["width"] + 1, box["y"] + y * box["height"])
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        shown = state_map.locator(".deck-tooltip")
        return state_map.evaluate(TOOLTIP_CUT) if shown.is_visible() else ["", False]

    await_that(page, lambda: said()[0].startswith(name), what=f"the map names {name}")
    await_that(page, lambda: said()[1], what="its tooltip is inside")


def amiss_at(page: Page, width: int) -> list[str]:
    """List what does not fit a window, each with the width at which it does not."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = page.evaluate(LABELS_AMISS) + [f"{wide} px scroll sideways"] * (wide > width)
    return [f"{width} px: {one}" for one in found]


@pytest.fixture
def touched(chromium: Browser, address: str) -> Iterator[Page]:
    """Open the overview on a phone with a touch screen."""
    context = chromium.new_context(
        viewport={"width": PHONE, "height": 700}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    line = listen(page)
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    await_that(page, lambda: line.is_idle)
    settle(page)
    yield page
    context.close()


def scrolled(page: Page) -> float:
    return float(page.get_by_test_id("stMain").evaluate("main => main.scrollTop"))


def drag_up(page: Page, place: str) -> None:
    """Draw a finger upwards from the middle of an element."""
    page.locator(place).first.evaluate("one => one.scrollIntoView({ block: 'center' })")
    settle(page)
    box = page.locator(place).first.bounding_box()
    assert box
    draw_finger_up(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize(
    "place",
    [
        "[data-testid=stDeckGlJsonChart] canvas",
        ".st-key-chart-by-state .js-plotly-plot",
        ".st-key-chart-progress .js-plotly-plot",
    ],
)
def test_a_finger_on_a_chart_scrolls_the_page_and_chooses_nothing(
    touched: Page, place: str
) -> None:
    before = touched.url
    touched.locator(place).first.evaluate("one => one.scrollIntoView({ block: 'center' })")
    start = scrolled(touched)
    drag_up(touched, place)
    await_that(touched, lambda: scrolled(touched) > start + 50, what="the page scrolls")
    settle(touched)
    assert touched.url == before


def test_a_tap_on_a_bar_filters(touched: Page) -> None:
    bar = touched.locator(".st-key-chart-by-state .point path").nth(3)
    bar.evaluate("one => one.scrollIntoView({ block: 'center' })")
    box = bar.bounding_box()
    assert box
    touched.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await_that(touched, lambda: "state=" in touched.url, what="the tap filters")


def test_the_corner_menu_offers_theme_and_print_and_leaves_with_the_top_of_the_page(
    visit: Visit, language: str
) -> None:
    page = visit("/", width=PHONE)
    menu = page.get_by_role("button", name=_("Main menu"))
    menu.click()
    items = page.locator("[data-testid^=stMainMenuItem-]").filter(visible=True)
    system, light, dark = _("System"), _("Light"), _("Dark")
    themes = [f"contrast{system}", f"light_mode{light}", f"dark_mode{dark}"]
    expect(items).to_have_text([*themes, _("Print")])
    expect(page.get_by_text("Made with Streamlit").filter(visible=True)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(items).to_have_count(0)
    # The menu gives the focus back to its button, which stays while it has it.
    menu.evaluate("button => button.blur()")
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 300)")
    expect(menu).not_to_be_in_viewport()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    expect(menu).to_be_in_viewport()
