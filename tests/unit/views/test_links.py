"""Addresses of views and cards."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.basics import messages
from components.views.filters import FACETS, ProjectFilter, Vocabulary
from components.views.links import MAX_SEARCH, Link, Reading, address_of, day_of, page_address, read

TENNESSEE = ProjectFilter(state=("TN",), sector=("nuclear-power",))


@pytest.mark.parametrize(
    ("base", "link", "address"),
    [
        pytest.param(
            "https://a.example/",
            Link(TENNESSEE),
            "https://a.example/?sector=nuclear-power&state=TN",
            id="filter",
        ),
        pytest.param("https://a.example", Link(), "https://a.example/", id="all"),
        pytest.param(
            "https://a.example/pledge",
            Link(card="by-state"),
            "https://a.example/pledge?embed=true&card=by-state",
            id="card",
        ),
        pytest.param(
            "https://a.example/",
            Link(TENNESSEE, as_of=date(2026, 3, 1)),
            "https://a.example/?sector=nuclear-power&state=TN&as_of=2026-03-01",
            id="past day",
        ),
        pytest.param("", Link(TENNESSEE, card="map"), "", id="unknown base"),
    ],
)
def test_an_address_is_the_base_with_ids(base: str, link: Link, address: str):
    assert address_of(base, link, is_embedded=bool(link.card)) == address


def test_an_embedded_card_has_a_scheme_only_where_one_is_asked_for():
    link = Link(TENNESSEE, card="map")
    address = address_of("https://a.example/", link, is_embedded=True, scheme="dark")
    assert address.endswith("&embed=true&embed_options=dark_theme&card=map")


@given(st.lists(st.text(min_size=1), max_size=4))
def test_whatever_a_filter_holds_comes_back_out_of_the_address(states: list[str]):
    chosen = ProjectFilter(state=tuple(states))
    query = parse_qs(urlsplit(address_of("https://a.example/", Link(chosen))).query)
    assert ProjectFilter.from_query(query) == chosen


SORTS = ("amount", "-amount")
AREAS = ("defense", "trade")
CARDS = ("map", "stages")
OWN = {"search": (), "sort": SORTS, "since": (), "area": AREAS, "card": CARDS}
VOCABULARY = Vocabulary(
    sector={"gas": "Gas power"},
    state={"OH": "Ohio", "TX": "Texas"},
    tranche={"1": "Tranche 1"},
    stage={"announced": "Announced"},
    project={"plant": "The plant"},
)
NEWEST = date(2026, 10, 10)

days = st.none() | st.dates(date(1900, 1, 1), date(2026, 10, 9))
links = st.builds(
    Link,
    filter=st.builds(
        ProjectFilter,
        **{
            facet: st.lists(st.sampled_from(list(VOCABULARY.of(facet)))).map(tuple)
            for facet in FACETS
        },
    ),
    as_of=days,
    since=days,
    search=st.text(max_size=MAX_SEARCH).map(
        lambda text: "".join(filter(str.isprintable, text)).strip()
    ),
    sort=st.sampled_from(["", *SORTS]),
    area=st.sets(st.sampled_from(AREAS)).map(lambda areas: tuple(sorted(areas))),
    card=st.sampled_from(["", *CARDS]),
)


def reading(query: dict[str, list[str]]) -> Reading:
    return read(query, vocabulary=VOCABULARY, newest=NEWEST, own=OWN)


@given(links)
def test_a_link_is_read_back_as_it_was_written(link: Link):
    assert reading(link.to_query()) == Reading(link)


@given(
    st.dictionaries(
        st.sampled_from([*OWN, "as_of", "state", "x"]) | st.text(max_size=5),
        st.lists(
            st.text(max_size=12)
            | st.text("x \u3000\n", min_size=MAX_SEARCH - 2, max_size=MAX_SEARCH + 2),
            max_size=3,
        ),
        max_size=6,
    )
)
def test_any_parameters_are_read(query: dict[str, list[str]]):
    found = reading(query)
    for parameter, value in found.dropped:
        assert value in query[parameter]
    assert reading(found.link.to_query()) == Reading(found.link)


@pytest.mark.parametrize(
    ("values", "as_of", "dropped"),
    [
        pytest.param(["2026-03-01"], date(2026, 3, 1), False, id="a day"),
        pytest.param(["2026-10-10"], None, False, id="the newest day is the newest state"),
        pytest.param(["2026-10-11"], None, True, id="after the data"),
        pytest.param(["2026-02-30"], None, True, id="no such day"),
        pytest.param(["2026-3-1"], None, True, id="short"),
        pytest.param(["2026-03"], None, True, id="a month"),
        pytest.param(["20260301"], None, True, id="without hyphens"),
        pytest.param(["0001-01-01"], None, True, id="before anything"),
        pytest.param(["٢٠٢٦-03-01"], None, True, id="other digits"),
        pytest.param([""], None, True, id="empty"),
        pytest.param(["2026-03-01", "2026-03-02"], None, True, id="two days"),
    ],
)
def test_a_day_in_a_link_is_one_that_the_data_knows(
    values: list[str], as_of: date | None, dropped: bool
):
    found = reading({"as_of": values})
    assert found.link.as_of == as_of
    assert found.dropped == tuple(("as_of", value) for value in values if dropped)


@pytest.mark.parametrize(
    "query", [{"sort": ["price"]}, {"area": ["sports"]}, {"card": ["x"]}, {"page": ["2"]}]
)
def test_what_a_page_does_not_know_is_named(query: dict[str, list[str]]):
    ((parameter, (value,)),) = query.items()
    assert reading(query) == Reading(Link(), ((parameter, value),))


def test_what_another_page_knows_is_not_known_on_this_one():
    found = read({"search": ["gas"]}, vocabulary=VOCABULARY, newest=NEWEST, own={})
    assert found == Reading(Link(), (("search", "gas"),))


@pytest.mark.parametrize(
    ("asked", "search"),
    [
        pytest.param("gas", "gas", id="as it stands"),
        pytest.param("  a\x00b\n ", "ab", id="no control characters, no blanks around it"),
        pytest.param("a\u202eb", "ab", id="nothing that turns the line round"),
        pytest.param("東芝\u3000日立", "東芝 日立", id="a wide blank keeps words apart"),
        pytest.param("gas\tpower\nOhio", "gas power Ohio", id="so do a tab and a new line"),
        pytest.param("  ", "", id="blanks alone"),
        pytest.param("", "", id="nothing"),
        pytest.param("x" * 10_000, "x" * MAX_SEARCH, id="cut"),
        pytest.param("x" * (MAX_SEARCH - 1) + " y", "x" * (MAX_SEARCH - 1), id="cut at a blank"),
    ],
)
def test_a_search_is_cut_and_cleaned(asked: str, search: str):
    assert reading({"search": [asked]}) == Reading(Link(search=search))


@pytest.mark.parametrize(
    ("values", "since", "dropped"),
    [
        pytest.param(["2026-03-01"], date(2026, 3, 1), False, id="a day"),
        pytest.param(["2026-10-10"], date(2026, 10, 10), False, id="the newest is a day like any"),
        pytest.param(["2026-10-11"], None, True, id="after the data"),
        pytest.param(["soon"], None, True, id="no day"),
    ],
)
def test_the_first_of_two_days_is_one_that_the_data_knows(
    values: list[str], since: date | None, dropped: bool
):
    found = reading({"since": values})
    assert found.link.since == since
    assert found.dropped == tuple(("since", value) for value in values if dropped)


@pytest.mark.parametrize(
    ("parameter", "values"),
    [
        pytest.param("sort", ["amount", "-amount"], id="two orders"),
        pytest.param("card", ["map", "stages"], id="two cards"),
        pytest.param("search", ["gas", "oil"], id="two searches"),
        pytest.param("since", ["2026-03-01", "2026-04-01"], id="two first days"),
        pytest.param("as_of", ["2026-03-01", "2026-03-01"], id="the same day twice"),
        pytest.param("card", ["map", "x"], id="one known and one not"),
    ],
)
def test_two_values_where_there_can_be_one_are_none(parameter: str, values: list[str]):
    expected = Reading(Link(), tuple((parameter, value) for value in values))
    assert reading({parameter: values}) == expected


def test_areas_are_many_each_once_and_in_one_order():
    found = reading({"area": ["trade", "sports", "defense", "trade"]})
    assert found == Reading(Link(area=("defense", "trade")), (("area", "sports"),))


def test_what_cannot_be_read_leaves_all_else_as_it_is():
    found = reading({"state": ["OH", "ZZ"], "as_of": ["2026-02-30"], "sort": ["amount"]})
    assert found.link == Link(ProjectFilter(state=("OH",)), sort="amount")
    assert set(found.dropped) == {("state", "ZZ"), ("as_of", "2026-02-30")}


def test_a_link_that_asks_for_nothing_has_no_parameters():
    assert Link().to_query() == {}


def test_the_parameters_of_a_link_never_change():
    """A name may be added here; a removed or renamed one breaks links that people have saved."""
    link = Link(
        ProjectFilter(**dict.fromkeys(FACETS, ("x",))),
        as_of=date(2026, 3, 1),
        since=date(2026, 1, 1),
        search="gas",
        sort="amount",
        area=("defense",),
        card="map",
    )
    names = ["as_of", "since", "search", "sort", "card", "area"]
    assert list(link.to_query()) == [*FACETS, *names]


def test_filter_and_day_go_along_to_another_page_and_nothing_else():
    link = Link(
        ProjectFilter(state=("OH",), project=("plant",)),
        as_of=date(2026, 3, 1),
        since=date(2026, 1, 1),
        search="gas",
        sort="amount",
        area=("defense",),
        card="map",
    )
    assert link.elsewhere() == Link(ProjectFilter(state=("OH",)), as_of=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("page", "link", "address"),
    [
        ("", Link(), "./"),
        ("states", Link(), "states"),
        ("", Link(TENNESSEE), "./?sector=nuclear-power&state=TN"),
        ("projects", Link(search='a&b "c"'), "projects?search=a%26b+%22c%22"),
        ("projects", Link(search="東"), "projects?search=%E6%9D%B1"),
        ("changes", Link(as_of=date(2026, 3, 1)), "changes?as_of=2026-03-01"),
        ("agreements", Link(area=("a", "b")), "agreements?area=a&area=b"),
    ],
)
def test_a_page_is_addressed_from_any_other(page: str, link: Link, address: str):
    assert page_address(page, link) == address


def test_a_first_day_may_be_after_the_facts_up_to_the_last_addition():
    days = {"as_of": ["2026-11-01"], "since": ["2026-11-01"]}
    found = read(
        days,
        vocabulary=VOCABULARY,
        newest=date(2026, 10, 10),
        last_added=date(2026, 11, 1),
        own=OWN,
    )
    assert found.link == Link(since=date(2026, 11, 1))
    assert found.dropped == (("as_of", "2026-11-01"),)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2026-03-01", date(2026, 3, 1), id="a day"),
        pytest.param("2026-10-10", date(2026, 10, 10), id="the last"),
        pytest.param("2026-10-11", None, id="the next"),
        pytest.param("1899-12-31", None, id="before all days"),
        pytest.param("2026-02-30", None, id="no day of the calendar"),
        pytest.param("2026-03", None, id="a month"),
        pytest.param("1 March 2026", None, id="words"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_day_is_written_year_month_day(text: str, day: date | None):
    assert day_of(text, newest=date(2026, 10, 10)) == day


def test_a_part_of_a_page_is_named_after_the_parameters():
    with messages.using("ja"):
        assert page_address("about#terms", Link()) == "about?lang=ja#terms"
    assert page_address("about#terms", Link()) == "about#terms"
