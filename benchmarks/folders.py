"""A generated data folder of any size, the same at every run."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.random import Generator

from components.basics.us_states import STATE_NAMES
from components.facts.dataset import OUTLINES_FILE, PLEDGE_FILE, load
from components.facts.pledge import Sector
from components.facts.schema import (
    AGREEMENTS,
    COMPANIES,
    CONFLICTS,
    GAPS,
    GATES_TABLE,
    INTERESTS,
    INVESTMENTS,
    MILESTONES,
    MONEY,
    ROLES_TABLE,
    SOURCES,
    file_of,
)

SEED: Final = 550
SOURCE_COUNT: Final = 50
COMPANY_COUNT: Final = 500
TRANCHES: Final = 4
FIRST_DAY: Final = np.datetime64("2026-01-01")
DAYS: Final = 3 * 365
NOT_MAPPED: Final = ("AS", "GU", "MP", "PR", "VI", "DC")

PHRASES: Final = (
    "gas turbines",
    "a terminal",
    "to the grid",
    "county permit",
    "loans signed",
    "equity",
    "a supply order",
    "governor",
    "ministry statement",
    "operator",
    "under review",
    "first phase",
    "electricity",
    "for export",
    "refinery",
    "minerals",
    "site works",
    "port",
    "financing decision",
)


PLEDGE: Final = """\
title = "A generated pledge"
publisher = "Generator"
investor = "Japan"
recipient = "United States"
slug = "generated-pledge"
version = "1"
as_of = 2029-01-01
licence = "CC BY 4.0"
total_usd_bn = 90000.0
total_qualifier = "up_to"
total_source_ids = ["source-0"]
signed_on = 2025-09-04
signed_event = "Memorandum signed"
signed_source_ids = ["source-0"]
deadline = 2030-01-19
deadline_source_ids = ["source-0"]
terms = []
"""


def write_folder(folder: Path, *, projects: int, like: Path) -> None:
    """Fill an empty folder with projects; sectors and map are those of the folder ``like``.

    The projects are in all fifty states and in four tranches, each with one milestone and two
    sources.

    One project in ten is shared by two states, one in twenty discloses no amount. A row is about
    half as long as a shipped one, so that 100,000 stay below the size limit of a file.
    """
    random = np.random.default_rng(SEED)
    model = load(like)
    rows = _projects(random, projects, sectors=[sector.sector for sector in model.pledge.sectors])
    _write(rows, folder / file_of(INVESTMENTS), columns=list(INVESTMENTS.columns))
    _write(
        _milestones(random, rows), folder / file_of(MILESTONES), columns=list(MILESTONES.columns)
    )
    _write(_sources(), folder / file_of(SOURCES), columns=list(SOURCES.columns))
    (folder / PLEDGE_FILE).write_text(_pledge(rows, model.pledge.sectors), encoding="utf-8")
    companies, roles = _parties(random, rows)
    _write(companies, folder / file_of(COMPANIES), columns=list(COMPANIES.columns))
    _write(roles, folder / file_of(ROLES_TABLE), columns=list(ROLES_TABLE.columns))
    for name in (MONEY, GATES_TABLE, AGREEMENTS, INTERESTS, CONFLICTS, GAPS):
        _write(pd.DataFrame(), folder / file_of(name), columns=list(name.columns))
    shutil.copy(like / OUTLINES_FILE, folder / OUTLINES_FILE)


def _projects(random: Generator, count: int, *, sectors: list[str]) -> pd.DataFrame:
    # As ids in our files: sorted as they stand.
    numbers = [f"{number:06}" for number in range(count)]
    is_disclosed = random.random(count) > 0.05
    has_pin = random.random(count) < 0.02
    states = _states(random, count)
    amounts = np.round(random.gamma(2.0, 0.1, count) + 0.01, 2)
    days = FIRST_DAY + random.integers(0, DAYS, count)
    cited = _source_ids(random, count)
    return pd.DataFrame(
        {
            "project_id": [f"project-{number}" for number in numbers],
            "project": [f"Generated works number {number}" for number in numbers],
            "tranche": random.integers(1, TRANCHES + 1, count),
            "announced_on": days.astype(str),
            "sector": random.choice(sectors, count),
            "technology": _texts(random, count, phrases=3),
            "states": states,
            "amount_usd_bn": np.where(is_disclosed, amounts.astype(str), ""),
            "amount_qualifier": _where(is_disclosed, random, ["exact", "about", "up_to"]),
            "amount_confidence": _where(is_disclosed, random, ["official", "reported"]),
            "amount_source_ids": np.where(is_disclosed, cited, ""),
            "amount_note": _texts(random, count, phrases=9),
            "place": _texts(random, count, phrases=3),
            "latitude": np.where(has_pin, random.uniform(30, 45, count).round(2).astype(str), ""),
            "longitude": np.where(
                has_pin, random.uniform(-120, -75, count).round(2).astype(str), ""
            ),
            "location_precision": np.where(has_pin, "approximate", "state"),
            "place_confidence": "reported",
            "place_source_ids": cited,
            "pin_confidence": np.where(has_pin, "reported", ""),
            "place_note": _texts(random, count, phrases=9),
            "capacity": random.integers(10, 5000, count),
            "capacity_unit": "MW",
            "capacity_confidence": "reported",
            "capacity_source_ids": cited,
            "expected_output": _texts(random, count, phrases=5),
            "summary": _texts(random, count, phrases=11),
            "source_ids": cited,
        }
    )


def _states(random: Generator, count: int) -> list[str]:
    codes = [code for code in STATE_NAMES if code not in NOT_MAPPED]
    first = random.integers(0, len(codes), count)
    neighbour = (first + random.integers(1, 4, count)) % len(codes)
    is_shared = random.random(count) < 0.1
    return [
        f"{codes[one]};{codes[other]}" if shared else codes[one]
        for one, other, shared in zip(first, neighbour, is_shared, strict=True)
    ]


def _texts(random: Generator, count: int, *, phrases: int) -> list[str]:
    chosen = random.choice(PHRASES, (count, phrases))
    return [" ".join(row).capitalize() for row in chosen]


def _where(
    is_filled: "np.ndarray[tuple[int], np.dtype[np.bool_]]", random: Generator, choices: list[str]
) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    return np.where(is_filled, random.choice(choices, len(is_filled)), "")


def _source_ids(random: Generator, count: int) -> list[str]:
    first = random.integers(0, SOURCE_COUNT, count)
    gap = random.integers(1, SOURCE_COUNT, count)
    pairs = zip(first, (first + gap) % SOURCE_COUNT, strict=True)
    return [f"source-{one};source-{other}" for one, other in pairs]


def _milestones(random: Generator, projects: pd.DataFrame) -> pd.DataFrame:
    stages = ["announced", "permitted", "financed", "construction", "operating"]
    chosen = random.choice(stages, len(projects), p=[0.6, 0.15, 0.15, 0.07, 0.03])
    return pd.DataFrame(
        {
            "milestone_id": projects["project_id"],
            "project_ids": projects["project_id"],
            "date": projects["announced_on"],
            "stage": chosen,
            "extent": np.where(chosen == "financed", "part", ""),
            "event": _texts(random, len(projects), phrases=5),
            "confidence": "official",
            "source_ids": "source-0",
            "added_on": "2029-01-01",
            "corrected_on": "",
        }
    )


def _parties(random: Generator, projects: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return companies, and one role in each project."""
    numbers = random.integers(0, COMPANY_COUNT, len(projects))
    companies = pd.DataFrame(
        {
            "company_id": [f"company-{number}" for number in range(COMPANY_COUNT)],
            "company": [f"Works {number}" for number in range(COMPANY_COUNT)],
            "country": "JP",
        }
    )
    roles = pd.DataFrame(
        {
            "role_id": projects["project_id"],
            "company_id": [f"company-{number}" for number in numbers],
            "project_id": projects["project_id"],
            "role": "builds",
            "confidence": "reported",
            "note": _texts(random, len(projects), phrases=9),
            "source_ids": projects["source_ids"],
        }
    )
    return companies, roles


def _sources() -> pd.DataFrame:
    numbers = range(SOURCE_COUNT)
    return pd.DataFrame(
        {
            "source_id": [f"source-{number}" for number in numbers],
            "publisher": [f"Gazette {number}" for number in numbers],
            "title": [f"Announcement number {number}" for number in numbers],
            "published_on": "2026-01-01",
            "url": [f"https://gazette.example/{number}" for number in numbers],
            "kind": "press",
            "language": "en",
            "known": "read",
        }
    )


def _pledge(projects: pd.DataFrame, sectors: Sequence[Sector]) -> str:
    amounts = pd.to_numeric(projects["amount_usd_bn"])
    totals = amounts.groupby(projects["tranche"]).sum()
    tranches = "".join(
        f"\n[[tranches]]\ntranche = {number}\nannounced_on = 2026-01-01\n"
        f'amount_usd_bn = {amount:.2f}\namount_qualifier = "up_to"\nsource_ids = ["source-0"]\n'
        for number, amount in totals.items()
    )
    declared = "".join(
        f"\n[[sectors]]\nsector = {json.dumps(sector.sector)}\nlabel = {json.dumps(sector.label)}\n"
        for sector in sectors
    )
    return f"{PLEDGE}{tranches}{declared}"


def _write(rows: pd.DataFrame, path: Path, *, columns: list[str]) -> None:
    rows.reindex(columns=columns, fill_value="").to_csv(path, index=False, lineterminator="\n")
