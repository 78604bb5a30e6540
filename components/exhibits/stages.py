"""How far the money is: the amount at each stage against the pledge, and what the loans cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from components.basics.amounts import Amount
from components.drawing.steps import Step
from components.exhibits import columns
from components.exhibits.columns import Column
from components.exhibits.step_chart import StepChart, amount_columns
from components.views import summaries
from components.views.filters import ProjectFilter
from components.views.summaries import StageTotal
from components.views.view import View
from components.words import notes, wording
from components.words.notes import Note

MAX_LOANS: Final = 20
NONE: Final = StageTotal(Amount(0.0), 0, 0)
STAGE_LABEL = Column("stage_label", "Stage", "Stage at which the projects stand.", "text")


class Stages(StepChart):
    """Compare the amount at each stage, and the unannounced remainder, with the pledge."""

    id = "stages"
    title = "How far the money is"
    noun = "stage"
    place = 40
    columns = (
        STAGE_LABEL,
        columns.AMOUNT,
        columns.QUALIFIER,
        columns.WHOLE,
        columns.WHOLE_QUALIFIER,
        columns.PROJECT_COUNT,
        columns.PART_COUNT,
    )

    @cached_property
    def whole(self) -> View:
        """The view of all projects on the same day."""
        return self.view.baseline.view(ProjectFilter())

    @cached_property
    def steps(self) -> Sequence[Step]:
        """One step for each stage: the amount in the filter, and all of it."""
        return [
            Step(
                name=wording.rung(stage),
                shown=self._shown(stage).amount,
                whole=total.amount,
                remark=wording.stage_remark(self._shown(stage), total),
            )
            for stage, total in self.whole.stage_totals.items()
        ]

    @property
    def own_notes(self) -> Sequence[Note]:
        """What it means to stand at a stage."""
        return notes.stages(self.whole)

    @property
    def alt(self) -> str:
        """The stages with their labels, the pledge and the remainder."""
        head = self.view.headline
        items = wording.listed([f"{step.name} {step.label}" for step in self.steps])
        return (
            f"Step chart of the pledge by stage: {head.pledged} pledged; {items}; "
            f"{head.unannounced} unannounced."
        )

    def tabulate(self) -> pd.DataFrame:
        """List the stages with the amount at each: in the filter, and of all projects."""
        shown = [self._shown(stage) for stage in self.whole.stage_totals]
        return pd.DataFrame(
            {
                "stage_label": [step.name for step in self.steps],
                **amount_columns([s.shown for s in self.steps], [s.whole for s in self.steps]),
                "project_count": [total.project_count for total in shown],
                "part_count": [total.part_count for total in shown],
            }
        )

    def _shown(self, stage: str) -> StageTotal:
        return self.view.stage_totals.get(stage, NONE)


@dataclass(frozen=True, slots=True)
class Loan:
    """What an event says about loans that cover a part of some projects, named in full."""

    on: str
    event: str
    projects: tuple[str, ...]
    source_ids: tuple[str, ...]


def loans_in_part(view: View) -> list[Loan]:
    """Return the latest events of loans that cover projects in part."""
    events = view.milestones
    return [
        Loan(
            row.date,
            row.event,
            tuple(wording.concerned(view, row.project_ids)),
            tuple(row.source_ids.split(";")),
        )
        for row in summaries.rows_of(events[events["extent"] == "part"].tail(MAX_LOANS))
    ]
