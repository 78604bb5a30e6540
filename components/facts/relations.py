"""What must hold between the tables."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.basics.amounts import reconciles
from components.facts import gates, parties
from components.facts.checks import LIST_SEPARATOR, days, items, numbers
from components.facts.faults import Fault
from components.facts.pledge import Pledge
from components.facts.schema import EARLY_STAGES

FILE: Final = "investments.csv"

Tables = Mapping[str, pd.DataFrame]
"""Name of a table -> its cells as text, indexed by spreadsheet row; unreadable ones are absent."""


def faults_between(tables: Tables, pledge: Pledge | None) -> list[Fault]:
    """Check what one file states about another, as far as both are readable."""
    faults = [*_source_faults(tables, pledge), *parties.faults_of(tables), *gates.faults_of(tables)]
    faults += _reference_faults(tables)
    if pledge is not None:
        faults += _late_faults(tables, pledge)
    if "investments" in tables:
        faults += _unfinanced_faults(tables)
        if "milestones" in tables:
            rows = tables["milestones"]
            moving = rows[~rows["stage"].isin(EARLY_STAGES)]
            exempt = f", unless stage is one of {', '.join(EARLY_STAGES)}"
            known = tables["investments"]
            faults += _early_faults("milestones.csv", moving, known, allowed=exempt)
        if "money" in tables:
            faults += _early_faults("money.csv", tables["money"], tables["investments"])
        if pledge is not None:
            faults += _declaration_faults(tables["investments"], pledge)
            faults += _total_faults(tables["investments"], pledge)
            faults += _qualifier_faults(tables["investments"], pledge)
        faults += _sharing_faults(tables["investments"])
        faults += _uncited_faults(tables["investments"])
    return faults


def _source_faults(tables: Tables, pledge: Pledge | None) -> list[Fault]:
    if "sources" not in tables:
        return []
    known = set(tables["sources"]["source_id"])
    allowed = "a source_id of sources.csv"
    faults = [
        Fault(f"{name}.csv", row, column, source_id, allowed)
        for name, table in tables.items()
        for column in table.columns
        if column.endswith("source_ids")
        for row, source_id in _rows(_strangers(items(table[column]), known))
    ]
    citations = pledge.citations() if pledge else ()
    return faults + [
        Fault("pledge.toml", None, place, source_id, allowed)
        for place, source_ids in citations
        for source_id in source_ids
        if source_id not in known
    ]


REFERENCES: Final = {
    ("investments", "project_id"): ("project_id", "project_ids", "amount_shared_with"),
    ("companies", "company_id"): ("company_id", "may_join_ids"),
}
"""Table and its id -> the columns of other tables, or of its own, that name it."""


def _reference_faults(tables: Tables) -> list[Fault]:
    """List ids that name no row of the table that they refer to."""
    return [
        Fault(f"{name}.csv", row, column, one, f"a {key} of {file}.csv")
        for (file, key), columns in REFERENCES.items()
        if file in tables
        for known in [set(tables[file][key])]
        for name, table in tables.items()
        for column in columns
        if column in table and (name, column) != (file, key)
        for row, one in _rows(_strangers(items(table[column]), known))
    ]


def _unfinanced_faults(tables: Tables) -> list[Fault]:
    """List the projects of signed loans that no milestone brings to the stage of loans."""
    if "money" not in tables or "milestones" not in tables:
        return []
    money, events = tables["money"], tables["milestones"]
    financed = set(items(events["project_ids"][events["stage"] == "financed"]))
    known = set(tables["investments"]["project_id"])
    signed = items(money["project_ids"][money["step"] == "loans_signed"])
    allowed = "a project that milestones.csv brings to the stage financed"
    return [
        Fault("money.csv", row, "project_ids", one, allowed)
        for row, one in _rows(signed)
        if one in known - financed
    ]


ALIKE: Final = (
    "tranche",
    "sector",
    "amount_usd_bn",
    "amount_qualifier",
    "amount_confidence",
    "amount_source_ids",
)
"""What projects that share one amount have in common."""


def _sharing_faults(projects: pd.DataFrame) -> list[Fault]:
    """Check that projects that share an amount name each other, agree, and have parts below it."""
    sharing = projects[projects["amount_shared_with"] != ""]
    rows = {row.project_id: (place, row) for place, row in _named_rows(sharing)}
    names = {id_: {id_, *row.amount_shared_with.split(";")} for id_, (_, row) in rows.items()}
    known = set(projects["project_id"])
    faults = []
    for id_, (place, row) in rows.items():
        column, value = "amount_shared_with", row.amount_shared_with
        if id_ in value.split(";"):
            faults.append(Fault(FILE, place, column, value, f"other projects than {id_} itself"))
        for other in sorted((names[id_] - {id_}) & known):
            if names.get(other) != names[id_]:
                allowed = f"a list that {other} answers with the same projects in its own row"
                faults.append(Fault(FILE, place, column, value, allowed))
                continue
            faults += [
                Fault(
                    FILE, place, same, getattr(row, same), f"the same as {other}, which shares it"
                )
                for same in ALIKE
                if id_ > other and getattr(row, same) != getattr(rows[other][1], same)
            ]
        faults += _parts_faults(place, row, [rows[one][1] for one in names[id_] if one in rows])
    return faults


def _parts_faults(place: int, row: Any, group: Sequence[Any]) -> list[Fault]:
    """Name the reported parts of a shared amount that add up to more than it, at the first row."""
    cells = pd.Series([row.amount_usd_bn, *(one.reported_usd_bn for one in group)], dtype="str")
    whole, *parts = numbers(cells)
    total = np.nansum(parts)
    is_first = row.project_id == min(one.project_id for one in group)
    if not is_first or not total > whole or reconciles(total, whole):
        return []
    allowed = f"parts that add up to at most {whole:g}, the amount they are parts of"
    return [Fault(FILE, place, "reported_usd_bn", row.reported_usd_bn, allowed)]


def _named_rows(table: pd.DataFrame) -> Iterator[tuple[int, Any]]:
    return zip(table.index.tolist(), table.itertuples(index=False), strict=True)


def _uncited_faults(projects: pd.DataFrame) -> list[Fault]:
    """Check that the sources of a fact are among those of its row, which lists all it rests on."""
    columns = [name for name in map(str, projects) if name.endswith("_source_ids")]
    wholes = projects["source_ids"]
    faults = []
    for column in columns:
        # Many rows cite alike, so each combination is looked at once.
        pairs = set(zip(projects[column].tolist(), wholes.tolist(), strict=True))
        missing = {
            pair: [one for one in _ids(pair[0]) if one not in _ids(pair[1])] for pair in pairs
        }
        if not any(missing.values()):
            continue
        faults += [
            Fault(FILE, row, column, source_id, "a source_id that source_ids of the row has too")
            for row, cited, whole in zip(
                projects.index.tolist(), projects[column].tolist(), wholes.tolist(), strict=True
            )
            for source_id in missing[cited, whole]
        ]
    return faults


def _ids(cell: str) -> list[str]:
    return [one for one in map(str.strip, cell.split(LIST_SEPARATOR)) if one]


def _strangers(cells: pd.Series, known: Collection[str]) -> pd.Series:
    """Return the cells whose value is not known; empty cells are left to other checks."""
    # Not isin(): it converts a hundred thousand known ids to Arrow and back at every call.
    return cells[[cell not in known and cell != "" for cell in cells.tolist()]]


def _rows(cells: pd.Series) -> Iterator[tuple[int, str]]:
    return zip(cells.index.tolist(), cells.tolist(), strict=True)


def _late_faults(tables: Tables, pledge: Pledge) -> list[Fault]:
    """List dates after the as-of date; a month counts from its first day."""
    allowed = f"a date up to as_of, {pledge.as_of}"
    last_day = pd.Timestamp(pledge.as_of)
    columns = {
        "investments": "announced_on",
        "milestones": "date",
        "money": "date",
        "gates": "date",
        "sources": "published_on",
    }
    faults = [
        Fault(f"{name}.csv", row, column, value, allowed)
        for name, column in columns.items()
        if name in tables
        for row, value in _rows(tables[name][column][days(tables[name][column]) > last_day])
    ]
    if "gates" in tables:
        searched = max(pledge.as_of, pledge.searched_on or pledge.as_of)
        looked = tables["gates"]["looked_on"]
        faults += [
            Fault("gates.csv", row, "looked_on", value, f"a day up to the last search, {searched}")
            for row, value in _rows(looked[days(looked) > pd.Timestamp(searched)])
        ]
    keys = {
        "signed_on": pledge.signed_on,
        **{
            f"tranches {place}, announced_on": tranche.announced_on
            for place, tranche in enumerate(pledge.tranches, start=1)
        },
        **{f"{name}, dated": aside.dated for name, aside in pledge.asides().items()},
    }
    return faults + [
        Fault("pledge.toml", None, key, str(day), allowed)
        for key, day in keys.items()
        if day > pledge.as_of
    ]


def _early_faults(
    file: str, rows: pd.DataFrame, projects: pd.DataFrame, *, allowed: str = ""
) -> list[Fault]:
    """List rows dated before the announcement of any project that they concern.

    So a past day never shows an event of a project that it does not know yet. Unknown projects
    are left to another check; ``allowed`` continues what is allowed.
    """
    announced_on = projects.drop_duplicates("project_id").set_index("project_id")["announced_on"]
    named = items(rows["project_ids"])
    dates = rows["date"].loc[named.index]
    is_early = _is_before(dates, named.map(announced_on).fillna(""))
    return [
        Fault(file, row, "date", value, f"not before {project_id} was announced{allowed}")
        for (row, value), project_id in zip(
            _rows(dates[is_early]), named[is_early].tolist(), strict=True
        )
    ]


def _is_before(dates: pd.Series, others: pd.Series) -> NDArray[np.bool_]:
    """Compare dates at the precision of both: 2026-03 is not before 2026-03-19."""
    first, second = (days(cells).to_numpy() for cells in (dates, others))
    is_month = (dates.str.len() == len("YYYY-MM")) | (others.str.len() == len("YYYY-MM"))
    is_earlier_month = first.astype("datetime64[M]") < second.astype("datetime64[M]")
    return np.where(is_month, is_earlier_month, first < second)


def _declaration_faults(projects: pd.DataFrame, pledge: Pledge) -> list[Fault]:
    declared = {
        "tranche": [str(tranche.tranche) for tranche in pledge.tranches],
        "sector": [sector.sector for sector in pledge.sectors],
    }
    return [
        Fault(FILE, row, column, value, f"one of pledge.toml: {', '.join(known)}")
        for column, known in declared.items()
        for row, value in _rows(_strangers(projects[column], known))
    ]


def _total_faults(projects: pd.DataFrame, pledge: Pledge) -> list[Fault]:
    """Compare official totals with the sums of their projects, where every amount is disclosed."""
    counted = projects[~_is_counted_elsewhere(projects)]
    amounts = numbers(counted["amount_usd_bn"]).groupby(counted["tranche"])
    sums = amounts.sum()[amounts.count() == amounts.size()]
    return [
        Fault(
            "pledge.toml",
            None,
            f"tranches {place}, amount_usd_bn",
            f"{tranche.amount_usd_bn:g}",
            f"{sums[str(tranche.tranche)]:.10g}, the sum of its projects in investments.csv, "
            "unless an amount or a tranche there is wrong",
        )
        for place, tranche in enumerate(pledge.tranches, start=1)
        if str(tranche.tranche) in sums
        and not reconciles(sums[str(tranche.tranche)], tranche.amount_usd_bn)
    ]


def _is_counted_elsewhere(projects: pd.DataFrame) -> "pd.Series[bool]":
    """Return whether another project, earlier in the alphabet, has the same shared amount."""
    firsts = projects["amount_shared_with"].str.split(";").map(min)
    return (firsts != "") & (firsts < projects["project_id"])


def _qualifier_faults(projects: pd.DataFrame, pledge: Pledge) -> list[Fault]:
    """List official totals that are not marked as ceilings although a part of them is one."""
    ceilings = projects[projects["amount_qualifier"] == "up_to"].drop_duplicates("tranche")
    project_ids = dict(zip(ceilings["tranche"], ceilings["project_id"], strict=True))
    return [
        Fault(
            "pledge.toml",
            None,
            f"tranches {place}, amount_qualifier",
            tranche.amount_qualifier,
            f"up_to, because {project_ids[str(tranche.tranche)]} is",
        )
        for place, tranche in enumerate(pledge.tranches, start=1)
        if tranche.amount_qualifier != "up_to" and str(tranche.tranche) in project_ids
    ]
