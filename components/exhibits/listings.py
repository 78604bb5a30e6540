"""The rows behind each exhibit, under column names that say the unit."""

import math

import pandas as pd

from components.basics.amounts import Amount
from components.basics.us_states import STATE_NAMES
from components.facts.checks import LIST_SEPARATOR
from components.views import summaries
from components.views.filters import ProjectFilter
from components.views.view import View
from components.words.wording import rung


def by_state(view: View) -> pd.DataFrame:
    """List the states, largest first; ``is_in_filter`` tells what a state filter chose."""
    totals = view.state_totals
    rows = totals.assign(
        state_name=[STATE_NAMES.get(code, code) for code in totals["state"]],
        is_in_filter=_is_chosen(totals["state"], view.filter.state),
    )
    columns = ["state", "state_name", "amount_usd_bn", "amount_qualifier", "ceiling_usd_bn"]
    more = ["shared_with", "project_count", "undisclosed_count", "is_in_filter"]
    return rows[columns + more]


def own_states(view: View) -> pd.DataFrame:
    """List the states of the filter that have projects; all of them where it names none."""
    rows = by_state(view)
    return rows[rows["is_in_filter"]].reset_index(drop=True)


def by_sector(view: View) -> pd.DataFrame:
    """List the sectors, largest first; ``is_in_filter`` tells what a sector filter chose."""
    totals = view.sector_totals
    labels = view.baseline.vocabulary.sector
    rows = totals.assign(
        sector_label=[labels[sector] for sector in totals["sector"]],
        is_in_filter=_is_chosen(totals["sector"], view.filter.sector),
    )
    columns = ["sector", "sector_label", "amount_usd_bn", "amount_qualifier", "ceiling_usd_bn"]
    return rows[[*columns, "project_count", "undisclosed_count", "is_in_filter"]]


def by_project(view: View, *, limit: int) -> pd.DataFrame:
    """List the largest projects, at most ``limit``."""
    labels = view.baseline.vocabulary.sector
    leading = summaries.largest_projects(view.projects, limit=limit)
    rows = leading.assign(sector_label=[labels[sector] for sector in leading["sector"]])
    columns = ["project_id", "project", "states", "sector", "sector_label", "tranche", "stage"]
    more = ["stage_extent", "amount_usd_bn", "amount_qualifier", "amount_confidence"]
    return rows[[*columns, *more]]


def progress(view: View) -> pd.DataFrame:
    """List pledge, tranches and remainder: what the filter shows of each, and all of it."""
    head = view.headline
    pledged = Amount(view.pledge.total_usd_bn, view.pledge.total_qualifier)
    rest = (head.unannounced_usd_bn, head.unannounced_qualifier)
    rows = [("Pledge", pledged.usd_bn, pledged.qualifier, pledged.usd_bn, pledged.qualifier)]
    for number, whole in view.baseline.tranche_totals.items():
        shown = view.tranche_totals.get(number, Amount(0.0))
        name = f"Tranche {number}"
        rows.append((name, shown.usd_bn, shown.qualifier, whole.usd_bn, whole.qualifier))
    rows.append(("Unannounced", *rest, *rest))
    columns = ["part", "amount_usd_bn", "amount_qualifier", "whole_usd_bn", "whole_qualifier"]
    return pd.DataFrame(rows, columns=columns)


def stages(view: View) -> pd.DataFrame:
    """List the stages with what stands at each: in the filter, and in all."""
    whole = view.baseline.view(ProjectFilter()).stage_totals
    rows = []
    for stage, total in whole.items():
        shown = view.stage_totals.get(stage, summaries.StageTotal(Amount(0.0), 0, 0))
        amounts = (shown.amount, total.amount)
        figures = [part for amount in amounts for part in (amount.usd_bn, amount.qualifier)]
        rows.append((rung(stage), *figures, shown.project_count, shown.part_count))
    columns = ["stage_label", "amount_usd_bn", "amount_qualifier", "whole_usd_bn"]
    more = ["whole_qualifier", "project_count", "part_count"]
    return pd.DataFrame(rows, columns=[*columns, *more])


def timeline(view: View) -> pd.DataFrame:
    """List the milestones of the projects, oldest first, all columns but their sources."""
    events = view.milestones
    names = dict(zip(view.projects["project_id"], view.projects["project"], strict=True))
    return pd.DataFrame(
        {
            "date": events["date"],
            "event_stage": events["stage"],
            "stage_extent": events["extent"],
            "event": events["event"],
            "confidence": events["confidence"],
            "project_id": events["project_id"],
            "project": [names[one] for one in events["project_id"]],
        }
    )


def over_time(view: View, *, even_pace_usd_bn: list[float]) -> pd.DataFrame:
    """List the days that announced something, with the even pace of each day for comparison."""
    columns = ["announced_on", "amount_usd_bn", "amount_qualifier", "cumulative_usd_bn"]
    rows = view.steps[[*columns, "cumulative_qualifier", "project_count"]]
    return rows.assign(even_pace_usd_bn=even_pace_usd_bn)


def summary(view: View) -> pd.DataFrame:
    """List every total of a view: of all, by tranche, stage, sector and state.

    Figures of states do not add up: an amount that states share stands in full in each.
    """
    head = view.headline
    counts = dict(head.tranches)
    totals = [
        ("all", "all", "All projects in the view", head.announced, head.project_count, 0),
        *(
            ("tranche", str(number), f"Tranche {number}", amount, counts[number], 0)
            for number, amount in view.tranche_totals.items()
        ),
        *(
            ("stage", stage, rung(stage), total.amount, total.project_count, total.part_count)
            for stage, total in view.stage_totals.items()
            if total.project_count
        ),
    ]
    rows: list[dict[str, object]] = [
        {
            "group": group,
            "id": one,
            "label": label,
            "amount_usd_bn": amount.usd_bn,
            "amount_qualifier": amount.qualifier,
            "shared_with": "",
            "project_count": count,
            "undisclosed_count": _undisclosed(view, group, one),
            "part_count": part_count,
        }
        for group, one, label, amount, count, part_count in totals
    ]
    for group, table, label in (
        ("sector", by_sector(view), "sector_label"),
        ("state", by_state(view), "state_name"),
    ):
        chosen = table[table["is_in_filter"]].rename(columns={group: "id", label: "label"})
        more = {"group": group} | ({} if "shared_with" in chosen else {"shared_with": ""})
        records = chosen.assign(part_count=0, **more).to_dict("records")
        rows += [{str(name): cell for name, cell in record.items()} for record in records]
    columns = ["group", "id", "label", "amount_usd_bn", "amount_qualifier", "shared_with"]
    counts_of = ["project_count", "undisclosed_count", "part_count"]
    table = pd.DataFrame(rows, columns=[*columns, *counts_of])
    return table.astype({"amount_usd_bn": "float64"})


def pledge(view: View) -> pd.DataFrame:
    """List what the pledge is: its total, days, tranches and remainder, then its terms."""
    about = view.pledge
    head = view.headline
    pledged = (about.total_usd_bn, about.total_qualifier)
    rest = (head.unannounced_usd_bn, head.unannounced_qualifier)
    own = "Own calculation: the pledge less all that is announced."
    none = (math.nan, "")
    rows: list[tuple[object, ...]] = [
        ("pledge", "total", "Pledged", *pledged, "", "", "", "", about.total_source_ids),
        *(
            ("pledge", one, label, *none, day.isoformat(), "", "", "", source_ids)
            for one, label, day, source_ids in (
                ("signed", about.signed_event, about.signed_on, about.signed_source_ids),
                ("deadline", "Last day for investing", about.deadline, about.deadline_source_ids),
            )
        ),
        ("pledge", "unannounced", "Not announced yet", *rest, "", "", "", own, ()),
        *(
            (
                "tranche",
                str(one.tranche),
                f"Tranche {one.tranche}, as announced",
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
    columns = ["group", "id", "label", "amount_usd_bn", "amount_qualifier", "on", "value"]
    table = pd.DataFrame(rows, columns=[*columns, "confidence", "note", "source_ids"])
    return table.assign(source_ids=[LIST_SEPARATOR.join(ids) for ids in table["source_ids"]])


def _undisclosed(view: View, group: str, one: str) -> int:
    """Count the projects of a tranche or stage, or all, whose amount no source gives."""
    projects = view.projects
    is_in = projects[group].astype("str") == one if group != "all" else True
    return int((projects["amount_usd_bn"].isna() & is_in).sum())


def _is_chosen(ids: pd.Series, chosen: tuple[str, ...]) -> pd.Series:
    return ids.isin(chosen) if chosen else pd.Series([True] * len(ids), index=ids.index)
