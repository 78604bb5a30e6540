"""The briefing, here with tables instead of its pictures: tests/browser draws them."""

import math
import re
from functools import lru_cache
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from components.exports.briefing import Paper, briefing_bytes
from components.views.filters import ProjectFilter
from components.views.view import View
from tests.unit.factories import make_baseline, make_projects, make_view

LINK = "https://a.example/?state=TN"
ALL = ProjectFilter()


@pytest.fixture(autouse=True)
def _without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KALEIDO", "off")


def read(view: View, *, paper: Paper = "us-letter", link: str = LINK) -> PdfReader:
    return PdfReader(BytesIO(briefing_bytes(view, paper=paper, link=link)))


def words(reader: PdfReader) -> str:
    """Return all text in one line, without the places where a long word may break."""
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u200b", "").split())


def small_view(chosen: ProjectFilter = ALL, **columns: Any) -> View:
    projects = make_projects(
        ("reactor", "TN;AL", 40.0, "up_to"), ("plant", "OH", 33.3, "about"), ("mine", "OH")
    )
    return make_view(projects.assign(**columns), chosen)


@lru_cache
def briefing(
    chosen: ProjectFilter = ALL, *, paper: Paper = "us-letter", link: str = LINK
) -> PdfReader:
    """Read the briefing of the small view, which is set once for all tests."""
    return read(small_view(chosen), paper=paper, link=link)


def links_of(reader: PdfReader) -> set[str]:
    return {
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }


def fonts_of(reader: PdfReader) -> list[DictionaryObject]:
    found = []
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            (inner,) = font.get_object().get("/DescendantFonts", [font])
            found.append(inner.get_object()["/FontDescriptor"].get_object())
    return found


def test_a_chart_of_more_projects_than_the_view_names_its_own_press_reports():
    confidences = ["reported", "reported", ""]
    sectors = ["nuclear", "gas", "gas"]
    view = small_view(ProjectFilter(sector=("gas",)), amount_confidence=confidences, sector=sectors)
    text = words(read(view))
    assert "The amount of The plant is a press report, not official." in text
    assert "The amounts of The reactor and The plant are press reports, not official." in text


def test_a_shared_amount_counts_once_in_the_total_and_stands_in_both_states():
    text = words(briefing())
    assert "3 projects up to $73.3B Each shared amount counts once." in text
    assert re.search(r"Alabama up to \$40B Tennessee Tennessee up to \$40B Alabama", text)


def test_what_is_undisclosed_is_not_zero():
    text = words(briefing())
    assert "The mine Undisclosed" in text
    assert "Undisclosed. No source gives an amount. It is not zero" in text


def test_a_script_that_cannot_be_set_is_named():
    text = words(read(small_view(developer=["Завод", "한국전력", "โรงงาน"])))
    assert "a script that this document cannot set (Korean and Thai); the dashboard" in text
    assert "Завод" in text
    assert "cannot set" not in words(briefing())


@pytest.mark.parametrize(
    "phrase",
    [
        "A small pledge",
        "Briefing: Projects in Tennessee",
        "Announced amounts, not money spent.",
        "Data as of 1 January 2027",
        "dataset version 2026.1 (0123456789ab)",
        "CC BY 4.0",
        LINK,
        "Page 1 of ",
        "Up to. A ceiling.",
        "Shared. One amount over several states",
        "The Gazette",
    ],
)
def test_every_briefing_carries_what_makes_it_stand_alone(phrase: str):
    assert phrase in words(briefing(ProjectFilter(state=("TN",))))


@pytest.mark.parametrize(("paper", "size"), [("us-letter", (612, 792)), ("a4", (595, 842))])
def test_it_comes_on_the_paper_asked_for(paper: Paper, size: tuple[int, int]):
    for page in briefing(paper=paper).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_it_is_tagged_and_says_its_language_and_title():
    reader = briefing()
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]
    assert catalogue["/Lang"].startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == "A small pledge. Briefing: All projects"


def test_every_font_is_inside():
    fonts = fonts_of(read(small_view(project=["日本の計画", "Завод", "مصنع"])))
    assert fonts
    for font in fonts:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font), font["/FontName"]


def test_japanese_names_are_set_in_a_japanese_font():
    reader = read(small_view(project=["日本の計画", "B", "C"]))
    assert "日本の計画" in words(reader)
    assert any("IPAexGothic" in str(font["/FontName"]) for font in fonts_of(reader))


def test_links_are_the_view_and_the_addresses_of_its_sources():
    baseline = make_baseline(make_projects(("plant", "OH", 12.0)))
    sources = baseline.dataset.sources
    sources["url"] = ["", "https://gazette.example/1"]
    assert links_of(read(baseline.view(ProjectFilter()))) == {LINK, "https://gazette.example/1"}


def test_a_link_that_is_no_web_address_is_not_one_in_the_file():
    assert links_of(briefing(link="javascript:alert(1)")) == set()


def test_a_view_of_nothing_is_one_page_that_says_so_and_what_is_announced_elsewhere():
    reader = briefing(ProjectFilter(state=("WY",)))
    assert len(reader.pages) == 1
    text = words(reader)
    assert "No project is named in Wyoming as of 1 January 2027." in text
    assert "up to $73.3B" in text


def test_without_pictures_tables_stand_in_and_the_notes_say_why():
    text = words(briefing())
    assert "This server could not draw every picture when the briefing was made" in text


@pytest.mark.parametrize("count", [1, 30, 3000])
def test_it_has_two_to_four_pages_however_many_projects(count: int):
    rows = [(f"p{number}", "TN" if number % 2 else "OH", 1.0) for number in range(count)]
    reader = read(make_view(make_projects(*rows, developer="A developer of plants")))
    assert 2 <= len(reader.pages) <= 4
    if count > 30:
        assert "more projects are not listed here" in words(reader)


HOSTILE = [
    pytest.param("#panic()", id="typst call"),
    pytest.param("*bold* _x_ $y$ @z <label>", id="typst markup"),
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param('=HYPERLINK("http://x","y")', id="formula"),
    pytest.param('"; rm -rf /', id="shell"),
    pytest.param("\\u{1F600} \\n ]", id="escapes"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_the_data_comes_through_as_text(text: str):
    reader = read(small_view(project=[text, "Plant", "Mine"], developer=text))
    assert text.replace(" ", "") in words(reader).replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 10_000, id="one long word"),
        pytest.param("many words " * 1000, id="many words"),
        pytest.param("שלום עולם", id="right to left"),
        pytest.param("🏭🗾👩‍🔧", id="emoji"),
        pytest.param("a\x00b\u202ec\nd", id="control characters"),
        pytest.param("日本語の長い名前" * 200, id="long Japanese"),
    ],
)
def test_no_text_breaks_the_layout(text: str):
    reader = read(small_view(project=[text, "Plant", "Mine"], developer=text))
    assert 2 <= len(reader.pages) <= 4


def test_equal_views_give_equal_files():
    first, second = (briefing_bytes(small_view(), paper="a4", link=LINK) for _ in range(2))
    assert first == second


def test_amounts_of_nothing_disclosed_are_no_number():
    view = make_view(make_projects(("mine", "OH", math.nan)))
    assert "Undisclosed" in words(read(view))
