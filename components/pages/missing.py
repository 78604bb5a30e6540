"""Missing: a page that does not exist, and the nearest that does."""

from components.ui import frame, notices

view, _ = frame.current()

notices.unknown_page(view)
