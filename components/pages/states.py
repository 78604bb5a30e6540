"""States: all that have projects side by side, or the sheet of the one that the filter names."""

from components.exhibits.registry import exhibit
from components.exhibits.state_map import StateMap
from components.subjects import one_state
from components.ui import (
    cards,
    company_cards,
    frame,
    notices,
    project_cards,
    state_cards,
    step_cards,
    viewport,
)

view, window = frame.current()
chosen = view.filter.state
half = viewport.card_width(window, share=0.5)

state_cards.nearest(view, frame.unknown("state"))
if len(chosen) == 1:
    state = one_state.of_state(view, chosen[0])
    state_cards.lead(state)
    state_cards.actions(state)
    if state.is_empty:
        left, right = viewport.columns(window, 0.5)
        with left:
            cards.map_card(StateMap.of(state.view), width=half)
        with right:
            state_cards.ahead(state)
            state_cards.elsewhere(state)
    else:
        left, right = viewport.columns(window, 0.5)
        with left:
            state_cards.state_map(state, width=half)
        with right:
            project_cards.gaps(state.gaps, view, names=len(state.view.projects) > 1)
        state_cards.projects(state)
        company_cards.card(state.view, names=True)
        step_cards.of_state(state.view)
        project_cards.milestones(state.milestones, state.view, names=True)
        project_cards.conflicts(state.conflicts, state.view)
        project_cards.sources(one_state.source_ids(state), state.view)
elif view.state_totals.empty:
    notices.no_matches(view)
else:
    state_cards.comparison(view, chosen)
    left, right = viewport.columns(window, 0.56)
    with left:
        cards.map_card(StateMap.of(view), width=viewport.card_width(window, share=0.56))
    with right:
        cards.chart_card(
            exhibit("by-state", view),
            width=viewport.card_width(window, share=0.44),
            height="stretch",
        )
