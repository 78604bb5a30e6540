from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from starlette.testclient import TestClient

from components.facts.schema import STAGES
from components.serving.feed import NAMESPACE
from tests.unit.serving.conftest import Serve

ATOM = f"{{{NAMESPACE}}}"


def parsed(client: TestClient, query: str = "") -> Any:
    answer = client.get(f"/feed.atom{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    return feed


def test_the_feed_has_every_milestone_and_expected_step_newest_first(client: TestClient):
    days = [(entry.updated, entry.published) for entry in parsed(client).entries]
    rows = client.get("/api/v1/milestones").json()["row_count"]
    steps = client.get("/api/v1/gates").json()["rows"]
    expected = [row for row in steps if row["status"] == "scheduled"]
    assert len(days) == rows + len(expected) > 10
    assert days == sorted(days, reverse=True)


def test_what_was_added_last_comes_first_and_dates_the_feed(folder: Any, serve: Serve):
    folder.set("milestones.csv", row=2, added_on="2026-11-27", date="2026-03")
    folder.set("milestones.csv", row=3, added_on="2026-11-22")
    feed = parsed(serve(data=folder.path))
    assert feed.feed.updated == "2026-11-27T12:00:00Z"
    # A month has no day: its entry stands in the middle of it, in any time zone.
    assert [(entry.published, entry.updated) for entry in feed.entries] == [
        ("2026-03-15T12:00:00Z", "2026-11-27T12:00:00Z"),
        ("2026-05-01T12:00:00Z", "2026-11-22T12:00:00Z"),
        ("2026-05-02T12:00:00Z", "2026-05-02T12:00:00Z"),
    ]
    assert feed.entries[0].summary.startswith("March 2026. ")
    assert feed.entries[1].summary.startswith("1 May 2026. ")


def test_a_feed_without_an_entry_is_dated_by_the_version(client: TestClient):
    feed = parsed(client, "?state=WY")
    assert feed.entries == []
    assert feed.feed.updated == "2026-11-25T12:00:00Z"


def test_three_versions_of_the_data_add_and_correct_an_entry(folder: Any, serve: Serve):
    def read() -> tuple[str, dict[str, tuple[str, str]]]:
        feed = parsed(serve(data=folder.path))
        return feed.feed.updated, {one.id: (one.updated, one.title) for one in feed.entries}

    folder.replace("pledge.toml", 'version = "1"', 'version = "2026.11.25"')
    first_day, first = read()
    folder.add_milestone("construction", "2026-09")
    folder.set("milestones.csv", row=4, added_on="2026-11-26")
    folder.replace("pledge.toml", 'version = "2026.11.25"', 'version = "2026.11.26.2"')
    second_day, second = read()
    folder.set("milestones.csv", row=4, event="It began.", corrected_on="2026-11-27")
    folder.replace("pledge.toml", 'version = "2026.11.26.2"', 'version = "2026.11.27"')
    third_day, third = read()
    days = ["2026-11-25T12:00:00Z", "2026-11-26T12:00:00Z", "2026-11-27T12:00:00Z"]
    assert [first_day, second_day, third_day] == days
    (added,) = set(second) - set(first)
    assert second[added][0] == days[1]
    assert second.items() >= first.items()
    assert set(third) == set(second)
    assert {one for one in third if third[one] != second[one]} == {added}
    assert (third[added][0], "It began." in third[added][1]) == (days[2], True)


def test_an_event_that_is_added_within_its_month_is_not_updated_before_it(
    folder: Any, serve: Serve
):
    folder.set("milestones.csv", row=2, date="2026-10", added_on="2026-10-03")
    days = [(one.published, one.updated) for one in parsed(serve(data=folder.path)).entries]
    assert ("2026-10-15T12:00:00Z", "2026-10-15T12:00:00Z") in days


def test_a_corrected_event_keeps_its_id(folder: Any, serve: Serve):
    before = [entry.id for entry in parsed(serve(data=folder.path)).entries]
    folder.set("milestones.csv", row=2, event="It was named.", date="2026-02-18")
    assert [entry.id for entry in parsed(serve(data=folder.path)).entries] == before


def test_an_event_of_several_projects_is_one_entry_that_names_them(folder: Any, serve: Serve):
    folder.set("milestones.csv", row=3, project_ids="harbor;mill")
    (entry, _) = (
        one for one in parsed(serve(data=folder.path)).entries if one.tags[0].term in STAGES
    )
    assert entry.title.startswith(
        "Harbor terminal and Mill of an undisclosed amount, reported: Loans"
    )
    assert entry.link.endswith("/projects?project=harbor&project=mill")


def test_an_event_of_the_pledge_is_in_the_feed_without_a_filter(folder: Any, serve: Serve):
    folder.set("milestones.csv", row=2, project_ids="", stage="note", date="2026-09")
    client = serve(data=folder.path)
    (entry,) = [one for one in parsed(client).entries if one.title.startswith("The pledge: ")]
    assert entry.link.endswith("/changes?since=2026-08-31")
    assert all("The pledge" not in one.title for one in parsed(client, "?state=TX").entries)


def test_what_is_only_reported_says_so_in_its_title(client: TestClient):
    for entry in parsed(client).entries:
        assert (", reported: " in entry.title) == ("(reported; " in entry.summary)


def test_no_link_of_an_entry_is_empty(folder: Any, serve: Serve):
    entries = parsed(serve(data=folder.path)).entries
    assert {link.href != "" for entry in entries for link in entry.links} == {True}
    (announced,) = [entry for entry in entries if "announced" in entry.title]
    assert [link for link in announced.links if link.rel == "related"] == []


def test_the_feed_follows_the_filter_and_says_so(client: TestClient):
    feed = parsed(client, "?state=TN")
    assert 0 < len(feed.entries) < len(parsed(client).entries)
    assert "Projects in Tennessee" in feed.feed.subtitle
    assert feed.feed.id != parsed(client).feed.id
    assert all("project=smr-tn-al" in entry.link for entry in feed.entries)
    assert "projects in Tennessee" in feed.feed.title


def test_what_others_append_to_an_address_and_the_case_of_names_change_nothing(client: TestClient):
    asked = client.get("/feed.atom?state=TN")
    assert client.get("/feed.atom?STATE=tn&_hsenc=x&UTM_SOURCE=y&msclkid=z").text == asked.text


def test_everything_that_atom_requires_is_there(client: TestClient):
    root = ElementTree.fromstring(client.get("/feed.atom").content)
    required = ("id", "title", "updated")
    for element in (root, *root.findall(f"{ATOM}entry")):
        assert all(len(element.findall(f"{ATOM}{name}")) == 1 for name in required)
        assert element.findall(f"{ATOM}link")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))


def test_an_entry_keeps_its_id_under_any_filter_and_address(client: TestClient, serve: Serve):
    here = {entry.id for entry in parsed(client, "?state=TN").entries}
    there = parsed(serve(public_url="https://pledge.example.org"))
    assert here <= {entry.id for entry in there.entries}
    assert there.entries[0].link.startswith("https://pledge.example.org/projects?project=")


def test_an_entry_says_how_sure_it_is_and_whose_word_it_is(client: TestClient):
    told = parsed(client, "?project=smr-tn-al&as_of=2026-03-19").entries
    (official,) = [one for one in told if "The White House welcomed" in one.title]
    assert "(official; The White House, 19 March 2026" in official.summary
    for entry in told:
        assert entry.summary.count("(official; ") + entry.summary.count("(reported; ") == 1
    assert [link.href for entry in told for link in entry.links if link.rel == "related"]


def test_an_entry_says_which_of_its_sources_were_not_read_themselves(folder: Any, serve: Serve):
    folder.set("sources.csv", row=2, known="cited")
    folder.set("sources.csv", row=3, known="copy")
    told = [entry.summary for entry in parsed(serve(data=folder.path)).entries]
    assert any("The Courier, 2 May 2026, original not seen" in text for text in told)
    assert any("The Gazette, read in a copy" in text for text in told)


def test_a_bad_parameter_is_a_problem(client: TestClient):
    assert client.get("/feed.atom?state=ZZ").json()["parameter"] == "state"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a & b", "\u202eback", "]]>"])
def test_whatever_stands_in_the_data_is_text_in_the_feed(folder: Any, serve: Serve, text: str):
    folder.set("milestones.csv", row=2, event=text)
    feed = parsed(serve(data=folder.path))
    assert any(text.replace("\u202e", "") in entry.title for entry in feed.entries) or feed.entries
    assert "<script>" not in serve(data=folder.path).get("/feed.atom").text


def test_an_expected_step_is_an_entry_with_when_how_sure_and_its_source(folder: Any, serve: Serve):
    def steps() -> list[Any]:
        entries = parsed(serve(data=folder.path)).entries
        return [entry for entry in entries if entry.tags[0].term == "expected"]

    folder.set("gates.csv", row=3, what="The first berth", note="A target.")
    (entry,) = steps()
    when = "January 2027 to March 2027"
    assert entry.title == (
        f"Harbor terminal, reported: expected {when}: Start of works: The first berth"
    )
    assert entry.summary == (
        f"Expected {when}: Start of works: The first berth. A target. "
        "(reported; The Courier, 2 May 2026)"
    )
    assert entry.link == "http://localhost/projects?project=harbor"
    folder.set("gates.csv", row=3, what="Another berth", expected_on="2027-02")
    assert [step.id for step in steps()] == [entry.id]
