"""The briefing with pictures that a real Chromium drew."""

from io import BytesIO

import pytest
from pypdf import PageObject, PdfReader

from components.exhibits.ladder import Ladder
from components.exhibits.progress import Progress
from components.exhibits.state_map import StateMap
from components.exports.briefing import Paper, briefing_bytes
from components.facts.dataset import load
from components.facts.schema import MONEY_STEPS
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from components.words import freshness
from tests.frozen import FOLDER

BASELINE = Baseline.of(load(FOLDER))
LINK = "https://pledge.example/"


def read(chosen: ProjectFilter, paper: Paper = "us-letter") -> PdfReader:
    content = briefing_bytes(BASELINE.view(chosen), paper=paper, link=LINK)
    return PdfReader(BytesIO(content))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
def test_the_whole_pledge_takes_at_most_four_pages_with_its_figures(paper: Paper) -> None:
    reader = read(ProjectFilter(), paper)
    assert 2 <= len(reader.pages) <= 4
    text = words(reader)
    # By hand: 33.3 + 2.1 + 0.6 + 40 + 17 + 16 = 109; 109 / 550 = 19.8%; 550 - 109 = 441.
    for figure in ("up to $109B", "up to 19.8%", "at least $441B", "about $33.3B", "up to $66.3B"):
        assert figure.replace(" ", "") in text.replace(" ", "")


FILTERS = [ProjectFilter(), ProjectFilter(state=("TX",)), ProjectFilter(state=("WY",))]
FOOTER = 62
"""The height below what a page is filled with, in points."""


def lowest(page: PageObject) -> float:
    """Return how far above the footer the last line of a page is, as a share of the page."""
    heights: list[float] = []

    def see(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            heights.append(cm[1] * tm[4] + cm[3] * tm[5] + cm[5])

    page.extract_text(visitor_text=see)
    last = min(height for height in heights if height > FOOTER)
    return (last - FOOTER) / float(page.mediabox.height)


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
@pytest.mark.parametrize("chosen", FILTERS, ids=["whole", "a state", "nothing"])
def test_no_page_before_the_last_is_left_empty_below(chosen: ProjectFilter, paper: Paper) -> None:
    *full, _ = read(chosen, paper).pages
    assert full
    assert [place for place, page in enumerate(full, start=1) if lowest(page) > 0.16] == []


@pytest.mark.parametrize("chosen", FILTERS, ids=["whole", "a state", "nothing"])
def test_it_says_how_far_the_money_is_and_every_note_in_full(chosen: ProjectFilter) -> None:
    view = BASELINE.view(chosen)
    text = words(read(chosen)).replace(" ", "")
    for step in ("Pledged", *MONEY_STEPS.values()):
        assert step.replace(" ", "") in text
    shown = BASELINE.view(ProjectFilter()) if view.projects.empty else view
    told = [exhibit.of(shown).note for exhibit in (StateMap, Ladder)]
    told += [freshness.note(view)]
    if view is shown:
        told += [note.text for note in Progress.of(view).notes if not note.hatchings]
    for note in told:
        assert note.replace(" ", "") in text


def test_charts_are_drawings_and_their_words_are_text() -> None:
    reader = read(ProjectFilter(state=("TN",)))
    assert not [image for page in reader.pages for image in page.images]
    text = words(reader)
    assert "up to $40B shared" in text
    assert "even pace" in text
    assert "could not draw every picture" not in text


def test_progress_counts_the_pictures() -> None:
    heard: list[tuple[int, int]] = []
    briefing_bytes(
        BASELINE.view(ProjectFilter(sector=("nuclear-power",))),
        paper="a4",
        link="",
        progress=lambda done, whole: heard.append((done, whole)),
    )
    assert [done for done, _ in heard] == list(range(1, heard[-1][1] + 1))
