"""What was clicked on a chart or on the map, read from Streamlit's selection events."""

from collections.abc import Mapping
from typing import Any, Final

PICKED_LAYER: Final = "states"
"""Id of the map's layer whose states can be clicked."""


def clicked_ids(selection: Mapping[str, Any]) -> list[str]:
    """Read the ids of the clicked bars from a chart's selection, in either form Plotly uses."""
    ids: list[str] = []
    for point in selection.get("points", []):
        value = point.get("customdata")
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and first not in ids:
            ids.append(first)
    return ids


def clicked_states(selection: Mapping[str, Any]) -> set[str]:
    """Read the codes of all states selected on the map, from Streamlit's selection event."""
    objects = selection.get("objects", {}).get(PICKED_LAYER, [])
    codes = {item.get("properties", {}).get("state") for item in objects}
    return {code for code in codes if isinstance(code, str)}
