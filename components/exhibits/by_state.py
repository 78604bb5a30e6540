"""Announced by state: a shared amount counts in full in each of its states, hatched."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.palette import Theme
from components.basics.us_states import STATE_NAMES
from components.drawing.bars import Bar, bars_by_group
from components.exhibits import columns
from components.exhibits.bar_chart import MAX_BARS, BarChart, sector_styles
from components.views import summaries
from components.views.view import View
from components.words import notes
from components.words.notes import Note

COLUMNS = (
    columns.STATE,
    columns.STATE_NAME,
    columns.AMOUNT,
    columns.QUALIFIER,
    columns.CEILING,
    columns.SHARED_WITH,
    columns.PROJECT_COUNT,
    columns.UNDISCLOSED_COUNT,
    columns.IN_FILTER,
)


class ByState(BarChart):
    """Compare states; those that a state filter leaves out are pale and can still be clicked."""

    id = "by-state"
    title = "Announced by state"
    noun = "state"
    place = 20
    columns = COLUMNS
    key_columns = ("state_name", "amount_usd_bn", "shared_with")
    facet = "state"

    @cached_property
    def bars(self) -> Sequence[Bar]:
        """One bar for each of the largest states."""
        chosen = self.view.filter.state
        return [
            Bar(
                id=row.state,
                name=STATE_NAMES.get(row.state, row.state),
                amount=Amount.of(row),
                label=state_label(row),
                is_faded=bool(chosen) and row.state not in chosen,
            )
            for row in summaries.rows_of(self.view.state_totals.head(MAX_BARS))
        ]

    @property
    def hidden(self) -> int:
        """How many states with a project are not drawn."""
        return len(self.view.state_totals) - len(self.bars)

    @cached_property
    def segments(self) -> pd.DataFrame:
        """The segments of each bar."""
        return summaries.segments(self.view.state_parts, "state")

    @cached_property
    def notes(self) -> Sequence[Note]:
        """Hatching, that bars do not add up, bars not drawn, press reports."""
        return [
            *notes.hatching(set(self.segments["hatching"])),
            *notes.not_adding_up(self.segments),
            *notes.not_drawn(self.hidden),
            *notes.reported(self.view.projects_without("state")),
        ]

    def tabulate(self) -> pd.DataFrame:
        """List the states that are drawn, largest first."""
        return state_rows(self.view).head(MAX_BARS)

    def draw(self, theme: Theme) -> go.Figure:
        """Draw a bar for each state, in the colours of its sectors."""
        return bars_by_group(
            self.bars, self.segments, by="state", sectors=sector_styles(self.view), theme=theme
        )


def state_rows(view: View) -> pd.DataFrame:
    """List all states, largest first; ``is_in_filter`` says whether the filter includes it."""
    totals = view.state_totals
    return totals.assign(
        state_name=[STATE_NAMES.get(code, code) for code in totals["state"]],
        is_in_filter=is_chosen(totals["state"], view.filter.state),
    )


def state_label(row: Any) -> str:
    """Write the amount of a state, and whether it is shared in whole or part."""
    label = str(Amount.of(row))
    if not row.shared_with:
        return label
    return f"{label}, part shared" if row.sole_usd_bn else f"{label} shared"


def is_chosen(ids: pd.Series, chosen: Sequence[str]) -> pd.Series:
    """Return for each id whether a filter includes it; an empty filter includes all."""
    return ids.isin(chosen) if chosen else pd.Series(data=True, index=ids.index, dtype=bool)
