"""What stands beside the pledge, searched and filtered."""

from pathlib import Path

import pytest

from components import asides
from components.dataset import load

SHIPPED = load(Path(__file__).parents[2] / "data")


def test_areas_have_ids_that_links_can_carry():
    assert asides.areas(SHIPPED) == {
        "defense": "Defense",
        "energy-critical-minerals": "Energy & critical minerals",
        "regional-security": "Regional security",
        "science-technology-space": "Science, technology & space",
        "trade-investment": "Trade & investment",
    }


@pytest.mark.parametrize(
    ("name", "made"), [("A  b/c", "a-b-c"), ("<b>", "b"), ("防衛", "防衛"), ("--", "")]
)
def test_an_id_is_made_of_letters(name: str, made: str):
    assert asides.area_id(name) == made


@pytest.mark.parametrize(
    ("search", "chosen", "count"),
    [
        pytest.param("", (), 30, id="all"),
        pytest.param("", ("defense",), 6, id="one area"),
        pytest.param("", ("defense", "regional-security"), 12, id="two areas"),
        pytest.param("", ("sports",), 0, id="unknown area"),
        pytest.param("RIKEN nvidia", (), 1, id="every word"),
        pytest.param("riken missile", (), 0, id="not some words"),
        pytest.param(".*", (), 0, id="no pattern"),
    ],
)
def test_agreements_are_found(search: str, chosen: tuple[str, ...], count: int):
    rows = asides.agreements(SHIPPED, search=search, chosen=chosen)
    assert len(rows) == count
    assert list(rows) == list(SHIPPED.agreements)
    assert list(rows["area"]) == sorted(rows["area"])


def test_interests_are_found_by_company():
    assert list(asides.interests(SHIPPED, search="softbank")["company"]) == ["SoftBank Group"]
    assert len(asides.interests(SHIPPED)) == 21
