"""Announced by sector: ceilings and shared amounts hatched."""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from components.basics.messages import mark
from components.drawing.bars import Bar
from components.exhibits import columns
from components.exhibits.bar_chart import BarChart, amount_label, is_chosen
from components.views import summaries
from components.views.view import View
from components.words import wording


class BySector(BarChart):
    """Compare sectors; those that a sector filter leaves out are pale and can still be clicked."""

    id = "by-sector"
    title = mark("Announced by sector")
    noun = mark("sector")
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

    @property
    def finding(self) -> str:
        """Which sector has most of what is announced."""
        return wording.announced_by_sector(self.view)

    @cached_property
    def bars(self) -> Sequence[Bar]:
        """One bar for each sector with a project."""
        labels = self.view.baseline.vocabulary.sector
        return self.bars_of(self.view.sector_totals, labels, amount_label)

    @cached_property
    def segments(self) -> pd.DataFrame:
        """The segments of each bar."""
        return summaries.segments(self.view.parts_without("sector"), "sector")

    def tabulate(self) -> pd.DataFrame:
        """List the sectors, largest first."""
        return sector_rows(self.view)


def sector_rows(view: View) -> pd.DataFrame:
    """List the sectors, largest first; ``is_in_filter`` says whether the filter includes it."""
    totals = view.sector_totals
    labels = view.baseline.vocabulary.sector
    return totals.assign(
        sector_label=[labels[sector] for sector in totals["sector"]],
        is_in_filter=is_chosen(totals["sector"], view.filter.sector),
    )
