"""Everything as it was known on an earlier day, and what changed since."""

import pytest

from tests.app.page import Visit, plain, words_of


@pytest.mark.parametrize(
    ("day", "announced", "rest", "projects"),
    [
        pytest.param("2025-01-01", "$0", "up to $550B", "0", id="before the signing"),
        pytest.param("2026-02-16", "$0", "up to $550B", "0", id="the day before the first tranche"),
        pytest.param("2026-02-17", "$36B", "$514B", "3", id="the first tranche"),
        pytest.param("2026-03-18", "$36B", "$514B", "3", id="the day before the second"),
        pytest.param("2026-03-19", "up to $109B", "at least $441B", "6", id="the second tranche"),
    ],
)
def test_the_totals_are_those_of_the_day(
    visit: Visit, day: str, announced: str, rest: str, projects: str
):
    page = visit(as_of=day)
    figures = page.figures
    assert (figures["announced"], figures["unannounced"]) == (announced, rest)
    assert (figures.get("projects"), page.query) == (projects, {"as_of": [day]})


def test_before_the_first_tranche_nothing_is_announced(visit: Visit):
    page = visit(as_of="2026-01-01")
    assert plain(page.notices[0]) == (
        "No project is announced as of 1 January 2026. The pledge of up to $550 billion was signed "
        "on 4 September 2025."
    )
    rows = {row["Step"]: row["In dollars"] for row in page.show_table("stages")}
    assert rows == {"Pledged": "up to $550B", "Announced": "$0"} | dict.fromkeys(
        ("Loans signed", "Paid out", "Spent"), "None found"
    )
    assert not page.has("no-matches-reset")


def test_before_the_signing_the_pledge_is_said_not_to_be_signed(visit: Visit):
    assert "is not signed before 4 September 2025" in plain(visit(as_of="2025-01-01").notices[0])


@pytest.mark.parametrize(
    ("day", "loans", "stages"),
    [
        pytest.param(
            "2026-04-30",
            "None found",
            "Projects by stage: announced only five; permitted one.",
            id="before the loans",
        ),
        pytest.param(
            "2026-05-01",
            "about $2.2B",
            "Projects by stage: announced only three; financed three, in part.",
            id="loans signed",
        ),
    ],
)
def test_loans_and_stages_are_those_of_the_day(visit: Visit, day: str, loans: str, stages: str):
    page = visit(as_of=day)
    assert stages in words_of(page.card("card-stages"))
    rows = {row["Step"]: row["In dollars"] for row in page.show_table("stages")}
    assert rows["Loans signed"] == loans


def test_a_past_day_says_what_follows_it_and_what_does_not(visit: Visit):
    page = visit(as_of="2026-03-01")
    assert "As known on 1 March 2026: projects, stages, totals and milestones" in page.text
    assert page.links["Show the newest state, 10 October 2026"] == "./"
    assert page.captions[-1].startswith(
        "Data as of 10 October 2026, shown as known on 1 March 2026, version 2026.11.25 ("
    )


def test_milestones_after_the_day_are_not_known_on_it(visit: Visit):
    page = visit("projects", project="texas-gulflink", as_of="2026-03-01")
    dates = [row["Date"] for row in page.table("card-milestones")]
    assert dates[-1] == "17 February 2026"
    assert "Permitted, since 14 February 2025" in page.text


def test_a_choice_of_a_later_tranche_holds_and_matches_nothing_yet(visit: Visit):
    page = visit(as_of="2026-03-01", tranche="2")
    assert page.chosen["tranche"] == ["2"]
    assert plain(page.notices[0]).startswith(
        "No project matches this filter as of 1 March 2026: projects, tranche 2."
    )


def test_the_newest_day_is_the_newest_state(visit: Visit):
    page = visit(as_of="2026-10-10")
    assert page.figures["announced"] == "up to $109B"
    assert "As known on" not in page.text


def test_the_date_control_writes_the_link_and_frees_it(visit: Visit):
    page = visit(state="TX")
    page.test.text_input(key="day").set_value("2026-03-01")
    assert page.run().query == {"state": ["TX"], "as_of": ["2026-03-01"]}
    assert page.figures["announced"] == "$2.1B"
    page.test.text_input(key="day").set_value("")
    assert page.run().query == {"state": ["TX"]}
    assert page.figures["announced"] == "up to $18.1B"


def test_back_and_forth_between_days(visit: Visit):
    page = visit(as_of="2026-03-01")
    assert page.go().figures["announced"] == "up to $109B"
    assert page.go(as_of="2026-03-01").figures["announced"] == "$36B"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        pytest.param("agreements", "Not published as of 1 October 2025: Other results", id="a"),
        pytest.param("interests", "Not published as of 1 October 2025: Interest list", id="i"),
    ],
)
def test_a_list_is_not_known_before_its_day(visit: Visit, script: str, words: str):
    assert words in visit(script, as_of="2025-10-01").text


@pytest.mark.parametrize("exhibit", ["map", "stages", "over-time"])
def test_what_is_saved_or_cited_carries_the_day_in_its_link(visit: Visit, exhibit: str):
    page = visit(state="TX", as_of="2026-03-01")
    page.test.context = {"url": "https://pledge.example/"}
    page.click(f"download-{exhibit}")
    codes = [code.value for code in page.test.code]
    address = "https://pledge.example/?state=TX&as_of=2026-03-01"
    assert address in codes
    assert all(address in code for code in codes[:4])
    # Addresses in HTML are escaped.
    assert "state=TX&amp;as_of=2026-03-01" in codes[-1]


def test_the_export_of_a_view_carries_the_day_in_its_link(visit: Visit):
    page = visit(as_of="2026-03-01")
    page.test.context = {"url": "https://pledge.example/"}
    page.click("export-view")
    assert "https://pledge.example/?as_of=2026-03-01" in [code.value for code in page.test.code]
