"""Next steps: what to watch by date, what is under review, and what no source gives."""

from components.basics.messages import _
from components.ui import frame, markup, notices, step_cards
from components.words import outlook

view, _window = frame.current()

if view.projects.empty:
    notices.no_matches(view)
else:
    markup.paragraph(_(outlook.STEPS_LEAD), kind="lead")
    step_cards.expected(view)
    step_cards.group(view, _("Under review"), _(outlook.REVIEW_HELP), "filed")
    step_cards.group(view, _("Done"), _(outlook.DONE_HELP), "done")
    step_cards.not_found(view)
    step_cards.files_of(view)
