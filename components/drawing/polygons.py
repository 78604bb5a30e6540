"""What a map needs of a polygon in GeoJSON: its rings, its area, lines to hatch it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]


def rings_of(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    """List all rings of a Polygon or MultiPolygon, holes included."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [ring for polygon in polygons for ring in polygon]


def largest_area(geometry: Mapping[str, Any]) -> float:
    """Compute the area of the largest ring, in square units of its coordinates."""
    return max(_area(np.asarray(ring, dtype=np.float64)) for ring in rings_of(geometry))


def hatch_lines(geometry: Mapping[str, Any], *, spacing: float) -> list[tuple[Point, Point]]:
    """Return the parts inside a polygon of parallel lines that fall to the right.

    Lines of neighbouring polygons meet: they are spaced from the origin, not from the polygon.
    """
    key = tuple(tuple((p[0], p[1]) for p in ring) for ring in rings_of(geometry))
    return list(_hatched(key, spacing))


@lru_cache(maxsize=256)
def _hatched(
    rings: tuple[tuple[Point, ...], ...], spacing: float
) -> tuple[tuple[Point, Point], ...]:
    """Rotate by 45 degrees, so that hatching lines are horizontal, and scan line by line."""
    edges = [_turned(np.asarray(ring, dtype=np.float64)) for ring in rings]
    starts = np.concatenate([edge[:-1] for edge in edges])
    ends = np.concatenate([edge[1:] for edge in edges])
    lines: list[tuple[Point, Point]] = []
    low, high = starts[:, 1].min(), starts[:, 1].max()
    for level in np.arange(np.ceil(low / spacing) * spacing, high, spacing):
        crosses = (starts[:, 1] <= level) != (ends[:, 1] <= level)
        start, end = starts[crosses], ends[crosses]
        share = (level - start[:, 1]) / (end[:, 1] - start[:, 1])
        crossings = np.sort(start[:, 0] + share * (end[:, 0] - start[:, 0]))
        lines += [
            (_turned_back(a, level), _turned_back(b, level))
            for a, b in zip(crossings[::2], crossings[1::2], strict=True)
        ]
    return tuple(lines)


def _turned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = points[:, 0], points[:, 1]
    return np.column_stack([x + y, y - x])


def _turned_back(across: float, level: float) -> Point:
    return round((across - level) / 2, 1), round((across + level) / 2, 1)


def _area(ring: NDArray[np.float64]) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)
