"""The frozen data folder: real data of one day, which all tests but those of the data stand on.

A new row, a corrected figure or another as-of date in ``data/`` changes nothing here.
"""

import csv
from pathlib import Path

FOLDER = Path(__file__).with_name("frozen_data")


def rows_in(table: str) -> list[dict[str, str]]:
    """Return a table as it stands in its file, every cell as text."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def events_of(*project_ids: str) -> list[dict[str, str]]:
    """Return the milestones that concern any of the projects."""
    wanted = set(project_ids)
    return [row for row in rows_in("milestones") if wanted & set(row["project_ids"].split(";"))]
