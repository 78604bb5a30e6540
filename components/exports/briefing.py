"""The briefing: one view as up to four pages of PDF, for reading on paper."""

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import Final

import plotly.graph_objects as go

from components.basics import line_breaking
from components.basics.amounts import Amount
from components.basics.formatting import (
    as_sentence,
    bracketed,
    format_count,
    format_date,
    join_clauses,
    join_sentences,
    labelled,
    shorten,
)
from components.basics.hatching import Hatching
from components.basics.messages import _
from components.basics.palette import print_theme
from components.exhibits.by_project import ByProject
from components.exhibits.by_sector import BySector
from components.exhibits.by_state import ByState
from components.exhibits.exhibit import Exhibit
from components.exhibits.ladder import Ladder
from components.exhibits.over_time import OverTime
from components.exhibits.progress import Progress
from components.exhibits.state_map import StateMap
from components.exhibits.timeline import Timeline
from components.exports import chromium, documents, references, typesetting
from components.exports.documents import (
    LONGEST,
    POINTS_PER_UNIT,
    SIZES,
    Item,
    Size,
    clean,
    figure,
    money,
    rest,
    state_names,
)
from components.exports.documents import Paper as Paper
from components.exports.references import References
from components.facts.schema import CONFIDENCES, QUALIFIERS, STAGES
from components.views import summaries
from components.views.filters import ProjectFilter
from components.views.summaries import rows_of
from components.views.view import View
from components.words import freshness, notes, wording
from components.words.notes import NoteKind

CHARTS_HEIGHT: Final = 182
"""The height that margins and the line above the charts take from a page, in points."""

STRETCH: Final = (0.55, 1.6)
"""Factors by which a chart may be made lower or taller, for columns of equal height."""

MAP_SHARE: Final = 0.66
"""The share of the width that the map is drawn for; the template scales it to fill its page."""

TABLE_HEIGHT: Final = 62
ROW_HEIGHT: Final = 24
"""The height that the table of projects takes without its rows, and each of them, in points."""

LEADING: Final = 2
"""The exhibits on the first page: the map and how far the money is."""

MAX_PROJECTS: Final = 24
MAX_EVENTS: Final = 5
MAX_TABLE_ROWS: Final = 8
"""At most this many rows replace a chart that could not be drawn."""

MAX_PROJECT_BARS: Final = 8
"""With more projects than this, the table is easier to read than bars."""

HATCHINGS: Final = {
    Hatching.CEILING: "ceiling",
    Hatching.SHARED: "shared",
    Hatching.BOTH: "both",
}
"""Hatching -> its name in the template."""


@dataclass(frozen=True, slots=True)
class Plate:
    """One exhibit ready for typesetting: its figure, and its size on paper in points."""

    exhibit: Exhibit
    figure: go.Figure
    width: float
    height: float


def briefing_bytes(
    view: View,
    *,
    paper: Paper,
    link: str,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Typeset a view for a reader who has little time: summary, charts, projects, sources.

    ``link`` is the address of the view; it may be empty. ``progress`` gets the numbers of pictures
    drawn and of all pictures. Where no browser can draw a picture, a table replaces it.
    """
    size = SIZES[paper]
    # Where no project matches, the briefing shows what is announced elsewhere.
    shown = view.baseline.view(ProjectFilter()) if view.projects.empty else view
    chosen = _exhibits(view)
    has_browser = chromium.find_browser() is not None
    plates = [_plate(exhibit, size=size) for exhibit in chosen]
    leading, others = plates[:LEADING], plates[LEADING:]
    columns = _columns(others, view=view, size=size)
    plates = [*leading, *chain.from_iterable(columns)]
    drawings = _draw(plates, progress=progress) if has_browser else {}
    sources = References(shown, shown.source_ids)
    data = {
        **_frame(view, paper=paper, link=link),
        "leading": [
            _chart(plate, view=shown, drawn=drawings, is_leading=True) for plate in leading
        ],
        "columns": [
            [_chart(plate, view=view, drawn=drawings) for plate in column] for column in columns
        ],
        "legend": _legend([plate.exhibit for plate in others], view=view, drawn=drawings),
        "projects": None if view.projects.empty else _projects(view, sources),
        "events": _events(view, sources),
        "notes": {
            "title": _("How to read this briefing"),
            "items": _notes(view, shown, is_drawn=len(drawings) == len(plates)),
        },
        "sources": sources.listing(),
    }
    return typesetting.pdf_bytes(
        "briefing.typ",
        data=clean(data),
        files={_file(name): svg for name, svg in drawings.items()},
        as_of=view.pledge.as_of,
    )


def _exhibits(view: View) -> list[Exhibit]:
    """List the exhibits worth showing, ``LEADING`` first; no bar chart with a single bar."""
    if view.projects.empty:
        whole = view.baseline.view(ProjectFilter())
        return [StateMap.of(whole), Ladder.of(whole)]
    if len(view.filter.project) == 1:
        return [kind.of(view) for kind in (StateMap, Ladder, Timeline, Progress)]
    kinds: list[type[Exhibit]] = [StateMap, Ladder]
    if len(view.state_totals) > 1 and chromium.find_browser() is not None:
        # Without pictures the map is already a table of the states.
        kinds.append(ByState)
    kinds.append(Progress)
    if len(view.sector_totals) > 1:
        kinds.append(BySector)
    if 1 < len(view.projects) <= MAX_PROJECT_BARS:
        kinds.append(ByProject)
    kinds.append(OverTime)
    return [kind.of(view) for kind in kinds]


# Pictures


def _plate(exhibit: Exhibit, *, size: Size) -> Plate:
    width = size.column
    if isinstance(exhibit, StateMap | Ladder):
        width = size.room * (MAP_SHARE if exhibit.keeps_proportions else 1)
    theme = replace(print_theme(width=round(width / POINTS_PER_UNIT)), side=0)
    figure = exhibit.draw(theme)
    return Plate(exhibit, figure, width, figure.layout.height * POINTS_PER_UNIT)


def _columns(plates: Sequence[Plate], *, view: View, size: Size) -> list[list[Plate]]:
    """Divide the charts into two columns of similar height, then make the heights equal.

    They fill their page where the table of projects, which follows, would not fit below them.
    """
    if not plates:
        return []
    words = [_words_height(plate, view=view, size=size) for plate in plates]
    heights = [plate.height + more for plate, more in zip(plates, words, strict=True)]
    places = range(len(plates))
    left = min(
        (
            {0, *others}
            for count in places
            for others in combinations(places[1:], count)
            if count + 1 < len(plates) or len(plates) == 1
        ),
        key=lambda chosen: (
            max(
                sum(heights[place] for place in chosen),
                sum(heights[place] for place in places if place not in chosen),
            ),
            sorted(chosen),
        ),
    )
    sides = [[place for place in places if (place in left) is side] for side in (True, False)]
    tallest = max(sum(heights[place] for place in side) for side in sides)
    room = size.height - CHARTS_HEIGHT
    has_table = tallest + TABLE_HEIGHT + ROW_HEIGHT * len(view.projects) <= room
    goal = tallest if has_table else room
    columns = []
    for side in filter(None, sides):
        drawn = sum(plates[place].height for place in side)
        factor = (goal - sum(words[place] for place in side)) / drawn
        factor = min(max(factor, STRETCH[0]), STRETCH[1])
        columns.append([_resized(plates[place], factor) for place in side])
    return columns


def _words_height(plate: Plate, *, view: View, size: Size) -> float:
    """Estimate the height of a chart's words, in points."""
    characters = size.column / 3.25  # of Latin
    exhibit = plate.exhibit
    texts = [_own_note(exhibit, view), exhibit.source, _own_subtitle(exhibit, view)]
    return 38 + sum(8.9 * math.ceil(line_breaking.width(text) / characters) for text in texts)


def _resized(plate: Plate, factor: float) -> Plate:
    height = round(plate.figure.layout.height * factor)
    plate.figure.update_layout(height=height)
    return replace(plate, height=height * POINTS_PER_UNIT)


def _draw(
    plates: Sequence[Plate], *, progress: Callable[[int, int], None] | None
) -> dict[str, bytes]:
    """Draw the pictures concurrently, as SVG by exhibit; those that failed are missing."""
    drawn: dict[str, bytes] = {}
    browser = chromium.shared()
    with ThreadPoolExecutor(max_workers=chromium.TABS) as threads:
        waiting = {
            threads.submit(browser.draw, plate.figure, kind="svg"): plate.exhibit.id
            for plate in plates
        }
        for done, drawing in enumerate(as_completed(waiting), start=1):
            try:
                drawn[waiting[drawing]] = drawing.result()
            except chromium.PictureError:
                continue
            finally:
                if progress:
                    progress(done, len(plates))
    return dict(sorted(drawn.items()))


def _file(name: str) -> str:
    return f"{name}.svg"


def _chart(
    plate: Plate, *, view: View, drawn: Mapping[str, bytes], is_leading: bool = False
) -> Item:
    exhibit = plate.exhibit
    return {
        "title": _(exhibit.title),
        "subtitle": exhibit.subtitle if is_leading else _own_subtitle(exhibit, view),
        "note": exhibit.note if is_leading else _own_note(exhibit, view),
        "source": exhibit.source,
        "alt": exhibit.alt,
        "file": _file(exhibit.id) if exhibit.id in drawn else "",
        "table": None if exhibit.id in drawn else _stand_in(exhibit),
        "width": plate.width,
        "height": plate.height,
    }


def _own_subtitle(exhibit: Exhibit, view: View) -> str:
    """Return the subtitle of an exhibit; "" where it is that of the page."""
    return "" if exhibit.subtitle == wording.subtitle(view) else exhibit.subtitle


def _own_note(exhibit: Exhibit, view: View) -> str:
    """Return the note of an exhibit without what the line above all charts states."""
    above = wording.press_reports(view)
    return notes.said(
        [
            note
            for note in exhibit.notes
            if note.kind is not NoteKind.HATCHING and note.text != above
        ]
    )


def _legend(shown: Sequence[Exhibit], *, view: View, drawn: Mapping[str, bytes]) -> Item:
    """Explain once what applies to several charts: unit, filter, hatching and press reports."""
    present = {
        hatching
        for exhibit in shown
        if exhibit.id in drawn
        for note in exhibit.notes
        for hatching in note.hatchings
    }
    reported = wording.press_reports(view)
    is_told = any(note.text == reported for exhibit in shown for note in exhibit.notes)
    return {
        "unit": wording.subtitle(view),
        "title": _("Hatching:"),
        "kinds": [
            {"kind": name, "meaning": _(notes.HATCHING_MEANINGS[hatching])}
            for hatching, name in HATCHINGS.items()
            if hatching in present
        ],
        "reported": reported if is_told else "",
    }


def _stand_in(exhibit: Exhibit) -> Item:
    """Return the leading rows of an exhibit as a table of text."""
    columns = {column.name: column for column in exhibit.readable(last=MAX_TABLE_ROWS)}
    shown = [columns[name] for name in exhibit.key_columns]
    cells = [
        [shorten(text, limit=LONGEST["cell"]) for text in row]
        for row in zip(*(column.texts for column in shown), strict=True)
    ]
    hidden = len(exhibit.rows) - MAX_TABLE_ROWS
    if hidden > 0:
        cells.append([wording.more(hidden), *[""] * (len(shown) - 1)])
    return {
        "header": [column.title for column in shown],
        "rows": cells,
        "right": [place for place, column in enumerate(shown) if column.is_figure],
    }


# Words


def _frame(view: View, *, paper: Paper, link: str) -> Item:
    """Return the masthead, the opening with its figures, and header and footer."""
    title = view.pledge.title
    is_empty = view.projects.empty
    shown = view.baseline.view(ProjectFilter()) if is_empty else view
    subtitle = _("Briefing: {filter}", filter=shorten(view.words, limit=LONGEST["filter"]))
    return {
        **documents.frame(
            view,
            paper=paper,
            link=link,
            headline=join_sentences(as_sentence(title), subtitle),
            subtitle=subtitle,
        ),
        "title": shorten(title, limit=LONGEST["title"]),
        "subtitle": subtitle,
        "lead": shorten(
            wording.no_matches(view) if is_empty else wording.opening(view), limit=LONGEST["lead"]
        ),
        "past_day": wording.past_day(view) if view.known_on else "",
        "figures_title": _("What is announced elsewhere") if is_empty else "",
        "figures": [
            {**figure(one), "label": one.label, "remark": one.remark}
            for one in wording.figures(shown)
        ],
    }


def _projects(view: View, sources: References) -> Item:
    """Return the largest projects as a table, which the template cuts to fit the page."""
    count = len(view.projects)
    leading = summaries.largest_projects(view.projects, limit=MAX_PROJECTS)
    details = view.dataset.projects.set_index("project_id").loc[list(leading["project_id"])]
    sectors = view.baseline.vocabulary.sector
    rows = [
        {
            "project": shorten(row.project, limit=LONGEST["project"]),
            "references": sources.cite(
                [*references.deciding(row, "amount"), *references.deciding(whole, "developer")]
            ),
            "amount": money(Amount.of(row)),
            "states": _("{states}, shared", states=state_names(row.states))
            if row.is_shared
            else state_names(row.states),
            "sector": shorten(sectors.get(row.sector, row.sector), limit=LONGEST["cell"]),
            "tranche": str(row.tranche),
            "stage": _stage(row.stage, row.stage_extent),
            "stage_references": sources.cite(references.of_stage(view, row, whole.stage_date)),
            "developer": shorten(whole.developer, limit=LONGEST["cell"]),
            "confidence": CONFIDENCES.get(row.amount_confidence, ""),
        }
        for row, whole in zip(rows_of(leading), rows_of(details), strict=True)
    ]
    head = view.headline
    return {
        "title": wording.TITLES["projects"],
        "header": [
            _("Project"),
            _("Announced"),
            _("States"),
            _("Sector"),
            _("Tranche"),
            _("Stage"),
            _("Developer"),
            _("Confidence"),
        ],
        "rows": rows,
        "rest": [rest(count - shown, "project") for shown in range(len(rows) + 1)],
        "total": {
            "label": format_count(count, "project"),
            "amount": money(head.announced),
            "remark": _("Each shared amount counts once.") if head.shared else "",
        },
    }


def _stage(stage: str, extent: str) -> str:
    name = STAGES.get(stage, stage)
    if not extent:
        return name
    return (
        _("{stage}, loans cover it in part", stage=name)
        if extent == "part"
        else _("{stage}, loans cover it in whole", stage=name)
    )


def _events(view: View, sources: References) -> Item:
    """List the latest events."""
    events = view.milestones
    happened = events[events["stage"] != "candidate"]
    rows = []
    latest = happened.sort_values("date", ascending=False, kind="stable").head(MAX_EVENTS)
    for row in rows_of(latest):
        concerned = wording.concerned(view, row.project_ids)
        names = [shorten(name, limit=LONGEST["cell"]) for name in concerned]
        more = [_("{count} more", count=f"{len(names) - 4:,}")] if len(names) > 5 else []
        certainty = CONFIDENCES.get(row.confidence, "")
        is_official = row.confidence == "official"
        rows.append(
            {
                "date": format_date(row.date),
                "projects": labelled(
                    join_clauses([*(names[:4] if more else names), *more]), ""
                ).rstrip(),
                "event": bracketed(
                    shorten(row.event, limit=LONGEST["event"]),
                    "" if is_official else certainty.lower(),
                ),
                "references": sources.cite(row.source_ids.split(";")),
            }
        )
    return {
        "title": _("What happened last"),
        "header": [_("Date"), _("Project and event")],
        "rows": rows,
    }


def _notes(view: View, shown: View, *, is_drawn: bool) -> list[Item]:
    """Define the words that a hurried reader may misunderstand, and say how fresh the data is.

    ``shown`` are the projects that the briefing shows where none matches the filter.
    """
    rows = shown.projects
    stages, extents = set(rows["stage"].unique()), set(rows["stage_extent"].unique())
    qualifiers = set(rows["amount_qualifier"].unique())
    confidences = set(rows["amount_confidence"].unique())
    terms = {
        _("Announced"): _(
            "Said by the governments to be invested, in nominal dollars. It is not money spent."
        ),
        QUALIFIERS["up_to"]: _(
            "A ceiling. A sum with a ceiling in it is a ceiling too, and what it leaves of the "
            "pledge is a floor (“at least”)."
        )
        if "up_to" in qualifiers or shown.headline.whole_announced.qualifier == "up_to"
        else "",
        QUALIFIERS["about"]: _("An approximate amount, as its source words it.")
        if "about" in qualifiers
        else "",
        _("Undisclosed"): _(
            "No source gives an amount. It is not zero, and adds nothing to any sum."
        )
        if rows["amount_usd_bn"].isna().any()
        else "",
        _("Shared"): _(
            "One amount over several states, which no official source divides. It stands in full "
            "in each of its states and once in any total: figures of states do not add up."
        )
        if rows["is_shared"].any()
        else "",
        STAGES["financed"]: _(
            "Loans are signed; the table says whether they cover the project in part or whole."
        )
        if extents - {""} or "financed" in stages
        else "",
        CONFIDENCES["official"]: _("Stated by a government or by the company itself.")
        if "official" in confidences
        else "",
        CONFIDENCES["reported"]: _("Stated by the press or others only.")
        if "reported" in confidences
        else "",
        CONFIDENCES["conflicting"]: _("Sources disagree.") if "conflicting" in confidences else "",
        _("Freshness"): freshness.note(view, is_alone=len(view.filter.project) == 1),
        _("Charts"): _(
            "This server could not draw every picture when the briefing was made; tables of the "
            "leading rows stand in their place."
        )
        if not is_drawn
        else "",
    }
    return [{"term": term, "text": text} for term, text in terms.items() if text]
