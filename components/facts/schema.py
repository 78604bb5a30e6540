"""The columns of every table: what they hold, in which unit, and what is allowed."""

from collections.abc import Collection, Iterator
from functools import partial
from itertools import chain
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

from components.basics.formatting import CURRENCY_SIGNS
from components.basics.messages import Labels, _, mark
from components.basics.us_states import STATE_NAMES
from components.facts.checks import (
    FREE,
    LIST_SEPARATOR,
    NAMES,
    NUMBERS,
    REQUIRED,
    VISIBLE,
    Rules,
    days,
    dtype_of,
    has_items,
    is_between,
    is_date,
    is_day,
    is_in,
    is_new,
    is_positive,
    matches,
    typed_cells,
    visible_instead,
)
from components.facts.faults import Fault

QUALIFIERS: Final = Labels(
    {"exact": "Exact", "about": "About", "up_to": "Up to"}, context="qualifier"
)
"""How a source words an amount: plainly, as approximate, or as a ceiling."""

CONFIDENCES: Final = Labels(
    {
        "official": "Official",
        "reported": "Reported",
        "conflicting": "Conflicting",
    }
)
"""Stated by a government or the company itself; by press or others only; sources disagree."""

PRECISIONS: Final = Labels(
    {
        "exact": "Exact site",
        "approximate": "Approximate site",
        "county": "County only",
        "offshore": "Offshore, no coordinates",
        "state": "State only",
    }
)

FACTS: Final = {
    "amount": "amount_usd_bn",
    "place": "place",
    "county": "county",
    "capacity": "capacity",
}
"""The facts of a project that have a confidence and sources of their own -> their column.

``<fact>_confidence`` and ``<fact>_source_ids`` are filled exactly where the column is.
"""

STAGES: Final = Labels(
    {
        "announced": "Announced",
        "permitted": "Permitted",
        "financed": "Financed",
        "construction": "Under construction",
        "operating": "Operating",
        "cancelled": "Cancelled",
    },
    context="stage",
)
"""How far a project is, in order; ``cancelled`` overrides every other stage."""

MILESTONE_STAGES: Final = STAGES | Labels(
    {"candidate": "Candidate", "note": "Note"}, context="stage"
)
"""Stages, and two words for events that change none: named before the announcement, and news."""

EARLY_STAGES: Final = ("candidate", "note", "permitted")
"""The stages of milestones that may come before the announcement."""

EXTENTS: Final = Labels({"part": "In part", "whole": "In whole"})
"""How much of a project its signed loans cover."""

MONEY_STEPS: Final = Labels(
    {
        "loans_signed": "Loans signed",
        "paid_out": "Paid out",
        "spent": "Spent",
    }
)
"""What can happen to money of the pledge once it is announced, in order."""

MONEY_QUALIFIERS: Final = QUALIFIERS | Labels({"more_than": "More than"})

ROLES: Final = Labels(
    {
        "builds": "Develops, builds or runs",
        "owns": "Owner or planned owner",
        "parent": "Through a subsidiary or venture",
        "financier": "Finances",
        "partner": "Partner",
        "supplier": "Supplies",
        "buyer": "Buys",
        "interested": "Has expressed interest",
    }
)
"""What a company does in a project, the nearest to it first."""

INTERESTED: Final = "interested"
"""The only role that is no part in the project."""

GATES: Final = Labels(
    {
        "consultation": "Consultation between the governments",
        "siting": "Siting",
        "environmental_review": "Environmental review",
        "permit": "Permit",
        "investment_decision": "Final investment decision",
        "loan": "Loans",
        "construction": "Start of works",
        "operation": "Start of operation",
    }
)
"""What has to happen before a project runs, in the usual order."""

GATE_STATUSES: Final = Labels(
    {
        "done": "Done",
        "filed": "Filed or under review",
        "scheduled": "Expected",
        "not_found": "Not found",
    }
)
"""How far a gate is; ``scheduled`` includes targets, which are no stage that was reached."""

SUBJECTS: Final = Labels(
    {
        "pledge": "The pledge",
        "projects": "Projects",
        "agreements": "Agreements",
        "interests": "Interests",
    }
)
"""What a conflict between sources can be about."""


def stage_name(stage: str, extent: str) -> str:
    """Name a stage; one whose loans cover a part only says so: ``Financed in part``."""
    return _("Financed in part") if extent == "part" else MILESTONE_STAGES[stage]


SOURCE_KINDS: Final = Labels(
    {"primary": "Primary document", "press": "Press", "analysis": "Analysis"}
)

KNOWN: Final = Labels({"read": "Read", "copy": "Read in a copy", "cited": "Original not seen"})
"""How a source is known: read itself, at another publisher, or only where others cite it."""

SLUG: Final = "[a-z0-9]+(-[a-z0-9]+)*"
LINK: Final = r"https?://[^\s<>\"]+"

MAX_AMOUNT_USD_BN: Final = 10_000


def _column(
    title: str,
    description: str,
    *,
    kind: str,
    rules: Rules,
    required: bool = False,
    is_name: bool = False,
    is_translated: bool = False,
    unit: str = "",
) -> pa.Column:
    """Declare a column; ``allowed`` in its metadata describes its own rules.

    Free text may have invisible characters, since some scripts need them; a name may not. A column
    that ``is_translated`` holds words for readers, which may stand in another language beside it.
    """
    rules = rules | (NAMES if is_name else {})
    checks = (REQUIRED if required else {}) | FREE.get(kind, {}) | rules
    return pa.Column(
        str,
        [pa.Check(check, error=allowed) for allowed, check in checks.items()],
        title=title,
        description=description,
        metadata={
            "kind": kind,
            "dtype": dtype_of(kind, required=required),
            "unit": unit,
            "required": required,
            "translated": is_translated,
            "allowed": "; ".join(rules),
        },
    )


_text = partial(_column, kind="text", rules={}, is_translated=True)
_name = partial(_text, is_name=True)
_date = partial(
    _column, kind="date", rules={"a date, YYYY-MM-DD or YYYY-MM, such as 2026-03-19": is_date}
)
_day = partial(_column, kind="date", rules={"a day, YYYY-MM-DD, such as 2026-03-19": is_day})
_names = partial(
    _column,
    kind="list",
    rules={f"names joined by {LIST_SEPARATOR}, none empty and none twice": has_items()},
    is_name=True,
    is_translated=True,
)
_project_ids = partial(
    _column,
    kind="list",
    rules={f"project ids joined by {LIST_SEPARATOR}, none empty and none twice": has_items()},
)
_cited = partial(
    _column,
    kind="list",
    rules={f"source ids joined by {LIST_SEPARATOR}, none empty and none twice": has_items()},
)
_source_ids = partial(_cited, "Sources")
_amount = partial(
    _column,
    kind="number",
    unit=mark("US$ billions"),
    rules=NUMBERS
    | {f"above 0 and below {MAX_AMOUNT_USD_BN:,}": is_positive(below=MAX_AMOUNT_USD_BN)},
)


_count = partial(
    _column,
    kind="integer",
    rules={"a whole number without separators, such as 2": matches("[1-9][0-9]{0,8}")},
)


def _slug(title: str, description: str, *, unique: bool = False) -> pa.Column:
    rules: Rules = {"lowercase letters, digits and single hyphens, such as gas-pa": matches(SLUG)}
    if unique:
        rules["an id that no row above has"] = is_new
    return _column(title, description, kind="id", rules=rules, required=True)


def _choice(
    title: str, description: str, *, choices: Collection[str], required: bool = False
) -> pa.Column:
    rules: Rules = {"one of " + ", ".join(choices): is_in(choices)}
    return _column(title, description, kind="choice", rules=rules, required=required)


def _filled_with(column: str, partner: str) -> pa.Check:
    """Require a value in ``column`` exactly where its partner has one."""
    return pa.Check(
        lambda table: (table[column] == "") == (table[partner] == ""),
        name=column,
        error=f"filled exactly where {partner} is",
    )


INVESTMENTS: Final = pa.DataFrameSchema(
    {
        "project_id": _slug(
            "Project id",
            "Identifier of the project in links and files; never changes.",
            unique=True,
        ),
        "project": _name("Project", "Name of the project.", required=True),
        "tranche": _count(
            "Tranche",
            "Number of the batch of projects it was announced with.",
            required=True,
        ),
        "announced_on": _date(
            "Announced on", "Date on which the governments announced it.", required=True
        ),
        "sector": _slug("Sector", "Sector of the pledge that the project belongs to."),
        "technology": _text("Technology", "What is built, more narrowly than the sector."),
        "states": _column(
            "States",
            "Every state the project lies in, or off whose coast it lies.",
            kind="list",
            rules={
                f"USPS codes joined by {LIST_SEPARATOR}, each once, such as TN;AL": has_items(
                    STATE_NAMES
                )
            },
            required=True,
        ),
        "amount_usd_bn": _amount(
            "Amount", "Announced investment in nominal dollars; empty where none was disclosed."
        ),
        "amount_qualifier": _choice(
            "Qualifier",
            "Whether the amount is exact, approximate or a ceiling.",
            choices=QUALIFIERS,
        ),
        "amount_confidence": _choice(
            "Confidence in the amount", "How sure the amount is.", choices=CONFIDENCES
        ),
        "amount_source_ids": _cited(
            "Sources of the amount", "Publications that give the amount; the first one decides."
        ),
        "amount_note": _text("Note on the amount", "Origin of the amount, and other values given."),
        "amount_shared_with": _project_ids(
            "Shares the amount with",
            "Other projects that the one amount is announced for; a total counts it once.",
        ),
        "reported_usd_bn": _amount(
            "Reported part",
            "Part of a shared amount that press reports give to this project.",
        ),
        "reported_qualifier": _choice(
            "Qualifier of the reported part",
            "Whether the reported part is exact, approximate or a ceiling.",
            choices=QUALIFIERS,
        ),
        "reported_source_ids": _cited(
            "Sources of the reported part", "Publications that report the part."
        ),
        "also_bn": _column(
            "Also in another currency",
            "The same amount in billions of another currency, only where a source gives both.",
            kind="number",
            rules=NUMBERS | {"above 0 and below 100,000,000": is_positive(below=1e8)},
        ),
        "also_currency": _choice(
            "Other currency", "ISO 4217 code of that currency.", choices=CURRENCY_SIGNS
        ),
        "also_source_ids": _cited(
            "Sources of the other amount", "Publications that give both amounts."
        ),
        "place": _name("Place", "The site in words, as far as it is known."),
        "county": _name("County", "County of the site, without the word County."),
        "latitude": _column(
            "Latitude",
            "Latitude of the site, only where a source allows a pin.",
            kind="number",
            unit=mark("degrees north"),
            rules=NUMBERS | {"from 13 to 72": is_between((13, 72))},
        ),
        "longitude": _column(
            "Longitude",
            "Longitude of the site, only where a source allows a pin.",
            kind="number",
            unit=mark("degrees east"),
            rules=NUMBERS
            | {"from -180 to -64, or from 144 to 146.2": is_between((-180, -64), (144, 146.2))},
        ),
        "location_precision": _choice(
            "Precision of the place",
            "How closely the place is known.",
            choices=PRECISIONS,
            required=True,
        ),
        "place_confidence": _choice(
            "Confidence in the place", "How sure the place in words is.", choices=CONFIDENCES
        ),
        "place_source_ids": _cited(
            "Sources of the place", "Publications that give the place; the first one decides."
        ),
        "county_confidence": _choice(
            "Confidence in the county", "How sure the county is.", choices=CONFIDENCES
        ),
        "county_source_ids": _cited(
            "Sources of the county", "Publications that give the county; the first one decides."
        ),
        "pin_confidence": _choice(
            "Confidence in the pin",
            "How sure latitude and longitude are; an approximate pin has no source of its own.",
            choices=CONFIDENCES,
        ),
        "place_note": _text("Note on the place", "What the place and the pin do not show."),
        "capacity": _column(
            "Capacity",
            "Size of the facility in its own unit, never added up across projects.",
            kind="number",
            rules=NUMBERS | {"above 0 and below 1,000,000,000": is_positive(below=1e9)},
        ),
        "capacity_unit": _text("Unit of the capacity", "Unit in which the capacity is counted."),
        "capacity_confidence": _choice(
            "Confidence in the capacity", "How sure the capacity is.", choices=CONFIDENCES
        ),
        "capacity_source_ids": _cited(
            "Sources of the capacity", "Publications that give the capacity; the first one decides."
        ),
        "capacity_note": _text(
            "Note on the capacity", "What the capacity means, and other values."
        ),
        "expected_output": _text(
            "Expected output", "What the project is said to bring; never part of the amount."
        ),
        "summary": _text("Summary", "The project in one or two sentences."),
        "source_ids": _source_ids(description="Publications that the row rests on.", required=True),
    },
    checks=[
        _filled_with("amount_qualifier", "amount_usd_bn"),
        _filled_with("reported_qualifier", "reported_usd_bn"),
        _filled_with("reported_source_ids", "reported_usd_bn"),
        pa.Check(
            lambda table: (table["reported_usd_bn"] == "") | (table["amount_shared_with"] != ""),
            name="reported_usd_bn",
            error="empty where amount_shared_with is",
        ),
        _filled_with("also_currency", "also_bn"),
        _filled_with("also_source_ids", "also_bn"),
        pa.Check(
            lambda table: (table["also_bn"] == "") | (table["amount_usd_bn"] != ""),
            name="also_bn",
            error="empty where amount_usd_bn is",
        ),
        pa.Check(
            lambda table: table["also_currency"] != "USD",
            name="also_currency",
            error="another currency than dollars",
        ),
        *(
            _filled_with(f"{fact}_{what}", column)
            for fact, column in FACTS.items()
            for what in ("confidence", "source_ids")
        ),
        _filled_with("pin_confidence", "latitude"),
        _filled_with("longitude", "latitude"),
        pa.Check(
            lambda table: (table["latitude"] == "") | (table["location_precision"] != "state"),
            name="latitude",
            error="empty where location_precision is state",
        ),
        _filled_with("capacity_unit", "capacity"),
    ],
    name="investments",
    title="Projects",
    description="One row for each announced project, or announced amount no source divides.",
)

MILESTONES: Final = pa.DataFrameSchema(
    {
        "milestone_id": _slug(
            "Milestone id", "Identifier of the event in files and feed; never changes.", unique=True
        ),
        "project_ids": _project_ids(
            "Project ids", "Projects that it concerns; empty for an event of the pledge itself."
        ),
        "date": _date("Date", "Date of the event.", required=True),
        "stage": _choice(
            "Stage",
            "Stage that the event brought the project to; a candidate or note moves nothing.",
            choices=MILESTONE_STAGES,
            required=True,
        ),
        "extent": _choice(
            "Extent", "Whether signed loans cover the project in part or whole.", choices=EXTENTS
        ),
        "event": _text("Event", "What happened.", required=True),
        "confidence": _choice(
            "Confidence", "How sure the event is.", choices=CONFIDENCES, required=True
        ),
        "source_ids": _source_ids(description="Publications that report the event.", required=True),
        "added_on": _day(
            "Added on", "Day on which the row was added to this dataset.", required=True
        ),
        "corrected_on": _day(
            "Corrected on", "Last day on which words, date or sources of the row were corrected."
        ),
    },
    checks=[
        pa.Check(
            lambda table: (table["project_ids"] != "") | (table["stage"] == "note"),
            name="stage",
            error="note where project_ids is empty: only projects have a stage",
        ),
        pa.Check(
            lambda table: ~(days(table["added_on"]) < days(table["date"])),
            name="added_on",
            error="not before date",
        ),
        pa.Check(
            lambda table: ~(days(table["corrected_on"]) < days(table["added_on"])),
            name="corrected_on",
            error="not before added_on",
        ),
        pa.Check(
            lambda table: (table["extent"] != "") == (table["stage"] == "financed"),
            name="extent",
            error="filled exactly where stage is financed",
        ),
    ],
    name="milestones",
    title="Milestones",
    description="One row for each dated event, of one project, of several or of the pledge itself.",
)

MONEY: Final = pa.DataFrameSchema(
    {
        "money_id": _slug("Money id", "Identifier of the row; never changes.", unique=True),
        "date": _date("Date", "Date on which it happened.", required=True),
        "step": _choice(
            "Step",
            "Whether loans were signed, money paid out to a project, or spent by it.",
            choices=MONEY_STEPS,
            required=True,
        ),
        "project_ids": _project_ids(
            "Project ids",
            "Projects that the one amount is for together; empty where no source names any.",
        ),
        "original_bn": _column(
            "Amount in the source's currency",
            "The amount as its source gives it, in billions of the currency.",
            kind="number",
            rules=NUMBERS | {"above 0 and below 100,000,000": is_positive(below=1e8)},
            required=True,
        ),
        "original_currency": _choice(
            "Currency", "ISO 4217 code of the currency.", choices=CURRENCY_SIGNS, required=True
        ),
        "original_qualifier": _choice(
            "Qualifier",
            "Whether the amount is exact, approximate, a ceiling, or only known to be exceeded.",
            choices=MONEY_QUALIFIERS,
            required=True,
        ),
        "rate_per_usd": _column(
            "Rate",
            "Units of the currency for a dollar, by which it is converted; empty in dollars, and "
            "where it is not converted.",
            kind="number",
            unit=mark("per US$"),
            rules=NUMBERS | {"above 0 and below 1,000,000": is_positive(below=1e6)},
        ),
        "rate_on": _date("Day of the rate", "Day that the rate is of."),
        "rate_note": _text("Origin of the rate", "Who gives the rate, or what it follows from."),
        "rate_source_ids": _cited("Sources of the rate", "Publications that the rate rests on."),
        "confidence": _choice(
            "Confidence", "How sure the amount is.", choices=CONFIDENCES, required=True
        ),
        "note": _text("Note", "What a reader must know about the amount."),
        "source_ids": _source_ids(description="Publications that give it.", required=True),
    },
    checks=[
        pa.Check(
            lambda table: (table["rate_per_usd"] == "") | (table["original_currency"] != "USD"),
            name="rate_per_usd",
            error="empty where original_currency is USD",
        ),
        _filled_with("rate_on", "rate_per_usd"),
        _filled_with("rate_note", "rate_per_usd"),
        _filled_with("rate_source_ids", "rate_per_usd"),
    ],
    name="money",
    title="Money events",
    description="One row for each time that loans were signed, or money was paid out or spent.",
)

SOURCES: Final = pa.DataFrameSchema(
    {
        "source_id": _slug("Source id", "Identifier that other files cite.", unique=True),
        "publisher": _name(
            "Publisher", "Who published it, and who carried the text.", required=True
        ),
        "title": _text(
            "Title", "Title of the publication; a description in square brackets.", required=True
        ),
        "published_on": _date(
            "Published on", "Date of publication; empty where none is confirmed."
        ),
        "url": _column(
            "Link",
            "Public address; empty where no stable one is known.",
            kind="link",
            rules={"a link that begins with https:// or http://": matches(LINK)},
        ),
        "kind": _choice(
            "Kind", "What kind of publication it is.", choices=SOURCE_KINDS, required=True
        ),
        "language": _column(
            "Language",
            "Language of the publication, as an ISO 639-1 code.",
            kind="text",
            rules={"two lowercase letters such as en": matches("[a-z]{2}")},
            required=True,
        ),
        "known": _choice(
            "Known",
            "Whether it was read itself (read), in a copy, translation or full quotation by "
            "another publisher (copy), or not, and a publication that was read cites it (cited).",
            choices=KNOWN,
            required=True,
        ),
    },
    name="sources",
    title="Sources",
    description="One row for each publication.",
)

AGREEMENTS: Final = pa.DataFrameSchema(
    {
        "agreement_id": _slug("Agreement id", "Identifier of the agreement.", unique=True),
        "area": _name("Area", "Field of policy that it belongs to.", required=True),
        "title": _name("Title", "Short name of the agreement.", required=True),
        "instrument": _text("Instrument", "Form it took, from a statement to a memorandum."),
        "parties": _names("Parties", "Who agreed."),
        "key_figure": _text("Key figure", "The one figure that matters, in words."),
        "summary": _text("Summary", "What was agreed, in one or two sentences."),
        "confidence": _choice(
            "Confidence", "How sure the agreement is.", choices=CONFIDENCES, required=True
        ),
        "source_ids": _source_ids(description="Publications that the row rests on."),
    },
    name="agreements",
    title="Agreements",
    description="One row for each result of the summit other than an investment.",
)

COMPANIES: Final = pa.DataFrameSchema(
    {
        "company_id": _slug(
            "Company id", "Identifier of the company in files; never changes.", unique=True
        ),
        "company": _name("Company", "Name of the company, or of the public body.", required=True),
        "japanese_name": _name(
            "Japanese name", "Its name in Japanese, where a source gives it.", is_translated=False
        ),
        "country": _column(
            "Country",
            "Country it belongs to, as an ISO 3166 code, where a source says so.",
            kind="text",
            rules={"two capital letters such as JP": matches("[A-Z]{2}")},
        ),
    },
    name="companies",
    title="Companies",
    description="One row for each company or public body with a role in a project or an interest.",
)

ROLES_TABLE: Final = pa.DataFrameSchema(
    {
        "role_id": _slug("Role id", "Identifier of the row; never changes.", unique=True),
        "company_id": _slug("Company id", "Company that has the role."),
        "project_id": _slug("Project id", "Project that it has the role in."),
        "role": _choice(
            "Role",
            "What it does; interested means that it has only expressed interest.",
            choices=ROLES,
            required=True,
        ),
        "confidence": _choice(
            "Confidence", "How sure the role is.", choices=CONFIDENCES, required=True
        ),
        "note": _text("Note", "What a reader must know about the role."),
        "source_ids": _source_ids(
            description="Publications that give the role; the first one decides.", required=True
        ),
    },
    name="roles",
    title="Roles",
    description="One row for each role of a company in a project.",
)

GATES_TABLE: Final = pa.DataFrameSchema(
    {
        "gate_id": _slug(
            "Gate id", "Identifier of the row in files and calendar; never changes.", unique=True
        ),
        "project_id": _slug("Project id", "Project that the step belongs to."),
        "gate": _choice("Gate", "Which step of a project it is.", choices=GATES, required=True),
        "what": _text("What", "What is to happen, more narrowly."),
        "status": _choice(
            "Status",
            "Whether it is done, filed or under review, expected, or was looked for in vain.",
            choices=GATE_STATUSES,
            required=True,
        ),
        "date": _date("Date", "When it was done, or filed, or first reported under review."),
        "expected_on": _date("Expected on", "When it is expected, or the first month of a period."),
        "expected_until": _date("Expected until", "Last month of the period, where it is one."),
        "decided_by": _name("Decided by", "Who decides, as far as a source says so."),
        "docket": _text("Docket", "Number of the case at whoever decides.", is_translated=False),
        "confidence": _choice("Confidence", "How sure the row is.", choices=CONFIDENCES),
        "note": _text("Note", "What a reader must know about it."),
        "looked_on": _day("Last looked for on", "Day of the last search.", required=True),
        "source_ids": _source_ids(description="Publications that the row rests on."),
    },
    checks=[
        pa.Check(
            lambda table: (table["date"] != "") == table["status"].isin(["done", "filed"]),
            name="date",
            error="filled exactly where status is done or filed",
        ),
        pa.Check(
            lambda table: (table["expected_on"] != "") | (table["status"] != "scheduled"),
            name="expected_on",
            error="a date, since status is scheduled",
        ),
        pa.Check(
            lambda table: (
                (table["expected_on"] == "") | ~table["status"].isin(["done", "not_found"])
            ),
            name="expected_on",
            error="empty where status is done or not_found",
        ),
        pa.Check(
            lambda table: (
                (table["expected_until"] == "")
                | (days(table["expected_until"]) > days(table["expected_on"]))
            ),
            name="expected_until",
            error="empty, or later than expected_on",
        ),
        pa.Check(
            lambda table: (table["source_ids"] != "") | (table["status"] == "not_found"),
            name="source_ids",
            error="a source, unless status is not_found",
        ),
        _filled_with("confidence", "source_ids"),
    ],
    name="gates",
    title="Next steps",
    description="One row for each step of a project: done, under review, expected or not found.",
)

INTERESTS: Final = pa.DataFrameSchema(
    {
        "interest_id": _slug("Interest id", "Identifier of the row.", unique=True),
        "company_id": _slug("Company id", "Company that was named."),
        "area": _name("Area", "Business it was named for."),
        "joint_amount_usd_bn": _amount(
            "Joint fact sheet", "Ceiling in the fact sheet of both governments."
        ),
        "joint_confidence": _choice(
            "Confidence, joint fact sheet", "How sure that entry is.", choices=CONFIDENCES
        ),
        "joint_note": _text("Note, joint fact sheet", "What a reader must know about that entry."),
        "white_house_amount_usd_bn": _amount(
            "White House fact sheet", "Ceiling in the fact sheet of the White House."
        ),
        "white_house_confidence": _choice(
            "Confidence, White House fact sheet", "How sure that entry is.", choices=CONFIDENCES
        ),
        "white_house_note": _text(
            "Note, White House fact sheet", "What a reader must know about that entry."
        ),
        "may_join_ids": _column(
            "May join",
            "Other companies that the entry names as possible partners.",
            kind="list",
            rules={
                f"company ids joined by {LIST_SEPARATOR}, none empty and none twice": has_items()
            },
        ),
        "source_ids": _source_ids(description="Publications that the row rests on."),
    },
    checks=[
        pa.Check(
            lambda table: (table["joint_amount_usd_bn"] == "") | (table["joint_confidence"] != ""),
            name="joint_confidence",
            error="a value, since joint_amount_usd_bn has one",
        ),
        pa.Check(
            lambda table: (
                (table["white_house_amount_usd_bn"] == "") | (table["white_house_confidence"] != "")
            ),
            name="white_house_confidence",
            error="a value, since white_house_amount_usd_bn has one",
        ),
    ],
    name="interests",
    title="Interests",
    description="One row for each company that stated an interest; never part of the pledge.",
)

CONFLICTS: Final = pa.DataFrameSchema(
    {
        "conflict_id": _slug("Conflict id", "Identifier of the conflict.", unique=True),
        "concerns": _choice(
            "Concerns", "What the conflict is about.", choices=SUBJECTS, required=True
        ),
        "project_ids": _project_ids("Project ids", "Projects that it is about."),
        "field": _column(
            "Field",
            "Column of investments.csv that it is about; empty where it is about none.",
            kind="choice",
            rules={"the name of a column of investments.csv": is_in(INVESTMENTS.columns)},
        ),
        "subject": _text("Subject", "What the sources disagree about.", required=True),
        "a_value": _text("Value A", "What some sources say.", required=True),
        "a_source_ids": _cited("Sources of value A", "Publications that say so.", required=True),
        "b_value": _text("Value B", "What others say.", required=True),
        "b_source_ids": _cited("Sources of value B", "Publications that say so.", required=True),
        "c_value": _text("Value C", "A third value, where there is one."),
        "c_source_ids": _cited("Sources of value C", "Publications that give the third value."),
        "used": _text("Used here", "What this dataset uses.", required=True),
        "reason": _text("Reason", "Why it uses that.", required=True),
    },
    checks=[
        pa.Check(
            lambda table: (table["project_ids"] != "") == (table["concerns"] == "projects"),
            name="project_ids",
            error="filled exactly where concerns is projects",
        ),
        pa.Check(
            lambda table: (table["field"] == "") | (table["concerns"] == "projects"),
            name="field",
            error="empty unless concerns is projects",
        ),
        _filled_with("c_source_ids", "c_value"),
    ],
    name="conflicts",
    title="Conflicts between sources",
    description="One row for each point on which sources disagree.",
)

GAPS: Final = pa.DataFrameSchema(
    {
        "gap_id": _slug("Gap id", "Identifier of the gap.", unique=True),
        "project_ids": _project_ids(
            "Project ids", "Projects that it is about; empty where it is about none of them."
        ),
        "missing": _text("Missing", "What was looked for and not found.", required=True),
        "note": _text("Note", "What a reader must know about it."),
    },
    name="gaps",
    title="Looked for and not found",
    description="One row for each thing that no source gives.",
)

TABLES: Final = (
    INVESTMENTS,
    MILESTONES,
    MONEY,
    COMPANIES,
    ROLES_TABLE,
    GATES_TABLE,
    SOURCES,
    AGREEMENTS,
    INTERESTS,
    CONFLICTS,
    GAPS,
)
MAY_BE_EMPTY: Final = (
    "milestones",
    "money",
    "companies",
    "roles",
    "gates",
    "agreements",
    "interests",
    "conflicts",
    "gaps",
)


def file_of(schema: pa.DataFrameSchema) -> str:
    """Return the name of the file that a schema describes."""
    return f"{schema.name}.csv"


def translated(schema: pa.DataFrameSchema) -> list[str]:
    """Return the columns whose words may stand in another language beside the table."""
    return [str(name) for name, column in schema.columns.items() if column.metadata["translated"]]


def faults_in(table: pd.DataFrame, schema: pa.DataFrameSchema) -> list[Fault]:
    """Check a table of text, indexed by spreadsheet row, and list what is not allowed."""
    try:
        schema.validate(table, lazy=True)
    except SchemaErrors as errors:
        found = [_faults_of(error, table, file=file_of(schema)) for error in errors.schema_errors]
        return list(chain.from_iterable(found))
    return []


def _faults_of(error: SchemaError, table: pd.DataFrame, *, file: str) -> Iterator[Fault]:
    column = error.column_name or error.check.name
    wrong = table[column][~error.check_output]
    for row, value in zip(wrong.index, wrong, strict=True):
        allowed = error.check.error
        yield Fault(
            file, row, column, value, visible_instead(value) if allowed == VISIBLE else allowed
        )


def typed(table: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Convert the text of a table without faults to the dtype of each column, see ``dtype_of``.

    A missing number is NaN, a missing whole number is NA, missing text is "".
    """
    columns = {
        name: typed_cells(
            table[name], kind=column.metadata["kind"], required=column.metadata["required"]
        )
        for name, column in schema.columns.items()
    }
    return pd.DataFrame(columns)
