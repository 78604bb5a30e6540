"""The shipped tables as they stand in their files, apart from the dashboard's own reading."""

import csv
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def rows_in(table: str) -> list[dict[str, str]]:
    """Read a table, every cell as text."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
