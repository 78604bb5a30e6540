"""Projects, a pledge and a view small enough to fit inside the test that uses them."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa

from components.basics.geography import Outline, Outlines
from components.exhibits.columns import Column
from components.exports.tables import Table
from components.facts.checks import days
from components.facts.dataset import Dataset, _sorted, with_sharing
from components.facts.parties import PARTIES, named, with_parties
from components.facts.pledge import Pledge
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
)
from components.views.filters import ProjectFilter
from components.views.makeup import Makeup
from components.views.view import Baseline, View
from components.words import makeups
from components.words.colophon import Colophon

PLEDGE: dict[str, Any] = {
    "title": "A small pledge",
    "publisher": "Small Tracker",
    "investor": "Japan",
    "recipient": "United States",
    "slug": "small-pledge",
    "version": "2026.1",
    "as_of": "2027-01-01",
    "licence": "CC BY 4.0",
    "total_usd_bn": 100.0,
    "total_qualifier": "up_to",
    "total_source_ids": ["gazette"],
    "signed_on": "2026-01-01",
    "signed_event": "Memorandum signed",
    "signed_source_ids": ["gazette"],
    "deadline": "2030-01-01",
    "deadline_source_ids": ["gazette"],
    "tranches": [
        {
            "tranche": number,
            "announced_on": day,
            "amount_usd_bn": amount,
            "amount_qualifier": qualifier,
            "source_ids": ["gazette"],
        }
        for number, day, amount, qualifier in (
            (1, "2026-02-17", 12.0, "exact"),
            (2, "2026-03-19", 50.0, "up_to"),
        )
    ],
    "sectors": [
        {"sector": sector, "label": label, "colour": colour}
        for sector, label, colour in (
            ("gas", "Gas power", "orange"),
            ("nuclear", "Nuclear power", "blue"),
            ("export", "Crude oil export", "slate"),
            ("minerals", "Critical minerals", "green"),
        )
    ],
    "terms": [],
}

NAMES = ("title", "publisher", "investor", "recipient")

SQUARES = {"OH": (600, 200, 50), "TN": (580, 300, 50), "AL": (580, 400, 50), "DE": (840, 240, 9)}
"""State -> west, north and width of its square outline; Delaware's has no room for a label."""


def make_projects(*rows: tuple[Any, ...], **columns: Any) -> pd.DataFrame:
    """Make ``Dataset.projects`` of (project_id, states, amount, qualifier); two are optional.

    ``columns`` replaces whole columns, by a value for all rows or a list with one for each. An
    amount has the sources of its row.
    """
    names = INVESTMENTS.columns
    dtypes = {name: column.metadata["dtype"] for name, column in names.items()}
    missing = {name: "" if dtype == "str" else None for name, dtype in dtypes.items()}
    given = [missing | _given(*row) for row in rows]
    projects = pd.DataFrame(given, columns=list(names), dtype=object).astype(dtypes)
    projects = projects.assign(**columns)
    derived: dict[str, Any] = {
        **with_sharing(projects)[["amount_id", "amount_states", "is_shared"]],
        "stage": "announced",
        "stage_date": projects["announced_on"],
        "stage_extent": "",
        "announced_at": days(projects["announced_on"]),
        "amount_source_ids": projects["source_ids"].where(projects["amount_usd_bn"].notna(), ""),
        **dict.fromkeys(PARTIES, ""),
    }
    return projects.assign(
        **{name: cells for name, cells in derived.items() if name not in columns}
    )


def _given(
    project_id: str, states: str, amount: float = math.nan, qualifier: str = "exact"
) -> dict[str, Any]:
    return {
        "project_id": project_id,
        "project": f"The {project_id}",
        "tranche": 1,
        "announced_on": "2026-02-17",
        "sector": "gas",
        "states": states,
        "amount_usd_bn": amount,
        "amount_qualifier": "" if math.isnan(amount) else qualifier,
        "amount_confidence": "" if math.isnan(amount) else "official",
        "latitude": math.nan,
        "longitude": math.nan,
        "location_precision": "state",
        "capacity": math.nan,
        "source_ids": "gazette",
    }


def make_pledge(**changes: Any) -> Pledge:
    """Make a pledge of up to $100B: tranche 1 of $12B, tranche 2 of up to $50B, four sectors.

    Names stay as they are given: what shows them must stand even what no file may hold.
    """
    names = {key: changes.pop(key) for key in NAMES if key in changes}
    return Pledge.model_validate(PLEDGE | changes, strict=False).model_copy(update=names)


def make_outlines() -> Outlines:
    """Make a map of four square states."""
    return Outlines(
        tuple(
            Outline(state, west + width / 2, north + width / 2, _square(west, north, width))
            for state, (west, north, width) in SQUARES.items()
        )
    )


def _square(west: float, north: float, width: float) -> dict[str, Any]:
    east, south = west + width, north + width
    ring = [[west, north], [east, north], [east, south], [west, south], [west, north]]
    return {"type": "Polygon", "coordinates": [ring]}


def make_baseline(
    projects: pd.DataFrame,
    *,
    milestones: tuple[tuple[str, str], ...] = (),
    conflicts: Sequence[dict[str, str]] = (),
    gaps: Sequence[dict[str, str]] = (),
    money: Sequence[dict[str, Any]] = (),
    **pledge: Any,
) -> Baseline:
    """Make the baseline of these projects; ``pledge`` changes keys of the pledge.

    ``milestones`` are the events, as (project_ids, source_ids); ``conflicts``, ``gaps`` and
    ``money`` are rows in which any cell may be left out.
    """
    events = [{"project_ids": one, "source_ids": cited} for one, cited in milestones]
    return Baseline.of(
        make_dataset(
            projects, events=events, conflicts=conflicts, gaps=gaps, money=money, pledge=pledge
        )
    )


SOURCE_ROWS = (
    {"source_id": "courier", "publisher": "The Courier"},
    {"source_id": "gazette", "publisher": "The Gazette"},
)


def make_dataset(
    projects: pd.DataFrame,
    *,
    events: Sequence[dict[str, str]] = (),
    money: Sequence[dict[str, Any]] = (),
    sources: Sequence[dict[str, str]] = SOURCE_ROWS,
    companies: Sequence[dict[str, str]] = (),
    roles: Sequence[dict[str, str]] = (),
    gates: Sequence[dict[str, str]] = (),
    agreements: Sequence[dict[str, str]] = (),
    interests: Sequence[dict[str, Any]] = (),
    conflicts: Sequence[dict[str, str]] = (),
    gaps: Sequence[dict[str, str]] = (),
    pledge: Mapping[str, Any] | None = None,
) -> Dataset:
    """Make a data folder as it is loaded, each table given as rows without some of their cells.

    ``events`` are the milestones; the stages of the projects do not follow from them. ``pledge``
    changes keys of the pledge.
    """
    known = _text_rows(COMPANIES, companies)
    parties = named(_text_rows(ROLES_TABLE, roles), known)
    return Dataset(
        pledge=make_pledge(**(pledge or {})),
        projects=with_parties(projects, parties) if roles else projects,
        milestones=_sorted(_text_rows(MILESTONES, _identified(events))),
        money=_typed_rows(MONEY, money),
        companies=known,
        roles=parties,
        gates=_text_rows(GATES_TABLE, gates),
        sources=_text_rows(SOURCES, sources),
        agreements=_text_rows(AGREEMENTS, agreements),
        interests=named(_typed_rows(INTERESTS, interests), known),
        conflicts=_text_rows(CONFLICTS, conflicts),
        gaps=_text_rows(GAPS, gaps),
        outlines=make_outlines(),
        version="0123456789ab",
    )


def make_event(project_ids: str, date: str, stage: str = "note", **cells: str) -> dict[str, str]:
    """Make an official milestone from the Gazette; ``cells`` replaces some of its cells."""
    told = {"event": "It happened.", "confidence": "official", "source_ids": "gazette"}
    return {"project_ids": project_ids, "date": date, "stage": stage} | told | cells


def _identified(events: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Give events an id, by their order, and the day they were added, where they have none."""
    return [
        {"milestone_id": f"event-{number:02}", "added_on": "2026-12-24"} | event
        for number, event in enumerate(events, start=1)
    ]


def make_loans(project_ids: str, bn: float = 30.0, **cells: Any) -> dict[str, Any]:
    """Make loans signed in dollars on 1 May 2026; ``cells`` replaces some of its cells."""
    loans = {
        "money_id": "loans",
        "date": "2026-05-01",
        "step": "loans_signed",
        "original_currency": "USD",
        "original_qualifier": "exact",
        "confidence": "reported",
        "source_ids": "courier",
    }
    return loans | {"project_ids": project_ids, "original_bn": bn} | cells


def _typed_rows(schema: pa.DataFrameSchema, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    dtypes = {name: column.metadata["dtype"] for name, column in schema.columns.items()}
    numbers = {name: dtype for name, dtype in dtypes.items() if dtype != "str"}
    given = pd.DataFrame(rows, columns=list(schema.columns), dtype=object)
    return given.fillna({name: "" for name in dtypes if name not in numbers}).astype(dtypes)


def _text_rows(schema: pa.DataFrameSchema, rows: Sequence[dict[str, str]] = ()) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(schema.columns), dtype="str").fillna("")


def make_view(projects: pd.DataFrame, chosen: ProjectFilter | None = None, **pledge: Any) -> View:
    """Make the view of these projects under a filter, by default of all of them."""
    return View(make_baseline(projects, **pledge), chosen or ProjectFilter())


def make_table(rows: pd.DataFrame, *, kinds: dict[str, str] | None = None, link: str = "") -> Table:
    """Make a table of any rows; columns are text unless ``kinds`` says otherwise."""
    known = kinds or {}
    columns = tuple(
        Column(str(name), str(name).title(), f"What {name} holds.", known.get(str(name), "text"))
        for name in rows
    )
    colophon = Colophon.of(
        make_view(make_projects(("plant", "OH", 33.3, "about"))),
        title="A title",
        subtitle="US$ billions, announced, not spent. All 1 project.",
        note="",
        source="Sources: The Gazette. Data as of 1 January 2027.",
        link=link,
    )
    return Table("rows", "Rows", "One row for each row.", columns, rows, colophon)


def formula_of(makeup: Makeup, view: View) -> str:
    """Return a makeup in one line: ``$36B official, …, The White House, 19 March 2026 · …``."""
    lines = []
    for part in makeup.parts:
        decisive = view.baseline.decisive(part.source_ids)
        cited = [decisive.publisher, makeups.source(decisive)] if decisive is not None else []
        said = [makeups.figure(part, makeup), makeups.subject(part, makeup, view), *cited]
        lines.append(", ".join(one for one in said if one))
    return " · ".join(one for one in [*lines, makeups.rule(makeup)] if one)
