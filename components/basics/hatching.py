"""Hatching: what the strokes in a bar or a state say of its amount."""

from enum import Enum


class Hatching(Enum):
    """One stroke each way, and both where both hold; the value is Plotly's shape of pattern."""

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
