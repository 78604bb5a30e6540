"""The dossier of one project: every fact with its confidence, events, and open questions."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import pandas as pd

from components.basics.amounts import Amount
from components.basics.formatting import (
    format_date,
    format_number,
    join_words,
    upper_first,
)
from components.basics.messages import _, in_context, in_japanese, mark
from components.basics.us_states import STATE_NAMES
from components.facts.mentions import concerning
from components.facts.schema import CONFIDENCES, MONEY_STEPS, PRECISIONS, stage_name
from components.subjects import next_steps
from components.views.filters import ProjectFilter
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

SIDES: Final = ("a", "b", "c")
"""The values that a row of conflicts.csv can hold."""

OWN_SHARE: Final = mark("Own calculation: the amount divided by the pledge.")
APPROXIMATE_PIN: Final = mark("It marks the place approximately and has no source of its own.")


@dataclass(frozen=True, slots=True)
class Fact:
    """One known fact about a project; ``confidence`` is a word or "".

    The first of its sources decides.
    """

    term: str
    value: str
    confidence: str = ""
    note: str = ""
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """All that the data has on one project.

    ``roles`` and ``steps`` are rows of roles.csv and gates.csv, steps in their order;
    ``milestones`` are oldest first; ``conflicts`` and ``gaps`` are rows of those tables.
    """

    project: Any
    facts: tuple[Fact, ...]
    roles: tuple[Any, ...]
    steps: tuple[Any, ...]
    milestones: pd.DataFrame
    conflicts: pd.DataFrame
    gaps: pd.DataFrame

    @property
    def source_ids(self) -> list[str]:
        """Every source of the project: of its row, and of all that is about it."""
        rows = (self.project, *self.roles, *self.steps)
        return cited_in([row.source_ids for row in rows], self.milestones, self.conflicts)


def of_project(view: View, project_id: str) -> Dossier:
    """Return the dossier of a project; its id must be in the data."""
    own = view.baseline.view(ProjectFilter(project=(project_id,)))
    (project,) = rows_of(own.rows())
    return Dossier(
        project=project,
        facts=tuple(fact for fact in _facts(project, own) if fact.value or fact.note),
        roles=tuple(rows_of(own.roles)),
        steps=tuple(next_steps.ordered(own)),
        milestones=own.milestones,
        conflicts=concerning(view.dataset.conflicts, [project_id]),
        gaps=concerning(view.dataset.gaps, [project_id]),
    )


def cited_in(cells: Iterable[str], milestones: pd.DataFrame, conflicts: pd.DataFrame) -> list[str]:
    """Return the source ids that cells, milestones and conflicting values cite, in this order."""
    sides = [conflicts[f"{side}_source_ids"] for side in SIDES]
    every = chain(cells, milestones["source_ids"], *sides)
    return list(dict.fromkeys(one for cell in every for one in cell.split(";") if one))


def state_names(codes: str) -> list[str]:
    """Return the names of the states whose codes are joined by ``;``."""
    return [STATE_NAMES.get(code, code) for code in codes.split(";") if code]


def _facts(project: Any, own: View) -> list[Fact]:
    amount = Amount.of(project)
    states = state_names(project.states)
    part = wording.reported_part(project)
    names = own.baseline.vocabulary.project
    sharers = [names.get(one, one) for one in project.amount_shared_with.split(";") if one]
    stage = stage_name(project.stage, project.stage_extent)
    named = _event(own, stage="announced")
    reached = _event(own, stage=project.stage, date=project.stage_date)
    return [
        Fact(
            _("Announced amount"),
            f"{upper_first(amount.in_words())}{wording.also_given(project, long=True)}"
            if amount.is_disclosed
            else str(amount),
            *_known(project, "amount"),
        ),
        Fact(
            _("Shares the amount with"),
            join_words(sharers),
            "",
            _("One official amount for all of them; a total counts it once.") if sharers else "",
        ),
        Fact(
            _("Part reported for this project"),
            upper_first(part.in_words()) if part.is_disclosed else "",
            CONFIDENCES["reported"] if part.is_disclosed else "",
            source_ids=_ids(project.reported_source_ids),
        ),
        Fact(
            _("Share of the pledge"),
            _share(amount, own),
            note=_(OWN_SHARE) if amount.is_disclosed else "",
        ),
        _states(states, named),
        Fact(
            _("Stage"),
            _("{stage}, since {day}", stage=stage, day=format_date(project.stage_date)),
            reached.confidence,
            source_ids=reached.source_ids,
        ),
        *_money(own),
        Fact(_("Place"), project.place, *_known(project, "place")),
        Fact(
            _("County"),
            in_context("county", "{county}", county=project.county) if project.county else "",
            *_known(project, "county"),
        ),
        _precision(project),
        Fact(_("Capacity"), _capacity(project), *_known(project, "capacity")),
        Fact(
            _("Who builds"),
            project.developer,
            *_known(project, "developer"),
        ),
        Fact(_("Expected output"), project.expected_output),
        Fact(_("Technology"), project.technology),
    ]


def _money(own: View) -> list[Fact]:
    """Return a fact for each step of the money that any source reports for the project."""
    return [
        Fact(
            MONEY_STEPS[step],
            upper_first(wording.money_whole(total, own, in_report=False)),
            CONFIDENCES[total.confidence],
            wording.join_sentences(
                *(wording.join_sentences(row.note, wording.conversion(row)) for row in total.events)
            ),
            total.source_ids,
        )
        for step, total in own.money_totals.items()
        if total.is_found
    ]


def _share(amount: Amount, view: View) -> str:
    return amount.share_of(view.pledge.total) if amount.is_disclosed else ""


def _known(project: Any, fact: str) -> tuple[str, str, tuple[str, ...]]:
    """Return how sure a fact of the data is, what is noted of it, and its sources."""
    return (
        CONFIDENCES.get(getattr(project, f"{fact}_confidence"), ""),
        getattr(project, f"{fact}_note", ""),
        _ids(getattr(project, f"{fact}_source_ids")),
    )


def _ids(cell: str) -> tuple[str, ...]:
    return tuple(one for one in cell.split(";") if one)


@dataclass(frozen=True, slots=True)
class _Told:
    """How sure an event is, in a word, and its sources; empty where no event is known."""

    confidence: str = ""
    source_ids: tuple[str, ...] = ()


def _event(own: View, *, stage: str, date: str = "") -> _Told:
    """Return the first event of one project at a stage, on a date if one is given."""
    events = own.milestones
    is_it = events["stage"] == stage
    if date:
        is_it &= events["date"] == date
    for row in rows_of(events[is_it].head(1)):
        return _Told(CONFIDENCES.get(row.confidence, ""), _ids(row.source_ids))
    return _Told()


def _states(names: list[str], named: _Told) -> Fact:
    """Return the states, which the announcement names."""
    if len(names) == 1:
        return Fact(_("State"), names[0], named.confidence, source_ids=named.source_ids)
    rule = (
        _(
            "One amount for all of them, which no source divides. It stands in full in both and "
            "counts once in any total."
        )
        if len(names) == 2
        else _(
            "One amount for all of them, which no source divides. It stands in full in each and "
            "counts once in any total."
        )
    )
    return Fact(_("Shared by"), join_words(names), named.confidence, rule, named.source_ids)


def _precision(project: Any) -> Fact:
    """Return how precisely the place is known, and the pin with how sure that is."""
    text = PRECISIONS[project.location_precision]
    if math.isnan(project.latitude):
        return Fact(_("How precisely known"), text)
    said = {
        "precision": text,
        "latitude": f"{project.latitude:g}",
        "longitude": f"{abs(project.longitude):g}",
    }
    is_exact = project.location_precision == "exact"
    return Fact(
        _("Pin on the map"),
        _("{precision}, at {latitude}° north and {longitude}° west", **said)
        if project.longitude < 0
        else _("{precision}, at {latitude}° north and {longitude}° east", **said),
        CONFIDENCES.get(project.pin_confidence, ""),
        "" if is_exact else _(APPROXIMATE_PIN),
        _ids(project.place_source_ids) if is_exact else (),
    )


def _capacity(project: Any) -> str:
    if math.isnan(project.capacity):
        return ""
    # A unit in Japanese letters stands right after its figure.
    between = "" if in_japanese() else " "
    return f"{format_number(project.capacity)}{between}{project.capacity_unit}"
