"""Agreements: what the summit brought beside the investments, by area."""

from components import wording
from components.ui import asides, frame

view, _ = frame.current()
about = view.pledge.agreements

if view.dataset.agreements.empty:
    asides.nothing_yet(about, view)
else:
    asides.lead(about, view, warning=wording.AGREEMENTS_WARNING)
    asides.agreements(view, frame.asked())
