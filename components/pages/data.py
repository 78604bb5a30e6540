"""Data and API: what the dashboard shows, for programs, under the filter and day of the link."""

from components.ui import data_cards, frame

view, _ = frame.current()

data_cards.lead()
data_cards.tables(view)
data_cards.code(view)
data_cards.elsewhere(view)
