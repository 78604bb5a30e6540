"""What the titles of pictures say of the shipped data, compared with the facts by hand."""

from datetime import date
from pathlib import Path

import pytest

from components.exhibits.registry import EXHIBITS
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from components.words import wording

BASELINE = Baseline.of(load(Path(__file__).parents[2] / "data"))
ALL = ProjectFilter()


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (ALL, "Up to $109 billion of the up to $550 billion pledged is announced"),
        (
            ProjectFilter(state=("PA",)),
            "Up to $33 billion is announced for projects in Pennsylvania, shared with Texas",
        ),
        (
            ProjectFilter(state=("TX",)),
            "Up to $35.1 billion is announced for projects in Texas, "
            "part of it shared with Pennsylvania",
        ),
        (
            ProjectFilter(state=("PA", "TX")),
            "Up to $35.1 billion is announced for projects in Pennsylvania or Texas",
        ),
        (
            ProjectFilter(sector=("nuclear-power",)),
            "Up to $40 billion is announced for nuclear power",
        ),
        (
            ProjectFilter(project=("texas-gulflink",)),
            "$2.1 billion is announced for Texas GulfLink",
        ),
    ],
)
def test_the_title_of_a_picture_says_its_finding(chosen: ProjectFilter, said: str):
    assert EXHIBITS["progress"].of(BASELINE.view(chosen)).finding == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("by-state", "Up to $109 billion is announced for six states"),
        ("by-project", "Up to $109 billion is announced for six projects"),
        (
            "by-sector",
            "Of up to $109 billion announced, up to $66.3 billion is for natural gas power",
        ),
        ("timeline", "Milestones of all projects"),
    ],
)
def test_each_chart_has_its_own(name: str, said: str):
    assert EXHIBITS[name].of(BASELINE.view(ALL)).finding == said


def test_a_past_day_has_the_finding_of_its_day():
    view = BASELINE.as_known_on(date(2026, 3, 1)).view(ALL)
    assert wording.finding(view) == "$36 billion of the up to $550 billion pledged is announced"
    assert "$36B announced, 6.5% of the pledge; $514B" in EXHIBITS["progress"].of(view).subtitle


def test_the_headline_figures_stand_in_the_picture_of_the_pledge():
    assert (
        EXHIBITS["progress"]
        .of(BASELINE.view(ALL))
        .subtitle.startswith(
            "Up to $109B announced, up to 19.8% of the pledge; at least $441B of the up to $550B "
            "unannounced. "
        )
    )
