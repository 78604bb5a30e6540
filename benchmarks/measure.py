"""A measure: what was measured, its value, and its limit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table; ``bar`` is the limit, None where there is none."""

    what: str
    value: float
    unit: str
    bar: float | None = None

    @property
    def is_within(self) -> bool:
        """Whether it is within its limit, if it has one."""
        return self.bar is None or self.value <= self.bar

    def __str__(self) -> str:
        verdict = ""
        if self.bar is not None:
            verdict = f"{self.bar:>9,g} {self.unit:<3}{'PASS' if self.is_within else 'MISS'}"
        return f"{self.what:<58}{self.value:>9,.{_decimals(self.value)}f} {self.unit:<3}{verdict}"


def _decimals(value: float) -> int:
    return 0 if value >= 100 else 2
