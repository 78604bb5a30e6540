"""Reading by keyboard, screen reader, translator, large letters, other colours and plain http."""

import itertools
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from components.basics.messages import _
from components.basics.us_states import STATE_NAMES
from tests.browser.conftest import (
    DESK,
    HEIGHT,
    PATHS,
    PHONE,
    Visit,
    await_that,
    in_each_width,
    in_languages,
    listen,
    said,
    serve,
    settle,
    spoken,
    wait_until,
)
from tests.conftest import Launch

MOST_SHIFT = 0.1
"""What the Web Vitals call good; a page that moves by half a window has 0.5 and more."""

COUNT_SHIFTS = """
window.shift = 0
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""

OUTLINE = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((one) => one.checkVisibility())
    .map((one) => [Number(one.tagName[1]), one.textContent.trim()])"""

FOCUSED = """() => {
    let at = document.activeElement
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    return at.getAttribute("aria-label") ?? at.textContent.trim()
}"""

TRANSLATE = """() => {
    const walker = document.createTreeWalker(document.querySelector("#root"), NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) texts.push(walker.currentNode)
    for (const text of texts) {
        if (!text.data.trim()) continue
        if (text.parentElement.closest("font, style, svg, [translate=no]")) continue
        const [outer, inner] = [document.createElement("font"), document.createElement("font")]
        inner.textContent = `«${text.data}»`
        outer.append(inner)
        text.parentNode.replaceChild(outer, text)
    }
}"""
"""What the translators of browsers do to a page."""

MAIN_TOP = "() => document.querySelector('[data-testid=stMain]').scrollTop"
FIRST_TEXT = ".stHtml, [data-testid=stMarkdownContainer]"


def focused(page: Page) -> str:
    """Return the name of what has the focus, inside a component too."""
    name: str = page.evaluate(FOCUSED)
    return name


@pytest.mark.parametrize(
    ("path", "language"),
    in_languages(PATHS, also_japanese=["/", "/projects?project=portsmouth-gas"]),
    indirect=["language"],
)
def test_a_page_stays_where_it_is_while_it_loads(
    chromium: Browser, address: str, path: str, language: str
) -> None:
    page = chromium.new_page(viewport={"width": DESK, "height": HEIGHT})
    listen(page)
    page.add_init_script(COUNT_SHIFTS)
    page.goto(address + spoken(path))
    settle(page)
    assert page.evaluate("() => window.shift") <= MOST_SHIFT
    page.close()


@pytest.mark.parametrize(
    ("path", "language"),
    in_languages(PATHS, also_japanese=["/", "/states?state=PA", "/about"]),
    indirect=["language"],
)
def test_headings_are_in_order_and_each_has_words(visit: Visit, path: str, language: str) -> None:
    outline = visit(path).evaluate(OUTLINE)
    levels = [level for level, _ in outline]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(re.search(r"[^\W\d_]", text) for _level, text in outline)


def test_headline_figures_are_named_by_what_they_count(visit: Visit, language: str) -> None:
    named = [text for _level, text in visit("/").evaluate(OUTLINE)]
    assert said("6 projects · 3 in each tranche", "6件 プロジェクト · 各陣3件") in named
    assert (
        said("up to $109B announced · not spent", "最大1090億ドル 発表済み · 支出額ではない")
        in named
    )


def test_the_skip_link_skips_the_navigation(visit: Visit, language: str) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert focused(page) == _("Skip to main content")
    page.keyboard.press("Enter")
    assert focused(page) == "Japan's $550 billion U.S. investment pledge"
    page.keyboard.press("Tab")
    assert focused(page) == _("Sector")


def test_what_a_button_opens_is_next_to_it_for_the_keyboard(visit: Visit, language: str) -> None:
    page = visit("/")
    button = page.get_by_role("button", name=said("As of", "2026年10月10日時点"))
    button.focus()
    page.keyboard.press("Enter")
    opened = page.get_by_test_id("stPopoverBody")
    expect(opened.get_by_role("slider")).to_be_visible()
    settle(page)
    expect(opened).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page) == _("Day, with milestones as marks")
    page.keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(button).to_be_focused()


def test_a_phones_filter_is_next_to_its_button_for_the_keyboard(
    visit: Visit, language: str
) -> None:
    page = visit("/?sector=nuclear-power", width=PHONE)
    page.get_by_role("button", name=_("Filter")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_be_focused()
    chosen = said("Nuclear power (1)", "Nuclear power（1）")
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text(chosen)
    page.keyboard.press("Tab")
    assert page.get_by_test_id("stPopoverBody").evaluate(
        "(box) => box.contains(document.activeElement)"
    )


def test_the_day_stands_in_its_field_whatever_the_width(visit: Visit, language: str) -> None:
    page = visit("/?as_of=2026-03-01", width=PHONE)
    for _width in in_each_width(page):
        page.get_by_role("button", name=said("As of", "2026年3月1日時点")).click()
        expect(page.get_by_role("textbox", name=_("As known on"))).to_have_value("2026-03-01")
        page.keyboard.press("Escape")


def test_every_switch_and_download_has_a_name_of_its_own(visit: Visit, language: str) -> None:
    page = visit("/")
    names = page.evaluate(
        """() => [...document.querySelectorAll("[role=switch], .stButton button")]
            .map((one) => one.getAttribute("aria-label") ?? one.textContent)"""
    )
    assert len(names) == len(set(names))
    assert said("Table: Announced by state", "表：州別の発表額") in names
    assert said("Download: Announced by state", "ダウンロード：州別の発表額") in names


def test_the_focus_stays_on_a_switch_and_its_result_is_said(visit: Visit, language: str) -> None:
    page = visit("/")
    for card in ("map", "by-state"):
        switch = page.locator(f".st-key-table-{card} [role=switch]")
        switch.focus()
        page.keyboard.press("Space")
        settle(page)
        expect(switch).to_be_focused()
        expect(switch).to_be_checked()

    expect(page.locator("#status")).to_have_text("")
    # The arrow opens the list where the click only gave the focus.
    page.get_by_label(_("Sector")).first.click()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name=re.compile("^Nuclear power")).click()
    result = said("Nuclear power: 1 of 6 projects", "Nuclear power：6件中1件")
    expect(page.get_by_role("status").first).to_have_text(result)


def test_back_returns_to_the_place_that_was_left(visit: Visit) -> None:
    page = visit("/")
    link = page.locator(".st-key-card-projects a.inside").first
    link.scroll_into_view_if_needed()
    wait_until(page, "() => history.state?.top > 0")
    left = page.evaluate(MAIN_TOP)
    link.click()
    page.wait_for_url("**/projects?project=*")
    settle(page)
    page.go_back()
    await_that(page, lambda: abs(page.evaluate(MAIN_TOP) - left) < 2, what=f"scrolled to {left}")
    settle(page)
    assert abs(page.evaluate(MAIN_TOP) - left) < 2


def is_in_sight(page: Page, place: str) -> bool:
    """Return whether a place of a page is within its window, and the page is not at its top."""
    top = page.locator(f"#{place}").bounding_box()
    return bool(top) and 0 <= top["y"] + 1 < HEIGHT and page.evaluate(MAIN_TOP) > 0  # type: ignore[index]


def test_every_link_within_a_page_leads_to_its_place(
    visit: Visit, address: str, language: str
) -> None:
    page = visit("/about")
    places = page.evaluate(
        "() => [...document.querySelectorAll(\".stHtml a[href^='#']\")].map((a) => a.hash.slice(1))"
    )
    assert {"about-method", "about-conflicts"} <= set(places)
    for place in places:
        page.locator(f".contents a[href='#{place}']").click()
        await_that(page, lambda place=place: is_in_sight(page, place), what=place)  # type: ignore[misc]
        assert page.url == f"{address}{spoken(f'/about#{place}')}"


@pytest.mark.parametrize("fragment", ["about-conflicts", "conflicts"])
def test_a_link_to_a_place_opens_there(visit: Visit, fragment: str) -> None:
    page = visit(f"/about#{fragment}")
    await_that(page, lambda: is_in_sight(page, "about-conflicts"))


def test_the_code_of_a_state_and_enter_pick_that_state(visit: Visit, language: str) -> None:
    page = visit("/states")
    field = page.get_by_role("combobox", name=_("State, district or territory"))
    field.click()
    for code, name in STATE_NAMES.items():
        field.fill(code)
        expect(page.get_by_role("option").first).to_contain_text(f"{code} · {name}")
    starts = [
        said("wash Washington", "ワシ ワシントン州"),
        said("virginia Virginia", "バージニア バージニア州"),
        said("kansas Kansas", "カンザス カンザス州"),
    ]
    for start, name in map(str.split, starts):
        field.fill(start)
        expect(page.get_by_role("option").first).to_contain_text(f" · {name}")
    field.fill("AL")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(said("Alabama", "アラバマ州"))


def test_a_translated_page_follows_what_one_chooses(visit: Visit, language: str) -> None:
    page = visit("/states?state=PA")
    page.evaluate(TRANSLATE)
    left = said("«Pennsylvania»", "«ペンシルベニア州»")
    expect(page.get_by_role("heading", level=1)).to_have_text(left)
    page.evaluate(
        "path => document.dispatchEvent("
        "new CustomEvent('pledge:visit', {detail: location.origin + path}))",
        spoken("/states?state=OH"),
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(STATE_NAMES["OH"])
    settle(page)
    page.evaluate(TRANSLATE)
    page.locator("nav.pages a").first.click()
    expect(page.locator(".st-key-figures h2").nth(3)).to_contain_text(
        said("project", "プロジェクト")
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Japan's"))
    expect(page.get_by_text(f"«{STATE_NAMES['OH']}»")).to_have_count(0)


def test_forced_colours_keep_keys_and_switches(visit: Visit) -> None:
    page = visit("/")
    page.emulate_media(forced_colors="active")
    keys = page.evaluate(
        """() => [...document.querySelectorAll("p.key span span")].map((key) => {
            const {backgroundColor, backgroundImage, borderColor} = getComputedStyle(key)
            return backgroundColor + backgroundImage + borderColor
        })"""
    )
    assert len(keys) == len(set(keys)) > 4
    outline = page.locator(".st-key-table-map label > div").first.evaluate(
        "(box) => getComputedStyle(box).borderStyle"
    )
    assert outline == "solid"


@pytest.fixture(scope="module")
def plain_address() -> Iterator[str]:
    with serve(PLEDGE_HOSTS="plain.test 127.0.0.1") as served:
        yield served.replace("127.0.0.1", "plain.test")


def test_copying_works_on_plain_http(launch: Launch, plain_address: str, language: str) -> None:
    browser = launch("--host-resolver-rules=MAP plain.test 127.0.0.1")
    context = browser.new_context(
        viewport={"width": PHONE, "height": HEIGHT}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    listen(page)
    page.goto(plain_address + spoken("/"))
    settle(page)
    assert not page.evaluate("() => isSecureContext")
    page.get_by_role("button", name=_("Copy this sentence")).tap()
    button = page.get_by_role("button", name=_("Copy to clipboard"))
    expect(button).to_be_visible()
    button.tap()
    expect(page.get_by_role("button", name=_("Copied"))).to_be_visible()
    page.evaluate(
        "() => document.querySelector('[role=dialog]').append(document.createElement('textarea'))"
    )
    page.locator("textarea").focus()
    page.keyboard.press("Control+V")
    copied = said(
        r"^Up to \$109 billion is announced", "^これまでに発表されたのは、.*最大1090億ドル"
    )
    expect(page.locator("textarea")).to_have_value(re.compile(copied))
    browser.close()


def test_the_readers_own_text_size_is_kept(launch: Launch, address: str) -> None:
    browser = launch("--blink-settings=defaultFontSize=32")
    page = browser.new_page(viewport={"width": PHONE, "height": HEIGHT})
    listen(page)
    page.goto(address)
    page.locator(FIRST_TEXT).first.wait_for()
    settle(page)
    size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    assert page.locator("p.result").first.evaluate(size) == pytest.approx(25.6)
    assert page.locator("h1").evaluate(size) >= 56
    wait_until(
        page,
        """() => {
            const {scrollWidth, clientWidth} = document.querySelector("[data-testid=stMain]")
            return scrollWidth <= clientWidth
        }""",
    )
    browser.close()
