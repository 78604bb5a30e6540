"""A data folder small enough to read here, for tests that change one cell of it."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandera.pandas as pa
import pytest

from components.facts.csv_file import read_table
from components.facts.dataset import Dataset, load
from components.facts.faults import Fault, InvalidDatasetError
from components.facts.outlines import read_outlines
from components.facts.pledge import read_pledge
from components.facts.schema import TABLES, faults_in, file_of
from tests.cited import cited

Row = dict[str, str]

INVESTMENTS: list[Row] = [
    {
        "project_id": "harbor",
        "project": "Harbor terminal",
        "tranche": "1",
        "announced_on": "2026-02-17",
        "sector": "export",
        "states": "TX",
        "amount_usd_bn": "2.1",
        "amount_qualifier": "exact",
        "amount_confidence": "official",
        "latitude": "28.9",
        "longitude": "-95.3",
        "location_precision": "approximate",
        "capacity": "1.2",
        "capacity_unit": "million barrels per day",
        "capacity_confidence": "reported",
        "source_ids": "gazette-2026",
    },
    {
        "project_id": "mill",
        "project": "Mill of an undisclosed amount",
        "tranche": "2",
        "announced_on": "2026-03",
        "sector": "nuclear",
        "states": "OH",
        "location_precision": "state",
        "source_ids": "gazette-2026",
    },
    {
        "project_id": "reactors",
        "project": "Reactors in two states",
        "tranche": "2",
        "announced_on": "2026-03-19",
        "sector": "nuclear",
        "states": "TN;AL",
        "amount_usd_bn": "40",
        "amount_qualifier": "up_to",
        "amount_confidence": "official",
        "location_precision": "state",
        "source_ids": "gazette-2026;courier-2026",
    },
]

MILESTONES: list[Row] = [
    {
        "milestone_id": "harbor-announced",
        "project_ids": "harbor",
        "date": "2026-02-17",
        "stage": "announced",
        "event": "It was announced.",
        "confidence": "official",
        "source_ids": "gazette-2026",
        "added_on": "2026-10-09",
    },
    {
        "milestone_id": "harbor-loans",
        "project_ids": "harbor",
        "date": "2026-05-01",
        "stage": "financed",
        "extent": "part",
        "event": "Loans were signed.",
        "confidence": "reported",
        "source_ids": "courier-2026",
        "added_on": "2026-10-09",
    },
]

MONEY: list[Row] = [
    {
        "money_id": "harbor-loans",
        "date": "2026-05-01",
        "step": "loans_signed",
        "project_ids": "harbor",
        "original_bn": "30",
        "original_currency": "JPY",
        "original_qualifier": "more_than",
        "rate_per_usd": "150",
        "rate_on": "2026-04-30",
        "rate_note": "Given by the Courier.",
        "rate_source_ids": "courier-2026",
        "confidence": "reported",
        "source_ids": "courier-2026",
    },
]

SOURCES: list[Row] = [
    {
        "source_id": "courier-2026",
        "publisher": "The Courier",
        "title": "Loans signed",
        "published_on": "2026-05-02",
        "url": "https://courier.example/loans",
        "kind": "press",
        "language": "en",
        "known": "read",
    },
    {
        "source_id": "gazette-2026",
        "publisher": "The Gazette",
        "title": "[Notice]",
        "kind": "primary",
        "language": "ja",
        "known": "read",
    },
]

AGREEMENTS: list[Row] = [
    {
        "agreement_id": "parks",
        "area": "Trade",
        "title": "National parks",
        "parties": "United States;Japan",
        "confidence": "official",
        "source_ids": "gazette-2026",
    },
]

COMPANIES: list[Row] = [
    {"company_id": "acme", "company": "Acme", "japanese_name": "アクメ", "country": "JP"},
    {"company_id": "zeta", "company": "Zeta"},
]

ROLES: list[Row] = [
    {
        "role_id": "harbor-acme",
        "company_id": "acme",
        "project_id": "harbor",
        "role": "interested",
        "confidence": "official",
        "source_ids": "gazette-2026",
    },
    {
        "role_id": "harbor-zeta",
        "company_id": "zeta",
        "project_id": "harbor",
        "role": "builds",
        "confidence": "reported",
        "source_ids": "courier-2026",
    },
]

GATES: list[Row] = [
    {
        "gate_id": "harbor-loan",
        "project_id": "harbor",
        "gate": "loan",
        "status": "done",
        "date": "2026-05-01",
        "confidence": "reported",
        "looked_on": "2026-10-09",
        "source_ids": "courier-2026",
    },
    {
        "gate_id": "harbor-works",
        "project_id": "harbor",
        "gate": "construction",
        "status": "scheduled",
        "expected_on": "2027-01",
        "expected_until": "2027-03",
        "confidence": "reported",
        "looked_on": "2026-10-09",
        "source_ids": "courier-2026",
    },
    {
        "gate_id": "mill-permit",
        "project_id": "mill",
        "gate": "permit",
        "status": "not_found",
        "looked_on": "2026-10-09",
    },
]

INTERESTS: list[Row] = [
    {
        "interest_id": "acme",
        "company_id": "acme",
        "joint_amount_usd_bn": "25",
        "joint_confidence": "official",
        "source_ids": "gazette-2026",
    },
]

CONFLICTS: list[Row] = [
    {
        "conflict_id": "capacity",
        "concerns": "projects",
        "project_ids": "harbor",
        "field": "capacity",
        "subject": "Capacity of the harbor terminal",
        "a_value": "1.2 million barrels per day",
        "a_source_ids": "gazette-2026",
        "b_value": "1 million barrels per day",
        "b_source_ids": "courier-2026",
        "c_value": "2 million barrels per day",
        "c_source_ids": "gazette-2026;courier-2026",
        "used": "1.2 million barrels per day",
        "reason": "It is the most specific.",
    },
    {
        "conflict_id": "equity",
        "concerns": "pledge",
        "subject": "Share of equity",
        "a_value": "1%",
        "a_source_ids": "gazette-2026",
        "b_value": "2%",
        "b_source_ids": "courier-2026",
        "used": "1% to 2%",
        "reason": "Neither is surer.",
    },
]

GAPS: list[Row] = [
    {"gap_id": "drawdown", "missing": "Any disbursement"},
    {
        "gap_id": "site",
        "project_ids": "mill;reactors",
        "missing": "Site",
        "note": "Only the states are named.",
    },
]

PLEDGE = """\
title = "A small pledge"
investor = "Japan"
recipient = "United States"
publisher = "Small Tracker"
slug = "small-pledge"
version = "1"
as_of = 2026-10-10
licence = "CC BY 4.0"
total_usd_bn = 100.0
total_qualifier = "up_to"
total_source_ids = ["gazette-2026"]
signed_on = 2025-09-04
signed_event = "Memorandum signed"
signed_source_ids = ["gazette-2026"]
deadline = 2029-01-19
deadline_source_ids = ["gazette-2026"]

[[tranches]]
tranche = 1
announced_on = 2026-02-17
amount_usd_bn = 2.1
amount_qualifier = "exact"
source_ids = ["gazette-2026"]

[[tranches]]
tranche = 2
announced_on = 2026-03-19
amount_usd_bn = 45
amount_qualifier = "up_to"
note = "One amount is undisclosed."
source_ids = ["gazette-2026"]

[[sectors]]
sector = "export"
label = "Export"
colour = "slate"

[[sectors]]
sector = "nuclear"
label = "Nuclear power"
colour = "blue"

[[terms]]
term = "equity"
label = "Share of equity"
value = "1% to 2%"
confidence = "official"
source_ids = ["courier-2026"]

[agreements]
title = "What else was agreed"
dated = 2026-03-20
note = "None of it belongs to the pledge."
source_ids = ["gazette-2026"]

[interests]
title = "Who is interested"
dated = 2025-10-28
note = "Ceilings that nobody has promised."
source_ids = ["gazette-2026"]
"""

OUTLINES: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"state": "TX", "label_x": 450, "label_y": 480.5},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[400, 400], [500, 400], [500, 500], [400, 400]]],
            },
        },
        {
            "type": "Feature",
            "properties": {"state": "OH", "label_x": 700, "label_y": 250},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[[[680, 220], [720, 220], [720, 260], [680, 220]]]],
            },
        },
    ],
}


READERS: dict[str, Callable[[Path], tuple[Any, list[Fault]]]] = {
    "pledge.toml": read_pledge,
    "us_states.geojson": read_outlines,
}


def schema_of(file: str) -> pa.DataFrameSchema:
    return next(table for table in TABLES if file_of(table) == file)


class DataFolder:
    """A valid data folder on disk; a test may break any of its files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = {
            "investments.csv": [dict(row) for row in INVESTMENTS],
            "milestones.csv": [dict(row) for row in MILESTONES],
            "money.csv": [dict(row) for row in MONEY],
            "companies.csv": [dict(row) for row in COMPANIES],
            "roles.csv": [dict(row) for row in ROLES],
            "gates.csv": [dict(row) for row in GATES],
            "sources.csv": [dict(row) for row in SOURCES],
            "agreements.csv": [dict(row) for row in AGREEMENTS],
            "interests.csv": [dict(row) for row in INTERESTS],
            "conflicts.csv": [dict(row) for row in CONFLICTS],
            "gaps.csv": [dict(row) for row in GAPS],
        }
        for file in self.rows:
            self._write_rows(file)
        self.write("pledge.toml", PLEDGE)
        self.write("us_states.geojson", json.dumps(OUTLINES))

    def set(self, file: str, *, row: int, **cells: str) -> None:
        """Change cells of a row, counted as in a spreadsheet: the header is row 1."""
        self.rows[file][row - 2].update(cells)
        self._write_rows(file)

    def add(self, file: str, **cells: str) -> None:
        self.rows[file].append(cells)
        self._write_rows(file)

    def add_milestone(
        self, stage: str, date: str, *, extent: str = "", project_ids: str = "mill"
    ) -> None:
        """Add an event of the mill, which has none, or of other projects."""
        self.add(
            "milestones.csv",
            milestone_id=f"event-{len(self.rows['milestones.csv'])}",
            project_ids=project_ids,
            date=date,
            stage=stage,
            extent=extent,
            event="It happened.",
            confidence="official",
            source_ids="gazette-2026",
            added_on="2027-01-01",
        )

    def clear(self, file: str) -> None:
        self.rows[file].clear()
        self._write_rows(file)

    def replace(self, file: str, old: str, new: str) -> None:
        """Change a piece of text that is in the file exactly once."""
        text = self.text(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def write(self, file: str, content: str | bytes) -> None:
        content = content.encode() if isinstance(content, str) else content
        (self.path / file).write_bytes(content)

    def text(self, file: str) -> str:
        return (self.path / file).read_bytes().decode()

    def load(self) -> Dataset:
        return load(self.path)

    def faults(self) -> list[str]:
        """Load the folder and return what is wrong with it, one line for each fault."""
        try:
            self.load()
        except InvalidDatasetError as error:
            return [str(fault) for fault in error.faults]
        return []

    def faults_in(self, file: str) -> list[str]:
        """Read one file without the others and return what is wrong with it."""
        path = self.path / file
        if path.suffix == ".csv":
            schema = schema_of(file)
            table, found = read_table(path, columns=list(schema.columns))
            found = found if table is None else faults_in(table, schema)
        else:
            _, found = READERS[file](path)
        return [str(fault) for fault in found]

    def _write_rows(self, file: str) -> None:
        columns = list(schema_of(file).columns)
        with (self.path / file).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
            writer.writeheader()
            rows = self.rows[file]
            writer.writerows(map(cited, rows) if file == "investments.csv" else rows)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)
