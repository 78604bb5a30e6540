"""The filter bar: one control for each facet, a reset, and the filter in words."""

from typing import Final, Literal

from components.basics.formatting import bracketed
from components.basics.messages import Labels, _
from components.ui import canvas, day, export_menu, markup, session, viewport
from components.ui.canvas import st
from components.views.filters import OFFERED, ProjectFilter
from components.views.view import Baseline, View
from components.words import wording

LABELS: Final = Labels(
    {"sector": "Sector", "state": "State", "tranche": "Tranche", "stage": "Stage"}
)
PLACEHOLDERS: Final = Labels(
    {
        "sector": "All sectors",
        "state": "All states",
        "tranche": "All tranches",
        "stage": "All stages",
    }
)


def draw(view: View, *, window: int, has_one_state: bool = False) -> None:
    """Draw the controls: in a row, or behind one button in a narrow window.

    With ``has_one_state`` the visitor chooses a single state, whose sheet the page then shows.
    """
    with st.container(key="bar", gap="small"):
        if viewport.is_stacked(window):
            _draw_narrow(view, has_one_state=has_one_state)
        else:
            _draw_wide(view, has_one_state=has_one_state)


def draw_without_filter(view: View) -> None:
    """Draw the bar of a page to which no filter applies: only the control of the day."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        day.control(view)
        export_menu.follow_button(view)


def _draw_wide(view: View, *, has_one_state: bool) -> None:
    cells = st.columns([3, 3, 2.4, 2.4, 1.2], gap="small", vertical_alignment="bottom")
    for cell, facet in zip(cells, OFFERED, strict=False):
        with cell:
            if facet == "state" and has_one_state:
                _one_state(view)
            else:
                _facet(facet, view.baseline, view.filter)
    with cells[-1]:
        _reset(view, width="stretch")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        paper = canvas.paper()
        if paper:
            paper.switch(_("Filter"))
        _result(view, width="content")
        day.control(view)
        export_menu.menu_button(view)
        export_menu.follow_button(view)


def _draw_narrow(view: View, *, has_one_state: bool) -> None:
    if has_one_state:
        _one_state(view)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover(_("Filter"), icon=":material/filter_list:"):
            for facet in OFFERED:
                if not (facet == "state" and has_one_state):
                    _facet(facet, view.baseline, view.filter)
        _reset(view, width="content")
        day.control(view)
        export_menu.menu_button(view)
        export_menu.follow_button(view)
    _result(view, width="stretch")


def _result(view: View, *, width: Literal["content", "stretch"]) -> None:
    """Write the filter in words and how many projects it leaves."""
    st.html(markup.said(wording.filter_line(view), kind="small result"), width=width)


def _one_state(view: View) -> None:
    """Draw a choice of one state, district or territory."""
    chosen = view.filter.state[0] if len(view.filter.state) == 1 else None
    counts = view.baseline.counts["state"]
    key = f"one-state-{view.dataset.version}-{view.known_on or ''}"
    session.offer(key, chosen)
    st.selectbox(
        _("State, district or territory"),
        list(view.baseline.vocabulary.state),
        format_func=lambda code: wording.state_choice(code, counts.get(code, 0)),
        index=None,
        key=key,
        placeholder=wording.states_placeholder(view),
        on_change=session.choose_one,
        args=("state", key),
    )


def _facet(facet: str, baseline: Baseline, project_filter: ProjectFilter) -> None:
    # The browser sends choices as labels, which contain counts: new data needs a new widget.
    key = f"filter-{facet}-{baseline.dataset.version}-{baseline.known_on or ''}"
    session.offer(key, list(project_filter.of(facet)), is_in_popover=True)
    labels, counts = baseline.vocabulary.of(facet), baseline.counts[facet]
    st.multiselect(
        LABELS[facet],
        list(labels),
        format_func=lambda value: _choice(facet, value, labels[value], counts.get(value, 0)),
        key=key,
        placeholder=PLACEHOLDERS[facet],
        on_change=session.choose,
        args=(facet, key),
        select_all=False,
    )


def _choice(facet: str, value: str, label: str, count: int) -> str:
    return (
        wording.state_choice(value, count) if facet == "state" else bracketed(label, f"{count:,}")
    )


def _reset(view: View, *, width: Literal["content", "stretch"]) -> None:
    way = session.way_to_all() if view.filter else ""
    canvas.button(
        _("Reset"),
        way=way,
        key="reset",
        on_click=session.reset,
        disabled=not view.filter,
        width=width,
    )
