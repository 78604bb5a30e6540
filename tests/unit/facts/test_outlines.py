import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from components.basics.geography import HEIGHT, WIDTH, Outlines, project_albers
from components.basics.us_states import STATE_NAMES
from components.facts.outlines import read_outlines
from tests.frozen import FOLDER

SHIPPED = FOLDER / "us_states.geojson"

CITIES = {
    "Albany": ("NY", 42.6526, -73.7562),
    "Anchorage": ("AK", 61.2181, -149.9003),
    "Atlanta": ("GA", 33.7490, -84.3880),
    "Augusta": ("ME", 44.3106, -69.7795),
    "Austin": ("TX", 30.2672, -97.7431),
    "Bismarck": ("ND", 46.8083, -100.7837),
    "Boise": ("ID", 43.6150, -116.2023),
    "Columbus": ("OH", 39.9612, -82.9988),
    "Denver": ("CO", 39.7392, -104.9903),
    "Fairbanks": ("AK", 64.8378, -147.7164),
    "Harrisburg": ("PA", 40.2732, -76.8867),
    "Lansing": ("MI", 42.7325, -84.5555),
    "Montgomery": ("AL", 32.3792, -86.3077),
    "Nashville": ("TN", 36.1627, -86.7816),
    "Piketon": ("OH", 39.02, -83.0),
    "Sacramento": ("CA", 38.5816, -121.4944),
    "Salem": ("OR", 44.9429, -123.0351),
    "Santa Fe": ("NM", 35.6870, -105.9378),
    "Tallahassee": ("FL", 30.4383, -84.2807),
    "Wahiawa": ("HI", 21.5028, -158.0236),
    "Waimea": ("HI", 20.0231, -155.6717),
}


def shipped_outlines() -> Outlines:
    outlines, faults = read_outlines(SHIPPED)
    assert faults == []
    assert outlines is not None
    return outlines


def holds(geometry: dict[str, Any], x: float, y: float) -> bool:
    """Return whether a point lies inside, by counting the edges east of it."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    edges = [edge for polygon in polygons for ring in polygon for edge in pairwise(ring)]
    crossings = [(x1, y1, x2, y2) for (x1, y1), (x2, y2) in edges if (y1 > y) != (y2 > y)]
    east = [x < x1 + (y - y1) * (x2 - x1) / (y2 - y1) for x1, y1, x2, y2 in crossings]
    return bool(sum(east) % 2)


@pytest.mark.parametrize("city", CITIES)
def test_a_city_falls_into_the_outline_of_its_own_state_alone(city: str):
    state, latitude, longitude = CITIES[city]
    x, y = project_albers(longitude, latitude)
    features = shipped_outlines().features
    assert [one.state for one in features if holds(one.rings, float(x), float(y))] == [state]


def test_honolulu_lies_on_a_shore_that_the_outlines_simplify():
    x, y = map(float, project_albers(-157.8583, 21.3069))
    (hawaii,) = (one.rings for one in shipped_outlines().features if one.state == "HI")
    steps = (-3, 0, 3)
    assert any(holds(hawaii, x + east, y + south) for east in steps for south in steps)


def test_the_centre_of_the_projection_is_the_centre_of_the_frame():
    x, y = map(float, project_albers(-96.6, 38.7))
    assert (x, y) == pytest.approx((WIDTH / 2, HEIGHT / 2))


def test_equal_areas_stay_equal_from_south_to_north():
    def area(south: float, north: float) -> float:
        x, y = project_albers([-101, -99, -99, -101], [south, south, north, north])
        return 0.5 * abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))))

    spherical = np.sin(np.radians([26, 28])), np.sin(np.radians([46, 48]))
    ratio = np.diff(spherical[0])[0] / np.diff(spherical[1])[0]
    assert area(26, 28) / area(46, 48) == pytest.approx(ratio, rel=1e-3)


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [
        pytest.param(-66.1, 18.4, id="Puerto Rico"),
        pytest.param(144.8, 13.4, id="Guam"),
        pytest.param(139.7, 35.7, id="Tokyo"),
        pytest.param(np.nan, np.nan, id="no place"),
        pytest.param(-96, 89, id="north of everything"),
    ],
)
def test_a_point_beside_the_map_has_no_place_on_it(longitude: float, latitude: float):
    assert np.isnan(project_albers(longitude, latitude)).all()


def test_points_are_projected_all_at_once_and_keep_their_order():
    longitudes = [-82.9988, np.nan, -149.9003, -157.8583]
    latitudes = [39.9612, 40.0, 61.2181, 21.3069]
    x, y = project_albers(longitudes, latitudes)
    alone = [project_albers(*point) for point in zip(longitudes, latitudes, strict=True)]
    np.testing.assert_array_equal(x, [point[0] for point in alone])
    np.testing.assert_array_equal(y, [point[1] for point in alone])


def test_no_points_give_no_points():
    x, y = project_albers([], [])
    assert (x.size, y.size) == (0, 0)


def test_the_aleutians_lie_west_of_alaska_across_the_date_line():
    (west, east), _ = project_albers([173, -165], [52.9, 54])
    assert west < east


def test_the_shipped_outlines_are_the_states_and_the_district_inside_the_frame():
    features = shipped_outlines().features
    territories = {"AS", "GU", "MP", "PR", "VI"}
    assert {outline.state for outline in features} == set(STATE_NAMES) - territories
    assert all(0 < one.label_x < WIDTH and 0 < one.label_y < HEIGHT for one in features)


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        pytest.param(
            {"properties": {"state": "ZZ", "label_x": 1, "label_y": 2}},
            ['features 1, state: "ZZ" — the USPS code of a state, each once, such as OH'],
            id="unknown state",
        ),
        pytest.param(
            {"properties": {"state": "OH", "label_x": 1, "label_y": 2}},
            ['features 2, state: "OH" — the USPS code of a state, each once, such as OH'],
            id="state twice",
        ),
        pytest.param(
            {"properties": {"state": "TX", "label_x": "1", "label_y": True}},
            [
                'features 1, label_x: "1" — a number',
                'features 1, label_y: "True" — a number',
            ],
            id="labels without numbers",
        ),
        pytest.param(
            {"properties": None},
            [
                "features 1, state — the USPS code of a state, each once, such as OH",
                "features 1, label_x — a number",
                "features 1, label_y — a number",
            ],
            id="no properties",
        ),
        *(
            pytest.param(
                {"geometry": geometry},
                [
                    "features 1, geometry — a Polygon or MultiPolygon of closed rings of points, "
                    "each two finite numbers"
                ],
                id=name,
            )
            for name, geometry in {
                "no geometry": None,
                "a point": {"type": "Point", "coordinates": [1, 2]},
                "no rings": {"type": "Polygon", "coordinates": []},
                "too shallow": {"type": "Polygon", "coordinates": [[1, 2]]},
                "too deep": {"type": "Polygon", "coordinates": [[[[1, 2]]]]},
                "a point out of reach": {"type": "Polygon", "coordinates": [[[1, 10**400]]]},
                "an infinite point": {"type": "Polygon", "coordinates": [[[1, float("inf")]]]},
                "a point without y": {"type": "Polygon", "coordinates": [[[1]]]},
            }.items()
        ),
    ],
)
def test_a_feature_that_cannot_be_drawn_is_told(folder, change: dict[str, Any], faults: list[str]):
    collection = json.loads(folder.text("us_states.geojson"))
    collection["features"][0].update(change)
    folder.write("us_states.geojson", json.dumps(collection))
    assert folder.faults_in("us_states.geojson") == [
        f"us_states.geojson, {fault}" for fault in faults
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(
            "{\n]", "us_states.geojson, line 2 — valid JSON: Expecting property name", id="broken"
        ),
        pytest.param(
            "[]", "us_states.geojson, features — a list of at least one feature", id="no object"
        ),
        pytest.param(
            '{"features": []}',
            "us_states.geojson, features — a list of at least one feature",
            id="no features",
        ),
        pytest.param(
            "[" * 100_000, "us_states.geojson — fewer brackets inside brackets", id="too deep"
        ),
        pytest.param(
            "9" * 5_000, "us_states.geojson — fewer brackets inside brackets", id="too long"
        ),
    ],
)
def test_a_file_that_is_no_map_is_one_fault(folder, content: str, fault: str):
    folder.write("us_states.geojson", content)
    (line,) = folder.faults_in("us_states.geojson")
    assert line.startswith(fault)
