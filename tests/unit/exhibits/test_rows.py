import math

from components.exhibits.by_project import ByProject
from components.exhibits.by_sector import BySector
from components.exhibits.by_state import ByState
from components.exhibits.over_time import OverTime
from components.exhibits.progress import Progress
from components.exhibits.registry import EXHIBITS
from components.views.filters import ProjectFilter
from components.views.view import View
from tests.unit.factories import make_baseline, make_projects

BASELINE = make_baseline(
    make_projects(
        ("plant", "OH", 10.0, "about"),
        ("mill", "OH"),
        ("reactors", "TN;AL", 40.0, "up_to"),
        ("depot", "TN", 1.5),
        tranche=[1, 2, 2, 2],
        sector=["gas", "minerals", "nuclear", "nuclear"],
        announced_on=["2026-02-17", "2026-03-19", "2026-03-19", "2026-04-01"],
        stage=["financed", "announced", "announced", "announced"],
        stage_extent=["part", "", "", ""],
    )
)
WHOLE = View(BASELINE, ProjectFilter())


def test_states_are_listed_with_ceilings_and_partners():
    rows = ByState.of(View(BASELINE, ProjectFilter(state=("TN",)))).rows
    assert rows["reported_usd_bn"].isna().all()
    rows = rows.assign(reported_usd_bn=None)
    assert rows.to_dict("split", index=False) == {
        "columns": [
            "state",
            "state_name",
            "amount_usd_bn",
            "amount_qualifier",
            "ceiling_usd_bn",
            "shared_with",
            "reported_usd_bn",
            "reported_qualifier",
            "project_count",
            "undisclosed_count",
            "is_in_filter",
        ],
        "data": [
            ["TN", "Tennessee", 41.5, "up_to", 40.0, "AL", None, "", 2, 0, True],
            ["AL", "Alabama", 40.0, "up_to", 40.0, "TN", None, "", 1, 0, False],
            ["OH", "Ohio", 10.0, "about", 0.0, "", None, "", 2, 1, False],
        ],
    }


def test_sectors_are_listed_with_ceilings():
    rows = BySector.of(View(BASELINE, ProjectFilter(sector=("gas", "nuclear")))).rows
    assert list(rows) == [
        "sector",
        "sector_label",
        "amount_usd_bn",
        "amount_qualifier",
        "ceiling_usd_bn",
        "project_count",
        "undisclosed_count",
        "is_in_filter",
    ]
    assert rows.head(2).to_numpy().tolist() == [
        ["nuclear", "Nuclear power", 41.5, "up_to", 40.0, 2, 0, True],
        ["gas", "Gas power", 10.0, "about", 0.0, 1, 0, True],
    ]
    name, label, amount, *rest = rows.iloc[2]
    assert (name, label, *rest) == ("minerals", "Critical minerals", "exact", 0.0, 1, 1, False)
    assert math.isnan(amount)


def test_projects_are_listed_largest_first_with_how_far_they_are_financed():
    rows = ByProject.of(WHOLE).rows.head(2)
    assert rows["reported_usd_bn"].isna().all()
    rows = rows.drop(columns="reported_usd_bn")
    assert rows.to_dict("records") == [
        {
            "project_id": "reactors",
            "project": "The reactors",
            "states": "TN;AL",
            "sector": "nuclear",
            "sector_label": "Nuclear power",
            "tranche": 2,
            "stage": "announced",
            "stage_extent": "",
            "amount_usd_bn": 40.0,
            "amount_qualifier": "up_to",
            "amount_confidence": "official",
            "amount_shared_with": "",
            "reported_qualifier": "",
        },
        {
            "project_id": "plant",
            "project": "The plant",
            "states": "OH",
            "sector": "gas",
            "sector_label": "Gas power",
            "tranche": 1,
            "stage": "financed",
            "stage_extent": "part",
            "amount_usd_bn": 10.0,
            "amount_qualifier": "about",
            "amount_confidence": "official",
            "amount_shared_with": "",
            "reported_qualifier": "",
        },
    ]


def test_the_pledge_is_listed_with_its_tranches_and_the_rest():
    rows = Progress.of(View(BASELINE, ProjectFilter(state=("OH",)))).rows
    (tranche_2,) = rows[rows["part"] == "Tranche 2"].to_dict("records")
    assert math.isnan(tranche_2["amount_usd_bn"])
    assert rows[rows["part"] != "Tranche 2"].to_numpy().tolist() == [
        ["Pledge", 100.0, "up_to", 100.0, "up_to"],
        ["Tranche 1", 10.0, "about", 10.0, "about"],
        ["Unannounced", 40.0, "at_least", 40.0, "at_least"],
    ]
    assert (tranche_2["whole_usd_bn"], tranche_2["whole_qualifier"]) == (50.0, "up_to")


def test_days_are_listed_with_the_qualifiers_of_the_day_and_of_the_sum():
    rows = OverTime.of(WHOLE).rows
    assert rows.to_dict("split", index=False) == {
        "columns": [
            "announced_on",
            "amount_usd_bn",
            "amount_qualifier",
            "cumulative_usd_bn",
            "cumulative_qualifier",
            "project_count",
            "even_pace_usd_bn",
            "needed_usd_bn_a_year",
        ],
        # By hand: (100 - 10) / 1414 days, 50 / 1384, 40 / 1371 and 40 / 1096, each by 365.25.
        "data": [
            ["2026-02-17", 10.0, "about", 10.0, "about", 1, 3.2, 23.2],
            ["2026-03-19", 40.0, "up_to", 50.0, "up_to", 2, 5.3, 13.2],
            ["2026-04-01", 1.5, "exact", 60.0, "up_to", 1, 6.2, 10.7],
            ["2027-01-01", 0.0, "exact", 60.0, "up_to", 0, 25.0, 13.3],
        ],
    }


def test_nothing_is_listed_under_the_same_columns():
    nothing = View(BASELINE, ProjectFilter(tranche=("1",), sector=("minerals",)))
    for kind in EXHIBITS.values():
        assert list(kind.of(nothing).rows) == list(kind.of(WHOLE).rows)
    assert len(ByProject.of(nothing).rows) == 0
    # But the day of the data, on which the sum is still zero.
    assert OverTime.of(nothing).rows["cumulative_usd_bn"].tolist() == [0.0]
