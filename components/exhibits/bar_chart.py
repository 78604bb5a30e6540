"""What the bar charts have in common: bars of coloured segments, notes, text alternative."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.messages import _
from components.basics.palette import Theme
from components.drawing.bars import Bar, bars_by_group
from components.exhibits.exhibit import Exhibit, Made, Scope
from components.views import makeup
from components.views.summaries import rows_of
from components.views.view import View
from components.words import notes, wording
from components.words.notes import Note

MAX_BARS: Final = 20
"""A bar chart draws at most this many bars, and says how many more there are."""


class BarChart(Exhibit):
    """A chart with one bar for each ``noun``; a single project gives nothing to compare.

    The first of its columns holds the id of a bar.
    """

    scope = Scope.SEVERAL_PROJECTS

    @property
    @abstractmethod
    def bars(self) -> Sequence[Bar]:
        """The bars from top to bottom."""

    @property
    @abstractmethod
    def segments(self) -> pd.DataFrame:
        """What the bars are made of: id of the bar, ``sector``, ``hatching``, amount, qualifier."""

    @property
    def hidden(self) -> int:
        """How many bars are not drawn."""
        return 0

    @property
    def only(self) -> pd.DataFrame | None:
        """The projects that the bars add up, if not all that match but for the facet."""
        return None

    @property
    def own_notes(self) -> Sequence[Note]:
        """The notes of this chart alone."""
        return ()

    @cached_property
    def notes(self) -> Sequence[Note]:
        """Hatching, own notes, bars not drawn, press reports."""
        return [
            *notes.hatching(set(self.segments["hatching"])),
            *notes.reported_marks(self.segments),
            *self.own_notes,
            *notes.not_drawn(self.hidden),
            *notes.reported(self.view.without(self.facet)),
        ]

    @cached_property
    def made(self) -> Sequence[Made]:
        """What each bar that is drawn is made of."""
        kind, whole = self.facet or "project", self.view.without(self.facet)
        found = makeup.of_bars(whole, kind, [bar.id for bar in self.bars], only=self.only)
        return [
            Made(bar.name, bar.label, found[bar.id], (bar.id,) if kind == "project" else ())
            for bar in self.bars
        ]

    @cached_property
    def source_ids(self) -> list[str]:
        """The sources of the amounts alone; those that decide on a bar come first."""
        deciding = [one for bar in self.made for one in bar.makeup.source_ids]
        every = self.view.amount_source_ids(without=self.facet)
        return list(dict.fromkeys([*deciding, *every]))

    @property
    def alt(self) -> str:
        """The bars in words; only the first where there are many."""
        items = [_("{name} {amount}", name=bar.name, amount=bar.label) for bar in self.bars]
        listed = wording.listed(items, hidden=self.hidden)
        noun = _(self.noun)
        return _("Bar chart of announced amounts by {noun}: {bars}.", noun=noun, bars=listed)

    def draw(self, theme: Theme) -> go.Figure:
        """Draw a bar for each, in the colours of its sectors."""
        sectors, by = sector_styles(self.view), self.columns[0].name
        return bars_by_group(self.bars, self.segments, by=by, sectors=sectors, theme=theme)

    def bars_of(
        self, rows: pd.DataFrame, names: Mapping[str, str], label: Callable[[Any], str]
    ) -> list[Bar]:
        """Return a bar for each row; those that a filter on this facet leaves out are pale."""
        key, chosen = self.columns[0].name, self.view.filter.of(self.facet) if self.facet else ()
        return [
            Bar(
                id=getattr(row, key),
                name=names.get(getattr(row, key), getattr(row, key)),
                amount=Amount.of(row),
                label=label(row),
                is_faded=bool(chosen) and getattr(row, key) not in chosen,
            )
            for row in rows_of(rows)
        ]


def amount_label(row: Any) -> str:
    """Return the amount of a row as a label."""
    return str(Amount.of(row))


def sector_styles(view: View) -> dict[str, tuple[str, str]]:
    """Return each sector's label and colour name."""
    colours = view.pledge.sector_colours
    return {sector.sector: (sector.label, colours[sector.sector]) for sector in view.pledge.sectors}


def is_chosen(ids: pd.Series, chosen: Sequence[str]) -> pd.Series:
    """Return for each id whether a filter includes it; an empty filter includes all."""
    return ids.isin(chosen) if chosen else pd.Series(data=True, index=ids.index, dtype=bool)
