"""About: what this is, the terms of the pledge, the words and the method, and what is open."""

from components.filters import ProjectFilter
from components.ui import about, frame

view, _ = frame.current()
whole = view.baseline.view(ProjectFilter())
changelog = about.changelog()

about.contents(
    [
        "what",
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
about.section("what", whole)
about.terms(whole)
about.section("definitions", whole)
about.section("inclusion", whole)
about.section("method", whole)
about.section("as-of", whole)
about.conflicts(whole)
about.gaps(whole)
about.codebook()
about.cite(whole)
about.section("errors", whole)
about.changes(changelog)
