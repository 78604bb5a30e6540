"""Pages whose line, scripts or WebGL are missing, lost, or lost and back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from components.basics.messages import _
from components.basics.us_states import STATE_NAMES
from components.views.site import PAGES
from tests.browser.conftest import (
    DESK,
    HEIGHT,
    asked_of,
    listen,
    said,
    serious_violations,
    serve,
    settle,
    spoken,
)
from tests.browser.detour import Detour, detour
from tests.conftest import Launch

FIGURES = ".st-key-figures h2"
FIRST = "#first"
GAS = "natural-gas-power"


@pytest.fixture
def line(address: str) -> Iterator[Detour]:
    with detour(address) as opened:
        yield opened


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page whose line is followed; errors in its console are part of these tests."""
    opened = chromium.new_page(viewport={"width": DESK, "height": HEIGHT})
    listen(opened)
    yield opened
    opened.close()


COUNT_CLOSINGS = """
    window.closings = 0
    const close = WebSocket.prototype.close
    WebSocket.prototype.close = function (...parts) {
        window.closings += 1
        return close.apply(this, parts)
    }
"""


def missing(route: Route) -> None:
    route.fulfill(status=404, body="There is no such file.")


def choose_gas(page: Page) -> None:
    # The arrow opens the list where the click only gave the focus.
    page.get_by_label(_("Sector")).first.click()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name=re.compile("^Natural gas power")).click()


def announced_for_tennessee() -> str:
    return said(
        "Up to $40 billion is announced for projects in Tennessee.",
        "テネシー州のプロジェクトの発表額は最大400億ドルです。",
    )


def test_without_websockets_the_first_view_stays_and_says_why(
    page: Page, line: Detour, language: str
) -> None:
    line.mode = "refuse"
    page.goto(line.address + spoken("/?state=TN"))
    first = page.locator(FIRST)
    expect(first).to_contain_text(announced_for_tennessee())
    reason = said(
        "does not let WebSockets through", "ネットワークがWebSocketを通していない可能性があります"
    )
    expect(first.get_by_role("alert")).to_contain_text(reason)
    first.get_by_role("link", name=PAGES["states"].title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(STATE_NAMES["TN"])
    assert serious_violations(page) == []

    line.mode = "open"
    expect(first).to_have_count(0)
    page.locator(".st-key-card-state-map .main-svg").first.wait_for()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_chosen_on_a_line_that_swallows_it_is_applied_once_it_is_back(
    page: Page, line: Detour, language: str
) -> None:
    page.goto(line.address + spoken("/"))
    settle(page)
    line.mode = "swallow"
    choose_gas(page)
    line.mode = "open"
    line.cut()
    result = said("Natural gas power: 3 of 6 projects", "Natural gas power：6件中3件")
    expect(page.locator(".result").first).to_have_text(result)
    expect(page.locator(FIGURES).nth(3)).to_contain_text(said("3 projects", "3件 プロジェクト"))
    assert asked_of(page.url).endswith(f"?sector={GAS}")


def test_a_link_followed_while_the_server_is_away_opens_once_it_is_back(
    page: Page, line: Detour, language: str
) -> None:
    page.goto(line.address + spoken("/"))
    settle(page)
    line.mode = "down"
    line.cut()
    # By script: once the line is known to be lost, a dialog covers the page.
    states = page.get_by_role("link", name=PAGES["states"].title, exact=True)
    states.evaluate("(link) => link.click()")
    expect(page.locator("[data-test-connection-state=CONNECTED]")).to_have_count(0)
    line.mode = "open"
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES["states"].title)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert asked_of(page.url).endswith("/states")


def test_a_line_that_swallows_everything_is_replaced_without_a_hand(
    page: Page, line: Detour
) -> None:
    page.goto(line.address)
    settle(page)
    line.mode = "swallow"
    page.get_by_role("link", name="States", exact=True).click()
    page.wait_for_url("**/states")
    line.mode = "open"
    expect(page.get_by_role("heading", level=1)).to_have_text("States")


def test_a_file_that_takes_long_keeps_its_connection(page: Page, line: Detour) -> None:
    page.add_init_script(COUNT_CLOSINGS)
    page.clock.install()
    with page.expect_websocket() as opening:
        page.goto(f"{line.address}/agreements")
    settle(page)
    line.mode = "swallow"
    with opening.value.expect_event("framesent"):
        page.locator(".st-key-save-agreements-csv button").click()
    page.clock.fast_forward(60_000)
    assert page.evaluate("() => window.closings") == 0
    with opening.value.expect_event("framesent"):
        page.get_by_role("link", name="States", exact=True).click()
    page.clock.fast_forward(60_000)
    assert page.evaluate("() => window.closings") == 1


def test_a_chart_whose_code_is_missing_is_a_sentence_after_one_more_try(
    page: Page, address: str, language: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if one.is_navigation_request() else None)
    page.route("**/PlotlyChart.*.js", missing)
    page.goto(address + spoken("/"))
    card = page.locator("#root .st-key-card-by-state")
    expect(card).to_contain_text(
        said("This part of the page did not load.", "ページのこの部分を読み込めませんでした。")
    )
    expect(card.get_by_text("TypeError")).to_be_hidden()
    assert len(asked) == 2
    card.locator("label", has_text=_("Table")).click()
    expect(card.get_by_role("cell", name=STATE_NAMES["PA"]).first).to_be_visible()

    page.unroute("**/PlotlyChart.*.js")
    card.locator("label", has_text=_("Table")).click()
    card.get_by_role("link", name=_("Try again")).click()
    page.locator(".st-key-card-by-state .main-svg").first.wait_for()


def test_a_page_whose_code_is_missing_says_so_at_once(
    page: Page, address: str, language: str
) -> None:
    page.route("**/static/js/index.*.js", missing)
    page.goto(address + spoken("/?state=TN"))
    expect(page.locator(FIRST)).to_contain_text(
        said("A part of this page did not load", "このページの一部を読み込めませんでした。")
    )
    expect(page.locator(FIRST)).to_contain_text(announced_for_tennessee())


def test_without_webgl_the_map_is_a_picture_with_its_table(launch: Launch, address: str) -> None:
    browser = launch("--disable-3d-apis")
    page = browser.new_page(viewport={"width": DESK, "height": HEIGHT})
    listen(page)
    page.goto(address)
    card = page.locator(".st-key-card-map")
    card.locator(".main-svg").first.wait_for()
    settle(page)
    expect(card.locator("canvas")).to_have_count(0)
    expect(card.get_by_role("cell", name="Tennessee").first).to_be_visible()
    browser.close()


def test_code_that_never_comes_does_not_keep_the_rest_hidden(page: Page, address: str) -> None:
    page.route("**/TextInput.*.js", lambda _: None)
    page.goto(f"{address}/companies")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).not_to_have_count(0)


def test_beyond_the_limit_of_visits_the_first_view_stays_until_there_is_room(
    chromium: Browser, page: Page
) -> None:
    with serve(PLEDGE_VISITS_PER_ADDRESS="1") as full:
        before = chromium.new_page()
        listen(before)
        before.goto(full)
        settle(before)
        page.goto(full + "/?state=TN")
        first = page.locator(FIRST)
        reason = "As many visitors as this server takes"
        expect(first.get_by_role("alert")).to_contain_text(reason)
        expect(first).to_contain_text(announced_for_tennessee())
        assert serious_violations(page) == []
        before.close()
        expect(first).to_have_count(0)
        expect(page.get_by_role("alert")).to_have_count(0)
