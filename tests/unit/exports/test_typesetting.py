"""Pictures in the form that typst needs."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree

from pypdf import PdfReader

from components.exports import typesetting

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
