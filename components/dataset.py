"""A data folder, read and checked as a whole."""

import hashlib
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import schema
from components.faults import Fault, InvalidDatasetError
from components.geometry import Outlines, read_outlines
from components.pledge import Pledge, read_pledge
from components.tables import read_table

PLEDGE_FILE: Final = "pledge.toml"
OUTLINES_FILE: Final = "us_states.geojson"
FILES: Final = (*map(schema.file_of, schema.TABLES), PLEDGE_FILE, OUTLINES_FILE)

ROUNDING_USD_BN: Final = 0.05
"""How far the amounts of a tranche may miss its official total: both are rounded."""

Tables = Mapping[str, pd.DataFrame]
"""Name of a table -> its cells as text, indexed by spreadsheet row; unreadable ones are absent."""

Fingerprint = tuple[tuple[str, int | None, int | None], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """All that a data folder states.

    The frames are sorted by id, numbered from 0, and have the columns of their schema: numbers
    as float64 with NaN for missing, whole numbers as int64, everything else as text with "" for
    missing. ``projects`` is investments.csv with five columns more: ``stage``, ``stage_date``,
    ``stage_extent`` (part, whole or ""), ``announced_at`` (a timestamp) and ``is_shared``.
    """

    pledge: Pledge
    projects: pd.DataFrame
    milestones: pd.DataFrame
    sources: pd.DataFrame
    agreements: pd.DataFrame
    interests: pd.DataFrame
    outlines: Outlines
    version: str


def load(folder: Path) -> Dataset:
    """Read a folder; raises InvalidDatasetError with everything wrong in any of its files."""
    if not folder.is_dir():
        allowed = "the folder that holds the data files"
        raise InvalidDatasetError([Fault(str(folder), None, None, None, allowed)])
    tables, faults = _read_tables(folder)
    pledge, pledge_faults = read_pledge(folder / PLEDGE_FILE)
    outlines, outline_faults = read_outlines(folder / OUTLINES_FILE)
    faults += [*pledge_faults, *outline_faults, *_relation_faults(tables, pledge)]
    if faults or pledge is None or outlines is None:
        raise InvalidDatasetError(_in_reading_order(faults))
    frames = {
        table.name: _sorted(schema.typed(tables[table.name], table)) for table in schema.TABLES
    }
    projects = _with_stages(frames.pop("investments"), frames["milestones"])
    return Dataset(
        pledge=pledge, projects=projects, outlines=outlines, version=_version(folder), **frames
    )


def fingerprint(folder: Path) -> Fingerprint:
    """Give name, time of change in milliseconds and size of each file; None where it is missing.

    Cheap, so that a server can ask before every page whether the folder has changed.
    """
    return tuple(_file_mark(folder / name) for name in FILES)


def _file_mark(path: Path) -> tuple[str, int | None, int | None]:
    try:
        status = path.stat()
    except OSError:
        return path.name, None, None
    return path.name, status.st_mtime_ns // 1_000_000, status.st_size


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in sorted(FILES):
        digest.update(name.encode())
        try:
            digest.update((folder / name).read_bytes())
        except OSError as error:
            allowed = "a file that stays in place while the folder is read"
            raise InvalidDatasetError([Fault(name, None, None, None, allowed)]) from error
    return digest.hexdigest()[:12]


def _read_tables(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    tables: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for table_schema in schema.TABLES:
        table, file_faults = read_table(
            folder / schema.file_of(table_schema),
            columns=list(table_schema.columns),
            may_be_empty=table_schema.name in schema.MAY_BE_EMPTY,
        )
        faults += file_faults
        if table is not None:
            tables[table_schema.name] = table
            faults += schema.faults_in(table, table_schema)
    return tables, faults


def _in_reading_order(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (FILES.index(fault.file), fault.row or 0))


def _relation_faults(tables: Tables, pledge: Pledge | None) -> list[Fault]:
    """Check what one file says about another, as far as both can be read."""
    faults = _source_faults(tables, pledge)
    if "investments" in tables:
        if "milestones" in tables:
            faults += _milestone_faults(tables["milestones"], tables["investments"])
        if pledge is not None:
            faults += _declaration_faults(tables["investments"], pledge)
            faults += _total_faults(tables["investments"], pledge)
    return faults


def _source_faults(tables: Tables, pledge: Pledge | None) -> list[Fault]:
    if "sources" not in tables:
        return []
    known = set(tables["sources"]["source_id"])
    allowed = "a source_id of sources.csv"
    faults = [
        Fault(f"{name}.csv", row, "source_ids", source_id, allowed)
        for name, table in tables.items()
        if name != "sources"
        for row, source_id in _rows(_strangers(schema.items(table["source_ids"]), known))
    ]
    citations = pledge.citations() if pledge else ()
    return faults + [
        Fault(PLEDGE_FILE, None, place, source_id, allowed)
        for place, source_ids in citations
        for source_id in source_ids
        if source_id not in known
    ]


def _strangers(cells: pd.Series, known: Collection[str]) -> pd.Series:
    """Keep the cells whose value is not known; an empty one is another check's business."""
    return cells[~cells.isin(["", *known])]


def _rows(cells: pd.Series) -> Iterator[tuple[int, str]]:
    return zip(cells.index.tolist(), cells.tolist(), strict=True)


def _milestone_faults(milestones: pd.DataFrame, projects: pd.DataFrame) -> list[Fault]:
    announced_on = projects.drop_duplicates("project_id").set_index("project_id")["announced_on"]
    announcements = milestones["project_id"].map(announced_on)
    strangers = milestones["project_id"][announcements.isna() & (milestones["project_id"] != "")]
    may_be_early = milestones["stage"].isin(schema.EARLY_STAGES)
    is_early = _is_before(milestones["date"], announcements.fillna(""))
    early = milestones["date"][is_early & ~may_be_early]
    exempt = ", ".join(schema.EARLY_STAGES)
    wrong = {
        "a project_id of investments.csv": strangers,
        f"not before the project was announced, unless stage is one of {exempt}": early,
    }
    return [
        Fault("milestones.csv", row, str(cells.name), value, allowed)
        for allowed, cells in wrong.items()
        for row, value in _rows(cells)
    ]


def _is_before(dates: pd.Series, others: pd.Series) -> NDArray[np.bool_]:
    """Compare dates as closely as both are known: 2026-03 is not before 2026-03-19."""
    first, second = (schema.days(cells).to_numpy() for cells in (dates, others))
    is_month = (dates.str.len() == len("YYYY-MM")) | (others.str.len() == len("YYYY-MM"))
    is_earlier_month = first.astype("datetime64[M]") < second.astype("datetime64[M]")
    return np.where(is_month, is_earlier_month, first < second)


def _declaration_faults(projects: pd.DataFrame, pledge: Pledge) -> list[Fault]:
    declared = {
        "tranche": [str(tranche.tranche) for tranche in pledge.tranches],
        "sector": [sector.sector for sector in pledge.sectors],
    }
    return [
        Fault("investments.csv", row, column, value, f"one of pledge.toml: {', '.join(known)}")
        for column, known in declared.items()
        for row, value in _rows(_strangers(projects[column], known))
    ]


def _total_faults(projects: pd.DataFrame, pledge: Pledge) -> list[Fault]:
    """Compare official totals with the sums of their projects, where every amount is disclosed."""
    amounts = schema.numbers(projects["amount_usd_bn"]).groupby(projects["tranche"])
    sums = amounts.sum()[amounts.count() == amounts.size()]
    return [
        Fault(
            PLEDGE_FILE,
            None,
            f"tranches {place}, amount_usd_bn",
            f"{tranche.amount_usd_bn:g}",
            f"{sums[str(tranche.tranche)]:.10g}, the sum of its projects in investments.csv",
        )
        for place, tranche in enumerate(pledge.tranches, start=1)
        if str(tranche.tranche) in sums
        and abs(tranche.amount_usd_bn - sums[str(tranche.tranche)]) > ROUNDING_USD_BN + 1e-9
    ]


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by id, the first column; events of a project also by date."""
    keys = [name for name in table.columns[:2] if name == table.columns[0] or name == "date"]
    order = table[keys].sort_values(keys, kind="stable").index
    is_sorted = order.equals(table.index)
    return (table if is_sorted else table.loc[order]).reset_index(drop=True)


def _with_stages(projects: pd.DataFrame, milestones: pd.DataFrame) -> pd.DataFrame:
    """Add what the milestones tell, the day of the announcement, and whether states share."""
    reached = _furthest(milestones).reindex(projects["project_id"]).reset_index(drop=True)
    return projects.assign(
        stage=reached["stage"].fillna("announced"),
        stage_date=reached["date"].fillna(projects["announced_on"]),
        stage_extent=reached["extent"].fillna(""),
        announced_at=schema.days(projects["announced_on"]),
        is_shared=projects["states"].str.contains(schema.LIST_SEPARATOR, regex=False),
    )


def _furthest(milestones: pd.DataFrame) -> pd.DataFrame:
    """Pick for each project, by id, the event that first reached its furthest stage.

    Loans in whole reach further than loans in part.
    """
    ranks = {stage: rank for rank, stage in enumerate(schema.STAGES)}
    events = milestones[milestones["stage"].isin(ranks)]
    events = events.assign(rank=events["stage"].map(ranks), is_whole=events["extent"] == "whole")
    order = events.sort_values(["rank", "is_whole", "date"], ascending=[False, False, True])
    return order.drop_duplicates("project_id").set_index("project_id")


def _describe(dataset: Dataset) -> str:
    counts = {
        "projects": dataset.projects,
        "milestones": dataset.milestones,
        "sources": dataset.sources,
        "agreements": dataset.agreements,
        "interests": dataset.interests,
    }
    parts = ", ".join(f"{len(rows):,} {name}" for name, rows in counts.items())
    return f"{parts}, {len(dataset.outlines.features)} outlines — version {dataset.version}"


def main(arguments: Sequence[str]) -> int:
    """Check the folder named on the command line, or ``data``; 0 if it can be shown."""
    folder = Path(arguments[0] if arguments else "data")
    try:
        print(f"{folder}: {_describe(load(folder))}")
    except InvalidDatasetError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
