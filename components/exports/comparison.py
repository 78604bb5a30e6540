"""The comparison: what is different between two days, one row for each change."""

from datetime import date
from itertools import chain
from typing import Final

import pandas as pd

from components.basics.formatting import join_clauses, join_details
from components.basics.messages import _
from components.exhibits import columns
from components.exhibits.columns import Column
from components.exports.tables import SOURCES_IN_FULL, Table, sources_in_full
from components.facts.schema import CONFIDENCES
from components.subjects import difference
from components.subjects.difference import Change
from components.views.view import View
from components.words import wording
from components.words.colophon import Colophon

COLUMNS: Final = (
    Column(
        "kind",
        "Kind",
        "What kind of change: new-projects, new-stages, new-states, events, added, asides.",
        "choice",
    ),
    Column("happened_on", "Happened on", "Date of the change; empty where it has none.", "date"),
    columns.of_event("added_on"),
    columns.of_event("milestone_id"),
    columns.of_event("project_ids"),
    Column("projects", "Projects", "Names of the projects, or the pledge itself.", "text"),
    Column("change", "Change", "What is different, or what happened.", "text"),
    Column("confidence", "Confidence", "How sure it is; empty where it is computed.", "choice"),
    columns.of_event("source_ids"),
    Column("reported", "Reported part", "What press reports alone say of the amount.", "text"),
    columns.declared("reported_source_ids"),
    SOURCES_IN_FULL,
)


def of_days(view: View, since: date, *, link: str) -> Table:
    """Return every change between a day and the day of a view, in the order of the page."""
    before, after = difference.between(view, since)
    found = [
        (group.key, change)
        for group in difference.groups(before, after, since=since, is_whole=True)
        for change in group.changes
    ]
    cited = [
        list(dict.fromkeys([*change.source_ids, *change.reported_source_ids]))
        for _, change in found
    ]
    rows = pd.DataFrame(
        [_row(kind, change, after) for kind, change in found],
        columns=[column.name for column in COLUMNS[:-1]],
        dtype="str",
    )
    full = sources_in_full(after, [";".join(ids) for ids in cited])
    every = list(dict.fromkeys(chain.from_iterable(cited)))
    span = difference.span(before, after, since)
    return Table(
        name="changes",
        title=_("Changes"),
        description=_("One row for each change between the two days."),
        columns=COLUMNS,
        rows=rows.assign(sources=pd.Series(full, dtype="str")),
        colophon=Colophon.of(
            after,
            title=join_details([_("Changes"), span]),
            subtitle=wording.subtitle(after),
            note=_(wording.COMPARED_HELP),
            source=wording.source_line(after, every or after.source_ids),
            link=link,
        ),
    )


def _row(kind: str, change: Change, view: View) -> dict[str, str]:
    return {
        "kind": kind,
        "happened_on": change.on,
        "added_on": change.added_on,
        "milestone_id": change.milestone_id,
        "project_ids": ";".join(change.project_ids),
        "projects": join_clauses(_projects(view, change)),
        "change": change.text,
        "confidence": _id_of(change.confidence),
        "source_ids": ";".join(change.source_ids),
        "reported": change.reported,
        "reported_source_ids": ";".join(change.reported_source_ids),
    }


def _id_of(confidence: str) -> str:
    """Return the id of a confidence that is given in words; "" for none."""
    return next((one for one, word in CONFIDENCES.items() if word == confidence), "")


def _projects(view: View, change: Change) -> list[str]:
    """Return whom a change concerns; only an event without projects is one of the pledge."""
    is_named = change.project_ids or change.milestone_id
    return wording.concerned(view, ";".join(change.project_ids)) if is_named else []
