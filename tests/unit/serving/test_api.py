import csv
import io
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from components.exports.resources import RESOURCES
from components.serving import api
from tests.unit.serving.conftest import Serve

ROOT = api.ROOT


def rows(client: TestClient, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(f"{ROOT}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def problem(client: TestClient, path: str, status: int = 400) -> dict[str, Any]:
    answer = client.get(f"{ROOT}/{path}")
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert document["status"] == status
    return document


@pytest.mark.parametrize("name", RESOURCES)
def test_json_and_csv_hold_the_same_rows(client: TestClient, name: str):
    document = client.get(f"{ROOT}/{name}.json").json()
    table = list(csv.DictReader(io.StringIO(client.get(f"{ROOT}/{name}.csv").text)))
    assert len(table) == document["row_count"] == len(document["rows"]) > 0
    first = [column["name"] for column in document["columns"]]
    assert list(document["rows"][0]) == first == list(table[0])[: len(first)]


def test_conflicts_and_gaps_of_a_filter_concern_its_projects(client: TestClient):
    for name in ("conflicts", "gaps"):
        whole, chosen = rows(client, name), rows(client, name, state="PA")
        assert 0 < len(chosen) < len(whole)
        assert all("gas-pa" in row["project_ids"] for row in chosen)


def test_the_terms_are_those_of_the_pledge(client: TestClient):
    known = [row for row in rows(client, "pledge") if row["group"] == "term"]
    found = rows(client, "terms")
    assert [row["term"] for row in found] == [row["id"] for row in known]
    assert all(row["value"] and row["confidence"] and row["source_ids"] for row in found)


def test_interests_are_searched(client: TestClient):
    whole = rows(client, "interests")
    name = whole[0]["company"]
    found = rows(client, "interests", search=name)
    assert name in {row["company"] for row in found}
    assert len(found) < len(whole)


def test_the_summary_has_the_totals_that_were_added_up_by_hand(client: TestClient):
    by_id = {(row["group"], row["id"]): row for row in rows(client, "summary")}
    whole = by_id["all", "all"]
    assert (whole["amount_usd_bn"], whole["amount_qualifier"], whole["project_count"]) == (
        109.0,
        "up_to",
        6,
    )
    # 36 is the official total of the first tranche; its parts are rounded.
    assert by_id["tranche", "1"]["amount_usd_bn"] == 36.0
    assert by_id["tranche", "2"]["amount_usd_bn"] == 73.0
    assert by_id["state", "TX"]["amount_usd_bn"] == 18.1
    # 40 that nobody has divided: in full in both, once in the whole.
    assert by_id["state", "TN"]["amount_usd_bn"] == by_id["state", "AL"]["amount_usd_bn"] == 40.0
    assert by_id["state", "TN"]["shared_with"] == ["AL"]
    # Financed in part, all three: a program must not take 36 for signed loans.
    financed = by_id["stage", "financed"]
    assert (financed["amount_usd_bn"], financed["part_count"]) == (None, 3)
    loans = by_id["money", "loans_signed"]
    # By hand: 340 billion yen at 156 to the dollar is 2.18 billion dollars.
    assert (loans["amount_usd_bn"], loans["amount_qualifier"]) == (2.18, "about")
    assert (loans["original"], loans["confidence"], loans["project_count"]) == (
        "more than ¥340B",
        "reported",
        3,
    )
    for step in ("paid_out", "spent"):
        assert (by_id["money", step]["amount_usd_bn"], by_id["money", step]["project_count"]) == (
            None,
            0,
        )


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"state": "WY"}, id="no project"),
        pytest.param({"state": "GA"}, id="nothing shared or reported"),
        pytest.param({"as_of": "2025-09-10"}, id="before the first project"),
    ],
)
def test_the_summary_has_all_its_columns_however_little_there_is(client: TestClient, query):
    found = rows(client, "summary", **query)
    assert [row["id"] for row in found if row["group"] == "money"] == [
        "loans_signed",
        "paid_out",
        "spent",
    ]
    assert all(set(row) == set(found[0]) for row in found)


def test_loans_stand_in_their_own_currency_and_in_dollars_at_a_rate(client: TestClient):
    (loans,) = rows(client, "money", state="TX")
    assert (loans["original_bn"], loans["original_currency"]) == (340.0, "JPY")
    assert (loans["original_qualifier"], loans["confidence"]) == ("more_than", "reported")
    assert (loans["rate_per_usd"], loans["rate_on"]) == (156.0, "2026-02-18")
    assert (loans["amount_usd_bn"], loans["amount_qualifier"]) == (2.18, "about")
    assert loans["project_ids"] == ["georgia-diamond", "portsmouth-gas", "texas-gulflink"]
    assert rows(client, "money", state="TN") == []
    assert rows(client, "money", as_of="2026-04-30") == []


def test_a_filter_is_that_of_the_page(client: TestClient):
    assert [row["project_id"] for row in rows(client, "projects", state="TN")] == ["smr-tn-al"]
    assert all("smr-tn-al" in row["project_ids"] for row in rows(client, "milestones", state="TN"))
    both = rows(client, "projects", state=["OH", "GA"], sector="natural-gas-power")
    assert [row["project_id"] for row in both] == ["portsmouth-gas"]
    assert rows(client, "projects", state="tn") == rows(client, "projects", state="TN")


def test_the_day_is_that_of_the_page(client: TestClient):
    assert len(rows(client, "projects", as_of="2026-03-01")) == 3
    assert rows(client, "projects", as_of="2026-01-01") == []


def test_sources_of_a_past_day_are_those_out_by_then_and_those_its_rows_cite(client: TestClient):
    now, then = (
        {row["source_id"]: row["published_on"] for row in rows(client, "sources", **query)}
        for query in ({}, {"as_of": "2026-02-20"})
    )
    out = {one for one, day in now.items() if not day or day <= "2026-02-20"}
    day = {"as_of": "2026-02-20"}
    cited = {
        source
        for name in ("projects", "milestones", "money")
        for row in rows(client, name, **day)
        for source in row["source_ids"]
    }
    assert out | cited <= set(then)
    assert len(then) < len(now)
    assert "nhk-2026-05-01" not in then


def test_missing_amounts_are_null_and_not_zero(folder: Any, serve: Serve):
    client = serve(data=folder.path)
    by_id = {row["project_id"]: row for row in rows(client, "projects")}
    assert by_id["mill"]["amount_usd_bn"] is None
    totals = {(row["group"], row["id"]): row for row in rows(client, "summary")}
    assert totals["state", "OH"]["amount_usd_bn"] is None
    assert totals["state", "OH"]["undisclosed_count"] == 1
    assert totals["all", "all"]["undisclosed_count"] == 1
    # 2.1, and the official total of the second tranche, 45, of which one part is undisclosed.
    assert totals["all", "all"]["amount_usd_bn"] == 47.1


def test_the_pledge_states_its_terms_with_their_sources(client: TestClient):
    by_id = {(row["group"], row["id"]): row for row in rows(client, "pledge")}
    assert len(by_id) == len(rows(client, "pledge"))
    assert by_id["pledge", "total"]["amount_usd_bn"] == 550.0
    assert by_id["pledge", "total"]["amount_qualifier"] == "up_to"
    assert by_id["pledge", "unannounced"]["amount_usd_bn"] == 441.0
    assert by_id["pledge", "unannounced"]["amount_qualifier"] == "at_least"
    note = by_id["pledge", "unannounced"]["note"]
    assert note.endswith("at least $441 billion of the up to $550 billion.")
    assert by_id["pledge", "deadline"]["on"] == "2029-01-19"
    assert by_id["term", "equity-share"]["confidence"] == "official"
    assert by_id["pledge", "as-of"]["on"] == "2026-10-10"
    assert by_id["pledge", "searched"]["on"] == "2026-11-26"
    own = {"unannounced", "as-of", "searched"}
    assert all(row["source_ids"] for key, row in by_id.items() if key[1] not in own)
    past = {row["id"]: row for row in rows(client, "pledge", as_of="2026-03-01")}
    assert past["as-of"]["on"] == "2026-03-01"
    assert "searched" not in past


def test_agreements_are_searched_and_never_part_of_a_total(client: TestClient):
    found = rows(client, "agreements", search="space")
    assert 0 < len(found) < len(rows(client, "agreements"))
    document = client.get(f"{ROOT}/agreements").json()
    assert "None of these figures is part of the pledge" in document["note"]


@pytest.mark.parametrize(
    ("path", "parameter", "value", "word"),
    [
        ("projects?state=ZZ", "state", "ZZ", "no such state"),
        ("projects?state=", "state", "", "no such state"),
        ("projects?state=TN&state=ZZ", "state", "ZZ", "no such state"),
        ("projects?stat=TN", "stat", "", "Did you mean state?"),
        ("projects?tranche=1e0", "tranche", "1e0", "no such tranche"),
        ("projects?as_of=yesterday", "as_of", "yesterday", "no such as of"),
        ("projects?as_of=2026-02-30", "as_of", "2026-02-30", "no such as of"),
        ("projects?as_of=2026-03-01&as_of=2026-03-02", "as_of", "2026-03-01", "no such as of"),
        ("projects?search=x", "search", "", "no such parameter"),
        ("pledge?state=TN", "state", "", "no such parameter"),
        ("agreements?area=moon", "area", "moon", "no such area"),
        ("openapi.json?x=1", "x", "", "no such parameter"),
        ("projects?state=%00%ff", "state", "\x00\ufffd", "no such state"),
    ],
)
def test_a_bad_request_is_told_its_parameter(
    client: TestClient, path: str, parameter: str, value: str, word: str
):
    document = problem(client, path)
    assert (document["parameter"], document["value"]) == (parameter, value)
    assert word in document["detail"]


def test_a_problem_lists_what_is_allowed(client: TestClient):
    assert problem(client, "projects?sector=nuclear")["allowed"][0] == "natural-gas-power"
    assert (
        "Did you mean nuclear-power?" in problem(client, "projects?sector=nuclear-pwer")["detail"]
    )


@pytest.mark.parametrize("day", ["2026-10-11", "1899-12-31", "9999-12-31"])
def test_a_day_of_which_nothing_is_known_is_not_found(client: TestClient, day: str):
    assert problem(client, f"projects?as_of={day}", 404)["parameter"] == "as_of"


def test_too_many_values_are_refused(client: TestClient):
    query = "&".join(["state=TN"] * 101)
    assert problem(client, f"projects?{query}")["title"] == "Too many values"


def test_what_newsletters_append_asks_for_nothing(client: TestClient):
    assert len(rows(client, "projects", UTM_SOURCE="news", mc_cid="x", STATE="tn")) == 1


@pytest.mark.parametrize("path", ["nothing", "projects.xml", "projects.", "projects/x", "x.json"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str):
    assert "/api/v1/projects" in problem(client, path, 404)["detail"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/*", "text/csv"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
    ],
)
def test_without_a_suffix_the_program_says_what_it_takes(
    client: TestClient, accept: str, media_type: str
):
    answer = client.get(f"{ROOT}/summary", headers={"accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.headers["vary"] == "Accept, Accept-Encoding"


def test_a_program_that_takes_neither_is_told_so(client: TestClient):
    answer = client.get(f"{ROOT}/summary", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert client.get(f"{ROOT}/summary.csv", headers={"accept": "image/png"}).status_code == 200


def test_what_a_program_has_already_is_not_sent_again(client: TestClient):
    first = client.get(f"{ROOT}/projects")
    again = client.get(f"{ROOT}/projects", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    other = client.get(f"{ROOT}/projects?state=TN")
    assert other.headers["etag"] != first.headers["etag"]


def test_pages_of_other_sites_may_read_also_the_problems(client: TestClient):
    for path in ("projects", "projects?state=ZZ", "nothing"):
        answer = client.get(f"{ROOT}/{path}", headers={"origin": "https://news.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
    asked = {"origin": "https://news.example", "access-control-request-method": "GET"}
    answer = client.options(f"{ROOT}/projects", headers=asked)
    assert answer.status_code == 204
    assert "GET" in answer.headers["access-control-allow-methods"]


def test_new_answers_are_limited_for_one_address_and_old_ones_are_free(serve: Serve):
    client = serve(answers_per_minute=2)
    assert client.get(f"{ROOT}/projects").status_code == 200
    assert client.get(f"{ROOT}/projects?state=TN").status_code == 200
    refused = client.get(f"{ROOT}/projects?state=TX")
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "60"
    assert client.get(f"{ROOT}/projects").status_code == 200


def test_new_data_is_a_new_answer(folder: Any, serve: Serve):
    client = serve(data=folder.path)
    before = client.get(f"{ROOT}/projects")
    folder.set("investments.csv", row=2, project="Renamed terminal")
    from components.views import store

    store.shared(folder.path).read()
    after = client.get(f"{ROOT}/projects", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert "Renamed terminal" in after.text


def test_without_data_a_program_is_asked_to_wait(tmp_path: Any, serve: Serve):
    (tmp_path / "empty").mkdir()
    answer = serve(data=tmp_path / "empty").get(f"{ROOT}/projects")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert str(tmp_path) not in answer.text


def test_the_index_names_every_resource(client: TestClient):
    document = client.get(ROOT).json()
    assert set(document["resources"]) == set(RESOURCES)
    for resource in document["resources"].values():
        path = resource["csv"].removeprefix("http://localhost")
        assert client.get(path).status_code == 200


def test_links_are_to_the_public_address(serve: Serve):
    client = serve(public_url="https://pledge.example.org")
    document = client.get(f"{ROOT}/projects?state=TN").json()
    assert document["link"] == "https://pledge.example.org/?state=TN"


def test_text_that_a_spreadsheet_would_run_is_guarded_in_csv_alone(folder: Any, serve: Serve):
    folder.set("investments.csv", row=2, project="=HYPERLINK(1)")
    client = serve(data=folder.path)
    assert "'=HYPERLINK(1)" in client.get(f"{ROOT}/projects.csv").text
    assert json.loads(client.get(f"{ROOT}/projects").text)["rows"][0]["project"] == "=HYPERLINK(1)"


def test_changes_are_those_of_the_page_between_two_days(client: TestClient):
    found = rows(client, "changes", since="2026-03-01", state="TX")
    kinds = [row["kind"] for row in found]
    assert {"new-projects", "new-stages", "events"} <= set(kinds)
    loans = [row for row in found if row["milestone_id"] == "first-tranche-loans"]
    assert [(row["happened_on"], row["added_on"]) for row in loans] == [
        ("2026-05-01", "2026-11-22")
    ]
    assert loans[0]["project_ids"] == ["georgia-diamond", "portsmouth-gas", "texas-gulflink"]
    assert "NHK" in loans[0]["sources"]
    answer = client.get("/api/v1/changes", params={"since": "2026-03-01", "state": "TX"}).json()
    assert answer["link"].endswith("/changes?state=TX&since=2026-03-01")
    assert answer["title"] == "Changes, 1 March 2026 to 10 October 2026"


def test_changes_without_a_first_day_are_those_since_the_last_tranche(client: TestClient):
    assert rows(client, "changes") == rows(client, "changes", since="2026-03-18")


def test_changes_after_the_facts_are_what_was_added(client: TestClient):
    found = rows(client, "changes", since="2026-11-21")
    assert {row["kind"] for row in found} == {"added"}
    assert len(found) == len(rows(client, "milestones"))
    assert rows(client, "changes", since="2026-11-22") == []


def test_a_first_day_after_the_last_addition_is_a_problem(client: TestClient):
    answer = client.get("/api/v1/changes", params={"since": "2026-11-23"})
    assert answer.status_code == 404
    assert answer.json()["detail"].endswith("something was last added on 2026-11-22.")
    assert client.get("/api/v1/changes", params={"as_of": "2026-11-22"}).status_code == 404


@pytest.mark.parametrize("since", ["soon", "2026-02-30"])
def test_a_first_day_that_is_none_is_a_problem_that_says_what_is_one(
    client: TestClient, since: str
):
    problem = client.get("/api/v1/changes", params={"since": since}).json()
    assert (problem["parameter"], problem["value"]) == ("since", since)
    assert problem["allowed"] == ["a day such as 2026-11-22, once"]
