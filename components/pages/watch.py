"""Next steps: what to watch by date, what is under review, and what no source gives."""

from components.ui import frame, markup, notices, step_cards
from components.words import outlook

view, _ = frame.current()

if view.projects.empty:
    notices.no_matches(view)
else:
    markup.paragraph(outlook.STEPS_LEAD, kind="lead")
    step_cards.expected(view)
    step_cards.group(view, "Under review", outlook.REVIEW_HELP, "filed")
    step_cards.group(view, "Done", outlook.DONE_HELP, "done")
    step_cards.not_found(view)
    step_cards.files_of(view)
