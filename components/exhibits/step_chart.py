"""What the charts of the pledge as steps have in common: notes, sources, amounts, drawing."""

from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property

import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.hatching import Hatching
from components.basics.palette import Theme
from components.drawing.steps import Step, pledge_progress
from components.exhibits.exhibit import Exhibit
from components.words import notes, wording
from components.words.notes import Note


class StepChart(Exhibit):
    """The pledge as steps, each where the one before ends, and the unannounced remainder."""

    cites_pledge = True

    @property
    @abstractmethod
    def steps(self) -> Sequence[Step]:
        """The steps in their order: what the filter shows of each, and all of it."""

    @property
    def own_notes(self) -> Sequence[Note]:
        """The notes of this chart alone."""
        return ()

    @cached_property
    def notes(self) -> Sequence[Note]:
        """Hatching, then own notes."""
        drawn = {Hatching.of(is_ceiling=s.whole.is_ceiling, is_shared=False) for s in self.steps}
        return [*notes.hatching(drawn), *self.own_notes]

    def draw(self, theme: Theme) -> go.Figure:
        """Draw the pledge as steps."""
        head = self.view.headline
        return pledge_progress(
            self.steps, pledge=head.pledged, remainder=wording.remainder(head), theme=theme
        )


def amount_columns(shown: Sequence[Amount], whole: Sequence[Amount]) -> dict[str, list[object]]:
    """Return the amounts in the filter and the amounts of everything, as columns."""
    return {
        "amount_usd_bn": [amount.usd_bn for amount in shown],
        "amount_qualifier": [amount.qualifier for amount in shown],
        "whole_usd_bn": [amount.usd_bn for amount in whole],
        "whole_qualifier": [amount.qualifier for amount in whole],
    }
