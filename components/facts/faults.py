"""A fault in a data file, described for the person who can fix it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MAX_VALUE_CHARACTERS: Final = 80
MAX_PRINTED_FAULTS: Final = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one file.

    ``row`` is the row a spreadsheet shows (the header is 1), or the line of a file that is
    not a table. ``value`` is None where there is nothing to quote, "" for an empty cell.

    >>> print(Fault("investments.csv", 4, "latitude", "n/a", "a number such as 39.02"))
    investments.csv, row 4, latitude: "n/a" — a number such as 39.02
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    allowed: str

    def __str__(self) -> str:
        return f"{self._place()}{self._quotation()} — {self.allowed}"

    def _place(self) -> str:
        unit = "row" if self.file.endswith(".csv") else "line"
        row = None if self.row is None else f"{unit} {self.row}"
        return ", ".join(_one_line(part) for part in (self.file, row, self.column) if part)

    def _quotation(self) -> str:
        if self.value is None:
            return ""
        return f': "{_shortened(self.value)}"' if self.value else ": empty"


class InvalidDatasetError(Exception):
    """The data folder is invalid; ``faults`` lists everything wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:MAX_PRINTED_FAULTS]]
        unprinted = len(self.faults) - len(lines)
        if unprinted:
            lines.append(f"and {unprinted:,} more")
        return "\n".join(lines)


def _shortened(value: str) -> str:
    line = _one_line(value[: MAX_VALUE_CHARACTERS + 1])
    return line if len(line) <= MAX_VALUE_CHARACTERS else line[: MAX_VALUE_CHARACTERS - 1] + "…"


def _one_line(text: str) -> str:
    """Escape control characters, including line breaks, and invisible characters."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )
