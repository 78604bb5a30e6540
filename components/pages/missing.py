"""Missing: the notice for a page that does not exist, with a link to the most similar one."""

from components.ui import frame, notices

view, _ = frame.current()

notices.unknown_page(view)
