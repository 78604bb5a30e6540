"""Every exhibit of the shipped data can be drawn as SVG, so that no first view lacks one."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from components.basics.palette import either_theme
from components.exhibits.exhibit import Exhibit
from components.exhibits.registry import EXHIBITS
from components.facts.dataset import load
from components.views.filters import OFFERED, ProjectFilter
from components.views.view import Baseline

BASELINE = Baseline.of(load(Path(__file__).parents[2] / "data"))
SINGLE = [
    ProjectFilter().choose(facet, [value])
    for facet in OFFERED
    for value in BASELINE.vocabulary.of(facet)
]
PROJECTS = [ProjectFilter(project=(project,)) for project in BASELINE.vocabulary.project]


@pytest.mark.parametrize("width", [326, 640])
@pytest.mark.parametrize("kind", EXHIBITS.values(), ids=EXHIBITS.keys())
def test_every_exhibit_can_be_drawn_for_any_single_choice(kind: type[Exhibit], width: int):
    theme = either_theme(width=width)
    for chosen in (ProjectFilter(), *SINGLE, *PROJECTS):
        exhibit = kind.of(BASELINE.view(chosen))
        svg = ET.fromstring(exhibit.svg(theme))
        assert svg.attrib["aria-label"] == exhibit.alt, chosen
