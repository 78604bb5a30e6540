"""States: all that have projects side by side, or the sheet of the one that the filter names."""

from components import exhibits, sheets
from components.ui import cards, dossier, frame, notices, sheet, viewport

view, window = frame.current()
chosen = view.filter.state
half = viewport.card_width(window, share=0.5)

sheet.nearest(view, frame.unknown("state"))
if len(chosen) == 1:
    state = sheets.of_state(view, chosen[0])
    sheet.lead(state)
    sheet.actions(state)
    if state.is_empty:
        sheet.elsewhere(state)
    else:
        left, right = viewport.columns(window, 0.5)
        with left:
            sheet.state_map(state, width=half)
        with right:
            dossier.gaps(state.gaps, view)
        sheet.projects(state)
        dossier.milestones(state.milestones, state.view, names=True)
        dossier.conflicts(state.conflicts, state.view)
        dossier.sources(sheets.source_ids(state), state.view)
elif view.state_totals.empty:
    notices.no_matches(view)
else:
    sheet.comparison(view, chosen)
    left, right = viewport.columns(window, 0.56)
    with left:
        cards.map_card(
            exhibits.state_map(view), view, width=viewport.card_width(window, share=0.56)
        )
    with right:
        cards.chart_card(
            exhibits.by_state(view),
            view,
            width=viewport.card_width(window, share=0.44),
            height="stretch",
        )
