"""What the bar charts have in common: sectors in colour, an alternative text, a limit of bars."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

from components.drawing.bars import Bar
from components.exhibits.exhibit import Exhibit, Scope
from components.views.view import View
from components.words import wording

MAX_BARS: Final = 20
"""A bar chart draws at most this many bars, and says how many more there are."""


class BarChart(Exhibit):
    """A chart with one bar for each ``noun``; a single project gives nothing to compare."""

    scope = Scope.SEVERAL_PROJECTS

    @property
    @abstractmethod
    def bars(self) -> Sequence[Bar]:
        """The bars from top to bottom."""

    @property
    def hidden(self) -> int:
        """How many bars are not drawn."""
        return 0

    @property
    def alt(self) -> str:
        """The bars in words; only the first where there are many."""
        items = [f"{bar.name} {bar.label}" for bar in self.bars]
        listed = wording.listed(items, hidden=self.hidden)
        return f"Bar chart of announced amounts by {self.noun}: {listed}."


def sector_styles(view: View) -> dict[str, tuple[str, str]]:
    """Return each sector's label and colour name."""
    colours = view.pledge.sector_colours
    return {sector.sector: (sector.label, colours[sector.sector]) for sector in view.pledge.sectors}
