"""What changed between two days: totals, projects, stages, events, in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from components.basics.amounts import Amount
from components.basics.formatting import (
    format_date,
    join_words,
    lower_first,
    spell_count,
    spell_number,
    upper_first,
)
from components.facts.checks import days
from components.facts.schema import CONFIDENCES, stage_name
from components.subjects.one_project import state_names
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

MAX_ITEMS: Final = 30
"""At most this many changes of one kind are listed; the rest is counted."""

MAX_PLACES: Final = 6
"""A change names at most this many states."""

STAGE_DATE: Final = ("project_id", "stage_date")
EVENT_KEYS: Final = ["date", "event", "confidence", "source_ids"]
"""Events that agree in these columns are one event, recorded for several projects."""

TITLES: Final = {
    "new-projects": "Newly announced",
    "new-stages": "A further stage reached",
    "new-states": "States named for the first time",
    "events": "What happened",
    "asides": "Published beside the pledge",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a text, the date as written in the data, its projects if any, its sources.

    ``confidence`` is a word for an event, "" for a computed change.
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
    """Return how the totals of the pledge and of a filter changed, one sentence each."""
    old, new = before.headline, after.headline
    sentences = [_moved("Announced", old.announced, new.announced)]
    if not after.filter:
        sentences.append(_moved("Not yet announced", old.unannounced, new.unannounced))
    projects = upper_first(spell_count(new.project_count, "project"))
    is_same = old.project_count == new.project_count
    was = "as" if is_same else (spell_number(old.project_count) if old.project_count else "none")
    return [*sentences, f"{projects}, {was} before."]


def groups(before: View, after: View) -> list[Group]:
    """Return the changes by kind, without the kinds that have none.

    Both views must have the same filter. A project announced in between counts as new, and not
    also as a change of stage.
    """
    kinds = {
        "new-projects": _new_projects(before, after),
        "new-stages": _new_stages(before, after),
        "new-states": _new_states(before, after),
        "events": _events(before, after),
        "asides": _asides(before, after),
    }
    return [
        Group(key, TITLES[key], tuple(changes), count - len(changes))
        for key, (changes, count) in kinds.items()
        if count
    ]


def day_before_last_tranche(view: View) -> date:
    """Return the default first day of a comparison: the day before the latest tranche."""
    announced = [tranche.announced_on for tranche in view.pledge.tranches]
    return max(announced, default=view.pledge.signed_on) - timedelta(days=1)


def _moved(what: str, old: Amount, new: Amount) -> str:
    if old == new or not (old.is_disclosed or new.is_disclosed):
        return f"{what}: {new.in_words()}, as before."
    return f"{what}: {new.in_words()}, {old.in_words()} before."


Found = tuple[list[Change], int]
"""The listed changes, and the number of all changes."""


def _new_projects(before: View, after: View) -> Found:
    known = before.baseline.projects["project_id"]
    rows = after.projects[~after.projects["project_id"].isin(known)]
    order = np.argsort(rows["announced_at"].to_numpy(), kind="stable")[:MAX_ITEMS]
    changes = [
        Change(
            f"{lower_first(wording.project_amount(row))} in {_places(row.states)}, "
            f"tranche {row.tranche}",
            row.announced_on,
            (row.project_id,),
            tuple(row.source_ids.split(";")),
        )
        for row in rows_of(rows.iloc[order])
    ]
    return changes, len(rows)


def _new_stages(before: View, after: View) -> Found:
    columns = ["project_id", "stage", "stage_extent"]
    known = before.baseline.projects[columns]
    both = after.projects[columns].merge(
        known, on="project_id", suffixes=("", "_before"), validate="1:1"
    )
    has_moved = (both["stage"] != both["stage_before"]) | (
        both["stage_extent"] != both["stage_extent_before"]
    )
    moved = both[has_moved]
    listed = moved.head(MAX_ITEMS)
    projects = after.dataset.projects
    is_listed = projects["project_id"].isin(listed["project_id"])
    dates = dict(zip(*(projects[is_listed][name] for name in STAGE_DATE), strict=True))
    events = after.milestones[after.milestones["project_id"].isin(listed["project_id"])]
    changes = [_stage_change(row, dates[row.project_id], events) for row in rows_of(listed)]
    return sorted(changes, key=lambda change: change.on), len(moved)


def _stage_change(row: Any, on: str, events: pd.DataFrame) -> Change:
    is_now = lower_first(stage_name(row.stage, row.stage_extent))
    was = lower_first(stage_name(row.stage_before, row.stage_extent_before))
    reached = events[
        (events["project_id"] == row.project_id)
        & (events["stage"] == row.stage)
        & (events["date"] == on)
    ]
    cited = [source for cell in reached["source_ids"] for source in cell.split(";")]
    return Change(f"{is_now}, {was} before", on, (row.project_id,), tuple(dict.fromkeys(cited)))


def _new_states(before: View, after: View) -> Found:
    known = before.baseline.counts["state"]
    new = [code for code in after.headline.states if code not in known]
    return ([Change(join_words(state_names(";".join(new))))] if new else []), int(bool(new))


def _events(before: View, after: View) -> Found:
    """Return the events of the projects in view after the first day.

    An event that the data has for several projects in the same words counts once.
    """
    milestones = after.milestones
    new = milestones[days(milestones["date"]) > pd.Timestamp(before.pledge.as_of)]
    first = new[~new.duplicated(EVENT_KEYS)]
    listed = first.head(MAX_ITEMS)
    told = listed[EVENT_KEYS].merge(new, on=EVENT_KEYS, how="left")
    projects: dict[tuple[str, ...], list[str]] = {}
    for row in rows_of(told):
        key = (row.date, row.event, row.confidence, row.source_ids)
        projects.setdefault(key, []).append(row.project_id)
    changes = [
        Change(event, on, tuple(ids), tuple(cited.split(";")), CONFIDENCES[confidence])
        for (on, event, confidence, cited), ids in projects.items()
    ]
    return changes, len(first)


def _places(states: str) -> str:
    names = state_names(states)
    rest = [f"{len(names) - MAX_PLACES} more"] if len(names) > MAX_PLACES else []
    return join_words([*names[:MAX_PLACES], *rest])


def _asides(before: View, after: View) -> Found:
    """Return the lists apart from the pledge that were published in between."""
    first, last = before.pledge.as_of, after.pledge.as_of
    changes = [
        Change(aside.title, aside.dated.isoformat(), source_ids=aside.source_ids)
        for aside in (after.pledge.agreements, after.pledge.interests)
        if aside and first < aside.dated <= last
    ]
    return changes, len(changes)


def span(before: View, after: View) -> str:
    """Return the two days in words: ``1 March 2026 to 10 October 2026``."""
    first, last = (format_date(view.pledge.as_of.isoformat()) for view in (before, after))
    return f"{first} to {last}"
