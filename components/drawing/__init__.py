"""Drawing: plain values to Plotly figures, pydeck decks and SVG; knows nothing of projects.

May import: basics.
"""
