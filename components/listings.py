"""The rows behind each exhibit, under column names that say the unit."""

import pandas as pd

from components import summaries
from components.amounts import Amount
from components.filters import ProjectFilter
from components.states import STATE_NAMES
from components.view import View
from components.wording import rung


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


def _is_chosen(ids: pd.Series, chosen: tuple[str, ...]) -> pd.Series:
    return ids.isin(chosen) if chosen else pd.Series([True] * len(ids), index=ids.index)
