import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.drawing.polygons import hatch_lines, largest_area, rings_of

Ring = list[list[float]]


def square(west: float, north: float, width: float) -> Ring:
    east, south = west + width, north + width
    return [[west, north], [east, north], [east, south], [west, south], [west, north]]


def polygon(*rings: Ring) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def multipolygon(*polygons: list[Ring]) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": list(polygons)}


def length(lines: list[tuple[tuple[float, float], tuple[float, float]]]) -> float:
    return sum(math.dist(start, end) for start, end in lines)


OUTER, HOLE, ISLAND = square(0, 0, 10), square(4, 4, 2), square(20, 0, 4)


@pytest.mark.parametrize(
    ("geometry", "rings", "area"),
    [
        pytest.param(polygon(OUTER), [OUTER], 100, id="square"),
        pytest.param(polygon(OUTER[::-1]), [OUTER[::-1]], 100, id="the other way round"),
        pytest.param(polygon(OUTER, HOLE), [OUTER, HOLE], 100, id="hole"),
        pytest.param(multipolygon([OUTER], [ISLAND]), [OUTER, ISLAND], 100, id="island"),
        pytest.param(multipolygon([ISLAND], [OUTER, HOLE]), [ISLAND, OUTER, HOLE], 100, id="both"),
        pytest.param(
            polygon([[0, 0], [4, 0], [0, 3], [0, 0]]), [[[0, 0], [4, 0], [0, 3], [0, 0]]], 6
        ),
    ],
)
def test_a_geometry_has_rings_and_a_largest_area(
    geometry: dict[str, Any], rings: list[Ring], area: float
):
    assert rings_of(geometry) == rings
    assert largest_area(geometry) == area


def test_a_square_is_hatched_by_lines_that_fall_to_the_right():
    # One line for each multiple of 4 that y - x has in the square.
    assert hatch_lines(polygon(OUTER), spacing=4.0) == [
        ((8.0, 0.0), (10.0, 2.0)),
        ((4.0, 0.0), (10.0, 6.0)),
        ((0.0, 0.0), (10.0, 10.0)),
        ((0.0, 4.0), (6.0, 10.0)),
        ((0.0, 8.0), (2.0, 10.0)),
    ]


def test_a_hole_stays_free():
    assert hatch_lines(polygon(OUTER, HOLE), spacing=11.0) == [
        ((0.0, 0.0), (4.0, 4.0)),
        ((6.0, 6.0), (10.0, 10.0)),
    ]


def test_each_part_of_a_state_is_hatched():
    lines = hatch_lines(multipolygon([OUTER], [ISLAND]), spacing=11.0)
    assert lines == [((22.0, 0.0), (24.0, 2.0)), ((0.0, 0.0), (10.0, 10.0))]


def test_lines_of_neighbours_meet():
    left = hatch_lines(polygon(square(0, 0, 7)), spacing=3.0)
    right = hatch_lines(polygon(square(7, 0, 7)), spacing=3.0)
    assert {end[1] for _, end in left if end[0] == 7} == {1.0, 4.0, 7.0}
    assert {start[1] for start, _ in right if start[0] == 7} == {1.0, 4.0}


def test_a_shape_smaller_than_the_spacing_may_have_no_line():
    assert hatch_lines(polygon(square(1, 3, 0.5)), spacing=9.0) == []


def test_hatching_covers_an_area_evenly():
    lines = hatch_lines(polygon(square(0, 0, 300), square(100, 100, 100)), spacing=9.0)
    # Lines are 9 / sqrt(2) apart.
    assert length(lines) * 9 / math.sqrt(2) == pytest.approx(300**2 - 100**2, rel=0.03)


corners = st.tuples(st.integers(0, 60), st.integers(0, 60))


@given(st.lists(corners, min_size=3, max_size=9, unique=True))
def test_any_closed_ring_is_hatched_within_its_bounds(points: list[tuple[int, int]]):
    ring = [[float(x), float(y)] for x, y in [*points, points[0]]]
    for line in hatch_lines(polygon(ring), spacing=7.0):
        for x, y in line:
            assert min(p[0] for p in ring) - 0.1 <= x <= max(p[0] for p in ring) + 0.1
            assert min(p[1] for p in ring) - 0.1 <= y <= max(p[1] for p in ring) + 0.1
