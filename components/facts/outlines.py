"""The file of outlines, one GeoJSON feature for each state, already projected."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from components.basics.geography import Outline, Outlines
from components.basics.us_states import STATE_NAMES
from components.facts.csv_file import read_utf8
from components.facts.faults import Fault


def read_outlines(path: Path) -> tuple[Outlines | None, list[Fault]]:
    """Read and check the GeoJSON file; the outlines are None whenever there is a fault."""
    content, faults = read_utf8(path)
    if content is None:
        return None, faults
    try:
        features = json.loads(content)["features"]
    except json.JSONDecodeError as error:
        return None, [Fault(path.name, error.lineno, None, None, f"valid JSON: {error.msg}")]
    except (RecursionError, ValueError):
        allowed = "fewer brackets inside brackets, and numbers of fewer digits"
        return None, [Fault(path.name, None, None, None, allowed)]
    except (KeyError, TypeError):
        features = None
    if not isinstance(features, list) or not features:
        return None, [Fault(path.name, None, "features", None, "a list of at least one feature")]
    faults = list(_feature_faults(features, file=path.name))
    return (None, faults) if faults else (Outlines(tuple(map(_outline, features))), [])


def _outline(feature: dict[str, Any]) -> Outline:
    properties = feature["properties"]
    return Outline(
        state=properties["state"],
        label_x=float(properties["label_x"]),
        label_y=float(properties["label_y"]),
        rings=feature["geometry"],
    )


def _feature_faults(features: list[Any], *, file: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, feature in enumerate(features, start=1):
        properties = _member(feature, "properties")
        state = _member(properties, "state")
        if not isinstance(state, str) or state not in STATE_NAMES or state in seen:
            allowed = "the USPS code of a state, each once, such as OH"
            yield Fault(file, None, f"features {place}, state", _quoted(state), allowed)
        else:
            seen.add(state)
        for name in ("label_x", "label_y"):
            if not _is_number(_member(properties, name)):
                value = _quoted(_member(properties, name))
                yield Fault(file, None, f"features {place}, {name}", value, "a number")
        if not _is_area(_member(feature, "geometry")):
            allowed = "a Polygon or MultiPolygon of closed rings of points, each two finite numbers"
            yield Fault(file, None, f"features {place}, geometry", None, allowed)


def _member(parent: object, name: str) -> Any:
    return parent.get(name) if isinstance(parent, dict) else None


def _quoted(value: object) -> str | None:
    return None if value is None else str(value)


def _is_number(value: object) -> bool:
    """Return whether a value is a coordinate: NaN fails both comparisons, true is no number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -1e6 < value < 1e6


def _is_area(geometry: object) -> bool:
    depth = {"Polygon": 2, "MultiPolygon": 3}.get(str(_member(geometry, "type")))
    return depth is not None and _holds_points(_member(geometry, "coordinates"), depth=depth)


def _holds_points(coordinates: object, *, depth: int) -> bool:
    """Return whether lists nested ``depth`` deep, none of them empty, end in closed rings."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if depth > 1:
        return all(_holds_points(inner, depth=depth - 1) for inner in coordinates)
    is_closed = len(coordinates) >= 4 and coordinates[0] == coordinates[-1]
    return is_closed and all(map(_is_point, coordinates))


def _is_point(point: object) -> bool:
    return isinstance(point, list) and len(point) >= 2 and all(map(_is_finite, point))


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
