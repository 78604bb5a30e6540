"""The sheet of a state as PDF, here without its map: a browser would have to draw it."""

import re
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from pypdf import PdfReader

from components.basics.us_states import STATE_NAMES
from components.exports import bundle, files
from components.exports.documents import Paper
from components.exports.sheet_pdf import sheet_bytes
from components.facts.dataset import load
from components.facts.schema import MILESTONES
from components.subjects import one_state
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.frozen import FOLDER
from tests.unit.factories import make_baseline, make_projects, make_view

LINK = "https://a.example/states?state=TN"
SHIPPED = Baseline.of(load(FOLDER))
ALL = ProjectFilter()
NAMED = sorted(SHIPPED.counts["state"])


@pytest.fixture(autouse=True)
def _without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KALEIDO", "off")


def read(view: View, state: str, *, paper: Paper = "us-letter", link: str = LINK) -> PdfReader:
    return PdfReader(BytesIO(sheet_bytes(view, state, paper=paper, link=link)))


@lru_cache
def words(reader: PdfReader) -> str:
    """Return all text in one line, without the places where a long word may break."""
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u200b", "").split())


@lru_cache
def sheet(
    state: str,
    chosen: ProjectFilter = ALL,
    *,
    paper: Paper = "us-letter",
    day: date | None = None,
) -> PdfReader:
    """Read the sheet of a state in the shipped data, which is set once for all tests."""
    return read(SHIPPED.as_known_on(day).view(chosen), state, paper=paper)


def shipped(state: str, chosen: ProjectFilter = ALL, *, day: date | None = None) -> str:
    return words(sheet(state, chosen, day=day))


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
@pytest.mark.parametrize("state", [*NAMED, "WY"])
def test_every_state_has_one_page_or_two(state: str, paper: Paper):
    reader = sheet(state, paper=paper)
    assert len(reader.pages) in (1, 2, 3)
    assert STATE_NAMES[state] in words(reader)


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
@pytest.mark.parametrize("state", NAMED)
def test_nothing_of_the_shipped_data_is_left_out(state: str, paper: Paper):
    text = words(sheet(state, paper=paper))
    assert "not listed here" not in text
    assert "…" not in text
    told = one_state.of_state(SHIPPED.view(ALL), state)
    for cell in (*told.conflicts["subject"], *told.gaps["missing"], *told.milestones["event"]):
        assert cell.replace(" ", "")[:60] in text.replace(" ", ""), cell


def test_a_shared_amount_is_named_with_whom_it_is_shared():
    text = shipped("TN")
    assert "Up to $40 billion is announced for Tennessee together with Alabama" in text
    assert (
        "No official source divides it: it stands here in full and counts once in any total."
        in text
    )
    assert "up to $40B announced not spent" in text
    assert re.search(r"up to \$40B Official Alabama", text)


@pytest.mark.parametrize(
    "phrase",
    [
        "Japan's $550 billion U.S. investment pledge",
        "Data as of 10 October 2026",
        "Announced amounts, not money spent.",
        f"dataset version {SHIPPED.dataset.pledge.version} ({SHIPPED.dataset.version})",
        "CC BY 4.0",
        LINK,
        "Page 1 of 2",
        "Financed in part furthest stage",
        "Looked for and not found",
        "Where sources disagree",
        "about $33.3B Official none DOE Portsmouth Site, Piketon, Ohio (reported) SB Energy",
        "This server could not draw the map when the sheet was made.",
    ],
)
def test_every_sheet_carries_what_makes_it_stand_alone(phrase: str):
    assert phrase in shipped("OH")


@pytest.mark.parametrize("state", [*NAMED, "WY"])
def test_every_source_cited_is_listed(state: str):
    text = shipped(state)
    body, _, listing = text.rpartition(" Sources ")
    cited = {
        number
        for marks in re.findall(r"\[(\d[\d–, ]*)\]", body)
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", marks)
        for number in range(int(first), int(last or first) + 1)
    }
    assert cited
    for number in range(1, max(cited) + 1):
        assert number in cited
        assert re.search(rf"(^| ){number} [A-Z[]", listing), number


def test_a_state_without_a_project_says_so_and_what_is_announced_elsewhere():
    reader = sheet("WY")
    text = words(reader)
    assert len(reader.pages) == 1
    assert "No project is named in Wyoming as of 10 October 2026." in text
    assert re.search(r"Announced elsewhere .* Sector Announced States Natural gas power", text)
    assert re.search(r"Natural gas power .*up to \$66\.3B Ohio, Pennsylvania and Texas", text)
    assert re.search(r"Nuclear power .*up to \$40B Alabama and Tennessee", text)


def test_a_filter_that_leaves_nothing_anywhere_says_what_there_is_in_all():
    text = shipped("WY", ProjectFilter(stage=("operating",)))
    assert "No project matches this filter as of 10 October 2026" in text
    assert "In all, up to $109 billion is announced" in text
    assert "Announced elsewhere" in text
    assert "All 6 projects." in text
    own = shipped("TX", ProjectFilter(stage=("operating",)))
    assert "Up to $18.1 billion is announced for Texas alone, in two projects." in own


def test_more_of_a_filter_than_the_state_is_said_in_words():
    chosen = ProjectFilter(state=("TX",), sector=("crude-oil-export",))
    text = shipped("TX", chosen)
    assert "Crude oil export in Texas" in text
    assert "Projects (1)" in text
    assert "$2.1 billion is announced for Texas alone" in text
    assert "Projects in Texas" not in shipped("TX", ProjectFilter(state=("TX",)))


def test_the_states_of_the_filter_do_not_matter():
    alone, others = (
        sheet_bytes(SHIPPED.view(ProjectFilter(state=codes)), "TN", paper="a4", link=LINK)
        for codes in (("TN",), ("OH", "TX"))
    )
    assert alone == others


def test_a_past_day_is_said_to_be_one():
    text = shipped("TX", day=date(2026, 3, 1))
    assert "Data as of 1 March 2026" in text
    assert "As known on 1 March 2026:" in text
    assert "$2.1 billion is announced for Texas alone, in one project." in text
    assert "Financed in part" not in text
    before = shipped("TN", day=date(2026, 3, 1))
    assert "No project is named in Tennessee as of 1 March 2026." in before


def test_it_is_tagged_and_says_its_language_and_title():
    reader = sheet("TN")
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]
    assert catalogue["/Lang"].startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == "Japan's $550 billion U.S. investment pledge. Tennessee"


@pytest.mark.parametrize(("paper", "size"), [("us-letter", (612, 792)), ("a4", (595, 842))])
def test_it_comes_on_the_paper_asked_for(paper: Paper, size: tuple[int, int]):
    for page in sheet("TX", paper=paper).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_equal_views_give_equal_files():
    first, second = (sheet_bytes(SHIPPED.view(ALL), "TX", paper="a4", link=LINK) for _ in range(2))
    assert first == second


def test_a_script_that_cannot_be_set_is_named_on_the_sheet():
    projects = make_projects(("plant", "OH", 33.3), developer="โรงงาน")
    assert "this document cannot set (Thai)" in words(read(make_view(projects), "OH"))
    assert "cannot set" not in shipped("OH")


def test_what_is_undisclosed_is_not_zero():
    text = words(read(make_view(make_projects(("mine", "OH"))), "OH"))
    assert "An undisclosed amount is announced for Ohio alone" in text
    assert "Undisclosed" in text
    assert "$0" not in text


def many(text: str, *, count: int = 25) -> Baseline:
    """Make a state in which every list is long, and all texts are equal."""
    codes = ";".join(list(STATE_NAMES)[:30])
    rows = [(f"p{number}", codes, 2.0, "up_to") for number in range(count)]
    projects = make_projects(
        *rows, project=text, developer=text, place=text, place_confidence="conflicting"
    )
    about = ";".join(projects["project_id"])
    sides = {f"{side}_{name}": value for side in "abc"
             for name, value in (("value", text), ("source_ids", "gazette"))}  # fmt: skip
    dispute = {"project_ids": about, "subject": text, "used": text, "reason": text, **sides}
    gaps = [{"project_ids": about, "missing": f"{at} {text}", "note": text} for at in range(count)]
    baseline = make_baseline(
        projects,
        milestones=tuple((row[0], "gazette;courier") for row in rows),
        conflicts=[dispute | {"conflict_id": f"c{at}"} for at in range(count)],
        gaps=gaps,
        title=text,
    )
    events = baseline.dataset.milestones
    events["date"] = [f"2026-03-{at + 1:02}" for at in range(len(events))]
    events["stage"], events["event"], events["confidence"] = "note", text, "reported"
    return baseline


@lru_cache
def crowded(text: str) -> PdfReader:
    return read(many(text).view(ALL), "AL")


LONG = [
    pytest.param("x" * 2000, id="one long word"),
    pytest.param("ё" * 2000, id="one long Russian word"),
    pytest.param("many words " * 200, id="many words"),
    pytest.param("日本語の長い名前" * 250, id="long Japanese"),
    pytest.param("שלום עולם", id="right to left"),
    pytest.param("🏭🗾👩‍🔧", id="emoji"),
    pytest.param("a\x00b\u202ec\nd", id="control characters"),
]


@pytest.mark.parametrize("text", LONG)
def test_no_text_makes_it_longer_than_three_pages(text: str):
    reader = crowded(text)
    assert len(reader.pages) == 3
    assert "not listed here; the data files have all." in words(reader)


def furthest_right(reader: PdfReader) -> float:
    """Return where the text furthest right begins, in points from the left edge."""
    found = []
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, _, matrix, *__: found.append((text, matrix[4])))
    return float(max(left for text, left in found if text.strip()))


@pytest.mark.parametrize("text", [param for param in LONG if "long" in str(param.id)])
def test_long_words_stay_on_the_page(text: str):
    assert furthest_right(crowded(text)) < 612 - 52


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#panic()", id="typst call"),
        pytest.param("*bold* _x_ $y$ @z <label>", id="typst markup"),
        pytest.param("<script>alert(1)</script>", id="script"),
        pytest.param("\\u{1F600} \\n ]", id="escapes"),
    ],
)
def test_markup_in_the_data_comes_through_as_text(text: str):
    found = words(read(many(text, count=1).view(ALL), next(iter(STATE_NAMES))))
    # Title, project, place, builder, event, conflict with three values, gap with its note.
    assert found.replace(" ", "").count(text.replace(" ", "")) >= 10


def test_the_latest_steps_stay_and_the_rest_is_counted():
    days = [(f"2026-03-{at:02}", "note") for at in range(1, 20)]
    rows = [("2025-01-01", "permitted"), *days]
    baseline = make_baseline(
        make_projects(("plant", "OH", 1.0)), milestones=tuple(("plant", "gazette") for _ in rows)
    )
    events: pd.DataFrame = baseline.dataset.milestones
    assert set(events) == set(MILESTONES.columns)
    events["date"], events["stage"] = [row[0] for row in rows], [row[1] for row in rows]
    events["event"], events["confidence"] = [f"Event {row[0]}" for row in rows], "official"
    text = words(read(baseline.view(ALL), "OH"))
    assert re.findall(r"Event 2025-01-01|Event 2026-03-09|Event 2026-03-19", text) == [
        "Event 2025-01-01",
        "Event 2026-03-09",
        "Event 2026-03-19",
    ]
    assert "8 more milestones are not listed here" in text


def test_the_file_is_named_after_the_state():
    file = files.state_sheet(SHIPPED.view(ALL), "TN", paper="a4", link=LINK)
    assert file.name == "us-japan-pledge_sheet_tn_2026-10-10_a4.pdf"
    assert file.content().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("states", "count"), [((), 0), (("TN",), 1), (("OH", "TN"), 0), (("WY",), 1)]
)
def test_a_view_of_one_state_has_its_sheet_beside_the_briefing(states: tuple[str, ...], count: int):
    view = SHIPPED.view(ProjectFilter(state=states))
    listed = files.of_view(view, formats={"briefing", "sheet"}, link=LINK, paper="a4")
    assert [file.format.id for file in listed] == ["briefing", *["sheet"] * count]


def test_the_zip_of_one_state_holds_its_sheet():
    view = make_view(make_projects(("plant", "OH", 1.0)), ProjectFilter(state=("OH",)))
    names = ZipFile(BytesIO(bundle.bundle_bytes(view, link=LINK))).namelist()
    (own,) = [name for name in names if "_sheet_oh_" in name]
    assert "/" not in own
