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
from components.basics.us_states import STATE_NAMES
from components.facts.mentions import concerning
from components.facts.schema import CONFIDENCES, MONEY_STEPS, PRECISIONS, stage_name
from components.views.filters import ProjectFilter
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

SIDES: Final = ("a", "b", "c")
"""The values that a row of conflicts.csv can hold."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One known fact about a project; ``confidence`` is a word or ""."""

    term: str
    value: str
    confidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """All that the data has on one project.

    ``milestones`` are oldest first; ``conflicts`` and ``gaps`` are rows of those tables.
    """

    project: Any
    facts: tuple[Fact, ...]
    milestones: pd.DataFrame
    conflicts: pd.DataFrame
    gaps: pd.DataFrame

    @property
    def source_ids(self) -> list[str]:
        """Every source of the project: of its row, its milestones, and the values in conflict."""
        return cited_in([self.project.source_ids], self.milestones, self.conflicts)


def of_project(view: View, project_id: str) -> Dossier:
    """Return the dossier of a project; its id must be in the data."""
    own = view.baseline.view(ProjectFilter(project=(project_id,)))
    (project,) = rows_of(own.rows())
    return Dossier(
        project=project,
        facts=tuple(fact for fact in _facts(project, own) if fact.value or fact.note),
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
    return [
        Fact(
            "Announced amount",
            f"{upper_first(amount.in_words())}{wording.also_given(project, long=True)}"
            if amount.is_disclosed
            else str(amount),
            CONFIDENCES.get(project.amount_confidence, ""),
            project.amount_note,
        ),
        Fact(
            "Shares the amount with",
            join_words(sharers),
            "",
            "One official amount for all of them; a total counts it once." if sharers else "",
        ),
        Fact(
            "Part reported for this project",
            upper_first(part.in_words()) if part.is_disclosed else "",
            CONFIDENCES["reported"] if part.is_disclosed else "",
        ),
        Fact("Share of the pledge", _share(amount, own)),
        Fact(*_states(states)),
        Fact("Stage", f"{stage}, since {format_date(project.stage_date)}"),
        *_money(own),
        Fact(
            "Place",
            project.place,
            CONFIDENCES.get(project.place_confidence, ""),
            project.place_note,
        ),
        Fact("County", project.county),
        Fact("How precisely known", _precision(project)),
        Fact(
            "Capacity",
            _capacity(project),
            CONFIDENCES.get(project.capacity_confidence, ""),
            project.capacity_note,
        ),
        Fact("Who builds", project.developer),
        Fact(
            f"Who in {own.pledge.investor} takes part",
            join_words(project.japanese_parties.split(";") if project.japanese_parties else []),
            "",
            project.parties_note,
        ),
        Fact("Expected output", project.expected_output),
        Fact("Technology", project.technology),
    ]


def _money(own: View) -> list[Fact]:
    """Return a fact for each step of the money that any source reports for the project."""
    return [
        Fact(
            MONEY_STEPS[step],
            upper_first(wording.money_whole(total, in_report=False)),
            CONFIDENCES[total.confidence],
            wording.join_sentences(
                *(wording.join_sentences(row.note, wording.conversion(row)) for row in total.events)
            ),
        )
        for step, total in own.money_totals.items()
        if total.is_found
    ]


def _share(amount: Amount, view: View) -> str:
    return amount.share_of(view.pledge.total) if amount.is_disclosed else ""


def _states(names: list[str]) -> tuple[str, str, str, str]:
    if len(names) == 1:
        return "State", names[0], "", ""
    every = "both" if len(names) == 2 else "each"
    rule = (
        "One amount for all of them, which no source divides. It stands in full in "
        f"{every} and counts once in any total."
    )
    return "Shared by", join_words(names), "", rule


def _precision(project: Any) -> str:
    text = PRECISIONS[project.location_precision]
    if math.isnan(project.latitude):
        return text
    return f"{text}, at {project.latitude:g}° north and {abs(project.longitude):g}° " + (
        "west" if project.longitude < 0 else "east"
    )


def _capacity(project: Any) -> str:
    if math.isnan(project.capacity):
        return ""
    return f"{format_number(project.capacity)} {project.capacity_unit}"
