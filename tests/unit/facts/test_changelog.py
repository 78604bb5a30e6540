import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.facts.changelog import DataChange, data_changes, releases
from tests.frozen import FOLDER

CHANGELOG = FOLDER / "CHANGELOG.md"

TEXT = """\
# Changelog

- A bullet before any release.

## [Unreleased]

One sentence.

### Data

- 2026-12-01: a total
  moves to $3B.

### Added

- A chart.

## 0.2.0 - 2026-11-22

### Data
* First of two.
+ Second,
  - with a bullet inside
lazily continued.

A paragraph.

## [0.1.0](https://x.example) - 2026-01-02 [YANKED]

### data

- In a paragraph

  and another.
"""


def test_entries_under_data_are_read_newest_first():
    assert data_changes(TEXT) == [
        DataChange("Unreleased", "", "2026-12-01: a total moves to $3B."),
        DataChange("0.2.0", "2026-11-22", "First of two."),
        DataChange("0.2.0", "2026-11-22", "Second, with a bullet inside lazily continued."),
        DataChange("0.1.0", "2026-01-02", "In a paragraph and another."),
    ]


def test_an_older_release_that_stands_first_comes_last():
    text = (
        "## 1.0.0 - 2026-01-01\n### Data\n- old\n- older\n## 2.0.0 - 2026-02-01\n### Data\n- new\n"
    )
    assert [change.text for change in data_changes(text)] == ["new", "old", "older"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Just words.\n\n- a bullet", id="no headings"),
        pytest.param("## 1.0.0 - 2026-01-01\n### Added\n- A chart.", id="no data"),
        pytest.param("## 1.0.0 - 2026-01-01\n### Data\n\nNo bullet.", id="no bullet"),
        pytest.param("## 1.0.0 - 2026-01-01\n### Data\n-\n- ", id="empty bullets"),
        pytest.param("### Data\n- No release.", id="no release"),
        pytest.param("## \n### Data\n- No name.", id="no name"),
        pytest.param("## 1.0.0\n### Data\n# Another part\n### Data\n- x", id="left behind"),
        pytest.param("## 1.0.0\n### Data\n#### Detail\n", id="below"),
        pytest.param("## Data\n- Not a kind of change.", id="data as a release"),
    ],
)
def test_without_entries_under_data_there_are_none(text: str):
    assert data_changes(text) == []


@pytest.mark.parametrize(
    ("heading", "release", "day"),
    [
        pytest.param("1.0.0 - 2026-01-01", "1.0.0", "2026-01-01", id="plain"),
        pytest.param("[1.0.0] – 2026-01-01", "1.0.0", "2026-01-01", id="brackets, dash"),
        pytest.param("1.0.0-rc.1 - 2026-01-01", "1.0.0-rc.1", "2026-01-01", id="hyphen in name"),
        pytest.param("1.0.0 - soon", "1.0.0", "", id="no day"),
        pytest.param("Unreleased ##", "Unreleased", "", id="closed heading"),
    ],
)
def test_a_release_is_read_with_its_day(heading: str, release: str, day: str):
    assert data_changes(f"## {heading}\n\n### Data\n\n- x\n") == [DataChange(release, day, "x")]


def test_line_ends_of_other_systems_change_nothing():
    assert data_changes(TEXT.replace("\n", "\r\n")) == data_changes(TEXT)


def test_the_shipped_changelog_says_when_data_was_released():
    changes = data_changes(CHANGELOG.read_text(encoding="utf-8"))
    releases = [(change.release, change.released_on) for change in changes]
    assert ("0.1.0", "2026-11-22") in releases


PIECES = st.sampled_from(
    ["## ", "### ", "Data", "[", "](", "- ", "\n", " ", "\0", "1.0 - 2026-01-01"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
def test_no_text_is_too_garbled(text: str):
    for change in data_changes(text):
        assert change.release
        assert change.text
        assert len(change.text.splitlines()) == 1


def test_releases_are_those_with_a_day_newest_first():
    text = """# Changelog
## Unreleased
### Data
- Soon.
## 0.1.0 - 2026-11-22
### Added
- A page.
### Data
- Rows.
## [0.2.0] - 2026-12-01
No list.
## 0.0.1
### Data
- Undated.
"""
    assert releases(text) == [("0.2.0", "2026-12-01"), ("0.1.0", "2026-11-22")]
    assert releases("") == []
