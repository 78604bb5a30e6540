"""How much of the pledge is announced: each tranche and the remainder against the pledge."""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.hatching import Hatching
from components.basics.palette import Theme
from components.drawing.steps import Step, pledge_progress
from components.exhibits import columns
from components.exhibits.columns import Column
from components.exhibits.exhibit import Exhibit
from components.words import notes
from components.words.notes import Note

PART = Column("part", "Part of the pledge", "The pledge, a tranche or the remainder.", "text")


class Progress(Exhibit):
    """Set each tranche and the unannounced remainder against the pledge."""

    id = "progress"
    title = "How much of the pledge is announced"
    noun = "part of the pledge"
    place = 30
    columns = (
        PART,
        columns.AMOUNT,
        columns.QUALIFIER,
        columns.WHOLE,
        columns.WHOLE_QUALIFIER,
    )
    key_columns = ("part", "amount_usd_bn", "whole_usd_bn")

    @cached_property
    def steps(self) -> Sequence[Step]:
        """One step for each tranche: what the filter shows of it, and all of it."""
        shown = self.view.tranche_totals
        return [
            Step(f"Tranche {number}", shown.get(number, Amount(0.0)), whole)
            for number, whole in self.view.baseline.tranche_totals.items()
        ]

    @cached_property
    def notes(self) -> Sequence[Note]:
        """Hatching, and the data's notes on the totals of tranches."""
        return [
            *notes.hatching(hatchings(self.steps)),
            *notes.tranches(self.view.pledge.tranches),
        ]

    @property
    def alt(self) -> str:
        """Pledge, announced part, the part of it in the filter, and the remainder."""
        head = self.view.headline
        shown = f", {head.announced} of it in this filter" if self.view.filter else ""
        return (
            f"Step chart of the pledge: {head.pledged} pledged, {head.whole_announced} "
            f"announced{shown}, {head.unannounced} unannounced."
        )

    @cached_property
    def source_ids(self) -> list[str]:
        """The sources of the pledge and of all projects."""
        return self.view.whole_source_ids

    def tabulate(self) -> pd.DataFrame:
        """List pledge, tranches and remainder: what the filter shows of each, and all of it."""
        head = self.view.headline
        parts = [
            ("Pledge", head.pledged, head.pledged),
            *((step.name, step.shown, step.whole) for step in self.steps),
            ("Unannounced", head.unannounced, head.unannounced),
        ]
        return pd.DataFrame(
            {
                "part": [name for name, _, _ in parts],
                **amount_columns([shown for _, shown, _ in parts], [whole for *_, whole in parts]),
            }
        )

    def draw(self, theme: Theme) -> go.Figure:
        """Draw the pledge as steps."""
        head = self.view.headline
        return pledge_progress(
            self.steps, pledge=head.pledged, unannounced=head.unannounced, theme=theme
        )


def amount_columns(shown: Sequence[Amount], whole: Sequence[Amount]) -> dict[str, list[object]]:
    """Return the amounts in the filter and the amounts of everything, as columns."""
    return {
        "amount_usd_bn": [amount.usd_bn for amount in shown],
        "amount_qualifier": [amount.qualifier for amount in shown],
        "whole_usd_bn": [amount.usd_bn for amount in whole],
        "whole_qualifier": [amount.qualifier for amount in whole],
    }


def hatchings(steps: Sequence[Step]) -> set[Hatching]:
    """Return the hatchings that steps are drawn with."""
    return {Hatching.of(is_ceiling=step.whole.is_ceiling, is_shared=False) for step in steps}
