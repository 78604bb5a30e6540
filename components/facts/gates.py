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
    yield from _out_of_order(done)
    if "milestones" in tables:
        yield from _unproven(done, tables["milestones"])


def _out_of_order(done: pd.DataFrame) -> Iterator[Fault]:
    """Name each start of operation before any start of works, which has to come first."""
    works = done[done["gate"] == "construction"]
    first_day = days(works["date"]).groupby(works["project_id"]).min().to_dict()
    runs = done[done["gate"] == "operation"]
    cells = zip(runs.index, runs["project_id"], runs["date"], days(runs["date"]), strict=True)
    for row, project_id, date, day in cells:
        if project_id not in first_day:
            allowed = f"a status other than done, since no start of works of {project_id} is"
            yield Fault(FILE, row, "status", "done", allowed)
        elif day < first_day[project_id]:
            yield Fault(FILE, row, "date", date, f"not before the start of works of {project_id}")


def _unproven(done: pd.DataFrame, milestones: pd.DataFrame) -> Iterator[Fault]:
    named = items(milestones["project_ids"])
    stages = milestones["stage"].loc[named.index]
    reached = set(zip(named.tolist(), stages.tolist(), strict=True))
    for row, project_id, gate in zip(done.index, done["project_id"], done["gate"], strict=True):
        proofs = PROVEN_BY.get(gate)
        if proofs and not any((project_id, stage) in reached for stage in proofs):
            wanted = " or ".join(proofs)
            allowed = f"a status other than done, unless {project_id} has a milestone: {wanted}"
            yield Fault(FILE, row, "status", "done", allowed)
