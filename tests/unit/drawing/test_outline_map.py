import gzip
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from components.basics.amounts import Amount
from components.basics.geography import HEIGHT, WIDTH, Outlines
from components.basics.palette import either_theme, screen_theme
from components.drawing.maps import Shading, StateMark
from components.drawing.outline_map import state_svg
from components.drawing.polygons import rings_of
from components.facts.outlines import read_outlines
from tests.frozen import FOLDER
from tests.unit.factories import make_outlines

LIGHT = screen_theme("light", width=640)
EITHER = either_theme(width=640)
HOSTILE = "<script>\"&'\x00"


def mark(state: str, amount: float = math.nan, **changes: Any) -> StateMark:
    given: dict[str, Any] = {
        "project_count": 1,
        "is_shared": False,
        "is_selected": False,
        "hover": f"In {state}",
    }
    return StateMark(state=state, name=f"Name of {state}", amount=Amount(amount), **given | changes)


MARKS = [
    mark("OH", 33.3),
    mark("TN", 40.0, is_shared=True),
    mark("AL", 40.0, is_shared=True),
    mark("DE", project_count=0),
]
SITES = pd.DataFrame(
    [(-83.0, 39.0, 33.3, "exact"), (-84.4, 33.9, 0.6, "county")],
    columns=["longitude", "latitude", "amount_usd_bn", "location_precision"],
)


def shipped() -> Outlines:
    outlines, _ = read_outlines(FOLDER / "us_states.geojson")
    assert outlines
    return outlines


def draw(
    *marks: StateMark, link: Callable[[str], str | None] | None = None, **changes: Any
) -> ET.Element:
    given: dict[str, Any] = {"outlines": make_outlines(), "theme": LIGHT, "label": "The states"}
    text = state_svg(
        marks or MARKS, changes.pop("sites", SITES), prefix="map", link=link, **given | changes
    )
    return ET.fromstring(text)


def areas(root: ET.Element) -> dict[str, dict[str, str]]:
    """Return the path of each state with a project by the name in its title."""
    found = {}
    for parent in root.iter():
        title, path = parent.find("title"), parent.find("path")
        if title is not None and path is not None:
            found[str(title.text).partition("\n")[0]] = dict(path.attrib)
    return found


def points_of(path: str) -> list[list[tuple[int, int]]]:
    """Return the corners of each ring of a path."""
    rings = []
    for start, steps in re.findall(r"M([-\d ]+)l?([-\d ]*)z", path):
        numbers = [int(one) for one in re.findall(r"-?\d+", f"{start} {steps}")]
        x, y = numbers[:2]
        ring = [(x, y)]
        for right, below in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + right, y + below
            ring.append((x, y))
        rings.append(ring)
    return rings


def test_each_state_with_a_project_is_an_area_of_its_shade_and_the_rest_is_one():
    root, shading = draw(), Shading.of(MARKS)
    found = areas(root)
    assert set(found) == {"Name of OH", "Name of TN", "Name of AL"}
    assert found["Name of OH"]["fill"] == shading.shade(Amount(33.3), LIGHT)
    land = [path.attrib["d"] for path in root.iter("path") if path.get("fill") == LIGHT.land]
    drawn = {mark.state for mark in MARKS if mark.project_count}
    others = [one for one in make_outlines().features if one.state not in drawn]
    assert [path.count("M") for path in land] == [len(others)]


def test_shared_states_are_hatched_on_their_shade():
    root = draw()
    (tile,) = root.iter("pattern")
    ground, strokes = tile
    assert ground.attrib["fill"] == Shading.of(MARKS).shade(Amount(40.0), LIGHT)
    assert strokes.attrib["stroke"] == LIGHT.paper
    fills = {name: area["fill"] for name, area in areas(root).items()}
    assert fills["Name of TN"] == fills["Name of AL"] == f"url(#{tile.attrib['id']})"


def test_every_corner_of_an_outline_is_drawn_within_half_a_unit():
    outlines = shipped()
    for outline in outlines.features:
        (path,) = areas(draw(mark(outline.state, 1.0), outlines=outlines)).values()
        rings = rings_of(outline.rings)
        drawn = points_of(path["d"])
        assert len(drawn) == len(rings)
        for corners, ring in zip(drawn, rings, strict=True):
            assert all(corner in corners for corner in {(round(x), round(y)) for x, y in ring})


def test_a_state_is_a_link_where_it_has_an_address():
    root = draw(link=lambda state: {"OH": "?state=OH&a=1", "TN": None}.get(state, ""))
    (link,) = root.iter("a")
    assert link.attrib["href"] == "?state=OH&a=1"
    assert [child.tag for child in link] == ["title", "path"]
    assert link[0].text == "Name of OH\nIn OH"


@pytest.mark.parametrize(
    ("link", "role"),
    [
        pytest.param(None, "img", id="no links"),
        pytest.param(lambda state: "", "img", id="no address"),
        pytest.param(lambda state: f"?state={state}", "group", id="links, which stay reachable"),
    ],
)
def test_what_the_map_is_called(link: Callable[[str], str] | None, role: str):
    root = draw(link=link)
    assert (root.attrib["role"], root.attrib["aria-label"]) == (role, "The states")
    assert root.attrib["viewBox"] == f"0 0 {WIDTH} {HEIGHT}"


def test_selected_states_are_outlined_above_the_others_with_a_project_or_without():
    marks = [mark("OH", 1.0, is_selected=True), mark("TN", 2.0)]
    root = draw(*marks, mark("DE", project_count=0, is_selected=True))
    groups = [group for group in root.iterfind("g") if group.get("stroke") == LIGHT.ink]
    (outlined,) = groups
    assert len(list(outlined.iter("path"))) == 2
    assert set(areas(outlined)) == {"Name of OH"}


def test_sites_are_circles_with_areas_in_proportion_and_hollow_without_an_address():
    groups = [group for group in draw().iter("g") if group.find("circle") is not None]
    assert [group.get("fill") for group in groups] == [LIGHT.ink, "none"]
    radii = [float(circle.attrib["r"]) for group in groups for circle in group]
    assert radii == [pytest.approx(math.sqrt(33.3 * 9 / math.pi), abs=0.05), 3.0]


def test_letters_stand_clear_of_sites():
    outlines = shipped()
    root = draw(mark("OH", 33.3), outlines=outlines)
    (letters,) = root.iter("text")
    circle = next(root.iter("circle")).attrib
    assert letters.text == "OH"
    size = 12 * WIDTH / LIGHT.width
    bottom, top = float(letters.attrib["y"]), float(letters.attrib["y"]) - 0.7 * size
    middle, radius = float(circle["cy"]), float(circle["r"])
    assert bottom < middle - radius or top > middle + radius


def test_hostile_words_stay_words():
    root = draw(
        mark("OH", 1.0, hover=HOSTILE), label=HOSTILE, link=lambda state: f'?"><script>{HOSTILE}'
    )
    assert "script" not in {element.tag for element in root.iter()}
    (link,) = root.iter("a")
    assert link.attrib["href"] == f'?"><script>{HOSTILE[:-1]}'
    assert link[0].text == f"Name of OH\n{HOSTILE[:-1]}"
    assert root.attrib["aria-label"] == HOSTILE[:-1]


@pytest.mark.parametrize("width", [326, 640])
def test_the_whole_map_is_small(width: int):
    outlines, theme = shipped(), either_theme(width=width)
    marks = [mark(one.state, place + 1.0) for place, one in enumerate(outlines.features)]
    text = state_svg(
        marks,
        SITES,
        outlines=outlines,
        theme=theme,
        label="",
        prefix="map",
        link="?state={}".format,
    )
    assert len(gzip.compress(text.encode())) < 9 * 1024


def test_nothing_announced_is_a_map_of_plain_land():
    root = draw(mark("OH", project_count=0), sites=SITES.head(0))
    assert areas(root) == {}
    assert list(root.iter("circle")) == list(root.iter("text")) == []
