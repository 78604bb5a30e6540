"""Drawing: plain values to Plotly figures and pydeck decks; knows nothing of projects.

May import: basics.
"""
