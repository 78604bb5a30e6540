"""Announced by project: the largest projects of the view."""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from components.basics.messages import mark
from components.basics.palette import Theme
from components.drawing.bars import Bar, bars_with_titles
from components.exhibits import columns
from components.exhibits.bar_chart import MAX_BARS, BarChart, sector_styles
from components.views import summaries
from components.words import wording
from components.words.wording import project_label


class ByProject(BarChart):
    """Rank the projects of the view by amount."""

    id = "by-project"
    title = mark("Announced by project")
    noun = mark("project")
    place = 60
    columns = (
        columns.PROJECT_ID,
        columns.PROJECT,
        columns.declared("states"),
        columns.SECTOR,
        columns.SECTOR_LABEL,
        columns.declared("tranche"),
        columns.STAGE,
        columns.EXTENT,
        columns.AMOUNT,
        columns.QUALIFIER,
        columns.CONFIDENCE,
        columns.declared("amount_shared_with"),
        columns.REPORTED,
        columns.REPORTED_QUALIFIER,
    )
    key_columns = ("project", "amount_usd_bn")

    @property
    def finding(self) -> str:
        """For how many projects how much is announced."""
        return wording.announced_by_project(self.view)

    @cached_property
    def leading(self) -> pd.DataFrame:
        """The projects that are drawn, largest first."""
        return summaries.largest_projects(self.view.projects, limit=MAX_BARS)

    @cached_property
    def bars(self) -> Sequence[Bar]:
        """One bar for each of the largest projects."""
        return self.bars_of(self.leading, self.view.baseline.vocabulary.project, project_label)

    @property
    def hidden(self) -> int:
        """How many projects are not drawn."""
        return len(self.view.projects) - len(self.leading)

    @property
    def only(self) -> pd.DataFrame:
        """The projects that are drawn."""
        return self.leading

    @cached_property
    def segments(self) -> pd.DataFrame:
        """Each project with a disclosed amount, with its hatching."""
        return summaries.project_segments(self.leading)

    def tabulate(self) -> pd.DataFrame:
        """List the projects that are drawn."""
        labels = self.view.baseline.vocabulary.sector
        return self.leading.assign(
            sector_label=[labels[sector] for sector in self.leading["sector"]]
        )

    def draw(self, theme: Theme) -> go.Figure:
        """Draw a bar for each project, its name above it."""
        return bars_with_titles(
            self.bars, self.segments, sectors=sector_styles(self.view), theme=theme
        )
