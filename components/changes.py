"""What changed between two days: totals, projects, stages, events, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from components.amounts import Amount
from components.checks import days
from components.dossier import amount_of, state_names
from components.formatting import (
    format_date,
    join_words,
    lower_first,
    spell_count,
    spell_number,
    upper_first,
)
from components.schema import CONFIDENCES, stage_name
from components.summaries import rows_of
from components.view import View

MAX_ITEMS: Final = 30
"""So many changes of one kind are listed; the rest is counted."""

TITLES: Final = {
    "new-projects": "Newly announced",
    "new-stages": "A further stage reached",
    "new-states": "States named for the first time",
    "events": "What happened",
    "asides": "Published beside the pledge",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what in words, the date as the data has it, its projects if any, its sources.

    ``confidence`` is a word for an event, "" for what is computed.
    """

    text: str
    on: str = ""
    project_ids: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind, oldest first; ``hidden`` more are not listed. ``key`` never changes."""

    key: str
    title: str
    changes: tuple[Change, ...]
    hidden: int = 0


def summary(before: View, after: View) -> list[str]:
    """Say how the totals of the pledge and of a filter moved, a sentence each."""
    old, new = before.headline, after.headline
    sentences = [_moved("Announced", old.announced, new.announced)]
    if not after.filter:
        sentences.append(_moved("Not yet announced", _rest(old), _rest(new)))
    projects = upper_first(spell_count(new.project_count, "project"))
    is_same = old.project_count == new.project_count
    was = "as" if is_same else spell_number(old.project_count)
    return [*sentences, f"{projects}, {was} before."]


def groups(before: View, after: View) -> list[Group]:
    """List what changed, by kind; kinds without a change are left out.

    Both views must be of one filter. A project that was announced in between is new and not a
    change of stage as well.
    """
    kinds = {
        "new-projects": _new_projects(before, after),
        "new-stages": _new_stages(before, after),
        "new-states": _new_states(before, after),
        "events": _events(before, after),
        "asides": _asides(before, after),
    }
    found = {key: list(changes) for key, changes in kinds.items()}
    return [
        Group(key, TITLES[key], tuple(changes[:MAX_ITEMS]), max(len(changes) - MAX_ITEMS, 0))
        for key, changes in found.items()
        if changes
    ]


def day_before_last_tranche(view: View) -> date:
    """Give the day from which to look when nobody has said so: before the latest tranche."""
    announced = [tranche.announced_on for tranche in view.pledge.tranches]
    return max(announced, default=view.pledge.signed_on) - timedelta(days=1)


def _moved(what: str, old: Amount, new: Amount) -> str:
    if (old.usd_bn, old.qualifier) == (new.usd_bn, new.qualifier):
        return f"{what}: {_words(new)}, as before."
    return f"{what}: {_words(new)}, {_words(old)} before."


def _words(amount: Amount) -> str:
    return amount.in_words() if amount.is_disclosed else "an undisclosed amount"


def _rest(headline: Any) -> Amount:
    return Amount(headline.unannounced_usd_bn, headline.unannounced_qualifier)


def _new_projects(before: View, after: View) -> Iterator[Change]:
    known = before.baseline.projects["project_id"]
    rows = after.projects[~after.projects["project_id"].isin(known)]
    for row in rows_of(rows.sort_values(["announced_at", "project_id"])):
        where = join_words(state_names(row.states))
        yield Change(
            f"{lower_first(str(amount_of(row)))} in {where}, tranche {row.tranche}",
            row.announced_on,
            (row.project_id,),
            tuple(row.source_ids.split(";")),
        )


def _new_stages(before: View, after: View) -> Iterator[Change]:
    columns = ["project_id", "stage", "stage_extent"]
    known = before.baseline.projects[columns]
    both = after.projects.merge(known, on="project_id", suffixes=("", "_before"), validate="1:1")
    has_moved = (both["stage"] != both["stage_before"]) | (
        both["stage_extent"] != both["stage_extent_before"]
    )
    moved = both[has_moved]
    dates = after.dataset.projects.set_index("project_id")["stage_date"]
    milestones = after.dataset.milestones
    for row in rows_of(moved):
        is_now = lower_first(stage_name(row.stage, row.stage_extent))
        was = lower_first(stage_name(row.stage_before, row.stage_extent_before))
        on = str(dates[row.project_id])
        reached = milestones[
            (milestones["project_id"] == row.project_id)
            & (milestones["stage"] == row.stage)
            & (milestones["date"] == on)
        ]
        cited = [source for cell in reached["source_ids"] for source in cell.split(";")]
        yield Change(
            f"{is_now}, {was} before",
            on,
            (row.project_id,),
            tuple(dict.fromkeys(cited)),
        )


def _new_states(before: View, after: View) -> Iterator[Change]:
    new = [code for code in after.headline.states if code not in before.headline.states]
    if new:
        yield Change(join_words(state_names(";".join(new))))


def _events(before: View, after: View) -> Iterator[Change]:
    """Go through what happened to the projects in view after the first day.

    An event that the data has for several projects in the same words is one.
    """
    milestones = after.milestones
    is_new = days(milestones["date"]) > pd.Timestamp(before.pledge.as_of)
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for row in rows_of(milestones[is_new]):
        key = (row.date, row.event, row.confidence, row.source_ids)
        found.setdefault(key, []).append(row.project_id)
    for (on, event, confidence, cited), projects in found.items():
        sources = tuple(cited.split(";"))
        yield Change(event, on, tuple(projects), sources, CONFIDENCES[confidence])


def _asides(before: View, after: View) -> Iterator[Change]:
    """Name the lists beside the pledge that were published in between."""
    first, last = before.pledge.as_of, after.pledge.as_of
    for aside in (after.pledge.agreements, after.pledge.interests):
        if aside and first < aside.dated <= last:
            yield Change(aside.title, aside.dated.isoformat(), source_ids=aside.source_ids)


def span(before: View, after: View) -> str:
    """Name the two days: ``1 March 2026 to 10 October 2026``."""
    first, last = (format_date(view.pledge.as_of.isoformat()) for view in (before, after))
    return f"{first} to {last}"
