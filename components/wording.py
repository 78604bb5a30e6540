"""Every sentence of the dashboard, composed from figures and labels so that no number is typed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from components.amounts import Amount
from components.formatting import (
    format_count,
    format_date,
    format_usd_bn,
    join_words,
    lower_first,
    spell_count,
    spell_number,
    upper_first,
)
from components.states import STATE_NAMES
from components.summaries import Headline
from components.view import View

TITLES: Final = {
    "map": "Where the announced money goes",
    "by-state": "Announced by state",
    "progress": "How much of the pledge is announced",
    "by-project": "Announced by project",
    "by-sector": "Announced by sector",
    "over-time": "Announced over time",
    "projects": "Projects in this view",
    "sources": "Sources of this view",
}

UNIT: Final = "US$ billions, announced, not spent"

COLUMN_TITLES: Final = {
    "state": "State",
    "state_name": "State",
    "sector": "Sector",
    "sector_label": "Sector",
    "project_count": "Projects",
    "undisclosed_count": "Undisclosed amounts",
    "amount_usd_bn": "Announced (US$ billions)",
    "amount_qualifier": "Qualifier",
    "firm_usd_bn": "Not a ceiling (US$ billions)",
    "ceiling_usd_bn": "Ceilings, “up to” (US$ billions)",
    "sole_usd_bn": "In this state alone (US$ billions)",
    "shared_usd_bn": "Shared with others (US$ billions)",
    "shared_with": "Shared with",
    "is_in_filter": "In the filter",
    "cumulative_usd_bn": "Announced so far (US$ billions)",
    "announced_on": "Announced",
    "part": "Part of the pledge",
    "whole_usd_bn": "All projects (US$ billions)",
    "whole_qualifier": "Qualifier, all projects",
    "even_pace_usd_bn": "Even pace (US$ billions)",
    "project": "Project",
    "states": "States",
    "tranche": "Tranche",
    "stage": "Stage",
}
"""Titles of the columns of chart tables; those of the data's own files are in the schema."""


def opening(view: View) -> str:
    """Answer in a few sentences how much, for what and where, for the current filter."""
    head = view.headline
    deadline = format_date(view.pledge.deadline.isoformat())
    if not view.filter:
        tranches = spell_count(len(head.tranches), "tranche")
        first = (
            f"{_announced(head.announced)} in {tranches}, for "
            f"{spell_count(head.project_count, 'project')} in {spell_count(len(head.states), 'state')}"
        )
        return " ".join(
            filter(None, [f"{first}{_leading_sectors(view)}.", _undisclosed(head), _remainder(head, deadline)])
        )
    shown = spell_number(head.project_count)
    first = (
        f"{_announced(head.announced)} for {lower_first(view.words)}: {shown} of "
        f"{spell_count(head.whole_project_count, 'project')}."
    )
    return " ".join(filter(None, [first, _shared_sentence(view), _undisclosed(head)]))


def no_matches(view: View) -> str:
    """Say that nothing matches, as of when, and what is announced elsewhere."""
    as_of = format_date(view.pledge.as_of.isoformat())
    only_state = view.filter.state and view.filter == view.filter.without("sector").without(
        "tranche"
    ).without("stage")
    if only_state:
        places = join_words([STATE_NAMES[code] for code in view.filter.state], conjunction="or")
        first = f"No project is named in {places} as of {as_of}."
    else:
        first = f"No project matches this filter as of {as_of}: {lower_first(view.words)}."
    whole = view.headline.whole_announced
    return f"{first} In all, {whole.in_words()} is announced for {spell_count(view.headline.whole_project_count, 'project')}."


def filter_line(view: View) -> str:
    """Name the filter and how many projects it leaves: ``…: 1 of 6 projects``."""
    shown, whole = view.headline.project_count, view.headline.whole_project_count
    if not view.filter:
        return f"All projects: {whole:,}"
    return f"{view.words}: {shown:,} of {format_count(whole, 'project')}"


def figures(view: View) -> list[tuple[str, str, str]]:
    """Give the figures under the opening: (value, what it is, remark)."""
    head, pledge = view.headline, view.pledge
    whole = Amount(pledge.total_usd_bn, "exact")
    days = (pledge.deadline - pledge.as_of).days
    return [
        (str(head.announced), "announced", "not spent"),
        (head.announced.share_of(pledge.total_usd_bn), "of the pledge", f"{whole} in all"),
        (
            format_usd_bn(head.unannounced.usd_bn, qualifier=head.unannounced_qualifier),
            "unannounced",
            f"{days:,} days left" if days > 0 else "deadline passed",
        ),
        (f"{head.project_count:,}", "project" if head.project_count == 1 else "projects", _per_tranche(head)),
        (f"{len(head.states):,}", "state" if len(head.states) == 1 else "states", _shared_remark(head)),
    ]


def subtitle(view: View, *, facet: str | None = None) -> str:
    """Say under a title what is measured and which projects are in it.

    ``facet`` is the facet a chart's own bars filter by: its bars stay, and are highlighted.
    """
    if facet is None or not view.filter.of(facet):
        return f"{UNIT}. {filter_line(view)}."
    rest = view.filter.without(facet)
    labels = [view.baseline.vocabulary.of(facet)[value] for value in view.filter.of(facet)]
    chosen = join_words([labels[0], *labels[1:]])
    return f"{UNIT}. {rest.describe(view.baseline.vocabulary)}; {lower_first(chosen)} highlighted."


def hatching_note(*, has_ceiling: bool, has_shared: bool) -> str:
    """Explain the hatching that occurs, in the words of the chart; "" when there is none."""
    ceiling = "/ hatching: a ceiling (“up to”)."
    shared = "\\ hatching: shared between states, split not published."
    both = "Crossed: both."
    return " ".join(
        [ceiling] * has_ceiling + [shared] * has_shared + [both] * (has_ceiling and has_shared)
    )


def reported_note(view: View) -> str:
    """Name the amounts that are press reports rather than official; "" when there are none."""
    rows = view.projects[view.projects["amount_confidence"] == "reported"]
    if rows.empty:
        return ""
    if len(rows) > 4:
        return f"{len(rows):,} of the amounts are press reports, not official."
    names = join_words(list(rows["project"]))
    verb = "is a press report" if len(rows) == 1 else "are press reports"
    noun = "The amount of" if len(rows) == 1 else "The amounts of"
    return f"{noun} {names} {verb}, not official."


def source_line(view: View, publishers: Sequence[str], *, source_count: int) -> str:
    """Name the leading publishers, how many more sources there are, and the state of the data."""
    named = list(dict.fromkeys(publishers))
    rest = source_count - len(publishers)
    sources = join_words([*named, f"{rest:,} more"] if rest > 0 else named)
    as_of = format_date(view.pledge.as_of.isoformat())
    return f"Sources: {sources}. Data as of {as_of}."


def footer(view: View, source: str, note: str) -> str:
    """Compose the small print inside an exported picture, one statement a line."""
    pledge = view.pledge
    lines = [
        note,
        "Announced amounts, not money spent.",
        source,
        f"{pledge.title}, dataset version {pledge.version} ({view.dataset.version}), {pledge.licence}.",
    ]
    return "\n".join(filter(None, lines))


def state_hover(
    amount: Amount,
    *,
    project_count: int,
    names: Sequence[str],
    shared_with: Sequence[str],
    as_of: date,
) -> str:
    """Say what a state has: amount, with whom it is shared, and its projects, a line each."""
    if not project_count:
        return f"No project named as of {format_date(as_of.isoformat())}"
    lines = [f"{upper_first(str(amount))} announced" if amount.is_disclosed else "Amount undisclosed"]
    if shared_with:
        partners = join_words([STATE_NAMES.get(code, code) for code in shared_with])
        lines.append(f"shared with {partners}, split not published")
    lines += [f"· {name}" for name in names]
    if project_count > len(names):
        lines.append(f"· and {project_count - len(names):,} more")
    return "\n".join(lines)


def describe_bars(kind: str, bars: Sequence[tuple[str, str]], *, hidden: int = 0) -> str:
    """Write the text alternative of a bar chart: every bar and its label, up to a dozen."""
    shown = [f"{name} {label}" for name, label in bars[:12]]
    rest = len(bars) - len(shown) + hidden
    if rest > 0:
        shown.append(f"and {rest:,} more")
    return f"Bar chart of {kind}: {'; '.join(shown)}."


def describe_progress(view: View) -> str:
    """Write the text alternative of the pledge chart."""
    head = view.headline
    rest = format_usd_bn(head.unannounced.usd_bn, qualifier=head.unannounced_qualifier)
    pledged = Amount(view.pledge.total_usd_bn, view.pledge.total_qualifier)
    in_filter = f", {head.announced} of it in this filter" if view.filter else ""
    return (
        f"Step chart of the pledge: {pledged} pledged, {head.whole_announced} announced{in_filter}, "
        f"{rest} unannounced."
    )


def describe_over_time(view: View, *, even_pace_usd_bn: float) -> str:
    """Write the text alternative of the chart over time, with the pace for comparison."""
    pledge = view.pledge
    events = [
        f"{format_usd_bn(row.cumulative_usd_bn, qualifier=row.amount_qualifier)} by "
        f"{format_date(row.announced_at.date().isoformat())}"
        for row in view.steps.tail(6).itertuples()
    ]
    return (
        f"Step chart of the announced sum: {'; '.join(events)}. {pace_note(view, even_pace_usd_bn=even_pace_usd_bn)} "
        f"The pledge is {format_usd_bn(pledge.total_usd_bn)} by {format_date(pledge.deadline.isoformat())}."
    )


def pace_note(view: View, *, even_pace_usd_bn: float) -> str:
    """Compare what is announced with an even pace from signing to deadline (own calculation)."""
    pledge = view.pledge
    return (
        f"An even pace from the signing on {format_date(pledge.signed_on.isoformat())} to the deadline "
        f"would have reached {format_usd_bn(round(even_pace_usd_bn))} by "
        f"{format_date(pledge.as_of.isoformat())}; {view.headline.whole_announced} is announced."
    )


def describe_map(view: View, named: Sequence[tuple[str, Amount]]) -> str:
    """Write the text alternative of the map: each state with a project, largest first."""
    parts = [f"{name} {amount}" for name, amount in named[:12]]
    if len(named) > len(parts):
        parts.append(f"and {len(named) - len(parts):,} more")
    where = "; ".join(parts) if parts else "no state has a project in this filter"
    return f"Map of the United States, states shaded by announced amount: {where}."


def dropped_from_link(dropped: Sequence[tuple[str, str]]) -> str:
    """Name what a link asked for and we do not know, shortened and as plain text."""
    shown = [f"{_clip(parameter)}={_clip(value)}" for parameter, value in dropped[:5]]
    if len(dropped) > len(shown):
        shown.append(f"{len(dropped) - len(shown):,} more")
    return f"This link asks for values that are not known here and were left out: {'; '.join(shown)}."


def _clip(text: str) -> str:
    visible = "".join(character if character.isprintable() else "�" for character in text)
    return visible if len(visible) <= 40 else f"{visible[:39]}…"


def _announced(amount: Amount) -> str:
    if not amount.is_disclosed:
        return "An undisclosed amount is announced"
    return f"{upper_first(amount.in_words())} is announced"


def _leading_sectors(view: View) -> str:
    disclosed = [(sector, amount) for sector, amount in view.headline.sectors if amount.is_disclosed]
    labels: Mapping[str, str] = view.baseline.vocabulary.sector
    leading = [
        f"{amount.in_words()} of it for {lower_first(labels.get(sector, sector))}"
        if place == 0
        else f"{amount.in_words()} for {lower_first(labels.get(sector, sector))}"
        for place, (sector, amount) in enumerate(disclosed[:2])
    ]
    return f": {join_words(leading)}" if leading else ""


def _remainder(head: Headline, deadline: str) -> str:
    if not head.unannounced.usd_bn:
        return f"That is the whole pledge, which runs to {deadline}."
    rest = format_usd_bn(head.unannounced.usd_bn, qualifier=head.unannounced_qualifier, long=True)
    return f"Nothing is announced yet for {rest} of the pledge, which runs to {deadline}."


def _undisclosed(head: Headline) -> str:
    if not head.undisclosed_count:
        return ""
    return (
        f"{upper_first(spell_count(head.undisclosed_count, 'project'))} of {head.project_count:,} "
        f"{'discloses' if head.undisclosed_count == 1 else 'disclose'} no amount and "
        f"{'adds' if head.undisclosed_count == 1 else 'add'} nothing to the sum."
    )


def _shared_sentence(view: View) -> str:
    chosen = set(view.filter.state)
    groups = [group for group in view.headline.shared if chosen & set(group) and set(group) - chosen]
    if not groups:
        return ""
    outside = sorted({code for group in groups for code in group} - chosen)
    partners = join_words([STATE_NAMES.get(code, code) for code in outside])
    return f"Amounts shared with {partners} are counted in full, because no split is published."


def _shared_remark(head: Headline) -> str:
    if not head.shared:
        return "none shared"
    if len(head.shared) == 1 and len(head.shared[0]) <= 3:
        return f"{join_words(head.shared[0])} share one amount"
    return f"{len(head.shared):,} combinations share amounts"


def _per_tranche(head: Headline) -> str:
    if len(head.tranches) == 1:
        return f"in tranche {head.tranches[0][0]}"
    counts = {count for _, count in head.tranches}
    if len(counts) == 1:
        return f"{counts.pop():,} in each tranche"
    return " + ".join(f"{count:,}" for _, count in head.tranches[:4]) + " by tranche"
