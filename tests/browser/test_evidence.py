"""What only a browser knows of the pages behind the overview: links, Back, keyboard, print."""

import csv
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from components.basics.messages import _
from components.basics.us_states import STATE_NAMES
from components.views.site import PAGES as PAGE_LIST
from tests.browser.conftest import (
    DESK,
    NARROWEST,
    PHONE,
    PICTURE_MS,
    Visit,
    asked_of,
    change_width,
    compact,
    in_each_look,
    in_each_scheme,
    in_languages,
    said,
    serious_violations,
    settle,
    spoken,
    wait_until,
)
from tests.browser.test_overview import click_bar
from tests.frozen import rows_in

PAGES = (
    "/projects",
    "/projects?project=smr-tn-al",
    "/projects?project=texas-gulflink",
    "/states",
    "/states?state=TN",
    "/states?state=WY",
    "/companies",
    "/next",
    "/changes",
    "/agreements",
    "/interests",
    "/about",
    "/no-such-page",
)
OHIO = 2
"""The place of its bar among those by state, from the top."""

PRINTED = ("TN", "TX", "OH", "PA", "GA", "AL", "WY")


def links_of_sources() -> dict[str, str]:
    """Read the shipped sources: title -> link."""
    return {row["title"]: row["url"] for row in rows_in("sources")}


def links_of_publishers() -> dict[str, str]:
    return {row["publisher"]: row["url"] for row in rows_in("sources")}


def follow(page: Page, link: Locator) -> None:
    """Click a link between pages and wait until the page it leads to is drawn."""
    before = page.url
    link.click()
    wait_until(page, "before => location.href !== before", before)
    settle(page)


def go_back(page: Page) -> None:
    before = page.url
    page.go_back()
    wait_until(page, "before => location.href !== before", before)
    settle(page)


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def asked(page: Page) -> tuple[str, dict[str, list[str]]]:
    """Return path and parameters of the address, without its language."""
    parts = urlsplit(asked_of(page.url))
    return parts.path, parse_qs(parts.query)


def page_link(page: Page, path: str) -> Locator:
    """Find the link of the navigation to a page, by its name in the present language."""
    name = PAGE_LIST[path].title
    pages = page.get_by_role("navigation", name=_("Pages"))
    return pages.get_by_role("link", name=name, exact=True)


@pytest.mark.parametrize(
    ("path", "language"),
    in_languages(PAGES, also_japanese=["/projects?project=smr-tn-al"]),
    indirect=["language"],
)
def test_every_page_fits_its_window_and_axe_finds_nothing_serious(
    visit: Visit, path: str, language: str
) -> None:
    page = visit(path, width=PHONE)
    main = page.locator("[data-testid=stMain]")
    for width, scheme in in_each_look(page):
        assert main.evaluate("main => main.scrollWidth") <= width
        assert (width, scheme, serious_violations(page)) == (width, scheme, [])
    page.emulate_media(forced_colors="active")
    # A window that stays as wide as it is has nothing to tell.
    for width in (NARROWEST, DESK):
        change_width(page, width)
        assert main.evaluate("main => main.scrollWidth") <= width
        assert (width, "forced", serious_violations(page)) == (width, "forced", [])


def test_a_figure_and_a_bar_open_to_their_parts_and_their_sources(
    visit: Visit, language: str
) -> None:
    page = visit("/")
    figures = page.locator(".st-key-figures details.parts")
    assert figures.count() == 5
    known = links_of_sources()
    for parts in figures.all():
        parts.locator("summary").first.click()
        expect(parts.get_by_text("The White House").first).to_be_visible()
        sources = parts.locator("details")
        sources.locator("summary").click()
        listed = sources.get_by_role("link")
        expect(listed.first).to_be_visible()
        for link in listed.all():
            assert link.get_attribute("href") == known[link.inner_text()]
            assert link.get_attribute("target") == "_blank"

    bars = page.locator(".st-key-card-by-state details.parts")
    bars.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(bars.locator("dt", has_text=STATE_NAMES["OH"])).to_be_visible()
    shared = said("shared by Tennessee and Alabama", "テネシー州とアラバマ州で共有")
    expect(bars.get_by_text(shared).first).to_be_visible()

    of_card = page.locator(".st-key-card-by-state details.sources:not(.parts)")
    of_card.locator("summary").click()
    expect(of_card.get_by_role("link").first).to_be_visible()

    follow(page, page.locator(".st-key-card-projects").get_by_role("link", name="Texas GulfLink"))
    assert asked(page) == ("/projects", {"project": ["texas-gulflink"]})
    assert heading(page) == "Texas GulfLink"
    sources = page.locator(".st-key-card-own-sources").get_by_role("link")
    assert sources.count() > 5
    assert {link.get_attribute("href") for link in sources.all()} <= set(known.values())


def test_pages_are_changed_without_loading_and_back_leads_through_every_step(
    visit: Visit, language: str
) -> None:
    page = visit("/?state=TX")
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    steps = [asked(page)]
    follow(page, page_link(page, "projects"))
    steps.append(asked(page))
    follow(page, page.locator(".st-key-card-catalogue").get_by_role("link", name="Texas GulfLink"))
    steps.append(asked(page))
    follow(page, page.get_by_role("navigation", name=_("Projects")).get_by_role("link").first)
    steps.append(asked(page))
    follow(page, page_link(page, "states"))
    assert asked(page) == ("/states", {"state": ["TX"]})
    assert heading(page) == said("Texas", "テキサス州")

    assert steps[:3] == [
        ("/", {"state": ["TX"]}),
        ("/projects", {"state": ["TX"]}),
        ("/projects", {"state": ["TX"], "project": ["texas-gulflink"]}),
    ]
    for step in reversed(steps):
        go_back(page)
        assert asked(page) == step
    figures = page.locator(".st-key-figures").inner_text()
    assert figures.startswith(said("up to $18.1B", "最大181億ドル"))
    assert loads == []


def test_a_new_page_is_read_from_its_top(visit: Visit) -> None:
    page = visit("/about")
    main = page.locator("[data-testid=stMain]")
    main.evaluate("main => main.scrollTo(0, 4000)")
    page_link(page, "projects").evaluate("link => link.click()")
    page.wait_for_url("**/projects")
    settle(page)
    assert main.evaluate("main => main.scrollTop") == 0
    assert page.evaluate("document.activeElement.dataset.testid") == "stMain"


def test_a_link_opens_in_a_tab_of_its_own_when_the_browser_is_asked_to(
    visit: Visit, language: str
) -> None:
    page = visit("/changes?state=TX")
    with page.context.expect_page() as opened:
        page_link(page, "projects").click(modifiers=["ControlOrMeta"])
    assert urlsplit(asked_of(opened.value.url)).query == "state=TX"
    assert asked(page) == ("/changes", {"state": ["TX"]})


def test_the_keyboard_reaches_pages_projects_and_sources(visit: Visit, language: str) -> None:
    page = visit("/projects")
    page_link(page, "").focus()
    for name in [info.title for info in PAGE_LIST.values()][1:]:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == name
    page.locator(".st-key-card-catalogue").get_by_role("link", name="Texas GulfLink").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**project=texas-gulflink**")
    settle(page)
    assert heading(page) == "Texas GulfLink"
    summary = page.locator(".st-key-card-timeline details.sources summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-card-timeline details.sources a").first).to_be_visible()


def test_a_title_of_the_table_sorts_it_and_the_link_says_how(visit: Visit, language: str) -> None:
    page = visit("/projects")
    table = page.locator(".st-key-card-catalogue table")
    follow(page, table.get_by_role("link", name=_("Project"), exact=True))
    names = table.locator("tbody tr td:first-child").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    assert asked(page)[1] == {"sort": ["project"]}
    expect(table.locator("th[aria-sort=ascending]")).to_have_text(
        said("Project ↑", "プロジェクト ↑")
    )


def test_a_search_leaves_what_it_finds_and_is_in_the_link(visit: Visit, language: str) -> None:
    page = visit("/projects")
    field = page.get_by_label(_("Search projects"))
    field.fill("softbank")
    field.press("Enter")
    page.wait_for_url("**search=softbank**")
    settle(page)
    table = page.locator(".st-key-card-catalogue table")
    expect(table.locator("tbody tr")).to_have_count(1)
    expect(table).to_contain_text("Portsmouth Powered Land Project")


def test_the_slider_steps_from_milestone_to_milestone_and_by_day(
    visit: Visit, language: str
) -> None:
    page = visit("/projects")
    open_days(page)
    page.get_by_role("button", name=_("Earlier milestone")).click()
    page.wait_for_url("**as_of=2026-05-01**")
    settle(page)
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**as_of=2026-04-30**")
    settle(page)
    assert slider.get_attribute("aria-valuetext") == said("30 April 2026", "2026年4月30日")
    known = said("As known on 30 April 2026", "2026年4月30日時点の内容です。")
    expect(page.locator(".st-key-notices")).to_contain_text(known)
    page.get_by_role("button", name=_("Later milestone")).click()
    page.wait_for_url("**as_of=2026-05-01**")
    settle(page)
    page.get_by_role("button", name=_("Later milestone")).click()
    page.wait_for_url(lambda url: "as_of" not in url)
    expect(page.locator(".st-key-notices")).to_have_count(0)


def open_days(page: Page) -> None:
    """Open the choice of a day, whose button names the day on which the data ends."""
    page.get_by_role("button", name=said("As of", "2026年10月10日時点")).click()


def type_day(page: Page, label: str, day: str) -> None:
    """Write a day into the field that has the focus after some Tabs, and press Enter."""
    field = page.get_by_role("textbox", name=label)
    for _press in range(80):
        if field.evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(field).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(day)
    page.keyboard.press("Enter")


def test_a_typed_day_applies_on_enter_and_one_that_is_none_is_answered(
    visit: Visit, language: str
) -> None:
    page = visit("/changes")
    type_day(page, _("From"), "2026-05-01")
    page.wait_for_url("**since=2026-05-01**")
    settle(page)
    span = said("1 May 2026 to 10 October 2026", "2026年5月1日から2026年10月10日まで")
    expect(page.locator(".st-key-page")).to_contain_text(span)
    type_day(page, _("To"), "2026-02-30")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(
        said(
            "“2026-02-30” is no day up to 10 October 2026.",
            "「2026-02-30」は、2026年10月10日までの日付として読み取れません。",
        )
    )
    assert asked(page) == ("/changes", {"since": ["2026-05-01"]})
    type_day(page, _("To"), "2026-06-01")
    page.wait_for_url("**as_of=2026-06-01**")
    settle(page)
    span = said("1 May 2026 to 1 June 2026", "2026年5月1日から2026年6月1日まで")
    expect(page.locator(".st-key-page")).to_contain_text(span)
    expect(alert).to_have_count(0)


def test_the_day_of_any_page_is_typed_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    page.get_by_role("button", name="As of").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="As known on")).to_be_visible()
    type_day(page, "As known on", "2026-03-01")
    page.wait_for_url("**as_of=2026-03-01**")
    settle(page)
    expect(page.locator(".st-key-notices")).to_contain_text("As known on 1 March 2026")


def test_days_on_offer_and_the_saved_list_follow_the_page(visit: Visit, language: str) -> None:
    page = visit("/changes?state=TX&since=2026-05-01")
    follow(page, page.get_by_role("link", name=_("Since the last tranche")))
    assert asked(page) == ("/changes", {"state": ["TX"], "since": ["2026-03-18"]})
    current = page.get_by_role("link", name=_("Since the last tranche"))
    assert current.get_attribute("aria-current") == "page"
    for name in ("The same list for programs", "Follow this filter as a feed"):
        address = page.get_by_role("link", name=_(name)).get_attribute("href")
        assert address
        answer = page.request.get(urljoin(page.url, address))
        assert answer.ok, address
    with page.expect_download() as saved:
        page.locator(".st-key-save-changes button").click()
    end = said("_2026-10-10_since-2026-03-18.csv", "_2026-10-10_since-2026-03-18_ja.csv")
    assert saved.value.suggested_filename.endswith(end)
    assert "first-tranche-loans" in Path(saved.value.path()).read_text("utf-8")


def test_a_past_day_goes_along_to_other_pages_and_what_changed_is_one_click(
    visit: Visit, language: str
) -> None:
    page = visit("/?as_of=2026-03-01")
    figures = page.locator(".st-key-figures").inner_text()
    assert figures.startswith(said("$36B", "360億ドル"))
    follow(page, page_link(page, "projects"))
    assert asked(page) == ("/projects", {"as_of": ["2026-03-01"]})
    follow(page, page.get_by_role("link", name=_("What changed since")))
    assert asked(page) == ("/changes", {"since": ["2026-03-01"]})
    expect(page.locator(".st-key-page")).to_contain_text(
        said(
            "Announced: up to $109 billion, $36 billion before.",
            "発表額：最大1090億ドル（以前は360億ドル）。",
        )
    )


NEAREST = {"/porjects?state=TN": "projects", "/xyz": "", "/State": "states"}
"""Addresses of no page: what is asked for -> the path of the page that is meant."""


@pytest.mark.parametrize(
    ("path", "language"),
    in_languages(NEAREST, also_japanese=["/porjects?state=TN"]),
    indirect=["language"],
)
def test_an_unknown_page_has_the_frame_a_notice_and_the_nearest_page(
    visit: Visit, path: str, language: str
) -> None:
    page = visit(path)
    wanted = urlsplit(path).path.strip("/")
    missing = said(f"There is no page “{wanted}” here.", f"「{wanted}」というページはありません。")
    expect(page.get_by_test_id("stAlert")).to_contain_text(missing)
    expect(page_link(page, "about")).to_be_visible()
    nearest = PAGE_LIST[NEAREST[path]].title
    follow(page, page.locator(".st-key-page p").get_by_role("link", name=nearest))
    assert asked(page)[1] == parse_qs(urlsplit(path).query)


def test_an_unknown_project_has_a_notice_and_the_nearest_projects(
    visit: Visit, language: str
) -> None:
    page = visit("/projects?project=smr-tn")
    missing = said(
        "There is no project “smr-tn” here.", "「smr-tn」というプロジェクトはありません。"
    )
    expect(page.get_by_test_id("stAlert")).to_contain_text(missing)
    follow(page, page.get_by_text(said("Nearest:", "近いもの：")).get_by_role("link").first)
    assert asked(page)[1] == {"project": ["smr-tn-al"]}


@pytest.mark.parametrize(
    ("state", "language"), in_languages(PRINTED, also_japanese=["TX"]), indirect=["language"]
)
def test_a_state_prints_on_one_to_three_pages(visit: Visit, state: str, language: str) -> None:
    page = visit(f"/states?state={state}")
    name = heading(page)
    for scheme in in_each_scheme(page):
        reader = PdfReader(BytesIO(page.pdf(format="A4" if scheme == "dark" else "Letter")))
        text = " ".join(sheet.extract_text() for sheet in reader.pages)
        words = compact(text)
        assert 1 <= len(reader.pages) <= 3
        as_of = said("Data as of 10 October 2026", "データは2026年10月10日時点")
        for wanted in (name, as_of, "investment pledge"):
            assert compact(wanted) in words
        for control in (said("Sheet of", f"{name}のシート"), _("Export this view")):
            assert compact(control) not in words


def test_paper_is_white_and_type_is_black_after_a_dark_screen(visit: Visit) -> None:
    page = visit("/states?state=TN", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        """() => ["body", ".stApp", "h1", ".stHtml td"].map((place) => {
            const style = getComputedStyle(document.querySelector(place))
            return [style.backgroundColor, style.color]
        })"""
    )
    assert [paper for paper, _ in colours[:2]] == ["rgb(255, 255, 255)"] * 2
    assert [ink for _, ink in colours[2:]] == ["rgb(17, 17, 17)"] * 2
    assert page.locator(".st-key-bar").is_hidden()


def test_the_sheet_of_a_state_is_saved_as_pdf_with_its_map(visit: Visit, language: str) -> None:
    page = visit("/states?state=TN")
    with page.expect_download(timeout=PICTURE_MS) as saving:
        button = said("Sheet of Tennessee (PDF, Letter)", "テネシー州のシート（PDF、レター）")
        page.get_by_role("button", name=button).click()
    file = saving.value
    assert file.suggested_filename == said(
        "us-japan-pledge_sheet_tn_2026-10-10_us-letter.pdf",
        "us-japan-pledge_sheet_tn_2026-10-10_us-letter_ja.pdf",
    )
    reader = PdfReader(file.path())
    assert len(reader.pages) <= 2
    text = "".join("".join(sheet.extract_text() for sheet in reader.pages).split())
    assert said("togetherwithAlabama", "テネシー州には、アラバマ州との合計で最大400億ドル") in text
    assert spoken("/states?state=TN") in text


def test_the_rows_of_agreements_are_saved_as_they_are_filtered(visit: Visit, language: str) -> None:
    page = visit("/agreements?area=defense")
    with page.expect_download() as saving:
        page.locator(".st-key-save-agreements-csv button").click()
    with Path(saving.value.path()).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["area"] for row in rows} == {"Defense"}
    assert len(rows) == page.locator(".st-key-card-agreements tbody tr").count() == 6
    note = said(
        "None of these figures is part of the pledge",
        "これらの数字はいずれも約束額に含まれず、どの合計にも入っていません。",
    )
    assert note in rows[0]["about_note"]


def test_a_project_saves_its_own_time_line(visit: Visit) -> None:
    page = visit("/projects?project=texas-gulflink")
    page.locator(".st-key-download-timeline button").click()
    with page.expect_download(timeout=PICTURE_MS) as saving:
        page.get_by_role("dialog").get_by_role("button", name="Save PNG").click()
    assert saving.value.suggested_filename.startswith("us-japan-pledge_timeline_texas-gulflink_")


@pytest.mark.parametrize(
    "path", ["/?embed=true&card=stages", "/?embed=true&card=timeline&project=gas-tx"]
)
def test_the_new_cards_can_stand_alone(visit: Visit, path: str) -> None:
    page = visit(path, width=640)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    assert page.get_by_role("navigation").count() == 0


def test_which_japanese_companies_are_in_ohio_takes_two_clicks_from_the_front_page(
    visit: Visit, language: str
) -> None:
    page = visit("/")
    click_bar(page, "by-state", OHIO)
    follow(page, page_link(page, "companies"))

    assert asked(page) == ("/companies", {"state": ["OH"]})
    table = page.get_by_role("table")
    expect(table.get_by_role("row").filter(has_text=said("Japan", "日本"))).to_have_count(5)
    toshiba = table.get_by_role("row").filter(has_text=said("Toshiba", "東芝"))
    expect(toshiba).to_contain_text(_("Has expressed interest"))
    expect(toshiba.get_by_role("link", name="Mainichi Shimbun")).to_have_attribute(
        "href", links_of_publishers()["Mainichi Shimbun (copy at Fujipost)"]
    )
    softbank = table.get_by_role("row").filter(
        has_text=said("SoftBank Group", "ソフトバンクグループ")
    )
    expect(softbank).to_contain_text(_("Takes part"))


def test_the_calendar_of_what_is_expected_opens_as_a_calendar(visit: Visit, language: str) -> None:
    page = visit("/next?state=OH")
    with page.expect_download() as saving:
        page.get_by_role("button", name=_("Save as calendar file (.ics)")).click()
    assert saving.value.suggested_filename.endswith(".ics")
    calendar = Calendar.from_ical(saving.value.path().read_bytes())
    days = [event.decoded("dtstart").isoformat() for event in calendar.walk("VEVENT")]
    assert days[-1] == "2029-01-19"
    href = page.get_by_role("link", name=_("Subscribe to this calendar")).get_attribute("href")
    answer = page.request.get(urljoin(page.url, href))
    assert answer.headers["content-type"].startswith("text/calendar")
