"""Announced by state: a shared amount counts in full in each of its states, hatched."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from components.basics.amounts import Amount
from components.basics.messages import _, mark
from components.basics.us_states import STATE_NAMES
from components.drawing.bars import Bar
from components.exhibits import columns
from components.exhibits.bar_chart import MAX_BARS, BarChart, is_chosen
from components.views import summaries
from components.views.view import View
from components.words import notes, wording
from components.words.notes import Note

COLUMNS = (
    columns.STATE,
    columns.STATE_NAME,
    columns.AMOUNT,
    columns.QUALIFIER,
    columns.CEILING,
    columns.SHARED_WITH,
    columns.REPORTED,
    columns.REPORTED_QUALIFIER,
    columns.PROJECT_COUNT,
    columns.UNDISCLOSED_COUNT,
    columns.IN_FILTER,
)


class ByState(BarChart):
    """Compare states; those that a state filter leaves out are pale and can still be clicked."""

    id = "by-state"
    title = mark("Announced by state")
    noun = mark("state")
    place = 20
    columns = COLUMNS
    key_columns = ("state_name", "amount_usd_bn", "shared_with")
    facet = "state"

    @property
    def finding(self) -> str:
        """For how many states how much is announced."""
        return wording.announced_by_state(self.view)

    @cached_property
    def bars(self) -> Sequence[Bar]:
        """One bar for each of the largest states."""
        return self.bars_of(self.view.state_totals.head(MAX_BARS), STATE_NAMES, state_label)

    @property
    def hidden(self) -> int:
        """How many states with a project are not drawn."""
        return len(self.view.state_totals) - len(self.bars)

    @cached_property
    def segments(self) -> pd.DataFrame:
        """The segments of each bar."""
        return summaries.segments(self.view.state_parts, "state")

    @property
    def own_notes(self) -> Sequence[Note]:
        """That bars do not add up."""
        return notes.not_adding_up(self.segments)

    def tabulate(self) -> pd.DataFrame:
        """List the states that are drawn, largest first."""
        return state_rows(self.view).head(MAX_BARS)


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
    if row.sole_usd_bn:
        return _("{amount}, part shared", amount=label)
    return _("{amount} shared", amount=label)
