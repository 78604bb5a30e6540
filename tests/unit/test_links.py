"""Addresses of views and cards."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.filters import ProjectFilter
from components.links import address_of

TENNESSEE = ProjectFilter(state=("TN",), sector=("nuclear-power",))


@pytest.mark.parametrize(
    ("base", "chosen", "card", "address"),
    [
        pytest.param(
            "https://a.example/",
            TENNESSEE,
            "",
            "https://a.example/?sector=nuclear-power&state=TN",
            id="filter",
        ),
        pytest.param("https://a.example", ProjectFilter(), "", "https://a.example/", id="all"),
        pytest.param(
            "https://a.example/pledge",
            ProjectFilter(),
            "by-state",
            "https://a.example/pledge?embed=true&card=by-state",
            id="card",
        ),
        pytest.param("", TENNESSEE, "map", "", id="unknown base"),
    ],
)
def test_an_address_is_the_base_with_ids(base: str, chosen: ProjectFilter, card: str, address: str):
    assert address_of(base, chosen, card=card) == address


@given(st.lists(st.text(min_size=1), max_size=4))
def test_whatever_a_filter_holds_comes_back_out_of_the_address(states: list[str]):
    chosen = ProjectFilter(state=tuple(states))
    query = parse_qs(urlsplit(address_of("https://a.example/", chosen)).query)
    assert ProjectFilter.from_query(query) == chosen
