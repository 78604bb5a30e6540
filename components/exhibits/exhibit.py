"""An exhibit: one chart or map of a view, with everything that belongs to it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import ClassVar, Self

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from components.basics.messages import _
from components.basics.palette import Theme
from components.drawing.svg import figure_svg
from components.drawing.svg_elements import Link
from components.exhibits.columns import Column
from components.exhibits.readable import ReadableColumn, readable
from components.views.makeup import Makeup
from components.views.view import View
from components.words import notes, wording
from components.words.colophon import Colophon
from components.words.notes import Note


class Scope(Enum):
    """The views that an exhibit is drawn and exported for."""

    ANY_VIEW = auto()
    SEVERAL_PROJECTS = auto()
    ONE_PROJECT = auto()
    STATE_SHEET = auto()


@dataclass(frozen=True, slots=True)
class Made:
    """A bar with the makeup of its number; ``known`` are the projects that its name names."""

    name: str
    label: str
    makeup: Makeup
    known: tuple[str, ...] = ()


class Exhibit(ABC):
    """One chart or map of a view; each kind is a subclass in a file of its own.

    >>> chart = ByState.of(baseline.view(ProjectFilter()))
    >>> chart.title, chart.alt[:30]
    ('Announced by state', 'Bar chart of announced amounts')

    A class states what is the same for every view: ``id`` (used in links, never changes),
    ``title``, ``noun`` (what one row is), ``columns`` (all that its rows have, in their order),
    ``key_columns`` (names of those to show where space is short), ``place`` (its rank in lists of
    exhibits, in steps of ten), ``facet`` (what a click filters by, None for nothing), ``scope``
    (the views it is drawn and exported for), ``cites_pledge`` (whether it sets amounts against the
    pledge).
    An exhibit that keeps its proportions cannot be stretched.
    """

    id: ClassVar[str]
    noun: ClassVar[str]
    place: ClassVar[int]
    columns: ClassVar[tuple[Column, ...]]
    key_columns: ClassVar[tuple[str, ...]] = ()
    facet: ClassVar[str | None] = None
    scope: ClassVar[Scope] = Scope.ANY_VIEW
    keeps_proportions: ClassVar[bool] = False
    cites_pledge: ClassVar[bool] = False
    title: str

    def __init__(self, view: View) -> None:
        """Store the view; everything else is computed on first use."""
        self.view = view

    @classmethod
    def of(cls, view: View) -> Self:
        """Return the exhibit of a view, created once and cached with the view."""
        return view.cached(cls)

    @property
    def finding(self) -> str:
        """What it shows of this view in one clause: the title of a picture that leaves the page."""
        return wording.finding(self.view)

    @cached_property
    def subtitle(self) -> str:
        """What is measured, and which projects are in it."""
        return wording.subtitle(self.view, facet=self.facet)

    @cached_property
    def notes(self) -> Sequence[Note]:
        """What a reader must know about it; may be empty."""
        return ()

    @property
    def note(self) -> str:
        """The notes as one paragraph, which may be empty."""
        return notes.said(self.notes)

    @property
    @abstractmethod
    def alt(self) -> str:
        """What it shows, in words, for readers who cannot see it."""

    @cached_property
    def source_ids(self) -> list[str]:
        """The sources of what is drawn: of the projects, or of the pledge and all projects.

        They are more than those of the view where a facet only highlights.
        """
        if self.cites_pledge:
            return self.view.whole_source_ids
        return self.view.project_source_ids(without=self.facet)

    @cached_property
    def made(self) -> Sequence[Made]:
        """What the number of each bar is made of; empty for what has no bars."""
        return ()

    @property
    def source(self) -> str:
        """The line that names the leading publishers among the sources."""
        return wording.source_line(self.view, self.source_ids)

    @property
    def rows(self) -> pd.DataFrame:
        """The rows that are drawn, with exactly ``columns``; made when asked for, not cached."""
        return self.tabulate()[[column.name for column in self.columns]]

    @abstractmethod
    def tabulate(self) -> pd.DataFrame:
        """Compute the rows; they may have more columns than the exhibit states."""

    @abstractmethod
    def draw(self, theme: Theme) -> go.Figure:
        """Draw it as a figure in some theme."""

    def svg(self, theme: Theme, *, link: Link | None = None) -> Markup:
        """Draw it as SVG that is part of a page, ``theme.width`` pixels wide.

        What stands for a value of its ``facet`` is a link where ``link`` has an address for it.
        """
        return figure_svg(
            self.draw(theme),
            width=theme.width,
            label=self.alt,
            prefix=self.svg_prefix(theme),
            link=link,
        )

    def svg_prefix(self, theme: Theme) -> str:
        """Return what ids in its SVG begin with: a page may have it in several widths."""
        return f"{self.id}-{theme.width}"

    def readable(self, first: int = 0, last: int | None = None) -> list[ReadableColumn]:
        """Return rows ``first`` to ``last`` (excluded), by default all, as readers see them."""
        return readable(self.rows.iloc[first:last], self.columns)

    def colophon(self, *, link: str, note: str | None = None) -> Colophon:
        """Return its colophon; ``note`` replaces its own."""
        return Colophon.of(
            self.view,
            title=_(self.title),
            subtitle=self.subtitle,
            note=self.note if note is None else note,
            source=self.source,
            link=link,
        )
