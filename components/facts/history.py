"""History: a data folder as it was known on an earlier day."""

import math
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from components.basics.messages import JAPANESE, in_context, in_japanese
from components.facts.checks import days
from components.facts.dataset import Dataset, with_stages
from components.facts.mentions import by_project, limited_to
from components.facts.parties import with_parties
from components.facts.pledge import Aside, Pledge
from components.facts.schema import MILESTONE_STAGES, STAGES

REPORTED: Final = ("reported_usd_bn", "reported_qualifier", "reported_source_ids")
ALSO: Final = ("also_bn", "also_currency", "also_source_ids")
"""Figures of a project with sources of their own: the number, its word, its sources."""

LEARNT: Final = (
    "what",
    "date",
    "expected_on",
    "expected_until",
    "decided_by",
    "docket",
    "confidence",
    "note",
    "source_ids",
)
"""What a source tells of a step, and so nobody knew before it was published."""

MAX_MARKS: Final = 60
"""The most marks on a timeline; more would overlap."""


def as_known_on(dataset: Dataset, day: date) -> Dataset:
    """Return the data without what is dated after a day, its stages computed again.

    The date of a project is its announcement, of a milestone, money event or tranche its own; of
    agreements and interests that of their list; of terms, roles, expected steps, values of a
    conflict, reported parts of an amount and its value in another currency that of their first
    source; of steps done or filed their own. A milestone of several
    projects names those announced by then; the day on which it was added to the data does not
    matter. A date without a day counts from the first of its month, a source without a date was
    always there. Words, amounts and sources of what is left are those of the present data, and so
    are gaps: what has not been found since was not known then. Data in Japanese stay so.
    """
    if dataset.english is not dataset:
        return as_known_on(dataset.english, day).in_language(JAPANESE)
    projects = dataset.projects[_is_known(dataset.projects["announced_on"], day)]
    milestones = dataset.milestones[_is_known(dataset.milestones["date"], day)]
    events = limited_to(milestones, projects["project_id"])
    money = dataset.money[_is_known(dataset.money["date"], day)]
    published = published_by(dataset.sources, day)
    projects = projects.reset_index(drop=True)
    for figures in (REPORTED, ALSO):
        projects = _without_late(projects, figures, published)
    is_out = [_is_any(cell.split(";"), published) for cell in dataset.roles["source_ids"]]
    roles = _of_projects(dataset.roles[pd.Series(is_out, dtype=bool)], projects)
    return replace(
        dataset,
        pledge=_pledge_on(dataset.pledge, day, published=published),
        projects=with_parties(with_stages(projects, events), roles),
        roles=roles,
        gates=_of_projects(_gates_on(dataset.gates, day, published), projects),
        milestones=events.reset_index(drop=True),
        money=money.reset_index(drop=True),
        agreements=_listed_by(dataset.agreements, dataset.pledge.agreements, day),
        interests=_listed_by(dataset.interests, dataset.pledge.interests, day),
        conflicts=_disputed_by(dataset.conflicts, published),
    )


def _of_projects(rows: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["project_id"].isin(projects["project_id"])].reset_index(drop=True)


def _gates_on(gates: pd.DataFrame, day: date, published: Collection[str]) -> pd.DataFrame:
    """Return the gates as they were known on a day: what was not known then is not found.

    The days of the last search go: it was later.
    """
    cited = gates["source_ids"].tolist()
    is_out = pd.Series([_is_any(cell.split(";"), published) for cell in cited], dtype=bool)
    is_expected = (gates["status"] == "scheduled") & is_out
    is_dated = (gates["date"] != "") & _is_known(gates["date"], day)
    is_known = is_dated | is_expected | ((gates["status"] == "not_found") & is_out)
    then = gates.assign(looked_on="")
    then.loc[~is_known, list(LEARNT)] = ""
    then.loc[~is_known, "status"] = "not_found"
    return then


def _is_known(dates: pd.Series, day: date) -> pd.Series:
    return days(dates) <= pd.Timestamp(day)


def _without_late(
    projects: pd.DataFrame, figures: tuple[str, str, str], published: Collection[str]
) -> pd.DataFrame:
    """Empty a number and its two columns where none of the published sources gives it."""
    number, word, source_ids = figures
    cells = projects[source_ids].tolist()
    late = [bool(cell) and not _is_any(cell.split(";"), published) for cell in cells]
    if not any(late):
        return projects
    known = projects.copy()
    known.loc[late, number] = math.nan
    known.loc[late, [word, source_ids]] = ""
    return known


def published_by(sources: pd.DataFrame, day: date) -> set[str]:
    """Return the ids of the sources that were published by a day; those without a date always."""
    is_out = (sources["published_on"] == "") | _is_known(sources["published_on"], day)
    return set(sources["source_id"][is_out])


def _pledge_on(pledge: Pledge, day: date, *, published: Collection[str]) -> Pledge:
    tranches = tuple(tranche for tranche in pledge.tranches if tranche.announced_on <= day)
    terms = tuple(term for term in pledge.terms if _is_any(term.source_ids, published))
    # The last search was later than any past day, and what was searched by then is not known.
    known = {"as_of": day, "searched_on": None, "tranches": tranches, "terms": terms}
    return pledge.model_copy(update=known)


def _listed_by(rows: pd.DataFrame, aside: Aside | None, day: date) -> pd.DataFrame:
    return rows if aside is None or aside.dated <= day else rows.iloc[:0]


def _disputed_by(conflicts: pd.DataFrame, published: Collection[str]) -> pd.DataFrame:
    """Return the conflicts with at least two published values."""
    sides = [conflicts[f"{side}_source_ids"].tolist() for side in "abc"]
    is_open = [
        sum(bool(cell) and _is_any(cell.split(";"), published) for cell in cells) > 1
        for cells in zip(*sides, strict=True)
    ]
    return conflicts[pd.Series(is_open, index=conflicts.index, dtype=bool)].reset_index(drop=True)


def _is_any(source_ids: Iterable[str], published: Collection[str]) -> bool:
    return any(source in published for source in source_ids)


def marks(dataset: Dataset) -> list[tuple[date, str]]:
    """List the days with events, oldest first, each with its counts: ``3 announced, 1 note``.

    An event that brought several projects to a stage counts for each of them, any other once. Only
    the last ``MAX_MARKS`` days are listed; a month without a day counts as its first.
    """
    milestones = dataset.milestones
    moved = by_project(milestones[milestones["stage"].isin(STAGES)])
    events = pd.concat([moved, milestones[~milestones["stage"].isin(STAGES)]], ignore_index=True)
    stamps = days(events["date"])
    latest = sorted(stamps.unique())[-MAX_MARKS:]
    counts = events["stage"].groupby([stamps, events["stage"]]).size()
    return [(stamp.date(), _counted(counts[stamp].to_dict())) for stamp in latest]


def _counted(counts: dict[str, int]) -> str:
    return ("、" if in_japanese() else ", ").join(
        in_context(
            "events of a day", "{count} {stage}", count=f"{counts[stage]:,}", stage=label.lower()
        )
        for stage, label in MILESTONE_STAGES.items()
        if stage in counts
    )
