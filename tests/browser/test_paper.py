"""What a browser prints of the pages, from a light screen and from a dark one."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page
from pypdf import PdfReader

from components.basics import messages
from components.exhibits.registry import EXHIBITS
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from tests.browser.conftest import SHIPPED, Visit, compact, in_each_scheme, in_languages, said
from tests.frozen import FOLDER

PATHS = [
    "/",
    "/?state=WY",
    "/projects",
    "/projects?project=portsmouth-gas",
    "/projects?project=unknown",
    "/states",
    "/states?state=PA",
    "/states?state=WY",
    "/companies",
    "/next",
    "/changes?since=2026-01-01",
    "/agreements",
    "/interests",
    "/about",
]

CONTROLS = "button, input, textarea, [role=switch], [role=combobox], [role=tab], .parts > summary"
LABELS = {
    "Export this view": "表示を書き出す",
    "Copy this sentence": "この文をコピー",
    "Reset": "条件を解除",
    "Download": "ダウンロード",
    "Save ": "を保存",
    "How these numbers": "数字の内訳と計算",
}
"""What stands on controls, in English and in Japanese."""

ON_OVERVIEW = ("by-state", "progress", "by-project", "stages", "by-sector", "over-time")

FAINT = """() => {
    const brush = document.createElement("canvas").getContext("2d", {willReadFrequently: true})
    const read = (colour) => {
        brush.clearRect(0, 0, 1, 1)
        brush.fillStyle = colour
        brush.fillRect(0, 0, 1, 1)
        return [...brush.getImageData(0, 0, 1, 1).data]
    }
    const over = (top, below, opacity) =>
        below.map((part, i) => part + (top[i] - part) * opacity * top[3] / 255)
    const turned = ([r, g, b]) => [
        -0.574 * r + 1.43 * g + 0.144 * b,
        0.426 * r + 0.43 * g + 0.144 * b,
        0.426 * r + 1.43 * g - 0.856 * b,
    ].map((part) => Math.min(Math.max(part, 0), 255))
    const luminance = (colour) => {
        const [r, g, b] = colour.map((part) =>
            part <= 10.3 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const faint = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const text = texts.currentNode.data.trim()
        const box = texts.currentNode.parentElement
        // In a chart, a square is a swatch, and the code of a state stands on its shape.
        const words = /[$\\d]|\\w{3}|[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}]/u
        const isShape = box.closest("svg") && !words.test(text)
        if (!text || isShape || box.closest("style, script")) continue
        if (!box.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) continue
        const range = document.createRange()
        range.selectNode(texts.currentNode)
        if (range.getBoundingClientRect().width < 2) continue
        let [ground, opacity, isTurned] = [[255, 255, 255], 1, false]
        const boxes = []
        for (let one = box; one; one = one.parentElement) boxes.unshift(getComputedStyle(one))
        for (const style of boxes) {
            ground = over(read(style.backgroundColor), ground, 1)
            opacity *= style.opacity
            isTurned ||= style.filter.includes("invert")
        }
        const own = boxes.at(-1)
        let ink = over(read(box.closest("svg") ? own.fill : own.color), ground, opacity)
        if (isTurned) ink = turned(ink.map((part) => 255 - part))
        const contrast = (luminance(ground) + 0.05) / (luminance(ink) + 0.05)
        if (luminance(ground) < 0.9 || contrast < 4.5) faint.push(`${contrast.toFixed(1)} ${text}`)
    }
    return faint
}"""
"""The texts with less contrast than 4.5 on the white of paper, or on any other ground."""


def printed(page: Page) -> str:
    """Return the text of what is printed of a page, compact."""
    reader = PdfReader(BytesIO(page.pdf()))
    return compact("".join(sheet.extract_text() for sheet in reader.pages))


@pytest.mark.parametrize(
    ("path", "language"),
    in_languages(PATHS, also_japanese=["/", "/projects?project=portsmouth-gas", "/changes"]),
    indirect=["language"],
)
def test_a_page_prints_as_ink_on_white_without_its_controls(
    visit_translated: Visit, path: str
) -> None:
    page = visit_translated(path)
    for scheme in in_each_scheme(page):
        words = printed(page)
        labels = [said(english, japanese) for english, japanese in LABELS.items()]
        assert [label for label in labels if compact(label) in words] == []
        page.emulate_media(media="print", color_scheme="dark" if scheme == "dark" else "light")
        assert page.evaluate(FAINT) == [], scheme
        assert page.locator(CONTROLS).filter(visible=True).all_inner_texts() == []
        page.emulate_media(media="null")


def test_every_card_prints_its_sources(visit_translated: Visit, language: str) -> None:
    folder = SHIPPED if language == messages.JAPANESE else FOLDER
    view = Baseline.of(load(folder)).in_language().view(ProjectFilter())
    page = visit_translated("/")
    words = printed(page)
    for exhibit in (EXHIBITS[name].of(view) for name in ON_OVERVIEW):
        assert compact(exhibit.source) in words
        for source in exhibit.source_ids:
            row = view.baseline.sources[source]
            assert compact(said(f"{row.publisher}: ", f"{row.publisher}：")) in words
            assert compact(row.title) in words


def test_a_codebook_that_is_folded_on_the_screen_prints_open(visit: Visit, language: str) -> None:
    page = visit("/about")
    meaning = said("Identifieroftheproject", "リンクとファイルで使うプロジェクトの識別子")
    assert compact(meaning) in printed(page)


def test_the_map_prints_light_from_a_dark_screen(visit: Visit) -> None:
    page = visit("/", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    picture = page.locator("[data-testid=stDeckGlJsonChart] canvas").first.screenshot()
    greys = sorted(Image.open(BytesIO(picture)).convert("L").tobytes())
    land = [grey for grey in greys if grey < 245]
    assert land[len(land) // 2] > 150
