"""Pictures in the form that typst needs."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from components.exports import fonts, typesetting

HATCHED = b"""<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">
<defs><pattern id="p1" width="4" height="4" patternUnits="userSpaceOnUse">
<rect width="4" height="4" fill="#ff0000"/><path d="M0,0L4,4" style="stroke: #fff"/>
</pattern></defs>
<g><path d="M0,0H9V9Z" style="opacity: 1; fill: url('#p1');"/><text> label</text></g></svg>"""


def test_a_hatched_shape_stands_on_a_ground_of_one_colour():
    root = ElementTree.fromstring(typesetting._settable(HATCHED))
    svg = typesetting.SVG
    assert root.find(f".//{svg}pattern/{svg}rect") is None
    ground, lines = root.findall(f"{svg}g/{svg}path")
    assert ground.get("style") == "opacity: 1; fill: #ff0000;"
    assert lines.get("style") == "opacity: 1; fill: url('#p1');"
    assert ground.get("d") == lines.get("d")


def test_the_space_before_a_label_is_kept():
    root = ElementTree.fromstring(typesetting._settable(HATCHED))
    text = root.find(f".//{typesetting.SVG}text")
    assert text is not None
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    assert text.text == " label"


def test_markup_in_the_data_is_set_as_text():
    words = {"title": "#panic()", "description": "*x* $y$", "alt": "#read(x)"}
    pdf = typesetting.pdf_bytes(
        "picture.typ",
        data={**words, "width": 90, "height": 40},
        files={"picture.svg": HATCHED},
        as_of=date(2027, 1, 1),
    )
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "#panic()"
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == [90.0, 40.0]


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("Завод, Ελλάς, مصنع, שלום, 日本の計画, Đường, ՀԱՅ", []),
        ("한국전력", ["Korean"]),
        ("โรงงาน and कारखाना", ["Devanagari", "Thai"]),
        ("汉语", ["Chinese"]),
        ("🏭\ufe0f", ["symbols"]),
        ("a\u0301\u200b\u202e", []),
    ],
)
def test_a_text_knows_the_scripts_that_no_font_of_a_document_has(text: str, scripts: list[str]):
    assert fonts.unset_scripts(text) == scripts


def test_a_picture_says_below_which_script_it_cannot_set():
    svg = HATCHED.replace(b" label", "โรงงาน".encode())
    words = {"title": "A", "description": "B", "alt": "C", "width": 300, "height": 40}
    pdf = typesetting.pdf_bytes(
        "picture.typ", data=words, files={"picture.svg": svg}, as_of=date(2027, 1, 1)
    )
    (page,) = PdfReader(BytesIO(pdf)).pages
    assert "cannot set (Thai)" in " ".join(page.extract_text().split())
    assert 40 < page.mediabox.height < 90
