"""The list of projects, and the page of each."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from components.facts.schema import INVESTMENTS
from tests.app.page import Page, Rows, Visit, links_of, plain
from tests.frozen import events_of, rows_in

IN_ORDER = [
    "smr-tn-al",
    "portsmouth-gas",
    "gas-pa",
    "gas-tx",
    "texas-gulflink",
    "georgia-diamond",
]
"""The shipped projects by amount, largest first."""


PROJECTS = {row["project_id"]: row for row in rows_in("investments")}
SOURCES = {row["source_id"]: row for row in rows_in("sources")}
COMPANIES = {row["company_id"]: row for row in rows_in("companies")}


def listed(page: Page) -> Rows:
    """Return the rows of the list, under titles without the sort arrow."""
    return [
        {title.rstrip(" ↓↑"): cell for title, cell in row.items()}
        for row in page.table("card-catalogue")
    ]


def names(page: Page) -> list[str]:
    return [row["Project"] for row in listed(page)]


def ids_of(page: Page) -> list[str]:
    by_name = {row["project"]: project_id for project_id, row in PROJECTS.items()}
    return [by_name[name] for name in names(page)]


def written(day: str) -> str:
    """Return a date of a file as the page shows it: a day, a month or nothing."""
    if not day:
        return ""
    if len(day) == len("2026-05"):
        return f"{date.fromisoformat(day + '-01'):%B %Y}"
    return f"{date.fromisoformat(day):%-d %B %Y}"


def heads(page: Page) -> dict[str, str]:
    """Return the addresses that the titles of the list link to, title -> address."""
    return {title.rstrip(" ↓↑"): page.links[title] for title in page.explanations("card-catalogue")}


def test_the_list_has_the_filtered_projects_largest_first(visit: Visit):
    assert ids_of(visit("projects")) == IN_ORDER
    assert ids_of(visit("projects", state="TX")) == ["gas-tx", "texas-gulflink"]


def test_a_row_has_amount_with_its_qualifier_states_sector_stage_last_milestone_developer(
    visit: Visit,
):
    first, second, third, *_ = listed(visit("projects"))
    assert first["Amount"] == "up to $40B"
    assert first["States"] == "Tennessee, Alabama"
    assert first["Sector"] == "Nuclear power"
    assert first["Stage"] == "Announced"
    assert first["Last milestone"].startswith("19 March 2026 ")
    assert first["Developer"] == "GE Vernova Hitachi"
    assert (second["Amount"], second["Stage"]) == ("about $33.3B", "Financed in part")
    assert third["Amount"] == "up to $17B reported"


def test_every_title_is_explained_and_the_data_s_own_as_the_codebook_does(visit: Visit):
    explained = {
        title.rstrip(" ↓↑"): words
        for title, words in visit("projects").explanations("card-catalogue").items()
    }
    assert all(explained.values())
    assert explained["Amount"] == INVESTMENTS.columns["amount_usd_bn"].description


@pytest.mark.parametrize(
    ("title", "sort", "first", "last"),
    [
        pytest.param("Project", "project", "gas-pa", "texas-gulflink", id="name"),
        pytest.param("Amount", "amount", "georgia-diamond", "smr-tn-al", id="smallest first"),
        pytest.param("Sector", "sector", "georgia-diamond", "smr-tn-al", id="sector"),
        pytest.param("Stage", "-stage", "georgia-diamond", "smr-tn-al", id="furthest first"),
        pytest.param("Last milestone", "-milestone", "georgia-diamond", "smr-tn-al", id="latest"),
        pytest.param("Developer", "developer", "georgia-diamond", "texas-gulflink", id="developer"),
    ],
)
def test_a_title_sorts_by_it(visit: Visit, title: str, sort: str, first: str, last: str):
    page = visit("projects", state=["GA", "OH", "PA", "TN", "TX"])
    address = heads(page)[title]
    assert f"sort={sort}" in address
    page.go(sort=sort)
    assert (ids_of(page)[0], ids_of(page)[-1]) == (first, last)


def test_a_title_sorts_the_other_way_the_second_time(visit: Visit):
    page = visit("projects", sort="project")
    assert heads(page)["Project"] == "projects?sort=-project"
    assert ids_of(page.go(sort="-project"))[0] == "texas-gulflink"


def roles_in(project_id: str) -> list[dict[str, str]]:
    return [row for row in rows_in("roles") if row["project_id"] == project_id]


def builder_of(project_id: str) -> str:
    (role,) = (row for row in roles_in(project_id) if row["role"] == "builds")
    return COMPANIES[role["company_id"]]["company"]


def last_dates() -> dict[str, str]:
    """Return the date of the latest milestone of every shipped project, by its id."""
    return {one: max([row["date"] for row in events_of(one)], default="") for one in PROJECTS}


@pytest.mark.parametrize(
    ("title", "sort", "keys"),
    [
        pytest.param(
            "Project",
            "project",
            {i: row["project"].lower() for i, row in PROJECTS.items()},
            id="name",
        ),
        pytest.param(
            "Amount",
            "amount",
            {i: float(r["amount_usd_bn"]) for i, r in PROJECTS.items()},
            id="amount",
        ),
        pytest.param(
            "States", "states", {i: r["states"] for i, r in PROJECTS.items()}, id="states"
        ),
        pytest.param(
            "Sector", "sector", {i: r["sector"] for i, r in PROJECTS.items()}, id="sector"
        ),
        pytest.param("Last milestone", "milestone", last_dates(), id="latest milestone"),
        pytest.param(
            "Developer",
            "developer",
            {i: builder_of(i).lower() for i in PROJECTS},
            id="developer",
        ),
    ],
)
def test_the_link_in_a_title_sorts_both_ways_and_keeps_filter_search_and_day(
    visit: Visit, title: str, sort: str, keys: dict[str, str | float]
):
    kept = {"state": ["AL", "GA", "OH", "PA", "TN", "TX"], "as_of": ["2026-10-09"], "search": ["a"]}
    page = visit("projects", **kept)
    seen = set()
    for _ in range(2):
        page.go(**parse_qs(urlsplit(heads(page)[title]).query))
        (asked,) = page.query.get("sort", ["-amount"])
        seen.add(asked)
        assert {name: page.query[name] for name in kept} == kept
        expected = sorted(PROJECTS, key=keys.__getitem__, reverse=asked.startswith("-"))
        assert [keys[one] for one in ids_of(page)] == [keys[one] for one in expected]
    assert seen == {sort, f"-{sort}"}


def test_every_title_is_a_link_and_the_sorted_one_says_which_way(visit: Visit):
    page = visit("projects", sort="project")
    assert all("sort=" in address or address == "projects" for address in heads(page).values())
    (card,) = [piece for piece in page.markup_of("card-catalogue") if piece.find(".//table")]
    orders = {
        "".join(head.itertext()): order
        for head in card.iter("th")
        if (order := head.get("aria-sort"))
    }
    assert orders == {"Project ↑": "ascending"}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        pytest.param("softbank", ["portsmouth-gas"], id="company, in any case"),
        pytest.param("nextera texas", ["gas-tx", "gas-pa"], id="every word, anywhere"),
        pytest.param("alabama", ["smr-tn-al"], id="name of a state"),
        pytest.param("critical minerals", ["georgia-diamond"], id="sector"),
        pytest.param("gas-pa", ["gas-pa"], id="id"),
        pytest.param("turbine", ["portsmouth-gas", "gas-pa", "gas-tx"], id="word for a sector"),
        pytest.param("ＳＭＲ", ["smr-tn-al"], id="at full width"),
        pytest.param("日立", ["portsmouth-gas", "smr-tn-al"], id="company in Japanese"),
        pytest.param("small modular reactor power plants x", [], id="a word too many"),
        pytest.param(".*", [], id="no pattern"),
        pytest.param("<script>", [], id="hostile"),
    ],
)
def test_a_search_leaves_what_it_finds(visit: Visit, search: str, found: list[str]):
    page = visit("projects")
    page.test.text_input(key="search").set_value(search)
    page.run()
    assert page.query == {"search": [search]}
    assert f"{len(found)} project" in page.text
    assert sorted(ids_of(page) if found else []) == sorted(found)


def test_the_file_below_the_list_has_as_many_rows_as_are_shown(visit: Visit):
    page = visit("projects", search="turbine")
    assert len(ids_of(page)) == 3
    assert page.test.download_button(key="download-rows").label == "CSV, 3 rows, all columns"
    assert not visit("projects", search="nowhere").has("download-rows")


def test_a_link_restores_search_and_order(visit: Visit):
    page = visit("projects", search="texas", sort="-project", state="TX")
    assert page.test.text_input(key="search").value == "texas"
    assert ids_of(page) == ["texas-gulflink", "gas-tx"]


def test_an_unknown_order_is_named_and_the_usual_one_holds(visit: Visit):
    page = visit("projects", sort="price")
    assert "sort=price" in plain(page.notices[0])
    assert ids_of(page) == IN_ORDER


@pytest.mark.parametrize("project_id", PROJECTS)
def test_a_name_opens_the_page_of_the_project(visit: Visit, project_id: str):
    page = visit("projects")
    page.follow(PROJECTS[project_id]["project"])
    assert page.query == {"project": [project_id]}
    assert page.title == PROJECTS[project_id]["project"]
    assert PROJECTS[project_id]["summary"] in page.text


@pytest.mark.parametrize("project_id", PROJECTS)
def test_the_page_has_every_fact_of_the_row_with_its_note(visit: Visit, project_id: str):
    row = PROJECTS[project_id]
    text = visit("projects", project=project_id).text
    for column in ("place", "expected_output", "technology"):
        assert row[column] in text
    for column in ("amount_note", "place_note", "capacity_note"):
        assert row[column] in text
    for role in roles_in(project_id):
        assert role["note"] in text
        assert COMPANIES[role["company_id"]]["company"] in text
    for step in rows_in("gates"):
        if step["project_id"] == project_id:
            assert step["what"] in text
            assert step["note"] in text


QUALIFIED = {"exact": "", "about": "About ", "up_to": "Up to "}


@pytest.mark.parametrize("project_id", PROJECTS)
def test_the_amount_stands_with_its_qualifier_and_confidence(visit: Visit, project_id: str):
    row = PROJECTS[project_id]
    words = f"${float(row['amount_usd_bn']):g} billion"
    text = visit("projects", project=project_id).text
    said = f"Announced amount{QUALIFIED[row['amount_qualifier']]}{words}{row['amount_confidence']}"
    assert said in text


@pytest.mark.parametrize(
    ("project_id", "capacity"),
    [(one, row["capacity"]) for one, row in PROJECTS.items() if row["capacity"]],
)
def test_a_capacity_stands_with_its_unit_and_confidence(
    visit: Visit, project_id: str, capacity: str
):
    row = PROJECTS[project_id]
    text = visit("projects", project=project_id).text
    said = f"Capacity{float(capacity):,g} {row['capacity_unit']}{row['capacity_confidence']}"
    assert said in text


FACTS_SAID = {
    "amount": "Announced amount",
    "place": "Place",
    "county": "County",
    "capacity": "Capacity",
}


@pytest.mark.parametrize("project_id", PROJECTS)
def test_each_fact_has_its_own_confidence_and_the_source_that_decides(
    visit: Visit, project_id: str
):
    row = PROJECTS[project_id]
    facts = {
        entry.findtext("dt"): entry.find("dd")
        for piece in visit("projects", project=project_id).markup_of("card-facts")
        for entry in piece.iter("div")
        if entry.find("dt") is not None
    }
    known = {fact: term for fact, term in FACTS_SAID.items() if row[f"{fact}_source_ids"]}
    assert known
    for fact, term in known.items():
        said = facts[term]
        assert said is not None
        spans = {span.attrib["class"]: span.text for span in said.iter("span") if span.attrib}
        assert spans["sure"] == row[f"{fact}_confidence"]
        source = SOURCES[row[f"{fact}_source_ids"].split(";")[0]]
        assert source["publisher"] in "".join(said.itertext())
        if source["url"]:
            assert links_of(said)[0] == (source["publisher"], source["url"])


def test_the_pin_is_told_apart_from_site_and_county(visit: Visit):
    text = visit("projects", project="portsmouth-gas").text
    assert (
        "Pin on the mapApproximate site, at 39.02° north and 83° westreported"
        "It marks the place approximately and has no source of its own."
    ) in text


def test_an_amount_says_how_it_is_meant_and_how_sure_it_is(visit: Visit):
    assert (
        "Announced amountUp to $40 billionofficial" in visit("projects", project="smr-tn-al").text
    )
    assert "Announced amountUp to $17 billionreported" in visit("projects", project="gas-pa").text
    assert "Announced amountAbout $33.3 billionofficial" in (
        visit("projects", project="portsmouth-gas").text
    )


def test_a_shared_amount_is_said_to_count_once(visit: Visit):
    text = visit("projects", project="smr-tn-al").text
    assert "Shared byTennessee and Alabama" in text
    assert "It stands in full in both and counts once in any total." in text
    assert "Shared by" not in visit("projects", project="gas-pa").text


def test_how_precisely_a_place_is_known_is_said(visit: Visit):
    assert "Approximate site, at 39.02° north and 83° west" in (
        visit("projects", project="portsmouth-gas").text
    )
    assert "Offshore, no coordinates" in visit("projects", project="texas-gulflink").text
    assert "County only" in visit("projects", project="gas-tx").text


@pytest.mark.parametrize("project_id", PROJECTS)
def test_milestones_stand_in_the_order_of_their_dates_with_their_sources(
    visit: Visit, project_id: str
):
    events = sorted(events_of(project_id), key=lambda row: row["date"])
    shown = visit("projects", project=project_id).table("card-milestones")
    assert [row["What happened"] for row in shown] == [row["event"] for row in events]
    assert [row["Confidence"].lower() for row in shown] == [row["confidence"] for row in events]
    for row, event in zip(shown, events, strict=True):
        for source in event["source_ids"].split(";"):
            assert SOURCES[source]["publisher"] in row["Sources"]
    links = visit("projects", project=project_id).cell_links("card-milestones", "Sources")
    cited = [[SOURCES[one] for one in event["source_ids"].split(";")] for event in events]
    assert links == [
        [(row["publisher"], row["url"]) for row in rows if row["url"]] for rows in cited
    ]


LANGUAGES = {"en": "English", "ja": "Japanese", "zh": "Chinese"}


@pytest.mark.parametrize("project_id", PROJECTS)
def test_every_source_is_listed_with_publisher_date_language_and_link(
    visit: Visit, project_id: str
):
    page = visit("projects", project=project_id)
    cited = set(PROJECTS[project_id]["source_ids"].split(";"))
    for row in events_of(project_id):
        cited |= set(row["source_ids"].split(";"))
    listed = {row["Title"]: row for row in page.table("card-own-sources")}
    for source_id in cited:
        source = SOURCES[source_id]
        row = listed[source["title"]]
        assert row["Publisher"] == source["publisher"]
        assert row["Language"] == LANGUAGES[source["language"]]
        assert row["Published on"] == written(source["published_on"])
        if source["url"]:
            assert page.links[source["title"]] == source["url"]


@pytest.mark.parametrize("project_id", PROJECTS)
def test_values_that_disagree_stand_side_by_side_with_the_one_used_and_why(
    visit: Visit, project_id: str
):
    page = visit("projects", project=project_id)
    disputes = [r for r in rows_in("conflicts") if project_id in r["project_ids"].split(";")]
    assert disputes
    shown = {row["What"]: row for row in page.table("card-conflicts")}
    assert set(shown) == {row["subject"] for row in disputes}
    for row in disputes:
        told = shown[row["subject"]]
        assert told["Value 1"].startswith(row["a_value"])
        assert told["Value 2"].startswith(row["b_value"])
        assert told.get("Value 3", "").startswith(row["c_value"])
        assert (told["Used here"], told["Why"]) == (row["used"], row["reason"])
        for side in "ab":
            for source in row[f"{side}_source_ids"].split(";"):
                assert SOURCES[source]["publisher"] in told[f"Value {'ab'.index(side) + 1}"]


@pytest.mark.parametrize("project_id", PROJECTS)
def test_what_was_not_found_is_listed(visit: Visit, project_id: str):
    text = visit("projects", project=project_id).text
    gaps = [row for row in rows_in("gaps") if project_id in row["project_ids"].split(";")]
    assert gaps
    assert [row["missing"] for row in gaps if row["missing"] not in text] == []


def test_next_walks_through_all_projects_and_previous_back(visit: Visit):
    page = visit("projects", project=IN_ORDER[0])
    walked = [page.query["project"][0]]
    for later in IN_ORDER[1:]:
        page.follow(PROJECTS[later]["project"])
        walked.append(page.query["project"][0])
    assert walked == IN_ORDER
    (walk,) = [
        nav for piece in page.markup for nav in piece.iter("nav") if nav.get("class") == "walk"
    ]
    assert "Next" not in "".join(walk.itertext())
    for earlier in reversed(IN_ORDER[:-1]):
        page.follow(PROJECTS[earlier]["project"])
        assert page.query["project"] == [earlier]


def test_the_walk_stays_within_the_filter(visit: Visit):
    page = visit("projects", project="gas-tx", state="TX")
    assert "Texas GulfLink" in page.links
    assert not {"Natural gas generation, Pennsylvania", "Portsmouth Powered Land Project"} & set(
        page.links
    )


def test_a_project_nobody_knows_gives_the_list_a_notice_and_the_nearest(visit: Visit):
    page = visit("projects", project="smr-tn")
    assert plain(page.notices[0]) == "There is no project “smr-tn” here."
    assert page.links["Small modular reactor power plants, Tennessee and Alabama"].endswith(
        "project=smr-tn-al"
    )
    assert ids_of(page) == IN_ORDER


def test_a_project_not_yet_announced_on_a_past_day_says_so(visit: Visit):
    page = visit("projects", project="smr-tn-al", as_of="2026-03-18")
    assert plain(page.notices[0]).startswith("Not announced as of 18 March 2026: Small modular")
    assert page.links["All projects of this list"] == "projects?as_of=2026-03-18"


def test_two_projects_in_a_link_are_a_list_of_two(visit: Visit):
    assert sorted(ids_of(visit("projects", project=["gas-pa", "gas-tx"]))) == ["gas-pa", "gas-tx"]


def test_a_project_has_its_own_exports(visit: Visit):
    page = visit("projects", project="gas-tx")
    assert page.has("export-view")
    assert page.has("download-timeline")
    assert page.has("download-rows")


def test_a_project_without_a_milestone_is_laid_out_all_the_same(visit: Visit, hostile):
    page = visit("projects", project="pinned")
    assert "No milestone of this project is known." in page.text
    assert not page.has("card-milestones")
    assert page.table("card-own-sources")


def test_a_project_in_thirty_states_links_some_and_counts_the_rest(visit: Visit, hostile):
    (row,) = [row for row in listed(visit("projects")) if "and 24 more" in row["States"]]
    assert row["Project"].startswith("Endless Endless")


def test_japanese_text_is_marked_as_such(visit: Visit, hostile):
    page = visit("projects", project="japanese")
    spans = [span for piece in page.markup for span in piece.iter("span") if span.get("lang")]
    assert spans
    assert {span.get("lang") for span in spans} == {"ja"}
