"""What the visitor requests, in session state and in the link; the only reader of both."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal
from urllib.parse import unquote, urljoin

from components.basics import messages
from components.drawing.clicks import clicked_ids, clicked_states
from components.ui import canvas
from components.ui.canvas import st
from components.views import links
from components.views.filters import ProjectFilter
from components.views.links import Link
from components.views.view import Baseline, View

LINK = "link"
ADDRESS = "address"
DROPPED = "dropped_from_link"
MAP_SELECTION = "map_selection"
MAP_ROUND = "map_round"
VISIT = "visit"


def current_link(baseline: Baseline, *, page: str, own: Mapping[str, Collection[str]]) -> Link:
    """Return what the visitor requests, after the address and the session are synchronized.

    An address that changed from outside (first visit, a link, Back, an edited address) replaces
    the request in the session; a choice or a click replaces the address, one step of the browser's
    history. ``own`` is what the page takes in addition to filter and day, as in ``links.read``.
    """

    def read(query: dict[str, list[str]]) -> links.Reading:
        return links.read(
            query,
            vocabulary=baseline.vocabulary,
            newest=baseline.newest,
            last_added=baseline.last_added,
            own=own,
        )

    query = {parameter: st.query_params.get_all(parameter) for parameter in st.query_params}
    asked = read(query)
    if (page, query) != st.session_state.get(ADDRESS):
        if asked.link.filter != _link().filter:
            _forget_clicks()
        st.session_state[LINK] = asked.link
        st.session_state[DROPPED] = asked.dropped
        st.session_state[ADDRESS] = (page, query)
    chosen = _link()
    # A value chosen earlier may be missing in newer data.
    known = read(chosen.to_query())
    if known.link != chosen or chosen != asked.link:
        written = known.link.to_query()
        st.query_params.from_dict(written)
        st.session_state[ADDRESS] = (page, written)
        st.session_state[DROPPED] = known.dropped
        _set_link(known.link)
    return known.link


def language() -> tuple[str, bool]:
    """Return the language that the address names, or else the browser's, and whether it is named.

    The browser's is that of its connection, since it sends the same with the page.
    """
    query = {parameter: st.query_params.get_all(parameter) for parameter in st.query_params}
    asked = links.language_of(query)
    accepted = str(st.context.headers.get("Accept-Language", ""))
    return asked or messages.from_header(accepted), bool(asked)


def dropped_from_link() -> tuple[tuple[str, str], ...]:
    """Return what the link requests and is unknown, as (parameter, value)."""
    dropped: tuple[tuple[str, str], ...] = st.session_state.get(DROPPED, ())
    return dropped


def asked_page() -> str:
    """Return the last part of the path that the browser shows, "" for the first page."""
    path = str(st.context.url or "").partition("?")[0].partition("://")[2]
    return unquote(path.partition("/")[2].rstrip("/").rpartition("/")[2])


def offer(key: str, value: Any, *, is_in_popover: bool = False) -> None:
    """Set a widget to the requested value, before it is drawn under ``key``.

    The browser does not draw what a closed popover holds, and forgets a value that the next run
    does not repeat; elsewhere a repeated value would erase what is being typed.
    """
    if is_in_popover or st.session_state.get(key) != value:
        st.session_state[key] = value


def choose(facet: str, key: str) -> None:
    """Set a facet of the filter to the values of a widget (its ``on_change``)."""
    _set_filter(_link().filter.choose(facet, st.session_state[key]))


def choose_one(facet: str, key: str) -> None:
    """Set a facet of the filter to the single value of a widget; an empty one clears it."""
    value = st.session_state[key]
    _set_filter(_link().filter.choose(facet, [value] if value else []))


def ask(parameter: str, key: str) -> None:
    """Set a parameter of the page to the value of a widget (its ``on_change``)."""
    value = st.session_state[key]
    empty = getattr(Link(), parameter)
    if isinstance(empty, tuple):
        value = tuple(sorted(value))
    _set_link(replace(_link(), **{parameter: empty if value is None else value}))


def ask_day(parameter: str, key: str, last: date) -> None:
    """Set a parameter to the day typed into a field; keep a text that is no day up to ``last``."""
    text = str(st.session_state[key] or "").strip()
    day = links.day_of(text, newest=last)
    if text and day is None:
        st.session_state[f"{key}-wrong"] = (text, _link())
        return
    st.session_state.pop(f"{key}-wrong", None)
    asked: dict[str, Any] = {parameter: day}
    _set_link(replace(_link(), **asked))


def wrong_day(key: str) -> str:
    """Return the text in a field of a day that is none, until something else is requested."""
    text, link = st.session_state.get(f"{key}-wrong", ("", None))
    return text if link == _link() else ""


def reset() -> None:
    """Clear every facet (a button's ``on_click``)."""
    _set_filter(ProjectFilter())
    _forget_clicks()


def way_to_all() -> str:
    """Return the address of this page without a filter, for a page that has no app."""
    return links.here(replace(_link(), filter=ProjectFilter()))


def click_bar(facet: str, key: str) -> None:
    """Toggle the clicked bar's value of a facet in the filter (a chart's ``on_select``)."""
    for value in clicked_ids(st.session_state[key]["selection"]):
        _set_filter(_link().filter.toggle(facet, value))


def map_key() -> str:
    """Return the map's key: a new one after a reset, so that no old selection stays on it."""
    return f"map-{st.session_state.get(MAP_ROUND, 0)}"


def click_state(key: str) -> None:
    """Toggle the clicked state in the filter (the map's ``on_select``).

    The map holds the set of clicked states: the difference from the last set is this click. A
    click outside the land empties the set, which removes the states clicked before.
    """
    now = clicked_states(st.session_state[key]["selection"])
    before: set[str] = st.session_state.get(MAP_SELECTION, set())
    st.session_state[MAP_SELECTION] = now
    for state in sorted(now ^ before):
        _set_filter(_link().filter.toggle("state", state))


def is_on(key: str) -> bool:
    """Return whether a toggle is on, which may be drawn further down."""
    return bool(st.session_state.get(key, False))


def link_to(view: View, *, card: str = "") -> str:
    """Return the address of a view on this server, "" where the server does not know its own.

    With ``card`` it is the address of one exhibit alone.
    """
    return _published(links.address_of(_base(), replace(view.link, card=card)))


def embed_link(
    view: View, *, card: str, day: date | None, scheme: Literal["", "light", "dark"]
) -> str:
    """Return the address of one exhibit in another page, as of a day or live, in a scheme."""
    link = replace(view.link, card=card, as_of=day)
    return links.address_of(_base(), link, is_embedded=True, scheme=scheme)


def picture_link(view: View, *, card: str, kind: str) -> str:
    """Return the address of the picture of one exhibit, "" where the server knows none."""
    return address_of(f"charts/{card}.{kind}", view.link) if _base() else ""


def address_of(path: str, link: Link) -> str:
    """Return the address of something on this server, only its path if that is all it knows."""
    return _published(links.address_of(urljoin(_base(), f"/{path}"), link))


def link_here() -> str:
    """Return the address that the browser shows, as far as this server knows it."""
    return _published(links.address_of(_base(), _link()))


def measured(key: str) -> Mapping[str, Any]:
    """Return what the component under ``key`` reported last; it comes from the browser."""
    return st.session_state.get(key) or {}


def remember(view: View, link: Link, window: int) -> None:
    """Store the view of this run for the page that is about to draw it."""
    st.session_state[VISIT] = (view, link, window)


def recall() -> tuple[View, Link, int]:
    """Return the view of this run, the whole request, and the width of the window."""
    view, link, window = st.session_state[VISIT]
    return view, link, window


def _published(address: str) -> str:
    paper = canvas.paper()
    return paper.published(address) if paper else address


def _base() -> str:
    return str(st.context.url or "").partition("?")[0]


def _link() -> Link:
    link: Link = st.session_state.get(LINK, Link())
    return link


def _set_filter(project_filter: ProjectFilter) -> None:
    _set_link(replace(_link(), filter=project_filter))


def _set_link(link: Link) -> None:
    st.session_state[LINK] = link
    # A state that the map holds as clicked must be in the filter, or the next click is misread.
    if not st.session_state.get(MAP_SELECTION, set()) <= set(link.filter.state):
        _forget_clicks()


def _forget_clicks() -> None:
    st.session_state[MAP_SELECTION] = set()
    st.session_state[MAP_ROUND] = st.session_state.get(MAP_ROUND, 0) + 1
