"""The overview: how much, for what, where, how far along, and where each figure comes from."""

import streamlit as st

from components import exhibits, wording
from components.formatting import escape_markdown
from components.ui import asides, cards, frame, notices, viewport

view, window = frame.current()
wide, narrow, half = (viewport.card_width(window, share=share) for share in (0.56, 0.44, 0.5))

if view.projects.empty:
    notices.no_matches(view)
    if view.baseline.projects.empty:
        cards.figure_row(view)
        left, right = viewport.columns(window, 0.5)
        with left:
            cards.chart_card(exhibits.stages(view), view, width=half)
        with right:
            cards.chart_card(exhibits.over_time(view), view, width=half)
else:
    st.markdown(escape_markdown(wording.opening(view)))
    cards.figure_row(view)

    left, right = viewport.columns(window, 0.56)
    with left:
        cards.map_card(exhibits.state_map(view), view, width=wide)
    with right:
        cards.chart_card(exhibits.by_state(view), view, width=narrow, height="stretch")

    left, right = viewport.columns(window, 0.5)
    with left:
        cards.chart_card(exhibits.progress(view), view, width=half)
        cards.chart_card(exhibits.by_project(view), view, width=half)
    with right:
        cards.stages_card(view, width=half)
        cards.chart_card(exhibits.by_sector(view), view, width=half)
    cards.chart_card(exhibits.over_time(view), view, width=viewport.card_width(window))

    cards.projects_card(view, window=window)
    cards.sources_card(view)
asides.pointer(view)
