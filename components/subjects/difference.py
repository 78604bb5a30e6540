"""What changed between two days: totals, projects, stages, events, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from sys import maxsize
from typing import Any, Final

import numpy as np
import pandas as pd

from components.basics.amounts import Amount
from components.basics.formatting import (
    format_count,
    format_date,
    join_words,
    lower_first,
    spell_count,
    spell_number,
    upper_first,
)
from components.basics.messages import Labels, _
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

LATELY: Final = timedelta(days=30)
MARCH: Final = 3

TITLES: Final = Labels(
    {
        "new-projects": "Newly announced",
        "new-stages": "A further stage reached",
        "new-states": "States named for the first time",
        "events": "What happened",
        "added": "Added here",
        "asides": "Published beside the pledge",
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a text, the date as written in the data, its projects if any, its sources.

    ``confidence`` is a word for an event, and for an amount that is not official; "" otherwise.
    ``added_on`` and ``milestone_id`` are those of an event, which is one of the pledge itself if it
    has no projects. ``reported`` is what press reports alone add to an amount.
    """

    text: str
    on: str = ""
    project_ids: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    confidence: str = ""
    added_on: str = ""
    milestone_id: str = ""
    reported: str = ""
    reported_source_ids: tuple[str, ...] = ()


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
    sentences = [_moved(_("Announced"), old.announced, new.announced)]
    if not after.filter:
        what = _("Not yet announced of the {whole}", whole=new.pledged.in_words())
        sentences.append(_moved(what, old.unannounced, new.unannounced))
    projects = upper_first(spell_count(new.project_count, "project"))
    if old.project_count == new.project_count:
        return [*sentences, _("{projects}, as before.", projects=projects)]
    was = spell_number(old.project_count) if old.project_count else ""
    said = (
        _("{projects}, {before} before.", projects=projects, before=was)
        if was
        else _("{projects}, none before.", projects=projects)
    )
    return [*sentences, said]


def between(view: View, since: date) -> tuple[View, View]:
    """Return the filter of a view on the day ``since`` and on its own day, the earlier first.

    The stages of the filter are left out: a project may have had another stage on the other day.
    """
    chosen = view.filter.without("stage")
    latest = view.baseline.latest
    first, last = sorted([since, view.pledge.as_of])
    return latest.as_known_on(first).view(chosen), latest.as_known_on(last).view(chosen)


def is_past_data(before: View, after: View, since: date | None) -> bool:
    """Return whether no event can have happened since a day, only have been added to the data."""
    return since is not None and before.known_on is None and since >= after.pledge.as_of


def groups(
    before: View, after: View, *, since: date | None = None, is_whole: bool = False
) -> list[Group]:
    """Return the changes by kind, without the kinds that have none.

    Both views must have the same filter. A project announced in between counts as new, and not
    also as a change of stage. ``since`` is the first day where it may be past the data: then the
    changes are what was added here after it. A whole list has no limit.
    """
    limit = maxsize if is_whole else MAX_ITEMS
    kinds = {
        "new-projects": _new_projects(before, after, limit),
        "new-stages": _new_stages(before, after, limit),
        "new-states": _new_states(before, after),
        "events": _events(before, after, limit),
        "asides": _asides(before, after),
    }
    if since and is_past_data(before, after, since):
        kinds["added"] = _added(after, since, limit)
    return [
        Group(key, TITLES[key], tuple(changes), count - len(changes))
        for key, (changes, count) in kinds.items()
        if count
    ]


def count_added(before: View, after: View) -> int:
    """Return how many of the events in view were added to the data after one day, up to another."""
    added = days(after.milestones["added_on"])
    first, last = (pd.Timestamp(view.pledge.as_of) for view in (before, after))
    return int(((added > first) & (added <= last)).sum())


@dataclass(frozen=True, slots=True)
class Preset:
    """A first day on offer, with its label; ``is_newest`` if the last must then be the newest."""

    label: str
    since: date
    is_newest: bool = False


def presets(view: View, releases: Sequence[tuple[str, str]]) -> list[Preset]:
    """Return the first days on offer: lately, spring, the last tranche, the last release.

    ``releases`` are those of the data, newest first. One after which no event was added leads to
    nothing, so the one before it is offered: what came since is what its readers have not seen.
    """
    shown = [
        Preset(_("Last 30 days of the data"), view.pledge.as_of - LATELY),
        Preset(_("Since spring, 1 March"), _spring_before(view.pledge.as_of)),
        Preset(_("Since the last tranche"), day_before_last_tranche(view)),
    ]
    newest = view.baseline.latest
    has_news = [
        (name, date.fromisoformat(day))
        for name, day in releases
        if newest.newest.isoformat() <= day < newest.last_added.isoformat()
    ]
    shown += [
        Preset(_("Added since release {version}", version=name), day, is_newest=True)
        for name, day in has_news[:1]
    ]
    return shown


def _spring_before(day: date) -> date:
    """Return the last first of March up to a day."""
    return date(day.year if day.month >= MARCH else day.year - 1, MARCH, 1)


def day_before_last_tranche(view: View) -> date:
    """Return the default first day of a comparison: the day before the latest tranche."""
    announced = [tranche.announced_on for tranche in view.pledge.tranches]
    return max(announced, default=view.pledge.signed_on) - timedelta(days=1)


def _moved(what: str, old: Amount, new: Amount) -> str:
    now = new.in_words()
    if old == new or not (old.is_disclosed or new.is_disclosed):
        return _("{what}: {now}, as before.", what=what, now=now)
    return _("{what}: {now}, {before} before.", what=what, now=now, before=old.in_words())


Found = tuple[list[Change], int]
"""The listed changes, and the number of all changes."""


def _new_projects(before: View, after: View, limit: int) -> Found:
    known = before.baseline.projects["project_id"]
    rows = after.projects[~after.projects["project_id"].isin(known)]
    order = np.argsort(rows["announced_at"].to_numpy(), kind="stable")[:limit]
    places = rows.index[order]
    parts = after.dataset.projects["reported_source_ids"].loc[places]
    changes = [
        _new_project(row, part_source_ids)
        for row, part_source_ids in zip(rows_of(rows.loc[places]), parts, strict=True)
    ]
    return changes, len(rows)


def _new_project(row: Any, part_source_ids: str) -> Change:
    """Tell the official amount with its own sources, then the part that the press reports."""
    of_part = tuple(part_source_ids.split(";")) if part_source_ids else ()
    cited = tuple((row.amount_source_ids or row.source_ids).split(";"))
    return Change(
        _(
            "{amount} in {states}, tranche {number}",
            amount=lower_first(wording.project_label(row)),
            states=_places(row.states),
            number=row.tranche,
        ),
        row.announced_on,
        (row.project_id,),
        cited,
        confidence=_word(row.amount_confidence),
        reported=wording.reported_share(row),
        reported_source_ids=of_part,
    )


def _word(confidence: str) -> str:
    return CONFIDENCES.get(confidence, "")


def _new_stages(before: View, after: View, limit: int) -> Found:
    columns = ["project_id", "stage", "stage_extent"]
    known = before.baseline.projects[columns]
    both = after.projects[columns].merge(
        known, on="project_id", suffixes=("", "_before"), validate="1:1"
    )
    has_moved = (both["stage"] != both["stage_before"]) | (
        both["stage_extent"] != both["stage_extent_before"]
    )
    moved = both[has_moved]
    listed = moved.head(limit)
    projects = after.dataset.projects
    is_listed = projects["project_id"].isin(listed["project_id"])
    dates = dict(zip(*(projects[is_listed][name] for name in STAGE_DATE), strict=True))
    events = after.baseline.project_events
    events = events[events["project_id"].isin(listed["project_id"])]
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
    text = _("{now}, {before} before", now=is_now, before=was)
    return Change(text, on, (row.project_id,), tuple(dict.fromkeys(cited)))


def _new_states(before: View, after: View) -> Found:
    known = before.baseline.counts["state"]
    new = [code for code in after.headline.states if code not in known]
    return ([Change(join_words(state_names(";".join(new))))] if new else []), int(bool(new))


def _events(before: View, after: View, limit: int) -> Found:
    """Return the events after the first day."""
    events = after.milestones
    new = events[days(events["date"]) > pd.Timestamp(before.pledge.as_of)]
    return [_event(row) for row in rows_of(new.head(limit))], len(new)


def _added(view: View, since: date, limit: int) -> Found:
    """Return the events that were added to the data after a day, whenever they happened."""
    events = view.milestones
    new = events[days(events["added_on"]) > pd.Timestamp(since)]
    return [_event(row) for row in rows_of(new.head(limit))], len(new)


def _event(row: Any) -> Change:
    return Change(
        row.event,
        row.date,
        tuple(filter(None, row.project_ids.split(";"))),
        tuple(row.source_ids.split(";")),
        _word(row.confidence),
        added_on=row.added_on,
        milestone_id=row.milestone_id,
    )


def _places(states: str) -> str:
    names = state_names(states)
    left_out = len(names) - MAX_PLACES
    rest = [format_count(left_out, "more state")] if left_out > 0 else []
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


def span(before: View, after: View, since: date | None = None) -> str:
    """Return the days in words: ``1 March 2026 to 10 October 2026``, ``After 22 November 2026``."""
    if since and is_past_data(before, after, since):
        return _("After {day}", day=format_date(since.isoformat()))
    first, last = (format_date(view.pledge.as_of.isoformat()) for view in (before, after))
    return _("{first} to {last}", first=first, last=last)
