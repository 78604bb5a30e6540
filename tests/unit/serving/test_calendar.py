"""The calendar of what is expected, read back by another reader's rules."""

from datetime import date
from typing import Any

from icalendar import Calendar
from starlette.testclient import TestClient

from components.exports.calendar_file import calendar_bytes
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from tests.unit.serving.conftest import Serve

LINK = "https://a.example/next?state=TX"


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_step_is_an_event_of_whole_days_with_its_source(folder):
    folder.set(
        "gates.csv", row=3, what="First, berth; of two", decided_by="The port", note="A plan."
    )
    view = Baseline.of(folder.load()).view(ProjectFilter())
    step, deadline = events(calendar_bytes(view, link=LINK))
    assert step["uid"] == "gate-harbor-works@small-pledge"
    assert (step.decoded("dtstart"), step.decoded("dtend")) == (
        date(2027, 1, 1), date(2027, 4, 1),
    )  # fmt: skip
    assert step["summary"] == "Expected: Start of works: First, berth; of two, Harbor terminal"
    assert step["url"] == LINK
    assert step["description"].split("\n") == [
        "When: January 2027 to March 2027.",
        "A plan.",
        "Who decides: The port.",
        "How sure: reported.",
        "The Courier, Loans signed, 2 May 2026, https://courier.example/loans",
        "Data as of 10 October 2026, version 1.",
    ]
    assert deadline["uid"] == "deadline@small-pledge"
    assert deadline.decoded("dtstart") == view.pledge.deadline


def test_the_same_data_gives_the_same_file_and_no_link_no_address(folder):
    view = Baseline.of(folder.load()).view(ProjectFilter(state=("OH",)))
    content = calendar_bytes(view, link="")
    assert content == calendar_bytes(view, link="")
    (deadline,) = events(content)
    assert "url" not in deadline


def test_a_name_cannot_break_out_of_its_line(folder):
    folder.set("gates.csv", row=3, note="One\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x")
    view = Baseline.of(folder.load()).view(ProjectFilter())
    assert len(events(calendar_bytes(view, link=LINK))) == 2


def test_the_server_answers_for_the_filter_and_refuses_what_it_does_not_know(folder, serve: Serve):
    client: TestClient = serve(data=folder.path)
    answer = client.get("/calendar.ics?state=OH")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert [event["uid"] for event in events(answer.content)] == ["deadline@small-pledge"]
    assert len(events(client.get("/calendar.ics").content)) == 2
    assert client.get("/calendar.ics?stat=OH").status_code == 400


def test_the_last_day_there_is_ends_nothing(folder):
    folder.set("gates.csv", row=3, expected_on="9999-12-31", expected_until="")
    view = Baseline.of(folder.load()).view(ProjectFilter())
    _, step = events(calendar_bytes(view, link=LINK))
    assert step.decoded("dtstart") == date.max
    assert "dtend" not in step
