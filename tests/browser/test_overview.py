"""What only a browser knows of the overview: that it fits, responds, and stays on this server."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from components.basics.messages import _
from components.basics.us_states import STATE_NAMES
from tests.browser.conftest import (
    PHONE,
    PICTURE_MS,
    Visit,
    asked_of,
    await_that,
    change_width,
    in_each_look,
    in_each_scheme,
    said,
    serious_violations,
    settle,
    wait_until,
)
from tests.browser.line import Line

ALBERS_WIDTH, ALBERS_HEIGHT = 975, 610
TEXAS, OREGON, OCEAN = (440, 470), (110, 130), (640, 590)
FRAMES = 60
"""Drawn after a click that is heard; it is mostly the first in which the page asks its server."""

CODES = {TEXAS: "TX", OREGON: "OR"}

LABELS_CUT = """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap((plot) => {
    const frame = plot.getBoundingClientRect()
    return [...plot.querySelectorAll("text")]
        .filter((text) => text.textContent.trim())
        .filter((text) => {
            const box = text.getBoundingClientRect()
            return box.left < frame.left - 1 || box.right > frame.right + 1
        })
        .map((text) => text.textContent)
})"""


def figures(page: Page) -> str:
    return page.locator(".st-key-figures").inner_text()


def point(page: Page, place: tuple[int, int]) -> tuple[float, float]:
    """Find a place of the Albers frame on the screen, from the map's own size."""
    box = page.locator("[data-testid=stDeckGlJsonChart] canvas").first.bounding_box()
    assert box
    scale = (box["width"] - 12) / ALBERS_WIDTH
    centre = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return (
        centre[0] + (place[0] - ALBERS_WIDTH / 2) * scale,
        centre[1] + (place[1] - ALBERS_HEIGHT / 2) * scale,
    )


def click_map(page: Page, place: tuple[int, int]) -> None:
    """Click a place and wait until the page is drawn for what that chose or freed."""
    before = page.url
    await_that(page, lambda: is_asked_by_click(page, place))
    await_change(page, before)
    settle(page)


def is_asked_by_click(page: Page, place: tuple[int, int]) -> bool:
    """Click a place and tell whether the page asks its server for anything.

    A click whose two halves a busy browser takes too far apart is none to the map.
    """
    line = Line.known(page)
    hover_map(page, place)
    asked = line.asked
    page.mouse.down()
    page.mouse.up()
    for _frame in range(FRAMES):
        if line.asked > asked:
            return True
        page.evaluate("() => new Promise(requestAnimationFrame)")
    return False


def hover_map(page: Page, place: tuple[int, int]) -> None:
    """Rest the pointer on a place until the map tells what is there."""
    chart = page.locator("[data-testid=stDeckGlJsonChart]")
    # After a reset the old map goes when the new one has come.
    expect(chart).to_have_count(1)
    chart.scroll_into_view_if_needed()
    tooltip = page.locator(".deck-tooltip")

    def tells(at: tuple[int, int]) -> bool:
        x, y = point(page, at)
        page.mouse.move(x - 4, y)
        page.mouse.move(x, y)
        return tooltip.is_visible() and STATE_NAMES[CODES[at]] in tooltip.inner_text()

    if place in CODES:
        await_that(page, lambda: tells(place))
    else:
        # That there is nothing is told by what was there before: it goes.
        await_that(page, lambda: tells(TEXAS))
        page.mouse.move(*point(page, place))
        expect(tooltip).to_be_hidden()


def click_bar(page: Page, chart: str, row: int) -> None:
    """Click the start of a bar, counted from the top."""
    before = page.url
    page.locator(f".st-key-chart-{chart}").scroll_into_view_if_needed()
    boxes = [
        box
        for bar in page.locator(f".st-key-chart-{chart} .point path").all()
        if (box := bar.bounding_box())
    ]
    top = sorted({round(box["y"]) for box in boxes})[row]
    left = min(box["x"] for box in boxes)
    page.mouse.click(left + 4, top + boxes[0]["height"] / 2)
    await_change(page, before)
    settle(page)


def await_change(page: Page, before: str) -> None:
    """Wait until the click has changed the link."""
    wait_until(page, "before => location.href !== before", before)


def walk(page: Page, step: Callable[[], object]) -> None:
    """Take a step that changes the link and wait until the page is drawn for where it leads."""
    before = page.url
    step()
    await_change(page, before)
    settle(page)


def picture_of_map(page: Page) -> Image.Image:
    """Take a picture of the map when it is drawn: there is land, and it stays as it is."""
    chart = page.locator("[data-testid=stDeckGlJsonChart]").first
    taken = [b""]

    def is_drawn() -> bool:
        taken.append(chart.screenshot())
        is_still = taken[-1] == taken[-2]
        return is_still and land_in(Image.open(BytesIO(taken[-1]))) is not None

    await_that(page, is_drawn)
    return Image.open(BytesIO(taken[-1]))


def land_in(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """Find the box of all land, which is a little darker than paper."""
    return picture.convert("L").point(lambda value: 255 if value < 245 else 0).getbbox()


def assert_all_fits(page: Page, width: int) -> None:
    """Nothing is wider than the window, no label is cut, and the map fills its card."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    overflowing = page.evaluate(
        """() => [...document.querySelectorAll(".js-plotly-plot .main-svg, canvas")]
            .filter((box) => box.getBoundingClientRect().right > innerWidth + 1)
            .map((box) => box.outerHTML.slice(0, 80))"""
    )
    assert overflowing == []
    assert page.evaluate(LABELS_CUT) == []

    picture = picture_of_map(page)
    land = land_in(picture)
    assert land
    left, top, right, bottom = land
    assert left > 0
    assert top > 0
    assert right < picture.width
    assert bottom < picture.height
    assert (right - left) / picture.width > 0.9


@pytest.mark.parametrize(
    "path", ["/?state=TN&sector=nuclear-power", "/?state=OR"], ids=["filtered", "none"]
)
def test_axe_finds_nothing_serious_under_a_filter(visit: Visit, path: str) -> None:
    page = visit(path, width=PHONE)

    for look in in_each_look(page):
        assert (look, serious_violations(page)) == (look, [])


def test_page_labels_and_map_fit_and_axe_finds_nothing_serious_in_tables_and_the_download_menu(
    visit: Visit,
) -> None:
    page = visit("/", width=PHONE)
    for width, scheme in in_each_look(page):
        assert (width, scheme, serious_violations(page)) == (width, scheme, [])
        if scheme == "light":
            assert_all_fits(page, width)

    # The keyboard reaches every filter here too; it sets them on a page that is drawn faster.
    for label in ("Sector", "State", "Tranche", "Stage"):
        tab_to(page, label)

    page.locator(".st-key-table-by-state label").click()
    page.locator(".st-key-card-sources summary").click()
    settle(page)
    assert_tables_and_download_menu_are_sound(page)
    change_width(page, PHONE)
    assert_tables_and_download_menu_are_sound(page)


def assert_tables_and_download_menu_are_sound(page: Page) -> None:
    """Axe finds nothing serious, neither in the open tables nor in the menu of a card."""
    expect(page.locator(".st-key-card-by-state table")).to_be_visible()
    expect(page.locator(".st-key-card-sources table")).to_be_visible()
    assert serious_violations(page) == []

    page.locator(".st-key-download-progress button").click()
    expect(page.get_by_role("dialog").get_by_role("img").last).to_be_visible(timeout=PICTURE_MS)
    for tab in ("Download", "Cite", "Link and embed"):
        page.get_by_role("tab", name=tab).click()
        settle(page)
        assert (tab, serious_violations(page)) == (tab, [])
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    settle(page)


def test_axe_finds_nothing_serious_in_the_export_menu(visit: Visit) -> None:
    page = visit("/projects?state=TN", width=PHONE)
    for look in in_each_look(page):
        page.get_by_role("button", name="Export this view").click()
        for tab in ("Documents", "Data", "Cite", "Link and embed"):
            page.get_by_role("tab", name=tab).click()
            settle(page)
            assert (look, tab, serious_violations(page)) == (look, tab, [])
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("card", ["map", "by-state"])
def test_axe_finds_nothing_serious_in_a_card_alone(visit: Visit, card: str) -> None:
    page = visit(f"/?embed=true&card={card}", width=PHONE)

    for scheme in in_each_scheme(page):
        assert (scheme, serious_violations(page)) == (scheme, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_the_keyboard_alone_opens_the_export_menu_and_saves(visit: Visit, language: str) -> None:
    page = visit("/projects?state=TN")
    page.get_by_role("button", name=_("Export this view")).focus()
    page.keyboard.press("Enter")
    page.get_by_role("tab", name=_("Documents")).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name=said("Save CSV, 1 row", "CSVを保存（1行"))
    expect(button).to_be_visible()
    button.focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    name = said(
        "us-japan-pledge_projects_tn_2026-10-10", "us-japan-pledge_projects_tn_2026-10-10_ja"
    )
    assert waiting.value.suggested_filename == f"{name}.csv"
    settle(page)
    expect(button).to_be_enabled()
    button.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_map_tells_what_a_state_has_and_a_click_on_or_beside_it_filters_or_frees_it(
    visit: Visit, language: str
) -> None:
    page = visit("/")
    tooltip = page.locator(".deck-tooltip")
    hover_map(page, OREGON)
    expect(tooltip).to_contain_text(
        said(
            "No project named as of 10 October 2026",
            "2026年10月10日時点で名前の挙がったプロジェクトなし",
        )
    )
    hover_map(page, TEXAS)
    announced = said("Up to $18.1B announced", "発表額：最大181億ドル")
    for words in (STATE_NAMES["TX"], announced, "Texas GulfLink"):
        expect(tooltip).to_contain_text(words)

    click_map(page, TEXAS)
    assert asked_of(page.url).endswith("?state=TX")
    assert said("up to $18.1B", "最大181億ドル") in figures(page)

    click_map(page, TEXAS)
    assert "state=" not in page.url
    assert said("up to $109B", "最大1090億ドル") in figures(page)

    click_map(page, TEXAS)
    assert asked_of(page.url).endswith("?state=TX")

    click_map(page, OCEAN)
    assert "state=" not in page.url

    addresses: set[str] = set()
    page.on("framenavigated", lambda frame: addresses.add(frame.url))
    for _click in range(3):
        is_asked_by_click(page, OCEAN)
    # The answer to a later click has come, and nothing came before it.
    click_map(page, TEXAS)
    assert addresses == {page.url}
    assert asked_of(page.url).endswith("?state=TX")


def test_a_click_frees_a_state_that_the_link_chose_and_works_after_a_reset(visit: Visit) -> None:
    page = visit("/?state=TX")

    click_map(page, TEXAS)
    assert "state=" not in page.url

    click_map(page, TEXAS)
    assert asked_of(page.url).endswith("?state=TX")

    walk(page, page.get_by_role("button", name=_("Reset")).click)
    assert "state=" not in page.url

    click_map(page, TEXAS)
    assert asked_of(page.url).endswith("?state=TX")


def test_a_click_on_a_bar_filters_and_another_click_frees_it(visit: Visit) -> None:
    page = visit("/")

    for chart, row, query in [
        ("by-sector", 1, "sector=nuclear-power"),
        ("by-state", 2, "state=OH"),
    ]:
        click_bar(page, chart, row)
        assert asked_of(page.url).endswith(f"?{query}")

        click_bar(page, chart, row)
        assert query not in page.url


def test_a_second_bar_can_be_clicked_while_one_is_chosen(visit: Visit) -> None:
    page = visit("/?sector=nuclear-power")

    click_bar(page, "by-sector", 0)

    assert asked_of(page.url).endswith("?sector=natural-gas-power&sector=nuclear-power")


def test_the_only_bar_is_chosen_and_freed_and_back_and_forward_walk_through(
    visit: Visit, language: str
) -> None:
    page = visit("/?state=TN")

    click_bar(page, "by-sector", 0)
    assert "sector=nuclear-power" in page.url
    click_bar(page, "by-sector", 0)
    assert "sector=" not in page.url
    click_bar(page, "by-sector", 0)
    assert "sector=nuclear-power" in page.url
    walk(page, page.get_by_role("button", name=_("Reset")).click)
    assert "?" not in asked_of(page.url)

    walk(page, page.go_back)
    assert "sector=" in page.url
    walk(page, page.go_back)
    assert asked_of(page.url).endswith("?state=TN")
    result = said("Projects in Tennessee: 1 of 6 projects", "テネシー州のプロジェクト：6件中1件")
    expect(page.get_by_text(result).first).to_be_visible()
    walk(page, page.go_forward)
    assert "sector=" in page.url


def test_every_filter_is_reached_and_set_by_keyboard(visit: Visit, language: str) -> None:
    page = visit("/projects")

    for label, typed, query in [
        (_("Sector"), "nuclear", "sector=nuclear-power"),
        (_("State"), said("tenn", "テネ"), "state=TN"),
        (_("Tranche"), "2", "tranche=2"),
        (_("Stage"), said("announ", "発表"), "stage=announced"),
    ]:
        tab_to(page, label)
        page.keyboard.type(typed)
        expect(page.get_by_role("option").first).to_contain_text(re.compile(typed, re.IGNORECASE))
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(query))
        page.keyboard.press("Escape")
        settle(page)

    tab_to(page, _("Reset"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "stage=" not in url)
    settle(page)
    assert "?" not in asked_of(page.url)


def test_a_phone_opens_its_filters_from_one_button(visit: Visit, language: str) -> None:
    page = visit("/", width=PHONE)
    expect(page.get_by_role("combobox")).to_have_count(0)

    page.get_by_role("button", name=_("Filter")).click()
    page.get_by_role("combobox", name=_("Sector")).click()
    walk(
        page, page.get_by_role("option", name=said("Nuclear power (1)", "Nuclear power（1）")).click
    )

    assert asked_of(page.url).endswith("?sector=nuclear-power")


def test_a_hostile_link_is_shown_as_text(visit: Visit, language: str) -> None:
    page = visit("/projects?state=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&sector=**bold**%24x%24")

    notice = page.get_by_test_id("stAlert")

    expect(notice).to_contain_text("state=<img src=x onerror=alert(1)>")
    expect(notice).to_contain_text("sector=**bold**$x$")
    assert notice.locator("img, strong, .katex").count() == 0


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the control of that name has the focus, as a keyboard user does."""
    for _press in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => {
                const control = document.activeElement
                return control.getAttribute("aria-label") || control.innerText || ""
            }"""
        )
        if str(name).strip() == label:
            return
    raise AssertionError(f"Tab does not reach {label}")
