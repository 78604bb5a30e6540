"""Gates: what must hold between the next steps of a project and its milestones."""

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from components.facts.checks import days, items
from components.facts.faults import Fault

PROVEN_BY: Final = {
    "loan": ("financed",),
    "construction": ("construction", "operating"),
    "operation": ("operating",),
}
"""Gate -> the stages of which a project has a milestone once the gate is done."""

FILE: Final = "gates.csv"


def faults_of(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Check that gates are done in order, and that milestones know of those that are a stage."""
    if "gates" not in tables:
        return
    gates = tables["gates"]
    done = gates[gates["status"] == "done"]
    yield from _out_of_order(done, "date")
    yield from _out_of_order(gates[gates["status"] == "scheduled"], "expected_on")
    if "milestones" in tables and not gates.empty:
        yield from _against_milestones(gates, tables["milestones"])


def _out_of_order(gates: pd.DataFrame, column: str) -> Iterator[Fault]:
    """Name each start of operation before any start of works, which has to come first.

    One that is done needs works that are; one that is expected may follow works that began.
    """
    works = gates[gates["gate"] == "construction"]
    first_day = days(works[column]).groupby(works["project_id"]).min().to_dict()
    runs = gates[gates["gate"] == "operation"]
    cells = zip(runs.index, runs["project_id"], runs[column], days(runs[column]), strict=True)
    for row, project_id, date, day in cells:
        if project_id in first_day:
            if day < first_day[project_id]:
                allowed = f"not before the start of works of {project_id}"
                yield Fault(FILE, row, column, date, allowed)
        elif column == "date":
            allowed = f"a status other than done, since no start of works of {project_id} is"
            yield Fault(FILE, row, "status", "done", allowed)


def _against_milestones(gates: pd.DataFrame, milestones: pd.DataFrame) -> Iterator[Fault]:
    """Name each done gate that no milestone knows, and each that is not done although one does."""
    of_stage = gates[gates["gate"].isin(PROVEN_BY)]
    proving = {stage for proofs in PROVEN_BY.values() for stage in proofs}
    # Of a large folder most milestones prove nothing.
    events = milestones[milestones["stage"].isin(proving)]
    named = items(events["project_ids"])
    stages = events["stage"].loc[named.index]
    reached = set(zip(named.tolist(), stages.tolist(), strict=True))
    cells = [of_stage[name].tolist() for name in ("project_id", "gate", "status")]
    done = {(one, gate) for one, gate, status in zip(*cells, strict=True) if status == "done"}
    for row, project_id, gate, status in zip(of_stage.index, *cells, strict=True):
        proofs = PROVEN_BY[gate]
        wanted = " or ".join(proofs)
        is_reached = any((project_id, stage) in reached for stage in proofs)
        if status == "done" and not is_reached:
            allowed = f"a status other than done, unless {project_id} has a milestone: {wanted}"
            yield Fault(FILE, row, "status", status, allowed)
        elif status == "not_found" and is_reached and (project_id, gate) not in done:
            allowed = f"a row that is done, since {project_id} has a milestone: {wanted}"
            yield Fault(FILE, row, "status", status, allowed)
