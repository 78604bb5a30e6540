"""A report of an error: where it goes, with what a reader would have to look up filled in."""

from typing import Final
from urllib.parse import quote

from components.basics.messages import _, mark
from components.views.view import View

VARIABLE: Final = "PLEDGE_REPORT_URL"
SAFE: Final = ("https://", "mailto:")

BODY: Final = mark(
    """Row: {row}
Column or sentence:
What is right:
Who says so, with link and date:

Page: {link}
Dataset version: {version}
"""
)


def address_of(template: str, view: View, *, link: str) -> str:
    """Return where to report an error of a view, "" where nobody takes reports.

    ``template`` is an address in which ``{title}`` and ``{body}`` may stand.
    """
    if not template.startswith(SAFE):
        return ""
    chosen = view.filter.project
    row = chosen[0] if len(chosen) == 1 else _("(its id)")
    version = f"{view.pledge.version} ({view.dataset.version})"
    body = _(BODY, row=row, link=link, version=version)
    title = _("Correction: {subject}", subject=view.words if view.filter else view.pledge.title)
    return template.replace("{title}", quote(title, safe="")).replace(
        "{body}", quote(body, safe="")
    )
