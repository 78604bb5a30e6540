"""The shipped rows add up to what the governments announced, computed apart from the summaries."""

import csv
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from components.facts.dataset import Dataset, load

DATA = Path(__file__).parents[2] / "data"
TABLES = (
    "investments",
    "milestones",
    "sources",
    "agreements",
    "interests",
    "conflicts",
    "gaps",
)

BACKGROUND = {
    "bloomberg-2025-11-20",
    "jiji-2026-02-20",
    "reuters-2026-03-04",
    "reuters-2026-03-09",
    "tigertrade-2025-09-08",
    "udn-2026-03-09",
    "yomiuri-2026-03-08",
}
"""Sources behind no row: they name projects that were merely floated."""

CONFLICTS = {
    "energy-forum": ("agreements", 3),
    "funding-window": ("pledge", 2),
    "gas-capacity": ("projects", 2),
    "general-duty": ("pledge", 2),
    "georgia-amount": ("projects", 2),
    "gulflink-approval": ("projects", 3),
    "gulflink-capacity": ("projects", 3),
    "gulflink-distance": ("projects", 3),
    "gulflink-scope": ("projects", 2),
    "interest-amounts": ("interests", 2),
    "interest-total": ("interests", 3),
    "ohio-amount": ("projects", 2),
    "ohio-capacity": ("projects", 2),
    "ohio-layout": ("projects", 2),
    "ohio-place": ("projects", 2),
    "smr-states": ("projects", 2),
    "tranche-1-ceiling": ("pledge", 2),
    "tranche-2-standing": ("projects", 2),
    "typhon": ("agreements", 2),
}
"""Conflict -> what it concerns, and how many values the sources give."""

FIELDS = {
    "gas-capacity": "capacity",
    "georgia-amount": "amount_usd_bn",
    "gulflink-capacity": "capacity",
    "gulflink-distance": "place",
    "gulflink-scope": "technology",
    "ohio-amount": "amount_usd_bn",
    "ohio-capacity": "capacity",
    "ohio-layout": "place",
    "ohio-place": "place",
    "smr-states": "states",
}
"""Conflict -> the column of the projects that it is about, where it is about one."""

GAPS = {
    "": {
        "disbursements",
        "interest-entra1",
        "interest-hitachi",
        "jbic-budget",
        "later-projects",
        "nexi-cover",
        "summit-fact-sheet",
        "summit-memoranda",
    },
    "gas-pa": {"gas-buyers", "gas-dates", "gas-sites", "gas-split", "gas-suppliers"},
    "gas-tx": {"gas-buyers", "gas-dates", "gas-sites", "gas-split", "gas-suppliers"},
    "georgia-diamond": {"georgia-capacity", "georgia-dates", "georgia-jobs", "georgia-site"},
    "portsmouth-gas": {
        "ohio-air-permit",
        "ohio-construction",
        "ohio-gas",
        "ohio-siting-approval",
        "ohio-turbines",
    },
    "smr-tn-al": {
        "smr-dates",
        "smr-model",
        "smr-output",
        "smr-owner",
        "smr-sites",
        "smr-split",
        "smr-units",
    },
    "texas-gulflink": {
        "gulflink-construction",
        "gulflink-coordinates",
        "gulflink-decision",
        "gulflink-operation",
    },
}
"""Project, or none -> the gaps that it does not share with a whole tranche or all projects."""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(DATA)


@pytest.fixture(scope="module")
def projects(dataset: Dataset) -> pd.DataFrame:
    return dataset.projects.set_index("project_id")


def rows_of(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def amounts_by(column: str, projects: pd.DataFrame) -> dict[str | int, float]:
    totals: dict[str | int, float] = {}
    for key, amount in zip(projects[column], projects["amount_usd_bn"], strict=True):
        totals[key] = round(totals.get(key, 0.0) + amount, 6)
    return totals


def test_the_dataset_covers_six_projects(projects: pd.DataFrame):
    assert set(projects.index) == {
        "gas-pa",
        "gas-tx",
        "georgia-diamond",
        "portsmouth-gas",
        "smr-tn-al",
        "texas-gulflink",
    }


def test_the_amounts_are_the_announced_ones(projects: pd.DataFrame):
    columns = ["amount_usd_bn", "amount_qualifier", "amount_confidence"]
    amounts = {project: tuple(projects.loc[project, columns]) for project in projects.index}
    assert amounts == {
        "gas-pa": (17.0, "up_to", "reported"),
        "gas-tx": (16.0, "up_to", "reported"),
        "georgia-diamond": (0.6, "about", "official"),
        "portsmouth-gas": (33.3, "about", "official"),
        "smr-tn-al": (40.0, "up_to", "official"),
        "texas-gulflink": (2.1, "exact", "official"),
    }


def test_projects_add_up_to_the_official_totals_of_their_tranches(
    dataset: Dataset, projects: pd.DataFrame
):
    assert amounts_by("tranche", projects) == {1: 36.0, 2: 73.0}
    official = [
        (tranche.tranche, tranche.amount_usd_bn, tranche.amount_qualifier)
        for tranche in dataset.pledge.tranches
    ]
    assert official == [(1, 36.0, "exact"), (2, 73.0, "up_to")]


def test_tranches_were_announced_on_the_days_their_projects_were(
    dataset: Dataset, projects: pd.DataFrame
):
    days = {tranche.tranche: str(tranche.announced_on) for tranche in dataset.pledge.tranches}
    assert days == {1: "2026-02-17", 2: "2026-03-19"}
    assert list(projects["announced_on"]) == [days[number] for number in projects["tranche"]]


def test_109_of_550_billion_are_announced_and_441_are_not(dataset: Dataset, projects: pd.DataFrame):
    announced = round(sum(projects["amount_usd_bn"]), 6)
    pledged = dataset.pledge.total_usd_bn
    assert (announced, pledged, dataset.pledge.total_qualifier) == (109.0, 550.0, "up_to")
    assert round(100 * announced / pledged, 1) == 19.8
    assert pledged - announced == 441.0


def test_amounts_by_state_keep_the_reactors_undivided(projects: pd.DataFrame):
    assert amounts_by("states", projects) == {
        "GA": 0.6,
        "OH": 33.3,
        "PA": 17.0,
        "TN;AL": 40.0,
        "TX": 18.1,
    }
    assert list(projects.index[projects["is_shared"]]) == ["smr-tn-al"]


def test_amounts_by_sector(projects: pd.DataFrame):
    assert amounts_by("sector", projects) == {
        "critical-minerals": 0.6,
        "crude-oil-export": 2.1,
        "natural-gas-power": 66.3,
        "nuclear-power": 40.0,
    }


def test_the_press_split_of_the_gas_ceiling_is_marked_as_such(projects: pd.DataFrame):
    split = projects.loc[["gas-pa", "gas-tx"]]
    assert split["amount_usd_bn"].sum() == 33.0
    assert set(split["amount_confidence"]) == {"reported"}
    assert all("official figure is up to $33 billion" in note for note in split["amount_note"])


def test_three_projects_are_financed_in_part_and_three_announced(projects: pd.DataFrame):
    stages = projects.groupby(["tranche", "stage", "stage_extent"])["stage_date"].agg(list)
    assert stages.to_dict() == {
        (1, "financed", "part"): ["2026-05-01"] * 3,
        (2, "announced", ""): ["2026-03-19"] * 3,
    }


def test_73_billion_are_announced_only_and_36_are_financed_in_part(projects: pd.DataFrame):
    assert amounts_by("stage", projects) == {"announced": 73.0, "financed": 36.0}
    qualifiers = projects.groupby("stage")["amount_qualifier"].agg(set)
    assert qualifiers["announced"] == {"up_to"}
    assert "up_to" not in qualifiers["financed"]


def test_gulflink_was_permitted_before_it_was_announced():
    events = {
        row["stage"]: row["date"]
        for row in reversed(rows_of("milestones"))
        if row["project_id"] == "texas-gulflink"
    }
    assert events["permitted"] == "2025-02-14"
    assert events["permitted"] < events["announced"] == "2026-02-17" < events["financed"]
    permitted = {row["project_id"] for row in rows_of("milestones") if row["stage"] == "permitted"}
    assert permitted == {"texas-gulflink"}


def test_only_ohio_has_a_pin_and_it_is_approximate(projects: pd.DataFrame):
    pinned = projects[projects["latitude"].notna()]
    assert list(pinned.index) == ["portsmouth-gas"]
    assert list(pinned["location_precision"]) == ["approximate"]


def test_the_terms_span_the_time_of_the_pledge(dataset: Dataset):
    pledge = dataset.pledge
    assert (pledge.signed_on, pledge.deadline) == (date(2025, 9, 4), date(2029, 1, 19))
    assert pledge.as_of == date(2026, 10, 10)
    assert pledge.version == "2026.11.25"
    assert pledge.version >= pledge.as_of.strftime("%Y.%m.%d")


def test_the_signing_is_sourced(dataset: Dataset):
    assert dataset.pledge.signed_source_ids == ("hudson-2025-09", "bloomberg-2025-09-05")


def test_readings_that_disagree_stand_side_by_side(dataset: Dataset):
    conflicting = [term.term for term in dataset.pledge.terms if term.confidence == "conflicting"]
    assert conflicting == ["funding-window-a", "funding-window-b"]


def test_nothing_is_dated_after_the_day_the_facts_were_collected(dataset: Dataset):
    as_of = str(dataset.pledge.as_of)
    dates = [*dataset.milestones["date"], *dataset.sources["published_on"]]
    assert [day for day in dates if day > as_of] == []


def test_every_known_conflict_is_told_with_all_its_values():
    told = {
        row["conflict_id"]: (row["concerns"], sum(bool(row[f"{side}_value"]) for side in "abc"))
        for row in rows_of("conflicts")
    }
    assert told == CONFLICTS


def test_the_values_of_a_conflict_differ_and_each_has_sources(dataset: Dataset):
    known = set(dataset.sources["source_id"])
    for row in rows_of("conflicts"):
        values = [row[f"{side}_value"] for side in "abc" if row[f"{side}_value"]]
        assert len(set(values)) == len(values) > 1
        for side in "abc"[: len(values)]:
            assert set(row[f"{side}_source_ids"].split(";")) <= known


def test_a_conflict_about_projects_names_them_and_their_column(projects: pd.DataFrame):
    header = next(iter(rows_of("investments"))).keys()
    rows = rows_of("conflicts")
    assert {row["conflict_id"]: row["field"] for row in rows if row["field"]} == FIELDS
    assert set(FIELDS.values()) <= header
    named = {row["conflict_id"]: row["project_ids"] for row in rows if row["project_ids"]}
    assert all(set(cell.split(";")) <= set(projects.index) for cell in named.values())
    assert named.keys() == {name for name, (about, _) in CONFLICTS.items() if about == "projects"}


def test_an_amount_in_conflict_is_used_as_the_conflict_says(projects: pd.DataFrame):
    used = {
        row["project_ids"]: row["used"]
        for row in rows_of("conflicts")
        if row["field"] == "amount_usd_bn"
    }
    amounts = projects.loc[list(used), "amount_usd_bn"]
    assert used == {name: f"${amount} billion" for name, amount in amounts.items()}


def test_what_the_data_marks_as_conflicting_is_among_the_conflicts(projects: pd.DataFrame):
    about = {(row["project_ids"], row["field"]) for row in rows_of("conflicts")}
    marked = {
        (name, field)
        for field, mark in {
            "amount_usd_bn": "amount_confidence",
            "place": "place_confidence",
            "capacity": "capacity_confidence",
        }.items()
        for name in projects.index[projects[mark] == "conflicting"]
    }
    assert marked
    assert marked <= about


def test_gaps_are_told_one_by_one(projects: pd.DataFrame):
    shared = {
        "coordinates": set(projects.index),
        "tranche-1-loan-document": set(projects.index[projects["tranche"] == 1]),
        "tranche-1-loans": set(projects.index[projects["tranche"] == 1]),
        "tranche-2-financing": set(projects.index[projects["tranche"] == 2]),
    }
    told: dict[str, set[str]] = {}
    for row in rows_of("gaps"):
        if row["gap_id"] in shared:
            assert set(row["project_ids"].split(";")) == shared.pop(row["gap_id"])
        else:
            for name in row["project_ids"].split(";"):
                told.setdefault(name, set()).add(row["gap_id"])
    assert told == GAPS
    assert shared == {}


def test_what_stands_beside_the_pledge_has_its_day_and_its_sources(dataset: Dataset):
    asides = dataset.pledge.asides()
    days = {name: aside.dated for name, aside in asides.items()}
    assert days == {"agreements": date(2026, 3, 19), "interests": date(2025, 10, 28)}
    for name, aside in asides.items():
        cited = {source for row in rows_of(name) for source in row["source_ids"].split(";")}
        assert cited & set(aside.source_ids)


def test_every_source_is_cited_or_listed_as_background(dataset: Dataset):
    rows = [row for table in TABLES for row in rows_of(table)]
    cells = [row[name] for row in rows for name in row if name.endswith("source_ids")]
    cited = {source for cell in cells for source in cell.split(";")}
    cited |= {source for _, sources in dataset.pledge.citations() for source in sources}
    assert set(dataset.sources["source_id"]) - cited == BACKGROUND


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_sorted_by_id_and_then_by_date(table: str):
    keys = [
        (next(iter(row.values())), row.get("date", "") if table == "milestones" else "")
        for row in rows_of(table)
    ]
    assert keys == sorted(keys)


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_could_be_taken_for_a_formula(table: str):
    cells = [cell for row in rows_of(table) for cell in row.values() if cell]
    suspects = [cell for cell in cells if cell[0] in "=+-@\t\r"]
    assert [cell for cell in suspects if not re.fullmatch(r"-\d+(\.\d+)?", cell)] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_has_outer_blanks_or_a_line_break(table: str):
    cells = [cell for row in rows_of(table) for cell in row.values()]
    assert [cell for cell in cells if cell != cell.strip() or "\n" in cell] == []
