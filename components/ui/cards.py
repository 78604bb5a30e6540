"""Cards: a chart, map or table with its title, subtitle, table view, source and downloads."""

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Literal

from markupsafe import Markup

from components.basics.formatting import escape_markdown
from components.basics.messages import _
from components.basics.palette import Theme, either_theme, screen_theme
from components.drawing import figures, maps
from components.drawing.svg_elements import Link as LinkOf
from components.exhibits.exhibit import Exhibit
from components.exhibits.own_map import OwnMap
from components.exhibits.state_map import StateMap
from components.ui import canvas, download_menu, evidence, html_table, markup, session, viewport
from components.ui.canvas import st
from components.views import links
from components.views.links import Link
from components.views.view import View
from components.words import wording

FIGURE_REM = 8.75
"""A headline figure is at least this wide."""

CHART_CONFIG = {
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}


def theme(width: int) -> Theme:
    """Return the visitor's theme for a chart ``width`` pixels wide; 0 where there is no chart."""
    return screen_theme(viewport.scheme(), width=width)


def figure_row(view: View) -> None:
    """Draw the headline figures, each with what it is and a remark."""
    # Not st.metric, which brings a charting library of its own.
    width = round(FIGURE_REM * viewport.rem())
    with st.grid(5, min_column_width=width, gap="xsmall", border=True, key="figures"):
        for figure in wording.figures(view):
            said = Markup(
                '<h2 class="headline"><strong>{}</strong> {} <span>· {}</span></h2>'
            ).format(figure.text, figure.label, figure.remark)
            st.html(said + evidence.figure_makeup(view, figure.makeup))


def chart_card(
    exhibit: Exhibit, *, width: int, height: Literal["content", "stretch"] = "content"
) -> None:
    """Draw a chart in its card; a click on a bar filters where the exhibit has a facet.

    ``width`` is the room inside the card in pixels; ``height`` "stretch" matches the neighbour.
    """

    def draw() -> None:
        facet = exhibit.facet
        if facet is None or canvas.paper():
            _draw_chart(exhibit, width=width, link=_toggled(exhibit))
            return
        key = f"chart-{exhibit.id}"
        # A chart that looks the same under another filter would keep its selection, and a click
        # would then deselect instead of select. The filter in its metadata makes it a new chart.
        figure = figures.labelled(exhibit.draw(theme(width)), exhibit.view.words)
        st.plotly_chart(
            figure,
            key=key,
            theme=None,
            config=CHART_CONFIG,
            alt=exhibit.alt,
            on_select=lambda: session.click_bar(facet, key),
            selection_mode="points",
        )

    with _card(exhibit, height=height):
        _body(exhibit, draw)


def _draw_chart(
    exhibit: Exhibit, *, width: int, narrow: int = 0, link: LinkOf | None = None
) -> None:
    """Draw a chart that takes no clicks; ``narrow`` is its width on a phone, if not as in a card.

    On paper it is drawn for a phone and for a desktop, of which the style sheet shows one, and
    what ``link`` has an address for is a link.
    """
    if canvas.paper():
        _print(partial(exhibit.svg, link=link), width=width, narrow=narrow)
        if isinstance(exhibit, OwnMap):
            # Its figure has the key inside.
            _map_legend(exhibit, either_theme(width=width))
        return
    key = f"chart-{exhibit.id}"
    figure = exhibit.draw(theme(width))
    st.plotly_chart(figure, key=key, theme=None, config=CHART_CONFIG, alt=exhibit.alt)


def card_alone(kind: type[Exhibit], view: View, *, window: int) -> None:
    """Draw one card to embed in another page: it takes no clicks and links to its view.

    What it says of its source and date is in sight in a frame of any height.
    """
    exhibit = kind.of(view)
    if view.projects.empty:
        with st.container(key=f"card-{exhibit.id}", gap="xsmall"):
            markup.heading(_(exhibit.title))
            st.info(escape_markdown(wording.no_matches(view)), icon=":material/filter_alt_off:")
            with st.container(key="card-foot", gap="xsmall"):
                st.html(markup.said(wording.issue_line(view), kind="small"))
                _way_back(view)
        return
    # On paper the frame is not known: drawn for a usual one, it grows and shrinks a little.
    width = viewport.embedded_width(viewport.EMBED_WIDTH if canvas.paper() else window)

    def draw() -> None:
        if isinstance(exhibit, StateMap) and canvas.paper():
            _printed_map(exhibit, width=viewport.embedded_map_width(window))
        elif isinstance(exhibit, StateMap) and viewport.has_webgl():
            room = viewport.embedded_map_width(window)
            colours = theme(room)
            height = maps.height_for(room)
            st.pydeck_chart(exhibit.deck(colours), key="map", height=height, alt=exhibit.alt)
            _map_legend(exhibit, colours)
        else:
            narrow = viewport.embedded_width(viewport.PHONE_WIDTH)
            _draw_chart(exhibit, width=width, narrow=narrow)

    with st.container(key=f"card-{exhibit.id}", gap="xsmall"):
        _heading(_(exhibit.title), exhibit.subtitle)
        _body(exhibit, draw)
        if exhibit.note:
            st.html(markup.said(exhibit.note, kind="small"))
        with st.container(key="card-foot", gap="xsmall"):
            st.html(evidence.source_line(view, exhibit.source, exhibit.source_ids))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _table_switch(exhibit)
                _way_back(view)


def _way_back(view: View) -> None:
    address = html.escape(session.link_to(view) or "/", quote=True)
    said = _("Full view: {title}", title=view.pledge.title)
    st.html(
        '<p style="margin:0;font-size:0.8rem">'
        f'<a href="{address}" target="_blank" rel="noopener" style="color:{theme(0).accent}">'
        f"{html.escape(said)}</a></p>"
    )


def map_card(exhibit: StateMap, *, width: int) -> None:
    """Draw the map in its card, with its legend; a click on a state toggles it in the filter."""

    def draw() -> None:
        if canvas.paper():
            _printed_map(exhibit, width=width, link=_toggled(exhibit))
            return
        if not viewport.has_webgl():
            _draw_chart(exhibit, width=width)
            html_table.chart_table(exhibit)
            return
        room = viewport.map_width(width)
        colours = theme(room)
        key = session.map_key()
        st.pydeck_chart(
            exhibit.deck(colours),
            key=key,
            height=maps.height_for(room),
            on_select=lambda: session.click_state(key),
            selection_mode="multi-object",
            alt=exhibit.alt,
        )
        _map_legend(exhibit, colours)

    with _card(exhibit, height="stretch"):
        _body(exhibit, draw)


def _toggled(exhibit: Exhibit) -> LinkOf | None:
    """Return what a click leads to on paper: the value clicked is toggled in the filter."""
    view, facet = exhibit.view, exhibit.facet
    if facet is None:
        return None

    def address(value: str) -> str:
        return links.here(Link(filter=view.filter.toggle(facet, value), as_of=view.known_on))

    return address


def _printed_map(exhibit: StateMap, *, width: int, link: LinkOf | None = None) -> None:
    """Draw the map on paper; a state is a link where ``link`` has an address for it."""
    _print(partial(exhibit.svg, link=link), width=width)
    _map_legend(exhibit, either_theme(width=width))


def _print(draw: Callable[[Theme], Markup], *, width: int, narrow: int = 0) -> None:
    """Draw a picture on paper, for a desktop and, as narrow as in a card, for a phone."""
    paper = canvas.paper()
    assert paper
    narrow = narrow or viewport.card_width(viewport.PHONE_WIDTH)
    paper.chart(draw, narrow=narrow, wide=width)


@contextmanager
def _card(exhibit: Exhibit, *, height: Literal["content", "stretch"]) -> Iterator[None]:
    with st.container(border=True, key=f"card-{exhibit.id}", gap="xsmall", height=height):
        _heading(_(exhibit.title), exhibit.subtitle)
        yield
        _small_print(exhibit)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _table_switch(exhibit)
            download_menu.menu_button(exhibit)


def _heading(title: str, subtitle: str) -> None:
    """Write title and subtitle close together; Streamlit's own heading has wide margins."""
    st.html(Markup('<h2>{}</h2><p class="subtitle">{}</p>').format(title, subtitle))


def _small_print(exhibit: Exhibit) -> None:
    """Write notes, the makeup of the bars and the sources."""
    made = evidence.bars(exhibit.view, exhibit.made)
    sources = evidence.source_line(exhibit.view, exhibit.source, exhibit.source_ids)
    # In one piece: each piece is a message of its own to the browser.
    st.html(markup.said(exhibit.note, kind="small") + made + sources)


def _body(exhibit: Exhibit, draw: Callable[[], None]) -> None:
    # In a place of its own: else what follows moves, and the switch itself loses the focus.
    with st.container(gap="xsmall"):
        if session.is_on(_table_key(exhibit)):
            html_table.chart_table(exhibit)
        else:
            draw()


def _table_switch(exhibit: Exhibit) -> None:
    """Draw the switch between chart and table; on paper, the table folded."""
    paper = canvas.paper()
    if paper is None:
        st.toggle(_("Table"), key=_table_key(exhibit))
        return
    with paper.fold(_("Table")):
        html_table.chart_table(exhibit)


def _table_key(exhibit: Exhibit) -> str:
    return f"table-{exhibit.id}"


def _map_legend(exhibit: StateMap | OwnMap, colours: Theme) -> None:
    square = (
        "display:inline-block;width:0.9em;height:0.9em;border-radius:2px;"
        "vertical-align:-0.1em;margin-right:0.35em"
    )
    circle = f"{square};border-radius:50%;box-sizing:border-box;border:2px solid "
    items = []
    for swatch in exhibit.legend(colours):
        colour = swatch.colour
        stripes = f"repeating-linear-gradient(45deg,{colour} 0 3px,{colours.paper} 3px 5px)"
        style = {
            "square": f"{square};background:{colour}",
            "hatched": f"{square};background:{stripes}",
            "circle": f"{circle}{colour};background:{colour}",
            "hollow": f"{circle}{colour}",
        }[swatch.shape]
        items.append(
            '<span style="display:inline-block;margin-right:1em">'
            f'<span style="{style}"></span>{html.escape(swatch.label)}</span>'
        )
    st.html(f'<p class="key">{"".join(items)}</p>')


def projects_card(view: View) -> None:
    """Draw the list of matching projects, with a button to download their rows."""
    with st.container(border=True, key="card-projects", gap="xsmall"):
        _heading(wording.TITLES["projects"], _("{filter}.", filter=wording.filter_line(view)))
        html_table.project_table(
            view,
            link=lambda project_id: markup.project_link(view, project_id),
        )
        download_menu.rows_button(view)


def sources_card(view: View) -> None:
    """Draw the list of sources of the matching projects, collapsed at first."""
    ids = view.source_ids
    title = _("{title} ({count})", title=wording.TITLES["sources"], count=f"{len(ids):,}")
    with st.expander(title, key="card-sources", on_change="rerun") as opened:
        if opened.open:
            sources = view.dataset.sources.set_index("source_id").loc[ids]
            html_table.source_table(sources)
