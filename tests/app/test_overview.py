import re
import tomllib
from xml.etree import ElementTree

import pytest

from components.basics.us_states import STATE_NAMES
from components.exhibits import registry
from components.facts.schema import INVESTMENTS
from components.words.wording import TITLES
from tests.app.page import DRAWN, Convert, Rows, Say, Visit, links_of, words_of
from tests.frozen import FOLDER, events_of, rows_in

CHARTS = tuple(name for name in DRAWN if name != "map")

AMOUNT = "Announced"
OUR = "sum: our own"
PUBLISHERS = {row["publisher"] for row in rows_in("sources")}


def pledge_sources() -> list[str]:
    """Return the sources that the shipped pledge cites for its total, dates and tranches."""
    pledge = tomllib.loads((FOLDER / "pledge.toml").read_text(encoding="utf-8"))
    tranches = [source for tranche in pledge["tranches"] for source in tranche["source_ids"]]
    dates = [*pledge["signed_source_ids"], *pledge["deadline_source_ids"]]
    return [*pledge["total_source_ids"], *tranches, *dates]


def amounts_by(column: str) -> dict[str, float]:
    """Return the sums of the shipped rows by a column, without the dashboard's own code."""
    sums: dict[str, float] = {}
    for row in rows_in("investments"):
        for value in row[column].split(";"):
            sums[value] = round(sums.get(value, 0) + float(row["amount_usd_bn"]), 9)
    return sums


def dollars(rows: Rows, column: str = AMOUNT) -> list[float]:
    """Return the figures of a column, without qualifier and unit."""
    return [float(re.sub(r"^[a-z ]*\$?|B$|,", "", row[column])) for row in rows]


def test_the_page_opens_with_what_is_announced_and_what_is_not(visit: Visit, language: str):
    page = visit()
    # The frozen data has its title in English alone.
    assert page.title == "Japan's $550 billion U.S. investment pledge"
    announced, rest = {
        "en": ("Up to $109 billion is announced", "at least $441 billion"),
        "ja": (
            "これまでに発表されたのは、第1陣と第2陣の計6件、6州で最大1090億ドルです。",
            "少なくとも4410億ドルは、対象のプロジェクトがまだ発表されていません。",
        ),
    }[language]
    assert announced in page.opening
    assert rest in page.opening


HEADLINE = {
    "en": (
        {
            "announced": "up to $109B",
            "of the pledge": "up to 19.8%",
            "unannounced": "at least $441B",
            "projects": "6",
            "states": "6",
        },
        {
            "announced": "not spent",
            "of the pledge": "up to $550B in all",
            "unannounced": "of the up to $550B",
            "projects": "3 in each tranche",
            "states": "TN and AL share one amount",
        },
    ),
    "ja": (
        {
            "発表済み": "最大1090億ドル",
            "約束額に占める割合": "最大19.8%",
            "未発表": "少なくとも4410億ドル",
            "プロジェクト": "6件",
            "対象の州": "6州",
        },
        {
            "発表済み": "支出額ではない",
            "約束額に占める割合": "全体で最大5500億ドル",
            "未発表": "最大5500億ドルのうち",
            "プロジェクト": "各陣3件",
            "対象の州": "TNとALが1つの金額を共有",
        },
    ),
}
"""The figures and the remarks on them, each under its label."""


def test_the_headline_figures_are_up_to_109_of_550_and_at_least_441_left(
    visit: Visit, language: str
):
    page = visit()
    figures, remarks = HEADLINE[language]
    assert page.figures == figures
    assert page.remarks == remarks


def test_every_card_has_a_title_and_a_source_line_with_the_date_of_the_data(
    visit: Visit, language: str, said: Say
):
    page = visit()
    for exhibit in DRAWN:
        words = words_of(page.card(f"card-{exhibit}"))
        assert said(registry.EXHIBITS[exhibit].title) in words
        line = {
            "en": r"Sources: [^\n]+ Data as of 10 October 2026\.",
            "ja": r"出典：[^\n]+。データは2026年10月10日時点。",
        }
        assert re.search(line[language], words), exhibit


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="all projects"),
        pytest.param({"state": "TN"}, id="one state"),
        pytest.param({"state": "WY"}, id="no project"),
        pytest.param({"sector": "perpetual-motion"}, id="unknown value"),
    ],
)
def test_every_view_ends_with_the_date_and_version_of_the_data(visit: Visit, language: str, query):
    note = visit(**query).captions[-1]
    start, caution = {
        "en": ("Data as of 10 October 2026, version 2026.11.25 (", "not money spent"),
        "ja": ("データは2026年10月10日時点、2026.11.25版（", "支出額ではありません"),
    }[language]
    assert note.startswith(start)
    assert caution in note


@pytest.mark.parametrize("state", ["TN", "AL"])
def test_a_shared_amount_is_shown_in_full_in_each_of_its_states(
    visit: Visit, amount: Convert, state: str
):
    assert visit(state=state).figure("announced") == amount("up to $40B")


def test_a_shared_amount_counts_once_in_the_total_of_its_states(
    visit: Visit, amount: Convert, said: Say
):
    shared = amount("up to $40B")
    assert visit(state=["AL", "TN"]).figure("announced") == shared
    page = visit()
    by_state = {row[said("State")]: row[said(AMOUNT)] for row in page.show_table("by-state")}
    assert by_state[said("Tennessee")] == by_state[said("Alabama")] == shared
    assert page.figure("announced") == amount("up to $109B")


def test_tables_take_the_place_of_charts_and_map(visit: Visit):
    page = visit()
    assert all(page.has(f"chart-{exhibit}") for exhibit in CHARTS)
    assert len(page.test.get("deck_gl_json_chart")) == 1
    for exhibit in DRAWN:
        page.test.toggle(key=f"table-{exhibit}").set_value(True)
    page.run()
    assert not any(page.has(f"chart-{exhibit}") for exhibit in CHARTS)
    assert len(page.test.get("deck_gl_json_chart")) == 0
    assert all(page.table(f"card-{exhibit}") for exhibit in DRAWN)


@pytest.mark.parametrize("exhibit", ["by-state", "map"])
def test_the_tables_of_states_have_the_sums_of_the_rows(visit: Visit, exhibit: str):
    rows = visit().show_table(exhibit)
    sums = {STATE_NAMES[state]: amount for state, amount in amounts_by("states").items()}
    assert dict(zip([row["State"] for row in rows], dollars(rows), strict=True)) == sums


def test_the_table_of_sectors_has_the_sums_of_the_rows(visit: Visit):
    rows = visit().show_table("by-sector")
    sums = {
        sector.replace("-", " ").capitalize(): amount
        for sector, amount in amounts_by("sector").items()
    }
    assert dict(zip([row["Sector"] for row in rows], dollars(rows), strict=True)) == sums


def test_the_table_of_projects_has_the_amount_of_every_row(visit: Visit):
    amounts = dollars(visit().show_table("by-project"))
    assert amounts == sorted(amounts_by("project_id").values(), reverse=True)


def test_the_table_of_the_pledge_adds_up_to_it(visit: Visit):
    rows = visit().show_table("progress")
    parts = [row["Part of the pledge"] for row in rows]
    assert parts == ["Pledge", "Tranche 1", "Tranche 2", "Unannounced"]
    assert dollars(rows, "Amount") == [550, 36, 73, 441]
    assert not any("Announced" in row for row in rows)


def test_the_table_over_time_ends_with_all_that_is_announced(visit: Visit):
    rows = visit().show_table("over-time")
    assert dollars(rows, "Announced so far")[-1] == 109


def test_the_table_of_the_pledge_is_written_in_the_language(
    visit: Visit, language: str, amount: Convert, said: Say
):
    rows = visit().show_table("progress")
    parts = {
        "en": ["Pledge", "Tranche 1", "Tranche 2", "Unannounced"],
        "ja": ["約束額", "第1陣", "第2陣", "未発表"],
    }
    assert [row[said("Part of the pledge")] for row in rows] == parts[language]
    amounts = ("up to $550B", "$36B", "up to $73B", "at least $441B")
    assert [row[said("Amount")] for row in rows] == [amount(one) for one in amounts]


def test_a_table_shows_what_the_filter_leaves(visit: Visit):
    assert dollars(visit(state="TX").show_table("by-project")) == [16, 2.1]


def test_the_rows_below_the_charts_are_those_of_the_filter(
    visit: Visit, amount: Convert, said: Say
):
    rows = visit(state="TX").table("card-projects")
    assert [row[said("Amount")] for row in rows] == [amount("up to $16B"), amount("$2.1B")]


def test_the_titles_of_the_project_table_are_those_of_the_codebook_and_explained(visit: Visit):
    explanations = visit().explanations("card-projects")
    stage = explanations.pop("Stage")
    assert "financed means that loans are signed" in stage
    names = (
        "project",
        "amount_usd_bn",
        "states",
        "amount_confidence",
        "sector",
        "tranche",
        "announced_on",
    )
    columns = [INVESTMENTS.columns[name] for name in names]
    assert explanations == {column.title: column.description for column in columns}
    assert list(explanations)[:4] == ["Project", "Amount", "States", "Confidence in the amount"]


def test_what_is_set_against_the_pledge_names_the_sources_of_the_pledge(visit: Visit):
    publishers = {row["source_id"]: row["publisher"] for row in rows_in("sources")}
    first, second = (publishers[source] for source in pledge_sources()[:2])
    page = visit(state="TX")
    for exhibit in ("progress", "over-time"):
        words = words_of(page.card(f"card-{exhibit}"))
        assert f"Sources: {first}, {second} and " in words, exhibit


@pytest.mark.parametrize(
    "query", [pytest.param({}, id="all projects"), pytest.param({"state": "TX"}, id="one state")]
)
def test_the_sources_are_those_of_projects_milestones_and_pledge(visit: Visit, query):
    page = visit(**query)
    projects = [row for row in rows_in("investments") if not query or "TX" in row["states"]]
    ids = {row["project_id"] for row in projects}
    events = events_of(*ids)
    cited = {source for row in [*projects, *events] for source in row["source_ids"].split(";")}
    cited |= set(pledge_sources())
    assert f"{TITLES['sources']} ({len(cited)})" in words_of(page.card("card-sources"))
    titles = [row["title"] for row in rows_in("sources") if row["source_id"] in cited]
    shown = [row["Title"] for row in page.show_sources()]
    assert set(shown) <= set(titles)
    assert len(shown) == min(len(titles), 20)


def test_the_page_opens_in_the_dark(visit: Visit):
    page = visit()
    page.test.context = {"theme": "dark"}
    page.run()
    assert page.figures["announced"] == "up to $109B"


def publications(ids: set[str]) -> set[tuple[str, str]]:
    """Return title and link of shipped sources."""
    return {(row["title"], row["url"]) for row in rows_in("sources") if row["source_id"] in ids}


def test_each_headline_figure_unfolds_to_its_parts_and_then_to_all_their_sources(visit: Visit):
    pledge = tomllib.loads((FOLDER / "pledge.toml").read_text(encoding="utf-8"))
    announced = {
        source
        for row in rows_in("milestones")
        if row["stage"] == "announced"
        for source in row["source_ids"].split(";")
    }
    tranches = {source for tranche in pledge["tranches"] for source in tranche["source_ids"]}
    total = set(pledge["total_source_ids"])
    cited = {
        "announced": tranches,
        "of the pledge": tranches | total,
        "unannounced": tranches | total,
        "projects": tranches,
        "states": announced,
    }
    page = visit()
    opened = page.folded("figures")
    for label, parts, sources in zip(page.figures, opened[::2], opened[1::2], strict=True):
        assert parts.findtext("summary") == "How it is made"
        assert sources.findtext("summary") == f"All sources ({len(cited[label])})"
        items = ["".join(item.itertext()) for item in sources.iter("li")]
        known = publications(cited[label])
        assert len(items) == len(known)
        assert set(links_of(sources)) == {(title, url) for title, url in known if url}, label
        unlinked = [title for title, url in known if not url]
        assert all(any(title in item for item in items) for title in unlinked)


def parts_of(unfolded: ElementTree.Element) -> list[str]:
    """Return the lines of a makeup, without the list of all its sources."""
    lines = unfolded.find("ul")
    return [] if lines is None else ["".join(line.itertext()) for line in lines]


def test_the_parts_of_a_figure_stand_in_plain_lines_with_one_source_each(visit: Visit):
    page = visit()
    first, _, share, _, rest, *_ = map(parts_of, page.folded("figures"))
    assert [line.split(", ")[0] for line in first] == ["$36B official", "up to $73B official", OUR]
    assert [line.count("The White House") for line in first] == [1, 1, 0]
    assert share[-2].startswith("of up to $550B, the pledge, ")
    assert share[-1] == "own calculation: announced divided by the pledge"
    assert rest[0].startswith("up to $550B, the pledge, ")
    assert rest[1].startswith("less $36B official, tranche 1, 3 projects, ")
    assert rest[-1] == "own calculation: pledge less announced"


@pytest.mark.parametrize("exhibit", ["by-state", "by-sector", "by-project", "progress"])
def test_a_card_of_bars_opens_to_how_its_numbers_are_made(visit: Visit, exhibit: str):
    (made, *_) = [
        piece
        for piece in visit().folded(f"card-{exhibit}")
        if piece.findtext("summary") == "How these numbers are made"
    ]
    bars = ["".join(bar.itertext()) for bar in made.iter("dt")]
    assert len(bars) == {"by-state": 6, "by-sector": 4, "by-project": 6, "progress": 4}[exhibit]
    for parts in made.iter("dd"):
        (lines,) = parts.iter("ul")
        assert any(publisher in "".join(lines.itertext()) for publisher in PUBLISHERS)


def test_a_figure_of_a_filter_has_the_sources_of_its_projects(visit: Visit):
    page = visit(state="GA")
    (row,) = [row for row in rows_in("investments") if row["states"] == "GA"]
    known = publications(set(row["amount_source_ids"].split(";")))
    announced = page.folded("figures")[1]
    assert set(links_of(announced)) == {(title, url) for title, url in known if url}


@pytest.mark.parametrize("exhibit", DRAWN)
def test_the_source_line_of_a_card_unfolds_to_links_of_the_sources_table(
    visit: Visit, exhibit: str
):
    known = publications({row["source_id"] for row in rows_in("sources")})
    unfolded = [
        piece
        for piece in visit().folded(f"card-{exhibit}")
        if (piece.findtext("summary") or "").startswith("Sources: ")
    ]
    assert len(unfolded) == 1
    links = links_of(unfolded[0])
    assert links
    assert set(links) <= known


def test_the_ladder_says_what_the_loans_are_and_never_that_36_is_financed(visit: Visit):
    page = visit()
    said = words_of(page.card("card-stages"))
    assert "no split by project is known" in said
    assert "at ¥156 to the dollar, a rate of 18 February 2026: implied by the Ohio" in said
    assert "Projects by stage: announced only three; financed three, in part." in said
    assert not re.search(r"[Ff]inanced[^.;|]{0,20}\$36", said)
    rows = {row["Step"]: row for row in page.show_table("stages")}
    assert {step: row["In dollars"] for step, row in rows.items()} == {
        "Pledged": "up to $550B",
        "Announced": "up to $109B",
        "Loans signed": "about $2.2B",
        "Paid out": "None found",
        "Spent": "None found",
    }
    loans = rows["Loans signed"]
    assert (loans["As its source gives it"], loans["Confidence"], loans["Projects"]) == (
        "more than ¥340B",
        "Reported",
        "3",
    )


def test_the_steps_of_the_money_are_written_in_the_language(
    visit: Visit, amount: Convert, said: Say
):
    rows = {row[said("Step")]: row for row in visit().show_table("stages")}
    assert {step: row[said("In dollars")] for step, row in rows.items()} == {
        said("Pledged"): amount("up to $550B"),
        said("Announced"): amount("up to $109B"),
        said("Loans signed"): amount("about $2.2B"),
        said("Paid out"): amount("None found"),
        said("Spent"): amount("None found"),
    }
    loans = rows[said("Loans signed")]
    assert loans[said("As its source gives it")] == amount("more than ¥340B")
    assert loans[said("Confidence")] == said("Reported")
    assert loans[said("Projects")] == "3"


def test_the_ladder_says_nothing_of_loans_before_there_are_any(visit: Visit):
    assert "¥" not in words_of(visit(as_of="2026-04-30").card("card-stages"))
