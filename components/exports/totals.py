"""The totals of a view, and the pledge itself, as rows for programs."""

import math
from dataclasses import replace
from typing import Final

import pandas as pd

from components.basics.amounts import Amount
from components.basics.messages import _
from components.exhibits import columns, ladder
from components.exhibits.by_sector import sector_rows
from components.exhibits.by_state import state_rows
from components.exhibits.columns import Column
from components.facts.checks import LIST_SEPARATOR
from components.facts.schema import MONEY_STEPS
from components.views.view import View
from components.words import wording

GROUP: Final = Column("group", "Group", "What kind of thing the row is about.", "choice")
ID: Final = Column("id", "Id", "Identifier of the row, unique within its group.", "id")
LABEL: Final = Column("label", "Name", "Name shown to readers.", "text")

VALUE: Final = Column("value", "Value", "What is agreed, in a phrase or a sentence.", "text")
NOTE: Final = Column("note", "Note", "Disagreement, origin or caveat.", "text")

DTYPES: Final = {"number": "float64", "integer": "int64"}

SUMMARY: Final = (
    GROUP,
    ID,
    LABEL,
    replace(
        columns.declared("amount_usd_bn"),
        description="Announced amount; of a step of the money its own, converted where the source "
        "gives another currency. Empty where no source gives one, and for stages, which have none.",
    ),
    columns.QUALIFIER,
    columns.SHARED_WITH,
    columns.REPORTED,
    columns.REPORTED_QUALIFIER,
    ladder.ORIGINAL,
    ladder.RATE,
    ladder.CONFIDENCE,
    columns.PROJECT_COUNT,
    columns.UNDISCLOSED_COUNT,
    columns.PART_COUNT,
)
PLEDGE: Final = (
    GROUP,
    ID,
    LABEL,
    columns.declared("amount_usd_bn"),
    columns.QUALIFIER,
    Column("on", "Day", "Day of what the row states; empty where it has none.", "date"),
    VALUE,
    columns.of_event("confidence"),
    NOTE,
    columns.declared("source_ids"),
)
TERMS: Final = (
    Column("term", "Term", "Identifier of the term; never changes.", "id"),
    LABEL,
    VALUE,
    columns.of_event("confidence"),
    NOTE,
    columns.declared("source_ids"),
)


def summary(view: View) -> pd.DataFrame:
    """List every total of a view: of all, by tranche, money step, sector and state; stages' counts.

    A stage has no amount: that a project is financed does not finance all that is announced for
    it. Loans signed, money paid out and spent have amounts of their own, empty where no source
    reports any; the projects of such a row share its amount. Figures of states do not add up: an
    amount that states share counts in full in each.
    """
    head = view.headline
    counts = dict(head.tranches)
    totals = [
        ("all", "all", _("All projects in the view"), head.announced, head.project_count, 0),
        *(
            (
                "tranche",
                str(number),
                _("Tranche {number}", number=number),
                amount,
                counts[number],
                0,
            )
            for number, amount in view.tranche_totals.items()
        ),
        *(
            ("stage", stage, wording.rung(stage), Amount(), count.project_count, count.part_count)
            for stage, count in view.stage_counts.items()
            if count.project_count
        ),
        *(
            ("money", step, MONEY_STEPS[step], found.amount, len(found.project_ids), 0)
            for step, found in view.money_totals.items()
        ),
    ]
    rows: list[dict[str, object]] = [
        {
            "group": group,
            "id": one,
            "label": label,
            "amount_usd_bn": amount.usd_bn,
            "amount_qualifier": amount.qualifier if amount.is_disclosed else "",
            "project_count": count,
            "undisclosed_count": _undisclosed(view, group, one),
            "part_count": part_count,
        }
        for group, one, label, amount, count, part_count in totals
    ]
    for row, found in zip(rows[-len(view.money_totals) :], view.money_totals.values(), strict=True):
        row |= {
            "original": str(found.original or ""),
            "rate": wording.rates(found),
            "confidence": found.confidence,
        }
    for group, table, label in (
        ("sector", sector_rows(view), "sector_label"),
        ("state", state_rows(view), "state_name"),
    ):
        chosen = table[table["is_in_filter"]].rename(columns={group: "id", label: "label"})
        records = chosen.assign(part_count=0, group=group).to_dict("records")
        rows += [{str(name): cell for name, cell in record.items()} for record in records]
    table = pd.DataFrame(rows, columns=[column.name for column in SUMMARY], dtype=object)
    words = {one.name: "" for one in SUMMARY if one.kind not in DTYPES}
    numbers = {one.name: DTYPES[one.kind] for one in SUMMARY if one.kind in DTYPES}
    return table.fillna(words).astype(numbers)


def pledge(view: View) -> pd.DataFrame:
    """List the facts of the pledge: total, days, tranches and remainder, then the terms."""
    about = view.pledge
    head = view.headline
    pledged = (about.total.usd_bn, about.total.qualifier)
    rest = (head.unannounced.usd_bn, head.unannounced.qualifier)
    own = _(
        "Own calculation: the pledge less all that is announced; {remainder}.",
        remainder=wording.remainder(head, long=True),
    )
    none = (math.nan, "")
    rows: list[tuple[object, ...]] = [
        ("pledge", "total", _("Pledged"), *pledged, "", "", "", "", about.total_source_ids),
        *(
            ("pledge", one, label, *none, day.isoformat(), "", "", "", source_ids)
            for one, label, day, source_ids in (
                ("signed", about.signed_event, about.signed_on, about.signed_source_ids),
                (
                    "deadline",
                    _("Last day for investing"),
                    about.deadline,
                    about.deadline_source_ids,
                ),
            )
        ),
        ("pledge", "unannounced", _("Not announced yet"), *rest, "", "", "", own, ()),
        *(
            ("pledge", one, label, *none, day.isoformat(), "", "", "", ())
            for one, label, day in (
                ("as-of", _("Facts collected up to"), about.as_of),
                ("searched", _("Sources last searched"), about.searched_on),
            )
            if day
        ),
        *(
            (
                "tranche",
                str(one.tranche),
                _("Tranche {number}, as announced", number=one.tranche),
                one.amount_usd_bn,
                one.amount_qualifier,
                one.announced_on.isoformat(),
                "",
                "",
                one.note,
                one.source_ids,
            )
            for one in about.tranches
        ),
        *(
            (
                "term",
                one.term,
                one.label,
                *none,
                "",
                one.value,
                one.confidence,
                one.note,
                one.source_ids,
            )
            for one in about.terms
        ),
    ]
    table = pd.DataFrame(rows, columns=[column.name for column in PLEDGE])
    return table.assign(source_ids=[LIST_SEPARATOR.join(ids) for ids in table["source_ids"]])


def terms(view: View) -> pd.DataFrame:
    """List the terms of the pledge, in its order."""
    rows = pledge(view).rename(columns={"id": "term"})
    names = [column.name for column in TERMS]
    return rows.loc[rows["group"] == "term", names].reset_index(drop=True)


def _undisclosed(view: View, group: str, one: str) -> int:
    """Count the projects of a tranche or stage, or all, whose amount no source gives."""
    if group == "money":
        return 0
    projects = view.projects
    is_in = projects[group].astype("str") == one if group != "all" else True
    return int((projects["amount_usd_bn"].isna() & is_in).sum())
