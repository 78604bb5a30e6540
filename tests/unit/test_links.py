"""Addresses of views and cards."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.filters import ProjectFilter
from components.links import Link, address_of

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


@given(st.lists(st.text(min_size=1), max_size=4))
def test_whatever_a_filter_holds_comes_back_out_of_the_address(states: list[str]):
    chosen = ProjectFilter(state=tuple(states))
    query = parse_qs(urlsplit(address_of("https://a.example/", Link(chosen))).query)
    assert ProjectFilter.from_query(query) == chosen
