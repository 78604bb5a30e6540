import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.basics.amounts import Amount
from components.basics.hatching import Hatching
from components.basics.us_states import STATE_NAMES
from components.exhibits.own_map import OwnMap
from components.facts.pledge import Aside
from components.views.filters import ProjectFilter
from components.views.view import View
from components.words import notes, wording
from tests.unit.factories import make_baseline, make_projects, make_view

PROJECTS = make_projects(
    ("plant", "OH", 10.0, "about"),
    ("terminal", "TX", 2.0),
    ("mill", "OH"),
    ("reactors", "TN;AL", 40.0, "up_to"),
    tranche=[1, 1, 2, 2],
    sector=["gas", "export", "minerals", "nuclear"],
    amount_confidence=["reported", "official", "", "official"],
)
BASELINE = make_baseline(PROJECTS)
WHOLE = View(BASELINE, ProjectFilter())


def view_of(**facets: tuple[str, ...]) -> View:
    return View(BASELINE, ProjectFilter(**facets))


@pytest.mark.parametrize(
    ("view", "text"),
    [
        pytest.param(
            WHOLE,
            "Up to $62 billion is announced in two tranches, for four projects in four states: "
            "up to $40 billion of it for nuclear power and about $10 billion for gas power. "
            "One project of 4 discloses no amount of its own. "
            "Nothing is announced yet for at least $38 billion of the up to $100 billion pledged, "
            "to be invested by "
            "1 January 2030.",
            id="whole",
        ),
        pytest.param(
            view_of(state=("TX",)),
            "$2 billion is announced for projects in Texas. One of four projects matches.",
            id="one state",
        ),
        pytest.param(
            view_of(state=("TN",)),
            "Up to $40 billion is announced for projects in Tennessee. One of four projects "
            "matches. What is shared with Alabama is counted in full: no official source divides "
            "it.",
            id="shared",
        ),
        pytest.param(
            view_of(state=("AL", "TN")),
            "Up to $40 billion is announced for projects in Alabama or Tennessee. One of four "
            "projects matches.",
            id="all states that share",
        ),
        pytest.param(
            view_of(sector=("minerals",)),
            "An undisclosed amount is announced for critical minerals. One of four projects "
            "matches. One project of 1 discloses no amount of its own.",
            id="undisclosed",
        ),
        pytest.param(
            view_of(sector=("gas",)),
            "About $10 billion is announced for gas power. One of four projects matches. "
            "The amount of The plant is a press report, not official.",
            id="reported",
        ),
        pytest.param(
            view_of(state=("TX", "UT", "WY")),
            "$2 billion is announced for projects in Texas, Utah or Wyoming. One of four projects "
            "matches. No project of this filter is named in Utah or Wyoming.",
            id="two states without a project",
        ),
    ],
)
def test_the_opening_says_how_much_for_what_and_where(view: View, text: str):
    assert wording.opening(view) == text


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        pytest.param(0, "", id="none"),
        pytest.param(1, "One project of 3 discloses no amount of its own.", id="one"),
        pytest.param(2, "Two projects of 4 disclose no amount of their own.", id="two"),
    ],
)
def test_projects_that_disclose_no_amount_of_their_own_are_counted(count: int, sentence: str):
    undisclosed = (("mill", "OH"), ("yard", "OH"))[:count]
    view = make_view(make_projects(("a", "OH", 1.0), ("b", "OH", 1.0), *undisclosed))
    assert " ".join(re.findall(r"[^.]* disclose[^.]*\.", wording.opening(view))).strip() == sentence


LENT = make_baseline(
    make_projects(
        ("plant", "OH", 10.0),
        ("mill", "TX", 2.0),
        ("mine", "GA", 1.0),
        stage=["financed", "financed", "announced"],
        stage_extent=["part", "whole", ""],
    )
)


@pytest.mark.parametrize(
    ("chosen", "is_said"),
    [
        pytest.param(ProjectFilter(stage=("financed",)), True, id="some in part"),
        pytest.param(ProjectFilter(stage=("financed",), state=("TX",)), False, id="in whole"),
        pytest.param(ProjectFilter(stage=("announced",)), False, id="another stage"),
        pytest.param(ProjectFilter(state=("OH",)), False, id="no stage"),
        pytest.param(ProjectFilter(), False, id="no filter"),
    ],
)
def test_a_filter_on_financed_says_when_loans_cover_projects_only_in_part(
    chosen: ProjectFilter, is_said: bool
):
    sentence = "The loans signed cover these projects only in part."
    assert (sentence in wording.opening(View(LENT, chosen))) is is_said


def test_a_pledge_announced_in_full_has_no_remainder():
    view = make_view(make_projects(("plant", "OH", 100.0)))
    assert wording.opening(view).endswith("That is the whole pledge, which runs to 1 January 2030.")


@pytest.mark.parametrize(
    ("view", "text"),
    [
        pytest.param(
            view_of(state=("WY", "UT")),
            "No project is named in Utah or Wyoming as of 1 January 2027. "
            "In all, up to $62 billion is announced for four projects.",
            id="states alone",
        ),
        pytest.param(
            view_of(state=("WY",), sector=("gas",)),
            "No project matches this filter as of 1 January 2027: gas power in Wyoming. "
            "In all, up to $62 billion is announced for four projects.",
            id="more than states",
        ),
    ],
)
def test_an_empty_view_says_so_and_what_is_announced_elsewhere(view: View, text: str):
    assert wording.no_matches(view) == text


@pytest.mark.parametrize("sentence", ["no_matches", "pace_note"])
def test_sentences_hold_when_no_amount_at_all_is_disclosed(sentence: str):
    projects = make_projects(("mill", "OH"), tranche=7)  # without an official total
    view = make_view(projects, ProjectFilter(state=("WY",)))
    text = {
        "no_matches": wording.no_matches(view),
        "pace_note": notes.said(notes.pace(view, even_pace_usd_bn=25.0)),
    }[sentence]
    assert "Undisclosed" not in text
    assert "ndisclosed amount" in text


@pytest.mark.parametrize(
    ("view", "line"),
    [
        pytest.param(WHOLE, "All 4 projects", id="all"),
        pytest.param(view_of(state=("TX",)), "Projects in Texas: 1 of 4 projects", id="some"),
        pytest.param(view_of(state=("WY",)), "Projects in Wyoming: 0 of 4 projects", id="none"),
        pytest.param(make_view(make_projects(("a", "OH"))), "All 1 project", id="a single one"),
    ],
)
def test_the_filter_is_always_named_with_the_number_of_projects(view: View, line: str):
    assert wording.filter_line(view) == line


@pytest.mark.parametrize(
    ("view", "figures"),
    [
        pytest.param(
            WHOLE,
            [
                ("up to $62B", "announced"),
                ("up to 62.0%", "of the pledge"),
                ("at least $38B", "unannounced"),
                ("4", "projects"),
                ("4", "states"),
            ],
            id="whole",
        ),
        pytest.param(
            view_of(state=("TX",)),
            [
                ("$2B", "announced"),
                ("2.0%", "of the pledge"),
                ("at least $38B", "unannounced"),
                ("1", "project"),
                ("1", "state"),
            ],
            id="one",
        ),
        pytest.param(
            view_of(sector=("minerals",)),
            [
                ("Undisclosed", "announced"),
                ("Undisclosed", "of the pledge"),
                ("at least $38B", "unannounced"),
                ("1", "project"),
                ("1", "state"),
            ],
            id="undisclosed",
        ),
    ],
)
def test_the_figures_agree_with_the_opening(view: View, figures: list[tuple[str, str]]):
    assert [(figure.text, figure.label) for figure in wording.figures(view)] == figures


@pytest.mark.parametrize(
    ("view", "remarks"),
    [
        pytest.param(
            WHOLE,
            [
                "not spent",
                "of the up to $100B",
                "2 in each tranche",
                "TN and AL share one amount",
            ],
            id="whole",
        ),
        pytest.param(
            view_of(state=("OH", "TX")),
            ["not spent", "of the up to $100B", "2 + 1 by tranche", "none shared"],
            id="two tranches",
        ),
        pytest.param(
            make_view(PROJECTS.head(2), as_of="2031-01-01"),
            ["not spent", "of the up to $100B", "in tranche 1", "none shared"],
            id="after the deadline",
        ),
    ],
)
def test_figures_have_remarks(view: View, remarks: list[str]):
    found = [figure.remark for figure in wording.figures(view)]
    assert found[:1] + found[2:] == remarks


@pytest.mark.parametrize(
    ("tranches", "remark"),
    [
        pytest.param([1, 2, 3, 4, 4], "1 + 1 + 1 + 2 by tranche", id="four"),
        pytest.param([1, 2, 3, 4, 5, 5], "in 5 tranches", id="five"),
        pytest.param([1, 2, 3, 4, 5], "1 in each tranche", id="five alike"),
    ],
)
def test_more_than_four_tranches_are_counted_and_not_listed(tranches: list[int], remark: str):
    projects = make_projects(
        *((f"p{place}", "OH", 1.0) for place in range(len(tranches))), tranche=tranches
    )
    assert wording.figures(make_view(projects))[3].remark == remark


@pytest.mark.parametrize(
    ("states", "figure"),
    [
        pytest.param(("TN",), ("1", "state"), id="its partner is not chosen"),
        pytest.param(("AL", "TN"), ("2", "states"), id="both that share"),
        pytest.param(("OH", "WY"), ("1", "state"), id="one has no project"),
        pytest.param(("WY",), ("0", "states"), id="none has"),
    ],
)
def test_under_a_state_filter_only_chosen_states_with_a_project_count(
    states: tuple[str, ...], figure: tuple[str, str]
):
    found = wording.figures(view_of(state=states))[4]
    assert (found.text, found.label) == figure


def test_a_pledge_of_up_to_a_sum_stays_up_to_it():
    assert wording.figures(WHOLE)[1].remark == "up to $100B in all"


@pytest.mark.parametrize(
    ("view", "facet", "text"),
    [
        pytest.param(WHOLE, "state", "All 4 projects.", id="no filter"),
        pytest.param(
            view_of(state=("TN",)), None, "Projects in Tennessee: 1 of 4 projects.", id="no facet"
        ),
        pytest.param(
            view_of(state=("TN",)), "state", "All projects; Tennessee highlighted.", id="a state"
        ),
        pytest.param(
            view_of(state=("AL", "TN"), tranche=("2",)),
            "state",
            "Projects, tranche 2; Alabama and Tennessee highlighted.",
            id="two states",
        ),
        pytest.param(
            view_of(sector=("gas", "nuclear")),
            "sector",
            "All projects; gas power and nuclear power highlighted.",
            id="two sectors",
        ),
    ],
)
def test_a_subtitle_names_the_unit_and_the_projects(view: View, facet: str | None, text: str):
    assert wording.subtitle(view, facet=facet) == f"US$ billions, announced, not spent. {text}"


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        pytest.param(set(), [], id="no bars"),
        pytest.param({Hatching.NONE}, [], id="plain bars"),
        pytest.param({Hatching.NONE, Hatching.CEILING}, ["/ a ceiling"], id="ceilings"),
        pytest.param({Hatching.SHARED}, ["\\ shared"], id="shared"),
        pytest.param({Hatching.BOTH}, ["crossed, a ceiling shared"], id="both in one"),
        pytest.param(
            {Hatching.CEILING, Hatching.SHARED, Hatching.BOTH},
            ["/ a ceiling", "\\ shared", "crossed, a ceiling shared"],
            id="all",
        ),
    ],
)
def test_hatching_is_explained_where_it_occurs(kinds: set[Hatching], words: list[str]):
    explained = notes.hatching(kinds)
    note = notes.said(explained)
    assert {kind for one in explained for kind in one.hatchings} == kinds - {Hatching.NONE}
    assert bool(note) == bool(words)
    assert note.count(";") == max(len(words) - 1, 0)
    assert [word for word in words if word not in note] == []


@pytest.mark.parametrize(
    ("count", "note"),
    [
        pytest.param(0, "", id="none"),
        pytest.param(1, "The amount of The p0 is a press report, not official.", id="one"),
        pytest.param(
            2, "The amounts of The p0 and The p1 are press reports, not official.", id="two"
        ),
        pytest.param(5, "5 of the amounts are press reports, not official.", id="many"),
    ],
)
def test_amounts_from_the_press_are_named(count: int, note: str):
    projects = make_projects(
        *((f"p{place}", "OH", 1.0) for place in range(count)), amount_confidence="reported"
    )
    view = make_view(projects)
    assert wording.press_reports(view) == note


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        pytest.param([("a", "OH", 1.0), ("b", "TX")], "", id="neither"),
        pytest.param([("a", "OH", 1.0, "up_to")], "Ceilings (“up to”) in Ohio.", id="a ceiling"),
        pytest.param(
            [("a", "OH;TX", 1.0)],
            "A shared amount stands in full in each of its states.",
            id="shared",
        ),
        pytest.param(
            [("a", "TN;AL", 40.0, "up_to"), ("b", "OH", 1.0)],
            "Ceilings (“up to”) in Alabama and Tennessee. "
            "A shared amount stands in full in each of its states.",
            id="both",
        ),
    ],
)
def test_a_map_says_what_its_shades_cannot(rows: list[tuple[Any, ...]], note: str):
    assert notes.said(notes.ceilings(make_view(make_projects(*rows)))) == note


def test_ceilings_are_named_whichever_state_is_chosen():
    assert notes.said(notes.ceilings(view_of(state=("OH",)))) == notes.said(notes.ceilings(WHOLE))
    assert "Alabama and Tennessee" in notes.said(notes.ceilings(WHOLE))


@pytest.mark.parametrize(
    ("note", "text"),
    [
        pytest.param("", "", id="no note"),
        pytest.param("One amount is open.", "Tranche 2: One amount is open.", id="a note"),
    ],
)
def test_a_note_on_a_tranche_names_the_tranche(note: str, text: str):
    tranche = WHOLE.pledge.tranches[1].model_copy(update={"note": note})
    assert notes.said(notes.tranches([tranche])) == text


@pytest.mark.parametrize(
    ("publishers", "count", "text"),
    [
        pytest.param(["The Gazette"], 1, "Sources: The Gazette.", id="one"),
        pytest.param(
            ["The Gazette", "The Courier"],
            5,
            "Sources: The Gazette, The Courier and 3 more.",
            id="5",
        ),
        pytest.param(
            ["The Gazette", "The Gazette"], 2, "Sources: The Gazette.", id="one publisher twice"
        ),
    ],
)
def test_sources_are_named_with_the_date_of_the_data(publishers: list[str], count: int, text: str):
    ids = [f"source-{place}" for place in range(count)]
    names = dict(zip(ids, publishers, strict=False)) | dict.fromkeys(ids[len(publishers) :], "?")
    view = View(replace(BASELINE, publishers=names), ProjectFilter())
    line = wording.source_line(view, ids)
    assert line == f"{text} Data as of 1 January 2027."


@pytest.mark.parametrize(
    ("amount", "count", "names", "shared_with", "text"),
    [
        pytest.param(Amount(), 0, [], [], "No project named as of 1 January 2027", id="none"),
        pytest.param(Amount(), 1, ["Mill"], [], "Amount undisclosed\n· Mill", id="undisclosed"),
        pytest.param(
            Amount(40.0, "up_to"),
            1,
            ["Reactors"],
            ["AL"],
            "Up to $40B announced\nshared with Alabama, no official split\n· Reactors",
            id="shared",
        ),
        pytest.param(
            Amount(3.0),
            1200,
            ["A", "B"],
            [],
            "$3B announced\n· A\n· B\n· and 1,198 more",
            id="many",
        ),
    ],
)
def test_a_state_says_on_hover_what_it_has(
    amount: Amount, count: int, names: list[str], shared_with: list[str], text: str
):
    as_of = date(2027, 1, 1)
    hover = wording.state_hover(
        amount, project_count=count, names=names, shared_with=shared_with, as_of=as_of
    )
    assert hover == text


def test_the_pace_is_compared_with_what_is_announced():
    assert notes.said(notes.pace(WHOLE, even_pace_usd_bn=24.98)) == (
        "Own calculation: an even pace from the signing on 1 January 2026 to the deadline would "
        "have reached $25B by 1 January 2027; up to $62 billion is announced."
    )


@pytest.mark.parametrize(
    ("dropped", "listed"),
    [
        pytest.param([("state", "ZZ")], "state=ZZ.", id="one"),
        pytest.param([("a", str(n)) for n in range(5)], "a=0; a=1; a=2; a=3; a=4.", id="five"),
        pytest.param(
            [("a", str(n)) for n in range(1205)], "a=0; a=1; a=2; a=3; a=4; 1,200 more.", id="more"
        ),
        pytest.param([("state", "x" * 90)], f"state={'x' * 39}….", id="long"),
        pytest.param([("state", "a\nb\x00\u202ec")], "state=a�b��c.", id="invisible characters"),
        pytest.param([("", "")], "=.", id="empty"),
    ],
)
def test_what_a_link_asked_for_in_vain_is_named_in_short(
    dropped: list[tuple[str, str]], listed: str
):
    text = wording.dropped_from_link(dropped)
    assert text.removeprefix("This link asks for values that are not known here and were ") == (
        f"left out: {listed}"
    )


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_whatever_a_link_asks_for_the_notice_is_one_short_line(dropped: list[tuple[str, str]]):
    text = wording.dropped_from_link(dropped)
    assert text.isprintable()
    assert len(text) < 600


@pytest.mark.parametrize("view", [WHOLE, view_of(state=("TN",)), view_of(sector=("minerals",))])
def test_no_sentence_holds_what_only_a_program_reads(view: View):
    sentences = [
        wording.opening(view),
        wording.subtitle(view, facet="state"),
        notes.said(notes.pace(view, even_pace_usd_bn=math.pi)),
        *(f"{figure.text} {figure.label} {figure.remark}" for figure in wording.figures(view)),
    ]
    program = re.compile(r"\bnan\b|None|up_to|at_least|  ")
    assert [sentence for sentence in sentences if program.search(sentence)] == []


PAST = BASELINE.as_known_on(date(2026, 3, 1))
TODAY = View(PAST, ProjectFilter())
EMPTY = BASELINE.as_known_on(date(2026, 1, 15)).view(ProjectFilter())
UNSIGNED = BASELINE.as_known_on(date(2025, 12, 1)).view(ProjectFilter())
LONG = "W" * 5_000


@pytest.mark.parametrize(
    ("view", "line"),
    [
        pytest.param(
            TODAY, "All 4 projects, as known on 1 March 2026", id="a past day with all projects"
        ),
        pytest.param(
            View(PAST, ProjectFilter(state=("TX",))),
            "Projects in Texas: 1 of 4 projects, as known on 1 March 2026",
            id="with a filter",
        ),
        pytest.param(
            EMPTY, "All projects: none, as known on 15 January 2026", id="before the first tranche"
        ),
    ],
)
def test_a_past_day_is_named_with_the_filter(view: View, line: str):
    assert wording.filter_line(view) == line


def test_of_the_newest_state_no_day_is_said():
    assert wording.known_on(WHOLE) == ""
    assert wording.known_on(TODAY) == ", as known on 1 March 2026"


@pytest.mark.parametrize("say", [wording.nothing_announced, wording.no_matches])
def test_before_the_first_tranche_the_pledge_is_told(say: Callable[[View], str]):
    assert say(EMPTY) == (
        "No project is announced as of 15 January 2026. "
        "The pledge of up to $100 billion was signed on 1 January 2026."
    )
    assert say(UNSIGNED) == (
        "No project is announced as of 1 December 2025, and the pledge of up to $100 billion is "
        "not signed before 1 January 2026."
    )


def test_a_past_day_says_what_follows_it_and_what_does_not():
    assert wording.past_day(TODAY) == (
        "As known on 1 March 2026: projects, stages, totals and milestones follow their dates; "
        "words, amounts and sources are those of the present data."
    )


HOW_TO_USE = "Click a column title to sort, a name to open the project."


@pytest.mark.parametrize(
    ("search", "count", "end"),
    [
        pytest.param(
            "", 4, ". Click a column title to sort, a name to open the project.", id="no search"
        ),
        pytest.param(
            "  ", 4, ". Click a column title to sort, a name to open the project.", id="blanks"
        ),
        pytest.param("gas", 1, "; 1 project found for “gas”.", id="one"),
        pytest.param("gas", 0, "; 0 projects found for “gas”.", id="none"),
        pytest.param("gas", 1200, "; 1,200 projects found for “gas”.", id="many"),
        pytest.param("x" * 90, 0, f"; 0 projects found for “{'x' * 39}…”.", id="long"),
        pytest.param("a\nb", 0, "; 0 projects found for “a�b”.", id="invisible character"),
    ],
)
def test_a_search_says_how_many_projects_it_leaves(search: str, count: int, end: str):
    assert wording.found(WHOLE, count, search=search) == f"All 4 projects{end}"


@pytest.mark.parametrize(
    ("say", "start"),
    [
        pytest.param(wording.unknown_project, "There is no project “", id="project"),
        pytest.param(wording.unknown_page, "There is no page “", id="page"),
        pytest.param(wording.unknown_state, "There is no state “", id="state"),
    ],
)
@pytest.mark.parametrize("wanted", ["nowhere", "", LONG, "a\u202e\x00b"])
def test_what_a_link_names_in_vain_is_quoted_in_short(
    say: Callable[[str], str], start: str, wanted: str
):
    text = say(wanted)
    assert text.startswith(start + wanted[:1])
    assert text.isprintable()
    assert len(text) < 120


def test_a_project_that_was_not_announced_yet_is_named_in_short():
    named = make_baseline(PROJECTS.assign(project=["A" * 300, *"bcd"]))
    past = named.as_known_on(date(2026, 1, 15))
    assert wording.not_yet(past.view(ProjectFilter(project=("mill",)))) == (
        "Not announced as of 15 January 2026: c."
    )
    assert len(wording.not_yet(past.view(ProjectFilter(project=("plant",))))) < 250


@pytest.mark.parametrize(
    ("code", "count", "text"),
    [
        pytest.param("TN", 1, "TN · Tennessee (1)", id="one"),
        pytest.param("TN", 1200, "TN · Tennessee (1,200)", id="many"),
        pytest.param("WY", 0, "WY · Wyoming", id="none"),
        pytest.param("ZZ", 0, "ZZ", id="a state we have no name for"),
    ],
)
def test_a_state_in_a_list_has_its_number_of_projects(code: str, count: int, text: str):
    assert wording.state_choice(code, count) == text


@pytest.mark.parametrize(
    ("states", "placeholder", "title"),
    [
        pytest.param(
            (), "All states side by side", "Where the announced money goes", id="none chosen"
        ),
        pytest.param(("TN",), "one state side by side", "Tennessee on the map", id="one"),
        pytest.param(
            ("OH", "TN"), "two states side by side", "Ohio and Tennessee on the map", id="two"
        ),
    ],
)
def test_the_page_of_states_says_which_it_shows(
    states: tuple[str, ...], placeholder: str, title: str
):
    assert wording.states_placeholder(view_of(state=states)) == placeholder
    assert OwnMap.of(view_of(state=states)).title == title


def test_states_side_by_side_do_not_add_up_where_an_amount_is_shared():
    unit = "US$ billions, announced, not spent."
    assert wording.comparison_help(view_of(state=("OH",))) == (
        f"{unit} All 4 projects. A shared amount stands in full in each of its states: the column "
        "does not add up."
    )
    assert wording.comparison_help(view_of(sector=("gas",), state=("OH",))) == (
        f"{unit} Gas power: 1 of 4 projects."
    )


def test_what_is_announced_elsewhere_is_that_of_the_filter_without_its_states():
    assert wording.elsewhere_help(view_of(sector=("gas",), state=("WY",))) == (
        "US$ billions, announced, not spent. Gas power: 1 of 4 projects."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(wording.more(12), "and 12 more", id="more"),
        pytest.param(wording.more(1200), "and 1,200 more", id="many more"),
        pytest.param(
            wording.more_in_list(1),
            "1 more project in the list of projects and in the download.",
            id="one more project",
        ),
        pytest.param(
            wording.more_in_list(1200),
            "1,200 more projects in the list of projects and in the download.",
            id="more projects",
        ),
        pytest.param(
            wording.earlier(1), "1 earlier one is not listed; the download has it.", id="one"
        ),
        pytest.param(
            wording.earlier(2), "2 earlier ones are not listed; the download has them.", id="two"
        ),
        pytest.param(wording.rows_found(30, 30, "agreement"), "All 30 agreements.", id="all"),
        pytest.param(wording.rows_found(1, 30, "agreement"), "1 of 30 agreements.", id="some"),
        pytest.param(wording.rows_found(1, 1, "company"), "All 1 company.", id="the only one"),
        pytest.param(wording.rows_found(0, 21, "company"), "0 of 21 companies.", id="companies"),
    ],
)
def test_what_a_list_shows_or_leaves_out_is_counted(text: str, expected: str):
    assert text == expected


def test_a_list_that_is_not_there_yet_says_so():
    aside = Aside(
        title="Interest list", dated=date(2026, 3, 2), note="Ceilings.", source_ids=("gazette",)
    )
    assert wording.no_list(aside, TODAY) == "Not published as of 1 March 2026: Interest list."
    assert wording.no_list(aside, WHOLE) == wording.no_list(None, TODAY) == "The data lists none."


@pytest.mark.parametrize(
    ("known", "said"),
    [
        pytest.param("read", "", id="read itself"),
        pytest.param("copy", "read in a copy", id="at another publisher"),
        pytest.param("cited", "original not seen", id="only cited"),
        pytest.param("", "", id="not said"),
    ],
)
def test_a_source_that_was_not_read_itself_says_so(known: str, said: str):
    assert wording.how_known(known) == said


def test_no_source_was_found_up_to_the_newest_day_on_any_day():
    text = "We found no source for these as of 1 January 2027."
    assert wording.gaps_help(WHOLE) == wording.gaps_help(TODAY) == text


def test_a_day_in_a_link_is_explained_by_the_last_one():
    assert wording.days_known(date(2026, 3, 9)) == (
        "Write dates as YYYY-MM-DD; the last one known is 2026-03-09."
    )


@pytest.mark.parametrize(
    ("stage", "name"),
    [("announced", "Announced only"), ("financed", "Financed"), ("cancelled", "Cancelled")],
)
def test_what_has_got_no_further_is_announced_only(stage: str, name: str):
    assert wording.rung(stage) == name


@pytest.mark.parametrize(
    ("extents", "said"),
    [
        pytest.param(["whole", "whole"], "financed two", id="none in part"),
        pytest.param(["part", "whole"], "financed two, one in part", id="one"),
        pytest.param(["part", "part"], "financed two, in part", id="both"),
    ],
)
def test_a_ladder_says_where_loans_are_only_a_part(extents: list[str], said: str):
    projects = make_projects(
        ("a", "OH", 1.0), ("b", "OH", 1.0), stage="financed", stage_extent=extents
    )
    assert notes.said(notes.stages(make_view(projects))) == f"Projects by stage: {said}."


@pytest.mark.parametrize(
    ("drawn", "hidden", "note"),
    [
        pytest.param(0, 0, "No milestone is known.", id="none"),
        pytest.param(5, 0, "Hollow marks are reported, not official.", id="all"),
        pytest.param(
            5,
            1,
            "Hollow marks are reported, not official. 1 earlier one is not drawn.",
            id="one hidden",
        ),
        pytest.param(
            5,
            1200,
            "Hollow marks are reported, not official. 1,200 earlier ones are not drawn.",
            id="many hidden",
        ),
    ],
)
def test_the_marks_of_a_time_line_are_explained(drawn: int, hidden: int, note: str):
    assert notes.said(notes.marks(events_drawn=drawn, hidden=hidden)) == note


def test_a_time_line_counts_its_milestones_and_names_whose_they_are():
    baseline = make_baseline(PROJECTS, milestones=(("mill", "gazette"), ("plant", "gazette")))
    by_stage = "by the stage each brought."
    for chosen, text in (
        (ProjectFilter(), f"All 4 projects. 2 milestones, {by_stage}"),
        (
            ProjectFilter(state=("TX",)),
            f"Projects in Texas: 1 of 4 projects. 0 milestones, {by_stage}",
        ),
        (ProjectFilter(project=("mill",)), f"1 milestone, {by_stage}"),
    ):
        assert wording.timeline_subtitle(View(baseline, chosen)) == text
    past = View(PAST, ProjectFilter(project=("mill",)))
    assert wording.timeline_subtitle(past) == (
        "0 milestones, by the stage each brought, as known on 1 March 2026."
    )


@pytest.mark.parametrize(
    ("only", "note"),
    [
        pytest.param(("OH",), "", id="a state with neither"),
        pytest.param(
            ("TN",),
            "Ceilings (“up to”) in Tennessee. "
            "A shared amount stands in full in each of its states.",
            id="not its partner",
        ),
        pytest.param(("WY",), "", id="a state without a project"),
    ],
)
def test_a_map_of_some_states_tells_only_of_those(only: tuple[str, ...], note: str):
    assert notes.said(notes.ceilings(WHOLE, only=only)) == note


@pytest.mark.parametrize(
    ("count", "rest"), [(12, "."), (13, " and 1 more state."), (15, " and 3 more states.")]
)
def test_more_than_twelve_ceilings_are_counted(count: int, rest: str):
    codes = list(STATE_NAMES)[:count]
    view = make_view(make_projects(*((code, code, 1.0, "up_to") for code in codes)))
    assert notes.said(notes.ceilings(view)).endswith(rest)


@pytest.mark.parametrize("view", [EMPTY, UNSIGNED, View(PAST, ProjectFilter(state=("WY",)))])
def test_every_sentence_holds_where_nothing_is(view: View):
    sentences = [
        wording.found(view, 0, search="x"),
        wording.no_matches(view),
        wording.past_day(view),
        wording.elsewhere_help(view),
        wording.comparison_help(view),
        notes.said(notes.stages(view)),
        wording.timeline_subtitle(view),
        *(f"{figure.text} {figure.label} {figure.remark}" for figure in wording.figures(view)),
    ]
    program = re.compile(r"\bnan\b|None|up_to|at_least|  |\bno before|0 project\b")
    assert [sentence for sentence in sentences if program.search(sentence)] == []


@pytest.mark.parametrize(
    ("view", "added", "sentence"),
    [
        pytest.param(
            WHOLE,
            0,
            "No announcement, event or list in the data is dated in these days. No events were "
            "added here in them.",
            id="none",
        ),
        pytest.param(
            view_of(state=("TX",)),
            1,
            "No announcement, event or list in this filter is dated in these days. One event was "
            "added here in them.",
            id="one, of a filter",
        ),
    ],
)
def test_days_without_a_change_say_what_was_added_in_them(view: View, added: int, sentence: str):
    assert wording.nothing_dated(view, added=added) == sentence


def test_days_after_the_facts_say_what_was_added_since():
    assert wording.added_after(WHOLE, date(2027, 2, 1), added=12) == (
        "The facts are as of 1 January 2027: nothing is dated later. 12 events were added here "
        "after 1 February 2027."
    )


def test_a_text_that_is_no_day_is_quoted_with_what_is_one():
    assert wording.no_day("<b>soon\u202e" + "x" * 60, date(2026, 10, 10)).startswith("“<b>soon�xxx")
    assert wording.no_day("soon", date(2026, 10, 10)) == (
        "“soon” is no day up to 10 October 2026. Write year, month and day, such as 2026-10-10."
    )


@pytest.mark.parametrize(
    ("project_ids", "names"),
    [
        pytest.param("plant", ["The plant"], id="one"),
        pytest.param("mill;plant", ["The mill", "The plant"], id="several"),
        pytest.param("", ["The pledge"], id="none"),
    ],
)
def test_an_event_names_its_projects_or_the_pledge(project_ids: str, names: list[str]):
    assert wording.concerned(WHOLE, project_ids) == names


@pytest.mark.parametrize(
    ("confidence", "word"),
    [("official", ""), ("reported", "reported"), ("conflicting", "conflicting"), ("", "")],
)
def test_what_is_not_official_says_so(confidence: str, word: str):
    assert wording.how_sure(confidence) == word
