"""Interests: the companies on the two governments' lists, with both figures side by side."""

from components.basics.messages import _
from components.ui import aside_cards, frame
from components.words import wording

view, _window = frame.current()
about = view.pledge.interests

if view.dataset.interests.empty:
    aside_cards.nothing_yet(about, view)
else:
    aside_cards.lead(about, view, warning=_(wording.INTERESTS_WARNING))
    aside_cards.interests(view, frame.asked())
