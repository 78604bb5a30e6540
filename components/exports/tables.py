"""The exported tables: their rows, what every column means, and the colophon."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from pandera.pandas import DataFrameSchema

from components.basics.formatting import format_date
from components.basics.messages import _, mark
from components.exhibits import columns, registry
from components.exhibits.columns import Column
from components.exhibits.exhibit import Exhibit
from components.exports import totals
from components.facts import schema
from components.facts.history import published_by
from components.facts.mentions import concerning
from components.subjects import company_list
from components.subjects.company_list import Company
from components.views import summaries
from components.views.money_events import original_of
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording
from components.words.colophon import Colophon

SOURCES_BETWEEN: Final = " | "
"""Separates two sources in one cell; no publisher, title or address contains it."""


COMPANY_COLUMNS: Final = (
    "company_id",
    "company",
    "japanese_name",
    "country",
    "takes_part_in",
    "interested_in",
    "interest_ids",
    "source_ids",
)

APART_FROM_PLEDGE: Final = ("agreements", "interests")
APART: Final = mark("None of these figures is part of the pledge or of any total of it.")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows with exactly ``columns``, in that order; ``name`` is that of a sheet or a file.

    Numbers are NaN where missing, whole numbers NA, text and lists are "" (lists are joined by
    ``;``).
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    colophon: Colophon


SOURCES_IN_FULL: Final = Column(
    "sources",
    "Sources in full",
    "Publisher, title, date, link and, unless read itself, how known, for every source of the row, "
    "parted by a bar.",
    "text",
)
ADDED: Final = {
    column.name: column
    for column in (
        columns.STAGE,
        columns.STAGE_DATE,
        columns.EXTENT,
        SOURCES_IN_FULL,
        Column("developer", "Developer", "Companies that build the project.", "text"),
        Column(
            "developer_confidence",
            "Confidence in the developer",
            "How sure it is that the first of them does.",
            "choice",
        ),
        Column(
            "developer_source_ids",
            "Sources of the developer",
            "Publications that say so; the first one decides.",
            "list",
        ),
        Column("takes_part", "Takes part", "Companies with a part in the project.", "list"),
        Column(
            "interested",
            "Has expressed interest",
            "Companies that have only expressed interest in the project.",
            "list",
        ),
        columns.declared("company", schema.COMPANIES),
        columns.declared("japanese_name", schema.COMPANIES),
        columns.declared("country", schema.COMPANIES),
        columns.declared("project"),
        Column(
            "takes_part_in", "Takes part in", "Projects of the view that it has a part in.", "list"
        ),
        Column(
            "interested_in",
            "Interested in",
            "Projects of the view that it has only expressed interest in.",
            "list",
        ),
        Column(
            "interest_ids",
            "On the interest list",
            "Its entries there, then those that it may join; no part of the pledge.",
            "list",
        ),
        columns.declared("source_ids", schema.ROLES_TABLE),
        Column(
            "amount_usd_bn",
            "In dollars",
            "The amount, converted where the source gives another currency and a rate is known.",
            "number",
            "US$ billions",
        ),
        Column(
            "amount_qualifier",
            "Qualifier in dollars",
            "Whether the dollars are exact, approximate (about, as every conversion is), a ceiling "
            "or only known to be exceeded.",
            "choice",
        ),
    )
}
"""Columns that are added to projects and money events, and so are in no schema."""


def of_exhibit(exhibit: Exhibit, *, link: str) -> Table:
    """Return the rows that a chart or the map draws."""
    return Table(
        name=exhibit.id,
        title=_(exhibit.title),
        description=_("One row for each {noun}.", noun=_(exhibit.noun)),
        columns=exhibit.columns,
        rows=exhibit.rows,
        colophon=exhibit.colophon(link=link, note=wording.data_note(exhibit.view)),
    )


def projects(
    view: View, *, link: str, listed: "pd.Index[int] | None" = None, search: str = ""
) -> Table:
    """Return the matching projects: the data's own columns, their stage, their sources in full.

    ``listed`` is what a search left of them, in the order of the reader's list.
    """
    rows = view.rows() if listed is None else view.dataset.projects.loc[listed]
    derived = [
        name for name in ("announced_at", "amount_id", "amount_states", "is_shared") if name in rows
    ]
    rows = rows.drop(columns=derived).assign(
        sources=sources_in_full(view, list(rows["source_ids"]))
    )
    said = wording.found_subtitle(view, len(rows), search=search) if search else ""
    return _of_schema(schema.INVESTMENTS, rows, view, name="projects", link=link, subtitle=said)


def milestones(view: View, *, link: str) -> Table:
    """Return the milestones of a view, oldest first."""
    return _of_schema(schema.MILESTONES, view.milestones, view, link=link)


def money(view: View, *, link: str) -> Table:
    """Return the money events of the matching projects, each also in dollars.

    An event is for all of its projects together, those outside the view too.
    """
    rows = view.money.reset_index(drop=True)
    amounts = [original_of(row).in_dollars(row.rate_per_usd) for row in rows_of(rows)]
    qualifiers = [amount.qualifier if amount.is_disclosed else "" for amount in amounts]
    rows = rows.assign(
        amount_usd_bn=pd.Series([amount.usd_bn for amount in amounts], dtype="float64"),
        amount_qualifier=pd.Series(qualifiers, dtype="str"),
    )
    return _of_schema(schema.MONEY, rows, view, link=link)


def companies(found: Sequence[Company], view: View, *, link: str) -> Table:
    """Return companies, all of the view or those that match a reader's request."""
    cells = [
        {
            "company_id": one.company_id,
            "company": one.name,
            "japanese_name": one.japanese_name,
            "country": one.country,
            "takes_part_in": ";".join(one.projects(interested=False)),
            "interested_in": ";".join(one.projects(interested=True)),
            "interest_ids": ";".join(row.interest_id for row in one.entries),
            "source_ids": ";".join(one.source_ids),
        }
        for one in found
    ]
    rows = pd.DataFrame(cells, columns=list(COMPANY_COLUMNS), dtype="str")
    return _of_schema(schema.COMPANIES, rows, view, link=link)


def roles(view: View, *, link: str) -> Table:
    """Return the roles of companies in the projects of a view, with the names of both."""
    names = view.baseline.vocabulary.project
    project = [names.get(one, one) for one in view.roles["project_id"]]
    rows = view.roles.assign(project=pd.Series(project, dtype="str"))
    return _of_schema(schema.ROLES_TABLE, rows, view, link=link)


def gates(view: View, *, link: str) -> Table:
    """Return the steps of the projects of a view."""
    return _of_schema(schema.GATES_TABLE, view.gates, view, link=link)


def sources(view: View, *, link: str) -> Table:
    """Return the sources of everything in the tables of a view.

    On a past day they are those published by then, and the later ones that its rows cite: words
    and amounts are those of the present data.
    """
    table = view.dataset.sources
    rows = table[table["source_id"].isin(set(source_ids(view)))] if view.filter else table
    if view.known_on:
        known = {*published_by(rows, view.known_on), *source_ids(view)}
        rows = rows[rows["source_id"].isin(known)]
    return _of_schema(schema.SOURCES, rows, view, link=link)


def of_view(view: View, *, link: str) -> list[Table]:
    """Return every table of a view, the projects first.

    Conflicts and gaps that concern no project come only with a view of all projects, and so do
    the tables beside the pledge, agreements and interests.
    """
    return [
        projects(view, link=link),
        milestones(view, link=link),
        money(view, link=link),
        companies(company_list.of_view(view), view, link=link),
        roles(view, link=link),
        gates(view, link=link),
        *(of_exhibit(exhibit, link=link) for exhibit in registry.of_view(view)),
        sources(view, link=link),
        *(_of_schema(declared, rows, view, link=link) for declared, rows in _beside(view)),
    ]


def agreements(rows: pd.DataFrame, view: View, *, link: str) -> Table:
    """Return agreements, all or those that match a reader's search."""
    return _of_schema(schema.AGREEMENTS, rows, view, link=link)


def interests(rows: pd.DataFrame, view: View, *, link: str) -> Table:
    """Return companies that stated an interest, all or those that match a reader's search."""
    return _of_schema(schema.INTERESTS, rows, view, link=link)


def conflicts(view: View, *, link: str) -> Table:
    """Return where sources disagree: all of it, or what concerns the projects of a filter."""
    return _of_schema(schema.CONFLICTS, _of_view(view.dataset.conflicts, view), view, link=link)


def gaps(view: View, *, link: str) -> Table:
    """Return what no source gives: all of it, or what concerns the projects of a filter."""
    return _of_schema(schema.GAPS, _of_view(view.dataset.gaps, view), view, link=link)


def terms(view: View, *, link: str) -> Table:
    """Return the terms of the pledge."""
    rows = totals.terms(view)
    return Table(
        name="terms",
        title=_("Terms of the pledge"),
        description=_("One row for each condition of the pledge."),
        columns=totals.TERMS,
        rows=rows,
        colophon=Colophon.of(
            view,
            title=_("Terms of the pledge"),
            subtitle=view.pledge.title,
            note="",
            source=wording.source_line(view, _cited(rows)),
            link=link,
        ),
    )


def summary(view: View, *, link: str) -> Table:
    """Return every total of a view, by tranche, stage, sector and state."""
    rows = totals.summary(view)
    about = _("Totals of the view; figures of states do not add up, for they may share an amount.")
    return Table(
        name="summary",
        title=_("Totals"),
        description=about,
        columns=totals.SUMMARY,
        rows=rows,
        colophon=Colophon.of(
            view,
            title=_("Totals"),
            subtitle=wording.subtitle(view),
            note=wording.data_note(view),
            source=wording.source_line(view, view.source_ids),
            link=link,
        ),
    )


def pledge(view: View, *, link: str) -> Table:
    """Return the pledge: total, days, tranches, remainder and terms."""
    rows = totals.pledge(view)
    return Table(
        name="pledge",
        title=_("The pledge"),
        description=_("One row for each total, day and term of the pledge."),
        columns=totals.PLEDGE,
        rows=rows,
        colophon=Colophon.of(
            view,
            title=view.pledge.title,
            subtitle=_(wording.UNIT),
            note=_("An amount whose qualifier is up_to is a ceiling."),
            source=wording.source_line(view, _cited(rows)),
            link=link,
        ),
    )


def source_ids(view: View) -> list[str]:
    """List the sources of all tables of a view: its own, then those of the tables beside it."""
    beside = [source for _, rows in _beside(view) for source in _cited(rows)]
    return list(dict.fromkeys([*view.source_ids, *beside]))


def colophon(view: View, *, link: str) -> Colophon:
    """Return the colophon of all tables of a view together."""
    return Colophon.of(
        view,
        title=view.pledge.title,
        subtitle=wording.subtitle(view),
        note=wording.data_note(view),
        source=wording.source_line(view, source_ids(view)),
        link=link,
    )


def _of_schema(
    declared: DataFrameSchema,
    rows: pd.DataFrame,
    view: View,
    *,
    link: str,
    name: str = "",
    subtitle: str = "",
) -> Table:
    # Rows that cite nothing are about what the sources of the view do not say.
    cited = _cited(rows) or view.source_ids
    return Table(
        name=name or str(declared.name),
        title=_(str(declared.title)),
        description=_(str(declared.description)),
        columns=tuple(_column(str(name), declared) for name in rows),
        rows=rows.reset_index(drop=True),
        colophon=Colophon.of(
            view,
            title=_(str(declared.title)),
            subtitle=subtitle or wording.subtitle(view),
            note=_(APART) if declared.name in APART_FROM_PLEDGE else wording.data_note(view),
            source=wording.source_line(view, cited),
            link=link,
        ),
    )


def _beside(view: View) -> list[tuple[DataFrameSchema, pd.DataFrame]]:
    """Return the rows of a view other than its projects, their milestones and sources."""
    data = view.dataset
    evidence = [
        (schema.CONFLICTS, _of_view(data.conflicts, view)),
        (schema.GAPS, _of_view(data.gaps, view)),
    ]
    if view.filter:
        return evidence
    return [*evidence, (schema.AGREEMENTS, data.agreements), (schema.INTERESTS, data.interests)]


def _of_view(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return all rows, or with a filter those that concern a project of the view."""
    return concerning(rows, view.projects["project_id"]) if view.filter else rows


def _cited(rows: pd.DataFrame) -> list[str]:
    """List the sources that rows cite in any column, most cited first."""
    if "source_id" in rows:
        return list(rows["source_id"])
    cited = [rows[name] for name in rows if str(name).endswith("source_ids")]
    cells = pd.concat(cited) if cited else pd.Series(dtype="str")
    return summaries.source_ids(cells[cells != ""].to_frame("source_ids"))


def _column(name: str, table: DataFrameSchema) -> Column:
    return ADDED[name] if name not in table.columns else columns.declared(name, table)


def sources_in_full(view: View, ids: Sequence[str]) -> list[str]:
    """Return for each list of source ids the sources written out; "" for an empty list."""
    full = {
        row.source_id: ", ".join(part for part in _in_full(row) if part)
        for row in rows_of(view.dataset.sources)
    }
    cells = {
        cell: SOURCES_BETWEEN.join(full[one] for one in cell.split(";") if one) for cell in set(ids)
    }
    return [cells[cell] for cell in ids]


def _in_full(row: Any) -> Sequence[str]:
    day = format_date(row.published_on)
    return row.publisher, row.title, day, row.url, wording.how_known(row.known)
