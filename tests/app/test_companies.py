"""The pages of companies and of next steps, and what project and state say of both."""

from urllib.parse import urlencode

import pytest

from components.facts.schema import GATES, ROLES
from tests.app.dates import written
from tests.app.page import Page, Say, Visit
from tests.frozen import rows_in

COMPANIES = {row["company_id"]: row for row in rows_in("companies")}
SOURCES = {row["source_id"]: row for row in rows_in("sources")}
NAMES = {row["project_id"]: row["project"] for row in rows_in("investments")}
INTERESTED = "Has expressed interest"
PARTNER = {"en": "Named as a possible partner", "ja": "提携先の候補"}
STANDING = "Takes part or interested"
ROLE = "Role, how sure, source"


def rows(page: Page) -> dict[str, dict[str, str]]:
    """Return the rows of the companies shown, by name, which stands first."""
    return {next(iter(row.values())): row for row in page.table("card-companies")}


def named(company_id: str, language: str) -> str:
    """Return a company as the tables name it: in Japanese alone, or in both languages."""
    english, japanese = COMPANIES[company_id]["company"], COMPANIES[company_id]["japanese_name"]
    return {"en": f"{english} {japanese}".strip(), "ja": japanese or english}[language]


def test_every_company_is_listed_those_nearest_to_a_project_first(
    visit: Visit, language: str, said: Say
):
    page = visit("companies")
    counted = {
        "en": (
            "All 6 projects. Of companies and public bodies, 10 take part, 23 have expressed "
            "interest and 2 are named as possible partners."
        ),
        "ja": (
            "全6件。企業と公的機関のうち、参加10社・機関、関心を示しているもの23社・機関、"
            "提携先の候補とされるもの2社・機関。"
        ),
    }
    assert counted[language] in page.text
    shown = page.table("card-companies")
    standings = [row[said(STANDING)] for row in shown]
    assert {said("Takes part"), said(INTERESTED)} <= set(standings)
    assert standings == sorted(standings, key=(said(INTERESTED), PARTNER[language]).__contains__)
    assert len(shown) == 20


@pytest.mark.parametrize(
    ("language", "project_id"),
    [
        *(("en", one) for one in NAMES),
        ("ja", "portsmouth-gas"),  # It has every role and confidence that there is.
    ],
)
def test_each_role_of_a_project_has_company_confidence_and_source(
    visit: Visit, language: str, said: Say, project_id: str
):
    shown = rows(visit("projects", project=project_id))
    roles = [row for row in rows_in("roles") if row["project_id"] == project_id]
    assert set(shown) == {named(row["company_id"], language) for row in roles}
    for row in roles:
        told = shown[named(row["company_id"], language)]
        publisher = SOURCES[row["source_ids"].split(";")[0]]["publisher"]
        sure = said(row["confidence"].capitalize()).lower()
        parts = (said(ROLES.english[row["role"]]), sure, publisher)
        assert {"en": ", ", "ja": "、"}[language].join(parts) in told[said(ROLE)]
        assert row["note"] in told[said(ROLE)]
        takes_part = row["role"] != "interested"
        assert told[said(STANDING)] == said("Takes part" if takes_part else INTERESTED)


def test_ohio_tells_which_japanese_companies_do_what_and_who_says_so(
    visit: Visit, language: str, said: Say
):
    shown = rows(visit("states", state="OH"))
    japan = {"en": "Japan", "ja": "日本"}[language]
    japanese = {name: row for name, row in shown.items() if row[said("Country")] == japan}
    # By hand: SoftBank as parent, JBIC as lender, three that only expressed interest.
    assert set(japanese) == {
        named(one, language)
        for one in ("softbank-group", "jbic", "hitachi", "toshiba", "mitsubishi-electric")
    }
    toshiba, jbic = japanese[named("toshiba", language)], japanese[named("jbic", language)]
    assert toshiba[said(STANDING)] == said(INTERESTED)
    assert "Mainichi Shimbun" in toshiba[said(ROLE)]
    assert jbic[said(ROLE)].startswith({"en": "Finances: ", "ja": "資金を提供："}[language])


def test_role_country_and_search_narrow_the_list_and_stand_in_the_link(
    visit: Visit, language: str, said: Say
):
    page = visit("companies", state="OH")
    page.control("role").set_value(["interested"])
    page.run().control("country").set_value(["JP"])
    page.run().test.text_input(key="search-companies").set_value("petroleum")
    page.run()
    assert said("No company is named.") in page.text
    page.test.text_input(key="search-companies").set_value("日立")
    page.run()
    assert list(rows(page)) == [named("hitachi", language)]
    assert page.query == {
        "state": ["OH"],
        "role": ["interested"],
        "country": ["JP"],
        "search": ["日立"],
    }
    again = visit("companies", **page.query)
    assert list(rows(again)) == [named("hitachi", language)]


def test_unknown_roles_and_countries_are_named_and_ignored(visit: Visit):
    page = visit("companies", role="advisor", country="jp")
    assert "10 take part" in page.text
    told = " ".join(info.value for info in page.test.info)
    assert "advisor" in told
    assert "jp" in told


def test_a_company_leads_to_its_projects_and_to_the_interest_list_and_back(
    visit: Visit, language: str
):
    name = {"en": "SoftBank Group", "ja": "ソフトバンクグループ"}[language]
    page = visit("companies", search="softbank")
    assert page.links[NAMES["portsmouth-gas"]] == "projects?project=portsmouth-gas"
    interests = f"interests?{urlencode({'search': name})}"
    assert page.links["Large-scale power infrastructure"] == interests
    back = visit("interests", search="softbank")
    assert back.links[name] == f"companies?{urlencode({'search': name})}"


def test_on_a_past_day_nobody_has_a_role_that_was_published_later(
    visit: Visit, language: str, said: Say
):
    later, known = {
        "en": ("Japan Bank for International Cooperation", "SB Energy"),
        "ja": ("国際協力銀行", "SBエナジー"),
    }[language]
    page = visit("companies", as_of="2026-03-01")
    assert later not in page.text
    assert known in page.text
    before = visit("companies", as_of="2025-09-01")
    assert said("No company is named.") in before.text


def test_the_companies_found_can_be_saved(visit: Visit):
    page = visit("companies")
    assert all(page.has(f"save-companies-{kind}") for kind in ("csv", "excel-csv", "xlsx", "json"))


def test_what_is_expected_comes_by_date_with_who_says_so(visit: Visit, language: str, said: Say):
    page = visit("watch")
    (deadline,) = page.table("card-expected")[-1:]
    assert deadline[said("When")] == {"en": "19 January 2029", "ja": "2029年1月19日"}[language]
    reviewed = page.table("card-filed")
    filed = [row for row in rows_in("gates") if row["status"] == "filed"]
    assert len(reviewed) == len(filed)
    colon = {"en": ": ", "ja": "："}[language]
    for row in filed:
        step = f"{said(GATES.english[row['gate']])}{colon}{row['what']}"
        told = next(
            one
            for one in reviewed
            if one[said("Project")] == NAMES[row["project_id"]]
            and one[said("Step", context="table")].startswith(step)
        )
        assert written(row["date"], language) in told[said("How far")]
        assert told[said("Who decides")] == (row["decided_by"] or said("Not stated"))


def test_what_was_not_found_is_told_by_project_with_the_day_of_the_search(
    visit: Visit, language: str, said: Say
):
    searched = {"en": "26 November 2026", "ja": "2026年11月26日"}[language]
    told = {row[said("Project")]: row for row in visit("watch").table("card-not-found")}
    for row in rows_in("gates"):
        if row["status"] == "not_found":
            own = told[NAMES[row["project_id"]]]
            assert said(GATES.english[row["gate"]]) in own[said("Not found", context="column")]
            assert own[said("Last looked for")] == searched


def test_the_calendar_is_saved_and_followed_under_the_filter(visit: Visit, said: Say):
    page = visit("watch", state="OH")
    assert page.has("save-calendar")
    assert page.links[said("Subscribe to this calendar")] == "calendar.ics?state=OH"
    assert page.links[said("Follow this filter as a feed")] == "feed.atom?state=OH"


STEPS = {
    "en": (
        "Environmental review: Final environmental impact statement",
        "Permit: Record of decision, with conditions",
        "Permit: Deepwater port license",
        "Final investment decision",
        "Loans: First ones signed",
        "Start of works",
        "Start of operation",
    ),
    "ja": (
        "環境審査：Final environmental impact statement",
        "許認可：Record of decision, with conditions",
        "許認可：Deepwater port license",
        "最終投資決定（FID）",
        "融資：First ones signed",
        "着工",
        "稼働開始",
    ),
}


def test_a_project_has_its_steps_in_their_order(visit: Visit, language: str, said: Say):
    steps = visit("projects", project="texas-gulflink").table("card-steps")
    for row, step in zip(steps, STEPS[language], strict=True):
        assert row[said("Step", context="table")].startswith(step)
    done = {"en": "Done 3 February 2026", "ja": "完了 2026年2月3日"}[language]
    assert steps[2][said("How far")].startswith(done)
    assert steps[1][said("Who decides")] == "U.S. Maritime Administration"


def test_a_state_without_a_project_has_its_map_and_what_may_come_next(visit: Visit, said: Say):
    page = visit("states", state="WY")
    assert page.has("card-map")
    assert "Who selects projects" in page.text
    assert "Next round" in page.text
    feed = said("Follow {state} as a feed", state=said("Wyoming"))
    assert page.links[feed] == "feed.atom?state=WY"
    assert not page.has("card-companies")
