"""The state on the map: only the states of the filter are shaded, for the sheet of a state."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from components.basics.formatting import join_words
from components.basics.messages import _
from components.basics.palette import Theme
from components.basics.us_states import STATE_NAMES
from components.drawing import maps
from components.drawing.maps import StateMark
from components.drawing.outline_map import state_svg
from components.drawing.svg_elements import Link
from components.exhibits.by_state import COLUMNS, state_rows
from components.exhibits.exhibit import Exhibit, Scope
from components.exhibits.state_map import StateMap, described
from components.words import notes, wording
from components.words.notes import Note


class OwnMap(Exhibit):
    """Map only the states of the filter; a click on it does not filter."""

    id = "state-map"
    noun = "state"
    place = 90
    columns = COLUMNS
    scope = Scope.STATE_SHEET
    keeps_proportions = True

    @property
    def title(self) -> str:  # type: ignore[override]  # Other exhibits have one title for all views.
        """The names of the states that are shaded."""
        names = [STATE_NAMES.get(code, code) for code in self.view.filter.state]
        return _("{states} on the map", states=join_words(names)) if names else StateMap.title

    @cached_property
    def marks(self) -> Sequence[StateMark]:
        """Every state of the map, those outside the filter as plain land."""
        is_free = not self.view.filter.state
        return [
            mark if mark.is_selected or is_free else replace(mark, project_count=0, is_shared=False)
            for mark in StateMap.of(self.view).marks
        ]

    @cached_property
    def notes(self) -> Sequence[Note]:
        """Ceilings and press reports of the shaded states."""
        return [
            *notes.ceilings(self.view, only=self.view.filter.state),
            *notes.reported(self.view),
        ]

    @cached_property
    def subtitle(self) -> str:
        """What is measured, and which projects are in it."""
        return wording.subtitle(self.view)

    @property
    def alt(self) -> str:
        """The states that are shaded, in the order of the outlines."""
        lit = [mark for mark in self.marks if mark.project_count]
        items = [
            _("{name} {amount}", name=mark.name, amount=wording.state_amount(mark.amount))
            for mark in lit
        ]
        return described(items)

    def tabulate(self) -> pd.DataFrame:
        """List the states of the filter that have projects; all such states where it names none."""
        rows = state_rows(self.view)
        return rows[rows["is_in_filter"]].reset_index(drop=True)

    def draw(self, theme: Theme) -> go.Figure:
        """Draw the map as a figure."""
        outlines = self.view.dataset.outlines
        return maps.state_figure(self.marks, self.view.sites_here, outlines=outlines, theme=theme)

    def legend(self, theme: Theme) -> list[maps.Swatch]:
        """Explain the shades, the hatching and the circles of the map."""
        return maps.legend(self.marks, self.view.sites_here, theme)

    def svg(self, theme: Theme, *, link: Link | None = None) -> Markup:
        """Draw the map as SVG that is part of a page."""
        return state_svg(
            self.marks,
            self.view.sites_here,
            outlines=self.view.dataset.outlines,
            theme=theme,
            label=self.alt,
            prefix=self.svg_prefix(theme),
            link=link,
        )
