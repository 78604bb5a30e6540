"""The download menu of a card: the picture as it will be saved, and files to save."""

from functools import partial

import streamlit as st

from components import exhibits, exports
from components.exhibits import Exhibit
from components.formatting import escape_markdown
from components.palette import PRINT_WIDTH
from components.view import View

PNG_SCALE = 2
"""A PNG has this many pixels to each unit of the figure: 2,400 across, 8 inches at 300 dpi."""

_SAVE_HTML = """
<div class="row">
  <button type="button" data-format="png">PNG picture</button>
  <button type="button" data-format="svg">SVG vector picture</button>
</div>
"""

_SAVE_CSS = """
.row { display: flex; gap: 0.5rem; flex-wrap: wrap; }
button {
  font: inherit; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: 0.45rem 0.8rem; min-height: 2.5rem; cursor: pointer;
}
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""

# The preview is a Plotly figure at print size. It is shrunk to the dialog for the eye only, and
# its own (hidden) camera button draws the file, at the size and format set here.
_SAVE_JS = """
export default function ({ parentElement, data }) {
  const find = () => document.querySelector(".st-key-print-preview .js-plotly-plot")
  const fit = () => {
    const frame = document.querySelector(".st-key-print-preview")
    const plot = find()
    if (frame && plot) {
      frame.parentElement.style.overflow = "hidden"
      plot.closest("[data-testid='stPlotlyChart']").style.zoom = frame.clientWidth / data.width
    }
    return Boolean(plot)
  }
  const waiting = setInterval(() => { if (fit()) clearInterval(waiting) }, 50)
  for (const button of parentElement.querySelectorAll("button")) {
    const format = button.dataset.format
    button.onclick = () => {
      const plot = find()
      if (!plot) return
      plot._context.toImageButtonOptions = {
        format, filename: data.name, width: data.width, height: data.height,
        scale: format === "png" ? data.scale : 1,
      }
      plot.querySelector(".modebar-btn[data-attr='toImage'], .modebar-btn").click()
    }
  }
  return () => clearInterval(waiting)
}
"""

_save_picture = st.components.v2.component(
    "save_picture", html=_SAVE_HTML, css=_SAVE_CSS, js=_SAVE_JS
)


def menu_button(exhibit: Exhibit, view: View) -> None:
    """Draw the button that opens the menu of one exhibit."""
    if st.button(
        "Download", key=f"download-{exhibit.id}", icon=":material/download:", type="tertiary"
    ):
        _menu(exhibit, view)


def rows_button(view: View) -> None:
    """Draw the button that saves the matching rows, all columns, as CSV."""
    count = len(view.projects)
    st.download_button(
        f"CSV, {count:,} {'row' if count == 1 else 'rows'}",
        data=lambda: exports.csv_bytes(exports.project_rows(view)),
        file_name=exports.file_name(view, "projects", "csv"),
        mime="text/csv",
        on_click="ignore",
        key="download-rows",
        icon=":material/download:",
        type="tertiary",
    )


@st.dialog("Download", width="large")
def _menu(exhibit: Exhibit, view: View) -> None:
    figure = exhibits.print_figure(exhibit, view)
    st.caption(escape_markdown(f"{exhibit.title}. {exhibit.source}"))
    with st.container(key="print-preview", border=True):
        st.plotly_chart(
            figure,
            key=f"print-{exhibit.id}",
            width="content",
            theme=None,
            config={
                "displayModeBar": True,
                "displaylogo": False,
                "modeBarButtons": [["toImage"]],
                "staticPlot": False,
            },
            alt=exhibit.alt,
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        _save_picture(
            key=f"save-{exhibit.id}",
            data={
                "name": exports.file_name(view, exhibit.id, "").rstrip("."),
                "width": PRINT_WIDTH,
                "height": figure.layout.height,
                "scale": PNG_SCALE,
            },
            width="content",
        )
        count = len(exhibit.rows)
        st.download_button(
            f"CSV of this chart, {count:,} {'row' if count == 1 else 'rows'}",
            data=partial(exports.csv_bytes, exhibit.rows),
            file_name=exports.file_name(view, exhibit.id, "csv"),
            mime="text/csv",
            on_click="ignore",
            key=f"csv-{exhibit.id}",
        )
