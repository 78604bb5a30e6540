"""What charts and map show, in words, for those who do not see them."""

from collections.abc import Sequence
from typing import Final

from components.basics.amounts import Amount
from components.basics.formatting import format_date, format_usd_bn
from components.views.summaries import rows_of
from components.views.view import View

MAX_ITEMS: Final = 12
"""A description names this many bars, states or steps; the rest is in the table."""


def describe_bars(subject: str, bars: Sequence[tuple[str, str]], *, hidden: int = 0) -> str:
    """Describe a bar chart by its bars' (name, label), and how many more are not drawn."""
    items = [f"{name} {label}" for name, label in bars]
    return f"Bar chart of announced amounts by {subject}: {_list(items, hidden=hidden)}."


def describe_map(named: Sequence[tuple[str, str]]) -> str:
    """Describe the map by its states with a project, as (name, label), largest first."""
    items = [f"{name} {label}" for name, label in named]
    where = _list(items) or "no state has a project in this filter"
    return f"Map of the United States, states shaded by announced amount: {where}."


def describe_progress(view: View) -> str:
    """Describe the chart of the pledge, its announced part and the remainder."""
    head = view.headline
    pledged = Amount(view.pledge.total_usd_bn, view.pledge.total_qualifier)
    shown = f", {head.announced} of it in this filter" if view.filter else ""
    rest = format_usd_bn(head.unannounced_usd_bn, qualifier=head.unannounced_qualifier)
    return (
        f"Step chart of the pledge: {pledged} pledged, {head.whole_announced} announced{shown}, "
        f"{rest} unannounced."
    )


def describe_stages(view: View, steps: Sequence[tuple[str, str]]) -> str:
    """Describe the chart of stages by its (stage, label), with the pledge and the remainder."""
    head = view.headline
    pledged = Amount(view.pledge.total_usd_bn, view.pledge.total_qualifier)
    rest = format_usd_bn(head.unannounced_usd_bn, qualifier=head.unannounced_qualifier)
    items = [f"{name} {label}" for name, label in steps]
    return (
        f"Step chart of the pledge by stage: {pledged} pledged; {_list(items)}; {rest} unannounced."
    )


def describe_timeline(events: Sequence[tuple[str, str]], *, hidden: int = 0) -> str:
    """Describe a time line by its events, as (date, stage), oldest first."""
    items = [f"{stage} {format_date(day)}" for day, stage in events]
    return f"Time line of milestones by stage: {_list(items, hidden=hidden) or 'none is known'}."


def describe_over_time(view: View, *, note: str) -> str:
    """Describe the chart over time by its last steps, the pace (as ``note``) and the goal."""
    pledge = view.pledge
    steps = [
        f"{format_usd_bn(row.cumulative_usd_bn, qualifier=row.cumulative_qualifier)} by "
        f"{format_date(row.announced_on)}"
        for row in rows_of(view.steps.tail(MAX_ITEMS))
    ]
    pledged = Amount(pledge.total_usd_bn, pledge.total_qualifier)
    goal = f"{pledged} by {format_date(pledge.deadline.isoformat())}"
    return f"Step chart of the announced sum: {_list(steps)}. {note} The pledge is {goal}."


def _list(items: Sequence[str], *, hidden: int = 0) -> str:
    rest = max(len(items) - MAX_ITEMS, 0) + hidden
    return "; ".join([*items[:MAX_ITEMS], *([f"and {rest:,} more"] if rest else [])])
