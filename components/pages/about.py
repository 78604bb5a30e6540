"""About: what this is, the terms of the pledge, definitions, method, and open questions."""

from components.ui import about_cards, frame
from components.views.filters import ProjectFilter

view, _ = frame.current()
whole = view.baseline.view(ProjectFilter())
changelog = about_cards.changelog()

about_cards.contents(
    [
        "what",
        "claims",
        "terms",
        "definitions",
        "inclusion",
        "method",
        "as-of",
        "conflicts",
        "gaps",
        "codebook",
        "cite",
        "errors",
        "changes",
    ],
    whole,
    changelog,
)
about_cards.section("what", whole)
about_cards.claims(whole)
about_cards.terms(whole)
about_cards.section("definitions", whole)
about_cards.section("inclusion", whole)
about_cards.section("method", whole)
about_cards.section("as-of", whole)
about_cards.conflicts(whole)
about_cards.gaps(whole)
about_cards.codebook()
about_cards.cite(whole)
about_cards.section("errors", whole)
about_cards.changes(changelog)
