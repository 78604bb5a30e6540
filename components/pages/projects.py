"""Projects: the list of the filtered projects, or the page of the one that the link names."""

from components.subjects import one_project
from components.ui import company_cards, frame, list_card, notices, step_cards, viewport
from components.ui import project_cards as page

view, window = frame.current()
own = view.baseline.view(view.filter.only("project"))

if len(view.filter.project) != 1:
    list_card.nearest(view, frame.unknown("project"))
    if view.projects.empty:
        notices.no_matches(view)
    else:
        list_card.draw(view, frame.asked())
elif own.projects.empty:
    notices.not_yet(view)
    page.neighbours(view, "")
else:
    project = one_project.of_project(view, view.filter.project[0])
    page.lead(project, view)
    page.actions(own)
    left, right = viewport.columns(window, 0.5)
    with left:
        page.facts(project, view)
    with right:
        page.timeline(own, width=viewport.card_width(window, share=0.5))
        page.gaps(project.gaps, view)
    company_cards.card(own, names=False)
    step_cards.of_project(project.steps, view)
    page.milestones(project.milestones, view)
    page.conflicts(project.conflicts, view)
    page.sources(project.source_ids, view)
    page.neighbours(view, view.filter.project[0])
