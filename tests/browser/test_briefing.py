"""The briefing with pictures that a real Chromium drew."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from components.basics import messages
from components.exhibits.ladder import Ladder
from components.exhibits.progress import Progress
from components.exhibits.state_map import StateMap
from components.exports.briefing import Paper, briefing_bytes
from components.facts.dataset import load
from components.facts.schema import MONEY_STEPS
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from components.words import freshness
from tests.browser.conftest import SHIPPED, in_languages, said
from tests.frozen import FOLDER

LINK = "https://pledge.example/"


@cache
def baseline(folder: Path = FOLDER) -> Baseline:
    return Baseline.of(load(folder))


def view_of(chosen: ProjectFilter, folder: Path = FOLDER) -> View:
    """Return a view in the present language."""
    return baseline(folder).in_language().view(chosen)


def read(chosen: ProjectFilter, paper: Paper = "us-letter", *, folder: Path = FOLDER) -> PdfReader:
    """Return the briefing of a choice in the present language."""
    return PdfReader(BytesIO(_drawn(messages.language(), folder, chosen, paper)))


@cache
def _drawn(_language: str, folder: Path, chosen: ProjectFilter, paper: Paper) -> bytes:
    return briefing_bytes(view_of(chosen, folder), paper=paper, link=LINK)


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(
    ("paper", "language"),
    in_languages(["us-letter", "a4"], also_japanese=["a4"]),
    indirect=["language"],
)
def test_the_whole_pledge_takes_at_most_four_pages_with_its_figures(
    paper: Paper, language: str
) -> None:
    reader = read(ProjectFilter(), paper)
    assert 2 <= len(reader.pages) <= 4
    text = words(reader)
    # By hand: 33.3 + 2.1 + 0.6 + 40 + 17 + 16 = 109; 109 / 550 = 19.8%; 550 - 109 = 441.
    for figure in (
        said("up to $109B", "最大1090億ドル"),
        said("up to 19.8%", "最大19.8%"),
        said("at least $441B", "少なくとも4410億ドル"),
        said("about $33.3B", "約333億ドル"),
        said("up to $66.3B", "最大663億ドル"),
    ):
        assert figure.replace(" ", "") in text.replace(" ", "")


FILTERS = {
    "whole": ProjectFilter(),
    "a state": ProjectFilter(state=("TX",)),
    "nothing": ProjectFilter(state=("WY",)),
}
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
@pytest.mark.parametrize("chosen", FILTERS)
def test_no_page_before_the_last_is_left_empty_below(chosen: str, paper: Paper) -> None:
    assert_full(read(FILTERS[chosen], paper))


@pytest.mark.parametrize("language", [messages.JAPANESE], indirect=True)
@pytest.mark.parametrize("chosen", ["whole", "a state"])
def test_none_is_left_empty_where_all_words_are_japanese(chosen: str, language: str) -> None:
    assert_full(read(FILTERS[chosen], "a4", folder=SHIPPED))


def assert_full(reader: PdfReader) -> None:
    *full, _last = reader.pages
    assert full
    assert [place for place, page in enumerate(full, start=1) if lowest(page) > 0.16] == []


@pytest.mark.parametrize(
    ("chosen", "language"),
    in_languages(FILTERS, also_japanese=["whole"]),
    indirect=["language"],
)
def test_it_says_how_far_the_money_is_and_every_note_in_full(chosen: str, language: str) -> None:
    view = view_of(FILTERS[chosen])
    paper: Paper = "a4" if language == messages.JAPANESE else "us-letter"
    text = words(read(FILTERS[chosen], paper)).replace(" ", "")
    for step in (said("Pledged", "約束額"), *MONEY_STEPS.values()):
        assert step.replace(" ", "") in text
    shown = view_of(ProjectFilter()) if view.projects.empty else view
    told = [exhibit.of(shown).note for exhibit in (StateMap, Ladder)]
    told += [freshness.note(view)]
    if view is shown:
        told += [note.text for note in Progress.of(view).notes if not note.hatchings]
    for note in told:
        assert note.replace(" ", "") in text


def test_charts_are_drawings_and_their_words_are_text(language: str) -> None:
    reader = read(ProjectFilter(state=("TN",)))
    assert not [image for page in reader.pages for image in page.images]
    text = words(reader)
    assert said("up to $40B shared", "最大400億ドル（共有）") in text
    assert said("even pace", "均等に進んだ場合") in text
    assert said("could not draw every picture", "一部の図を描けなかった") not in text


def test_progress_counts_the_pictures() -> None:
    heard: list[tuple[int, int]] = []
    briefing_bytes(
        view_of(ProjectFilter(sector=("nuclear-power",))),
        paper="a4",
        link="",
        progress=lambda done, whole: heard.append((done, whole)),
    )
    assert [done for done, _ in heard] == list(range(1, heard[-1][1] + 1))
