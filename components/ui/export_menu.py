"""The menu of the whole view: briefing, everything as ZIP, rows, citation and link."""

import logging
import time
from dataclasses import replace
from typing import Final

from components.basics.formatting import (
    escape_markdown,
    format_bytes,
    format_count,
    join_sentences,
)
from components.basics.messages import _, bound, mark
from components.exports import bundle, chromium, files, jobs, tables
from components.exports.files import FORMATS, PAPERS, File
from components.ui import browser, canvas, data_cards, download_menu, session, sharing
from components.ui.canvas import st
from components.views import links
from components.views.filters import ProjectFilter
from components.views.links import Link
from components.views.view import View

logger = logging.getLogger(__name__)

LOOK_S: Final = 0.25
DATA_FORMATS: Final = ("csv", "excel-csv", "xlsx", "json", "parquet")
BOOK: Final = "xlsx"
FIRST_PAPER: Final = "us-letter"

SCOPES: Final = {"view": mark("This view, {projects}"), "all": mark("All rows, {projects}")}
"""The choices of rows, where there is a filter."""

_press = browser.component("press")


def menu_button(view: View) -> None:
    """Draw the button that opens the menu of the view; a paper that keeps files has a briefing."""
    along = Link(filter=view.filter, as_of=view.known_on)
    paper = canvas.paper()
    kept = ""
    if paper and paper.is_static and not view.projects.empty:
        brief = files.brief(view, paper=FIRST_PAPER, link=session.address_of("", along))
        kept = paper.keep(brief)
    if canvas.button(
        _("Export this view"),
        way=kept or links.page_address("data", along),
        key="export-view",
        icon=":material/ios_share:",
        type="tertiary",
    ):
        canvas.dialog(_("Export this view"), _menu, view)


def follow_button(view: View) -> None:
    """Draw the button that says how to follow a view."""
    if canvas.button(
        _("Follow this view"),
        way=links.page_address("feed.atom", Link(filter=view.filter)),
        key="follow",
        icon=":material/rss_feed:",
        type="tertiary",
    ):
        data_cards.follow(view)


def sheet_buttons(view: View, state: str, *, name: str) -> None:
    """Draw the buttons that save the sheet of a state as PDF, one for each size of paper."""
    link = session.link_to(view)
    for paper, label in PAPERS.items():
        file = files.state_sheet(view, state, paper=paper, link=link)
        key = f"save-sheet-{paper}"
        said = _("Sheet of {state} (PDF, {paper})", state=name, paper=_(label))
        download_menu.save_button(file, key=key, label=said, kind="tertiary")


def _menu(view: View) -> None:
    link = session.link_to(view)
    said = _("{title}. {view}.", title=view.pledge.title, view=view.words)
    st.markdown(escape_markdown(said))
    documents, data, cite, programs, share = st.tabs(
        [_("Documents"), _("Data"), _("Cite"), _("Programs"), _("Link and embed")],
        key="menu-view",
    )
    with documents:
        _documents(view, link=link)
    with data:
        _data(view)
    with programs:
        data_cards.programs(view)
    with cite:
        sharing.citations(view, link=link)
    with share:
        sharing.link(view)
        if not view.projects.empty:
            sharing.choose_card(view)


def _documents(view: View, *, link: str) -> None:
    _explain(
        _("Briefing."),
        _(
            "Headline, map, how far the money is, charts, projects, notes and numbered sources on "
            "two to four pages, for paper and screen readers."
        ),
    )
    paper = st.segmented_control(
        _("Paper"),
        list(PAPERS),
        format_func=lambda paper: _(PAPERS[paper]),
        default=FIRST_PAPER,
        required=True,
        key="paper",
    )
    _long_job(
        files.brief(view, paper=paper, link=link),
        key="briefing",
        label=_("Save briefing (PDF)"),
    )
    _explain(
        _("Everything."),
        _(
            "All pictures (PNG, SVG, PDF), all data (CSV, XLSX, JSON, Parquet), the briefing, and "
            "what explains them: README.txt, CITATION.cff, datapackage.json."
        ),
    )
    _long_job(
        bundle.of_view(view, link=link, paper=paper),
        key="everything",
        label=_("Save everything (ZIP)"),
    )
    if chromium.find_browser() is None:
        said = _(
            "Without pictures: the briefing has tables in their place, the ZIP says what is "
            "missing."
        )
        st.caption(escape_markdown(join_sentences(said, chromium.explain_absence())))


def _explain(lead: str, text: str) -> None:
    st.markdown(_("**{lead}** {text}", lead=escape_markdown(lead), text=escape_markdown(text)))


def _long_job(file: File, *, key: str, label: str) -> None:
    """Draw a button that makes a file, shows the progress, and saves it."""
    is_asked = st.button(label, key=f"make-{key}", icon=":material/download:", type="primary")
    # Always present, so that nothing below moves when the progress bar appears.
    place = st.empty()
    if not is_asked:
        return
    with place:
        content = _wait_for(file)
    if content is None:
        return
    with place.container():
        st.download_button(
            f"{file.name}, {format_bytes(len(content))}",
            data=content,
            file_name=file.name,
            mime=file.format.media_type,
            on_click="ignore",
            key=f"save-{key}",
            type="tertiary",
        )
        _press(key=f"press-{key}", data={"key": f"save-{key}"}, height=1)


def _wait_for(file: File) -> bytes | None:
    """Return a file made in the background, with a progress bar; None, with a message, on failure.

    Only the run of this visitor waits here; a click elsewhere ends the wait, not the job.
    """
    try:
        job = _jobs().start(replace(file, make=bound(file.make)))
    except jobs.BusyError:
        st.warning(_("Many are exporting right now. Please try again in a minute."))
        return None
    said = _("Drawing and setting")
    bar = st.progress(0.0, text=said)
    while not job.is_done:
        bar.progress(job.share, text=said)
        time.sleep(LOOK_S)
    try:
        return job.content()
    except Exception:
        logger.exception("%s could not be made.", file.name)
        st.error(_("This file could not be made. The server's log says why."))
        return None


@st.cache_resource(show_spinner=False)
def _jobs() -> jobs.Jobs:
    return jobs.Jobs()


def _data(view: View) -> None:
    shown = _scope(view)
    link = session.link_to(shown)
    kind = st.segmented_control(
        _("Format"),
        DATA_FORMATS,
        format_func=lambda kind: _(FORMATS[kind].label),
        default="csv",
        required=True,
        key="data-format",
    )
    held = {table.name: table for table in tables.of_view(shown, link=link)}
    if kind == BOOK:
        said = _("One sheet for each table, and a cover that explains them.")
        st.caption(escape_markdown(said))
        file = files.book(shown, link=link)
        rows = format_count(sum(len(table.rows) for table in held.values()), "row")
        size = format_bytes(files.book_size(shown, link=link))
        label = _(
            "Save {format}, {sheets} sheets, {rows}, about {size}",
            format=_(file.format.label),
            sheets=len(held),
            rows=rows,
            size=size,
        )
    else:
        name = st.selectbox(
            _("Table"), list(held), format_func=lambda name: held[name].title, key="data-table"
        )
        st.caption(escape_markdown(held[name].description))
        file = files.rows(held[name], shown, kind=kind, link=link)
        label = download_menu.row_label(file)
    download_menu.save_button(file, key="save-data", label=label)


def _scope(view: View) -> View:
    """Return the chosen scope; draw the choice of this view or all rows, where they differ."""
    if not view.filter:
        return view
    whole = view.baseline.view(ProjectFilter())
    choices = {"view": view, "all": whole}
    chosen = st.segmented_control(
        _("Rows"),
        list(choices),
        format_func=lambda scope: _(
            SCOPES[scope], projects=format_count(len(choices[scope].projects), "project")
        ),
        default="view",
        required=True,
        key="data-scope",
    )
    return choices[chosen]
