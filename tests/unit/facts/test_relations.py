import pytest


@pytest.mark.parametrize(
    ("file", "cells", "fault"),
    [
        pytest.param(
            "milestones.csv",
            {"project_ids": "harbor;harbour"},
            'row 2, project_ids: "harbour" — a project_id of investments.csv',
            id="milestone of an unknown project",
        ),
        pytest.param(
            "milestones.csv",
            {"date": "2026-02-16"},
            'row 2, date: "2026-02-16" — not before harbor was announced, '
            "unless stage is one of candidate, note, permitted",
            id="milestone before the announcement",
        ),
        pytest.param(
            "milestones.csv",
            {"date": "2026-01"},
            'row 2, date: "2026-01" — not before harbor was announced, '
            "unless stage is one of candidate, note, permitted",
            id="milestone in a month before the announcement",
        ),
        pytest.param(
            "milestones.csv",
            {"project_ids": "harbor;reactors", "date": "2026-03-18"},
            'row 2, date: "2026-03-18" — not before reactors was announced, '
            "unless stage is one of candidate, note, permitted",
            id="milestone before the announcement of one of its projects",
        ),
        pytest.param(
            "investments.csv",
            {"tranche": "3"},
            'row 2, tranche: "3" — one of pledge.toml: 1, 2',
            id="tranche nobody declared",
        ),
        pytest.param(
            "investments.csv",
            {"sector": "fishery"},
            'row 2, sector: "fishery" — one of pledge.toml: export, nuclear',
            id="sector nobody declared",
        ),
        *(
            pytest.param(
                file,
                {"source_ids": "gazette-2026;tabloid"},
                'row 2, source_ids: "tabloid" — a source_id of sources.csv',
                id=f"unknown source in {file}",
            )
            for file in (
                "investments.csv",
                "milestones.csv",
                "money.csv",
                "agreements.csv",
                "interests.csv",
            )
        ),
        *(
            pytest.param(
                "conflicts.csv",
                {f"{side}_source_ids": "gazette-2026;tabloid"},
                f'row 2, {side}_source_ids: "tabloid" — a source_id of sources.csv',
                id=f"unknown source of value {side}",
            )
            for side in "abc"
        ),
        *(
            pytest.param(
                file,
                {"project_ids": "mill;harbour"},
                'row 2, project_ids: "harbour" — a project_id of investments.csv',
                id=f"unknown project in {file}",
            )
            for file in ("conflicts.csv", "gaps.csv")
        ),
        pytest.param(
            "money.csv",
            {"project_ids": "harbor;harbour"},
            'row 2, project_ids: "harbour" — a project_id of investments.csv',
            id="money for an unknown project",
        ),
        pytest.param(
            "money.csv",
            {"date": "2026-02-16"},
            'row 2, date: "2026-02-16" — not before harbor was announced',
            id="money before the announcement",
        ),
        pytest.param(
            "money.csv",
            {"rate_source_ids": "tabloid"},
            'row 2, rate_source_ids: "tabloid" — a source_id of sources.csv',
            id="unknown source of a rate",
        ),
    ],
)
def test_a_row_that_disagrees_with_another_file_is_told(
    folder, file: str, cells: dict[str, str], fault: str
):
    folder.set(file, row=2, **cells)
    assert folder.faults() == [f"{file}, {fault}"]


@pytest.mark.parametrize("stage", ["candidate", "note", "permitted"])
def test_some_milestones_may_come_before_the_announcement(folder, stage: str):
    folder.add_milestone(stage, "2019-07-03")
    assert folder.faults() == []


@pytest.mark.parametrize(
    ("announced_on", "date"),
    [("2026-03-19", "2026-03"), ("2026-03", "2026-03-01"), ("2026-03-19", "2026-03-19")],
)
def test_a_date_in_the_month_of_the_announcement_is_not_before_it(
    folder, announced_on: str, date: str
):
    folder.set("investments.csv", row=3, announced_on=announced_on)
    folder.add_milestone("announced", date)
    assert folder.faults() == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('source_ids = ["courier-2026"]', 'source_ids = ["tabloid"]', "terms 1, source_ids"),
        (
            'signed_source_ids = ["gazette-2026"]',
            'signed_source_ids = ["tabloid"]',
            "signed_source_ids",
        ),
        (
            'note = "None of it belongs to the pledge."\nsource_ids = ["gazette-2026"]',
            'note = "None of it belongs to the pledge."\nsource_ids = ["tabloid"]',
            "agreements, source_ids",
        ),
    ],
)
def test_an_unknown_source_of_the_pledge_is_told(folder, old: str, new: str, place: str):
    folder.replace("pledge.toml", old, new)
    assert folder.faults() == [f'pledge.toml, {place}: "tabloid" — a source_id of sources.csv']


@pytest.mark.parametrize(
    ("file", "row", "cells", "place"),
    [
        pytest.param(
            "investments.csv",
            3,
            {"announced_on": "2026-10-11"},
            'row 3, announced_on: "2026-10-11"',
            id="project announced the day after",
        ),
        pytest.param(
            "investments.csv",
            3,
            {"announced_on": "2026-11"},
            'row 3, announced_on: "2026-11"',
            id="project announced in the month after",
        ),
        pytest.param(
            "milestones.csv",
            3,
            {"date": "2027-01-01", "added_on": "2027-01-01"},
            'row 3, date: "2027-01-01"',
            id="milestone",
        ),
        pytest.param(
            "milestones.csv",
            3,
            {"date": "2026-11", "stage": "note", "extent": "", "added_on": "2027-01-01"},
            'row 3, date: "2026-11"',
            id="note",
        ),
        pytest.param("gates.csv", 2, {"date": "2026-11"}, 'row 2, date: "2026-11"', id="gate"),
        pytest.param("money.csv", 2, {"date": "2026-11"}, 'row 2, date: "2026-11"', id="money"),
    ],
)
def test_a_row_dated_after_the_facts_is_told(
    folder, file: str, row: int, cells: dict[str, str], place: str
):
    if file == "milestones.csv":
        # What rests on the loans of this event.
        folder.clear("gates.csv")
        folder.clear("money.csv")
    folder.set(file, row=row, **cells)
    assert folder.faults() == [f"{file}, {place} — a date up to as_of, 2026-10-10"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param(
            "signed_on = 2025-09-04",
            "signed_on = 2026-10-11",
            'signed_on: "2026-10-11"',
            id="signing",
        ),
        pytest.param(
            "announced_on = 2026-03-19",
            "announced_on = 2027-01-01",
            'tranches 2, announced_on: "2027-01-01"',
            id="tranche",
        ),
        pytest.param(
            "dated = 2025-10-28",
            "dated = 2026-10-11",
            'interests, dated: "2026-10-11"',
            id="what stands beside",
        ),
    ],
)
def test_a_date_of_the_pledge_after_the_facts_is_told(folder, old: str, new: str, place: str):
    folder.replace("pledge.toml", old, new)
    assert folder.faults() == [f"pledge.toml, {place} — a date up to as_of, 2026-10-10"]


@pytest.mark.parametrize("date", ["2026-10-10", "2026-10"])
def test_the_day_of_the_facts_and_its_month_are_not_after_it(folder, date: str):
    folder.replace("pledge.toml", "announced_on = 2026-03-19", "announced_on = 2026-10-10")
    folder.set("investments.csv", row=3, announced_on=date)
    folder.add_milestone("announced", date)
    assert folder.faults() == []


@pytest.mark.parametrize("amount", ["2.04", "2.16", "20"])
def test_an_official_total_that_its_projects_miss_is_told(folder, amount: str):
    folder.set("investments.csv", row=2, amount_usd_bn=amount)
    assert folder.faults() == [
        'pledge.toml, tranches 1, amount_usd_bn: "2.1" — '
        f"{amount}, the sum of its projects in investments.csv, unless an amount or a "
        "tranche there is wrong"
    ]


@pytest.mark.parametrize("amount", ["2.05", "2.15", "2.1"])
def test_an_official_total_may_be_rounded(folder, amount: str):
    folder.set("investments.csv", row=2, amount_usd_bn=amount)
    assert folder.faults() == []


def test_an_undisclosed_amount_leaves_the_official_total_alone(folder):
    folder.replace("pledge.toml", "amount_usd_bn = 45", "amount_usd_bn = 73")
    assert folder.faults() == []


@pytest.mark.parametrize("official", ["exact", "about"])
def test_an_official_total_that_hides_a_ceiling_is_told(folder, official: str):
    folder.replace("pledge.toml", 'amount_qualifier = "up_to"', f'amount_qualifier = "{official}"')
    assert folder.faults() == [
        f'pledge.toml, tranches 2, amount_qualifier: "{official}" — up_to, because reactors is'
    ]


@pytest.mark.parametrize(
    ("official", "project"),
    [("exact", "about"), ("about", "exact"), ("up_to", "exact"), ("up_to", "up_to")],
)
def test_an_official_total_may_be_surer_than_an_estimate_or_looser_than_its_parts(
    folder, official: str, project: str
):
    folder.replace("pledge.toml", 'amount_qualifier = "exact"', f'amount_qualifier = "{official}"')
    folder.set("investments.csv", row=2, amount_qualifier=project)
    assert folder.faults() == []


@pytest.mark.parametrize(
    ("file", "header"),
    [("sources.csv", "source_id,publisher\n"), ("investments.csv", "project_id,project\n")],
)
def test_an_unreadable_file_casts_no_doubt_on_the_files_that_cite_it(
    folder, file: str, header: str
):
    folder.write(file, header)
    assert all(fault.startswith(f"{file}, row 1, ") for fault in folder.faults())


SHARED = {"amount_usd_bn": "40", "amount_qualifier": "up_to", "amount_confidence": "official"}
PART = {"reported_usd_bn": "17", "reported_qualifier": "about"}
PART |= {"reported_source_ids": "courier-2026"}


@pytest.fixture
def sharing(folder):
    """Two projects, in rows 3 and 4, that share one amount of up to $40 billion."""
    both = "gazette-2026;courier-2026"
    folder.set(
        "investments.csv", row=3, amount_shared_with="reactors", source_ids=both, **SHARED, **PART
    )
    folder.set("investments.csv", row=4, amount_shared_with="mill")
    folder.replace("pledge.toml", "amount_usd_bn = 45", "amount_usd_bn = 40")
    return folder


def test_a_shared_amount_counts_once_in_the_official_total(sharing):
    assert sharing.faults() == []


@pytest.mark.parametrize(
    ("row", "cells", "fault"),
    [
        pytest.param(
            4,
            {"amount_shared_with": ""},
            'row 3, amount_shared_with: "reactors" — a list that reactors answers with the same '
            "projects in its own row",
            id="listed once only",
        ),
        pytest.param(
            4,
            {"amount_shared_with": "harbour"},
            'row 4, amount_shared_with: "harbour" — a project_id of investments.csv',
            id="unknown project",
        ),
        pytest.param(
            4,
            {"amount_usd_bn": "39.98"},
            'row 4, amount_usd_bn: "39.98" — the same as mill, which shares it',
            id="another amount",
        ),
        pytest.param(
            4,
            {"amount_confidence": "reported"},
            'row 4, amount_confidence: "reported" — the same as mill, which shares it',
            id="another confidence",
        ),
        pytest.param(
            4,
            PART | {"reported_usd_bn": "24"},
            'row 3, reported_usd_bn: "17" — parts that add up to at most 40, the amount they '
            "are parts of",
            id="parts above the amount",
        ),
        pytest.param(
            3,
            {"reported_source_ids": ""},
            "row 3, reported_source_ids: empty — filled exactly where reported_usd_bn is",
            id="a part without a source",
        ),
        pytest.param(
            2,
            PART,
            'row 2, reported_usd_bn: "17" — empty where amount_shared_with is',
            id="a part of an amount that is not shared",
        ),
    ],
)
def test_a_shared_amount_that_does_not_fit_is_told(sharing, row: int, cells, fault: str):
    sharing.set("investments.csv", row=row, **cells)
    assert f"investments.csv, {fault}" in sharing.faults()


def test_a_project_cannot_share_an_amount_with_itself(folder):
    folder.set("investments.csv", row=2, amount_shared_with="harbor")
    assert folder.faults() == [
        'investments.csv, row 2, amount_shared_with: "harbor" — other projects than harbor itself'
    ]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        pytest.param(
            {"amount_source_ids": "courier-2026"},
            'amount_source_ids: "courier-2026" — a source_id that source_ids of the row has too',
            id="source that the row does not list",
        ),
        pytest.param(
            {"capacity_source_ids": "gazette-2026; courier-2026"},
            'capacity_source_ids: "courier-2026" — a source_id that source_ids of the row has too',
            id="second source that the row does not list",
        ),
        pytest.param(
            {"amount_source_ids": ""},
            "amount_source_ids: empty — filled exactly where amount_usd_bn is",
            id="amount without a source",
        ),
        pytest.param(
            {"county_source_ids": "gazette-2026", "county_confidence": "official"},
            'county_source_ids: "gazette-2026" — filled exactly where county is',
            id="source without a county",
        ),
        pytest.param(
            {"place": "Pier 4", "place_confidence": ""},
            "place_confidence: empty — filled exactly where place is",
            id="place of unknown confidence",
        ),
        pytest.param(
            {"pin_confidence": ""},
            "pin_confidence: empty — filled exactly where latitude is",
            id="pin of unknown confidence",
        ),
    ],
)
def test_each_fact_has_sources_of_its_own_among_those_of_its_row(
    folder, cells: dict[str, str], fault: str
):
    folder.set("investments.csv", row=2, **cells)
    assert f"investments.csv, row 2, {fault}" in folder.faults()


def test_projects_that_share_an_amount_share_its_sources(sharing):
    sharing.set("investments.csv", row=4, amount_source_ids="courier-2026")
    assert sharing.faults() == [
        'investments.csv, row 4, amount_source_ids: "courier-2026" — the same as mill, which '
        "shares it"
    ]


def test_signed_loans_need_a_milestone_of_each_of_their_projects(folder):
    folder.set("money.csv", row=2, project_ids="harbor;mill")
    assert folder.faults() == [
        'money.csv, row 2, project_ids: "mill" — '
        "a project that milestones.csv brings to the stage financed"
    ]
    folder.set("milestones.csv", row=3, project_ids="harbor;mill")
    assert folder.faults() == []
