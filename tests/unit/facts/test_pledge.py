from datetime import date

import pytest

from components.basics.palette import NEUTRAL, SECTOR_COLOURS
from components.facts.pledge import Pledge, read_pledge
from tests.unit.factories import make_pledge


def read(folder) -> Pledge:
    pledge, faults = read_pledge(folder.path / "pledge.toml")
    assert faults == []
    assert pledge is not None
    return pledge


def test_the_file_is_read_as_it_stands(folder):
    pledge = read(folder)
    assert (pledge.total_usd_bn, pledge.total_qualifier) == (100.0, "up_to")
    assert (pledge.signed_on, pledge.deadline) == (date(2025, 9, 4), date(2029, 1, 19))
    assert [tranche.amount_usd_bn for tranche in pledge.tranches] == [2.1, 45.0]
    assert [sector.label for sector in pledge.sectors] == ["Export", "Nuclear power"]
    assert pledge.tranches[0].note == ""
    assert pledge.terms[0].source_ids == ("courier-2026",)
    assert pledge.interests is not None
    assert pledge.interests.dated == date(2025, 10, 28)
    assert list(pledge.asides()) == ["agreements", "interests"]


def test_nothing_need_stand_beside_the_pledge(folder):
    alone = folder.text("pledge.toml").split("[agreements]")[0]
    folder.write("pledge.toml", alone)
    pledge = read(folder)
    assert (pledge.agreements, pledge.interests, pledge.asides()) == (None, None, {})
    assert pledge.citations()[-1][0] == "terms 1, source_ids"


def test_the_day_of_the_last_search_may_be_left_out_or_that_of_the_facts(folder):
    assert read(folder).searched_on is None
    folder.replace(
        "pledge.toml", "as_of = 2026-10-10", "as_of = 2026-10-10\nsearched_on = 2026-10-10"
    )
    assert read(folder).searched_on == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("version", "day"),
    [
        ("2026.11.27", date(2026, 11, 27)),
        ("2026.11.27.4", date(2026, 11, 27)),
        ("2026.3.9-beta", date(2026, 3, 9)),
        ("2026.11", None),
        ("2026.11.271", None),
        ("2026.13.1", None),
        ("v1", None),
    ],
)
def test_a_version_begins_with_the_day_of_its_release(version: str, day: date | None):
    assert make_pledge(version=version).released_on == day


def declare(*sectors: tuple[str, str]) -> Pledge:
    """Make a pledge with these sectors; each is (id, colour), the colour "" where there is none."""
    return make_pledge(
        sectors=[
            {"sector": sector, "label": sector} | ({"colour": colour} if colour else {})
            for sector, colour in sectors
        ]
    )


def test_sectors_without_a_colour_take_those_that_no_sector_names_in_order():
    pledge = declare(("gas", ""), ("coal", "orange"), ("wind", ""), ("tides", "green"), ("sun", ""))
    assert pledge.sector_colours == {
        "gas": "blue",
        "coal": "orange",
        "wind": "slate",
        "tides": "green",
        "sun": "purple",
    }


def test_sectors_beyond_the_palette_are_neutral():
    ids = [f"sector-{number}" for number in range(len(SECTOR_COLOURS) + 2)]
    colours = declare(*((sector, "") for sector in ids)).sector_colours
    assert list(colours) == ids
    assert list(colours.values()) == [*SECTOR_COLOURS, NEUTRAL, NEUTRAL]


def test_sectors_that_all_name_their_colours_keep_them():
    reverse = list(enumerate(reversed(SECTOR_COLOURS)))
    pledge = declare(*((f"sector-{number}", colour) for number, colour in reverse))
    assert list(pledge.sector_colours.values()) == [colour for _, colour in reverse]


def test_several_sectors_may_have_no_colour(folder):
    folder.replace("pledge.toml", 'colour = "blue"\n', "")
    folder.replace("pledge.toml", 'colour = "slate"\n', "")
    assert read(folder).sector_colours == {"export": "orange", "nuclear": "blue"}


def test_a_pledge_cannot_be_changed(folder):
    with pytest.raises(ValueError, match="frozen"):
        read(folder).title = "Another"


def test_citations_name_the_place_of_each_list_of_sources(folder):
    assert [place for place, _ in read(folder).citations()] == [
        "total_source_ids",
        "signed_source_ids",
        "deadline_source_ids",
        "tranches 1, source_ids",
        "tranches 2, source_ids",
        "terms 1, source_ids",
        "agreements, source_ids",
        "interests, source_ids",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            'slug = "small-pledge"\n', "", "slug — this key must be present", id="missing"
        ),
        pytest.param(
            'investor = "Japan"',
            'investor = "Japan"\nlicense = "CC0"',
            'license: "CC0" — a key of this file; did you mean "licence"?',
            id="unknown key",
        ),
        pytest.param(
            'label = "Export"',
            'label = "Export"\nzebra = 1',
            'sectors 1, zebra: "1" — a key of this file',
            id="unknown key of an entry",
        ),
        pytest.param(
            'note = "One amount is undisclosed."',
            'notes = "One"',
            'tranches 2, notes: "One" — a key of this file; did you mean "note"?',
            id="misspelt key of an entry",
        ),
        pytest.param(
            "total_usd_bn = 100.0",
            'total_usd_bn = "100"',
            'total_usd_bn: "100" — a number without quotation marks',
            id="number in quotes",
        ),
        pytest.param(
            "total_usd_bn = 100.0",
            "total_usd_bn = -1",
            'total_usd_bn: "-1" — greater than 0',
            id="negative total",
        ),
        pytest.param(
            "total_usd_bn = 100.0",
            "total_usd_bn = inf",
            'total_usd_bn: "inf" — a finite number',
            id="infinite total",
        ),
        pytest.param(
            "total_usd_bn = 100.0",
            "total_usd_bn = 0x" + "f" * 5_000,
            "total_usd_bn — a number without quotation marks",
            id="total without end",
        ),
        pytest.param(
            "total_usd_bn = 100.0",
            "total_usd_bn = true",
            'total_usd_bn: "True" — a number without quotation marks',
            id="truth for a total",
        ),
        pytest.param(
            "as_of = 2026-10-10",
            'as_of = "10 October"',
            'as_of: "10 October" — a date without quotation marks, such as 2026-10-10',
            id="date in words",
        ),
        pytest.param(
            "deadline = 2029-01-19",
            "deadline = 2025-09-04",
            'deadline: "2025-09-04" — a day after signed_on',
            id="deadline at once",
        ),
        pytest.param(
            "as_of = 2026-10-10",
            "as_of = 2026-10-10\nsearched_on = 2026-10-09",
            'searched_on: "2026-10-09" — a day not before as_of',
            id="searched before the newest facts",
        ),
        pytest.param(
            "as_of = 2026-10-10",
            'as_of = 2026-10-10\nsearched_on = "yesterday"',
            'searched_on: "yesterday" — a date without quotation marks, such as 2026-10-10',
            id="search in words",
        ),
        pytest.param(
            'total_qualifier = "up_to"',
            'total_qualifier = "most"',
            'total_qualifier: "most" — one of exact, about, up_to',
            id="unknown qualifier",
        ),
        pytest.param(
            'colour = "blue"',
            'colour = "mauve"',
            'sectors 2, colour: "mauve" — one of orange, blue, slate, green, purple, pink, teal, '
            "gold, red, brown",
            id="unknown colour",
        ),
        pytest.param(
            'colour = "blue"',
            'colour = "slate"',
            "sectors — each colour once; slate stands more than once",
            id="colour twice",
        ),
        pytest.param(
            'colour = "blue"',
            f'colour = "{NEUTRAL}"',
            f'sectors 2, colour: "{NEUTRAL}" — one of {", ".join(SECTOR_COLOURS)}',
            id="the colour of those without one",
        ),
        pytest.param(
            'colour = "blue"',
            'colour = ""',
            f"sectors 2, colour: empty — one of {', '.join(SECTOR_COLOURS)}",
            id="empty colour",
        ),
        pytest.param(
            'label = "Nuclear power"',
            'label = "Export"',
            "sectors — each label once; Export stands more than once",
            id="label twice",
        ),
        pytest.param(
            "tranche = 2",
            "tranche = 1",
            "tranches — each tranche once; 1 stands more than once",
            id="tranche twice",
        ),
        pytest.param(
            'sector = "nuclear"',
            'sector = "Nuclear Power"',
            'sectors 2, sector: "Nuclear Power" — lowercase letters, digits and single hyphens',
            id="id in words",
        ),
        pytest.param(
            'title = "A small pledge"',
            'title = ""',
            "title: empty — some text",
            id="no title",
        ),
        pytest.param(
            'deadline_source_ids = ["gazette-2026"]',
            "deadline_source_ids = []",
            "deadline_source_ids — at least one item",
            id="no source",
        ),
        pytest.param(
            'signed_source_ids = ["gazette-2026"]',
            "signed_source_ids = []",
            "signed_source_ids — at least one item",
            id="no source of the signing",
        ),
        pytest.param(
            'signed_source_ids = ["gazette-2026"]\n',
            "",
            "signed_source_ids — this key must be present",
            id="sources of the signing missing",
        ),
        pytest.param(
            "dated = 2026-03-20\n",
            "",
            "agreements, dated — this key must be present",
            id="no day of what stands beside",
        ),
        pytest.param(
            "dated = 2026-03-20",
            "dated = 2026-03-20\nnotes = 1",
            'agreements, notes: "1" — a key of this file; did you mean "note"?',
            id="misspelt key of a section",
        ),
        pytest.param(
            'note = "Ceilings that nobody has promised."',
            'note = ""',
            "interests, note: empty — some text",
            id="no word on what stands beside",
        ),
        pytest.param(
            'deadline_source_ids = ["gazette-2026"]',
            'deadline_source_ids = "gazette-2026"',
            'deadline_source_ids: "gazette-2026" — a list in square brackets',
            id="one source without its list",
        ),
    ],
)
def test_a_key_that_is_not_allowed_is_told(folder, old: str, new: str, fault: str):
    folder.replace("pledge.toml", old, new)
    assert folder.faults_in("pledge.toml")[0] == f"pledge.toml, {fault}"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param('title = "A small pledge"', 'title = "{}"', "title", id="title"),
        pytest.param(
            'publisher = "Small Tracker"', 'publisher = "{}"', "publisher", id="publisher"
        ),
        pytest.param('label = "Export"', 'label = "{}"', "sectors 1, label", id="sector"),
        pytest.param('label = "Share of equity"', 'label = "{}"', "terms 1, label", id="term"),
    ],
)
def test_a_name_that_cannot_be_seen_or_is_an_error_is_told(folder, old: str, new: str, place: str):
    folder.replace("pledge.toml", old, new.format(r"On\u200be"))
    (fault,) = folder.faults_in("pledge.toml")
    assert fault == (
        rf'pledge.toml, {place}: "On\u200be" — a name without invisible characters; this one has '
        "U+200B"
    )
    folder.replace("pledge.toml", new.format(r"On\u200be"), new.format("#N/A"))
    (fault,) = folder.faults_in("pledge.toml")
    assert fault == f'pledge.toml, {place}: "#N/A" — a text, not the error of a spreadsheet'


@pytest.mark.parametrize(
    ("old", "place"),
    [
        pytest.param('note = "One amount is undisclosed."', "tranches 2, note", id="note"),
        pytest.param('value = "1% to 2%"', "terms 1, value", id="value"),
    ],
)
def test_free_text_may_have_any_sign_but_be_no_error(folder, old: str, place: str):
    key = old.split(" = ")[0]
    folder.replace("pledge.toml", old, rf'{key} = "On\u200ce"')
    assert folder.faults_in("pledge.toml") == []
    folder.replace("pledge.toml", rf'{key} = "On\u200ce"', f'{key} = " #REF! "')
    assert folder.faults_in("pledge.toml") == [
        f'pledge.toml, {place}: " #REF! " — a text, not the error of a spreadsheet'
    ]


def test_a_section_without_keys_is_told(folder):
    alone = folder.text("pledge.toml").split("[agreements]")[0]
    folder.write("pledge.toml", f"interests = 3\n{alone}")
    assert folder.faults_in("pledge.toml") == [
        'pledge.toml, interests: "3" — a section of its own, with its keys below its name in '
        "square brackets"
    ]


def test_all_faults_are_told_at_once(folder):
    folder.replace("pledge.toml", 'slug = "small-pledge"\n', "")
    folder.replace("pledge.toml", 'colour = "blue"', "colour = 3")
    folder.replace("pledge.toml", "total_usd_bn = 100.0", "total_usd_bn = 0")
    assert len(folder.faults_in("pledge.toml")) == 3


def test_broken_toml_is_told_by_line(folder):
    folder.replace("pledge.toml", 'investor = "Japan"', 'investor = "Japan')
    (fault,) = folder.faults_in("pledge.toml")
    assert fault.startswith("pledge.toml, line 2 — valid TOML: ")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(b"", "pledge.toml — a file with content (this one is empty)", id="empty"),
        pytest.param(
            b"x = " + b"[" * 100_000,
            "pledge.toml — fewer brackets inside brackets, and numbers of fewer digits",
            id="brackets without end",
        ),
        pytest.param(
            b"tranche = " + b"9" * 5_000,
            "pledge.toml — fewer brackets inside brackets, and numbers of fewer digits",
            id="number without end",
        ),
        pytest.param(b"title = [", "pledge.toml — valid TOML: ", id="cut off"),
    ],
)
def test_a_file_that_is_no_pledge_is_one_fault(folder, content: bytes, fault: str):
    folder.write("pledge.toml", content)
    (line,) = folder.faults_in("pledge.toml")
    assert line.startswith(fault)
