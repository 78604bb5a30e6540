"""Agreements: the other results of the summit, apart from the investments, by area."""

from components.basics.messages import _
from components.ui import aside_cards, frame
from components.words import wording

view, _window = frame.current()
about = view.pledge.agreements

if view.dataset.agreements.empty:
    aside_cards.nothing_yet(about, view)
else:
    aside_cards.lead(about, view, warning=_(wording.AGREEMENTS_WARNING))
    aside_cards.agreements(view, frame.asked())
