"""Interests: the companies on the governments' lists, with the figures of both side by side."""

from components import wording
from components.ui import asides, frame

view, _ = frame.current()
about = view.pledge.interests

if view.dataset.interests.empty:
    asides.nothing_yet(about, view)
else:
    asides.lead(about, view, warning=wording.INTERESTS_WARNING)
    asides.interests(view, frame.asked())
