"""The first view: the page before the app, without it, and as the app takes it over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from components.basics.messages import _
from components.basics.us_states import STATE_NAMES
from tests.browser.conftest import (
    DESK,
    HEIGHT,
    PATHS,
    PHONE,
    Visit,
    asked_of,
    await_that,
    in_languages,
    listen,
    said,
    serious_violations,
    settle,
    spoken,
)

FIRST = "#first"

SHIFTS = """
    window.shifted = 0
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifted += entry.value
    }).observe({ type: "layout-shift", buffered: true })
"""

WORDS = """(selector) => {
    const forms = ".popover, .switch, .way, .field, .apply, .fold, .expander"
    const later = ".more-rows, .more-rows + .stHtml tbody tr:nth-child(n + 21)"
    const hidden = `.slim, .chart, .key, .missing, ${later}, ${forms}`
    const copy = document.querySelector(selector).cloneNode(true)
    for (const part of copy.querySelectorAll(`${hidden}, style, script, noscript`)) part.remove()
    const blocks = copy.querySelectorAll(".stHtml, h1, .prose, [data-testid=stMarkdown]")
    const words = [...blocks].map((block) => block.textContent.replace(/\\\\s+/g, " ").trim())
    return [...new Set(words.filter(Boolean))]
}"""
"""The texts that the page itself writes: not those of charts, keys, fields and buttons, and of
tables those that the first of the app's pages has."""

Reader = Callable[..., Page]


@pytest.fixture
def read(chromium: Browser, address: str) -> Iterator[Reader]:
    """Open pages without scripts; fail where one asks for anything outside."""
    with reader(chromium, address) as opened:
        yield opened


@contextmanager
def reader(chromium: Browser, address: str) -> Iterator[Reader]:
    pages: list[Page] = []
    outside: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            outside.append(request.url)

    def opened(path: str = "/", *, width: int = DESK, scheme: str = "light") -> Page:
        page = chromium.new_page(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=False,
        )
        pages.append(page)
        page.on("request", note)
        page.goto(address + spoken(path))
        return page

    yield opened
    for page in pages:
        page.close()
    assert outside == []


@pytest.fixture
def starting(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open pages whose app starts and never reaches its server."""
    pages: list[Page] = []

    def opened(path: str) -> Page:
        page = chromium.new_page(viewport={"width": DESK, "height": HEIGHT})
        pages.append(page)
        listen(page)
        page.route("**/_stcore/**", lambda _line: None)
        page.route_web_socket("**/_stcore/**", lambda _line: None)
        page.goto(address + spoken(path))
        return page

    yield opened
    for page in pages:
        page.close()


class Held:
    """A page whose app gets its first script only once it is let go."""

    def __init__(self, chromium: Browser, address: str, *, width: int) -> None:
        self.page = chromium.new_page(viewport={"width": width, "height": HEIGHT})
        self._routes: list[Route] = []
        self._is_free = False
        listen(self.page)
        self.page.route("**/static/js/index.*.js", self._hold)
        self.page.goto(address + spoken("/"), wait_until="commit")
        self.page.locator("#first .st-key-card-sources").wait_for()

    def _hold(self, route: Route) -> None:
        if self._is_free:
            route.continue_()
        else:
            self._routes.append(route)

    def let_go(self) -> Page:
        """Let the app start."""
        self._is_free = True
        for route in self._routes:
            route.continue_()
        return self.page


@pytest.fixture
def held(chromium: Browser, address: str) -> Iterator[Callable[..., Held]]:
    """Open the overview, its app held back."""
    opened: list[Held] = []

    def hold(width: int = DESK) -> Held:
        opened.append(Held(chromium, address, width=width))
        return opened[-1]

    yield hold
    for one in opened:
        one.page.close()


@pytest.mark.parametrize(
    ("path", "language"), in_languages(PATHS, also_japanese=PATHS), indirect=["language"]
)
def test_without_scripts_every_page_is_whole(read: Reader, path: str, language: str):
    page = read(path, width=PHONE)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("#first nav.pages a")).not_to_have_count(0)
    expect(page.locator("p.missing")).to_contain_text(
        said("Without JavaScript", "JavaScriptがなくても")
    )
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_without_scripts_the_overview_has_figures_charts_map_and_their_tables(
    read: Reader, language: str
):
    page = read("/?state=TN")
    expect(page.locator("h2.headline").first).to_contain_text(said("up to $40B", "最大400億ドル"))
    charts = page.locator(".chart svg").locator("visible=true")
    expect(charts).to_have_count(7)
    card = page.locator(".st-key-card-by-state")
    card.get_by_text(_("Table"), exact=True).click()
    expect(card.get_by_role("cell", name=STATE_NAMES["TN"]).first).to_be_visible()


@pytest.mark.parametrize(
    ("card", "parameter", "value"),
    [("by-state", "state", "TN"), ("by-sector", "sector", "nuclear-power")],
)
def test_without_scripts_a_bar_is_a_link_that_filters_and_says_its_amount(
    read: Reader, card: str, parameter: str, value: str, language: str
):
    page = read("/")
    bar = page.locator(f".st-key-card-{card} svg a[href*='{parameter}={value}']")
    visible = bar.locator("visible=true").first
    title = visible.locator("title").first.text_content() or ""
    assert said("up to $40", "最大400億ドル") in title
    visible.click()
    page.wait_for_url(f"**{spoken(f'/?{parameter}={value}')}")
    chosen = page.locator(f".st-key-card-{card} svg a[href='{spoken('?')}']")
    chosen.locator("visible=true").first.click()
    page.wait_for_url(lambda url: f"{parameter}=" not in url)
    assert "=" not in asked_of(page.url)


def test_without_scripts_the_map_of_a_framed_card_does_not_lead_the_frame_elsewhere(read: Reader):
    page = read("/?card=map&embed=true")
    expect(page.locator("svg").locator("visible=true").first).to_be_visible()
    assert page.locator("svg a").count() == 0


def test_without_scripts_a_state_on_the_map_is_a_link_that_filters(read: Reader, language: str):
    page = read("/?sector=nuclear-power")
    page.locator(".st-key-card-map svg a[href*='state=TN']").locator("visible=true").click()
    assert asked_of(page.url).endswith("?sector=nuclear-power&state=TN")
    expect(page.locator(".result")).to_contain_text(STATE_NAMES["TN"])


def test_without_scripts_the_filter_is_a_form_and_the_reset_a_link(read: Reader, language: str):
    page = read("/projects?as_of=2026-04-01")
    field = page.locator("details.field", has_text=_("Tranche"))
    field.locator("summary").click()
    field.locator("input[value='2']").check()
    field.get_by_role("button", name=_("Apply")).click()
    assert asked_of(page.url).endswith("/projects?tranche=2&as_of=2026-04-01")
    expect(page.locator("table.opens tbody tr")).to_have_count(3)
    page.get_by_role("link", name=_("Reset")).click()
    assert asked_of(page.url).endswith("/projects?as_of=2026-04-01")


def test_without_scripts_one_finds_a_project_and_a_state(read: Reader, language: str):
    page = read("/projects")
    page.get_by_label(_("Search projects")).fill("GulfLink")
    page.keyboard.press("Enter")
    expect(page.locator("table.opens tbody tr")).to_have_count(1)
    page = read("/states")
    page.get_by_label(_("State, district or territory")).select_option("OH")
    page.locator(".st-key-bar").get_by_role("button", name=_("Apply")).first.click()
    expect(page.locator("h1")).to_have_text(STATE_NAMES["OH"])


@pytest.mark.parametrize(("path", "card"), [("/companies", "companies"), ("/", "sources")])
def test_without_scripts_all_rows_of_a_long_table_unfold_and_print(
    read: Reader, path: str, card: str, language: str
):
    page = read(path)
    part = page.locator(f".st-key-card-{card}")
    if card == "sources":
        part.locator("summary").first.click()
    rows = part.locator("tbody tr")
    count = rows.count()
    assert count > 20
    expect(rows.locator("visible=true")).to_have_count(20)
    part.get_by_text(said(f"All {count} rows", f"全{count}行を表示"), exact=True).click()
    expect(rows.locator("visible=true")).to_have_count(count)
    part.locator(".more-rows > summary").click()
    page.emulate_media(media="print")
    expect(rows.locator("visible=true")).to_have_count(count)


def test_on_a_phone_the_filter_unfolds(read: Reader, language: str):
    page = read("/", width=PHONE)
    field = page.locator("details.field", has_text=_("Sector")).first
    expect(field).to_be_hidden()
    page.get_by_label(_("Filter"), exact=True).check()
    expect(field).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/projects?project=portsmouth-gas", "/states?state=PA"])
def test_the_first_view_is_accessible(starting: Reader, path: str, scheme: str, width: int):
    page = starting(path)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.locator("#first h1").wait_for()
    assert serious_violations(page) == []


@pytest.mark.parametrize(
    ("path", "language"),
    in_languages(
        [*PATHS, "/?state=TN&as_of=2026-09-01", "/?state=WY"],
        also_japanese=[
            "/",
            "/projects?project=portsmouth-gas",
            "/states?state=PA",
            "/companies",
            "/next",
            "/changes",
            "/about",
            "/?state=TN&as_of=2026-09-01",
        ],
    ),
    indirect=["language"],
)
def test_the_app_says_what_the_first_view_said_and_nothing_moves(
    chromium: Browser, address: str, path: str, language: str
):
    page = chromium.new_page(viewport={"width": DESK, "height": HEIGHT})
    listen(page)
    page.add_init_script(SHIFTS)
    page.goto(address + spoken(path), wait_until="commit")
    page.locator("#first h1").wait_for()
    before = page.evaluate(WORDS, FIRST)
    settle(page)
    after = page.evaluate(WORDS, "#root")
    shifted = page.evaluate("shifted")
    page.close()
    assert before
    assert [words for words in after if words not in before] == []
    assert [words for words in before if words not in after] == []
    assert shifted <= 0.05


def test_a_reader_loses_neither_place_nor_focus_nor_what_is_unfolded(
    held: Callable[..., Held], language: str
):
    waiting = held()
    page = waiting.page
    page.locator("#first .st-key-card-progress details.parts > summary").click()
    card = page.locator("#first .st-key-card-by-project")
    card.evaluate("(card) => scrollTo(0, scrollY + card.getBoundingClientRect().top - 100)")
    link = page.locator("#first .st-key-card-projects a.inside").first
    link.evaluate("(link) => link.focus({ preventScroll: true })")
    name = link.text_content()
    settle(waiting.let_go())
    top = page.locator(".st-key-card-by-project").evaluate(
        "(card) => card.getBoundingClientRect().top"
    )
    assert abs(top - 100) < 2
    unfolded = page.locator(".st-key-card-progress details.parts").first
    expect(unfolded).to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.textContent") == name


def test_while_a_text_is_selected_the_first_view_stays(held: Callable[..., Held]):
    waiting = held()
    waiting.page.locator("#first .prose p").first.evaluate(
        "(text) => getSelection().selectAllChildren(text)"
    )
    page = waiting.let_go()
    await_app(page)
    assert page.locator(FIRST).count() == 1
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator(FIRST)).to_have_count(0)


def test_a_table_and_the_sources_that_are_unfolded_stay_so(
    held: Callable[..., Held], language: str
):
    waiting = held()
    first = waiting.page.locator(FIRST)
    first.locator(".st-key-card-sources > summary").click()
    first.locator(".st-key-card-by-state .fold > summary").click()
    page = waiting.let_go()
    settle(page)
    card = page.locator(".st-key-card-by-state")
    expect(card.get_by_role("cell", name=STATE_NAMES["PA"]).first).to_be_visible()
    expect(page.locator(".st-key-card-sources table")).to_be_visible()


def test_an_open_filter_is_not_folded_away(held: Callable[..., Held]):
    waiting = held(PHONE)
    switch = waiting.page.locator(FIRST).get_by_label(_("Filter"), exact=True)
    switch.check()
    page = waiting.let_go()
    await_app(page)
    assert page.locator(FIRST).count() == 1
    switch.click()
    expect(page.locator(FIRST)).to_have_count(0)


def test_a_long_table_that_is_unfolded_stays_as_long_as_it_is_in_sight(
    held: Callable[..., Held],
):
    waiting = held()
    sources = waiting.page.locator("#first .st-key-card-sources")
    sources.locator("summary").first.click()
    sources.locator(".more-rows > summary").click()
    page = waiting.let_go()
    await_app(page)
    assert page.locator(FIRST).count() == 1
    assert sources.locator("tbody tr").locator("visible=true").count() > 20
    sources.locator("summary").first.click()
    expect(page.locator(FIRST)).to_have_count(0)


def await_app(page: Page) -> None:
    """Wait until the app could take the page over."""
    await_that(page, lambda: page.evaluate("'measured' in document.documentElement.dataset"))
    page.locator("#root .main-svg").first.wait_for(state="attached")


def test_a_link_of_the_first_view_opens_its_page_while_the_app_starts(
    starting: Reader, language: str
):
    page = starting("/")
    page.locator("#first").get_by_role("link", name=_("Changes"), exact=True).click()
    expect(page.locator("#first h1")).to_have_text(_("Changes"))


def test_a_card_alone_is_there_before_the_app(visit: Visit, read: Reader, language: str):
    for path in ("/?embed=true&card=map", "/?embed=true&card=by-state&embed_options=dark_theme"):
        page = read(path, width=390)
        expect(page.locator(".chart svg").locator("visible=true")).to_have_count(1)
        expect(page.get_by_text(said("Full view", "全体を見る"))).to_be_visible()
    visit("/?embed=true&card=by-state", width=390)


def test_the_first_view_prints_without_what_only_a_screen_has(read: Reader):
    page = read("/?state=TN")
    page.emulate_media(media="print")
    expect(page.locator(".st-key-bar")).to_be_hidden()
    expect(page.locator(".chart svg").locator("visible=true")).to_have_count(7)
    colour = page.locator("h1").evaluate("(title) => getComputedStyle(title).color")
    assert colour == "rgb(17, 17, 17)"
