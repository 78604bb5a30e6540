"""The tables that leave: their rows, what every column means, and the colophon."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from pandera.pandas import DataFrameSchema

from components.basics.formatting import format_date
from components.exhibits import all_charts, listings
from components.exhibits.all_charts import Exhibit
from components.facts import schema
from components.subjects.one_project import concerning
from components.views import summaries
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording
from components.words.colophon import Colophon

SOURCES_BETWEEN: Final = " | "
"""Between two sources that stand in one cell; no publisher, title or address holds it."""


APART_FROM_PLEDGE: Final = ("agreements", "interests")
APART: Final = "None of these figures is part of the pledge or of any total of it."


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds; ``kind`` is as in the schema, or ``flag`` for true and false."""

    name: str
    title: str
    description: str
    kind: str
    unit: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows with exactly ``columns``, in that order; ``name`` is that of a sheet or a file.

    Numbers are NaN where missing, text and lists are "" (lists are joined by ``;``).
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    colophon: Colophon


COMPUTED: Final = {
    column.name: column
    for column in (
        Column("state", "State code", "USPS code of the state.", "id"),
        Column("state_name", "State", "Name of the state.", "text"),
        Column("sector_label", "Sector", "Name of the sector.", "text"),
        Column(
            "stage",
            "Stage",
            "Furthest step that the project's milestones show; financed means that loans are "
            "signed.",
            "choice",
        ),
        Column(
            "stage_date", "Stage since", "Date of the milestone that reached the stage.", "date"
        ),
        Column(
            "stage_extent",
            "Extent of the stage",
            "Whether signed loans cover the project in part or whole; empty for other stages.",
            "choice",
        ),
        Column(
            "sources",
            "Sources in full",
            "Publisher, title, date and link of every source of the row, parted by a bar.",
            "text",
        ),
        Column(
            "ceiling_usd_bn",
            "Of which ceilings",
            "The part of the amount that its sources give as a ceiling (“up to”).",
            "number",
            "US$ billions",
        ),
        Column(
            "shared_with",
            "Shared with",
            "States that share part of the amount, which no source divides; it stands in full in "
            "each of them.",
            "list",
        ),
        Column("project_count", "Projects", "Number of projects.", "integer"),
        Column(
            "undisclosed_count",
            "Undisclosed amounts",
            "Number of projects whose amount no source gives; they add nothing to the amount.",
            "integer",
        ),
        Column("is_in_filter", "In the filter", "Whether the filter chose this row.", "flag"),
        Column("stage_label", "Stage", "Stage at which the projects stand.", "text"),
        Column(
            "part_count",
            "Of these with loans in part",
            "Number of projects whose signed loans cover a part of the amount only.",
            "integer",
        ),
        Column("event_stage", "Stage", "Stage that the event brought the project to.", "choice"),
        Column("group", "Group", "What kind of thing the row is about.", "choice"),
        Column("id", "Id", "Identifier of the row, unique within its group.", "id"),
        Column("label", "Name", "Name shown to readers.", "text"),
        Column("on", "Day", "Day of what the row states; empty where it has none.", "date"),
        Column("value", "Value", "What is agreed, in a phrase or a sentence.", "text"),
        Column("note", "Note", "Disagreement, origin or caveat.", "text"),
        Column("part", "Part of the pledge", "The pledge, a tranche or the remainder.", "text"),
        Column(
            "whole_usd_bn",
            "All projects",
            "The amount without a filter.",
            "number",
            "US$ billions",
        ),
        Column(
            "whole_qualifier",
            "Qualifier, all projects",
            "Whether that amount is exact, approximate, a ceiling or a floor.",
            "choice",
        ),
        Column(
            "cumulative_usd_bn",
            "Announced so far",
            "Sum of all amounts announced up to and including this day.",
            "number",
            "US$ billions",
        ),
        Column(
            "cumulative_qualifier",
            "Qualifier of the sum",
            "Whether the sum is exact, approximate or a ceiling.",
            "choice",
        ),
        Column(
            "even_pace_usd_bn",
            "Even pace",
            "What an even pace from signing to deadline would have reached; own calculation.",
            "number",
            "US$ billions",
        ),
    )
}
"""What is computed and so stands in no schema."""


def of_exhibit(exhibit: Exhibit, view: View, *, link: str) -> Table:
    """Give the rows that a chart or the map draws."""
    return Table(
        name=exhibit.id,
        title=exhibit.title,
        description=f"One row for each {all_charts.ROWS_OF[exhibit.id]}.",
        columns=_columns(exhibit.rows),
        rows=exhibit.rows,
        colophon=all_charts.colophon(exhibit, view, link=link, note=wording.data_note(view)),
    )


def projects(view: View, *, link: str) -> Table:
    """Give the matching projects: the data's own columns, their stage, their sources in full."""
    rows = view.rows()
    derived = [name for name in ("announced_at", "is_shared") if name in rows]
    rows = rows.drop(columns=derived).assign(
        sources=_sources_in_full(view, list(rows["source_ids"]))
    )
    return _of_schema(schema.INVESTMENTS, rows, view, name="projects", link=link)


def milestones(view: View, *, link: str) -> Table:
    """Give the milestones of the matching projects."""
    table = view.dataset.milestones
    rows = table[table["project_id"].isin(view.projects["project_id"])]
    return _of_schema(schema.MILESTONES, rows, view, link=link)


def sources(view: View, *, link: str) -> Table:
    """Give the sources of all that the tables of a view say."""
    table = view.dataset.sources
    rows = table[table["source_id"].isin(set(source_ids(view)))] if view.filter else table
    return _of_schema(schema.SOURCES, rows, view, link=link)


def of_view(view: View, *, link: str) -> list[Table]:
    """Give every table of a view, the projects first.

    Conflicts and gaps that concern no project of the view come with all projects only, and so
    does what stands beside the pledge, agreements and interests.
    """
    drawn = [
        all_charts.EXHIBITS[name](view) for name in ("map", "by-sector", "progress", "over-time")
    ]
    return [
        projects(view, link=link),
        milestones(view, link=link),
        *(of_exhibit(exhibit, view, link=link) for exhibit in drawn),
        sources(view, link=link),
        *(_of_schema(declared, rows, view, link=link) for declared, rows in _beside(view)),
    ]


def agreements(rows: pd.DataFrame, view: View, *, link: str) -> Table:
    """Give agreements, all or those that a reader searched for."""
    return _of_schema(schema.AGREEMENTS, rows, view, link=link)


def interests(rows: pd.DataFrame, view: View, *, link: str) -> Table:
    """Give companies that stated an interest, all or those that a reader searched for."""
    return _of_schema(schema.INTERESTS, rows, view, link=link)


def summary(view: View, *, link: str) -> Table:
    """Give every total of a view, by tranche, stage, sector and state."""
    rows = listings.summary(view)
    about = "Totals of the view; figures of states do not add up, for they may share an amount."
    return Table(
        name="summary",
        title="Totals",
        description=about,
        columns=_columns(rows),
        rows=rows,
        colophon=Colophon.of(
            view,
            title="Totals",
            subtitle=wording.subtitle(view),
            note=wording.data_note(view),
            source=all_charts.source_of(view, view.source_ids),
            link=link,
        ),
    )


def pledge(view: View, *, link: str) -> Table:
    """Give what the pledge is: total, days, tranches, remainder and terms."""
    rows = listings.pledge(view)
    return Table(
        name="pledge",
        title="The pledge",
        description="One row for each total, day and term of the pledge.",
        columns=_columns(rows),
        rows=rows,
        colophon=Colophon.of(
            view,
            title=view.pledge.title,
            subtitle=wording.UNIT,
            note="An amount whose qualifier is up_to is a ceiling.",
            source=all_charts.source_of(view, _cited(rows)),
            link=link,
        ),
    )


def source_ids(view: View) -> list[str]:
    """List the sources of all tables of a view: its own, then those of what goes with it."""
    beside = [source for _, rows in _beside(view) for source in _cited(rows)]
    return list(dict.fromkeys([*view.source_ids, *beside]))


def colophon(view: View, *, link: str) -> Colophon:
    """Give the words that travel with all tables of a view together."""
    return Colophon.of(
        view,
        title=view.pledge.title,
        subtitle=wording.subtitle(view),
        note=wording.data_note(view),
        source=all_charts.source_of(view, source_ids(view)),
        link=link,
    )


def describe(name: str, declared: DataFrameSchema = schema.INVESTMENTS) -> Column:
    """Tell what a column means: as the schema declares it, else as it is computed."""
    if name not in declared.columns and name in COMPUTED:
        return COMPUTED[name]
    column = (declared if name in declared.columns else schema.MILESTONES).columns[name]
    about = column.metadata
    return Column(name, column.title, column.description, about["kind"], about["unit"])


def _of_schema(
    declared: DataFrameSchema, rows: pd.DataFrame, view: View, *, link: str, name: str = ""
) -> Table:
    # Rows that cite nothing tell what the sources of the view do not say.
    cited = _cited(rows) or view.source_ids
    return Table(
        name=name or str(declared.name),
        title=str(declared.title),
        description=str(declared.description),
        columns=tuple(describe(str(column), declared) for column in rows),
        rows=rows.reset_index(drop=True),
        colophon=Colophon.of(
            view,
            title=str(declared.title),
            subtitle=wording.subtitle(view),
            note=APART if declared.name in APART_FROM_PLEDGE else wording.data_note(view),
            source=all_charts.source_of(view, cited),
            link=link,
        ),
    )


def _beside(view: View) -> list[tuple[DataFrameSchema, pd.DataFrame]]:
    """Give the rows that go with a view beside its projects, their milestones and sources."""
    data = view.dataset
    if not view.filter:
        return [
            (schema.CONFLICTS, data.conflicts),
            (schema.GAPS, data.gaps),
            (schema.AGREEMENTS, data.agreements),
            (schema.INTERESTS, data.interests),
        ]
    shown = view.projects["project_id"]
    return [
        (schema.CONFLICTS, concerning(data.conflicts, shown)),
        (schema.GAPS, concerning(data.gaps, shown)),
    ]


def _cited(rows: pd.DataFrame) -> list[str]:
    """List what rows cite, most cited first, in however many columns; none if there is none."""
    if "source_id" in rows:
        return list(rows["source_id"])
    columns = [rows[name] for name in rows if str(name).endswith("source_ids")]
    cells = pd.concat(columns) if columns else pd.Series(dtype="str")
    return summaries.source_ids(cells[cells != ""].to_frame("source_ids"))


def _columns(rows: pd.DataFrame) -> tuple[Column, ...]:
    return tuple(describe(str(name)) for name in rows)


def _sources_in_full(view: View, ids: Sequence[str]) -> list[str]:
    full = {
        row.source_id: ", ".join(
            filter(None, [row.publisher, row.title, format_date(row.published_on), row.url])
        )
        for row in rows_of(view.dataset.sources)
    }
    cells = {cell: SOURCES_BETWEEN.join(full[one] for one in cell.split(";")) for cell in set(ids)}
    return [cells[cell] for cell in ids]
