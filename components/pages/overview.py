"""The overview: how much, for what, where, at which stage, and the source of each figure."""

from components.basics.formatting import escape_markdown
from components.exhibits.registry import exhibit
from components.exhibits.state_map import StateMap
from components.ui import aside_cards, cards, frame, notices, sharing, viewport
from components.ui.canvas import st
from components.words import wording

view, window = frame.current()
wide, narrow, half = (viewport.card_width(window, share=share) for share in (0.56, 0.44, 0.5))

if view.projects.empty:
    notices.no_matches(view)
    if view.baseline.projects.empty:
        cards.figure_row(view)
        left, right = viewport.columns(window, 0.5)
        with left:
            cards.chart_card(exhibit("stages", view), width=half)
        with right:
            cards.chart_card(exhibit("over-time", view), width=half)
else:
    st.markdown(escape_markdown(wording.opening(view)))
    sharing.sentence_button(wording.opening(view), view)
    cards.figure_row(view)

    left, right = viewport.columns(window, 0.56)
    with left:
        cards.map_card(StateMap.of(view), width=wide)
    with right:
        cards.chart_card(exhibit("by-state", view), width=narrow, height="stretch")

    left, right = viewport.columns(window, 0.5)
    with left:
        cards.chart_card(exhibit("progress", view), width=half)
        cards.chart_card(exhibit("by-project", view), width=half)
    with right:
        cards.chart_card(exhibit("stages", view), width=half)
        cards.chart_card(exhibit("by-sector", view), width=half)
    cards.chart_card(exhibit("over-time", view), width=viewport.card_width(window))

    cards.projects_card(view)
    cards.sources_card(view)
aside_cards.pointer(view)
