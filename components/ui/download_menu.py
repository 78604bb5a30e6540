"""The menu of one card: save its picture, page or rows, cite it, link to it."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Literal, cast

import pandas as pd

from components.basics.formatting import (
    escape_markdown,
    format_bytes,
    format_count,
    join_sentences,
)
from components.basics.messages import _, bound, mark
from components.exhibits.exhibit import Exhibit
from components.exports import chromium, files, pictures
from components.exports.file_names import file_name
from components.exports.files import FORMATS, File
from components.exports.pictures import NATURAL, SHAPES, Shape
from components.ui import browser, canvas, data_cards, session, sharing
from components.ui.canvas import st
from components.views import links
from components.views.view import View

logger = logging.getLogger(__name__)

DRAWN_HERE = ("png", "svg", "pdf", "html", "csv")
DRAWN_THERE = ("png", "svg", "html", "csv")
"""Formats of a card: where this server draws pictures, and where the visitor's browser does."""

FIRST_SHAPE = "3x"
MEGABYTES_OF_PAGE = mark("5 MB")

_save_picture = browser.component("save_picture")


def menu_button(exhibit: Exhibit) -> None:
    """Draw the button that opens the menu of one exhibit."""
    has_picture = chromium.find_browser() is not None and not exhibit.view.projects.empty
    picture = links.page_address(f"charts/{exhibit.id}.png", exhibit.view.link)
    if canvas.button(
        _("Download"),
        way=picture if has_picture else "",
        key=f"download-{exhibit.id}",
        icon=":material/download:",
        type="tertiary",
    ):
        canvas.dialog(_("Download, cite, embed"), _menu, exhibit)


def rows_button(view: View, *, listed: "pd.Index[int] | None" = None, search: str = "") -> None:
    """Draw the button that saves the matching rows, all columns, as CSV.

    ``listed`` is what a search left of them, in the order of the list.
    """
    paper = canvas.paper()
    count = len(view.projects) if listed is None else len(listed)
    label = _("CSV, {rows}, all columns", rows=format_count(count, "row"))
    if paper:
        # A search is no parameter of the API.
        way = "" if search else links.page_address("api/v1/projects.csv", view.link)
        paper.way(label, way, key="download-rows")
        return
    link = session.link_to(view) if listed is None else session.link_here()
    st.download_button(
        label,
        data=bound(lambda: files.projects(view, link=link, listed=listed, search=search).content()),
        file_name=file_name(view, "projects", "csv", variant="search" if search else ""),
        mime="text/csv",
        on_click="ignore",
        key="download-rows",
        icon=":material/download:",
        type="tertiary",
    )


def save_button(
    file: File,
    *,
    key: str,
    label: str,
    kind: Literal["primary", "tertiary"] = "primary",
    way: str = "",
) -> None:
    """Draw a button that makes a file when clicked, and saves it; on paper a link to its ``way``.

    Without a ``way`` the file needs the app, or a paper that keeps files.
    """
    paper = canvas.paper()
    if paper:
        paper.way(label, way or paper.keep(file), key=key)
        return
    st.download_button(
        label,
        data=bound(file.content),
        file_name=file.name,
        mime=file.format.media_type,
        on_click="ignore",
        key=key,
        icon=":material/download:",
        type=kind,
    )


def row_label(file: File) -> str:
    """Return the label of a save button: format, number of rows, approximate size."""
    count = format_count(len(file.table.rows), "row") if file.table else ""
    return _(
        "Save {format}, {rows}, about {size}",
        format=_(file.format.label),
        rows=count,
        size=format_bytes(file.size()),
    )


def _menu(exhibit: Exhibit) -> None:
    title, subtitle = escape_markdown(_(exhibit.title)), escape_markdown(exhibit.subtitle)
    st.markdown(_("**{title}.** {subtitle}", title=title, subtitle=subtitle))
    save, cite, programs, share = st.tabs(
        [_("Download"), _("Cite"), _("Programs"), _("Link and embed")], key=f"menu-{exhibit.id}"
    )
    with save:
        _save(exhibit)
    with cite:
        sharing.citations(exhibit.view, link=session.link_to(exhibit.view))
        sharing.words_of(exhibit)
    with programs:
        data_cards.programs(exhibit.view)
    with share:
        sharing.link(exhibit.view)
        sharing.card_links(exhibit)
        sharing.embed_code(exhibit)


def _save(exhibit: Exhibit) -> None:
    has_browser = chromium.find_browser() is not None
    kind = st.segmented_control(
        _("Format"),
        DRAWN_HERE if has_browser else DRAWN_THERE,
        format_func=lambda kind: _(FORMATS[kind].label),
        default="png",
        required=True,
        key=f"format-{exhibit.id}",
    )
    shape = _shape(exhibit) if kind == "png" else NATURAL
    is_short = kind in ("png", "svg", "pdf") and st.toggle(
        _("Short notes"),
        key=f"short-{exhibit.id}",
        help=_("Only what is needed to read the picture, and its sources."),
    )
    link = session.link_to(exhibit.view)
    if kind == "html":
        page = files.page(exhibit, link=link)
        said = _("One file that any browser opens, also without a connection.")
        st.caption(escape_markdown(said))
        size = _(MEGABYTES_OF_PAGE)
        label = _("Save {format}, about {size}", format=_(page.format.label), size=size)
        save_button(page, key=f"save-{exhibit.id}", label=label)
    elif kind == "csv":
        rows = files.exhibit_rows(exhibit, link=link)
        st.caption(escape_markdown(rows.table.description if rows.table else ""))
        save_button(rows, key=f"save-{exhibit.id}", label=row_label(rows))
    else:
        picture = partial(files.picture, exhibit, link=link, is_short=is_short)
        _picture(exhibit, picture, kind=cast("pictures.Kind", kind), shape=shape)


def _shape(exhibit: Exhibit) -> Shape:
    chosen = st.segmented_control(
        _("Size"),
        list(SHAPES),
        format_func=lambda shape: _(SHAPES[shape].label),
        default=FIRST_SHAPE,
        required=True,
        key=f"shape-{exhibit.id}",
    )
    return SHAPES[chosen]


def _picture(
    exhibit: Exhibit, picture: Callable[..., File], *, kind: pictures.Kind, shape: Shape
) -> None:
    """Draw a save button for a picture, made by this server or else by the visitor's browser."""
    place = st.empty()
    file = picture(kind=kind, shape=shape)
    if chromium.find_browser() is None:
        with place.container():
            _drawn_by_visitor(exhibit, file, shape=shape, reason=chromium.explain_absence())
        return
    with place:
        save_button(file, key=f"save-{exhibit.id}", label=_saved_as(file))
    preview = shape if shape.size or shape.width else NATURAL
    try:
        with st.spinner(_("Drawing the picture")):
            shown = picture(kind="png", shape=preview).content()
    except chromium.PictureError as error:
        logger.warning("%s could not be drawn: %s", file.name, error)
        with place.container():
            reason = _("This server cannot at present.")
            _drawn_by_visitor(exhibit, file, shape=shape, reason=reason)
        return
    with st.container(border=True, key="picture-preview"):
        st.image(shown, alt=exhibit.alt)


def _saved_as(file: File) -> str:
    return _("Save {format}", format=_(file.format.label))


def _drawn_by_visitor(exhibit: Exhibit, file: File, *, shape: Shape, reason: str) -> None:
    """Show the print figure itself, which the visitor's browser can save as PNG or SVG."""
    kind = file.format.id
    if kind not in DRAWN_THERE:
        st.caption(escape_markdown(reason))
        return
    figure = pictures.print_figure(exhibit, link=file.link, shape=shape)
    scale = shape.size[0] / figure.layout.width if shape.size else shape.scale
    picture = {
        "format": kind,
        "filename": file.name.rsplit(".", 1)[0],
        "width": figure.layout.width,
        "height": figure.layout.height,
        "scale": scale if kind == "png" else 1,
    }
    _save_picture(
        key=f"save-{exhibit.id}-{kind}-{shape.id}",
        data={"label": _saved_as(file), "picture": picture},
        width="content",
    )
    st.caption(escape_markdown(join_sentences(_("Drawn by your browser."), reason)))
    with st.container(key="print-preview", gap=None):
        st.plotly_chart(
            figure,
            key=f"print-{exhibit.id}-{shape.id}",
            width="content",
            theme=None,
            config={
                "displayModeBar": True,
                "displaylogo": False,
                "modeBarButtons": [["toImage"]],
                "toImageButtonOptions": picture,
            },
            alt=exhibit.alt,
        )
