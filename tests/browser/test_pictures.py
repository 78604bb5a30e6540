"""Pictures drawn by this server's Chromium, read back by programs that know nothing of us."""

import asyncio
import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from PIL import Image
from pypdf import PdfReader

from components.exhibits.registry import EXHIBITS
from components.exports import chromium
from components.exports.chromium import Chromium, PictureError
from components.exports.pictures import SHAPES, picture_bytes
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from tests.frozen import FOLDER
from tests.unit.factories import make_projects, make_view

ROOT = Path(__file__).parents[2]
BASELINE = Baseline.of(load(FOLDER))
VIEW = BASELINE.view(ProjectFilter(tranche=("2",)))
LINK = "https://pledge.example/?tranche=2"
FIGURE = go.Figure(layout={"width": 120, "height": 80, "title": {"text": "A title"}})
LABELS = {
    "map": ["AL", "TN", "PA", "TX"],
    "by-state": ["up to $40B shared", "up to $17B", "up to $16B"],
    "progress": ["up to $550B pledged", "up to $73B", "at least $441B of the up to $550B"],
    "by-sector": ["up to $40B", "up to $33B"],
    "by-project": ["up to $40B", "up to $17B", "up to $16B"],
    "over-time": ["up to $73B", "up to $550B by 19 January 2029"],
    "stages": ["up to $550B", "up to $73B of up to $109B", "none found"],
    "timeline": ["Announced", "Under construction", "Other news", "2026"],
    "state-map": ["AL", "TN", "PA", "TX"],
}


@pytest.fixture
def browser():
    own = Chromium()
    yield own
    own.close()


def joined(text: str) -> str:
    """Where a line breaks is the picture's affair."""
    return "".join(text.split())


def words_of(exhibit_id: str) -> list[str]:
    exhibit = EXHIBITS[exhibit_id].of(VIEW)
    return [
        exhibit.finding,
        exhibit.title,
        exhibit.subtitle,
        exhibit.source,
        "Announced amounts, not money spent.",
        "Data as of 10 October 2026",
        f"dataset version 2026.11.25 ({VIEW.dataset.version})",
        "CC BY 4.0",
        LINK,
    ]


@pytest.mark.parametrize("exhibit", EXHIBITS)
def test_an_svg_carries_its_words_and_figures_and_refers_to_nothing(exhibit: str):
    svg = picture_bytes(EXHIBITS[exhibit].of(VIEW), kind="svg", link=LINK)
    drawing = ElementTree.fromstring(svg)
    name = drawing.find("{http://www.w3.org/2000/svg}title")
    assert name is not None
    assert (drawing.get("role"), name.text) == ("img", EXHIBITS[exhibit].of(VIEW).finding)
    text = joined("".join(drawing.itertext()))
    assert [words for words in words_of(exhibit) if joined(words) not in text] == []
    assert [label for label in LABELS[exhibit] if joined(label) not in text] == []
    assert [
        value
        for element in drawing.iter()
        for name, value in element.attrib.items()
        if name.endswith("href") and not value.startswith(("#", "data:"))
    ] == []
    assert b"@import" not in svg
    assert b"url(http" not in svg


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_another_browser_draws_equal_bytes(kind: Literal["svg", "png", "pdf"]):
    def drawn() -> bytes:
        return picture_bytes(EXHIBITS["over-time"].of(VIEW), kind=kind, link=LINK)

    before = drawn()
    chromium.shared().close()
    assert drawn() == before


SIZES = {
    "1x": (700, None),
    "2x": (1400, None),
    "3x": (2100, None),
    "1200x630": (1200, 630),
    "square": (1200, 1200),
    "85mm": (1004, None),
    "170mm": (2008, None),
    "1080x1350": (1080, 1350),
    "1080x1920": (1080, 1920),
}
"""Pixels of each shape; None for as high as it must be."""


@pytest.mark.parametrize(
    ("exhibit", "shape"),
    [
        *((exhibit, shape) for exhibit in ("map", "by-project") for shape in SIZES),
        *((exhibit, "1200x630") for exhibit in EXHIBITS if exhibit not in ("map", "by-project")),
    ],
)
def test_a_png_has_the_size_that_was_asked_for(exhibit: str, shape: str):
    width, height = SIZES[shape]
    png = picture_bytes(EXHIBITS[exhibit].of(VIEW), kind="png", link=LINK, shape=SHAPES[shape])
    with Image.open(io.BytesIO(png)) as picture:
        assert (picture.width, height and picture.height) == (width, height)
        colours = picture.convert("RGB").getcolors(1 << 24) or []
        assert picture.convert("RGB").getpixel((3, 3)) == (255, 255, 255)
        assert len(colours) > 10
        assert picture.info["Title"] == EXHIBITS[exhibit].of(VIEW).finding
        assert LINK in picture.info["Source"]


@pytest.mark.parametrize("exhibit", EXHIBITS)
def test_a_pdf_is_one_tagged_page_of_vectors_with_its_type_inside(exhibit: str):
    pdf = picture_bytes(EXHIBITS[exhibit].of(VIEW), kind="pdf", link=LINK)
    reader = PdfReader(io.BytesIO(pdf))
    (page,) = reader.pages
    text = joined(page.extract_text())
    assert [words for words in words_of(exhibit) if joined(words) not in text] == []
    assert [label for label in LABELS[exhibit] if joined(label) not in text] == []
    assert float(page.mediabox.width) == pytest.approx(7 * 72)
    assert reader.metadata
    assert reader.metadata.title == EXHIBITS[exhibit].of(VIEW).finding
    root: Any = reader.root_object
    assert [root["/Lang"], root["/MarkInfo"]["/Marked"]] == ["en", True]
    fonts: Any = page["/Resources"]
    for font in fonts["/Font"].values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"])
    assert pdf == picture_bytes(EXHIBITS[exhibit].of(VIEW), kind="pdf", link=LINK)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("=HYPERLINK(1)", id="formula"),
        pytest.param("<script>alert(1)</script>", id="script"),
        pytest.param('"; rm -rf /', id="shell"),
        pytest.param("مصنع الطاقة", id="right to left"),
        pytest.param("福島の発電所", id="Japanese"),
        pytest.param("Plant 🏭 one", id="emoji"),
        pytest.param("x" * 10_000, id="10,000 characters"),
    ],
)
@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_a_hostile_name_is_drawn_as_text(name: str, kind: str):
    projects = make_projects(("plant", "OH", 33.3), ("mill", "AL", 2.0), project=[name, "Mill"])
    view = make_view(projects)
    exhibit = EXHIBITS["by-project"].of(view)
    file = picture_bytes(exhibit, kind=kind, link="")  # type: ignore[arg-type]
    if kind == "png":
        with Image.open(io.BytesIO(file)) as picture:
            assert picture.width == 700
        return
    if kind == "svg":
        root = ElementTree.fromstring(file)
        assert not [element for element in root.iter() if element.tag.endswith("script")]
        text = "".join(root.itertext())
    else:
        text = PdfReader(io.BytesIO(file)).pages[0].extract_text()
    if name.isascii():
        assert joined(name)[:20] in joined(text)


def test_a_browser_that_died_is_replaced(browser: Chromium):
    before = browser.draw(FIGURE, kind="svg")
    first = browser.pid
    assert first
    os.killpg(first, signal.SIGKILL)
    assert browser.draw(FIGURE, kind="svg") == before
    assert browser.pid not in (None, first)


def test_a_browser_that_dies_while_it_draws_costs_no_picture(browser: Chromium):
    browser.draw(FIGURE, kind="svg")
    first = browser.pid
    assert first
    with ThreadPoolExecutor(6) as pool:
        drawings = [pool.submit(browser.draw, FIGURE, kind="png") for _ in range(6)]
        wait(drawings, return_when=FIRST_COMPLETED)
        os.killpg(first, signal.SIGKILL)
        pictures = [drawing.result(timeout=180) for drawing in drawings]
    assert all(Image.open(io.BytesIO(picture)).size == (120, 80) for picture in pictures)


def test_a_picture_that_takes_too_long_is_given_up(browser: Chromium, monkeypatch):
    browser.draw(FIGURE, kind="svg")
    monkeypatch.setattr(chromium, "DRAW_LIMIT_S", 0.001)
    with pytest.raises(PictureError, match="could not draw"):
        browser.draw(FIGURE, kind="svg")
    monkeypatch.undo()
    assert browser.draw(FIGURE, kind="svg").startswith(b"<svg")


def test_a_browser_that_starts_too_slowly_is_given_up_and_ended(browser: Chromium, monkeypatch):
    started: list[Any] = []

    def new_hanging_kaleido(path: Path) -> Any:
        kaleido = new_kaleido(path)
        kaleido.populate_targets = lambda: asyncio.sleep(600)
        started.append(kaleido)
        return kaleido

    new_kaleido = chromium._new_kaleido
    monkeypatch.setattr(chromium, "_new_kaleido", new_hanging_kaleido)
    monkeypatch.setattr(chromium, "START_LIMIT_S", 3)
    with pytest.raises(PictureError, match="could not draw"):
        browser.draw(FIGURE, kind="svg")
    monkeypatch.undo()
    assert len(started) == 2
    assert all(kaleido.subprocess.wait(60) is not None for kaleido in started)
    assert browser.draw(FIGURE, kind="svg").startswith(b"<svg")


def test_a_process_that_drew_leaves_nothing_behind():
    script = (
        "import plotly.graph_objects as go\n"
        "from components.exports import chromium, fonts\n"
        "browser = chromium.shared()\n"
        "browser.draw(go.Figure(), kind='svg')\n"
        "print(browser.pid, fonts.folders()[0])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    pid, folder = ended.stdout.split()
    assert not Path(folder).exists()
    deadline = time.monotonic() + 60
    while is_running(int(pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_running(int(pid))


def is_running(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
