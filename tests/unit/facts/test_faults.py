import pytest

from components.facts.faults import Fault, InvalidDatasetError


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        pytest.param(
            Fault("investments.csv", 4, "amount_usd_bn", "33,3", "a number such as 33.3"),
            'investments.csv, row 4, amount_usd_bn: "33,3" — a number such as 33.3',
            id="cell",
        ),
        pytest.param(
            Fault("investments.csv", 4, "project", "", "a value"),
            "investments.csv, row 4, project: empty — a value",
            id="empty cell",
        ),
        pytest.param(
            Fault("sources.csv", 7, None, None, "7 cells"),
            "sources.csv, row 7 — 7 cells",
            id="row",
        ),
        pytest.param(
            Fault("pledge.toml", 7, None, None, "valid TOML"),
            "pledge.toml, line 7 — valid TOML",
            id="line of a file that is no table",
        ),
        pytest.param(
            Fault("sources.csv", None, None, None, "a file"), "sources.csv — a file", id="file"
        ),
        pytest.param(
            Fault("sources.csv", 2, "title", "one\ntwo\x1b[31m\u2028\u202e", "a title"),
            r'sources.csv, row 2, title: "one\ntwo\x1b[31m\u2028\u202e" — a title',
            id="control characters stay visible on one line",
        ),
        pytest.param(
            Fault("sources.csv", 2, "title", "日本語", "a title"),
            'sources.csv, row 2, title: "日本語" — a title',
            id="letters of any script stay letters",
        ),
        pytest.param(
            Fault("a\nb.csv", 1, "c\nd", None, "a name"),
            r"a\nb.csv, row 1, c\nd — a name",
            id="names are escaped too",
        ),
    ],
)
def test_a_fault_is_one_line_for_the_person_who_can_mend_it(fault: Fault, line: str):
    assert str(fault) == line


@pytest.mark.parametrize("value", ["x" * 81, "x" * 5_000_000, "\n" * 81])
def test_a_long_value_is_quoted_with_its_first_eighty_characters(value: str):
    quoted = str(Fault("sources.csv", 2, "title", value, "short")).split('"')[1]
    assert len(quoted) == 80
    assert quoted.endswith("…")


def test_a_value_of_eighty_characters_is_quoted_whole():
    assert f'"{"x" * 80}"' in str(Fault("sources.csv", 2, "title", "x" * 80, "short"))


def test_an_invalid_dataset_lists_its_faults():
    first, second = (Fault("sources.csv", row, None, None, "7 cells") for row in (2, 3))
    error = InvalidDatasetError([first, second])
    assert error.faults == (first, second)
    assert str(error) == f"{first}\n{second}"


def test_an_invalid_dataset_prints_200_faults_and_counts_the_others():
    error = InvalidDatasetError(Fault("a.csv", row, None, None, "b") for row in range(1_500))
    lines = str(error).splitlines()
    assert len(error.faults) == 1_500
    assert len(lines) == 201
    assert lines[-1] == "and 1,300 more"
