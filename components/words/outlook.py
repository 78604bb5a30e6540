"""The words on companies and on next steps: who takes part, and what has to happen next."""

from typing import Final

from components.basics.formatting import format_count, format_date
from components.views.view import View
from components.words import wording

TITLES: Final = {"companies": "Companies", "steps": "Next steps"}

AHEAD: Final = "What may come next"
STANDING: Final = "Takes part or interested"
COMPANIES_LEAD: Final = (
    "Companies and public bodies, by what they do in a project. “Takes part” is said of those "
    "with a part in one; of the others, that they have expressed interest, which binds nobody."
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


def companies_found(view: View, taking_part: int, interested: int) -> str:
    """Return how many companies take part, and how many have only expressed interest."""
    if not taking_part and not interested:
        return f"{wording.filter_line(view)}. No company is named."
    parts = []
    if taking_part:
        verb = "takes" if taking_part == 1 else "take"
        parts.append(f"{format_count(taking_part, 'company', 'companies')} {verb} part")
    if interested:
        verb = "has" if interested == 1 else "have"
        noun = "" if taking_part else f" {'company' if interested == 1 else 'companies'}"
        more = " more" if taking_part else ""
        parts.append(f"{interested:,}{noun}{more} {verb} expressed interest")
    return f"{wording.filter_line(view)}. {'; '.join(parts)}."
