"""Announced by sector: ceilings and shared amounts hatched."""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.palette import Theme
from components.drawing.bars import Bar, bars_by_group
from components.exhibits import columns
from components.exhibits.bar_chart import BarChart, sector_styles
from components.exhibits.by_state import is_chosen
from components.views import summaries
from components.views.view import View
from components.words import notes
from components.words.notes import Note


class BySector(BarChart):
    """Compare sectors; those that a sector filter leaves out are pale and can still be clicked."""

    id = "by-sector"
    title = "Announced by sector"
    noun = "sector"
    place = 50
    columns = (
        columns.SECTOR,
        columns.SECTOR_LABEL,
        columns.AMOUNT,
        columns.QUALIFIER,
        columns.CEILING,
        columns.PROJECT_COUNT,
        columns.UNDISCLOSED_COUNT,
        columns.IN_FILTER,
    )
    key_columns = ("sector_label", "amount_usd_bn")
    facet = "sector"

    @cached_property
    def bars(self) -> Sequence[Bar]:
        """One bar for each sector with a project."""
        chosen, labels = self.view.filter.sector, self.view.baseline.vocabulary.sector
        return [
            Bar(
                id=row.sector,
                name=labels.get(row.sector, row.sector),
                amount=Amount.of(row),
                label=str(Amount.of(row)),
                is_faded=bool(chosen) and row.sector not in chosen,
            )
            for row in summaries.rows_of(self.view.sector_totals)
        ]

    @cached_property
    def segments(self) -> pd.DataFrame:
        """The segments of each bar."""
        return summaries.segments(self.view.parts_without("sector"), "sector")

    @cached_property
    def notes(self) -> Sequence[Note]:
        """Hatching, press reports."""
        return [
            *notes.hatching(set(self.segments["hatching"])),
            *notes.reported(self.view.projects_without("sector")),
        ]

    def tabulate(self) -> pd.DataFrame:
        """List the sectors, largest first."""
        return sector_rows(self.view)

    def draw(self, theme: Theme) -> go.Figure:
        """Draw a bar for each sector, in its colour."""
        return bars_by_group(
            self.bars, self.segments, by="sector", sectors=sector_styles(self.view), theme=theme
        )


def sector_rows(view: View) -> pd.DataFrame:
    """List the sectors, largest first; ``is_in_filter`` says whether the filter includes it."""
    totals = view.sector_totals
    labels = view.baseline.vocabulary.sector
    return totals.assign(
        sector_label=[labels[sector] for sector in totals["sector"]],
        is_in_filter=is_chosen(totals["sector"], view.filter.sector),
    )
