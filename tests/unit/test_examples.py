"""The examples in docstrings show what the code does."""

import doctest
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from components.exhibits.by_state import ByState
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from tests.frozen import FOLDER

ROOT = Path(__file__).parents[2]
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in sorted((ROOT / "components").rglob("*.py"))
    if ">>>" in path.read_text(encoding="utf-8")
]
FROZEN = load(FOLDER)
KNOWN = {
    "Baseline": Baseline,
    "ByState": ByState,
    "Path": Path,
    "ProjectFilter": ProjectFilter,
    "baseline": Baseline.of(FROZEN),
    "date": date,
    "load": lambda _: FROZEN,
}
"""What examples may use beside what their own module has."""


@pytest.mark.parametrize("name", MODULES)
def test_an_example_gives_what_it_says(name: str):
    module = import_module(name)
    result = doctest.testmod(module, globs={**KNOWN, **vars(module)})
    assert result.attempted
    assert result.failed == 0


def test_the_classes_that_carry_the_design_show_an_example():
    designs = {
        "components.views.view": ("View", "Baseline"),
        "components.exhibits.exhibit": ("Exhibit",),
        "components.basics.amounts": ("Amount",),
    }
    for module, names in designs.items():
        for name in names:
            assert ">>>" in str(getattr(import_module(module), name).__doc__), name
