"""The words on companies and on next steps: who takes part, and what has to happen next."""

from typing import Final

from components.basics.formatting import format_date, join_words
from components.views.view import View
from components.words import wording

TITLES: Final = {"companies": "Companies", "steps": "Next steps"}

AHEAD: Final = "What may come next"
STANDING: Final = "Takes part or interested"
COMPANIES_LEAD: Final = (
    "Companies and public bodies, by what they do in a project. “Takes part” is said of those "
    "with a part in one, “has expressed interest” of those that did no more: it binds nobody."
)
STEPS_LEAD: Final = (
    "What has to happen before the announced projects are built, and who decides. A target is a "
    "plan that a source reports, not a step reached."
)
STEPS_HELP: Final = "“Not found” means that no source gives it, not that it has not happened."
STEPS_NOT_FOUND: Final = "With those that were looked for and not found"
EXPECTED_HELP: Final = "Dates that sources give, targets among them. None is an estimate of ours."
REVIEW_HELP: Final = "Filed, or reported under review. No decision was found."
DONE_HELP: Final = "Steps taken, each with the publication that says so."


def looked_for(day: str) -> str:
    """Return when all the steps of a list were last looked for."""
    return f"Last looked for on {format_date(day)}."


def companies_found(view: View, taking_part: int, interested: int, named: int) -> str:
    """Return how many take part, have only expressed interest, and are only named beside others."""
    said = (
        (taking_part, "takes part", "take part"),
        (interested, "has expressed interest", "have expressed interest"),
        (named, "is named as a possible partner", "are named as possible partners"),
    )
    counts = [f"{count:,} {one if count == 1 else many}" for count, one, many in said if count]
    if not counts:
        return f"{wording.filter_line(view)}. No company is named."
    return f"{wording.filter_line(view)}. Of companies and public bodies, {join_words(counts)}."
