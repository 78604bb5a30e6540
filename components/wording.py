"""Every sentence of the dashboard, composed from figures and labels so that no number is typed."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

import pandas as pd

from components.amounts import Amount
from components.filters import ProjectFilter
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
from components.pledge import Tranche
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
    "state_name": "State",
    "sector_label": "Sector",
    "project_count": "Projects",
    "undisclosed_count": "Undisclosed amounts",
    "amount_usd_bn": "Announced",
    "ceiling_usd_bn": "Of which ceilings",
    "shared_with": "Shared with",
    "is_in_filter": "In the filter",
    "cumulative_usd_bn": "Announced so far",
    "part": "Part of the pledge",
    "whole_usd_bn": "All projects",
    "even_pace_usd_bn": "Even pace (US$ billions)",
    "stage": "Stage",
}
"""Titles of what is computed; the data's own columns have theirs in the schema."""


def opening(view: View) -> str:
    """Answer in a few sentences how much, for what and where, for the current filter."""
    head = view.headline
    if view.filter:
        count = spell_number(head.project_count)
        whole = spell_count(head.whole_project_count, "project")
        first = f"{_announced(head.announced)} for {lower_first(view.words)}: {count} of {whole}."
        reported = reported_note(view.projects)
        return join_sentences(
            first, _shared(view), reported, _in_part(view), _undisclosed(head), _unnamed(view)
        )
    tranches = spell_count(len(head.tranches), "tranche")
    projects = spell_count(head.project_count, "project")
    states = spell_count(len(head.states), "state")
    first = f"{_announced(head.announced)} in {tranches}, for {projects} in {states}"
    return join_sentences(f"{first}{_leading_sectors(view)}.", _undisclosed(head), _remainder(view))


def no_matches(view: View) -> str:
    """Say that nothing matches, as of when, and what is announced elsewhere."""
    as_of = format_date(view.pledge.as_of.isoformat())
    if view.filter == ProjectFilter(state=view.filter.state):
        places = join_words([STATE_NAMES[code] for code in view.filter.state], conjunction="or")
        first = f"No project is named in {places} as of {as_of}."
    else:
        first = f"No project matches this filter as of {as_of}: {lower_first(view.words)}."
    whole = lower_first(_announced(view.headline.whole_announced))
    projects = spell_count(view.headline.whole_project_count, "project")
    return f"{first} In all, {whole} for {projects}."


def filter_line(view: View) -> str:
    """Name the filter and how many projects it leaves: ``…: 1 of 6 projects``."""
    shown, whole = view.headline.project_count, view.headline.whole_project_count
    if not view.filter:
        return f"All {format_count(whole, 'project')}"
    return f"{view.words}: {shown:,} of {format_count(whole, 'project')}"


def figures(view: View) -> list[tuple[str, str, str]]:
    """Give the figures under the opening: (value, what it is, remark)."""
    head, pledge = view.headline, view.pledge
    whole = Amount(pledge.total_usd_bn, pledge.total_qualifier)
    states = [code for code in head.states if not view.filter.state or code in view.filter.state]
    return [
        (str(head.announced), "announced", "not spent"),
        (head.announced.share_of(pledge.total_usd_bn), "of the pledge", f"{whole} in all"),
        (
            format_usd_bn(head.unannounced_usd_bn, qualifier=head.unannounced_qualifier),
            "unannounced",
            f"pledge to {format_date(pledge.deadline.isoformat())}",
        ),
        (
            f"{head.project_count:,}",
            "project" if head.project_count == 1 else "projects",
            _per_tranche(head),
        ),
        (f"{len(states):,}", "state" if len(states) == 1 else "states", _shared_remark(head)),
    ]


def subtitle(view: View, *, facet: str | None = None) -> str:
    """Say under a title what is measured and which projects are in it.

    ``facet`` is the facet a chart's own bars filter by: its bars stay, and are highlighted.
    """
    if facet is None or not view.filter.of(facet):
        return f"{UNIT}. {filter_line(view)}."
    rest = view.filter.without(facet).describe(view.baseline.vocabulary)
    labels = [view.baseline.vocabulary.of(facet)[value] for value in view.filter.of(facet)]
    chosen = join_words(labels if facet == "state" else [lower_first(label) for label in labels])
    return f"{UNIT}. {rest}; {chosen} highlighted."


def hatching_note(kinds: Collection[tuple[bool, bool]]) -> str:
    """Explain the hatching in a chart, given as (is a ceiling, is shared); "" for none."""
    meanings = {
        (True, False): "/ a ceiling (“up to”)",
        (False, True): "\\ shared between states, split not published",
        (True, True): "crossed, a ceiling shared between states, split not published",
    }
    present = [meaning for kind, meaning in meanings.items() if kind in kinds]
    return f"Hatching: {'; '.join(present)}." if present else ""


def tranche_note(tranche: Tranche) -> str:
    """Write what the data notes on a tranche's total; "" when that is nothing."""
    return f"Tranche {tranche.tranche}: {tranche.note}" if tranche.note else ""


def ceilings_note(view: View) -> str:
    """Say in a map, whose shades cannot, which states' amounts are ceilings or shared."""
    totals = view.state_totals
    is_ceiling = totals["amount_qualifier"].to_numpy() == "up_to"
    states = [STATE_NAMES.get(code, code) for code in totals["state"].to_numpy()[is_ceiling]]
    shared = "A shared amount stands in full in each of its states."
    rest = [f"{len(states) - 12:,} more"] if len(states) > 12 else []
    return join_sentences(
        f"Ceilings (“up to”) in {join_words([*states[:12], *rest])}." if states else "",
        shared if (totals["shared_with"].to_numpy() != "").any() else "",
    )


def reported_note(projects: pd.DataFrame) -> str:
    """Name the amounts that are press reports rather than official; "" when there are none."""
    is_reported = projects["amount_confidence"].to_numpy() == "reported"
    count = int(is_reported.sum())
    if not count:
        return ""
    if count > 4:
        return f"{count:,} of the amounts are press reports, not official."
    names = join_words(list(projects["project"].to_numpy()[is_reported]))
    verb = "is a press report" if count == 1 else "are press reports"
    noun = "The amount of" if count == 1 else "The amounts of"
    return f"{noun} {names} {verb}, not official."


def source_line(view: View, publishers: Sequence[str], *, source_count: int) -> str:
    """Name the leading publishers, how many more sources there are, and the state of the data."""
    named = list(dict.fromkeys(publishers))
    rest = source_count - len(publishers)
    sources = join_words([*named, f"{rest:,} more"] if rest > 0 else named)
    as_of = format_date(view.pledge.as_of.isoformat())
    return f"Sources: {sources}. Data as of {as_of}."


def data_note(view: View) -> str:
    """Say what one must know before adding up the rows of a view."""
    return join_sentences(
        "An amount whose qualifier is up_to is a ceiling.",
        "A shared amount stands in full in each of its states: figures of states do not add up."
        if view.headline.shared
        else "",
        reported_note(view.projects),
    )


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
    lines = [
        f"{upper_first(str(amount))} announced" if amount.is_disclosed else "Amount undisclosed"
    ]
    if shared_with:
        partners = join_words([STATE_NAMES.get(code, code) for code in shared_with])
        lines.append(f"shared with {partners}, split not published")
    lines += [f"· {name}" for name in names]
    if project_count > len(names):
        lines.append(f"· and {project_count - len(names):,} more")
    return "\n".join(lines)


def join_sentences(*sentences: str) -> str:
    """Join sentences into a paragraph, without those that are empty."""
    return " ".join(sentence for sentence in sentences if sentence)


def pace_note(view: View, *, even_pace_usd_bn: float) -> str:
    """Compare what is announced with an even pace from signing to deadline (own calculation)."""
    pledge = view.pledge
    signed_on, as_of = (format_date(day.isoformat()) for day in (pledge.signed_on, pledge.as_of))
    pace = format_usd_bn(round(even_pace_usd_bn))
    return (
        f"Own calculation: an even pace from the signing on {signed_on} to the deadline would "
        f"have reached {pace} by {as_of}; {lower_first(_announced(view.headline.whole_announced))}."
    )


def dropped_from_link(dropped: Sequence[tuple[str, str]]) -> str:
    """Name what a link asked for and we do not know, shortened and as plain text."""
    shown = [f"{_clip(parameter)}={_clip(value)}" for parameter, value in dropped[:5]]
    if len(dropped) > len(shown):
        shown.append(f"{len(dropped) - len(shown):,} more")
    return (
        f"This link asks for values that are not known here and were left out: {'; '.join(shown)}."
    )


def _clip(text: str) -> str:
    visible = "".join(character if character.isprintable() else "�" for character in text)
    return visible if len(visible) <= 40 else f"{visible[:39]}…"


def _announced(amount: Amount) -> str:
    if not amount.is_disclosed:
        return "An undisclosed amount is announced"
    return f"{upper_first(amount.in_words())} is announced"


def _leading_sectors(view: View) -> str:
    labels = view.baseline.vocabulary.sector
    leading = [
        f"{amount.in_words()}{'' if place else ' of it'} for {lower_first(labels[sector])}"
        for place, (sector, amount) in enumerate(view.headline.sectors[:2])
        if amount.is_disclosed
    ]
    return f": {join_words(leading)}" if leading else ""


def _remainder(view: View) -> str:
    head = view.headline
    deadline = format_date(view.pledge.deadline.isoformat())
    if not head.unannounced_usd_bn:
        return f"That is the whole pledge, which runs to {deadline}."
    rest = format_usd_bn(head.unannounced_usd_bn, qualifier=head.unannounced_qualifier, long=True)
    return f"Nothing is announced yet for {rest} of the pledge, which runs to {deadline}."


def _undisclosed(head: Headline) -> str:
    count = head.undisclosed_count
    if not count:
        return ""
    projects = upper_first(spell_count(count, "project"))
    verb, own = ("discloses", "its") if count == 1 else ("disclose", "their")
    return f"{projects} of {head.project_count:,} {verb} no amount of {own} own."


def _shared(view: View) -> str:
    chosen = set(view.filter.state)
    groups = [set(group) for group in view.headline.shared if chosen & set(group)]
    partners = sorted({code for group in groups for code in group} - chosen)
    if not partners:
        return ""
    names = join_words([STATE_NAMES.get(code, code) for code in partners])
    return f"What is shared with {names} is counted in full, because no split is published."


def _in_part(view: View) -> str:
    if "financed" not in view.filter.stage:
        return ""
    is_part = view.projects["stage_extent"].to_numpy() == "part"
    return "The loans signed cover these projects only in part." if is_part.any() else ""


def _unnamed(view: View) -> str:
    absent = [STATE_NAMES[code] for code in view.filter.state if code not in view.headline.states]
    names = join_words(absent, conjunction="or")
    return f"No project of this filter is named in {names}." if absent else ""


def _shared_remark(head: Headline) -> str:
    if not head.shared:
        return "none shared"
    if len(head.shared) == 1 and len(head.shared[0]) < 4:
        return f"{join_words(head.shared[0])} share one amount"
    return f"{format_count(len(head.shared), 'group')} of states share amounts"


def _per_tranche(head: Headline) -> str:
    if len(head.tranches) == 1:
        return f"in tranche {head.tranches[0][0]}"
    counts = {count for _, count in head.tranches}
    if len(counts) == 1:
        return f"{counts.pop():,} in each tranche"
    if len(head.tranches) > 4:
        return f"in {len(head.tranches):,} tranches"
    return " + ".join(f"{count:,}" for _, count in head.tranches) + " by tranche"
