"""Announced over time: the sum from signing to deadline, against an even pace."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.formatting import format_date
from components.basics.messages import _, mark
from components.basics.palette import Theme
from components.drawing.course import Course, announced_over_time
from components.exhibits import columns
from components.exhibits.columns import Column
from components.exhibits.exhibit import Exhibit
from components.views import summaries
from components.words import notes, wording
from components.words.notes import Note

SUM = Column(
    "cumulative_usd_bn",
    "Announced so far",
    "Sum of all amounts announced up to and including this day.",
    "number",
    "US$ billions",
)
SUM_QUALIFIER = Column(
    "cumulative_qualifier",
    "Qualifier of the sum",
    "Whether the sum is exact, approximate or a ceiling.",
    "choice",
)
EVEN_PACE = Column(
    "even_pace_usd_bn",
    "Even pace",
    "What an even pace from signing to deadline would have reached; own calculation.",
    "number",
    "US$ billions",
)
NEEDED = Column(
    "needed_usd_bn_a_year",
    "Needed a year",
    "What would have to be announced a year from this day on, by all projects together, for the "
    "whole pledge to be announced by the deadline; at least that, where the sum is a ceiling; own "
    "calculation.",
    "number",
    "US$ billions",
)


class OverTime(Exhibit):
    """Follow the announced sum from signing to deadline, against an even pace."""

    id = "over-time"
    title = mark("Announced over time")
    noun = mark("day on which something was announced, and for the day of the data")
    place = 70
    columns = (
        columns.declared("announced_on"),
        columns.AMOUNT,
        columns.QUALIFIER,
        SUM,
        SUM_QUALIFIER,
        columns.PROJECT_COUNT,
        EVEN_PACE,
        NEEDED,
    )
    cites_pledge = True
    key_columns = ("announced_on", "amount_usd_bn", "cumulative_usd_bn")

    @cached_property
    def course(self) -> Course:
        """The signing, the deadline, the as-of date and the total of the pledge."""
        pledge = self.view.pledge
        return Course(pledge.total, pledge.signed_on, pledge.as_of, pledge.deadline)

    @cached_property
    def notes(self) -> Sequence[Note]:
        """That the even pace is our own calculation."""
        pace = self.course.even_pace_on(self.view.pledge.as_of)
        return notes.pace(self.view, even_pace_usd_bn=pace)

    @property
    def alt(self) -> str:
        """The last steps, the pace and the goal."""
        pledge = self.view.pledge
        steps = [
            _(
                "{amount} by {day}",
                amount=Amount.of(row, "cumulative"),
                day=format_date(row.announced_on),
            )
            for row in summaries.rows_of(self.view.steps.tail(wording.MAX_LISTED))
        ]
        deadline = format_date(pledge.deadline.isoformat())
        goal = _("{amount} by {day}", amount=pledge.total, day=deadline)
        return wording.join_sentences(
            _("Step chart of the announced sum: {steps}.", steps=wording.listed(steps)),
            self.note,
            _("The pledge is {goal}.", goal=goal),
        )

    def tabulate(self) -> pd.DataFrame:
        """List the days with an announcement, then that of the data, with the paces on each."""
        steps = self.view.steps
        as_of = self.view.pledge.as_of
        if steps.empty or steps["announced_at"].iloc[-1].date() < as_of:
            steps = pd.DataFrame([*steps.to_dict("records"), self._nothing_on(as_of)])
        days = [stamp.date() for stamp in steps["announced_at"]]
        whole = self.view.baseline.steps
        announced = [_sum_by(whole, stamp) for stamp in steps["announced_at"]]
        needed = [self.course.needed_a_year(*one) for one in zip(days, announced, strict=True)]
        return steps.assign(
            even_pace_usd_bn=[round(self.course.even_pace_on(day), 1) for day in days],
            needed_usd_bn_a_year=[round(one, 1) for one in needed],
        )

    def _nothing_on(self, day: date) -> dict[str, object]:
        """Return the row of a day on which nothing was announced."""
        steps = self.view.steps
        last = Amount(0.0) if steps.empty else Amount.of(steps.iloc[-1], "cumulative")
        return {
            "announced_at": pd.Timestamp(day),
            "announced_on": day.isoformat(),
            "amount_usd_bn": 0.0,
            "amount_qualifier": "exact",
            "cumulative_usd_bn": last.usd_bn,
            "cumulative_qualifier": last.qualifier,
            "project_count": 0,
        }

    def draw(self, theme: Theme) -> go.Figure:
        """Draw the sum as steps, for the filter and for all projects, and the pace."""
        return announced_over_time(
            self.view.steps, self.view.baseline.steps, course=self.course, theme=theme
        )


def _sum_by(steps: pd.DataFrame, stamp: pd.Timestamp) -> float:
    """Return what was announced by a day, 0 where nothing or no amount was."""
    known = steps[steps["announced_at"] <= stamp]
    return 0.0 if known.empty else Amount.of(known.iloc[-1], "cumulative").drawn_usd_bn
