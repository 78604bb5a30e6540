"""The outlines of the states in the frame of the map, and the projection from degrees to it."""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

WIDTH: Final = 975
HEIGHT: Final = 610
"""The frame of the Albers composite in its own units, x to the right, y downwards."""

SCALE: Final = 1300
CENTRE: Final = (WIDTH / 2, HEIGHT / 2)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One state: ``rings`` is its GeoJSON geometry, the label point is where its code fits best."""

    state: str
    label_x: float
    label_y: float
    rings: dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """All states of the map, already projected to the Albers composite."""

    features: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class AlbersInset:
    """An Albers equal-area conic projection (Snyder 1987, pages 98 to 103), on the sphere.

    Angles in degrees. ``offset`` moves the centre of the projection from the centre of the
    frame, as a part of the composite's scale; ``box`` is west, south, east, north.
    """

    meridian: float
    centre: tuple[float, float]
    parallels: tuple[float, float]
    zoom: float
    offset: tuple[float, float]
    box: tuple[float, float, float, float]

    def contains(self, longitude: Numbers, latitude: Numbers) -> NDArray[np.bool_]:
        """Return which points lie in the inset; a box may reach west across the date line."""
        west, south, east, north = self.box
        eastward = (longitude - west) % 360 <= (east - west) % 360
        return eastward & (latitude >= south) & (latitude <= north)

    def project(self, longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers]:
        """Return frame coordinates of points, inside the box or not."""
        x, y = self._unit(longitude - self.meridian, latitude)
        centre_x, centre_y = self._unit(*(np.asarray(angle) for angle in self.centre))
        scale = SCALE * self.zoom
        frame_x = CENTRE[0] + SCALE * self.offset[0] + scale * (x - centre_x)
        return frame_x, CENTRE[1] + SCALE * self.offset[1] - scale * (y - centre_y)

    def _unit(self, longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers]:
        """Project to a sphere of radius 1, longitude counted from the meridian."""
        south, north = np.sin(np.radians(self.parallels))
        cone = (south + north) / 2
        squared = 1 + south * north - 2 * cone * np.sin(np.radians(latitude))
        radius = np.sqrt(squared) / cone
        angle = cone * np.radians((longitude + 180) % 360 - 180)
        origin = math.sqrt(1 + south * north) / cone
        return radius * np.sin(angle), origin - radius * np.cos(angle)


INSETS: Final = (
    AlbersInset(
        meridian=-96,
        centre=(-0.6, 38.7),
        parallels=(29.5, 45.5),
        zoom=1,
        offset=(0, 0),
        box=(-125, 24, -66, 50),
    ),
    AlbersInset(
        meridian=-154,
        centre=(-2, 58.5),
        parallels=(55, 65),
        zoom=0.35,
        offset=(-0.307, 0.201),
        box=(172, 51, -129, 72),
    ),
    AlbersInset(
        meridian=-157,
        centre=(-3, 19.9),
        parallels=(8, 18),
        zoom=1,
        offset=(-0.205, 0.212),
        box=(-161, 18, -154, 23),
    ),
)
"""The lower 48 states, Alaska and Hawaii: the numbers of d3.geoAlbersUsa, whose composite the
outlines follow (scale 1300, translated to the centre of the frame)."""


def project_albers(longitude: ArrayLike, latitude: ArrayLike) -> tuple[Numbers, Numbers]:
    """Project points to the frame; x and y are NaN outside the fifty states' surroundings."""
    longitude = np.asarray(longitude, dtype=np.float64)
    latitude = np.asarray(latitude, dtype=np.float64)
    x = np.full(longitude.shape, np.nan)
    y = np.full(longitude.shape, np.nan)
    for inset in INSETS:
        inside = inset.contains(longitude, latitude)
        inset_x, inset_y = inset.project(longitude, latitude)
        x, y = np.where(inside, inset_x, x), np.where(inside, inset_y, y)
    return x, y
