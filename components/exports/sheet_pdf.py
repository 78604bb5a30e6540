"""The sheet of one state as PDF: one to three pages, for reading on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.formatting import (
    as_sentence,
    bracketed,
    format_date,
    join_clauses,
    join_details,
    join_sentences,
    labelled,
    shorten,
    upper_first,
)
from components.basics.messages import _, in_context, mark
from components.basics.palette import print_theme
from components.exhibits.own_map import OwnMap
from components.exhibits.state_map import StateMap
from components.exports import chromium, documents, references, typesetting
from components.exports.documents import (
    LONGEST,
    POINTS_PER_UNIT,
    SIZES,
    Item,
    Paper,
    Size,
    clean,
    figure,
    money,
    rest,
    state_names,
)
from components.exports.references import References
from components.facts.schema import CONFIDENCES, EARLY_STAGES, ROLES, stage_name
from components.subjects import company_list, next_steps, one_state
from components.subjects.one_project import SIDES
from components.subjects.one_state import Sheet
from components.views import summaries
from components.views.filters import ProjectFilter
from components.views.summaries import rows_of
from components.views.view import View
from components.words import outlook, wording

MAP_FILE: Final = "map.svg"
MAP_SHARE: Final = 0.48
"""The share of the width that the map takes; a list is beside it."""

MAX_PROJECTS: Final = 20
MAX_MILESTONES: Final = 12
MAX_CONFLICTS: Final = 10
MAX_GAPS: Final = 14
MAX_COMPANIES: Final = 16
MAX_ROLES: Final = 4
MAX_STEPS: Final = 14
MAX_SECTORS: Final = 12

LONGEST_HERE: Final = {"place": 110, "event": 340, "value": 110, "reason": 340, "gap": 200}
"""As ``LONGEST``, for texts that only a sheet has."""

NO_MAP: Final = mark("This server could not draw the map when the sheet was made.")
ELSEWHERE: Final = mark("Announced elsewhere")
NOT_SHARED: Final = mark("none")


def sheet_bytes(view: View, state: str, *, paper: Paper, link: str) -> bytes:
    """Typeset the sheet of a state under the filter of a view, whichever states the filter names.

    ``link`` is the address of the sheet; it may be empty. Where no browser can draw the map, it
    is left out, and a line says so.
    """
    sheet = one_state.of_state(view, state)
    shown = _shown(sheet)
    picture, svg = _map(shown, size=SIZES[paper])
    cited = References(sheet.view, _source_ids(sheet))
    data = {
        **_frame(sheet, paper=paper, link=link),
        "map": picture,
        "no_map": "" if svg or picture is None else _(NO_MAP),
        "elsewhere": _elsewhere(shown, cited) if shown.elsewhere else None,
        "projects": None if sheet.is_empty else _projects(sheet, cited),
        "ahead": _ahead(sheet, cited),
        "companies": _companies(sheet, cited),
        "steps": _steps(sheet, cited),
        "milestones": _milestones(sheet, cited),
        "conflicts": _conflicts(sheet, cited),
        "gaps": _gaps(sheet),
        "sources": cited.listing() | {"title": wording.TITLES["own-sources"]},
    }
    return typesetting.pdf_bytes(
        "sheet.typ",
        data=clean(data),
        files={MAP_FILE: svg} if svg else {},
        as_of=view.pledge.as_of,
    )


def _source_ids(sheet: Sheet) -> list[str]:
    """List the sources of a sheet; those of the pledge's size, which all shares use, are last."""
    own = one_state.source_ids(sheet)
    if sheet.is_empty:
        own = summaries.source_ids(_others(_shown(sheet)).projects)
    return list(dict.fromkeys([*own, *sheet.view.pledge.total_source_ids]))


def _is_bare(sheet: Sheet) -> bool:
    """Return whether the filter matches no project in any state."""
    return sheet.is_empty and not sheet.elsewhere


def _shown(sheet: Sheet) -> Sheet:
    """Return the sheet for map and table: a bare one shows everything without the filter."""
    if not _is_bare(sheet):
        return sheet
    return one_state.of_state(sheet.view.baseline.view(ProjectFilter()), sheet.state)


def _others(sheet: Sheet) -> View:
    """Return the view of all states under the filter of a sheet."""
    return sheet.view.baseline.view(sheet.view.filter.without("state"))


def _frame(sheet: Sheet, *, paper: Paper, link: str) -> Item:
    """Return the masthead, the statement with its figures, and header and footer."""
    view = sheet.view
    title = view.pledge.title
    has_more = view.filter != ProjectFilter(state=(sheet.state,))
    return {
        **documents.frame(
            view,
            paper=paper,
            link=link,
            headline=join_sentences(as_sentence(title), sheet.name),
            subtitle=sheet.name,
        ),
        "title": shorten(title, limit=LONGEST["title"]),
        "state": sheet.name,
        "filter": shorten(view.words, limit=LONGEST["filter"]) if has_more else "",
        "past_day": wording.past_day(view) if view.known_on else "",
        "lead": shorten(_lead(sheet), limit=LONGEST["lead"]),
        "figures": [] if sheet.is_empty else _figures(sheet),
    }


def _lead(sheet: Sheet) -> str:
    """State what is announced for the state; on a bare sheet, also what is without the filter."""
    if not _is_bare(sheet):
        return one_state.statement(sheet)
    whole = _shown(sheet)
    said = "" if whole.is_empty else one_state.statement(whole)
    return wording.join_sentences(wording.no_matches(sheet.view), said)


def _figures(sheet: Sheet) -> list[Item]:
    """Return announced amount, its share of the pledge, number of projects and furthest stage."""
    announced, share, _rest, count, _states = wording.figures(sheet.view)
    (row,) = [row for row in one_state.comparison(sheet.view) if row.state == sheet.state]
    latest = format_date(row.last_milestone)
    furthest = {
        "qualifier": "",
        "value": row.stage,
        "label": _("furthest stage"),
        "remark": _("last milestone {day}", day=latest) if latest else "",
        "is_word": True,
    }
    figures = [
        {**figure(one), "label": one.label, "remark": one.remark, "is_word": False}
        for one in (announced, share, count)
    ]
    return [*figures, furthest]


# Map


def _map(sheet: Sheet, *, size: Size) -> tuple[Item | None, bytes]:
    """Draw the map; None where it would shade no state.

    A state without projects is shown among those that have some, any other alone.
    """
    view = sheet.view
    drawn = {outline.state for outline in view.dataset.outlines.features}
    if _is_bare(sheet) or (not sheet.is_empty and sheet.state not in drawn):
        return None, b""
    exhibit = StateMap.of(view) if sheet.is_empty else OwnMap.of(view)
    width = round(size.room * MAP_SHARE)
    theme = replace(print_theme(width=round(width / POINTS_PER_UNIT)), side=0)
    drawing = exhibit.draw(theme)
    item = {
        "title": _(exhibit.title),
        "subtitle": exhibit.subtitle,
        # The statement already says what is shared and what is a ceiling here.
        "note": exhibit.note if sheet.is_empty else "",
        "alt": exhibit.alt,
        "width": width,
        "height": drawing.layout.height * POINTS_PER_UNIT,
    }
    svg = _svg(drawing)
    return item | {"file": MAP_FILE if svg else ""}, svg


def _svg(figure: go.Figure) -> bytes:
    """Draw a figure; empty where no browser can."""
    if chromium.find_browser() is None:
        return b""
    try:
        return chromium.shared().draw(figure, kind="svg")
    except chromium.PictureError:
        return b""


# Tables


def _projects(sheet: Sheet, cited: References) -> Item:
    """Return the largest projects as a table."""
    view = sheet.view
    leading = summaries.largest_projects(view.projects, limit=MAX_PROJECTS)
    details = view.dataset.projects.set_index("project_id", drop=False)
    rows = [
        {
            "project": shorten(row.project, limit=LONGEST["project"]),
            "references": cited.cite(references.deciding(row, "amount", "place", "developer")),
            "amount": money(Amount.of(row)),
            "confidence": CONFIDENCES.get(row.amount_confidence, ""),
            "partners": _partners(row.amount_states, sheet.state),
            "place": _place(row),
            "developer": shorten(row.developer, limit=LONGEST["cell"]) or _(wording.NOT_STATED),
            "stage": _(
                "{stage}, since {day}",
                stage=stage_name(row.stage, row.stage_extent),
                day=format_date(row.stage_date),
            ),
            "stage_references": cited.cite(references.of_stage(view, row, row.stage_date)),
        }
        for row in rows_of(details.loc[list(leading["project_id"])])
    ]
    count = len(view.projects)
    return {
        "title": bracketed(_("Projects"), f"{count:,}"),
        "header": [
            _("Project"),
            _("Announced"),
            _("Shared with"),
            _("Place"),
            _("Who builds"),
            _("Stage"),
        ],
        "rows": rows,
        "rest": _rests(count, len(rows), "project"),
    }


def _partners(codes: str, state: str) -> str:
    return state_names(";".join(code for code in codes.split(";") if code != state)) or _(
        NOT_SHARED
    )


def _place(row: Any) -> str:
    place = shorten(row.place, limit=LONGEST_HERE["place"])
    if not place:
        return _(wording.NOT_STATED)
    return bracketed(place, _doubt(row.place_confidence))


def _doubt(confidence: str) -> str:
    """Return how sure a statement is; "" where it is official."""
    if confidence == "official" or confidence not in CONFIDENCES:
        return ""
    return CONFIDENCES[confidence].lower()


def _rests(count: int, listed: int, noun: str) -> list[str]:
    """State what a list leaves out, for each length to which the template may cut it."""
    return [rest(count - shown, noun) for shown in range(listed + 1)]


def _ahead(sheet: Sheet, cited: References) -> Item:
    """List, for a state without a project, who selects them and what is said of the next."""
    rows = [
        {
            "what": shorten(term.label, limit=LONGEST["cell"]),
            "said": bracketed(
                shorten(term.value, limit=LONGEST_HERE["event"]), _doubt(term.confidence)
            ),
            "references": cited.cite(term.source_ids),
        }
        for term in sheet.ahead
    ]
    return {
        "title": _(outlook.AHEAD),
        "header": [_("What"), _("What is known")],
        "rows": rows,
        "rest": _rests(len(rows), len(rows), "term"),
    }


def _companies(sheet: Sheet, cited: References) -> Item:
    """List the companies of the state's projects, one row each."""
    found = company_list.of_view(sheet.view) if not sheet.is_empty else []
    names = sheet.view.baseline.vocabulary.project
    has_several = len(sheet.view.projects) > 1
    rows = [
        {
            "company": shorten(one.name, limit=LONGEST["cell"]),
            "japanese": ""
            if one.japanese_name == one.name
            else shorten(one.japanese_name, limit=LONGEST["cell"]),
            "standing": upper_first(_(one.standing)),
            "roles": [
                shorten(_role(row, names if has_several else {}), limit=LONGEST_HERE["reason"])
                for row in one.roles[:MAX_ROLES]
            ],
            "references": cited.cite(one.source_ids),
        }
        for one in found[:MAX_COMPANIES]
    ]
    return {
        "title": outlook.TITLES["companies"],
        "header": [_("Company"), _(outlook.STANDING), _("Role")],
        "rows": rows,
        "rest": _rests(len(found), len(rows), "company"),
    }


def _role(row: Any, names: Mapping[str, str]) -> str:
    role = bracketed(
        join_details([ROLES[row.role], names.get(row.project_id, "")]), _doubt(row.confidence)
    )
    return join_sentences(as_sentence(role), row.note) if row.note else role


def _steps(sheet: Sheet, cited: References) -> Item:
    """List the steps of which something is known, by project."""
    found = next_steps.ordered(sheet.view, "done", "filed", "scheduled")
    names = sheet.view.baseline.vocabulary.project
    has_several = len(sheet.view.projects) > 1
    rows = [
        {
            "project": labelled(shorten(names[row.project_id], limit=LONGEST["cell"]), "")
            if has_several
            else "",
            "step": shorten(next_steps.name(row), limit=LONGEST_HERE["value"]),
            "note": shorten(row.note, limit=LONGEST_HERE["reason"]),
            "status": bracketed(next_steps.status(row), _doubt(row.confidence)),
            "decides": shorten(row.decided_by, limit=LONGEST["cell"]) or _(wording.NOT_STATED),
            "references": cited.cite(row.source_ids.split(";")),
        }
        for row in found[:MAX_STEPS]
    ]
    return {
        "title": outlook.TITLES["steps"],
        "header": [in_context("table", "Step"), _("How far"), _("Who decides")],
        "rows": rows,
        "rest": _rests(len(found), len(rows), "step"),
    }


def _milestones(sheet: Sheet, cited: References) -> Item:
    """List what happened, oldest first, and to which projects if the state has several."""
    events = list(rows_of(sheet.milestones))
    shown = _leading(events)
    has_several = len(sheet.view.projects) > 1
    rows = [
        {
            "date": format_date(row.date),
            "stage": stage_name(row.stage, row.extent),
            "projects": _named(wording.concerned(sheet.view, row.project_ids))
            if has_several
            else "",
            "event": shorten(row.event, limit=LONGEST_HERE["event"]),
            "confidence": CONFIDENCES.get(row.confidence, ""),
            "references": cited.cite(row.source_ids.split(";")),
        }
        for row in shown
    ]
    return {
        "title": wording.TITLES["milestones"],
        "header": [_("Date"), _("Stage"), _("What happened"), _("Confidence")],
        "rows": rows,
        "rest": _rests(len(events), len(rows), "milestone"),
    }


def _leading(events: Sequence[Any]) -> list[Any]:
    """Return the latest events, in their order; those that changed a stage precede mere news."""
    moved = [row.stage not in EARLY_STAGES or row.stage == "permitted" for row in events]
    ranked = sorted(range(len(events)), key=lambda place: (moved[place], place))
    return [events[place] for place in sorted(ranked[-MAX_MILESTONES:])]


def _named(projects: Sequence[str]) -> str:
    names = [shorten(project, limit=LONGEST["cell"]) for project in projects]
    more = [_("{count} more", count=f"{len(names) - 2:,}")] if len(names) > 3 else []
    return labelled(join_clauses([*(names[:2] if more else names), *more]), "").rstrip()


def _conflicts(sheet: Sheet, cited: References) -> Item:
    """List the values of disagreeing sources, one below the other."""
    rows = [
        {
            "subject": shorten(row.subject, limit=LONGEST_HERE["value"]),
            "values": [
                {
                    "text": shorten(value, limit=LONGEST_HERE["value"]),
                    "references": cited.cite(getattr(row, f"{side}_source_ids").split(";")),
                }
                for side in SIDES
                if (value := getattr(row, f"{side}_value"))
            ],
            "used": shorten(row.used, limit=LONGEST_HERE["value"]),
            "reason": shorten(row.reason, limit=LONGEST_HERE["reason"]),
        }
        for row in rows_of(sheet.conflicts.head(MAX_CONFLICTS))
    ]
    return {
        "title": wording.TITLES["conflicts"],
        "header": [_("What"), _("Values"), _("Used here"), _("Why")],
        "rows": rows,
        "rest": _rests(len(sheet.conflicts), len(rows), "conflict"),
    }


def _gaps(sheet: Sheet) -> Item:
    """List what was looked for and not found, each once."""
    items = list(dict.fromkeys((row.missing, row.note) for row in rows_of(sheet.gaps)))
    rows = [
        {
            "missing": shorten(missing, limit=LONGEST_HERE["gap"]),
            "note": shorten(note, limit=LONGEST_HERE["reason"]),
        }
        for missing, note in items[:MAX_GAPS]
    ]
    return {
        "title": wording.TITLES["gaps"],
        "help": wording.gaps_help(sheet.view),
        "rows": rows,
        "rest": _rests(len(items), len(rows), "gap"),
    }


def _elsewhere(sheet: Sheet, cited: References) -> Item:
    """List what is announced in other states, sector by sector."""
    projects = _others(sheet).projects
    labels = sheet.view.baseline.vocabulary.sector
    sectors = projects["sector"].map(lambda sector: labels.get(sector, sector))
    shown = sheet.elsewhere[:MAX_SECTORS]
    rows = [
        {
            "sector": shorten(label, limit=LONGEST["cell"]),
            "amount": money(amount),
            "states": state_names(";".join(codes)),
            "references": cited.cite(summaries.source_ids(projects[sectors == label])),
        }
        for label, amount, codes in shown
    ]
    return {
        "title": _(ELSEWHERE),
        "help": wording.elsewhere_help(sheet.view),
        "header": [_("Sector"), _("Announced"), _("States")],
        "rows": rows,
        "rest": _rests(len(sheet.elsewhere), len(rows), "sector"),
    }
