"""What only a browser knows of a card in a frame of another site."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from components.basics import messages
from components.basics.messages import _
from components.basics.palette import screen_theme
from components.exhibits import registry
from components.facts import dataset
from components.ui import sharing
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from tests.browser.conftest import (
    SHIPPED,
    WAIT_SECONDS,
    another_site,
    await_that,
    draw_finger_up,
    in_languages,
    said,
    spoken,
)
from tests.frozen import FOLDER

WIDTHS = (320, 390, 560, 640)
CARDS = ("map", "by-state", "progress", "stages", "by-sector", "by-project", "over-time")

FILLED = """() => {
    const main = document.querySelector("[data-testid=stMain]")
    const content = document.querySelector("[data-testid=stMainBlockContainer]")
    const isDone = document.querySelector("[data-test-script-state=notRunning]")
        && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")
        && content?.querySelector(".st-key-card-foot") && !document.querySelector("#first")
    if (!isDone) return null
    return {
        missing: content.getBoundingClientRect().height - innerHeight,
        scrolls: main.scrollHeight - main.clientHeight,
        width: document.documentElement.clientWidth - main.scrollWidth,
    }
}"""
"""How much higher a card is than its frame, and whether anything scrolls in it."""

LOOK = """() => {
    const colour = (place) => getComputedStyle(document.querySelector(place)).backgroundColor
    const app = document.querySelector("[data-testid=stApp]")
    const foot = "[data-testid=stLayoutWrapper]:has(> .st-key-card-foot)"
    if (!app || !document.querySelector(foot)) return []
    return [colour("[data-testid=stApp]"), colour(foot), getComputedStyle(app).colorScheme]
}"""
"""What a card is drawn on, what its foot is drawn on, and for which scheme."""

Article = Callable[..., AbstractContextManager[Page]]


@cache
def baseline_of(folder: Path) -> Baseline:
    return Baseline.of(dataset.load(folder))


@pytest.fixture
def baseline(language: str) -> Baseline:
    """Return the data that is served in the language of the test."""
    return baseline_of(SHIPPED if language == messages.JAPANESE else FOLDER).in_language()


@pytest.fixture
def frozen() -> Baseline:
    return baseline_of(FOLDER)


@pytest.fixture
def article(chromium: Browser, tmp_path: Path) -> Iterator[Article]:
    """Open pages of another site that hold some HTML."""

    @contextmanager
    def open_article(content: str, *, width: int = 700, **options: Any) -> Iterator[Page]:
        style = "<style>body{margin:0}iframe{display:block}</style>"
        page_of = f"<!DOCTYPE html><title>An article</title>{style}<main>{content}</main>"
        (tmp_path / "article.html").write_text(page_of, "utf-8")
        page = chromium.new_page(viewport={"width": width, "height": 900}, **options)
        page.set_default_timeout(WAIT_SECONDS * 1000)
        page.goto(f"{site}/article.html")
        yield page
        page.close()

    with another_site(tmp_path) as site:
        yield open_article


def embedded(
    address: str,
    card: str,
    *,
    baseline: Baseline,
    width: int,
    has_script: bool = True,
    **asked: str,
) -> str:
    """Return the offered code for a card, in a column of some width."""
    exhibit = registry.exhibit(card, baseline.view(ProjectFilter()))
    query = "".join(f"&{name}={value}" for name, value in asked.items())
    code = sharing.embed_snippet(exhibit, address + spoken(f"/?embed=true&card={card}{query}"))
    frame, _, script = code.partition("\n")
    return f'<div style="width:{width}px">{frame}</div>{script if has_script else ""}'


def frame_of(page: Page, place: int = 0) -> Frame:
    handle = page.locator("iframe").nth(place).element_handle()
    frame = handle.content_frame()
    assert frame
    return frame


def filled(frame: Frame) -> dict[str, float]:
    found = frame.evaluate(FILLED)
    return found or {"missing": 999, "scrolls": 999, "width": 0}


def await_drawn(page: Page, frame: Frame) -> dict[str, float]:
    """Wait until a card is drawn for the width of its frame; gives how it then fits it."""
    found: dict[str, float] = {}

    def is_still() -> bool:
        before = dict(found)
        found.update(filled(frame))
        return found == before and found["missing"] < 999

    await_that(page, is_still, what="the card is drawn")
    return found


def await_look(page: Page, frame: Frame, scheme: str) -> None:
    """Wait until a card is drawn for a scheme, by Streamlit and by our own style."""
    paper = rgb(screen_theme("dark" if scheme == "dark" else "light", width=0).paper)
    await_that(
        page, lambda: frame.evaluate(LOOK) == [paper, paper, scheme], what=f"a {scheme} card"
    )


def rgb(colour: str) -> str:
    """Return a colour ``#rrggbb`` as a browser writes it."""
    return f"rgb({', '.join(str(part) for part in bytes.fromhex(colour.removeprefix('#')))})"


def await_fit(page: Page, frame: Frame) -> None:
    """Wait until a frame is as high as its card within two pixels, and nothing scrolls in it."""

    def is_fitting() -> bool:
        found = filled(frame)
        return abs(found["missing"]) <= 2 and found["scrolls"] <= 0 and found["width"] >= 0

    await_that(page, is_fitting, what="the frame fits the card")


@pytest.mark.parametrize(
    ("width", "language"), in_languages(WIDTHS, also_japanese=[390]), indirect=["language"]
)
def test_frames_of_a_page_are_each_as_high_as_their_card(
    article: Article, translated: str, baseline: Baseline, width: int
) -> None:
    code = "".join(
        embedded(translated, card, baseline=baseline, width=width) for card in ("by-state", "map")
    )
    with article(code.replace(' loading="lazy"', "")) as page:
        for place in (0, 1):
            await_fit(page, frame_of(page, place))
        chart = frame_of(page)
        chart.get_by_text(_("Table"), exact=True).click()
        chart.locator("table").wait_for()
        await_fit(page, chart)
        # By keyboard: a pointer would miss what moves while the frame takes its new height.
        chart.locator("summary").press("Enter")
        chart.locator("details[open]").wait_for()
        await_fit(page, chart)


SOURCE_SEEN = """(sayings) => {
    const foot = document.querySelector(".st-key-card-foot")
    const { top, bottom } = foot.getBoundingClientRect()
    const hit = document.elementFromPoint(innerWidth / 2, top + 8)
    const says = foot.textContent
    return top >= 0 && bottom <= innerHeight + 1 && foot.contains(hit)
        && sayings.every((words) => says.includes(words))
}"""
"""Whether source, date and link of a card are within its frame, and nothing lies over them."""


@pytest.mark.parametrize(
    ("width", "language"), in_languages(WIDTHS, also_japanese=[320, 640]), indirect=["language"]
)
def test_a_frame_without_its_script_is_high_enough(
    article: Article, translated: str, baseline: Baseline, width: int
) -> None:
    low = []
    for card in CARDS:
        code = embedded(translated, card, baseline=baseline, width=width, has_script=False)
        with article(code) as page:
            frame = frame_of(page)
            low += [card] if await_drawn(page, frame)["scrolls"] > 0 else []
    assert low == []


LOW = ("card=map", "card=by-state", "card=by-project&state=TX", "card=map&state=WY")


@pytest.mark.parametrize(
    ("path", "language"),
    in_languages(LOW, also_japanese=["card=by-project&state=TX"]),
    indirect=["language"],
)
@pytest.mark.parametrize("height", [220, 300])
def test_source_date_and_link_stay_in_sight_in_a_frame_that_is_too_low(
    article: Article, translated: str, path: str, height: int
) -> None:
    source = translated + spoken(f"/?embed=true&{path}")
    sayings = [said("Data as of", "日時点"), said("Full view", "全体を見る")]
    with article(f'<iframe src="{source}" width="320" height="{height}"></iframe>') as page:
        frame = frame_of(page)
        await_drawn(page, frame)
        assert frame.evaluate(SOURCE_SEEN, sayings)
        switch = frame.get_by_text(_("Table"), exact=True)
        if switch.count():
            switch.click()
            frame.locator("table").wait_for()
            assert frame.evaluate(SOURCE_SEEN, sayings)


@pytest.mark.parametrize(("scheme", "other"), [("dark", "light"), ("light", "dark")])
def test_the_link_decides_on_light_or_dark_whatever_the_reader_has(
    article: Article, address: str, frozen: Baseline, scheme: str, other: str
) -> None:
    code = "".join(
        embedded(address, card, baseline=frozen, width=390, embed_options=f"{scheme}_theme")
        for card in ("map", "by-state")
    )
    with article(code.replace(' loading="lazy"', ""), color_scheme=other) as page:
        for place in (0, 1):
            frame = frame_of(page, place)
            await_drawn(page, frame)
            await_look(page, frame, scheme)
        label = frame_of(page, 1).locator(".js-plotly-plot .ytick text").first
        ink = rgb(screen_theme("dark" if scheme == "dark" else "light", width=0).ink)
        await_that(page, lambda: label.evaluate("text => text.style.fill") == ink)


def test_a_card_follows_the_reader_without_a_parameter(
    article: Article, address: str, frozen: Baseline
) -> None:
    code = embedded(address, "by-state", baseline=frozen, width=390)
    with article(code, color_scheme="dark") as page:
        frame = frame_of(page)
        await_look(page, frame, "dark")


def test_a_sandboxed_frame_shows_the_whole_card_and_says_what_is_missing(
    article: Article, translated: str, baseline: Baseline
) -> None:
    code = embedded(translated, "by-state", baseline=baseline, width=390)
    sandboxed = code.replace("<iframe ", '<iframe sandbox="allow-scripts" ')
    with article(sandboxed) as page:
        frame = frame_of(page)
        expect(frame.get_by_role("alert")).to_contain_text(
            said("did not load", "読み込めませんでした")
        )
        expect(frame.get_by_role("img").locator("visible=true")).to_have_count(1)
        expect(frame.get_by_text(said("Sources: ", "出典：")).first).to_be_visible()
        await_that(
            page, lambda: frame.evaluate("document.documentElement.scrollHeight <= innerHeight + 2")
        )


def test_a_finger_on_a_map_in_a_frame_scrolls_the_page_around_it(
    article: Article, address: str, frozen: Baseline
) -> None:
    code = embedded(address, "map", baseline=frozen, width=375) + '<p style="height:2000px">'
    with article(code, width=375, has_touch=True) as page:
        frame = frame_of(page)
        await_drawn(page, frame)
        await_fit(page, frame)
        box = frame.get_by_test_id("stDeckGlJsonChart").bounding_box()
        assert box
        draw_finger_up(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await_that(page, lambda: page.evaluate("scrollY") > 50, what="the page scrolls")
