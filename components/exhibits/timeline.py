"""Milestones: what happened to the projects on a timeline, with a lane for each stage."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from components.basics.formatting import format_date, join_clauses, join_words, labelled
from components.basics.messages import _, mark
from components.basics.palette import Theme
from components.drawing.event_lanes import Event, timeline
from components.exhibits import columns
from components.exhibits.columns import Column
from components.exhibits.exhibit import Exhibit, Scope
from components.facts.schema import STAGES
from components.views import summaries
from components.words import notes, wording
from components.words.notes import Note

MAX_EVENTS: Final = 300
"""At most this many milestones are drawn, the latest."""

NEWS: Final = "news"
"""The lane of events that change no stage."""

EVENT_STAGE = Column(
    "event_stage", "Stage", "Stage that the event brought the project to.", "choice"
)
EVENT_PROJECTS = Column(
    "projects",
    "Projects",
    "Names of the projects that the event concerns, or the pledge itself.",
    "text",
)


class Timeline(Exhibit):
    """Place the milestones of one project on a timeline."""

    id = "timeline"
    title = mark("Milestones")
    noun = mark("milestone")
    place = 80
    columns = (
        columns.of_event("date"),
        EVENT_STAGE,
        columns.EXTENT,
        columns.of_event("event"),
        columns.of_event("confidence"),
        columns.of_event("project_ids"),
        EVENT_PROJECTS,
    )
    key_columns = ("date", "event_stage", "event")
    scope = Scope.ONE_PROJECT

    @cached_property
    def events(self) -> Sequence[Event]:
        """The milestones that are drawn, oldest first."""
        is_single = len(self.view.projects) == 1
        return [
            Event(
                day=date.fromisoformat(
                    row.date if len(row.date) > len("2026-03") else f"{row.date}-01"
                ),
                written=row.date,
                lane=NEWS if row.stage in ("note", "candidate") else row.stage,
                text=row.event if is_single else labelled(self._whose(row), row.event),
                is_official=row.confidence == "official",
            )
            for row in summaries.rows_of(self.view.milestones.tail(MAX_EVENTS))
        ]

    @property
    def hidden(self) -> int:
        """How many earlier milestones are not drawn."""
        return len(self.view.milestones) - len(self.events)

    @cached_property
    def lanes(self) -> Mapping[str, str]:
        """The lanes by id, from the lowest to the highest."""
        has_ended = any(event.lane == "cancelled" for event in self.events)
        return {NEWS: _("Other news")} | {
            stage: label for stage, label in STAGES.items() if stage != "cancelled" or has_ended
        }

    @property
    def finding(self) -> str:
        """Whose milestones they are."""
        return wording.milestones_of(self.view)

    @cached_property
    def subtitle(self) -> str:
        """Whose milestones are drawn, and how many there are."""
        return wording.timeline_subtitle(self.view)

    @cached_property
    def notes(self) -> Sequence[Note]:
        """What the marks mean."""
        return notes.marks(events_drawn=len(self.events), hidden=self.hidden)

    @property
    def alt(self) -> str:
        """The events in words, oldest first."""
        items = [
            _(
                "{stage} {day}",
                stage=self.lanes[event.lane].lower(),
                day=format_date(event.written),
            )
            for event in self.events
        ]
        listed = wording.listed(items, hidden=self.hidden) or _("none is known")
        return _("Time line of milestones by stage: {events}.", events=listed)

    @cached_property
    def source_ids(self) -> list[str]:
        """The sources of the milestones, or of the projects where there are none."""
        return summaries.source_ids(self.view.milestones) or self.view.project_source_ids()

    def tabulate(self) -> pd.DataFrame:
        """List all milestones of the projects, oldest first."""
        events = self.view.milestones
        return events.assign(
            event_stage=events["stage"],
            stage_extent=events["extent"],
            projects=[
                join_clauses(wording.concerned(self.view, ids)) for ids in events["project_ids"]
            ],
        )

    def _whose(self, row: Any) -> str:
        return join_words(wording.concerned(self.view, row.project_ids))

    def draw(self, theme: Theme) -> go.Figure:
        """Draw a mark for each event in the lane of its stage."""
        return timeline(self.events, self.lanes, as_of=self.view.pledge.as_of, theme=theme)
