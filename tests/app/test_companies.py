"""The pages of companies and of next steps, and what project and state say of both."""

import pytest

from components.basics.formatting import format_date
from components.facts.schema import GATES, ROLES
from tests.app.page import Visit
from tests.frozen import rows_in

COMPANIES = {row["company_id"]: row for row in rows_in("companies")}
SOURCES = {row["source_id"]: row for row in rows_in("sources")}
NAMES = {row["project_id"]: row["project"] for row in rows_in("investments")}
INTERESTED = "Has expressed interest"
PARTNER = "Named as a possible partner"
STANDING = "Takes part or interested"
ROLE = "Role, how sure, source"


def rows(page, card: str = "card-companies") -> dict[str, dict[str, str]]:
    """Return the rows of the companies shown, by name in English and Japanese."""
    return {row["Company"]: row for row in page.table(card)}


def written(company_id: str) -> str:
    row = COMPANIES[company_id]
    return f"{row['company']} {row['japanese_name']}".strip()


def test_every_company_is_listed_those_nearest_to_a_project_first(visit: Visit):
    page = visit("companies")
    assert (
        "All 6 projects. Of companies and public bodies, 10 take part, 23 have expressed interest "
        "and 2 are named as possible partners."
    ) in page.text
    shown = page.table("card-companies")
    said = [row[STANDING] for row in shown]
    assert said == sorted(said, key=(INTERESTED, PARTNER).__contains__)
    assert len(shown) == 20


@pytest.mark.parametrize("project_id", NAMES)
def test_each_role_of_a_project_has_company_confidence_and_source(visit: Visit, project_id: str):
    shown = rows(visit("projects", project=project_id))
    roles = [row for row in rows_in("roles") if row["project_id"] == project_id]
    assert set(shown) == {written(row["company_id"]) for row in roles}
    for row in roles:
        told = shown[written(row["company_id"])]
        publisher = SOURCES[row["source_ids"].split(";")[0]]["publisher"]
        assert f"{ROLES[row['role']]}, {row['confidence']}, {publisher}" in told[ROLE]
        assert row["note"] in told[ROLE]
        takes_part = row["role"] != "interested"
        assert told[STANDING] == ("Takes part" if takes_part else INTERESTED)


def test_ohio_tells_which_japanese_companies_do_what_and_who_says_so(visit: Visit):
    shown = rows(visit("states", state="OH"))
    japanese = {name: row for name, row in shown.items() if row["Country"] == "Japan"}
    # By hand: SoftBank as parent, JBIC as lender, three that only expressed interest.
    assert set(japanese) == {
        written(one)
        for one in ("softbank-group", "jbic", "hitachi", "toshiba", "mitsubishi-electric")
    }
    assert japanese[written("toshiba")][STANDING] == INTERESTED
    assert "Mainichi Shimbun" in japanese[written("toshiba")][ROLE]
    assert japanese[written("jbic")][ROLE].startswith("Finances: ")


def test_role_country_and_search_narrow_the_list_and_stand_in_the_link(visit: Visit):
    page = visit("companies", state="OH")
    page.control("role").set_value(["interested"])
    page.run().control("country").set_value(["JP"])
    page.run().test.text_input(key="search-companies").set_value("petroleum")
    page.run()
    assert "No company is named." in page.text
    page.test.text_input(key="search-companies").set_value("日立")
    page.run()
    assert list(rows(page)) == [written("hitachi")]
    assert page.query == {
        "state": ["OH"],
        "role": ["interested"],
        "country": ["JP"],
        "search": ["日立"],
    }
    again = visit("companies", **page.query)
    assert list(rows(again)) == [written("hitachi")]


def test_unknown_roles_and_countries_are_named_and_ignored(visit: Visit):
    page = visit("companies", role="advisor", country="jp")
    assert "10 take part" in page.text
    told = " ".join(info.value for info in page.test.info)
    assert "advisor" in told
    assert "jp" in told


def test_a_company_leads_to_its_projects_and_to_the_interest_list_and_back(visit: Visit):
    page = visit("companies", search="softbank")
    assert page.links[NAMES["portsmouth-gas"]] == "projects?project=portsmouth-gas"
    assert page.links["Large-scale power infrastructure"] == "interests?search=SoftBank+Group"
    back = visit("interests", search="softbank")
    assert back.links["SoftBank Group"] == "companies?search=SoftBank+Group"


def test_on_a_past_day_nobody_has_a_role_that_was_published_later(visit: Visit):
    page = visit("companies", as_of="2026-03-01")
    assert "Japan Bank for International Cooperation" not in page.text
    assert "SB Energy" in page.text
    before = visit("companies", as_of="2025-09-01")
    assert "No company is named." in before.text


def test_the_companies_found_can_be_saved(visit: Visit):
    page = visit("companies")
    assert all(page.has(f"save-companies-{kind}") for kind in ("csv", "excel-csv", "xlsx", "json"))


def test_what_is_expected_comes_by_date_with_who_says_so(visit: Visit):
    page = visit("watch")
    (deadline,) = page.table("card-expected")[-1:]
    assert deadline["When"] == "19 January 2029"
    reviewed = page.table("card-filed")
    rows = [row for row in rows_in("gates") if row["status"] == "filed"]
    assert len(reviewed) == len(rows)
    for row in rows:
        told = next(
            one
            for one in reviewed
            if one["Project"] == NAMES[row["project_id"]]
            and one["Step"].startswith(f"{GATES[row['gate']]}: {row['what']}")
        )
        assert format_date(row["date"]) in told["How far"]
        assert told["Who decides"] == (row["decided_by"] or "Not stated")


def test_what_was_not_found_is_told_by_project_with_the_day_of_the_search(visit: Visit):
    told = {row["Project"]: row for row in visit("watch").table("card-not-found")}
    for row in rows_in("gates"):
        if row["status"] == "not_found":
            assert GATES[row["gate"]] in told[NAMES[row["project_id"]]]["Not found"]
            assert told[NAMES[row["project_id"]]]["Last looked for"] == "26 November 2026"


def test_the_calendar_is_saved_and_followed_under_the_filter(visit: Visit):
    page = visit("watch", state="OH")
    assert page.has("save-calendar")
    assert page.links["Subscribe to this calendar"] == "calendar.ics?state=OH"
    assert page.links["Follow this filter as a feed"] == "feed.atom?state=OH"


def test_a_project_has_its_steps_in_their_order(visit: Visit):
    steps = visit("projects", project="texas-gulflink").table("card-steps")
    assert [row["Step"].split(" ")[0] for row in steps] == [
        "Environmental", "Permit:", "Permit:", "Final", "Loans:", "Start", "Start",
    ]  # fmt: skip
    assert steps[2]["How far"].startswith("Done 3 February 2026")
    assert steps[1]["Who decides"] == "U.S. Maritime Administration"


def test_a_state_without_a_project_has_its_map_and_what_may_come_next(visit: Visit):
    page = visit("states", state="WY")
    assert page.has("card-map")
    assert "Who selects projects" in page.text
    assert "Next round" in page.text
    assert page.links["Follow Wyoming as a feed"] == "feed.atom?state=WY"
    assert not page.has("card-companies")
