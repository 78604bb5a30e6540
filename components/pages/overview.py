"""The overview: how much, for what, where, how far along, and where each figure comes from."""

import streamlit as st

from components.basics.formatting import escape_markdown
from components.exhibits import all_charts
from components.ui import aside_cards, cards, frame, notices, viewport
from components.words import wording

view, window = frame.current()
wide, narrow, half = (viewport.card_width(window, share=share) for share in (0.56, 0.44, 0.5))

if view.projects.empty:
    notices.no_matches(view)
    if view.baseline.projects.empty:
        cards.figure_row(view)
        left, right = viewport.columns(window, 0.5)
        with left:
            cards.chart_card(all_charts.stages(view), view, width=half)
        with right:
            cards.chart_card(all_charts.over_time(view), view, width=half)
else:
    st.markdown(escape_markdown(wording.opening(view)))
    cards.figure_row(view)

    left, right = viewport.columns(window, 0.56)
    with left:
        cards.map_card(all_charts.state_map(view), view, width=wide)
    with right:
        cards.chart_card(all_charts.by_state(view), view, width=narrow, height="stretch")

    left, right = viewport.columns(window, 0.5)
    with left:
        cards.chart_card(all_charts.progress(view), view, width=half)
        cards.chart_card(all_charts.by_project(view), view, width=half)
    with right:
        cards.stages_card(view, width=half)
        cards.chart_card(all_charts.by_sector(view), view, width=half)
    cards.chart_card(all_charts.over_time(view), view, width=viewport.card_width(window))

    cards.projects_card(view, window=window)
    cards.sources_card(view)
aside_cards.pointer(view)
