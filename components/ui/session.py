"""The visitor's filter, in session state and in the link; the only reader of both."""

import streamlit as st

from components import links
from components.charts import clicked_ids
from components.exhibits import EXHIBITS
from components.filters import LinkReading, ProjectFilter, read_link
from components.maps import clicked_states
from components.view import Baseline, View

FILTER = "project_filter"
LINK = "link"
DROPPED = "dropped_from_link"
MAP_SELECTION = "map_selection"
MAP_ROUND = "map_round"
VIEW = "view"


def current_filter(baseline: Baseline) -> ProjectFilter:
    """Bring link and filter together, and give the filter.

    A link that changed from outside (first visit, Back, an edited address) sets the filter; a
    filter that changed by a choice or a click sets the link, one step of the browser's history.
    """
    query = {parameter: st.query_params.get_all(parameter) for parameter in st.query_params}
    if query != st.session_state.get(LINK):
        reading = _read(query, baseline)
        if reading.project_filter != st.session_state.get(FILTER):
            _set_filter(reading.project_filter)
            _forget_clicks()
        st.session_state[DROPPED] = reading.dropped
        st.session_state[LINK] = query
    chosen: ProjectFilter = st.session_state[FILTER]
    # New data may have lost a value that an old choice holds.
    known = read_link(chosen.to_query(), baseline.vocabulary)
    has_lost = known.project_filter != chosen
    if has_lost or chosen != _read(query, baseline).project_filter:
        card = card_alone()
        link = known.project_filter.to_query() | ({links.CARD: [card]} if card else {})
        st.query_params.from_dict(link)
        st.session_state[LINK] = link
        st.session_state[DROPPED] = known.dropped
        _set_filter(known.project_filter)
    return known.project_filter


def card_alone() -> str:
    """Give the id of the one exhibit that the link asks for, "" where it asks for the page."""
    cards = st.query_params.get_all(links.CARD)
    return cards[0] if len(cards) == 1 and cards[0] in EXHIBITS else ""


def _read(query: dict[str, list[str]], baseline: Baseline) -> LinkReading:
    """Read a link; a card that is not known is named among what was dropped."""
    rest = {
        name: values for name, values in query.items() if name != links.CARD or not card_alone()
    }
    return read_link(rest, baseline.vocabulary)


def dropped_from_link() -> tuple[tuple[str, str], ...]:
    """Give what the link asked for in vain, as (parameter, value)."""
    dropped: tuple[tuple[str, str], ...] = st.session_state.get(DROPPED, ())
    return dropped


def offer(facet: str, key: str, project_filter: ProjectFilter) -> None:
    """Set a filter widget to the filter, before it is drawn under ``key``."""
    chosen = list(project_filter.of(facet))
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen


def choose(facet: str, key: str) -> None:
    """Take the choice of a filter widget into the filter (a widget's ``on_change``)."""
    _set_filter(_filter().choose(facet, st.session_state[key]))


def reset() -> None:
    """Free every facet (a button's ``on_click``)."""
    _set_filter(ProjectFilter())
    _forget_clicks()


def click_bar(facet: str, key: str) -> None:
    """Toggle the clicked bar's value of a facet in the filter (a chart's ``on_select``)."""
    for value in clicked_ids(st.session_state[key]["selection"]):
        _set_filter(_filter().toggle(facet, value))


def map_key() -> str:
    """Give the map's key: a new one after a reset, so that no old selection lingers on it."""
    return f"map-{st.session_state.get(MAP_ROUND, 0)}"


def click_state(key: str) -> None:
    """Toggle the clicked state in the filter (the map's ``on_select``).

    The map keeps a set of what was clicked: the difference to last time is this click. A click
    beside the land empties the set, and so frees what was clicked before.
    """
    now = clicked_states(st.session_state[key]["selection"])
    before: set[str] = st.session_state.get(MAP_SELECTION, set())
    st.session_state[MAP_SELECTION] = now
    for state in sorted(now ^ before):
        _set_filter(_filter().toggle("state", state))


def is_on(key: str) -> bool:
    """Tell whether a toggle that may be drawn further down is on."""
    return bool(st.session_state.get(key, False))


def link_to(view: View, *, card: str = "") -> str:
    """Give the address of a view on this server, "" where the server does not know its own.

    With ``card`` it is that of one exhibit, to be embedded in another page.
    """
    base = str(st.context.url or "").partition("?")[0]
    return links.address_of(base, view.filter, card=card)


def measured_width(key: str) -> int | None:
    """Give the width in pixels that the measuring component under ``key`` last reported."""
    width = (st.session_state.get(key) or {}).get("width")
    return int(width) if isinstance(width, int | float) and 100 < width < 20_000 else None


def remember(view: View, window: int) -> None:
    """Keep the view of this run for the page that is about to draw it."""
    st.session_state[VIEW] = (view, window)


def recall() -> tuple[View, int]:
    """Give the view of this run and the width of the window."""
    view, window = st.session_state[VIEW]
    return view, window


def _filter() -> ProjectFilter:
    chosen: ProjectFilter = st.session_state.get(FILTER, ProjectFilter())
    return chosen


def _set_filter(project_filter: ProjectFilter) -> None:
    st.session_state[FILTER] = project_filter
    # What the map holds as clicked is part of the filter, or its next click would be misread.
    if not st.session_state.get(MAP_SELECTION, set()) <= set(project_filter.state):
        _forget_clicks()


def _forget_clicks() -> None:
    st.session_state[MAP_SELECTION] = set()
    st.session_state[MAP_ROUND] = st.session_state.get(MAP_ROUND, 0) + 1
