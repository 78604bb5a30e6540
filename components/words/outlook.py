"""The words on companies and on next steps: who takes part, and what has to happen next."""

from typing import Final

from components.basics.formatting import as_sentence, format_date, join_words
from components.basics.messages import Labels, _, mark, plural
from components.views.view import View
from components.words import wording

TITLES: Final = Labels({"companies": "Companies", "steps": "Next steps"})

AHEAD: Final = mark("What may come next")
STANDING: Final = mark("Takes part or interested")
COMPANIES_LEAD: Final = mark(
    "Companies and public bodies, by what they do in a project. “Takes part” is said of those "
    "with a part in one, “has expressed interest” of those that did no more: it binds nobody."
)
STEPS_LEAD: Final = mark(
    "What has to happen before the announced projects are built, and who decides. A target is a "
    "plan that a source reports, not a step reached."
)
STEPS_HELP: Final = mark("“Not found” means that no source gives it, not that it has not happened.")
STEPS_NOT_FOUND: Final = mark("With those that were looked for and not found")
EXPECTED_HELP: Final = mark(
    "Dates that sources give, targets among them. None is an estimate of ours."
)
REVIEW_HELP: Final = mark("Filed, or reported under review. No decision was found.")
DONE_HELP: Final = mark("Steps taken, each with the publication that says so.")


def looked_for(day: str) -> str:
    """Return when all the steps of a list were last looked for."""
    return _("Last looked for on {day}.", day=format_date(day))


def companies_found(view: View, taking_part: int, interested: int, named: int) -> str:
    """Return how many take part, have only expressed interest, and are only named beside others."""
    counts = [
        said
        for count, said in (
            (taking_part, plural("{count} takes part", "{count} take part", taking_part)),
            (
                interested,
                plural(
                    "{count} has expressed interest", "{count} have expressed interest", interested
                ),
            ),
            (
                named,
                plural(
                    "{count} is named as a possible partner",
                    "{count} are named as possible partners",
                    named,
                ),
            ),
        )
        if count
    ]
    found = (
        _("Of companies and public bodies, {counts}.", counts=join_words(counts))
        if counts
        else _("No company is named.")
    )
    return wording.join_sentences(as_sentence(wording.filter_line(view)), found)
