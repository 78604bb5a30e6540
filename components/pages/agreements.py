"""Agreements: the other results of the summit, apart from the investments, by area."""

from components.ui import aside_cards, frame
from components.words import wording

view, _ = frame.current()
about = view.pledge.agreements

if view.dataset.agreements.empty:
    aside_cards.nothing_yet(about, view)
else:
    aside_cards.lead(about, view, warning=wording.AGREEMENTS_WARNING)
    aside_cards.agreements(view, frame.asked())
