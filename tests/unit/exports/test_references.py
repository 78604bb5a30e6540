"""The numbered sources of a document: which decide, and which were not read themselves."""

from components.exports.references import References, deciding
from components.views.filters import ProjectFilter
from components.views.summaries import rows_of
from components.views.view import Baseline, View
from tests.unit.factories import make_dataset, make_projects


def test_an_entry_ends_with_how_its_source_is_known_unless_it_was_read():
    sources = [
        {"source_id": known, "publisher": "The Gazette", "published_on": "2026-03", "known": known}
        for known in ("read", "copy", "cited")
    ]
    view = View(
        Baseline.of(make_dataset(make_projects(("plant", "OH", 12.0)), sources=sources)),
        ProjectFilter(),
    )
    entries = References(view, ["read", "copy", "cited"]).listing()["entries"]
    assert [entry["rest"] for entry in entries] == [
        "March 2026, no address known",
        "March 2026, no address known, read in a copy",
        "March 2026, no address known, original not seen",
    ]


def test_a_project_is_cited_by_the_sources_that_decide_the_facts_shown():
    projects = make_projects(
        ("plant", "OH", 1.0),
        ("untold", "OH"),
        source_ids="gazette;courier",
        place_source_ids=["courier;gazette", ""],
    )
    plant, untold = rows_of(projects)
    assert deciding(plant, "amount") == ["gazette"]
    assert deciding(plant, "amount", "place", "developer") == ["gazette", "courier"]
    assert deciding(untold, "amount", "place") == ["gazette"]
