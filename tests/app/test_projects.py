"""The list of projects, and the page of each."""

from urllib.parse import parse_qs, urlsplit

import pytest

from components.facts.schema import INVESTMENTS
from tests.app.dates import written
from tests.app.page import Page, Rows, Say, Visit, links_of, plain
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


IN_BOTH = [
    *(("en", one) for one in PROJECTS),
    # In these three, every kind of fact stands, in each qualifier, confidence and precision.
    *(("ja", one) for one in ("smr-tn-al", "portsmouth-gas", "texas-gulflink")),
]
"""All projects in English, and enough of them in Japanese: the words around them are the same."""


def listed(page: Page) -> Rows:
    """Return the rows of the list, under titles without the sort arrow."""
    return [
        {title.rstrip(" ↓↑"): cell for title, cell in row.items()}
        for row in page.table("card-catalogue")
    ]


def names(page: Page) -> list[str]:
    return [next(iter(row.values())) for row in listed(page)]


def ids_of(page: Page) -> list[str]:
    by_name = {row["project"]: project_id for project_id, row in PROJECTS.items()}
    return [by_name[name] for name in names(page)]


def name_of(company_id: str, language: str) -> str:
    """Return a company as a reader of a language knows it."""
    row = COMPANIES[company_id]
    return (row["japanese_name"] if language == "ja" else "") or row["company"]


def heads(page: Page) -> dict[str, str]:
    """Return the addresses that the titles of the list link to, title -> address."""
    return {title.rstrip(" ↓↑"): page.links[title] for title in page.explanations("card-catalogue")}


def test_the_list_has_the_filtered_projects_largest_first(visit: Visit):
    assert ids_of(visit("projects")) == IN_ORDER
    assert ids_of(visit("projects", state="TX")) == ["gas-tx", "texas-gulflink"]


FIRST_ROWS = {
    "en": (
        {
            "Amount": "up to $40B",
            "States": "Tennessee, Alabama",
            "Sector": "Nuclear power",
            "Stage": "Announced",
            "Last milestone": "19 March 2026 The White House welcomed a second tranche with up to "
            "$40 billion for these plants.",
            "Developer": "GE Vernova Hitachi",
        },
        ("about $33.3B", "Financed in part"),
        "up to $17B reported",
    ),
    "ja": (
        {
            "金額": "最大400億ドル",
            "州": "テネシー州、アラバマ州",
            # The frozen data has names of sectors and events in English alone.
            "分野": "Nuclear power",
            "段階": "発表",
            "最新の動き": "2026年3月19日 The White House welcomed a second tranche with up to "
            "$40 billion for these plants.",
            "事業主体": "GEベルノバ日立",
        },
        ("約333億ドル", "融資契約締結（一部）"),
        "最大170億ドル 報道",
    ),
}
"""The first row without its name, amount and stage of the second, amount of the third."""


def test_a_row_has_amount_with_its_qualifier_states_sector_stage_last_milestone_developer(
    visit: Visit, language: str, said: Say
):
    first, second, third, *_ = listed(visit("projects"))
    whole, part, reported = FIRST_ROWS[language]
    assert first.pop(said("Project")) == PROJECTS["smr-tn-al"]["project"]
    assert first == whole
    assert (second[said("Amount")], second[said("Stage")]) == part
    assert third[said("Amount")] == reported


def test_every_title_is_explained_and_the_data_s_own_as_the_codebook_does(visit: Visit, said: Say):
    explained = {
        title.rstrip(" ↓↑"): words
        for title, words in visit("projects").explanations("card-catalogue").items()
    }
    assert all(explained.values())
    description = INVESTMENTS.columns["amount_usd_bn"].description
    assert explained[said("Amount")] == said(str(description))


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


BY_DEVELOPER = {
    "en": ["georgia-diamond", "smr-tn-al", "gas-pa", "gas-tx", "portsmouth-gas", "texas-gulflink"],
    # Latin letters, then エレメントシックス, センチネル・ミッドストリーム and ネクステラ・エナジー.
    "ja": ["smr-tn-al", "portsmouth-gas", "georgia-diamond", "texas-gulflink", "gas-pa", "gas-tx"],
}


def test_developers_are_sorted_by_the_names_that_are_shown(visit: Visit, language: str):
    assert ids_of(visit("projects", sort="developer")) == BY_DEVELOPER[language]


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


def test_every_title_is_a_link_and_the_sorted_one_says_which_way(visit: Visit, said: Say):
    page = visit("projects", sort="project")
    assert all("sort=" in address or address == "projects" for address in heads(page).values())
    (card,) = [piece for piece in page.markup_of("card-catalogue") if piece.find(".//table")]
    orders = {
        "".join(head.itertext()): order
        for head in card.iter("th")
        if (order := head.get("aria-sort"))
    }
    assert orders == {f"{said('Project')} ↑": "ascending"}


@pytest.mark.parametrize(
    ("language", "search", "found"),
    [
        pytest.param("en", "softbank", ["portsmouth-gas"], id="company, in any case"),
        pytest.param("en", "nextera texas", ["gas-tx", "gas-pa"], id="every word, anywhere"),
        pytest.param("en", "alabama", ["smr-tn-al"], id="name of a state"),
        pytest.param("en", "critical minerals", ["georgia-diamond"], id="sector"),
        pytest.param("en", "gas-pa", ["gas-pa"], id="id"),
        pytest.param(
            "en", "turbine", ["portsmouth-gas", "gas-pa", "gas-tx"], id="word for a sector"
        ),
        pytest.param("en", "ＳＭＲ", ["smr-tn-al"], id="at full width"),
        pytest.param("en", "日立", ["portsmouth-gas", "smr-tn-al"], id="company in Japanese"),
        pytest.param("en", "small modular reactor power plants x", [], id="a word too many"),
        pytest.param("en", ".*", [], id="no pattern"),
        pytest.param("en", "<script>", [], id="hostile"),
        pytest.param("ja", "softbank", ["portsmouth-gas"], id="Japanese, company in English"),
        pytest.param("ja", "ソフトバンク", ["portsmouth-gas"], id="Japanese, company"),
        pytest.param("ja", "アラバマ", ["smr-tn-al"], id="Japanese, name of a state"),
        pytest.param("ja", "ﾃｷｻｽ ネクステラ", ["gas-tx"], id="Japanese, at half width"),
        pytest.param("ja", "存在しない企業", [], id="Japanese, nothing"),
    ],
)
def test_a_search_leaves_what_it_finds(visit: Visit, language: str, search: str, found: list[str]):
    page = visit("projects")
    page.test.text_input(key="search").set_value(search)
    page.run()
    assert page.query == {"search": [search]}
    counted = {
        "en": f"{len(found)} project",
        "ja": f"「{search}」に一致するもの{len(found)}件。",
    }
    assert counted[language] in page.text
    assert sorted(ids_of(page) if found else []) == sorted(found)


def test_the_file_below_the_list_has_as_many_rows_as_are_shown(visit: Visit, language: str):
    page = visit("projects", search="turbine")
    assert len(ids_of(page)) == 3
    label = {"en": "CSV, 3 rows, all columns", "ja": "CSV（3行、全列）"}
    assert page.test.download_button(key="download-rows").label == label[language]
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


@pytest.mark.parametrize(("language", "project_id"), IN_BOTH)
def test_the_page_has_every_fact_of_the_row_with_its_note(
    visit: Visit, language: str, project_id: str
):
    row = PROJECTS[project_id]
    text = visit("projects", project=project_id).text
    for column in ("place", "expected_output", "technology"):
        assert row[column] in text
    for column in ("amount_note", "place_note", "capacity_note"):
        assert row[column] in text
    for role in roles_in(project_id):
        assert role["note"] in text
        assert name_of(role["company_id"], language) in text
    for step in rows_in("gates"):
        if step["project_id"] == project_id:
            assert step["what"] in text
            assert step["note"] in text


QUALIFIED = {
    "en": {"exact": "", "about": "About ", "up_to": "Up to "},
    "ja": {"exact": "", "about": "約", "up_to": "最大"},
}
SURE = {
    "en": {"official": "official", "reported": "reported", "conflicting": "conflicting"},
    "ja": {"official": "公式", "reported": "報道", "conflicting": "相違あり"},
}


@pytest.mark.parametrize(("language", "project_id"), IN_BOTH)
def test_the_amount_stands_with_its_qualifier_and_confidence(
    visit: Visit, language: str, project_id: str
):
    row = PROJECTS[project_id]
    billions = float(row["amount_usd_bn"])
    words = {"en": f"${billions:g} billion", "ja": f"{billions * 10:g}億ドル"}[language]
    fact = {"en": "Announced amount", "ja": "発表額"}[language]
    qualified = QUALIFIED[language][row["amount_qualifier"]]
    text = visit("projects", project=project_id).text
    assert f"{fact}{qualified}{words}{SURE[language][row['amount_confidence']]}" in text


@pytest.mark.parametrize(
    ("language", "project_id"), [pair for pair in IN_BOTH if PROJECTS[pair[1]]["capacity"]]
)
def test_a_capacity_stands_with_its_unit_and_confidence(
    visit: Visit, language: str, project_id: str
):
    row = PROJECTS[project_id]
    fact, space = {"en": ("Capacity", " "), "ja": ("規模", "")}[language]
    words = f"{float(row['capacity']):,g}{space}{row['capacity_unit']}"
    text = visit("projects", project=project_id).text
    assert f"{fact}{words}{SURE[language][row['capacity_confidence']]}" in text


FACTS_SAID = {
    "amount": "Announced amount",
    "place": "Place",
    "county": "County",
    "capacity": "Capacity",
}


@pytest.mark.parametrize(("language", "project_id"), IN_BOTH)
def test_each_fact_has_its_own_confidence_and_the_source_that_decides(
    visit: Visit, language: str, said: Say, project_id: str
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
        told = facts[said(term)]
        assert told is not None
        spans = {span.get("class"): span.text for span in told.iter("span")}
        assert spans["sure"] == SURE[language][row[f"{fact}_confidence"]]
        source = SOURCES[row[f"{fact}_source_ids"].split(";")[0]]
        assert source["publisher"] in "".join(told.itertext())
        if source["url"]:
            assert links_of(told)[0] == (source["publisher"], source["url"])


def test_the_pin_is_told_apart_from_site_and_county(visit: Visit, language: str):
    text = visit("projects", project="portsmouth-gas").text
    pin = {
        "en": (
            "Pin on the mapApproximate site, at 39.02° north and 83° westreported"
            "It marks the place approximately and has no source of its own."
        ),
        "ja": (
            "地図のピンおおよその所在地（北緯39.02度、西経83度）報道"
            "おおよその場所を示すもので、独自の出典はありません。"
        ),
    }
    assert pin[language] in text


def test_an_amount_says_how_it_is_meant_and_how_sure_it_is(visit: Visit, language: str):
    said = {
        "en": {
            "smr-tn-al": "Announced amountUp to $40 billionofficial",
            "gas-pa": "Announced amountUp to $17 billionreported",
            "portsmouth-gas": "Announced amountAbout $33.3 billionofficial",
        },
        "ja": {
            "smr-tn-al": "発表額最大400億ドル公式",
            "gas-pa": "発表額最大170億ドル報道",
            "portsmouth-gas": "発表額約333億ドル公式",
        },
    }
    for project_id, words in said[language].items():
        assert words in visit("projects", project=project_id).text


def test_a_shared_amount_is_said_to_count_once(visit: Visit, language: str):
    term, states, once = {
        "en": (
            "Shared by",
            "Tennessee and Alabama",
            "It stands in full in both and counts once in any total.",
        ),
        "ja": (
            "共有する州",
            "テネシー州とアラバマ州",
            "両方の州に全額を計上し、合計では一度だけ数えます。",
        ),
    }[language]
    text = visit("projects", project="smr-tn-al").text
    assert f"{term}{states}" in text
    assert once in text
    assert term not in visit("projects", project="gas-pa").text


def test_how_precisely_a_place_is_known_is_said(visit: Visit, language: str):
    approximate, offshore, county = {
        "en": (
            "Approximate site, at 39.02° north and 83° west",
            "Offshore, no coordinates",
            "County only",
        ),
        "ja": ("おおよその所在地（北緯39.02度、西経83度）", "沖合（座標なし）", "郡まで"),
    }[language]
    assert approximate in visit("projects", project="portsmouth-gas").text
    assert offshore in visit("projects", project="texas-gulflink").text
    assert county in visit("projects", project="gas-tx").text


@pytest.mark.parametrize(("language", "project_id"), IN_BOTH)
def test_milestones_stand_in_the_order_of_their_dates_with_their_sources(
    visit: Visit, language: str, said: Say, project_id: str
):
    events = sorted(events_of(project_id), key=lambda row: row["date"])
    page = visit("projects", project=project_id)
    shown = page.table("card-milestones")
    happened, sure = said("What happened", context="column"), said("Confidence")
    assert [row[happened] for row in shown] == [row["event"] for row in events]
    assert [row[said("Date")] for row in shown] == [
        written(row["date"], language) for row in events
    ]
    assert [row[sure].lower() for row in shown] == [
        SURE[language][row["confidence"]] for row in events
    ]
    for row, event in zip(shown, events, strict=True):
        for source in event["source_ids"].split(";"):
            assert SOURCES[source]["publisher"] in row[said("Sources")]
    links = page.cell_links("card-milestones", said("Sources"))
    cited = [[SOURCES[one] for one in event["source_ids"].split(";")] for event in events]
    assert links == [
        [(row["publisher"], row["url"]) for row in rows if row["url"]] for rows in cited
    ]


LANGUAGES = {
    "en": {"en": "English", "ja": "Japanese", "zh": "Chinese"},
    "ja": {"en": "英語", "ja": "日本語", "zh": "中国語"},
}


@pytest.mark.parametrize(("language", "project_id"), IN_BOTH)
def test_every_source_is_listed_with_publisher_date_language_and_link(
    visit: Visit, language: str, said: Say, project_id: str
):
    page = visit("projects", project=project_id)
    cited = set(PROJECTS[project_id]["source_ids"].split(";"))
    for row in events_of(project_id):
        cited |= set(row["source_ids"].split(";"))
    listed = {row[said("Title")]: row for row in page.table("card-own-sources")}
    for source_id in cited:
        source = SOURCES[source_id]
        row = listed[source["title"]]
        assert row[said("Publisher")] == source["publisher"]
        assert row[said("Language")] == LANGUAGES[language][source["language"]]
        assert row[said("Published on")] == written(source["published_on"], language)
        if source["url"]:
            assert page.links[source["title"]] == source["url"]


@pytest.mark.parametrize(("language", "project_id"), IN_BOTH)
def test_values_that_disagree_stand_side_by_side_with_the_one_used_and_why(
    visit: Visit, said: Say, project_id: str
):
    page = visit("projects", project=project_id)
    disputes = [r for r in rows_in("conflicts") if project_id in r["project_ids"].split(";")]
    assert disputes
    what = said("What", context="conflict")
    values = [said("Value {number}", number=number) for number in (1, 2, 3)]
    shown = {row[what]: row for row in page.table("card-conflicts")}
    assert set(shown) == {row["subject"] for row in disputes}
    for row in disputes:
        told = shown[row["subject"]]
        assert told[values[0]].startswith(row["a_value"])
        assert told[values[1]].startswith(row["b_value"])
        assert told.get(values[2], "").startswith(row["c_value"])
        assert (told[said("Used here")], told[said("Why")]) == (row["used"], row["reason"])
        for side, value in zip("ab", values, strict=False):
            for source in row[f"{side}_source_ids"].split(";"):
                assert SOURCES[source]["publisher"] in told[value]


@pytest.mark.parametrize("project_id", PROJECTS)
def test_what_was_not_found_is_listed(visit: Visit, project_id: str):
    text = visit("projects", project=project_id).text
    gaps = [row for row in rows_in("gaps") if project_id in row["project_ids"].split(";")]
    assert gaps
    assert [row["missing"] for row in gaps if row["missing"] not in text] == []


def test_next_walks_through_all_projects_and_previous_back(visit: Visit, said: Say):
    page = visit("projects", project=IN_ORDER[0])
    walked = [page.query["project"][0]]
    for later in IN_ORDER[1:]:
        page.follow(PROJECTS[later]["project"])
        walked.append(page.query["project"][0])
    assert walked == IN_ORDER
    (walk,) = [
        nav for piece in page.markup for nav in piece.iter("nav") if nav.get("class") == "walk"
    ]
    words = "".join(walk.itertext())
    assert said("Previous: {project}", project=PROJECTS[IN_ORDER[-2]]["project"]) in words
    assert said("Next: {project}", project="") not in words
    for earlier in reversed(IN_ORDER[:-1]):
        page.follow(PROJECTS[earlier]["project"])
        assert page.query["project"] == [earlier]


def test_the_walk_stays_within_the_filter(visit: Visit):
    page = visit("projects", project="gas-tx", state="TX")
    assert "Texas GulfLink" in page.links
    assert not {"Natural gas generation, Pennsylvania", "Portsmouth Powered Land Project"} & set(
        page.links
    )


def test_a_project_nobody_knows_gives_the_list_a_notice_and_the_nearest(visit: Visit, said: Say):
    page = visit("projects", project="smr-tn")
    notice = said("There is no project “{wanted}” here.", wanted="smr-tn")
    assert plain(page.notices[0]) == notice
    assert page.links["Small modular reactor power plants, Tennessee and Alabama"].endswith(
        "project=smr-tn-al"
    )
    assert ids_of(page) == IN_ORDER


def test_a_project_not_yet_announced_on_a_past_day_says_so(visit: Visit, language: str, said: Say):
    page = visit("projects", project="smr-tn-al", as_of="2026-03-18")
    starts = {
        "en": "Not announced as of 18 March 2026: Small modular",
        "ja": "2026年3月18日時点では未発表：Small modular",
    }
    assert plain(page.notices[0]).startswith(starts[language])
    assert page.links[said("All projects of this list")] == "projects?as_of=2026-03-18"


def test_two_projects_in_a_link_are_a_list_of_two(visit: Visit):
    assert sorted(ids_of(visit("projects", project=["gas-pa", "gas-tx"]))) == ["gas-pa", "gas-tx"]


def test_a_project_has_its_own_exports(visit: Visit):
    page = visit("projects", project="gas-tx")
    assert page.has("export-view")
    assert page.has("download-timeline")
    assert page.has("download-rows")


def test_a_project_without_a_milestone_is_laid_out_all_the_same(visit: Visit, hostile, said: Say):
    page = visit("projects", project="pinned")
    assert said("No milestone of this project is known.") in page.text
    assert not page.has("card-milestones")
    assert page.table("card-own-sources")


def test_a_project_in_thirty_states_links_some_and_counts_the_rest(
    visit: Visit, hostile, language: str, said: Say
):
    more = {"en": "and 24 more", "ja": "ほか24州"}[language]
    (row,) = [row for row in listed(visit("projects")) if more in row[said("States")]]
    assert row[said("Project")].startswith("Endless Endless")


def test_japanese_text_is_marked_as_such(visit: Visit, hostile):
    page = visit("projects", project="japanese")
    spans = [span for piece in page.markup for span in piece.iter("span") if span.get("lang")]
    assert spans
    assert {span.get("lang") for span in spans} == {"ja"}
