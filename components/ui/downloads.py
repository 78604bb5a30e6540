"""The download menu of a card: the picture as it will be saved, and files to save."""

from functools import partial

import streamlit as st

from components.exhibits import Exhibit
from components.exports import tables
from components.exports.names import file_name
from components.exports.pictures import print_figure
from components.exports.tabular import csv_bytes
from components.formatting import escape_markdown, format_count
from components.palette import PRINT_WIDTH
from components.ui import browser, session
from components.view import View

PNG_SCALE = 3
"""A PNG has this many pixels to each unit of the figure: 2,100 across, seven inches at 300 dpi."""

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
        data=lambda: csv_bytes(tables.projects(view, link=link)),
        file_name=file_name(view, "projects", "csv"),
        mime="text/csv",
        on_click="ignore",
        key="download-rows",
        icon=":material/download:",
        type="tertiary",
    )


@st.dialog("Download", width="medium")
def _menu(exhibit: Exhibit, view: View) -> None:
    figure = print_figure(exhibit, view, link=session.link_to(view))
    picture = {
        "filename": file_name(view, exhibit.id),
        "width": PRINT_WIDTH,
        "height": figure.layout.height,
        "scale": PNG_SCALE,
    }
    st.markdown(f"**{escape_markdown(exhibit.title)}.** {escape_markdown(exhibit.subtitle)}")
    st.caption(escape_markdown(exhibit.source))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        _save_picture(key=f"save-{exhibit.id}", data=picture, width="content")
        st.download_button(
            f"CSV data, {format_count(len(exhibit.rows), 'row')}",
            data=partial(csv_bytes, tables.of_exhibit(exhibit, view, link=session.link_to(view))),
            file_name=file_name(view, exhibit.id, "csv"),
            mime="text/csv",
            on_click="ignore",
            key=f"csv-{exhibit.id}",
        )
    with st.container(key="print-preview", gap=None):
        st.plotly_chart(
            figure,
            key=f"print-{exhibit.id}",
            width="content",
            theme=None,
            config={
                "displayModeBar": True,
                "displaylogo": False,
                "modeBarButtons": [["toImage"]],
                "toImageButtonOptions": {"format": "png", **picture},
            },
            alt=exhibit.alt,
        )
