"""Where the announced money goes: the states by amount, and the published sites."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk
from markupsafe import Markup

from components.basics.amounts import Amount
from components.basics.messages import _, mark
from components.basics.palette import Theme
from components.basics.us_states import STATE_NAMES
from components.drawing import maps
from components.drawing.maps import StateMark, Swatch
from components.drawing.outline_map import state_svg
from components.drawing.svg_elements import Link
from components.exhibits.by_state import COLUMNS, state_label, state_rows
from components.exhibits.exhibit import Exhibit
from components.views import summaries
from components.words import notes, wording
from components.words.notes import Note

NAMES_ON_HOVER: Final = 4


class StateMap(Exhibit):
    """Map the states: as a figure for files, as a deck with clickable states for the screen."""

    id = "map"
    title = mark("Where the announced money goes")
    noun = mark("state")
    place = 10
    columns = COLUMNS
    key_columns = ("state_name", "amount_usd_bn", "shared_with")
    facet = "state"
    keeps_proportions = True

    @cached_property
    def marks(self) -> Sequence[StateMark]:
        """Every state of the map with its amount and its text."""
        view = self.view
        rows = {row.state: row for row in summaries.rows_of(view.state_totals)}
        projects = view.projects_without("state")
        names = summaries.project_names_by_state(projects, limit=NAMES_ON_HOVER)
        marks = []
        for outline in view.dataset.outlines.features:
            row = rows.get(outline.state)
            amount = Amount.of(row) if row else Amount()
            shared_with = row.shared_with.split(";") if row and row.shared_with else []
            count = int(row.project_count) if row else 0
            marks.append(
                StateMark(
                    state=outline.state,
                    name=STATE_NAMES.get(outline.state, outline.state),
                    amount=amount,
                    project_count=count,
                    is_shared=bool(shared_with),
                    is_selected=outline.state in view.filter.state,
                    label=state_label(row) if row else "",
                    hover=wording.state_hover(
                        amount,
                        project_count=count,
                        names=names.get(outline.state, []),
                        shared_with=shared_with,
                        as_of=view.pledge.as_of,
                    ),
                )
            )
        return marks

    @cached_property
    def source_ids(self) -> list[str]:
        """The sources of the amounts, then those of the places that have a pin."""
        amounts = self.view.amount_source_ids(without=self.facet)
        places = summaries.source_ids(self.view.sites, "place_source_ids")
        return list(dict.fromkeys([*amounts, *places]))

    @cached_property
    def notes(self) -> Sequence[Note]:
        """Ceilings, states without an outline, press reports."""
        drawn = {outline.state for outline in self.view.dataset.outlines.features}
        codes = [code for code in self.view.state_totals["state"] if code not in drawn]
        return [
            *notes.ceilings(self.view),
            *notes.absent([STATE_NAMES.get(code, code) for code in codes]),
            *notes.reported(self.view.without("state")),
        ]

    @property
    def alt(self) -> str:
        """The states with a project, largest first."""
        return described(
            [
                _(
                    "{name} {amount}",
                    name=STATE_NAMES.get(row.state, row.state),
                    amount=state_label(row),
                )
                for row in summaries.rows_of(self.view.state_totals)
            ]
        )

    def tabulate(self) -> pd.DataFrame:
        """List all states that have a project, largest first."""
        return state_rows(self.view)

    def draw(self, theme: Theme) -> go.Figure:
        """Draw the map as a figure that can be saved."""
        outlines = self.view.dataset.outlines
        return maps.state_figure(self.marks, self.view.sites, outlines=outlines, theme=theme)

    def deck(self, theme: Theme) -> pdk.Deck:
        """Draw the map for the screen, where its states can be clicked."""
        outlines = self.view.dataset.outlines
        return maps.state_deck(self.marks, self.view.sites, outlines=outlines, theme=theme)

    def svg(self, theme: Theme, *, link: Link | None = None) -> Markup:
        """Draw the map as SVG that is part of a page, its states as links where they have one."""
        return state_svg(
            self.marks,
            self.view.sites,
            outlines=self.view.dataset.outlines,
            theme=theme,
            label=self.alt,
            prefix=self.svg_prefix(theme),
            link=link,
        )

    def legend(self, theme: Theme) -> list[Swatch]:
        """Explain the shades, the hatching and the circles of the map."""
        return maps.legend(self.marks, self.view.sites, theme)


def described(items: Sequence[str]) -> str:
    """Return the text alternative of a map from its states and their amounts, largest first."""
    where = wording.listed(items) or _("no state has a project in this filter")
    return _("Map of the United States, states shaded by announced amount: {states}.", states=where)
