"""The charts and the map of a view, each with its words, its rows and the way to draw it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Any, Final, Literal, TypeVar

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from components.basics.amounts import Amount
from components.basics.formatting import format_usd_bn
from components.basics.palette import Theme
from components.basics.us_states import STATE_NAMES
from components.drawing import charts, maps
from components.exhibits import listings
from components.facts.schema import STAGES
from components.views import summaries
from components.views.filters import ProjectFilter
from components.views.view import View
from components.words import alternatives, wording
from components.words.colophon import Colophon

MAX_BARS: Final = 20
"""A bar chart draws at most this many bars, and says how many more there are."""

MAX_EVENTS: Final = 300
"""A time line draws so many milestones, the latest."""

MAX_LOANS: Final = 20
NEWS: Final = "news"
"""The lane of events that move nothing."""

NAMES_ON_HOVER: Final = 4
PUBLISHERS_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One chart or map: what it shows in words, the rows behind it, how to draw it.

    ``facet`` is what a click on it filters by, None when nothing. ``note`` may be empty. What
    keeps its proportions is as tall as it is wide, and cannot be stretched. ``source`` says in a
    line what ``source_ids`` lists.
    """

    id: str
    title: str
    subtitle: str
    note: str
    alt: str
    source: str
    tabulate: Callable[[], pd.DataFrame]
    draw: Callable[[Theme], go.Figure]
    source_ids: Sequence[str] = ()
    facet: str | None = None
    keeps_proportions: bool = False

    @property
    def rows(self) -> pd.DataFrame:
        """The rows that are drawn, under column names that say the unit; made when asked for."""
        return self.tabulate()


Made = TypeVar("Made")


def _kept(make: Callable[[View], Made]) -> Callable[[View], Made]:
    """Make it once for each view, and keep it there."""

    @wraps(make)
    def make_once(view: View) -> Made:
        made: Made = view.kept(make.__name__, lambda: make(view))
        return made

    return make_once


def colophon(exhibit: Exhibit, view: View, *, link: str, note: str | None = None) -> Colophon:
    """Give the words that travel with an exhibit; ``note`` takes the place of its own."""
    return Colophon.of(
        view,
        title=exhibit.title,
        subtitle=exhibit.subtitle,
        note=exhibit.note if note is None else note,
        source=exhibit.source,
        link=link,
    )


@_kept
def by_state(view: View) -> Exhibit:
    """Compare states; a shared amount stands in full in each of its states, hatched."""
    totals = view.state_totals
    segments = summaries.segments(view.state_parts, "state")
    reported = wording.reported_note(view.projects_without("state"))
    chosen = view.filter.state
    bars = [
        charts.Bar(
            id=row.state,
            name=STATE_NAMES.get(row.state, row.state),
            value=row.amount_usd_bn,
            label=_state_label(row),
            is_faded=bool(chosen) and row.state not in chosen,
        )
        for row in summaries.rows_of(totals.head(MAX_BARS))
    ]
    return Exhibit(
        id="by-state",
        title=wording.TITLES["by-state"],
        subtitle=wording.subtitle(view, facet="state"),
        note=wording.join_sentences(
            _notes(segments, more=len(totals) - len(bars), adds_up=False), reported
        ),
        alt=alternatives.describe_bars(
            "state",
            [(b.name, b.label) for b in bars],
            hidden=len(totals) - len(bars),
        ),
        source=source_of(view, _drawn(view, "state")),
        source_ids=_drawn(view, "state"),
        tabulate=lambda: listings.by_state(view).head(MAX_BARS),
        draw=lambda theme: charts.bars_by_group(
            bars, segments, by="state", sectors=sector_styles(view), theme=theme
        ),
        facet="state",
    )


@_kept
def by_sector(view: View) -> Exhibit:
    """Compare sectors; ceilings and shared amounts hatched."""
    segments = summaries.segments(view.parts_without("sector"), "sector")
    chosen, labels = view.filter.sector, view.baseline.vocabulary.sector
    bars = [
        charts.Bar(
            id=row.sector,
            name=labels.get(row.sector, row.sector),
            value=row.amount_usd_bn,
            label=str(Amount(row.amount_usd_bn, row.amount_qualifier)),
            is_faded=bool(chosen) and row.sector not in chosen,
        )
        for row in summaries.rows_of(view.sector_totals)
    ]
    return Exhibit(
        id="by-sector",
        title=wording.TITLES["by-sector"],
        subtitle=wording.subtitle(view, facet="sector"),
        note=wording.join_sentences(
            _notes(segments, more=0), wording.reported_note(view.projects_without("sector"))
        ),
        alt=alternatives.describe_bars("sector", [(b.name, b.label) for b in bars]),
        source=source_of(view, _drawn(view, "sector")),
        source_ids=_drawn(view, "sector"),
        tabulate=lambda: listings.by_sector(view),
        draw=lambda theme: charts.bars_by_group(
            bars, segments, by="sector", sectors=sector_styles(view), theme=theme
        ),
        facet="sector",
    )


@_kept
def by_project(view: View) -> Exhibit:
    """Rank the projects of the view by amount."""
    leading = summaries.largest_projects(view.projects, limit=MAX_BARS)
    segments = leading[leading["amount_usd_bn"].notna()].assign(
        is_ceiling=leading["amount_qualifier"] == "up_to"
    )
    bars = [
        charts.Bar(
            id=row.project_id,
            name=row.project,
            value=row.amount_usd_bn,
            label=format_usd_bn(row.amount_usd_bn, qualifier=row.amount_qualifier or "exact"),
        )
        for row in summaries.rows_of(leading)
    ]
    hidden = len(view.projects) - len(leading)
    note = wording.join_sentences(
        _notes(segments, more=hidden), wording.reported_note(view.projects)
    )
    return Exhibit(
        id="by-project",
        title=wording.TITLES["by-project"],
        subtitle=wording.subtitle(view),
        note=note,
        alt=alternatives.describe_bars("project", [(b.name, b.label) for b in bars], hidden=hidden),
        source=source_of(view, _drawn(view)),
        source_ids=_drawn(view),
        tabulate=lambda: listings.by_project(view, limit=MAX_BARS),
        draw=lambda theme: charts.bars_with_titles(
            bars, segments, sectors=sector_styles(view), theme=theme
        ),
    )


@_kept
def progress(view: View) -> Exhibit:
    """Set each tranche and the unannounced remainder against the pledge."""
    whole, shown = view.baseline.tranche_totals, view.tranche_totals
    head = view.headline
    rest = format_usd_bn(head.unannounced_usd_bn, qualifier=head.unannounced_qualifier)
    pledged = Amount(view.pledge.total_usd_bn, view.pledge.total_qualifier)
    steps = [
        charts.Step(
            name=f"Tranche {number}", shown=shown.get(number, Amount(0.0)), whole=whole[number]
        )
        for number in whole
    ]
    kinds = {(amount.qualifier == "up_to", False) for amount in whole.values()}
    return Exhibit(
        id="progress",
        title=wording.TITLES["progress"],
        subtitle=wording.subtitle(view),
        note=wording.join_sentences(
            wording.hatching_note(kinds), *map(wording.tranche_note, view.pledge.tranches)
        ),
        alt=alternatives.describe_progress(view),
        source=source_of(view, _whole(view)),
        source_ids=_whole(view),
        tabulate=lambda: listings.progress(view),
        draw=lambda theme: charts.pledge_progress(
            steps, pledge=pledged, unannounced=f"{rest} unannounced", theme=theme
        ),
    )


@_kept
def stages(view: View) -> Exhibit:
    """Set what stands at each stage, and the unannounced remainder, against the pledge."""
    whole = view.baseline.view(ProjectFilter()).stage_totals
    head = view.headline
    rest = format_usd_bn(head.unannounced_usd_bn, qualifier=head.unannounced_qualifier)
    pledged = Amount(view.pledge.total_usd_bn, view.pledge.total_qualifier)
    none = summaries.StageTotal(Amount(0.0), 0, 0)
    steps = [
        charts.Step(
            name=wording.rung(stage),
            shown=view.stage_totals.get(stage, none).amount,
            whole=total.amount,
            remark=wording.stage_remark(view.stage_totals.get(stage, none), total),
        )
        for stage, total in whole.items()
    ]
    kinds = {(step.whole.qualifier == "up_to", False) for step in steps}
    return Exhibit(
        id="stages",
        title=wording.TITLES["stages"],
        subtitle=wording.subtitle(view),
        note=wording.join_sentences(
            wording.hatching_note(kinds), wording.stages_note(view.baseline.view(ProjectFilter()))
        ),
        alt=alternatives.describe_stages(view, [(step.name, step.label) for step in steps]),
        source=source_of(view, _whole(view)),
        source_ids=_whole(view),
        tabulate=lambda: listings.stages(view),
        draw=lambda theme: charts.pledge_progress(
            steps, pledge=pledged, unannounced=f"{rest} unannounced", theme=theme
        ),
    )


@dataclass(frozen=True, slots=True)
class Loan:
    """What an event says of loans that cover a part of some projects, named in full."""

    on: str
    event: str
    projects: tuple[str, ...]
    source_ids: tuple[str, ...]


def loans_in_part(view: View) -> list[Loan]:
    """Give the latest events of loans that cover projects in part, each wording once."""
    events = view.milestones
    loans: dict[tuple[str, str], Loan] = {}
    names = view.baseline.vocabulary.project
    for row in summaries.rows_of(events[events["extent"] == "part"].tail(MAX_LOANS)):
        known = loans.get((row.date, row.event), Loan(row.date, row.event, (), ()))
        cited = dict.fromkeys([*known.source_ids, *row.source_ids.split(";")])
        loans[row.date, row.event] = replace(
            known, projects=(*known.projects, names[row.project_id]), source_ids=tuple(cited)
        )
    return list(loans.values())


@_kept
def timeline(view: View) -> Exhibit:
    """Set the milestones on a line of time, a lane for each stage."""
    latest = view.milestones.tail(MAX_EVENTS)
    names = dict(zip(view.projects["project_id"], view.projects["project"], strict=True))
    is_single = len(view.projects) == 1
    events = [
        charts.Event(
            day=date.fromisoformat(
                row.date if len(row.date) > len("2026-03") else f"{row.date}-01"
            ),
            written=row.date,
            lane=NEWS if row.stage in ("note", "candidate") else row.stage,
            text=row.event if is_single else f"{names[row.project_id]}: {row.event}",
            is_official=row.confidence == "official",
        )
        for row in summaries.rows_of(latest)
    ]
    has_ended = any(event.lane == "cancelled" for event in events)
    lanes = {NEWS: "Other news"} | {
        stage: label for stage, label in STAGES.items() if stage != "cancelled" or has_ended
    }
    hidden = len(view.milestones) - len(latest)
    cited = summaries.source_ids(view.milestones) or _drawn(view)
    return Exhibit(
        id="timeline",
        title=wording.TITLES["timeline"],
        subtitle=wording.timeline_subtitle(view),
        note=wording.timeline_note(events_drawn=len(events), hidden=hidden),
        alt=alternatives.describe_timeline(
            [(event.written, lanes[event.lane].lower()) for event in events], hidden=hidden
        ),
        source=source_of(view, cited),
        source_ids=cited,
        tabulate=lambda: listings.timeline(view),
        draw=lambda theme: charts.timeline(events, lanes, as_of=view.pledge.as_of, theme=theme),
    )


@_kept
def over_time(view: View) -> Exhibit:
    """Follow the announced sum from signing to deadline, against an even pace."""
    pledge = view.pledge
    course = charts.Course(
        pledge=Amount(pledge.total_usd_bn, pledge.total_qualifier),
        signed_on=pledge.signed_on,
        as_of=pledge.as_of,
        deadline=pledge.deadline,
    )
    note = wording.pace_note(view, even_pace_usd_bn=course.even_pace_on(pledge.as_of))
    return Exhibit(
        id="over-time",
        title=wording.TITLES["over-time"],
        subtitle=wording.subtitle(view),
        note=note,
        alt=alternatives.describe_over_time(view, note=note),
        source=source_of(view, _whole(view)),
        source_ids=_whole(view),
        tabulate=lambda: listings.over_time(
            view,
            even_pace_usd_bn=[
                round(course.even_pace_on(stamp.date()), 1) for stamp in view.steps["announced_at"]
            ],
        ),
        draw=lambda theme: charts.announced_over_time(
            view.steps, view.baseline.steps, course=course, theme=theme
        ),
    )


@_kept
def state_map(view: View) -> Exhibit:
    """Map the states; drawn as a figure here, as a deck by ``map_deck``."""
    codes = list(view.state_totals["state"])
    names = [STATE_NAMES.get(code, code) for code in codes]
    labels = [_state_label(row) for row in summaries.rows_of(view.state_totals)]
    drawn = {outline.state for outline in view.dataset.outlines.features}
    absent = [name for code, name in zip(codes, names, strict=True) if code not in drawn]
    return Exhibit(
        id="map",
        title=wording.TITLES["map"],
        subtitle=wording.subtitle(view, facet="state"),
        note=wording.join_sentences(
            wording.ceilings_note(view),
            f"Not on this map: {', '.join(absent)}." if absent else "",
            wording.reported_note(view.projects_without("state")),
        ),
        alt=alternatives.describe_map(list(zip(names, labels, strict=True))),
        source=source_of(view, _drawn(view, "state")),
        source_ids=_drawn(view, "state"),
        tabulate=lambda: listings.by_state(view),
        draw=lambda theme: maps.state_figure(
            state_marks(view), view.sites, outlines=view.dataset.outlines, theme=theme
        ),
        facet="state",
        keeps_proportions=True,
    )


@_kept
def own_map(view: View) -> Exhibit:
    """Map the states with only those of the filter lit up, for the sheet of a state."""
    whole = state_map(view)
    marks = [
        mark if mark.is_selected or not view.filter.state else replace(mark, project_count=0)
        for mark in state_marks(view)
    ]
    named = [(mark.name, mark.hover.partition("\n")[0]) for mark in marks if mark.project_count]
    return replace(
        whole,
        id="state-map",
        title=wording.own_map_title(view),
        subtitle=wording.subtitle(view),
        note=wording.join_sentences(
            wording.ceilings_note(view, only=view.filter.state),
            wording.reported_note(view.projects),
        ),
        alt=alternatives.describe_map(named),
        source=source_of(view, _drawn(view)),
        source_ids=_drawn(view),
        tabulate=lambda: listings.own_states(view),
        draw=lambda theme: maps.state_figure(
            [replace(mark, is_shared=mark.is_shared and mark.project_count > 0) for mark in marks],
            view.sites_here,
            outlines=view.dataset.outlines,
            theme=theme,
        ),
        facet=None,
    )


@dataclass(frozen=True, slots=True)
class Swatch:
    """An entry of the map's legend: a square, one that is hatched, a circle, or a hollow one."""

    label: str
    shape: Literal["square", "hatched", "circle", "hollow"]
    colour: str


def map_legend(view: View, theme: Theme) -> list[Swatch]:
    """Explain the shades, the hatching and the circles that the map of a view has."""
    marks = state_marks(view)
    entries = [*maps.legend_entries(marks, theme), (theme.land, "no project named")]
    legend = [Swatch(label, "square", colour) for colour, label in entries]
    if any(mark.is_shared for mark in marks):
        legend.append(Swatch("shared, split not published", "hatched", theme.shades[3]))
    for label in maps.site_labels(view.sites):
        legend.append(Swatch(label, "hollow" if "hollow" in label else "circle", theme.ink))
    return legend


def map_deck(view: View, marks: Sequence[maps.StateMark], theme: Theme) -> pdk.Deck:
    """Draw the map for the screen, where its states can be clicked."""
    return maps.state_deck(marks, view.sites, outlines=view.dataset.outlines, theme=theme)


@_kept
def state_marks(view: View) -> list[maps.StateMark]:
    """Give every state of the map its amount and its words."""
    rows = {row.state: row for row in summaries.rows_of(view.state_totals)}
    names = summaries.project_names_by_state(view.projects_without("state"), limit=NAMES_ON_HOVER)
    marks = []
    for outline in view.dataset.outlines.features:
        row = rows.get(outline.state)
        amount = Amount(row.amount_usd_bn, row.amount_qualifier) if row else Amount()
        shared_with = row.shared_with.split(";") if row and row.shared_with else []
        count = int(row.project_count) if row else 0
        marks.append(
            maps.StateMark(
                state=outline.state,
                name=STATE_NAMES.get(outline.state, outline.state),
                amount_usd_bn=amount.usd_bn,
                project_count=count,
                is_shared=bool(shared_with),
                is_selected=outline.state in view.filter.state,
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


def sector_styles(view: View) -> dict[str, tuple[str, str]]:
    """Give each sector's label and colour name."""
    return {sector.sector: (sector.label, sector.colour) for sector in view.pledge.sectors}


def source_of(view: View, ids: Sequence[str]) -> str:
    """Write a source line: leading publishers, how many more, as-of date."""
    publishers = view.baseline.publishers
    leading = [publishers[source] for source in ids[:PUBLISHERS_NAMED]]
    return wording.source_line(view, leading, source_count=len(ids))


def figure_sources(view: View) -> list[list[str]]:
    """Give the sources of each headline figure, in the order of ``wording.figures``.

    The first is what the projects cite; shares and remainders cite the pledge as well.
    """
    pledge = view.pledge
    own = _drawn(view)
    totals = [one for tranche in pledge.tranches for one in tranche.source_ids]
    announced = list(dict.fromkeys([*totals, *own]))
    whole = _whole(view)
    share = list(dict.fromkeys([*pledge.total_source_ids, *announced]))
    return [announced, share, whole, own, own]


def _drawn(view: View, facet: str | None = None) -> list[str]:
    """List the sources of the projects drawn, which are more where a facet only highlights."""
    ids: list[str] = view.kept(
        f"sources without {facet}",
        lambda: summaries.source_ids(view.projects_without(facet) if facet else view.projects),
    )
    return ids


def _whole(view: View) -> list[str]:
    """List the sources of what is set against the pledge: its own, then all projects'."""
    ids = [*view.pledge_source_ids, *_drawn(view.baseline.view(ProjectFilter()))]
    return list(dict.fromkeys(ids))


def _state_label(row: Any) -> str:
    label = str(Amount(row.amount_usd_bn, row.amount_qualifier))
    if not row.shared_with:
        return label
    return f"{label}, part shared" if row.sole_usd_bn else f"{label} shared"


def _notes(segments: pd.DataFrame, *, more: int, adds_up: bool = True) -> str:
    notes = [wording.hatching_note(_kinds(segments))]
    if not adds_up and segments["is_shared"].any():
        notes.append("A shared amount stands in full in each of its states: bars do not add up.")
    if more > 0:
        notes.append(f"{more:,} more {'is' if more == 1 else 'are'} not drawn.")
    return wording.join_sentences(*notes)


def _kinds(segments: pd.DataFrame) -> set[tuple[bool, bool]]:
    return set(
        zip(map(bool, segments["is_ceiling"]), map(bool, segments["is_shared"]), strict=True)
    )


EXHIBITS: Final[dict[str, Callable[[View], Exhibit]]] = {
    "map": state_map,
    "by-state": by_state,
    "progress": progress,
    "stages": stages,
    "by-sector": by_sector,
    "by-project": by_project,
    "over-time": over_time,
    "timeline": timeline,
    "state-map": own_map,
}
"""Every exhibit by its id, in the order of the page; an id stands in links and never changes."""


def of_view(view: View) -> list[Exhibit]:
    """Give what is drawn of a view: of one project its time line, and no comparison of one bar."""
    apart = COMPARISONS if len(view.filter.project) == 1 else ("timeline",)
    return [make(view) for name, make in EXHIBITS.items() if name not in (*apart, "state-map")]


COMPARISONS: Final = ("by-state", "by-sector", "by-project")

ROWS_OF: Final = {
    "map": "state",
    "by-state": "state",
    "progress": "part of the pledge",
    "stages": "stage",
    "by-sector": "sector",
    "by-project": "project",
    "over-time": "day on which something was announced",
    "timeline": "milestone",
    "state-map": "state",
}
"""What one row behind an exhibit is."""
