"""How much of the pledge is announced: each tranche and the remainder against the pledge."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.hatching import Hatching
from components.basics.messages import _, mark
from components.basics.palette import Theme
from components.drawing.steps import Step, pledge_progress
from components.exhibits import columns
from components.exhibits.columns import Column
from components.exhibits.exhibit import Exhibit, Made
from components.views import makeup
from components.views.filters import ProjectFilter
from components.words import notes, wording
from components.words.notes import Note

PART = Column("part", "Part of the pledge", "The pledge, a tranche or the remainder.", "text")

AMOUNT = replace(
    columns.AMOUNT,
    title=mark("Amount"),
    description=mark(
        "What the part comes to: pledged, announced in a tranche, or not announced yet."
    ),
)


class Progress(Exhibit):
    """Set each tranche and the unannounced remainder against the pledge, as steps."""

    id = "progress"
    title = mark("How much of the pledge is announced")
    noun = mark("part of the pledge")
    place = 30
    columns = (
        PART,
        AMOUNT,
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
            Step(_("Tranche {number}", number=number), shown.get(number, Amount(0.0)), whole)
            for number, whole in self.view.baseline.tranche_totals.items()
        ]

    @cached_property
    def subtitle(self) -> str:
        """The headline figures before what is measured and which projects are in it."""
        figures = wording.headline_figures(self.view)
        return wording.join_sentences(figures, wording.subtitle(self.view))

    @cached_property
    def notes(self) -> Sequence[Note]:
        """Hatching, then the data's notes on the totals of tranches."""
        drawn = {Hatching.of(is_ceiling=s.whole.is_ceiling, is_shared=False) for s in self.steps}
        return [*notes.hatching(drawn), *notes.tranches(self.view.pledge.tranches)]

    @cached_property
    def made(self) -> Sequence[Made]:
        """What the pledge, each tranche in the filter and the remainder are made of."""
        tranches = makeup.of_tranches(self.view)
        head = self.view.headline
        rest = Made(_("Unannounced"), str(head.unannounced), makeup.of_unannounced(self.view))
        return [
            Made(_("Pledge"), str(head.pledged), makeup.of_pledge(self.view)),
            *(
                Made(
                    _("Tranche {number}", number=number), str(self.view.tranche_totals[number]), own
                )
                for number, own in tranches.items()
            ),
            rest,
        ]

    @cached_property
    def source_ids(self) -> list[str]:
        """The sources of the pledge and its tranches, then of their parts and the deadline."""
        pledge = self.view.pledge
        whole = makeup.of_tranches(self.view.baseline.view(ProjectFilter()))
        cited = [
            pledge.total_source_ids,
            *(tranche.source_ids for tranche in pledge.tranches),
            *(bar.makeup.source_ids for bar in self.made),
            *(parts.source_ids for parts in whole.values()),
        ]
        return list(dict.fromkeys(source for ids in cited for source in ids))

    @property
    def alt(self) -> str:
        """Pledge, announced part, the part of it in the filter, and the remainder."""
        head = self.view.headline
        said = {
            "pledged": head.pledged,
            "announced": head.whole_announced,
            "rest": wording.remainder(head),
        }
        if not self.view.filter:
            return _(
                "Step chart of the pledge: {pledged} pledged, {announced} announced, {rest} "
                "unannounced.",
                **said,
            )
        return _(
            "Step chart of the pledge: {pledged} pledged, {announced} announced, {part} of it in "
            "this filter, {rest} unannounced.",
            part=head.announced,
            **said,
        )

    def tabulate(self) -> pd.DataFrame:
        """List pledge, tranches and remainder: what the filter shows of each, and all of it."""
        head = self.view.headline
        parts = [
            (_("Pledge"), head.pledged, head.pledged),
            *((step.name, step.shown, step.whole) for step in self.steps),
            (_("Unannounced"), head.unannounced, head.unannounced),
        ]
        return pd.DataFrame(
            {
                "part": [name for name, *_amounts in parts],
                "amount_usd_bn": [shown.usd_bn for _name, shown, _whole in parts],
                "amount_qualifier": [shown.qualifier for _name, shown, _whole in parts],
                "whole_usd_bn": [whole.usd_bn for *_others, whole in parts],
                "whole_qualifier": [whole.qualifier for *_others, whole in parts],
            }
        )

    def draw(self, theme: Theme) -> go.Figure:
        """Draw the pledge as steps, each where the one before ends."""
        head = self.view.headline
        return pledge_progress(
            self.steps, pledge=head.pledged, remainder=wording.remainder(head), theme=theme
        )
