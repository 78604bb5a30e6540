"""The menu of one card: its picture, page or rows to save, how to cite it, how to link to it."""

import streamlit as st

from components.exhibits import Exhibit
from components.exports import chromium, files
from components.exports.files import FORMATS, File
from components.exports.names import file_name
from components.exports.pictures import NATURAL, SHAPES, Shape, print_figure
from components.formatting import escape_markdown, format_bytes, format_count
from components.ui import browser, session, sharing
from components.view import View

DRAWN_HERE = ("png", "svg", "pdf", "html", "csv")
DRAWN_THERE = ("png", "svg", "html", "csv")
"""Formats of a card, where this server draws pictures and where the visitor's browser must."""

PREVIEWED = ("png", "svg", "pdf")
FIRST_SHAPE = "3x"
MEGABYTES_OF_PAGE = "5 MB"

_save_picture = browser.component("save_picture")


def menu_button(exhibit: Exhibit, view: View) -> None:
    """Draw the button that opens the menu of one exhibit."""
    if st.button(
        "Download", key=f"download-{exhibit.id}", icon=":material/download:", type="tertiary"
    ):
        _menu(exhibit, view)


def rows_button(view: View) -> None:
    """Draw the button that saves the matching rows, all columns, as CSV."""
    link = session.link_to(view)
    st.download_button(
        f"CSV, {format_count(len(view.projects), 'row')}, all columns",
        data=lambda: files.projects(view, link=link).content(),
        file_name=file_name(view, "projects", "csv"),
        mime="text/csv",
        on_click="ignore",
        key="download-rows",
        icon=":material/download:",
        type="tertiary",
    )


def save_button(file: File, *, key: str, label: str) -> None:
    """Draw the button that makes a file when it is clicked, and saves it."""
    st.download_button(
        label,
        data=file.content,
        file_name=file.name,
        mime=file.format.media_type,
        on_click="ignore",
        key=key,
        icon=":material/download:",
        type="primary",
    )


def row_label(file: File) -> str:
    """Say on a button what it saves: format, number of rows, rough size."""
    count = format_count(len(file.table.rows), "row") if file.table else ""
    return f"Save {file.format.label}, {count}, about {format_bytes(file.size())}"


@st.dialog("Download, cite, embed", width="medium")
def _menu(exhibit: Exhibit, view: View) -> None:
    st.markdown(f"**{escape_markdown(exhibit.title)}.** {escape_markdown(exhibit.subtitle)}")
    save, cite, share = st.tabs(["Download", "Cite", "Link and embed"], key=f"menu-{exhibit.id}")
    with save:
        _save(exhibit, view)
    with cite:
        sharing.citations(view, link=session.link_to(view))
    with share:
        sharing.link(view)
        sharing.embed_code(exhibit, view)


def _save(exhibit: Exhibit, view: View) -> None:
    has_browser = chromium.find_browser() is not None
    kind = st.segmented_control(
        "Format",
        DRAWN_HERE if has_browser else DRAWN_THERE,
        format_func=lambda kind: FORMATS[kind].label,
        default="png",
        required=True,
        key=f"format-{exhibit.id}",
    )
    shape = _shape(exhibit) if kind == "png" else NATURAL
    link = session.link_to(view)
    if kind == "html":
        page = files.page(exhibit, view, link=link)
        st.caption(escape_markdown("One file that any browser opens, also without a connection."))
        label = f"Save {page.format.label}, about {MEGABYTES_OF_PAGE}"
        save_button(page, key=f"save-{exhibit.id}", label=label)
    elif kind == "csv":
        rows = files.exhibit_rows(exhibit, view, link=link)
        st.caption(escape_markdown(rows.table.description if rows.table else ""))
        save_button(rows, key=f"save-{exhibit.id}", label=row_label(rows))
    else:
        _picture(exhibit, view, kind=kind, shape=shape, link=link, has_browser=has_browser)


def _shape(exhibit: Exhibit) -> Shape:
    chosen = st.segmented_control(
        "Size",
        list(SHAPES),
        format_func=lambda shape: SHAPES[shape].label,
        default=FIRST_SHAPE,
        required=True,
        key=f"shape-{exhibit.id}",
    )
    return SHAPES[chosen]


def _picture(
    exhibit: Exhibit, view: View, *, kind: str, shape: Shape, link: str, has_browser: bool
) -> None:
    figure = print_figure(exhibit, view, link=link, shape=shape)
    file = files.picture(exhibit, view, kind=kind, link=link, shape=shape)  # type: ignore[arg-type]
    width, height = figure.layout.width, figure.layout.height
    picture = {
        "format": kind,
        "filename": file.name.rsplit(".", 1)[0],
        "width": width,
        "height": height,
        "scale": (shape.size[0] / width if shape.size else shape.scale) if kind == "png" else 1,
    }
    label = f"Save {file.format.label}"
    if has_browser:
        save_button(file, key=f"save-{exhibit.id}", label=label)
    else:
        _save_picture(
            key=f"save-{exhibit.id}-{kind}-{shape.id}",
            data={"label": label, "picture": picture},
            width="content",
        )
        st.caption(escape_markdown(f"Drawn by your browser. {chromium.explain_absence()}"))
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
