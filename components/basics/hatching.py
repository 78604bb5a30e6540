"""Hatching: what the strokes in a bar or a state say about its amount."""

from enum import Enum


class Hatching(Enum):
    """One direction of strokes for each meaning, or both; the value is Plotly's pattern shape."""

    NONE = ""
    CEILING = "/"
    SHARED = "\\"
    BOTH = "x"

    @classmethod
    def of(cls, *, is_ceiling: bool, is_shared: bool) -> "Hatching":
        """Return the hatching of an amount."""
        if is_ceiling:
            return cls.BOTH if is_shared else cls.CEILING
        return cls.SHARED if is_shared else cls.NONE
