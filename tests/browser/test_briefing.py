"""The briefing with pictures that a real Chromium drew."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from components.exports.briefing import Paper, briefing_bytes
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline
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
