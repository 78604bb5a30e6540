from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from starlette.testclient import TestClient

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


def test_the_feed_has_every_milestone_newest_first(client: TestClient):
    days = [entry.updated for entry in parsed(client).entries]
    rows = client.get("/api/v1/milestones").json()["row_count"]
    assert len(days) == rows > 10
    assert days == sorted(days, reverse=True)


def test_the_feed_follows_the_filter_and_says_so(client: TestClient):
    feed = parsed(client, "?state=TN")
    assert 0 < len(feed.entries) < len(parsed(client).entries)
    assert "Projects in Tennessee" in feed.feed.subtitle
    assert feed.feed.id != parsed(client).feed.id
    assert all("project=smr-tn-al" in entry.link for entry in feed.entries)


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
    entry = parsed(client, "?project=smr-tn-al&as_of=2026-03-19").entries[0]
    assert entry.summary.count("2026-03-19") >= 1
    assert entry.summary.count("(official; ") + entry.summary.count("(reported; ") == 1
    assert [link.href for link in entry.links if link.rel == "related"]


def test_an_entry_says_which_of_its_sources_were_not_read_themselves(folder: Any, serve: Serve):
    folder.set("sources.csv", row=2, known="cited")
    folder.set("sources.csv", row=3, known="copy")
    told = [entry.summary for entry in parsed(serve(data=folder.path)).entries]
    assert any("The Courier, 2026-05-02, original not seen" in text for text in told)
    assert any("The Gazette, read in a copy" in text for text in told)


def test_a_bad_parameter_is_a_problem(client: TestClient):
    assert client.get("/feed.atom?state=ZZ").json()["parameter"] == "state"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a & b", "\u202eback", "]]>"])
def test_whatever_stands_in_the_data_is_text_in_the_feed(folder: Any, serve: Serve, text: str):
    folder.set("milestones.csv", row=2, event=text)
    feed = parsed(serve(data=folder.path))
    assert any(text.replace("\u202e", "") in entry.title for entry in feed.entries) or feed.entries
    assert "<script>" not in serve(data=folder.path).get("/feed.atom").text
